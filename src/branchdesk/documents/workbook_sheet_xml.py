"""One sheet of an .xlsx, read in one pass over its XML; this is where the time of an import goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from branchdesk.documents.workbook_cells import Kind, short, text_cell
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
        self.row_name = ""
        self.row_hidden = False
        self.without_result = 0

    def begin_row(self, attributes: Attributes) -> None:
        """Note the row that begins. Raises ValueError for one that is not below the last."""
        number = int(attributes.get("r") or self.row + 1)
        if not self.row < number <= _LAST_ROW:
            raise ValueError(number)
        self.row = number
        self.row_name = str(number)
        self.row_hidden = attributes.get("hidden") in _YES or attributes.get("ht") == "0"

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


class _Mark(Enum):
    """What comes in a cell and has a text that is not the value of the cell."""

    FORMULA = "f"
    ELSEWHERE = ""


_FORMULA, _ELSEWHERE = _Mark.FORMULA, _Mark.ELSEWHERE


@dataclass(frozen=True, slots=True)
class _Inline:
    """The text that a cell brings with it."""

    text: str

    def cell(self, margin: _Margin, column: int) -> str:
        """The cell in the short form."""
        text = margin.intake.clipped(unescaped(self.text), margin.row, column)
        return text_cell(text)


_Event = str | dict[str, str] | None | _Inline | _Mark


class _Elements:
    """The elements of a sheet as they come, a million of them in a large one.

    While a row is read, only what comes is kept: the attributes of a cell, None where its value begins, the
    runs of its text. At the end of the row one loop makes the cells of it. Listening to the ends of elements
    would cost a fifth more, so that is done only inside cells that bring their own text.
    """

    __slots__ = ("_c", "_events", "_inline", "_prefix", "_row", "_runs", "_tables", "_v", "margin", "parser")

    def __init__(self, tables: BookTables, intake: Intake) -> None:
        self.margin = _Margin(intake)
        self._tables = tables
        self._events: list[_Event] = []
        self._runs: list[str] = []
        self._inline: list[str] = []
        self.parser = new_parser()
        self.parser.CharacterDataHandler = self._events.append
        self.parser.StartElementHandler = self._begin

    def _begin(self, root: str, attributes: dict[str, str]) -> None:
        prefix = prefix_of(root, attributes, "worksheet")
        self._prefix = len(prefix)
        self._c, self._v, self._row = prefix + "c", prefix + "v", prefix + "row"
        self.parser.StartElementHandler = self._start

    def keep_short(self) -> None:
        """Forget the rest of a text that no cell can hold."""
        keep_short(self._runs)
        start = len(self._events)
        while start and isinstance(self._events[start - 1], str):
            start -= 1
        runs = [event for event in self._events[start:] if isinstance(event, str)]
        keep_short(runs)
        self._events[start:] = runs

    def finish(self) -> None:
        """Take in the row that has been read."""
        self._events.append({})
        self.margin.end_row(_cells_of(self._events, self._tables, self.margin))
        self._events.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """What begins: a value, a cell, a row, or something rarer."""
        if name == self._v:
            self._events.append(None)
        elif name == self._c:
            self._events.append(attributes)
        elif name == self._row:
            self.finish()
            self.margin.begin_row(attributes)
        else:
            self._start_rare(name[self._prefix :], attributes)

    def _start_rare(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "f":
                self._events.append(_FORMULA)
            case "is":
                self._inline.clear()
                self.parser.CharacterDataHandler = self._runs.append
                self.parser.EndElementHandler = self._end_inline
            case "t":
                self._runs.clear()
            case "rPh" | "r":
                pass
            case _:
                self._events.append(_ELSEWHERE)
                self.margin.element(name, attributes)

    def _end_inline(self, name: str) -> None:
        """What ends inside a cell that brings its own text."""
        match name[self._prefix :]:
            case "t":
                self._inline.append(joined(self._runs))
            case "rPh":
                # The reading that stands over Japanese signs is no part of the text.
                self._inline.pop()
            case "is":
                self._events.append(_Inline(joined(self._inline)))
                self.parser.CharacterDataHandler = self._events.append
                self.parser.EndElementHandler = None


def _cells_of(  # noqa: C901, PLR0912  # one loop over everything: a call for each cell would cost a tenth
    events: Sequence[_Event], tables: BookTables, margin: _Margin
) -> list[str]:
    """The cells of one row in the short form. Raises ValueError and LookupError for what cannot be."""
    cells: list[str] = []
    texts, numbers, row_name = tables.texts, tables.numbers, margin.row_name
    column = -1
    kind = style = None
    text, is_open, has_formula = "", False, False
    for event in events:
        if type(event) is str:
            if is_open:
                text += event
        elif type(event) is dict:
            if text:
                if kind == "s":
                    cell = texts[int(text)]
                elif kind is None or kind == "n":
                    cell = numbers[style][text]
                else:
                    cell = _other_cell(kind, text, margin, column)
                if column == len(cells) < MOST_COLUMNS:
                    cells.append(cell)
                else:
                    _put(cell, cells, column, margin)
            elif has_formula:
                margin.without_result += kind != "str"
            # Nearly every cell is the right-hand neighbour of the one before; that is quickly seen.
            column += 1
            reference = event.get("r")
            if column >= MOST_COLUMNS or reference != _LETTERS[column] + row_name:
                column = column if reference is None else _place(reference)[1]
            kind, style = event.get("t"), event.get("s")
            text, is_open, has_formula = "", False, False
        elif event is None:
            is_open = True
        elif type(event) is _Inline:
            _put(event.cell(margin, column), cells, column, margin)
        else:
            is_open = False
            has_formula = has_formula or event is _FORMULA
    return cells


def _put(cell: str, cells: list[str], column: int, margin: _Margin) -> None:
    """Put a cell in its column, wherever that is."""
    if not cell:
        return
    if column >= MOST_COLUMNS:
        margin.intake.note_columns()
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
            return text_cell(margin.intake.clipped(text, margin.row, column))
        case "b":
            return short(Kind.BOOL, _BOOLEANS[text.strip()])
        case "e":
            return short(Kind.ERROR, text.strip()[:20])
        case "d":
            moment = datetime.fromisoformat(text.strip())
            day = moment.date().isoformat()
            return short(Kind.DATE, day, moment.isoformat() if moment.time() != moment.min.time() else day)
        case "inlineStr":
            return text_cell(margin.intake.clipped(text, margin.row, column))
    raise Unreadable(Reason.DAMAGED)
