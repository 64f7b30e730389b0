"""openpyxl is the oracle: it reads the same cells out of every .xlsx, of samples and of chance."""

from __future__ import annotations

import random
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from branchdesk.documents.workbook_cells import Cell, Kind, Sheet
from support.workbook_parts import read_here

SAMPLES = Path(__file__).parent.parent / "data" / "workbooks"
XLSX = sorted(path.name for path in SAMPLES.glob("*.xlsx"))
SIGNS = "周建国李敏 ab<>&\"'\n\t𠮷䶮０１·_x"
NUMBER_FORMATS = ("General", "0", "0.00", "#,##0.00", "@", "0%", "00000")
DATE_FORMATS = ("yyyy/m/d", 'yyyy"年"m"月"', "yyyy-mm-dd", "mmm-yy")


def oracle_cell(value: Any) -> tuple[Kind, Any]:
    """What openpyxl gives, as kind and value."""
    match value:
        case bool():
            return Kind.BOOL, value
        case int() | float():
            return Kind.NUMBER, float(value)
        case datetime() if value.time() == time.min:
            return Kind.DATE, value.date().isoformat()
        case date() | time():
            return Kind.DATE, value.isoformat()
    if value in {None, ""}:
        return Kind.EMPTY, ""
    is_error = value.startswith("#") and value.endswith(("!", "?", "A"))
    return Kind.ERROR if is_error else Kind.TEXT, value


def own_cell(cell: Cell) -> tuple[Kind, Any]:
    """What our reader gives, in the same terms."""
    match cell.kind:
        case Kind.BOOL:
            return cell.kind, cell.text == "TRUE"
        case Kind.NUMBER:
            return cell.kind, float(cell.raw)
        case Kind.DATE:
            return cell.kind, cell.raw
    return cell.kind, cell.text


def assert_same(own: Sheet, oracle: Worksheet) -> None:
    """Cells, joined areas, hidden rows and columns of a sheet are those that openpyxl sees."""
    rows = {row.number: row for row in own.rows}
    for number, values in enumerate(oracle.iter_rows(values_only=True), start=1):
        expected = [oracle_cell(value) for value in values]
        cells = rows[number].cells if number in rows else ()
        found = [own_cell(cell) for cell in cells]
        assert found + [(Kind.EMPTY, "")] * (len(expected) - len(found)) == expected
        assert not cells or rows[number].hidden == bool(oracle.row_dimensions[number].hidden)
    areas = {
        (area.first_row, area.first_column + 1, area.last_row, area.last_column + 1) for area in own.merged
    }
    assert areas == {
        (area.min_row, area.min_col, area.max_row, area.max_col) for area in oracle.merged_cells.ranges
    }
    assert own.hidden_columns == {
        column_index_from_string(letters) - 1
        for letters, column in oracle.column_dimensions.items()
        if column.hidden
    }


@pytest.mark.parametrize("name", XLSX)
def test_every_cell_is_what_openpyxl_reads(name: str) -> None:
    oracle = openpyxl.load_workbook(SAMPLES / name, data_only=True)
    sheets = read_here(SAMPLES / name).sheets
    assert [sheet.name for sheet in sheets] == oracle.sheetnames
    for sheet in sheets:
        expected = oracle[sheet.name]
        assert isinstance(expected, Worksheet)
        assert sheet.hidden == (expected.sheet_state != "visible")
        assert_same(sheet, expected)


# ---- workbooks of chance


def chance_value(chance: random.Random) -> Any:
    """What may stand in a cell."""
    match chance.randrange(8):
        case 0:
            return chance.randrange(-(10**6), 10**12)
        case 1:
            return round(chance.uniform(-1e4, 1e5), chance.randrange(6))
        case 2:
            return chance.random() < 0.5
        case 3:
            return date(1950, 1, 1).replace(year=chance.randrange(1901, 2100), month=chance.randrange(1, 13))
        case 4:
            return None
    return "".join(chance.choices(SIGNS, k=chance.randrange(1, 40))) + "x"


def by_openpyxl(path: Path, chance: random.Random) -> None:
    """A workbook with gaps, joined cells, hidden rows and columns, in many formats."""
    book = openpyxl.Workbook()
    for number in range(3):
        sheet = book.create_sheet(f"表{number}")
        for _cell in range(300):
            cell = sheet.cell(chance.randrange(1, 60), chance.randrange(1, 40), chance_value(chance))
            if chance.random() < 0.5:
                formats = DATE_FORMATS if isinstance(cell.value, date) else NUMBER_FORMATS
                cell.number_format = chance.choice(formats)
        for _area in range(5):
            row, column = chance.randrange(1, 50), chance.randrange(1, 30)
            sheet.merge_cells(
                start_row=row, end_row=row + chance.randrange(3), start_column=column, end_column=column + 2
            )
        sheet.row_dimensions[chance.randrange(1, 60)].hidden = True
        sheet.column_dimensions["C"].hidden = True
    book.save(path)


def by_xlsxwriter(path: Path, chance: random.Random, *, inline: bool) -> None:
    """A workbook whose texts stand in their cells, or rich in the shared table."""
    with xlsxwriter.Workbook(path, {"constant_memory": inline}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("表")
        for row in range(60):
            for column in range(chance.randrange(20)):
                value = chance_value(chance)
                if isinstance(value, str):
                    if chance.random() < 0.2:
                        sheet.write_rich_string(row, column, "甲", bold, value, "乙")
                    else:
                        sheet.write_string(row, column, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value)


@pytest.mark.parametrize("seed", range(6))
def test_workbooks_of_chance_read_alike(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "chance.xlsx"
    if seed % 3 == 0:
        by_openpyxl(path, chance)
    else:
        by_xlsxwriter(path, chance, inline=seed % 3 == 1)
    oracle = openpyxl.load_workbook(path, data_only=True)
    workbook = read_here(path)
    assert workbook.notes == ()
    assert [sheet.name for sheet in workbook.sheets] == oracle.sheetnames
    for sheet in workbook.sheets:
        expected = oracle[sheet.name]
        assert isinstance(expected, Worksheet)
        assert_same(sheet, expected)
