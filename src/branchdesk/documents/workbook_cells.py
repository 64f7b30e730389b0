"""What was read from a workbook: sheets, rows and cells, and the short form in which they leave the child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from branchdesk.domain.sheet_grid import Area, Grid, GridRow

_RAW = "\n"  # between text and raw of a number or date, which have no line breaks of their own
_MOST_REMEMBERED = 100_000


class Kind(StrEnum):
    """What a cell holds; the values are the marks in the short form."""

    EMPTY = ""
    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    BOOL = "b"
    ERROR = "e"


class Cell(NamedTuple):
    """One cell: the text as the table program shows it, as far as that can be known, and what is behind it.

    A cell with nothing but white space is EMPTY. `raw` is the stored number of a NUMBER (17 digits long where
    Excel wrote so) and the full ISO date or time of a DATE, of which the text may show only year and month;
    it is empty for the other kinds.
    """

    text: str
    kind: Kind
    raw: str = ""

    @property
    def whole_digits(self) -> int:
        """How many digits a number has before its point; Excel keeps 15 and loses the rest."""
        if self.kind is not Kind.NUMBER:
            return 0
        return len(f"{abs(float(self.raw)):.0f}")


_KINDS = {kind.value: kind for kind in Kind}
_WITH_RAW = {Kind.NUMBER, Kind.DATE}
EMPTY_CELL = Cell("", Kind.EMPTY)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; `number` counts from 1 as the table program does."""

    number: int
    hidden: bool
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell in `column`, which counts from 0; an empty one behind the last."""
        return self.cells[column] if column < len(self.cells) else EMPTY_CELL


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with the rows that hold something; columns count from 0."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()
    hidden_columns: frozenset[int] = frozenset()

    def grid(self) -> Grid:
        """The sheet as `domain.sheets` wants it."""
        rows = [GridRow(row.number, [cell.text for cell in row.cells], row.hidden) for row in self.rows]
        return Grid(self.name, rows, self.merged, self.hidden_columns)


class NoteCode(StrEnum):
    """What a reader has to say about a workbook besides its cells."""

    SHEETS = "sheets"
    ROWS = "rows"
    COLUMNS = "columns"
    CELLS = "cells"
    LONG_CELL = "long_cell"
    MERGED = "merged"
    NO_RESULT = "no_result"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was not read, in words; nothing is left out without one."""

    code: NoteCode
    sheet: str
    sentence: str


class Format(StrEnum):
    """The kinds of files, told by their content."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook with its sheets in their order and the notes of what could not be read."""

    format: Format
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()


class Garbled(Exception):
    """A piece in the short form is not what a reader writes."""


# ---- the short form: a cell is one string, its kind first; a row is [number, hidden, cells...]


def short(kind: Kind, text: str, raw: str = "") -> str:
    """A cell in the short form; a number says its raw text only where it differs."""
    return kind + text + _RAW + raw if raw and raw != text else kind + text


def text_cell(text: str) -> str:
    """A text in the short form; one of nothing but white space is an empty cell."""
    return "" if not text or text.isspace() else Kind.TEXT + text


class _Cells(dict[str, Cell]):
    """Cells by their short form, each made once as long as it is remembered."""

    def __missing__(self, form: str) -> Cell:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        kind = _KINDS[form[:1]]
        if kind in _WITH_RAW:
            text, _break, raw = form[1:].partition(_RAW)
            cell = Cell(text, kind, raw or text)
            if kind is Kind.NUMBER:
                float(cell.raw)  # whoever reads the cell may rely on it
        else:
            cell = Cell(form[1:], kind)
        self[form] = cell
        return cell


class Assembly:
    """A workbook being put together from its pieces. Raises Garbled for pieces that no reader writes."""

    def __init__(self) -> None:
        self._cells = _Cells({"": EMPTY_CELL})
        self._format = Format.XLSX
        self._sheets: list[Sheet] = []
        self._rows: list[Row] = []
        self._begun: tuple[str, bool] | None = None
        self._notes: list[Note] = []

    def add(self, piece: Any) -> None:
        """Add one piece."""
        try:
            self._add(piece)
        except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
            raise Garbled from error

    def _add(self, piece: Any) -> None:
        match piece:
            case ["rows", list(rows)]:
                self._rows.extend(self._row(row) for row in rows)
            case ["sheet", str(name), bool(hidden)]:
                self._begun = name, hidden
            case ["shape", list(merged), list(columns)] if self._begun is not None:
                name, hidden = self._begun
                areas = tuple(Area(*(int(place) for place in area)) for area in merged)
                hidden_columns = frozenset(int(column) for column in columns)
                self._sheets.append(Sheet(name, hidden, tuple(self._rows), areas, hidden_columns))
                self._rows, self._begun = [], None
            case ["note", str(code), str(sheet), str(sentence)]:
                self._notes.append(Note(NoteCode(code), sheet, sentence))
            case ["format", str(form)]:
                self._format = Format(form)
            case _:
                raise Garbled

    def _row(self, row: list[Any]) -> Row:
        known = self._cells
        return Row(int(row[0]), bool(row[1]), tuple([known[form] for form in row[2:]]))

    def workbook(self) -> Workbook:
        """The whole workbook."""
        return Workbook(self._format, tuple(self._sheets), tuple(self._notes))


def assemble(pieces: Iterable[Any]) -> Workbook:
    """The workbook that the pieces make up. Raises Garbled for pieces that no reader writes."""
    assembly = Assembly()
    for piece in pieces:
        assembly.add(piece)
    return assembly.workbook()
