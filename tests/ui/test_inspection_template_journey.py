"""Filling a workbook of the superior: added, recognised, checked, changed where it is wrong, and filled."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from branchdesk.domain.inspections import model
from branchdesk.forms.language import shipped_form
from branchdesk.services.inspections import answering, templates
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.ui.dialogs import LineDialog, MessageDialog
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.screens.inspections.template_dialog import TemplateDialog
from support import hands
from support.branches import SettableClock
from support.filled_inspection import QUARTER
from support.hands import Key
from support.inspected_quarters import inspected
from support.stage import Stage
from support.superior_workbooks import SHEET, superior_workbook


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook of the superior that the file dialog answers with."""
    path = tmp_path / "附件2：检查考核表.xlsx"
    path.write_bytes(superior_workbook(scheme_of(shipped_form(QUARTER))))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    return path


@pytest.fixture
def dialog(stage: Stage, the_clock: SettableClock, workbook: Path) -> TemplateDialog:
    """The dialog of a branch that has no workbook yet."""
    del the_clock, workbook
    stage.open()
    stage.window.show_screen("fill_template", inspected(stage.desk))
    return stage.dialog(TemplateDialog)


def settle(stage: Stage, dialog: TemplateDialog) -> None:
    """Wait until the worker of the dialog has nothing to do."""
    stage.wait(lambda: not dialog.jobs.busy)


def add(stage: Stage, dialog: TemplateDialog) -> None:
    """Add the workbook and see what was recognised."""
    stage.press("add_template", dialog)
    stage.wait(lambda: dialog.opened is not None and not dialog.jobs.busy)


def row_of(dialog: TemplateDialog, cell: str) -> int:
    return [line[1] for line in hands.lines(dialog.table)].index(cell)


def test_a_workbook_is_recognised_and_filled(
    stage: Stage, dialog: TemplateDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch, uid = stage.desk.branch, inspected(stage.desk)
    line = next(one for one in scheme_of(shipped_form(QUARTER)).indicators if one.number == "A1")
    stage.desk.do(
        partial(answering.set_score, branch, uid, line.id, model.Stage.SELF, "2.5", "届满未及时报批")
    )
    add(stage, dialog)
    assert dialog.table.rowCount() > 100
    assert "请核对一遍" in dialog.banner.sentence
    assert hands.lines(dialog.table)[row_of(dialog, "E5")] == [SHEET, "E5", "", f"A1 {line.title}：自评分"]
    target = tmp_path / "上报.xlsx"
    proposed: list[str] = []

    def answer(*arguments: object) -> tuple[str, str]:
        proposed.append(str(arguments[2]))
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    stage.press("fill_template", dialog)
    stage.wait(target.exists)
    settle(stage, dialog)
    assert proposed == ["附件2：检查考核表_2026-3.xlsx"]
    assert "已存为 上报.xlsx" in dialog.banner.sentence
    sheet: Any = openpyxl.load_workbook(target)[SHEET]
    assert sheet["E5"].value == 2.5
    assert sheet["G5"].value == "=D5-F5"


def test_a_cell_gets_something_else_and_another_one_nothing(stage: Stage, dialog: TemplateDialog) -> None:
    add(stage, dialog)
    dialog.table.setFocus()
    dialog.table.selectRow(row_of(dialog, "F5"))
    hands.press(Key.Key_Return)
    stage.dialog(PickDialog)
    hands.write("A1 支部设置")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    stage.wait(lambda: dialog.opened is not None and not dialog.jobs.busy)
    assert hands.lines(dialog.table)[row_of(dialog, "F5")][3].endswith("：最后得分")
    dialog.table.setFocus()
    dialog.table.selectRow(row_of(dialog, "H5"))
    hands.press(Key.Key_Delete)
    stage.wait(lambda: dialog.opened is not None and not dialog.jobs.busy)
    assert "H5" not in [line[1] for line in hands.lines(dialog.table)]
    kept = templates.template_list(stage.desk.branch)[0]
    assert kept.cells == dialog.table.rowCount()
    stage.press("propose_cells", dialog)
    stage.wait(
        lambda: dialog.opened is not None and not dialog.jobs.busy and dialog.table.rowCount() > kept.cells
    )
    assert "H5" in [line[1] for line in hands.lines(dialog.table)]


def test_a_cell_that_was_not_recognised_is_added_but_never_a_formula(
    stage: Stage, dialog: TemplateDialog
) -> None:
    add(stage, dialog)
    stage.press("add_cell", dialog)
    stage.dialog(LineDialog)
    hands.write("A1B")
    hands.press(Key.Key_Return)
    assert "不是这份表格里的单元格" in stage.problem_said()
    stage.dialog(MessageDialog).reject()
    stage.press("add_cell", dialog)
    stage.dialog(LineDialog)
    hands.write("填表说明!B7")
    hands.press(Key.Key_Return)
    assert "填表说明" in stage.dialog(PickDialog).heading.text()
    hands.write("等次")
    hands.press(Key.Key_Return)
    stage.wait(lambda: dialog.opened is not None and not dialog.jobs.busy)
    assert ["填表说明", "B7", "", "等次"] in hands.lines(dialog.table)
    stage.press("add_cell", dialog)
    stage.dialog(LineDialog)
    hands.write(f"{SHEET}!G5")
    hands.press(Key.Key_Return)
    stage.dialog(PickDialog)
    hands.press(Key.Key_Return)
    assert "是公式，不能填写" in stage.problem_said()


def test_the_workbook_is_there_the_next_time_and_goes_to_the_bin_when_it_is_old(
    stage: Stage, dialog: TemplateDialog
) -> None:
    add(stage, dialog)
    dialog.reject()
    stage.window.show_screen("fill_template", inspected(stage.desk, 4))
    again = stage.dialog(TemplateDialog)
    stage.wait(lambda: again.opened is not None and not again.jobs.busy)
    assert again.table.rowCount() > 100
    stage.press("remove_template", again)
    stage.dialog(LineDialog)
    hands.write("上级换了新表")
    hands.press(Key.Key_Return)
    assert again.table.rowCount() == 0
    assert not again.choice.isVisible()
    assert templates.template_list(stage.desk.branch) == []


def test_what_is_no_workbook_is_refused_with_a_sentence(
    stage: Stage, dialog: TemplateDialog, workbook: Path
) -> None:
    workbook.write_bytes(b"nothing of the kind")
    stage.press("add_template", dialog)
    stage.wait(lambda: not dialog.jobs.busy and stage.application.activeModalWidget() is not dialog)
    assert workbook.name in stage.problem_said()
    assert dialog.table.rowCount() == 0
