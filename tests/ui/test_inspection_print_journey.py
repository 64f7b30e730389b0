"""The papers and files of inspections from the window: print, Word, Excel, and all evidence in one PDF."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QMenu

from branchdesk.ui.dialogs import MessageDialog
from branchdesk.ui.pane import Pane
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.screen import ISSUES, SHEETS
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.held_meetings import held_assembly
from support.inspected_quarters import LATE, NO_PLAN, inspected, problems
from support.papers import text_of
from support.stage import Stage


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> InspectionsScreen:
    """The overview with two quarters and three problems."""
    del the_clock
    stage.open()
    problems(stage.desk)
    inspected(stage.desk, 4)
    found = stage.go("inspections", SHEETS)
    assert isinstance(found, InspectionsScreen)
    return found


def words(stage: Stage) -> str:
    """What the paper in front says, without gaps."""
    return "".join(text_of(stage.printing().pdf).split())


def choose(pane: Pane, words: str) -> None:
    """Choose an entry of the print menu of a tab."""
    menu = QMenu()
    pane.fill_print_menu(menu)
    found = next(action for action in menu.actions() if action.text().startswith(words))
    assert found.isEnabled()
    found.trigger()


def saving_to(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[str]:
    """Let every question for a file name be answered; the names that were proposed."""
    proposed: list[str] = []

    def answer(*arguments: object) -> tuple[str, str]:
        proposed.append(str(arguments[2]))
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return proposed


def test_ctrl_p_prints_the_sheet_and_another_paper_is_one_choice_away(
    stage: Stage, page: InspectionsScreen
) -> None:
    page.sheets.table.selectRow(1)
    hands.press(Key.Key_P, CTRL)
    assert "2026年第三季度" in words(stage)
    dialog = stage.dialog(PrintDialog)
    assert dialog.heading.text() == "打印 · 2026年第三季度党建工作检查表"
    for title, said in (("计分过程", "计分过程"), ("季度小结", "小结"), ("空白检查表（手写后录入）", "C4")):
        before = dialog.pdf
        hands.pick(dialog._choices.kind, title)  # type: ignore[union-attr]
        stage.wait(lambda old=before: dialog.pdf not in {b"", old} and not dialog.jobs.busy)  # type: ignore[misc]
        assert said in words(stage)


def test_a_blank_form_of_another_kind_is_printed_without_any_inspection(
    stage: Stage, page: InspectionsScreen
) -> None:
    choose(page.sheets, "别的空白检查表")
    assert "C4" in words(stage)
    dialog = stage.dialog(PrintDialog)
    before = dialog.pdf
    kinds = dialog._choices.kind  # type: ignore[union-attr]
    assert kinds.count() == 2
    kinds.setCurrentIndex(1)
    stage.wait(lambda: dialog.pdf not in {b"", before} and not dialog.jobs.busy)


def test_order_and_slip_are_printed_and_saved_for_word(
    stage: Stage, page: InspectionsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.go("inspections", ISSUES)
    page.issues.table.selectRow(0)
    choose(page.issues, "整改通知单")
    assert "〔2026〕1号" in words(stage)
    target = tmp_path / "整改.docx"
    saving_to(monkeypatch, target)
    stage.press("save_docx", stage.dialog(PrintDialog))
    assert target.read_bytes().startswith(b"PK")
    stage.close_dialogs()
    page.issues.table.selectRow(1)
    choose(page.issues, "整改验证单")
    assert "".join(LATE.split()) in words(stage)


def test_the_ledger_is_printed_and_exported_as_it_is_narrowed(
    stage: Stage, page: InspectionsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.go("inspections", ISSUES)
    hands.tick(page.issues.narrowing.late)
    choose(page.issues, "问题台账")
    said = words(stage)
    assert "".join(NO_PLAN.split()) in said
    assert "".join(LATE.split()) not in said
    stage.close_dialogs()
    target = tmp_path / "台账.xlsx"
    proposed = saving_to(monkeypatch, target)
    choose(page.issues, "导出 Excel")
    stage.wait(lambda: stage.window.toast.sentence == "已导出 台账.xlsx。")
    assert proposed == ["20261121_问题台账.xlsx"]
    assert cells(target) >= {NO_PLAN}
    assert LATE not in cells(target)


def test_one_inspection_is_exported(
    stage: Stage, page: InspectionsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.sheets.table.selectRow(1)
    target = tmp_path / "检查表.xlsx"
    saving_to(monkeypatch, target)
    choose(page.sheets, "导出 Excel")
    stage.wait(lambda: stage.window.toast.sentence == "已导出 检查表.xlsx。")
    assert "C4" in cells(target)


def cells(workbook: Path) -> set[str]:
    """Every text of a workbook."""
    book = openpyxl.load_workbook(workbook)
    return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}


def test_all_evidence_goes_into_one_file_and_the_lines_without_any_are_named(
    stage: Stage, page: InspectionsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_assembly(stage.desk)
    page.refresh()
    page.sheets.table.selectRow(0)
    target = tmp_path / "迎检包.pdf"
    proposed = saving_to(monkeypatch, target)
    choose(page.sheets, "迎检包")
    dialog = stage.dialog(MessageDialog)
    stage.wait(lambda: stage.application.activeModalWidget() is not None)
    dialog = stage.dialog(MessageDialog)
    assert dialog.sentence.text().startswith("已存为 迎检包.pdf，共 ")
    assert proposed[0].endswith("2026-4_迎检包.pdf")
    text = "".join(text_of(target.read_bytes()).split())
    assert "三楼党员活动室" in text


def test_a_dossier_of_nothing_says_so_and_writes_no_file(
    stage: Stage, page: InspectionsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "迎检包.pdf"
    saving_to(monkeypatch, target)
    page.sheets.table.selectRow(0)
    choose(page.sheets, "迎检包")
    stage.wait_for_jobs()
    stage.wait(lambda: stage.application.activeModalWidget() is not None)
    assert target.exists() or "还没有任何佐证" in stage.problem_said()


def test_a_ledger_without_problems_says_why_there_is_no_paper(stage: Stage, page: InspectionsScreen) -> None:
    stage.go("inspections", ISSUES)
    hands.pick(page.issues.narrowing.state, "已验证")
    choose(page.issues, "问题台账")
    dialog = stage.dialog(PrintDialog)
    stage.wait(lambda: "台账是空的" in dialog.warning.sentence)
    assert not dialog.pdf
