"""Typing in the roster: cells, keys, undo, the input method, hidden numbers, findings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from branchdesk.services.history import recent_changes
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.hands import ALT, CTRL, SHIFT, Key, shown
from support.stage import Stage


@pytest.fixture
def page(stage: Stage) -> RosterScreen:
    """The roster of the sample branch in front."""
    stage.open()
    return stage.roster()


def editors(page: RosterScreen) -> list[QWidget]:
    """The editors of cells that are open."""
    found = page.members.grid.findChildren(QWidget)
    return [one for one in found if one.property("role") == "cell" and one.isVisible()]


def current(page: RosterScreen) -> tuple[str, str]:
    """Whose cell the cursor is on, and in which column."""
    index = page.members.grid.currentIndex()
    return hands.people(page)[index.row()], page.members.model.fields[index.column()].id


def button(page: RosterScreen, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


# ---- cells


def test_typing_replaces_the_cell_and_enter_stores_it_and_goes_down(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.keys("IT")
    hands.press(Key.Key_Return)
    assert shown(page, "刘洋", "department") == "IT"
    assert current(page) == ("黄文博", "department")
    hands.press(Key.Key_Return, SHIFT)
    assert current(page) == ("刘洋", "department")


def test_tab_stores_and_goes_right_and_round_the_end_of_the_row(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.keys("IT")
    hands.press(Key.Key_Tab)
    assert shown(page, "刘洋", "department") == "IT"
    assert current(page) == ("刘洋", "mobile")
    hands.press(Key.Key_Tab, SHIFT, times=2)
    assert current(page) == ("刘洋", "posts")
    hands.go_to(page, "刘洋", "dues_paid_to")
    hands.press(Key.Key_Tab)
    assert current(page) == ("黄文博", "name")


def test_the_empty_row_at_the_end_takes_one_new_member_after_another(page: RosterScreen) -> None:
    model = page.members.model
    hands.click(page.members.grid, model.index(model.rowCount() - 1, 0))
    for name in ("Zhang", "Wang"):
        hands.keys(name)
        hands.press(Key.Key_Return)
    assert hands.people(page)[-2:] == ["Zhang", "Wang"]
    assert page.members.grid.currentIndex().row() == model.rowCount() - 1
    hands.press(Key.Key_Return)
    assert len(hands.people(page)) == 26


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab, Key.Key_Down])
def test_the_name_column_that_stays_is_typed_in_like_any_other(
    stage: Stage, page: RosterScreen, key: Qt.Key
) -> None:
    hands.go_to(page, "刘洋", "name")
    hands.keys("Liu")
    above = page.members.grid.frozen.viewport()
    assert above.isAncestorOf(editors(page)[0]), "the editor opens over the columns, not underneath"
    hands.press(key)
    stage.wait(lambda: not editors(page))
    assert "Liu" in hands.people(page)
    assert current(page) == (("Liu", "sex") if key is Key.Key_Tab else ("黄文博", "name"))
    assert hands.focused() is page.members.grid


def test_escape_gives_up_what_was_typed(page: RosterScreen) -> None:
    for field, before in (("department", "信息科"), ("name", "刘洋")):
        hands.go_to(page, "刘洋", field)
        hands.keys("wrong")
        hands.press(Key.Key_Escape)
        assert shown(page, "刘洋", field) == before
        assert hands.focused() is page.members.grid


def test_f2_keeps_what_stands_there(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.press(Key.Key_F2)
    hands.press(Key.Key_End)
    hands.keys("2")
    hands.press(Key.Key_Return)
    assert shown(page, "刘洋", "department") == "信息科2"


def test_the_beginning_of_a_word_of_the_list_is_enough(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "ethnic")
    hands.write("回")
    hands.press(Key.Key_Return)
    stage.wait(lambda: not editors(page))
    assert shown(page, "刘洋", "ethnic") == "回族"
    assert current(page) == ("黄文博", "ethnic")


def test_a_word_of_the_list_is_taken_with_the_arrow_keys(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "education")
    hands.write("大")
    hands.press(Key.Key_Down, times=2)
    hands.press(Key.Key_Return)
    stage.wait(lambda: not editors(page))
    assert shown(page, "刘洋", "education") not in {"大", "大学"}
    assert shown(page, "刘洋", "education").startswith("大")
    assert current(page) == ("黄文博", "education")


def test_a_date_is_understood_as_clerks_write_it(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "born_on")
    hands.keys("19910203")
    hands.press(Key.Key_Return)
    assert shown(page, "刘洋", "born_on") == "1991.02.03"


def test_what_is_wrong_stays_and_says_what_to_do(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "admitted_on")
    hands.keys("2024.2.30")
    hands.press(Key.Key_Tab)
    assert shown(page, "刘洋", "admitted_on") == "2024.2.30"
    hands.go_to(page, "刘洋", "admitted_on")
    assert "没有 30 日" in page.banner.sentence
    spoken = hands.cell(page, "刘洋", "admitted_on").data(Qt.ItemDataRole.AccessibleTextRole)
    assert "有问题" in spoken
    assert button(page, "only_findings").text() == "只看有问题的 3"


def test_a_click_into_another_pane_stores_the_cell_and_stays_there(page: RosterScreen) -> None:
    for field in ("name", "department", "education"):
        hands.go_to(page, "高峰", field)
        hands.keys("x")
        other = page.findChild(QWidget, "field_native_place")
        assert other is not None
        hands.click_at(other, other.rect().center())
        assert hands.focused() is other.focusProxy()
        assert page.members.model.cell(15, hands.column(page, field)).text == "x"
        hands.press(Key.Key_Z, CTRL)
        page.members.grid.setFocus()
        hands.press(Key.Key_Z, CTRL)
        assert hands.people(page)[15] == "高峰"


# ---- undo


def test_undo_and_redo_by_key_say_what_they_took_back(stage: Stage, page: RosterScreen) -> None:
    assert not button(page, "undo").isEnabled()
    hands.go_to(page, "刘洋", "department")
    hands.keys("IT")
    hands.press(Key.Key_Return)
    assert button(page, "undo").toolTip() == "修改 刘洋 的工作部门"
    hands.press(Key.Key_Z, CTRL)
    assert shown(page, "刘洋", "department") == "信息科"
    assert stage.window.toast.sentence == "撤销：修改 刘洋 的工作部门"
    assert not button(page, "undo").isEnabled()
    assert button(page, "redo").toolTip() == "修改 刘洋 的工作部门"
    hands.press(Key.Key_Y, CTRL)
    assert shown(page, "刘洋", "department") == "IT"
    hands.press(Key.Key_Z, CTRL)
    hands.press(Key.Key_Z, CTRL)
    assert stage.window.toast.sentence == "没有可以撤销的操作。"


def test_an_identity_number_fills_birth_and_sex_and_one_undo_takes_all_back(page: RosterScreen) -> None:
    hands.go_to(page, "黄文博", "id_number")
    hands.keys("999999198609230813")
    hands.press(Key.Key_Return)
    assert shown(page, "黄文博", "born_on") == "1986.09.23"
    hands.press(Key.Key_Z, CTRL)
    assert shown(page, "黄文博", "born_on") == ""


# ---- the input method


@pytest.mark.parametrize("field", ["department", "name", "education"])
@pytest.mark.parametrize("steps", [["z", "zhang"], []], ids=["composed", "committed at once"])
def test_chinese_goes_into_a_closed_cell_without_a_latin_letter(
    stage: Stage, page: RosterScreen, field: str, steps: list[str]
) -> None:
    hands.go_to(page, "高峰", field)
    for step in steps:
        hands.compose(step, committed=False)
    hands.compose("张", committed=True)
    hands.compose("三", committed=True)
    box = editors(page)[0]
    assert (box.currentText() if isinstance(box, QComboBox) else box.property("text")) == "张三"
    hands.press(Key.Key_Return)
    stage.wait(lambda: not editors(page))
    assert page.members.model.cell(15, hands.column(page, field)).text.replace(" ", "") == "张三"


def test_escape_of_the_input_method_leaves_the_cell_as_it_was(page: RosterScreen) -> None:
    for field in ("department", "name"):
        hands.go_to(page, "高峰", field)
        before = shown(page, "高峰", field)
        hands.compose("zhang", committed=False)
        hands.compose("", committed=False)
        hands.press(Key.Key_Escape)
        assert shown(page, "高峰", field) == before
        assert not editors(page)


def test_the_input_method_stays_out_of_columns_of_numbers(page: RosterScreen) -> None:
    query = Qt.InputMethodQuery.ImHints
    hands.go_to(page, "刘洋", "mobile")
    assert page.members.grid.inputMethodQuery(query) == Qt.InputMethodHint.ImhLatinOnly
    hands.go_to(page, "刘洋", "name")
    assert page.members.grid.inputMethodQuery(query) == Qt.InputMethodHint.ImhNone


# ---- lists of words and records


def test_alt_down_opens_the_list_in_a_column_of_words(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "sex")
    hands.press(Key.Key_Down, ALT)
    box = editors(page)[0]
    assert isinstance(box, QComboBox)
    stage.wait(lambda: box.view().isVisible())
    assert current(page) == ("刘洋", "sex")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    stage.wait(lambda: not box.view().isVisible())
    hands.press(Key.Key_Return)
    assert shown(page, "刘洋", "sex") == "女"


def test_alt_down_goes_to_the_next_record_in_other_columns(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.press(Key.Key_Down, ALT)
    assert current(page) == ("黄文博", "department")
    hands.press(Key.Key_Up, ALT)
    assert current(page) == ("刘洋", "department")


def test_f8_walks_from_problem_to_problem_and_says_each(page: RosterScreen) -> None:
    hands.press(Key.Key_F8)
    assert current(page) == ("赵立新", "mobile")
    assert "手机号应为 11 位，这里有 10 位。" in page.banner.sentence
    hands.press(Key.Key_F8)
    assert current(page) == ("黄文博", "id_number")
    assert "校验位不对" in page.banner.sentence
    hands.press(Key.Key_F8)
    assert current(page) == ("赵立新", "mobile")
    hands.press(Key.Key_F8, SHIFT)
    assert current(page) == ("黄文博", "id_number")


# ---- hidden numbers


def test_numbers_are_hidden_until_the_eye_is_pressed_with_a_reason(stage: Stage, page: RosterScreen) -> None:
    assert shown(page, "刘洋", "id_number") == "999999********0717"
    before = recent_changes(stage.desk.branch)[0].seq
    stage.press("reveal")
    dialog = stage.dialog(LineDialog)
    yes = dialog.findChild(QPushButton, "yes")
    assert yes is not None
    assert not yes.isEnabled()
    hands.write("核对档案")
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.application.activeModalWidget() is None)
    assert shown(page, "刘洋", "id_number") == "999999199006140717"
    newest = recent_changes(stage.desk.branch)[0]
    assert newest.seq > before
    assert newest.label == "显示完整证号：核对档案"
    stage.press("reveal")
    assert shown(page, "刘洋", "id_number") == "999999********0717"


def test_giving_up_the_reason_keeps_the_numbers_hidden(stage: Stage, page: RosterScreen) -> None:
    stage.press("reveal")
    stage.dialog(LineDialog)
    hands.press(Key.Key_Escape)
    assert shown(page, "刘洋", "id_number") == "999999********0717"
    assert not button(page, "reveal").isChecked()


def test_a_hidden_number_changed_in_part_is_refused_with_a_sentence(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "name")
    field = page.findChild(QWidget, "field_id_number")
    assert field is not None
    line = field.focusProxy()
    assert isinstance(line, QLineEdit)
    hands.click_at(line, line.rect().center())
    hands.press(Key.Key_End)
    hands.press(Key.Key_Backspace)
    hands.keys("8")
    hands.press(Key.Key_Tab)
    words = stage.window.toast.findChildren(QLabel)[0].toolTip()
    assert words == "号码隐去了中间，没有改动；要改请把整个号码重新输入一遍。"
    assert line.text() == "999999********0717"
    stage.desk.revealed = True
    page.members.refresh_cells()
    assert shown(page, "刘洋", "id_number") == "999999199006140717"


def test_opening_a_hidden_number_in_the_grid_and_leaving_it_changes_nothing(
    stage: Stage, page: RosterScreen
) -> None:
    hands.go_to(page, "刘洋", "id_number")
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Return)
    stage.desk.revealed = True
    page.members.refresh_cells()
    assert shown(page, "刘洋", "id_number") == "999999199006140717"
