"""What hands do by the way must not change anything, and what was meant must not be lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.organisation_dialogs import TermDialog
from branchdesk.ui.screens.rosters.event_dialog import EventDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from branchdesk.ui.widgets.texts import Note
from support import hands
from support.stage import Stage
from ui.scenes import SCENES

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(stage: Stage) -> RosterScreen:
    """The roster of the sample branch in front."""
    stage.open()
    return stage.roster()


def test_rows_stay_under_the_mouse_while_somebody_wants_a_look(page: RosterScreen) -> None:
    grid = page.members.grid
    tops = []
    for row in range(len(page.roster)):
        grid.setCurrentIndex(page.members.model.index(row, 0))
        QApplication.processEvents()
        tops.append(grid.mapTo(page, QPoint(0, 0)).y())
    assert len(set(tops)) == 1
    assert page.banner.isVisible()


def test_people_are_entered_one_after_the_other_with_tab_and_enter(page: RosterScreen) -> None:
    grid = page.members.grid
    hands.click(grid, page.members.model.index(len(page.roster), 0))
    hands.write("钱多多")
    hands.press(Key.Key_Tab)
    assert hands.focused() is grid
    hands.write("女")
    hands.press(Key.Key_Tab)
    assert hands.focused() is grid
    assert hands.shown(page, "钱多多", "sex") == "女"


def test_enter_leads_through_a_dialog_to_its_verb_and_never_to_giving_up(stage: Stage) -> None:
    stage.open()
    SCENES["new_term"](stage)
    dialog = stage.dialog(TermDialog)
    dialog.activateWindow()
    stage.wait(lambda: QApplication.activeWindow() is dialog)
    lines = dialog.findChildren(QLineEdit)
    lines[-1].setFocus()
    hands.press(Key.Key_Return)
    focused = hands.focused()
    assert isinstance(focused, QPushButton)
    assert focused.objectName() == "save"


def test_an_empty_reason_is_asked_for_and_the_dialog_stays(stage: Stage, page: RosterScreen) -> None:
    page.delete_selected()
    dialog = stage.dialog(LineDialog)
    dialog.activateWindow()
    stage.wait(lambda: QApplication.activeWindow() is dialog)
    hands.press(Key.Key_Return)
    assert dialog.isVisible()
    assert hands.focused() is dialog.line
    hands.write("重复录入")
    hands.press(Key.Key_Return)
    assert len(page.roster) == 23


def test_who_is_deleted_is_named(stage: Stage, page: RosterScreen) -> None:
    stage.press("segment_cards")
    page.members.cards.setCurrentIndex(page.members.model.index(6, 0))
    page.delete_selected()
    notes: list[Note] = stage.dialog(LineDialog).findChildren(Note)
    assert "把 刘洋 移到回收站" in " ".join(note.text() for note in notes)


def test_nobody_leaves_the_roster_without_a_date(stage: Stage, page: RosterScreen) -> None:
    page.record_event()
    dialog = stage.dialog(EventDialog)
    hands.pick(dialog.kind, "组织关系转出")
    stage.press("save", dialog)
    assert dialog.isVisible()
    assert dialog.wrong.text() == "请填写日期；只知道月份就写到月，如 2026.06。"
    dialog.on.setText("2026.06")
    stage.press("save", dialog)
    assert not dialog.isVisible()
    assert "已登记：周建国" in stage.window.toast.sentence
    assert len(page.roster) == 23


def test_filters_are_said_and_taken_away_with_one_button(stage: Stage, page: RosterScreen) -> None:
    page.members.grid.set_filter_texts({"name": "不存在"})
    page.roster.narrow({"name": "不存在"})
    page.members.arrangement.narrowed.emit()
    assert "筛选出 0 名党员" in page.subtitle.text()
    stage.press("clear_filters")
    assert len(page.roster) == 24
    assert page.members.grid.filter_texts() == {}
    assert "24 名党员" in page.subtitle.text()


def test_ctrl_and_an_arrow_go_to_the_end_of_what_is_filled(page: RosterScreen) -> None:
    grid, model = page.members.grid, page.members.model
    grid.setFocus()
    grid.setCurrentIndex(model.index(0, 0))
    hands.press(Key.Key_Down, CTRL)
    assert grid.currentIndex().row() == 23
    hands.press(Key.Key_Up, CTRL)
    assert grid.currentIndex().row() == 0
    born = hands.column(page, "born_on")
    grid.setCurrentIndex(model.index(0, born))
    hands.press(Key.Key_Down, CTRL)
    assert grid.currentIndex().row() == hands.row(page, "黄文博") - 1
    hands.press(Key.Key_Down, CTRL)
    assert grid.currentIndex().row() == hands.row(page, "黄文博") + 1
    hands.press(Key.Key_Up, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.members.grid.blocks.selected().height() == 3


def test_copying_hidden_numbers_is_said(stage: Stage, page: RosterScreen) -> None:
    grid = page.members.grid
    grid.setFocus()
    grid.setCurrentIndex(hands.cell(page, "周建国", "id_number"))
    hands.press(Key.Key_C, CTRL)
    assert "****" in hands.clipboard()
    assert "显示完整证号" in stage.window.toast.sentence
    hands.click(grid, hands.cell(page, "周建国", "name"))
    stage.window.toast.hide()
    hands.press(Key.Key_C, CTRL)
    assert stage.window.toast.sentence == ""


def test_the_menus_open_with_the_mouse_too(stage: Stage, page: RosterScreen) -> None:
    assert page.isVisible()
    stage.press("menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    menu.close()
    assert texts == ["文件", "编辑", "视图", "记录", "报表", "工具", "帮助"]


def test_a_width_that_was_dragged_stays_when_other_columns_come_and_go(page: RosterScreen) -> None:
    grid, place = page.members.grid, hands.column(page, "department")
    grid.setColumnWidth(place, 300)
    grid.show_columns([*page.members.arrangement.hidden, "sex"])
    grid.show_columns(page.members.arrangement.hidden)
    assert grid.columnWidth(place) == 300


def test_a_date_that_goes_with_another_change_is_said(stage: Stage, page: RosterScreen) -> None:
    grid = page.members.grid
    hands.click(grid, hands.cell(page, "周建国", "category"))
    hands.write("预备党员")
    hands.press(Key.Key_Return)
    assert "转正日期" in stage.window.toast.sentence
    hands.press(Key.Key_Z, CTRL)
    assert hands.shown(page, "周建国", "category") == "正式党员"
