"""Reads .xls and the .et of old WPS, which is the same inside."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import IO, Any

import xlrd
from xlrd.compdoc import CompDocError

from branchdesk.documents.workbook_cells import Format, Kind, short, text_cell
from branchdesk.documents.workbook_formats import BUILT_IN, GENERAL, NumberTable
from branchdesk.documents.workbook_intake import MOST_COLUMNS, MOST_SHEETS, Full, Intake, Piece
from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress

MOST_FILE_BYTES = 128 << 20  # the reader holds the file in memory
_ROWS_AT_ONCE = 200
_SAYS_ENCRYPTED = "encrypted"
# What xlrd raises on damaged files, as found with files cut short and with bytes turned over.
_BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    LookupError,
    ValueError,
    TypeError,
    OverflowError,
)


def read_xls(stream: IO[bytes], progress: Progress) -> Iterator[Piece]:
    """The pieces of the workbook in `stream`. Raises Unreadable."""
    content = stream.read(MOST_FILE_BYTES + 1)
    if len(content) > MOST_FILE_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    book = _opened(content)
    intake = Intake()
    yield ["format", Format.XLS.value]
    if book.nsheets > MOST_SHEETS:
        intake.note_sheets(book.nsheets)
    count = min(book.nsheets, MOST_SHEETS)
    tables: dict[str, NumberTable] = {}
    for place in range(count):
        try:
            sheet = book.sheet_by_index(place)
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED) from error
        progress.step(place / count, _("正在读取工作表“{sheet}”", sheet=sheet.name))
        yield from _sheet(book, sheet, tables, intake)
        book.unload_sheet(place)
    yield from intake.notes()


def _opened(content: bytes) -> Any:
    """The book, with its formats where they can be read, as some programs write them wrongly."""
    for with_formats in (True, False):
        try:
            return xlrd.open_workbook(
                file_contents=content,
                formatting_info=with_formats,
                on_demand=True,
                ragged_rows=True,
                logfile=io.StringIO(),
            )
        except _BROKEN as error:
            if _SAYS_ENCRYPTED in str(error):
                raise Unreadable(Reason.ENCRYPTED) from error
            if not with_formats:
                raise Unreadable(Reason.DAMAGED) from error
    raise AssertionError  # pragma: no cover  # the loop returns or raises


def _sheet(book: Any, sheet: Any, tables: dict[str, NumberTable], intake: Intake) -> Iterator[Piece]:
    """The pieces of one sheet. Raises Unreadable."""
    yield intake.begin_sheet(sheet.name, hidden=sheet.visibility != 0)
    try:
        for row in range(sheet.nrows):
            cells = [
                _cell(book, sheet, row, column, tables, intake)
                for column in range(min(sheet.row_len(row), MOST_COLUMNS))
            ]
            known = sheet.rowinfo_map.get(row)
            intake.add_row(row + 1, cells, hidden=bool(known and known.hidden))
            if row % _ROWS_AT_ONCE == 0:
                yield from intake.taken_rows()
    except Full:
        pass
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED) from error
    yield from intake.taken_rows()
    areas = [(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells]
    hidden = {column for column, known in sheet.colinfo_map.items() if known.hidden}
    yield intake.shape(areas, hidden)


def _cell(
    book: Any, sheet: Any, row: int, column: int, tables: dict[str, NumberTable], intake: Intake
) -> str:
    """One cell in the short form."""
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        return text_cell(intake.clipped(value, row + 1, column))
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        code = _format_code(book, sheet, row, column, is_date=kind == xlrd.XL_CELL_DATE)
        if code not in tables:
            tables[code] = NumberTable(code, from_1904=bool(book.datemode))
        return tables[code][f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)]
    if kind == xlrd.XL_CELL_BOOLEAN:
        return short(Kind.BOOL, "TRUE" if value else "FALSE")
    if kind == xlrd.XL_CELL_ERROR:
        return short(Kind.ERROR, xlrd.error_text_from_code.get(value, "#?"))
    return ""


def _format_code(book: Any, sheet: Any, row: int, column: int, *, is_date: bool) -> str:
    """The number format of a cell; where formats could not be read, at least whether it is a date."""
    if not book.formatting_info:
        return "yyyy/m/d" if is_date else GENERAL
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    known = book.format_map.get(style.format_key)
    return BUILT_IN.get(style.format_key) or (known.format_str if known else GENERAL)
