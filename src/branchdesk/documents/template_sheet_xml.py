"""Where the rows, cells and formulas of a sheet of somebody else's workbook stand, byte by byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.documents.workbook_strings import prefix_of
from branchdesk.documents.workbook_xml import Attributes, mistakes_refused, new_parser
from branchdesk.domain.sheet_grid import Area, column_letters

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
LAST = True  # of what a parser gets
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_PLAIN_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_RESULTS = {"str", "e", "b"}  # kinds of results, which are nothing without the result

Place = tuple[int, int]  # row from 1, column from 0


def place_of(reference: str) -> Place | None:
    """The place of a cell such as C5; None for what is no cell of a sheet."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row, column - 1) if column <= _LAST_COLUMN and row <= _LAST_ROW else None


def cell_name(place: Place) -> str:
    """The name of a cell, such as C5."""
    return f"{column_letters(place[1])}{place[0]}"


def area_of(reference: str) -> Area | None:
    """The area of a reference such as B2:C5 or B2; None for what is none."""
    first, _colon, last = reference.partition(":")
    begin, end = place_of(first), place_of(last or first)
    if begin is None or end is None:
        return None
    return Area(min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1]))


def holds(area: Area, place: Place) -> bool:
    """Whether a cell lies in an area."""
    return area.first_row <= place[0] <= area.last_row and area.first_column <= place[1] <= area.last_column


@dataclass(slots=True)
class CellPlace:
    """A cell as it stands in the file: its bytes from `start` to `end`."""

    column: int
    attributes: Attributes
    start: int
    tag_end: int
    end: int = 0
    has_formula: bool = False
    result: tuple[int, int] | None = None


@dataclass(slots=True)
class RowPlace:
    """A row as it stands in the file; only rows that are written to keep their cells."""

    number: int
    attributes: Attributes
    start: int
    tag_end: int
    is_closed: bool
    inner_end: int = 0
    cells: list[CellPlace] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes of a part that are replaced; an insertion replaces none."""

    start: int
    end: int
    content: bytes


class SheetScan:
    """Everything that must be known of a sheet to write into some rows of it. Raises Unreadable."""

    def __init__(self, content: bytes, rows: frozenset[int] = frozenset()) -> None:
        self.content = content
        self.formulas: set[Place] = set()
        self.merged: list[Area] = []
        self.results: list[Edit] = []  # what removes the stored results of formulas
        self.rows: list[RowPlace] = []
        self.prefix = ""
        self.column_styles: list[tuple[int, int, str]] = []
        self.dimension: tuple[int, int, str] | None = None
        self.cells_span: tuple[int, int, bool] | None = None  # inside of sheetData, and whether it is closed
        self._wanted = rows
        self._arrays: list[Area] = []
        self._path: list[str] = []
        self._row: RowPlace | None = None
        self._cell: CellPlace | None = None
        self._last_row = 0
        self._last_column = -1
        self._value_start = 0
        self._parser = parser = new_parser()
        parser.XmlDeclHandler = refuse_encodings
        parser.StartElementHandler = self._root
        refuse_wide_signs(content)
        with mistakes_refused():
            parser.Parse(content, LAST)
        if self.cells_span is None:
            raise Unreadable(Reason.DAMAGED)

    def _root(self, name: str, attributes: Attributes) -> None:
        self.prefix = prefix_of(name, attributes, "worksheet")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, full_name: str, attributes: Attributes) -> None:
        at = self._parser.CurrentByteIndex
        name = full_name.removeprefix(self.prefix) if full_name.startswith(self.prefix) else ""
        self._path.append(name)
        match self._path:
            case ["sheetData"]:
                end = tag_end(self.content, at)
                self.cells_span = (at, end, self.content[end - 2 : end] == b"/>")
            case ["sheetData", "row"]:
                self._begin_row(at, attributes)
            case ["sheetData", "row", "c"]:
                self._begin_cell(at, attributes)
            case ["sheetData", "row", "c", "f"]:
                self._note_formula(attributes)
            case ["sheetData", "row", "c", "v"]:
                self._value_start = at
            case ["dimension"]:
                self.dimension = (at, tag_end(self.content, at), attributes.get("ref", ""))
            case ["cols", "col"]:
                first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
                self.column_styles.append((first, last, attributes.get("style", "")))
            case ["mergeCells", "mergeCell"]:
                area = area_of(attributes.get("ref", ""))
                if area is not None:
                    self.merged.append(area)

    def _begin_row(self, at: int, attributes: Attributes) -> None:
        number = int(attributes.get("r", self._last_row + 1))
        end = tag_end(self.content, at)
        self._row = RowPlace(number, dict(attributes), at, end, self.content[end - 2 : end] == b"/>")
        self._last_row, self._last_column = number, -1

    def _begin_cell(self, at: int, attributes: Attributes) -> None:
        column = self._last_column + 1
        if "r" in attributes:
            place = place_of(attributes["r"])
            if place is None:
                raise Unreadable(Reason.DAMAGED)
            column = place[1]
        self._last_column = column
        self._cell = CellPlace(column, dict(attributes), at, tag_end(self.content, at))
        if any(holds(area, (self._last_row, column)) for area in self._arrays):
            self._cell.has_formula = True

    def _note_formula(self, attributes: Attributes) -> None:
        if self._cell is None:
            return
        self._cell.has_formula = True
        if attributes.get("t") in {"array", "dataTable"}:
            area = area_of(attributes.get("ref", ""))
            # One that fills its own cell only is known by that; there may be thousands of them.
            if area is not None and (area.first_row, area.first_column) != (area.last_row, area.last_column):
                self._arrays.append(area)

    def _end(self, _name: str) -> None:
        at = self._parser.CurrentByteIndex
        match self._path:
            case ["sheetData", "row", "c", "v"] if self._cell is not None:
                self._cell.result = (self._value_start, self._element_end(self._value_start, at))
            case ["sheetData", "row", "c"] if self._cell is not None and self._row is not None:
                self._end_cell(self._cell, self._row, at)
            case ["sheetData", "row"] if self._row is not None:
                self._row.inner_end = self._row.tag_end if self._row.is_closed else at
                self.rows.append(self._row)
                self._row = None
            case ["sheetData"] if self.cells_span is not None:
                start, end, is_closed = self.cells_span
                self.cells_span = (start, end if is_closed else at, is_closed)
        if self._path:
            self._path.pop()

    def _end_cell(self, cell: CellPlace, row: RowPlace, at: int) -> None:
        cell.end = self._element_end(cell.start, at)
        if cell.has_formula:
            self.formulas.add((row.number, cell.column))
            self.results += _without_result(cell, self.prefix)
        if row.number in self._wanted:
            row.cells.append(cell)
        self._cell = None

    def _element_end(self, start: int, at: int) -> int:
        """Where an element ends whose end was met at a place; one without content ends with its only tag."""
        end = tag_end(self.content, start)
        return end if self.content[end - 2 : end] == b"/>" else tag_end(self.content, at)

    def is_formula(self, place: Place) -> bool:
        """Whether a cell holds a formula, or lies where one writes its results."""
        return place in self.formulas or any(holds(area, place) for area in self._arrays)

    def anchor(self, place: Place) -> Place:
        """The cell that shows what is written into a joined one; any other is its own."""
        area = next((area for area in self.merged if holds(area, place)), None)
        return place if area is None else (area.first_row, area.first_column)


def tag_end(content: bytes, start: int) -> int:
    """The place behind the tag that begins at `start`. Raises Unreadable where none begins there."""
    found = _TAG.match(content, start)
    if found is None:
        raise Unreadable(Reason.DAMAGED)
    return found.end()


def refuse_wide_signs(content: bytes) -> None:
    """Raise Unreadable for a part in UTF-16, which need not say so."""
    if content.startswith(_WIDE) or b"\0" in content[:4]:
        raise Unreadable(Reason.DAMAGED)


def refuse_encodings(_version: str, encoding: str | None, _standalone: int) -> None:
    """Raise Unreadable for a part that is not written in UTF-8: its bytes cannot be changed in place."""
    if encoding is not None and encoding.lower() not in _PLAIN_ENCODINGS:
        raise Unreadable(Reason.DAMAGED)


def open_tag(name: str, attributes: Mapping[str, str], *, closed: bool = False) -> str:
    """A tag with its attributes as they were, written anew."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{said}{'/' if closed else ''}>"


def _without_result(cell: CellPlace, prefix: str) -> Iterator[Edit]:
    """What takes the stored result out of a formula cell, so that every program computes it."""
    if cell.attributes.get("t") in _RESULTS:
        kept = {key: value for key, value in cell.attributes.items() if key != "t"}
        yield Edit(cell.start, cell.tag_end, open_tag(f"{prefix}c", kept).encode("utf-8"))
    if cell.result is not None:
        yield Edit(*cell.result, b"")
