"""One sheet of an .xlsx, read in one pass over its XML; this is where the time of an import goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from branchdesk.documents.workbook_cells import Kind, short
from branchdesk.documents.workbook_formats import NumberTable
from branchdesk.documents.workbook_intake import MOST_AREAS, MOST_COLUMNS, Full, Intake, Piece
from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.documents.workbook_strings import joined, keep_short, prefix_of, unescaped
from branchdesk.documents.workbook_xml import Attributes, ByteSource, feed, mistakes_refused, new_parser
from branchdesk.domain.sheet_grid import column_letters

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LINE_END = re.compile(r"\s*\n\s*\Z")
_YES = {"1", "true"}
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_LETTERS = tuple(column_letters(column) for column in range(MOST_COLUMNS))
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


@dataclass(frozen=True, slots=True)
class BookTables:
    """What all sheets of a workbook share: the texts, and for each style the way to show numbers."""

    texts: list[str]
    numbers: dict[str | None, NumberTable]


class _Margin:
    """What a sheet says besides its cells: joined areas, hidden columns, the row that is being read."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.areas: list[tuple[int, int, int, int]] = []
        self.hidden_columns: set[int] = set()
        self.row = 0
        self.row_hidden = False
        self.without_result = 0

    def begin_row(self, attributes: Attributes) -> str:
        """Note the row that begins; gives its number as text. Raises ValueError."""
        number = int(attributes.get("r") or self.row + 1)
        if not self.row < number <= _LAST_ROW:
            raise ValueError(number)
        self.row = number
        self.row_hidden = attributes.get("hidden") in _YES or attributes.get("ht") == "0"
        return str(number)

    def element(self, name: str, attributes: Attributes) -> None:
        """Note an element outside the rows. Raises ValueError for broken numbers."""
        if name == "col" and (attributes.get("hidden") in _YES or attributes.get("width") == "0"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
        elif name == "mergeCell" and len(self.areas) <= MOST_AREAS:
            first_cell, _colon, last_cell = attributes["ref"].partition(":")
            self.areas.append((*_place(first_cell), *_place(last_cell or first_cell)))

    def end_row(self, cells: list[str]) -> None:
        """Take in the row that ends."""
        self.intake.add_row(self.row, cells, hidden=self.row_hidden)


def _place(reference: str) -> tuple[int, int]:
    """The row, from 1, and the column, from 0, of a reference. Raises ValueError for what is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > _LAST_COLUMN:
        raise ValueError(reference)
    return int(match[2]), column - 1


def read_sheet(
    source: ByteSource, tables: BookTables, intake: Intake, told: Callable[[int], None]
) -> Iterator[Piece]:
    """The rows of a sheet and then its shape; `told` hears the number of bytes read. Raises Unreadable."""
    elements = _Elements(tables, intake)
    try:
        for position in feed(elements.parser, source):
            elements.keep_short()
            told(position)
            yield from intake.taken_rows()
        with mistakes_refused():
            elements.finish()
    except Full:
        pass
    yield from intake.taken_rows()
    margin = elements.margin
    if margin.without_result:
        intake.note_no_result(margin.without_result)
    yield intake.shape(margin.areas, margin.hidden_columns)


class _Elements:
    """The elements of a sheet as they come, a million of them in a large one.

    Listening to the ends of elements would cost a fifth more, so a cell is finished when the next element
    begins; only inside cells that bring their own text the ends are heard.
    """

    __slots__ = (
        "_c", "_cells", "_column", "_formula", "_inline", "_kind", "_number", "_numbers", "_pending",
        "_prefix", "_reading", "_row", "_runs", "_style", "_texts", "_v", "margin", "parser",
    )  # fmt: skip

    def __init__(self, tables: BookTables, intake: Intake) -> None:
        self.margin = _Margin(intake)
        self._texts = tables.texts
        self._numbers = tables.numbers
        self._runs: list[str] = []
        self._cells: list[str] = []
        self._inline: list[str] = []
        self._column, self._number = -1, ""
        self._kind: str | None = None
        self._style: str | None = None
        self._pending = self._formula = self._reading = False
        self.parser = new_parser()
        self.parser.CharacterDataHandler = self._runs.append
        self.parser.StartElementHandler = self._begin

    def _begin(self, root: str, attributes: Attributes) -> None:
        prefix = prefix_of(root, attributes, "worksheet")
        self._prefix = len(prefix)
        self._c, self._v, self._row = prefix + "c", prefix + "v", prefix + "row"
        self.parser.StartElementHandler = self._start

    def keep_short(self) -> None:
        """Forget the rest of a text that no cell can hold."""
        keep_short(self._runs)

    def finish(self) -> None:
        """Take in the last row."""
        self._end_cell()
        self.margin.end_row(self._cells)

    def _start(self, name: str, attributes: Attributes) -> None:
        """What begins: a value, a cell, a row, or something rarer."""
        if name == self._v:
            self._runs.clear()
            self._pending = True
        elif name == self._c:
            if self._pending or self._formula:
                self._end_cell()
            self._column += 1
            # Nearly every cell is the right-hand neighbour of the one before; that is quickly seen.
            if self._column >= MOST_COLUMNS or attributes.get("r") != _LETTERS[self._column] + self._number:
                self._find_column(attributes.get("r"))
            self._kind = attributes.get("t")
            self._style = attributes.get("s")
        elif name == self._row:
            self.finish()
            self._number = self.margin.begin_row(attributes)
            self._column = -1
            self._cells.clear()
        else:
            self._start_rare(name[self._prefix :], attributes)

    def _find_column(self, reference: str | None) -> None:
        """Go to the column that a cell names; one that names none is the next. Raises ValueError."""
        if reference is not None:
            self._column = _place(reference)[1]

    def _start_rare(self, name: str, attributes: Attributes) -> None:
        self._end_cell()
        if name == "f":
            self._formula = True
        elif name == "is":
            self._inline.clear()
            self._reading = False
            self.parser.EndElementHandler = self._end_inline
        elif name == "t":
            self._runs.clear()
        elif name == "rPh":
            self._reading = True
        else:
            self.margin.element(name, attributes)

    def _end_cell(self) -> None:
        """Take in the value that has come, if one has; a number may have white space around it."""
        kind, runs = self._kind, self._runs
        text = (runs[0] if len(runs) == 1 else joined(runs)) if self._pending else ""
        if kind == "s" and text:
            cell = self._texts[int(text)]
        elif not text.strip():
            self.margin.without_result += self._formula and kind != "str"
            cell = ""
        elif kind is None or kind == "n":
            cell = self._numbers[self._style][text]
        else:
            cell = _other_cell(kind, text, self.margin, self._column)
        self._pending = self._formula = False
        if cell and self._column == len(self._cells) < MOST_COLUMNS:
            self._cells.append(cell)
        elif cell:
            self._put(cell)

    def _end_inline(self, name: str) -> None:
        """What ends inside a cell that brings its own text."""
        name = name[self._prefix :]
        if name == "t":
            if not self._reading:
                self._inline.append(joined(self._runs))
        elif name == "is":
            text = unescaped(joined(self._inline))
            text = self.margin.intake.clipped(text, self.margin.row, self._column)
            self._put(Kind.TEXT + text if text else "")
            self.parser.EndElementHandler = None

    def _put(self, cell: str) -> None:
        """Put a cell in its column, wherever that is."""
        cells, column = self._cells, self._column
        if column == len(cells) < MOST_COLUMNS:
            cells.append(cell)
        elif column >= MOST_COLUMNS:
            self.margin.intake.note_columns()
        elif column < len(cells):
            cells[column] = cell
        else:
            cells.extend([""] * (column - len(cells)))
            cells.append(cell)


def _other_cell(kind: str, text: str, margin: _Margin, column: int) -> str:
    """A cell that is neither a shared text nor a number. Raises ValueError for an unknown kind."""
    match kind:
        case "str":
            # Without the white space that a pretty-printed file has behind the value.
            text = unescaped(_LINE_END.sub("", text))
            return Kind.TEXT + margin.intake.clipped(text, margin.row, column)
        case "b":
            return short(Kind.BOOL, _BOOLEANS[text.strip()])
        case "e":
            return short(Kind.ERROR, text.strip()[:20])
        case "d":
            moment = datetime.fromisoformat(text.strip())
            day = moment.date().isoformat()
            return short(Kind.DATE, day, moment.isoformat() if moment.time() != moment.min.time() else day)
        case "inlineStr":
            return Kind.TEXT + margin.intake.clipped(text, margin.row, column)
    raise Unreadable(Reason.DAMAGED)
