"""The sample workbooks, understood as a clerk would."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from branchdesk.documents.workbook_cells import Kind
from branchdesk.domain.sheet_contents import Sense
from branchdesk.domain.sheets import Certainty, Column, SheetLayout, describe, understand_all
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.paths import form_folder
from support.workbook_parts import read_here

SAMPLES = Path(__file__).parent.parent / "data" / "workbooks"
EXPECTED: list[dict[str, Any]] = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))[
    "sheet"
]


@cache
def headings() -> dict[str, str]:
    """The headings that the member's file knows."""
    form = tomllib.loads(form_folder("member.file", "form.toml").read_text(encoding="utf-8"))
    known: dict[str, str] = {}
    for field in form["field"]:
        for heading in (field["label"], *field.get("aliases", [])):
            known.setdefault(heading, field["id"])
    return known


@cache
def layouts(file: str) -> dict[str, SheetLayout]:
    """What is understood of every sheet of a sample."""
    grids = [sheet.grid() for sheet in read_here(SAMPLES / file).sheets]
    return {layout.sheet: layout for layout in understand_all(grids, headings(), sense)}


def sense(field: str, text: str) -> Sense:
    """What a text comes to, where that is a word for full or probationary or should be one."""
    known = field != "category" or shipped_dictionaries()["category"].code_of(text)
    return Sense.VALUE if known else Sense.NONE


def column_line(column: Column) -> str:
    """A column as the table of expectations writes it: E id_number, ? where it is to be confirmed."""
    mark = "?" if column.is_open else ""
    field = "#" if column.certainty is Certainty.RUNNING_NUMBER else column.field or "-"
    return f"{column.letters} {field}{mark}"


def test_every_sample_is_in_the_table_of_expectations() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.is_file()} - {"expected.toml"}
    assert {row["file"] for row in EXPECTED} == files
    assert len(files) >= 14


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['file']}-{row['sheet']}")
def test_a_sample_is_understood_as_a_clerk_would(row: dict[str, Any]) -> None:
    layout = layouts(row["file"])[row["sheet"]]
    found = {
        "file": row["file"],
        "sheet": layout.sheet,
        "header_rows": list(layout.header_rows),
        "columns": [column_line(column) for column in layout.columns],
        "people": [table_row.number for table_row in layout.table_rows],
        "skipped": [f"{skipped.row} {skipped.reason}" for skipped in layout.skipped],
        "hidden": [table_row.number for table_row in layout.table_rows if table_row.hidden],
        "shifted": [table_row.number for table_row in layout.table_rows if table_row.shifted],
        "borrowed": [
            f"{table_row.number} {column} {source}"
            for table_row in layout.table_rows
            for column, source in table_row.borrowed.items()
        ],
        "sections": [name for name, _rows in groupby(row.section for row in layout.table_rows) if name],
        "title": layout.title,
        "unit": layout.unit,
        "as_of": layout.as_of,
        "organisation": layout.organisation,
        "said": describe(layout),
    }
    assert {key: value for key, value in found.items() if value or key in row} == row


# ---- what the cells hold


def test_a_text_file_says_what_its_workbook_says() -> None:
    plain = [[cell.text for cell in row.cells] for row in read_here(SAMPLES / "plain.xlsx").sheets[0].rows]
    for name in ("excel_unicode.txt", "semicolons.csv"):
        rows = [[cell.text for cell in row.cells] for row in read_here(SAMPLES / name).sheets[0].rows]
        assert [row[:16] for row in rows] == [row[:16] for row in plain]


def test_dates_look_as_they_were_written() -> None:
    cells = {row.cells[2].text: row.cells[1] for row in read_here(SAMPLES / "dates.xlsx").sheets[0].rows}
    assert cells["数字2024.1"].text == "2024.1"
    assert cells["数字，显示为2024.10"].text == "2024.10"
    assert (cells["只显示年月的日期单元格"].text, cells["只显示年月的日期单元格"].raw) == (
        "1998年7月",
        "1998-07-01",
    )
    assert cells["日期单元格"].text == "1998/7/1"
    assert (cells["Excel序号"].text, cells["Excel序号"].kind) == ("35977", Kind.NUMBER)


def test_numbers_of_identity_that_excel_damaged_can_be_told() -> None:
    cells = {
        row.cells[2].text: row.cells[1] for row in read_here(SAMPLES / "damaged_numbers.xlsx").sheets[0].rows
    }
    assert cells["数字，末位已丢"].kind is Kind.NUMBER
    assert cells["数字，末位已丢"].whole_digits == 18
    assert cells["数字，末位已丢"].text.endswith("000")
    assert cells["15位数字"].whole_digits == 15
    assert cells["文字的科学计数"].text == "9.99999E+17"
    assert cells["文字的科学计数"].whole_digits == 0
