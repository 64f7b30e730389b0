"""One member: the pane beside the roster, photo and attachments, a new member, the recycle bin."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)

from branchdesk.services import attachments, members
from branchdesk.services.members import MemberFile
from branchdesk.ui.dialogs import LineDialog, MessageDialog
from branchdesk.ui.fields.editors import DateEditor, FieldEditor
from branchdesk.ui.screens.recycle_bin import RecycleBinScreen
from branchdesk.ui.screens.rosters.belongings import AttachmentList
from branchdesk.ui.screens.rosters.dialogs import NewMemberDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.hands import ALT, CTRL, Key, shown
from support.stage import Stage, known_branch

ATTACHMENTS = 4


@pytest.fixture
def page(stage: Stage) -> RosterScreen:
    """The roster of the sample branch, with 刘洋 in the pane."""
    stage.open()
    page = stage.roster()
    hands.go_to(page, "刘洋", "department")
    return page


def field(inside: QWidget, name: str) -> FieldEditor:
    found = inside.findChild(FieldEditor, f"field_{name}")
    assert isinstance(found, FieldEditor)
    return found


def said_below(editor: FieldEditor) -> str:
    """What stands in words below a field."""
    cell = editor.parentWidget()
    assert cell is not None
    labels = [one for one in cell.findChildren(QLabel) if one.isVisible()]
    return " ".join(one.text() for one in labels[1:])


def file_of(page: RosterScreen) -> MemberFile:
    assert page.details.file is not None
    return page.details.file


def open_tab(page: RosterScreen, place: int) -> None:
    tabs = page.details.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(place)


# ---- fields


def test_leaving_a_field_stores_it_and_undo_takes_it_back(stage: Stage, page: RosterScreen) -> None:
    hands.fill(field(page.details, "native_place"), "江苏南京")
    assert file_of(page).values["native_place"] == "江苏南京"
    undo = page.findChild(QPushButton, "undo")
    assert undo is not None
    assert undo.toolTip() == "修改 刘洋 的籍贯"
    page.members.grid.setFocus()
    hands.press(Key.Key_Z, CTRL)
    assert field(page.details, "native_place").text() == "安徽宿州"
    stage.end()
    stage.open(branch=known_branch())
    page = stage.roster()
    hands.go_to(page, "刘洋", "department")
    assert field(page.details, "native_place").text() == "安徽宿州"


def test_an_unchanged_field_makes_no_step(stage: Stage, page: RosterScreen) -> None:
    box = field(page.details, "native_place")
    hands.click_at(box, box.rect().center())
    hands.press(Key.Key_Tab, times=3)
    assert stage.desk.undo_history.next_undo is None


def test_another_member_in_the_list_stores_what_was_typed_about_the_first(page: RosterScreen) -> None:
    box = field(page.details, "native_place")
    hands.click_at(box, box.rect().center())
    hands.press(Key.Key_End)
    hands.write("市")
    hands.go_to(page, "黄文博", "department")
    assert file_of(page).name == "黄文博"
    assert field(page.details, "native_place").text() != "安徽宿州市"
    hands.go_to(page, "刘洋", "department")
    assert field(page.details, "native_place").text() == "安徽宿州市"


def test_a_wrong_check_digit_says_so_below_the_field_and_is_kept(page: RosterScreen) -> None:
    number = field(page.details, "id_number")
    hands.fill(number, "999999199006140718")
    assert "校验位不对（最后一位应为 7）" in said_below(number)
    assert file_of(page).values["id_number"] == "999999199006140718"
    hands.fill(number, "999999199006140717")
    assert "校验位" not in said_below(number)


def test_a_date_known_to_the_month_stays_a_month(page: RosterScreen) -> None:
    open_tab(page, 1)
    day = field(page.details, "applied_on")
    hands.fill(day, "2012年6月")
    assert field(page.details, "applied_on").text() == "2012.06"
    assert file_of(page).values["applied_on"] == "2012-06"
    hands.fill(day, "2012.13")
    assert day.text() == "2012.13"
    assert said_below(day)


def test_alt_down_in_a_date_opens_a_calendar_that_fills_it(stage: Stage, page: RosterScreen) -> None:
    day = field(page.details, "born_on")
    assert isinstance(day, DateEditor)
    hands.click_at(day.line, QPoint(20, day.line.height() // 2))
    hands.press(Key.Key_Down, ALT)
    stage.wait(lambda: isinstance(QApplication.activePopupWidget(), QCalendarWidget))
    calendar = QApplication.activePopupWidget()
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate().toString("yyyy-MM-dd") == "1990-06-14"
    calendar.setSelectedDate(calendar.selectedDate().addDays(1))
    calendar.activated.emit(calendar.selectedDate())
    assert shown(page, "刘洋", "born_on") == "1990.06.15"
    assert file_of(page).name == "刘洋"


# ---- photo and attachments


def test_a_photo_is_replaced_and_shown(
    stage: Stage, page: RosterScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_tab(page, ATTACHMENTS)
    for name, color in (("first.png", "red"), ("second.jpg", "blue")):
        Image.new("RGB", (1200, 1600), color).save(tmp_path / name)
        chosen = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, path=chosen: (path, ""))
        stage.press("choose_photo")
        assert stage.window.toast.sentence == "照片已更换。"
    photo = next(one for one in page.details.findChildren(QLabel) if one.accessibleName() == "照片")
    seen = photo.pixmap().toImage().pixelColor(20, 20)
    assert seen.blue() > 200
    assert seen.red() < 60
    assert len([one for one in file_of(page).attachments if one["role"] == attachments.PHOTO]) == 1


def test_what_is_no_photo_is_refused(
    stage: Stage, page: RosterScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_tab(page, ATTACHMENTS)
    (tmp_path / "odd.jpg").write_text("no picture")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(tmp_path / "odd.jpg"), ""))
    stage.press("choose_photo")
    assert stage.dialog(MessageDialog).sentence.text() == "“odd.jpg”不是能认出的照片。"
    assert not file_of(page).attachments


def test_an_attachment_is_added_opened_deleted_and_restored(
    stage: Stage, page: RosterScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_tab(page, ATTACHMENTS)
    (tmp_path / "入党志愿书.txt").write_text("志愿", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(tmp_path / "入党志愿书.txt")], ""))
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    stage.press("choose_file")
    names = page.details.findChild(AttachmentList)
    assert names is not None
    assert names.list.item(0).text() == "入党志愿书.txt（1 KB）"
    tabs = page.details.findChild(QTabWidget)
    assert tabs is not None
    assert tabs.tabText(ATTACHMENTS) == "附件1"
    names.list.setCurrentRow(0)
    stage.press("open_attachment")
    assert Path(opened[0].toLocalFile()).read_text(encoding="utf-8") == "志愿"
    stage.press("remove_attachment")
    assert stage.window.toast.sentence == "附件已移到回收站。"
    assert names.list.count() == 0
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    assert hands.lines(waste.table)[0][:2] == ["附件", "入党志愿书.txt"]
    stage.press("restore", waste)
    page = stage.roster()
    assert names.list.count() == 1
    assert file_of(page).name == "刘洋"


def test_a_file_dropped_on_the_pane_becomes_an_attachment(page: RosterScreen, tmp_path: Path) -> None:
    open_tab(page, ATTACHMENTS)
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    names = page.details.findChild(AttachmentList)
    assert names is not None
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(tmp_path / "scan.pdf"))])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, content, left, plain)
    QApplication.sendEvent(names, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(names, QDropEvent(QPointF(5, 5), copy, content, left, plain))
    assert names.list.item(0).text().startswith("scan.pdf")


# ---- a new member


def begin(stage: Stage) -> NewMemberDialog:
    hands.press(Key.Key_N, CTRL)
    return stage.dialog(NewMemberDialog)


def test_a_new_member_is_typed_checked_and_stored(stage: Stage, page: RosterScreen) -> None:
    dialog = begin(stage)
    hands.fill(field(dialog, "name"), "张三")
    hands.fill(field(dialog, "id_number"), "99999919900614071X")
    assert "校验位不对" in said_below(field(dialog, "id_number"))
    hands.fill(field(dialog, "id_number"), "999999199006140733")
    hands.fill(field(dialog, "category"), "预备党员")
    hands.fill(field(dialog, "admitted_on"), "2026.7.1")
    stage.press("save", dialog)
    assert stage.window.toast.sentence == "已新增 张三。"
    assert hands.people(page)[-1] == "张三"
    assert shown(page, "张三", "born_on") == "1990.06.14"
    assert shown(page, "张三", "category") == "预备党员"
    assert "25 名党员" in page.subtitle.text()
    stage.end()
    stage.open(branch=known_branch())
    assert hands.people(stage.roster())[-1] == "张三"


def test_a_new_member_needs_a_name(stage: Stage, page: RosterScreen) -> None:
    dialog = begin(stage)
    hands.fill(field(dialog, "ethnic"), "汉族")
    stage.press("save", dialog)
    assert dialog.isVisible()
    assert "请先填写姓名。" in [label.text() for label in dialog.findChildren(QLabel)]
    assert len(hands.people(page)) == 24


@pytest.mark.usefixtures("page")
def test_the_draft_of_a_new_member_survives_the_end_of_the_program(stage: Stage) -> None:
    dialog = begin(stage)
    hands.fill(field(dialog, "name"), "张三")
    hands.fill(field(dialog, "department"), "统计科")
    stage.wait(lambda: bool(stage.desk.branch.drafts()))
    stage.end()
    stage.open(branch=known_branch())
    stage.roster()
    dialog = stage.dialog(NewMemberDialog)
    assert field(dialog, "name").text() == "张三"
    assert field(dialog, "department").text() == "统计科"
    assert "这是上次没有录完的内容，可以接着录。" in [label.text() for label in dialog.findChildren(QLabel)]
    stage.press("save", dialog)
    assert hands.people(stage.roster())[-1] == "张三"
    assert not stage.desk.branch.drafts()


def test_a_draft_that_is_given_up_does_not_come_back(stage: Stage, page: RosterScreen) -> None:
    dialog = begin(stage)
    hands.fill(field(dialog, "name"), "张三")
    stage.wait(lambda: bool(stage.desk.branch.drafts()))
    stage.press("give_up", dialog)
    assert not stage.desk.branch.drafts()
    assert not field(begin(stage), "name").text()
    assert len(hands.people(page)) == 24


# ---- deleting


def test_a_deleted_member_waits_in_the_bin_with_the_reason_and_comes_back(
    stage: Stage, page: RosterScreen
) -> None:
    page.delete_selected()
    dialog = stage.dialog(LineDialog)
    yes = dialog.findChild(QPushButton, "yes")
    assert yes is not None
    assert not yes.isEnabled(), "a reason is wanted"
    line = dialog.findChild(QLineEdit)
    assert line is not None
    hands.write("重复录入")
    hands.press(Key.Key_Return)
    assert stage.window.toast.sentence == "1 名党员已移到回收站。"
    assert "刘洋" not in hands.people(page)
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    row = hands.lines(waste.table)[0]
    assert (row[1], row[3], row[4]) == ("刘洋", "李敏", "重复录入")
    assert row[5] in {"180 天", "179 天"}
    stage.press("restore", waste)
    assert stage.window.toast.sentence == "刘洋 已恢复。"
    assert "刘洋" in hands.people(stage.roster())


def test_several_things_come_back_from_the_bin_in_one_step(stage: Stage, page: RosterScreen) -> None:
    everybody = hands.people(page)
    uids = [page.roster.rows([place])[0].uid for place in range(3)]
    for uid in uids:
        stage.desk.do(partial(members.move_to_bin, stage.desk.branch, [uid], "重复录入"))
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    waste.table.setFocus()
    hands.press(Key.Key_A, CTRL)
    restore = waste.findChild(QPushButton, "restore")
    assert restore is not None
    assert restore.text() == "恢复选中的 3 项"
    stage.press("restore", waste)
    assert stage.window.toast.sentence == "已恢复 3 项。"
    assert hands.lines(waste.table) == []
    assert sorted(hands.people(stage.roster())) == sorted(everybody)
    stage.desk.undo()
    assert len(hands.people(stage.roster())) == len(everybody) - 3


def test_the_toast_after_deleting_takes_it_back(stage: Stage, page: RosterScreen) -> None:
    page.delete_selected()
    stage.dialog(LineDialog)
    hands.write("弄错了")
    hands.press(Key.Key_Return)
    assert "刘洋" not in hands.people(page)
    take_back = next(one for one in stage.window.toast.findChildren(QPushButton) if one.text() == "撤销")
    hands.click_at(take_back, take_back.rect().center())
    assert "刘洋" in hands.people(page)
