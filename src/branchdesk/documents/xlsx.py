"""Tables as a workbook for Excel and WPS, where every cell is text unless its column is declared a number.

No text becomes a formula, whatever it begins with; ID numbers keep all their digits.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from itertools import islice
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import WorkbookAlreadySaved
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.page import PageMargins
from openpyxl.writer.excel import ExcelWriter
from typing_extensions import override

from branchdesk import clock
from branchdesk.documents.model import Align
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Cancelled, Progress

LONGEST = 32_767  # characters in a cell, as table programs count them
MOST_ROWS = 1_048_576
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # ECMA-376, 22.9.2.19
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?", re.ASCII)
_EXACT_DIGITS = 15  # more are rounded by table programs
_NARROWEST, _WIDEST = 6.0, 40.0  # of columns whose width is found out, in half-width characters
_LINE = 15.0  # points
_PROGRESS_EVERY = 200
_A3, _A4 = 8, 9  # in the list of paper sizes of table programs
_FACE = "宋体"
_HEAD_FACE = "黑体"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its label, its width in half-width characters (0 finds it out), whether it holds numbers."""

    label: str
    width: float = 0.0
    is_number: bool = False
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """One sheet: its name, a title over the table, lines above and below it, and rows of texts.

    A large one is printed on A3, since its columns would be too small to read on A4.
    """

    name: str
    columns: tuple[TableColumn, ...]
    rows: Collection[Sequence[str]]
    title: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    is_large: bool = False


def write_xlsx(
    tables: Sequence[WorkbookTable], made_on: date, author: str = "", progress: Progress = SILENT
) -> bytes:
    """The tables as a workbook, one sheet each. Characters that no workbook can hold are left out.

    Nothing of it lies on the disk meanwhile, where it would outlive a program that is killed.

    Raises Cancelled between rows where the person asked to stop, and Problem for a text or a table
    that is longer than a sheet can hold.
    """
    workbook = Workbook(write_only=True)
    workbook.properties.creator = author or "BranchDesk"
    workbook.properties.created = datetime.combine(made_on, time())
    names: set[str] = set()
    try:
        for number, table in enumerate(tables):
            name = sheet_name(table.name or table.title, names)
            part = progress.part(number / len(tables) * 0.95, (number + 1) / len(tables) * 0.95)
            _SheetWriter(workbook.create_sheet(name), table, part).write()
        progress.step(0.95)
    except (Problem, Cancelled):
        _discard(workbook)
        raise
    workbook.properties.modified = clock.now().replace(tzinfo=None)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _WorkbookWriter(workbook, archive).write_data()
    return file.getvalue()


def _discard(workbook: Workbook) -> None:
    """End the sheets of a workbook that is not written, in the order in which openpyxl can end them."""
    sheets: list[Any] = list(workbook.worksheets)
    for sheet in sheets:
        if sheet._writer is not None:  # noqa: SLF001 - closing a sheet that was not begun would begin it
            with suppress(WorkbookAlreadySaved, ValueError):
                sheet.close()


class _WorkbookWriter(ExcelWriter):
    """Packs a workbook whose sheets were written in memory."""

    _archive: zipfile.ZipFile

    @override
    def write_worksheet(self, ws: Any) -> None:
        self._archive.writestr(ws.path[1:], ws._writer.out.getvalue())  # noqa: SLF001 - as the base class
        self.manifest.append(ws)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, at most 31 characters, and none in `taken`, which gets it."""
    plain = _NOT_IN_NAMES.sub(" ", wanted).strip(" '")[:31].strip() or _("表格")
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = plain[: 31 - len(ending)] + ending
    taken.add(name.casefold())
    return name


def display_width(text: str) -> int:
    """The width of the longest line in half-width characters; what is not ASCII counts two."""
    return max(2 * len(line) - len(line.encode("ascii", "ignore")) for line in text.split("\n"))


def _clean(text: str) -> str:
    """The text without what XML cannot hold; what looks like an escape of a workbook is itself escaped."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    return _ILLEGAL.sub("", text)


def _number(text: str) -> Decimal | None:
    """The number that a text spells; None for other texts and for more digits than a cell keeps."""
    if not _NUMBER.fullmatch(text) or sum(char.isdigit() for char in text) > _EXACT_DIGITS:
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


class _SheetWriter:
    """Writes one table row by row; one cell per column is used again and again."""

    def __init__(self, sheet: Any, table: WorkbookTable, progress: Progress) -> None:
        self._sheet = sheet
        self._table = table
        self._progress = progress
        self._row = 0
        self._widths = [self._width(number, column) for number, column in enumerate(table.columns)]
        thin = Side("thin", color="808080")
        self._border = Border(thin, thin, thin, thin)

    def _width(self, number: int, column: TableColumn) -> float:
        """The width of a column: as declared, or what its label and first rows need."""
        if column.width:
            return column.width
        sample = [row[number] for row in islice(self._table.rows, 200)]
        widest = max(display_width(text) for text in (column.label, *sample))
        return min(_WIDEST, max(_NARROWEST, widest + 2))

    def write(self) -> None:
        """Write the whole sheet."""
        table, sheet = self._table, self._sheet
        heading = bool(table.title) + len(table.above) + 1
        rows = heading + len(table.rows) + len(table.below)
        if rows > MOST_ROWS:
            raise Problem(
                _("“{name}”有 {n} 行，一张工作表放不下。", name=table.title or table.name, n=rows),
                _("请先筛选，再分几次导出。"),
            )
        self._set_page(heading)
        self._begin_in_memory()
        if table.title:
            self._merged_row(table.title, Font(name=_HEAD_FACE, size=16), "center", 30.0)
        for line in table.above:
            self._merged_row(line, Font(name=_FACE, size=11), "left", 18.0)
        self._heading_row()
        self._rows()
        for line in table.below:
            lines = ceil(display_width(line) / max(1.0, sum(self._widths)))
            self._merged_row(line, Font(name=_FACE, size=11), "left", 18.0 * lines)
        sheet.close()

    def _set_page(self, heading: int) -> None:
        """Widths, frozen and repeated heading, landscape as wide as the page: before the first row."""
        sheet = self._sheet
        for number, width in enumerate(self._widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = f"A{heading + 1}"
        sheet.print_title_rows = f"1:{heading}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A3 if self._table.is_large else _A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.6, header=0.3, footer=0.3)
        sheet.oddFooter.center.text = "第 &P 页 共 &N 页"

    def _begin_in_memory(self) -> None:
        """Have the rows kept in memory; openpyxl by itself keeps them in a file that a kill leaves behind."""
        writer = WorksheetWriter(self._sheet, io.BytesIO())
        writer.write_top()
        self._sheet._writer = writer  # noqa: SLF001 - there is no other way to say where

    def _cell(self, font: Font, align: str, *, wrap: bool = True) -> Cell:
        """A cell that is text whatever it is given: format @, and the quote that forbids formulas."""
        cell = WriteOnlyCell(self._sheet, "")
        cell.font = font
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)
        cell.number_format = "@"
        cell.quotePrefix = True
        return cell

    def _put_text(self, cell: Cell, text: str) -> None:
        if len(text) > LONGEST:
            raise Problem(
                _(
                    "“{start}……”有 {n} 个字，一个单元格最多 {most} 个。",
                    start=text[:10],
                    n=len(text),
                    most=LONGEST,
                ),
                _("请先缩短这一项再导出。"),
            )
        cell.value = text
        cell.data_type = "s"

    def _append(self, cells: Sequence[Cell], height: float | None) -> None:
        self._row += 1
        if height is not None:
            self._sheet.row_dimensions[self._row].height = height
        self._sheet.append(cells)

    def _merged_row(self, text: str, font: Font, align: str, height: float) -> None:
        cell = self._cell(font, align)
        self._put_text(cell, _clean(text))
        self._append([cell], height)
        if len(self._widths) > 1:
            last = get_column_letter(len(self._widths))
            self._sheet.merged_cells.ranges.add(f"A{self._row}:{last}{self._row}")

    def _heading_row(self) -> None:
        cells = []
        for column in self._table.columns:
            cell = self._cell(Font(name=_HEAD_FACE, size=11), "center")
            cell.border = self._border
            cell.fill = PatternFill("solid", fgColor="EDEDED")
            self._put_text(cell, _clean(column.label))
            cells.append(cell)
        labels = [column.label for column in self._table.columns]
        self._append(cells, max(20.0, self._lines(labels) * _LINE + 4))

    def _lines(self, texts: Sequence[str]) -> int:
        """How many lines the tallest of the texts of a row takes in its column."""
        tallest = 1
        for text, width in zip(texts, self._widths, strict=True):
            if 2 * len(text) >= width or "\n" in text:
                lines = [max(1, ceil(display_width(line) / (width - 1))) for line in text.split("\n")]
                tallest = max(tallest, sum(lines))
        return tallest

    def _rows(self) -> None:
        count = len(self._table.rows)
        cells = list(self._row_cells())
        numbers = [column.is_number for column in self._table.columns]
        for place, row in enumerate(self._table.rows):
            if place % _PROGRESS_EVERY == 0:
                self._progress.step(place / count)
            texts = [_clean(text) for text in row]
            for cell, text, is_number in zip(cells, texts, numbers, strict=True):
                value = _number(text) if is_number else None
                if value is None:
                    self._put_text(cell, text)
                else:
                    cell.value = value
            self._append(cells, self._lines(texts) * _LINE + 3)

    def _row_cells(self) -> Iterator[Cell]:
        for column in self._table.columns:
            cell = self._cell(
                Font(name=_FACE, size=11), "center" if column.align is Align.CENTRE else column.align
            )
            cell.border = self._border
            if column.is_number:
                cell.number_format = "General"
                cell.quotePrefix = False
            yield cell
