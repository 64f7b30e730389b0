"""Each field type has its editor; fields come and go with what others say; keys lead through a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from branchdesk.findings import Finding, Severity
from branchdesk.forms.dictionaries import Dictionary, Entry, Vocabulary
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Form, read_form_text, shipped_form
from branchdesk.ui.fields.choosing import ChoiceEditor
from branchdesk.ui.fields.dates import TimeSpanEditor, TimeSpanPopup
from branchdesk.ui.fields.editors import FIELD_EDITORS
from branchdesk.ui.fields.figures import FigureLabel, SignatureLabel
from branchdesk.ui.fields.files import AttachmentsEditor
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.people import MemberEditor
from branchdesk.ui.fields.shown import shown_texts
from branchdesk.ui.fields.texts import NumberEditor
from support import hands
from support.hands import ALT, CTRL, Key

HEAD = """
kind = "record.visit"
version = 1
title = "走访记录"
title_en = "Visit"
subject = "none"
period = "none"
[[section]]
id = "main"
label = "基本情况"
label_en = "Basics"
"""
PEOPLE = (
    *("李明朗", "曾国强", "王芳", "赵立新"),
    *("李明（第一党小组）", "李明（第二党小组）"),
)


def field(id_: str, type_: str, label: str, more: str = "") -> str:
    return (
        f'[[field]]\nid = "{id_}"\ntype = "{type_}"\nlabel = "{label}"\nlabel_en = "{id_}"\n'
        f'section = "main"\n{more}\n'
    )


def form(*fields: str) -> Form:
    return read_form_text(HEAD + "".join(fields), "visit")


@pytest.fixture
def vocabulary() -> Vocabulary:
    entries = tuple(Entry(f"m{place}", label) for place, label in enumerate(PEOPLE))
    return {"member": Dictionary("member", "党员", "Members", "", "", open=False, entries=entries)}


Showing = Callable[..., FormPane]


@pytest.fixture
def show(qtbot: QtBot, vocabulary: Vocabulary) -> Iterator[Showing]:
    """Shows fields of a form in a window that has the keyboard."""
    windows: list[QDialog] = []

    def made(*fields: str, texts: dict[str, str] | None = None) -> FormPane:
        whole = form(*fields)
        pane = FormPane(whole.fields, vocabulary, whole=whole)
        pane.fill(texts or {})
        window = QDialog()
        window.resize(700, 500)
        box = QVBoxLayout(window)
        box.addWidget(pane)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        pane.take_focus()
        windows.append(window)
        return pane

    yield made
    for window in windows:
        window.close()


def told(pane: FormPane) -> list[tuple[str, str]]:
    """What the pane tells from now on."""
    heard: list[tuple[str, str]] = []
    pane.field_edited.connect(lambda field_id, text: heard.append((field_id, text)))
    return heard


def has_keyboard(widget: QWidget) -> bool:
    return bool((widget.focusProxy() or widget).hasFocus())


def member(pane: FormPane, name: str) -> MemberEditor:
    editor = pane.editors[name]
    assert isinstance(editor, MemberEditor)
    return editor


def test_every_field_type_has_an_editor_and_every_editor_its_type() -> None:
    assert set(FIELD_EDITORS) == set(FIELD_TYPES)


# ---- people


def test_some_letters_of_a_name_put_the_person_first_and_enter_takes_him(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"))
    heard = told(pane)
    hands.write("lml")
    assert member(pane, "chair").suggestions.words() == ["李明朗"]
    hands.press(Key.Key_Return)
    assert heard == [("chair", "李明朗")]
    assert member(pane, "chair").suggestions.words() == []


def test_a_surname_with_two_readings_is_found_by_the_right_one(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"))
    hands.write("zgq")
    hands.press(Key.Key_Tab)
    assert pane.texts() == {"chair": "曾国强"}


def test_the_list_of_everybody_opens_by_f4_and_by_alt_and_down(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"))
    hands.press(Key.Key_F4)
    assert member(pane, "chair").suggestions.words() == list(PEOPLE)
    hands.press(Key.Key_Escape)
    assert member(pane, "chair").suggestions.words() == []
    hands.press(Key.Key_Down, ALT)
    hands.press(Key.Key_Down, times=2)
    hands.press(Key.Key_Return)
    assert pane.texts() == {"chair": "王芳"}


def test_a_guest_who_is_no_member_is_kept_as_typed(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"), field("topic", "text", "议题"))
    heard = told(pane)
    hands.write("孙教授")
    hands.press(Key.Key_Tab)
    assert heard == [("chair", "孙教授")]
    assert has_keyboard(pane.editors["topic"])


def test_several_people_are_taken_one_after_the_other(show: Showing) -> None:
    pane = show(field("present", "members", "列席人员"), field("topic", "text", "议题"))
    heard = told(pane)
    hands.write("wf")
    hands.press(Key.Key_Return)
    hands.write("zlx")
    hands.press(Key.Key_Return)
    assert pane.texts()["present"] == "王芳、赵立新"
    hands.press(Key.Key_Tab)
    assert heard == [("present", "王芳、赵立新")]


def test_whoever_is_there_already_is_not_offered_again(show: Showing) -> None:
    pane = show(field("present", "members", "列席人员"), texts={"present": "王芳、赵立新"})
    hands.press(Key.Key_End)
    hands.press(Key.Key_F4)
    assert member(pane, "present").suggestions.words() == [
        *("李明朗", "曾国强", "李明（第一党小组）", "李明（第二党小组）")
    ]
    hands.press(Key.Key_Return)
    assert pane.texts() == {"present": "王芳、赵立新、李明朗"}


def test_a_name_in_the_middle_is_replaced_and_the_others_stay(show: Showing) -> None:
    pane = show(field("present", "members", "列席人员"), texts={"present": "王、赵立新"})
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Right)
    hands.write("芳")
    hands.press(Key.Key_F4)
    hands.press(Key.Key_Escape)
    assert pane.texts() == {"present": "王芳、赵立新"}


def test_namesakes_are_told_apart_on_the_screen_and_stay_who_they_are(
    show: Showing, vocabulary: Vocabulary
) -> None:
    fields = form(field("present", "members", "列席人员")).fields
    texts = shown_texts(fields, {"present": "李明@m5、王芳@m2、孙教授"}, vocabulary)
    assert texts == {"present": "李明（第二党小组）、王芳、孙教授"}
    pane = show(field("present", "members", "列席人员"), texts=texts)
    hands.press(Key.Key_End)
    hands.write("、lml")
    hands.press(Key.Key_Return)
    assert pane.texts() == {"present": "李明（第二党小组）、王芳、孙教授、李明朗"}


def test_enter_belongs_to_the_input_method_while_a_name_is_composed(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"), field("topic", "text", "议题"))
    hands.write("l")
    assert member(pane, "chair").suggestions.words()
    hands.compose("wang", committed=False)
    hands.press(Key.Key_Return)
    assert "李" not in pane.texts()["chair"]


def test_a_list_that_is_left_goes_away(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"), field("topic", "text", "议题"))
    hands.write("l")
    pane.editors["topic"].take_focus()
    assert member(pane, "chair").suggestions.words() == []


def test_nobody_is_chosen_in_a_form_that_is_only_looked_at(show: Showing) -> None:
    pane = show(field("chair", "member", "主持人"), texts={"chair": "王芳"})
    pane.set_read_only(read_only=True)
    pane.take_focus()
    hands.press(Key.Key_F4)
    assert member(pane, "chair").suggestions.words() == []


# ---- time


def test_day_and_times_are_asked_for_one_by_one(show: Showing) -> None:
    pane = show(field("held", "time_span", "时间"), texts={"held": "2026.11.19 15:00-16:40"})
    heard = told(pane)
    hands.press(Key.Key_Down, ALT)
    editor = pane.editors["held"]
    assert isinstance(editor, TimeSpanEditor)
    popup = editor.findChild(TimeSpanPopup)
    assert popup is not None
    assert (popup.calendar.selectedDate().toString("yyyy.MM.dd"), popup.start.text(), popup.end.text()) == (
        *("2026.11.19", "15:00", "16:40"),
    )
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Return)
    hands.keys("9:30")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_Delete)
    hands.press(Key.Key_Return)
    assert heard == [("held", "2026.11.20 9:30")]
    assert has_keyboard(editor)


# ---- files


def attachments(pane: FormPane) -> AttachmentsEditor:
    editor = pane.editors["photos"]
    assert isinstance(editor, AttachmentsEditor)
    return editor


PHOTOS = field("photos", "attachments", "照片", 'slot = { most = 2, kinds = ["jpg", "png"] }')


class File:
    def __init__(self, uid: str, name: str, slot: str = "photos", size: int = 2048) -> None:
        self.uid, self.name, self.slot, self.size = uid, name, slot, size


def test_a_slot_tells_the_files_that_it_takes_and_says_why_not_others(show: Showing, tmp_path: Path) -> None:
    pane = show(PHOTOS)
    heard: list[tuple[str, list[Path]]] = []
    pane.files_chosen.connect(lambda slot, paths: heard.append((slot, paths)))
    paths = [tmp_path / name for name in ("会场.jpg", "签到.PNG", "第三张.jpg", "通知.docx")]
    attachments(pane).place.files_dropped.emit([paths[3]])
    assert heard == []
    assert attachments(pane).remark.text() == "“通知.docx”不是这里能放的文件，这里可放 jpg、png。"
    attachments(pane).place.files_dropped.emit(paths[:3])
    assert heard == [("photos", paths[:2])]
    assert attachments(pane).remark.text() == "这里只能再放 2 个文件，其余没有添加。"


def test_files_and_pictures_of_the_clipboard_are_pasted(show: Showing, tmp_path: Path) -> None:
    pane = show(PHOTOS)
    files: list[list[Path]] = []
    pictures: list[tuple[str, bytes]] = []
    pane.files_chosen.connect(lambda _slot, paths: files.append(paths))
    pane.picture_pasted.connect(lambda _slot, name, content: pictures.append((name, content)))
    photo = tmp_path / "会场.jpg"
    photo.write_bytes(b"jpg")
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(content)
    hands.press(Key.Key_V, CTRL)
    assert files == [[photo]]
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    QGuiApplication.clipboard().setImage(picture)
    hands.press(Key.Key_V, CTRL)
    assert pictures[0][0].endswith(".png")
    assert pictures[0][1].startswith(b"\x89PNG")
    hands.put_on_clipboard("只有文字")
    hands.press(Key.Key_V, CTRL)
    assert attachments(pane).remark.text() == "剪贴板里没有文件，也没有图片。"


def test_files_are_opened_and_taken_away_by_keys_and_a_full_slot_takes_no_more(show: Showing) -> None:
    pane = show(PHOTOS)
    opened: list[str] = []
    removed: list[str] = []
    pane.file_opened.connect(opened.append)
    pane.file_removed.connect(removed.append)
    pane.show_files([File("a", "会场.jpg"), File("b", "签到.png"), File("c", "别处.pdf", slot="notice")])
    slot = attachments(pane)
    assert [slot.list.item(place).text() for place in range(slot.list.count())] == [
        *("会场.jpg（2 KB）", "签到.png（2 KB）")
    ]
    assert not slot.add.isEnabled()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Delete)
    assert (opened, removed) == ([slot._chosen()], [slot._chosen()])
    slot.set_read_only(read_only=True)
    hands.press(Key.Key_Delete)
    assert len(removed) == 1


# ---- what nobody types


def test_a_figure_is_set_from_outside_and_a_signature_waits_for_paper(show: Showing) -> None:
    pane = show(
        field("rate", "computed", "出席率", 'figure = "attendance.rate"'), field("sign", "signature", "签名")
    )
    rate, sign = pane.editors["rate"], pane.editors["sign"]
    assert isinstance(rate, FigureLabel)
    assert isinstance(sign, SignatureLabel)
    assert rate.label.text() == "—"
    pane.set_figures({"attendance.rate": "87.5%"})
    assert rate.label.text() == "87.5%"
    assert sign.label.text() == "打印后手签"
    assert pane.texts() == {}


def test_bounds_of_a_number_are_read_in_its_empty_line(show: Showing) -> None:
    pane = show(
        field("score", "number", "得分", "min = 0\nmax = 100"), field("hours", "hours", "学时", "max = 8")
    )
    score, hours = pane.editors["score"], pane.editors["hours"]
    assert isinstance(score, NumberEditor)
    assert isinstance(hours, NumberEditor)
    assert (score.line.placeholderText(), hours.line.placeholderText()) == ("0 到 100", "最多 8")


# ---- choices


OWN = """choices = [
  { code = "good", label = "好", label_en = "Good" },
  { code = "poor", label = "差", label_en = "Poor" },
]"""


def choice(pane: FormPane, name: str) -> QComboBox:
    editor = pane.editors[name]
    assert isinstance(editor, ChoiceEditor)
    return editor.box


def test_a_field_with_words_of_its_own_offers_them(show: Showing) -> None:
    pane = show(field("grade", "choice", "等次", OWN), field("grades", "choices", "等次们", OWN))
    heard = told(pane)
    hands.pick(choice(pane, "grade"), "差")
    assert heard == [("grade", "差")]
    pane.editors["grades"].take_focus()
    hands.press(Key.Key_Down, ALT)
    menu = pane.editors["grades"].findChild(QMenu)
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert heard[1:] == [("grades", "好")]


# ---- only_if

ASKED = (
    field("grade", "choice", "等次", OWN),
    field("why", "text", "原因", 'required = true\nonly_if = { field = "grade", is = ["poor"] }'),
    field("who", "text", "责任人", 'only_if = { field = "why", filled = true }'),
    field("note", "text", "备注"),
)


def shown(pane: FormPane) -> list[str]:
    """The labels that are seen, from the top down and left to right."""
    labels = [
        one for one in pane.findChildren(QLabel) if one.isVisible() and one.property("role") == "second"
    ]
    return [
        one.text()
        for one in sorted(
            labels, key=lambda one: (one.mapTo(pane, one.pos()).y(), one.mapTo(pane, one.pos()).x())
        )
    ]


def test_a_field_appears_when_another_asks_for_it_and_goes_when_it_no_longer_does(
    show: Showing, qtbot: QtBot
) -> None:
    pane = show(*ASKED)
    assert shown(pane) == ["等次", "备注"]
    hands.pick(choice(pane, "grade"), "差")
    qtbot.waitUntil(lambda: shown(pane) == ["等次", "原因 *", "备注"])
    hands.fill(pane.editors["why"], "迟到")
    qtbot.waitUntil(lambda: shown(pane) == ["等次", "原因 *", "责任人", "备注"])
    hands.pick(choice(pane, "grade"), "好")
    qtbot.waitUntil(lambda: shown(pane) == ["等次", "备注"])
    assert pane.texts()["why"] == "迟到"


def test_keys_lead_through_the_fields_that_are_asked_in_the_order_of_the_paper(show: Showing) -> None:
    pane = show(*ASKED, texts={"grade": "差"})
    seen = []
    for _press in range(3):
        seen.append(next(name for name, editor in pane.editors.items() if has_keyboard(editor)))
        hands.press(Key.Key_Return)
    assert seen == ["grade", "why", "note"]


def test_tab_goes_the_same_way_as_enter(show: Showing) -> None:
    pane = show(*ASKED, texts={"grade": "差", "why": "迟到"})
    seen = []
    for _press in range(4):
        seen.append(next(name for name, editor in pane.editors.items() if has_keyboard(editor)))
        hands.press(Key.Key_Tab)
    assert seen == ["grade", "why", "who", "note"]


def test_a_finding_is_said_below_its_field(show: Showing) -> None:
    pane = show(field("topic", "text", "议题"))
    pane.set_findings([Finding("required", Severity.WARN, "“议题”没有填写。", "topic")])
    assert "“议题”没有填写。" in [one.text() for one in pane.findChildren(QLabel) if one.isVisible()]


def test_every_editor_has_a_name_for_those_who_listen(show: Showing) -> None:
    wanted = {"choice": OWN, "choices": OWN, "computed": 'figure = "meeting.number"'}
    names = [name for name in FIELD_TYPES if name not in {"organisation", "indicator"}]
    pane = show(
        *(field(f"f{place}", name, f"栏{place}", wanted.get(name, "")) for place, name in enumerate(names))
    )
    spoken = [
        (editor.focusProxy() or editor.findChildren(QLabel)[0]).accessibleName()
        for editor in pane.editors.values()
    ]
    assert spoken == [f"栏{place}" for place in range(len(names))]


def test_a_line_of_an_inspection_says_what_it_asks_and_takes_no_keys(qtbot: QtBot) -> None:
    form = shipped_form("inspection.quarter")
    lines = [form.by_id[one] for one in ("c4", "h1", "j1")]
    pane = FormPane(lines, {})
    qtbot.addWidget(pane)
    told_by = [pane.editors[one.id].findChildren(QLabel)[0].text() for one in lines]
    assert told_by[0] == (
        "C4，4 分。缺 1 次扣 1.5 分；无方案扣 0.5 分。责任岗位：宣传委员。佐证：方案、记录、照片。"
    )
    assert told_by[1].startswith("H1，最多加 3 分。")
    assert told_by[2].startswith("J1，一票否决。")
    assert pane.texts() == {}
    assert not pane.take_focus()
