"""Tables as workbooks: texts stay texts, numbers are numbers, the sheet prints well."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import (
    LONGEST,
    TableColumn,
    WorkbookTable,
    display_width,
    sheet_name,
    write_xlsx,
)
from branchdesk.jobs.progress import Cancelled, Progress
from support.problems import refused

DAY = date(2026, 11, 21)
COLUMNS = (TableColumn("姓名"), TableColumn("身份证号码"), TableColumn("月党费", is_number=True))
ROWS = (("王𬀩", "999999199001011234", "1,260.50"), ("李四", "=1+1", "缓缴"))


def table(rows: tuple[tuple[str, ...], ...] = ROWS, name: str = "名册", **more: Any) -> WorkbookTable:
    return WorkbookTable(name, COLUMNS, rows, **more)


def sheet_of(*tables: WorkbookTable) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(tables, DAY))).worksheets[0]


def written(text: str) -> Any:
    """A text as it comes back from a cell."""
    return sheet_of(WorkbookTable("名册", (TableColumn("内容"),), ((text,),))).cell(2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=HYPERLINK(1)",
        "+86",
        "-1",
        "@SUM(A1)",
        "#N/A",
        "TRUE",
        "2026-11-21",
        "013",
        "999999199001011234",
    ],
)
def test_no_text_becomes_a_formula_a_number_or_an_error(text: str) -> None:
    cell = written(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.number_format == "@"
    assert cell.quotePrefix


def test_nothing_in_the_file_is_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx([table()], DAY))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_another_reader_finds_the_same_texts() -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx([table()], DAY)))
    assert workbook.get_sheet_by_name("名册").to_python() == [
        ["姓名", "身份证号码", "月党费"],
        ["王𬀩", "999999199001011234", 1260.5],
        ["李四", "=1+1", "缓缴"],
    ]


def test_a_number_column_holds_numbers_and_keeps_what_is_none_as_text() -> None:
    sheet = sheet_of(table((*ROWS, ("赵", "", "1234567890123456"))))
    assert [(sheet.cell(row, 3).value, sheet.cell(row, 3).data_type) for row in (2, 3, 4)] == [
        (1260.5, "n"),
        ("缓缴", "s"),
        ("1234567890123456", "s"),
    ]


def test_what_a_workbook_cannot_hold_is_left_out_and_lines_stay() -> None:
    assert written("王\x00明\x0b\ud800").value == "王明"
    assert written("一\r\n二\r三").value == "一\n二\n三"


def test_what_looks_like_an_escape_comes_back_as_it_was_typed() -> None:
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(write_xlsx([WorkbookTable("表", (TableColumn("内容"),), (("_x0041_",),))], DAY))
    )
    assert workbook.get_sheet_by_index(0).to_python()[1] == ["_x0041_"]


def test_the_title_spans_the_table_and_the_heading_is_frozen_and_repeated() -> None:
    sheet = sheet_of(table(title="党员名册", above=("填报单位：甲",), below=("党员 2 名",)))
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2", "A6:C6"}
    assert [row[0].value for row in sheet.iter_rows()] == [
        "党员名册",
        "填报单位：甲",
        "姓名",
        "王𬀩",
        "李四",
        "党员 2 名",
    ]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"


def test_the_sheet_prints_on_a4_landscape_as_wide_as_the_page() -> None:
    sheet = sheet_of(table())
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert int(sheet.page_setup.fitToHeight) == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in sheet.oddFooter.center.text


def test_columns_are_as_wide_as_their_texts_and_rows_as_high_as_their_lines() -> None:
    columns = (TableColumn("序号"), TableColumn("单位", align=Align.LEFT), TableColumn("固定", 12.0))
    sheet = sheet_of(WorkbookTable("表", columns, (("1", "甲" * 60, "x"), ("2", "乙\n丙", "y"))))
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [6.0, 40.0, 12.0]
    assert [sheet.row_dimensions[row].height for row in (2, 3)] == [63.0, 33.0]
    assert sheet.cell(2, 2).alignment.wrap_text
    assert sheet.cell(2, 2).alignment.horizontal == "left"


def test_sheets_get_names_that_table_programs_take() -> None:
    taken: set[str] = set()
    assert sheet_name("第一/二支部:名册[1]", taken) == "第一 二支部 名册 1"
    assert sheet_name("字" * 40, taken) == "字" * 31
    assert sheet_name("字" * 40, taken) == "字" * 27 + " (2)"
    assert sheet_name("'*'", taken) == "表格"
    assert sheet_name("ROSTER", taken) != sheet_name("roster", taken).upper()


def test_several_tables_are_several_sheets() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_xlsx([table(), table(), table(name="乙")], DAY)))
    assert workbook.sheetnames == ["名册", "名册 (2)", "乙"]


def test_width_is_counted_as_table_programs_show_it() -> None:
    assert display_width("王明ab\n") == 6
    assert display_width("一\n三个字") == 6


def test_a_text_longer_than_a_cell_is_refused_and_named() -> None:
    with refused("“很长的内容很长的内容……”", str(LONGEST)):
        written("很长的内容" * 7000)


def test_a_table_longer_than_a_sheet_is_refused_before_it_is_written() -> None:
    class Endless:
        def __len__(self) -> int:
            return 2_000_000

        def __contains__(self, row: object) -> bool:
            return True

        def __iter__(self) -> Iterator[tuple[str, ...]]:
            yield ("甲",)

    with refused("“表”有 2000001 行"):
        write_xlsx([WorkbookTable("表", (TableColumn("内容"),), Endless())], DAY)


def leftovers() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("openpyxl.*"))


KILLED = """
import os, signal
from datetime import date
from branchdesk.documents.xlsx import TableColumn, WorkbookTable, write_xlsx
from branchdesk.jobs.progress import Progress
def kill(share, _sentence):
    if share > 0.5:
        os.kill(os.getpid(), signal.SIGKILL)
rows = [("李明", "99999919491231002X")] * 4000
columns = (TableColumn("姓名"), TableColumn("身份证号"))
write_xlsx([WorkbookTable("名册", columns, rows)], date(2026, 1, 1), progress=Progress(kill))
"""


@pytest.mark.skipif(os.name == "nt", reason="asks the system in the way of POSIX")
def test_a_program_killed_in_the_middle_leaves_no_names_on_the_disk(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_to_the_disk_meanwhile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    assert sheet_of(table(ROWS * 500)).max_row == 1001


def test_writing_can_be_cancelled_and_leaves_no_names_behind() -> None:
    before = leftovers()
    progress = Progress(lambda share, _sentence: progress.cancel() if share > 0.3 else None)
    with pytest.raises(Cancelled):
        write_xlsx([table(ROWS * 1000)], DAY, progress=progress)
    with refused("一个单元格最多"):
        write_xlsx([table((("甲" * 40_000, "", ""),))], DAY)
    assert leftovers() <= before


def test_the_workbook_says_who_made_it_and_when() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_xlsx([table()], DAY, "第一支部")))
    assert workbook.properties.creator == "第一支部"
    assert workbook.properties.created.date() == DAY
