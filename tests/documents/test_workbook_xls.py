"""Reading .xls, of LibreOffice and damaged in every way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import xlrd

from branchdesk.documents import workbook_intake, workbook_xls
from branchdesk.documents.workbook_cells import Kind, NoteCode
from branchdesk.domain.sheet_grid import Area
from branchdesk.errors import Problem
from support.workbook_parts import is_read_or_refused, read_here

SAMPLES = Path(__file__).parent.parent / "data" / "workbooks"
EVERYTHING = SAMPLES / "everything_libreoffice.xls"


def test_cells_joined_areas_and_numbers_are_those_of_the_xlsx_it_was_made_from() -> None:
    old = read_here(SAMPLES / "title_and_unit_libreoffice.xls").sheets[0]
    new = read_here(SAMPLES / "title_and_unit.xlsx").sheets[0]
    assert [(row.number, [cell.text for cell in row.cells]) for row in old.rows] == [
        (row.number, [cell.text for cell in row.cells]) for row in new.rows
    ]
    assert set(old.merged) == set(new.merged)
    assert old.rows[6].cells[4].kind is Kind.NUMBER
    assert old.rows[6].cells[4].whole_digits == 18


def test_dates_truths_errors_hidden_rows_columns_and_sheets() -> None:
    workbook = read_here(EVERYTHING)
    sheet = workbook.sheets[0]
    cells = {cell.text: cell for row in sheet.rows for cell in row.cells}
    assert cells["1998年7月"].raw == "1998-07-01"
    assert cells["1998/7/1"].kind is Kind.DATE
    assert cells["TRUE"].kind is Kind.BOOL
    assert cells["#DIV/0!"].kind is Kind.ERROR
    assert cells["00123"].raw == "123"
    assert cells["2024.10"].raw == "2024.1"
    assert cells["𠮷田"].kind is Kind.TEXT
    assert [row.number for row in sheet.rows if row.hidden] == [3]
    assert sheet.hidden_columns == {3}
    assert sheet.merged == (Area(5, 0, 6, 1),)
    assert [sheet.hidden for sheet in workbook.sheets] == [False, True]


def test_a_book_whose_formats_cannot_be_read_still_tells_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = xlrd.open_workbook

    def without_formats(*, formatting_info: bool, **named: object) -> object:
        if formatting_info:
            raise xlrd.XLRDError("formats")
        return opened(formatting_info=False, **named)

    monkeypatch.setattr(xlrd, "open_workbook", without_formats)
    cells = [cell for row in read_here(EVERYTHING).sheets[0].rows for cell in row.cells]
    assert "1998/7/1" in {cell.text for cell in cells if cell.kind is Kind.DATE}


def test_limits_hold_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_intake, "MOST_ROWS", 2)
    monkeypatch.setattr(workbook_xls, "MOST_SHEETS", 1)
    workbook = read_here(EVERYTHING)
    assert [len(sheet.rows) for sheet in workbook.sheets] == [2]
    assert {note.code for note in workbook.notes} == {NoteCode.ROWS, NoteCode.SHEETS}
    monkeypatch.setattr(workbook_xls, "MOST_FILE_BYTES", 100)
    with pytest.raises(Problem, match="太大"):
        read_here(EVERYTHING)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_book_is_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(EVERYTHING.read_bytes())
    if seed % 3 == 0:
        del content[chance.randrange(512, len(content)) :]
    for _turn in range(chance.randint(1, 30)):
        content[chance.randrange(8, len(content))] = chance.randrange(256)
    path = tmp_path / "damaged.xls"
    path.write_bytes(bytes(content))
    assert is_read_or_refused(path)
