"""The rows of a table of the form's own, filled with the keyboard; and a whole form with its sections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

from branchdesk.findings import Finding, Severity
from branchdesk.forms.language import Form, read_form_text
from branchdesk.ui.fields.form_view import FormView
from branchdesk.ui.fields.lines_editor import LinesEditor, ShownLine
from support import hands
from support.hands import CTRL, SHIFT, Key

FORM = """
kind = "record.help"
version = 1
title = "帮扶记录"
title_en = "Help"
subject = "none"
period = "none"
[[section]]
id = "head"
label = "概况"
label_en = "Head"
[[section]]
id = "foot"
label = "结果"
label_en = "Foot"
[[field]]
id = "topic"
type = "text"
label = "事由"
label_en = "Topic"
section = "head"
[[field]]
id = "urgent"
type = "yes_no"
label = "紧急"
label_en = "Urgent"
section = "head"
[[field]]
id = "result"
type = "text"
label = "结果"
label_en = "Result"
section = "foot"
only_if = { field = "urgent", is = ["1"] }
[[table]]
id = "families"
label = "帮扶对象"
label_en = "Families"
section = "head"
[[table.field]]
id = "name"
type = "text"
label = "户主"
label_en = "Name"
required = true
[[table.field]]
id = "poor"
type = "yes_no"
label = "困难户"
label_en = "Poor"
[[table.field]]
id = "reason"
type = "text"
label = "困难原因"
label_en = "Reason"
only_if = { field = "poor", is = ["1"] }
[[signature]]
id = "chief"
label = "负责人"
label_en = "Chief"
who = "secretary"
"""


@pytest.fixture
def form() -> Form:
    return read_form_text(FORM, "help")


class Keeper:
    """Stores lines as a screen would, and shows them again."""

    def __init__(self, editor: LinesEditor) -> None:
        self.editor = editor
        self.lines: list[tuple[str, dict[str, str]]] = []
        self.count = 0
        editor.line_edited.connect(self.edit)
        editor.line_added.connect(self.add)
        editor.lines_removed.connect(self.remove)
        editor.line_moved.connect(self.move)

    def show(self) -> None:
        self.editor.fill([ShownLine(uid, texts) for uid, texts in self.lines])

    def add(self, texts: dict[str, str]) -> None:
        self.count += 1
        self.lines.append((f"line{self.count}", dict(texts)))
        self.show()

    def edit(self, uid: str, field: str, text: str) -> None:
        dict(self.lines)[uid][field] = text
        self.show()

    def remove(self, uids: list[str]) -> None:
        self.lines = [line for line in self.lines if line[0] not in uids]
        self.show()

    def move(self, uid: str, step: int) -> None:
        place = [known for known, _texts in self.lines].index(uid)
        self.lines.insert(place + step, self.lines.pop(place))
        self.show()

    @property
    def texts(self) -> list[list[str]]:
        return [list(texts.values()) for _uid, texts in self.lines]


@pytest.fixture
def view(qtbot: QtBot, form: Form) -> Iterator[FormView]:
    """The whole form in a window that has the keyboard."""
    view = FormView(form, {})
    view.fill({})
    window = QDialog()
    window.resize(800, 700)
    QVBoxLayout(window).addWidget(view)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield view
    window.close()


@pytest.fixture
def keeper(view: FormView) -> Keeper:
    """The table, with the keyboard in its empty row."""
    made = Keeper(view.tables["families"])
    made.editor.begin_line()
    return made


def test_rows_are_added_by_typing_and_enter(keeper: Keeper) -> None:
    hands.write("张大山")
    hands.press(Key.Key_Return)
    hands.write("王小河")
    hands.press(Key.Key_Return)
    assert keeper.texts == [["张大山"], ["王小河"]]
    assert keeper.editor.grid.currentIndex().row() == 2


def test_tab_goes_on_in_the_row_and_leaves_behind_the_last_cell(keeper: Keeper, view: FormView) -> None:
    keeper.add({"name": "张大", "poor": "是"})
    keeper.editor.grid.setCurrentIndex(keeper.editor.model.index(0, 0))
    hands.write("张大山")
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_Tab)
    hands.write("因病")
    hands.press(Key.Key_Return)
    assert keeper.texts == [["张大山", "是", "因病"]]
    keeper.editor.grid.setFocus()
    keeper.editor.grid.setCurrentIndex(keeper.editor.model.index(1, 2))
    hands.press(Key.Key_Tab)
    assert not keeper.editor.grid.hasFocus()
    keeper.editor.grid.setFocus()
    keeper.editor.grid.setCurrentIndex(keeper.editor.model.index(0, 0))
    hands.press(Key.Key_Backtab, SHIFT)
    assert not keeper.editor.grid.hasFocus()
    del view


def test_what_a_row_does_not_ask_for_cannot_be_typed(keeper: Keeper) -> None:
    keeper.add({"name": "张大山", "poor": "否"})
    keeper.add({"name": "王小河", "poor": "是"})
    model = keeper.editor.model
    assert [model.cell(row, 2).text for row in range(2)] == ["／", ""]
    keeper.editor.grid.setCurrentIndex(model.index(0, 2))
    hands.keys("x")
    hands.press(Key.Key_Return)
    assert keeper.texts[0] == ["张大山", "否"]


def test_a_block_from_excel_becomes_rows(keeper: Keeper) -> None:
    hands.put_on_clipboard("张大山\t是\t因病\n王小河\t否\n")
    hands.press(Key.Key_V, CTRL)
    assert keeper.texts == [["张大山", "是", "因病"], ["王小河", "否"]]


def test_rows_are_taken_away_and_moved(keeper: Keeper) -> None:
    for name in ("张大山", "王小河", "李长江"):
        keeper.add({"name": name})
    keeper.editor.grid.setCurrentIndex(keeper.editor.model.index(1, 0))
    keeper.editor.up.click()
    assert keeper.texts == [["王小河"], ["张大山"], ["李长江"]]
    assert keeper.editor.grid.currentIndex().row() == 0
    assert not keeper.editor.up.isEnabled()
    keeper.editor.down.click()
    keeper.editor.grid.setFocus()
    hands.press(Key.Key_Delete, CTRL)
    assert keeper.texts == [["张大山"], ["李长江"]]


def test_a_row_that_is_only_looked_at_takes_nothing(keeper: Keeper) -> None:
    keeper.add({"name": "张大山"})
    keeper.editor.set_read_only(read_only=True)
    assert keeper.editor.model.rowCount() == 1
    keeper.editor.grid.setCurrentIndex(keeper.editor.model.index(0, 0))
    hands.press(Key.Key_Delete, CTRL)
    hands.keys("x")
    assert keeper.texts == [["张大山"]]


def test_a_finding_is_seen_in_its_cell(keeper: Keeper) -> None:
    said = Finding("required", Severity.WARN, "“户主”没有填写。", "name")
    keeper.editor.fill([ShownLine("line1", {}, [said])])
    cell = keeper.editor.model.cell(0, 0)
    assert (cell.severity, cell.sentence) == (Severity.WARN, "“户主”没有填写。")


# ---- a whole form


def test_a_field_of_a_later_section_appears_when_an_earlier_one_asks_for_it(view: FormView) -> None:
    assert [pane.wanted() for pane in view.panes] == [["topic", "urgent"], []]
    view.fill({"urgent": "是", "topic": "慰问"})
    assert [pane.wanted() for pane in view.panes] == [["topic", "urgent"], ["result"]]
    view.panes[0].field_edited.emit("urgent", "否")
    assert [pane.wanted() for pane in view.panes] == [["topic", "urgent"], []]


def test_enter_leads_from_section_to_section(view: FormView) -> None:
    view.fill({"urgent": "是"})
    view.panes[0].editors["urgent"].take_focus()
    hands.press(Key.Key_Return)
    assert (view.panes[1].editors["result"].focusProxy() or view).hasFocus()
    assert set(view.texts()) == {"topic", "urgent", "result"}
