"""Importing a roster in the window: from the file to the members, and back again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from branchdesk.services.rosters import FIRST_COLUMNS, Roster
from branchdesk.services.sample import sample_workbook
from branchdesk.ui.screens.roster_import.screen import (
    COLUMNS,
    DONE,
    FILE,
    PROBLEMS,
    RosterImportScreen,
)
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.hands import Key
from support.stage import Stage, known_branch
from ui.scenes import WORKBOOKS


@pytest.fixture
def page(stage: Stage) -> RosterImportScreen:
    """The first step of the import, reached from the roster."""
    stage.open()
    stage.roster()
    stage.press("import")
    page = stage.window.page
    assert isinstance(page, RosterImportScreen)
    assert page.stack.currentIndex() == FILE
    return page


def read(stage: Stage, page: RosterImportScreen, workbook: str | Path) -> None:
    """Choose a workbook and wait for its columns."""
    page.open_file(WORKBOOKS / workbook)
    stage.wait(lambda: page.stack.currentIndex() == COLUMNS)


def look_at_problems(stage: Stage, page: RosterImportScreen, category: str = "") -> None:
    stage.press("next", page)
    stage.wait(lambda: page.stack.currentIndex() == PROBLEMS)
    if category:
        hands.pick(page.problems.category, category)
    stage.wait_for_jobs()


def import_it(stage: Stage, page: RosterImportScreen) -> None:
    stage.press("next", page)
    stage.wait(lambda: page.stack.currentIndex() == DONE)


def heading_of(page: RosterImportScreen, column: int) -> QComboBox:
    """What a column is taken for."""
    combo = page.columns.table.cellWidget(0, column)
    assert isinstance(combo, QComboBox)
    return combo


def verdicts(page: RosterImportScreen) -> dict[str, str]:
    """What will become of each row, by its number in the workbook."""
    model = page.problems.grid.blocks.model
    return {model.row_label(row): model.cell(row, 0).text for row in range(model.records())}


def type_into(page: RosterImportScreen, row: int, field: str, text: str) -> None:
    """Type over a cell of the rows to be imported."""
    grid, model = page.problems.grid, page.problems.grid.blocks.model
    column = next(place for place, one in enumerate(model.columns) if one.id == field)
    hands.click(grid, model.index(row, column))
    hands.write(text)
    hands.press(Key.Key_Return)


def snapshot(stage: Stage) -> list[tuple[str | None, ...]]:
    """Everybody on the roster with the usual columns."""
    roster = Roster(stage.desk.branch)
    roster.reload()
    return [tuple(row.values[key] for key in FIRST_COLUMNS) for row in roster.rows(range(len(roster)))]


# ---- the whole way


def test_a_roster_goes_in_with_its_counts_and_comes_out_again_with_one_undo(
    stage: Stage, page: RosterImportScreen
) -> None:
    before = snapshot(stage)
    read(stage, page, "plain.xlsx")
    assert heading_of(page, 1).currentText() == "姓名"
    assert heading_of(page, 5).currentText() == "身份证号"
    assert "自动认出" in page.columns.banner.sentence
    look_at_problems(stage, page)
    assert page.problems.summary() == "新增 12 · 更新 0 · 没有变化 0 · 不导入 0"
    import_it(stage, page)
    assert page.done.outcome.text() == "新增 12 人，更新 0 人，没有变化 0 人。"
    assert len(snapshot(stage)) == len(before) + 12
    stage.press("undo_import", page)
    assert page.done.outcome.text() == "整批导入已撤销，名册和导入前一样。"
    assert snapshot(stage) == before
    assert not page.done.undo.isEnabled()


def test_the_imported_people_are_on_the_roster_and_in_the_file(
    stage: Stage, page: RosterImportScreen
) -> None:
    read(stage, page, "totals_and_notes.xlsx")
    look_at_problems(stage, page, "正式党员")
    import_it(stage, page)
    stage.press("next", page)
    roster = stage.window.page
    assert isinstance(roster, RosterScreen)
    assert hands.people(roster)[-1] == "孙晓燕"
    assert len(hands.people(roster)) == 30
    stage.end()
    stage.open(branch=known_branch())
    assert len(hands.people(stage.roster())) == 30


def test_the_same_roster_once_more_changes_nothing(stage: Stage, page: RosterImportScreen) -> None:
    read(stage, page, sample_workbook())
    look_at_problems(stage, page, "正式党员")
    assert "没有变化 2" in page.problems.summary()
    assert "新增 0" in page.problems.summary()


# ---- columns


def test_a_column_can_be_taken_for_something_else(stage: Stage, page: RosterImportScreen) -> None:
    read(stage, page, "title_and_unit.xlsx")
    card = heading_of(page, 12)
    assert card.currentText() == "（不导入）"
    hands.pick(card, "工号" if card.findText("工号") >= 0 else "备注")
    chosen = card.currentText()
    look_at_problems(stage, page)
    import_it(stage, page)
    roster = stage.roster()
    field = next(one for one in roster.members.model.fields if one.shown() == chosen)
    last = roster.members.model.cell(len(hands.people(roster)) - 1, hands.column(roster, field.id))
    assert last.text.startswith("K00")


def test_a_field_given_to_another_column_leaves_the_first(stage: Stage, page: RosterImportScreen) -> None:
    read(stage, page, "plain.xlsx")
    hands.pick(heading_of(page, 0), "姓名")
    assert heading_of(page, 1).currentText() == "（不导入）"
    hands.pick(heading_of(page, 0), "（不导入）")
    assert "还没有一列对应到“姓名”" in page.columns.banner.sentence
    assert not page.next.isEnabled()
    hands.pick(heading_of(page, 1), "姓名")
    assert page.next.isEnabled()


def test_the_mapping_of_a_workbook_is_remembered(stage: Stage, page: RosterImportScreen) -> None:
    read(stage, page, "plain.xlsx")
    hands.pick(heading_of(page, 13), "备注")
    look_at_problems(stage, page)
    import_it(stage, page)
    stage.press("next", page)
    stage.press("import")
    read(stage, page, "plain.xlsx")
    assert heading_of(page, 13).currentText() == "备注"
    assert "已按上次的对应关系填好。" in page.columns.banner.sentence


# ---- problems


def test_a_refused_row_is_mended_in_place_and_imported(stage: Stage, page: RosterImportScreen) -> None:
    read(stage, page, "damaged_numbers.xlsx")
    look_at_problems(stage, page, "正式党员")
    assert "第 2 行不导入：身份证号在 Excel 中已损失末位" in page.problems.banner.sentence
    assert verdicts(page)["2"] == "不导入"
    type_into(page, 0, "id_number", "999999196803121750")
    stage.wait(lambda: verdicts(page)["2"] == "新增")
    import_it(stage, page)
    numbers = [row[FIRST_COLUMNS.index("id_number")] for row in snapshot(stage)]
    assert "999999196803121750" in numbers


def test_a_row_that_may_be_the_same_person_is_decided_by_the_clerk(
    stage: Stage, page: RosterImportScreen
) -> None:
    read(stage, page, "same_person_twice.xlsx")
    look_at_problems(stage, page, "正式党员")
    assert verdicts(page)["9"] == "不导入"
    type_into(page, list(verdicts(page)).index("9"), "verdict", "新增")
    stage.wait(lambda: verdicts(page)["9"] == "新增")
    before = len(snapshot(stage))
    import_it(stage, page)
    assert len(snapshot(stage)) > before


def test_f8_goes_through_the_problems_of_the_rows(stage: Stage, page: RosterImportScreen) -> None:
    read(stage, page, "damaged_numbers.xlsx")
    look_at_problems(stage, page, "正式党员")
    hands.press(Key.Key_F8)
    first = page.problems.grid.currentIndex()
    hands.press(Key.Key_F8)
    second = page.problems.grid.currentIndex()
    assert (first.row(), first.column()) < (second.row(), second.column())
    assert page.problems.banner.sentence


def test_rows_that_were_refused_are_written_to_a_workbook_with_their_reasons(
    stage: Stage, page: RosterImportScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(stage, page, "damaged_numbers.xlsx")
    look_at_problems(stage, page, "正式党员")
    import_it(stage, page)
    assert "没有导入" in page.done.outcome.text()
    target = tmp_path / "没有导入的行.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    save = page.findChild(QPushButton, "save_refused")
    assert save is not None
    count = int(save.text().removeprefix("把没有导入的 ").split()[0])
    stage.press("save_refused", page)
    assert stage.window.toast.sentence == "已存为 没有导入的行.xlsx。"
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    heading = next(place for place, row in enumerate(rows) if "没有导入的原因" in row)
    reasons = [row[rows[heading].index("没有导入的原因")] for row in rows[heading + 1 :]]
    assert len([reason for reason in reasons if reason]) == count
    assert "身份证号在 Excel 中已损失末位，请改正后再导入。" in reasons


# ---- what stands in the way


def test_what_is_no_workbook_says_so_and_stays_on_the_first_step(
    stage: Stage, page: RosterImportScreen, tmp_path: Path
) -> None:
    odd = tmp_path / "photo.xlsx"
    odd.write_bytes(b"\x89PNG\r\n\x1a\n not a workbook")
    page.open_file(odd)
    stage.wait(lambda: bool(page.banner.sentence))
    assert "photo.xlsx" in page.banner.sentence
    assert page.stack.currentIndex() == FILE
    read(stage, page, "plain.xlsx")
    assert "photo.xlsx" not in page.banner.sentence


def test_giving_up_in_the_middle_changes_nothing(stage: Stage, page: RosterImportScreen) -> None:
    before = snapshot(stage)
    read(stage, page, "plain.xlsx")
    look_at_problems(stage, page)
    stage.press("back", page)
    assert page.stack.currentIndex() == COLUMNS
    stage.press("close_import", page)
    assert isinstance(stage.window.page, RosterScreen)
    assert snapshot(stage) == before
    stage.press("import")
    assert page.stack.currentIndex() == FILE


def test_the_file_is_chosen_in_the_usual_dialog(
    stage: Stage, page: RosterImportScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(WORKBOOKS / "plain.xlsx"), ""))
    stage.press("choose", page)
    stage.wait(lambda: page.stack.currentIndex() == COLUMNS)
    assert page.subtitle.text() == "plain.xlsx"
