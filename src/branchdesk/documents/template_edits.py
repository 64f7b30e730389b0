"""Writing into cells of somebody else's workbook: every byte that no cell needs changed stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from branchdesk.documents.template_sheet_xml import (
    LAST,
    Edit,
    Place,
    RowPlace,
    SheetScan,
    area_of,
    cell_name,
    holds,
    open_tag,
    refuse_encodings,
    refuse_wide_signs,
    tag_end,
)
from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.documents.workbook_strings import prefix_of
from branchdesk.documents.workbook_xml import Attributes, mistakes_refused, new_parser

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Written:
    """What is written into a cell: a text, or a number as it is written with digits and a point."""

    text: str
    is_number: bool = False


class FormulaInTheWay(Exception):
    """A cell that should be written to holds a formula, or a part of one."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


def written_sheet(content: bytes, values: Mapping[Place, Written], *, forget_results: bool) -> bytes:
    """The sheet with values in the cells at their places, which must be anchors.

    Stored results of formulas are forgotten where asked. Raises FormulaInTheWay and Unreadable.
    """
    scan = SheetScan(content, frozenset(row for row, _column in values))
    for place in values:
        if scan.is_formula(place):
            raise FormulaInTheWay(place)
    edits = list(scan.results) if forget_results else []
    edits += _cell_edits(scan, values)
    if values:
        edits += _dimension_edit(scan, list(values))
    pieces, done = [], 0
    # Where two edits begin at the same place the insertion comes first: it has no length.
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [content[done : edit.start], edit.content]
        done = edit.end
    return b"".join((*pieces, content[done:]))


def _cell_edits(scan: SheetScan, values: Mapping[Place, Written]) -> Iterator[Edit]:
    by_row: dict[int, dict[int, Written]] = {}
    for (row, column), value in sorted(values.items()):
        by_row.setdefault(row, {})[column] = value
    known = {row.number: row for row in scan.rows}
    fresh: dict[int, list[str]] = {}  # new rows by the number of bytes before them
    for number, cells in by_row.items():
        if number in known:
            yield from _row_edits(scan, known[number], cells)
            continue
        new = "".join(
            _cell_xml(scan.prefix, (number, column), value, _column_style(scan, column))
            for column, value in cells.items()
        )
        whole = f'<{scan.prefix}row r="{number}">{new}</{scan.prefix}row>'
        fresh.setdefault(_place_for_row(scan, number), []).append(whole)
    start, end, is_closed = scan.cells_span or (0, 0, False)
    for at, rows in fresh.items():
        joined = "".join(rows)
        if is_closed:
            name = f"{scan.prefix}sheetData"
            yield Edit(start, end, f"<{name}>{joined}</{name}>".encode())
        else:
            yield Edit(at, at, joined.encode("utf-8"))


def _place_for_row(scan: SheetScan, number: int) -> int:
    """Where a new row belongs: before the first row with a higher number."""
    after = next((row.start for row in scan.rows if row.number > number), None)
    return after if after is not None else (scan.cells_span or (0, 0, False))[1]


def _row_edits(scan: SheetScan, row: RowPlace, cells: Mapping[int, Written]) -> Iterator[Edit]:
    held = {cell.column: cell for cell in row.cells}
    inserted: dict[int, str] = {}
    style = row.attributes.get("s", "") if row.attributes.get("customFormat") in {"1", "true"} else ""
    for column, value in cells.items():
        place = (row.number, column)
        if column in held:
            cell = held[column]
            new = _cell_xml(scan.prefix, place, value, cell.attributes.get("s", ""), cell.attributes)
            yield Edit(cell.start, cell.end, new.encode("utf-8"))
            continue
        at = next((cell.start for cell in row.cells if cell.column > column), row.inner_end)
        new = _cell_xml(scan.prefix, place, value, style or _column_style(scan, column))
        inserted[at] = inserted.get(at, "") + new
    if not inserted:
        return
    kept = {key: value for key, value in row.attributes.items() if key != "spans"}  # they would be wrong
    tag = open_tag(f"{scan.prefix}row", kept)
    if row.is_closed:
        whole = f"{tag}{''.join(inserted.values())}</{scan.prefix}row>"
        yield Edit(row.start, row.tag_end, whole.encode("utf-8"))
        return
    if "spans" in row.attributes:
        yield Edit(row.start, row.tag_end, tag.encode("utf-8"))
    for at, new in inserted.items():
        yield Edit(at, at, new.encode("utf-8"))


def _column_style(scan: SheetScan, column: int) -> str:
    """The style of a cell of which the file says nothing: that of its column."""
    return next((style for first, last, style in scan.column_styles if first <= column <= last), "")


def _cell_xml(
    prefix: str, place: Place, value: Written, style: str, attributes: Mapping[str, str] | None = None
) -> str:
    """A cell with a value and the style that it had."""
    kept = {"r": cell_name(place)} | ({"s": style} if style else {})
    if attributes is not None and "ph" in attributes:
        kept["ph"] = attributes["ph"]
    if not value.text:
        return open_tag(f"{prefix}c", kept, closed=True)
    if value.is_number:
        return f"{open_tag(f'{prefix}c', kept)}<{prefix}v>{value.text}</{prefix}v></{prefix}c>"
    said = escape(_ESCAPED.sub("_x005F_", value.text))
    tag = open_tag(f"{prefix}c", {**kept, "t": "inlineStr"})
    return f'{tag}<{prefix}is><{prefix}t xml:space="preserve">{said}</{prefix}t></{prefix}is></{prefix}c>'


def _dimension_edit(scan: SheetScan, places: Sequence[Place]) -> Iterator[Edit]:
    """What makes the sheet say that it reaches as far as it now does."""
    if scan.dimension is None:
        return
    start, end, reference = scan.dimension
    area = area_of(reference)
    if area is None or all(holds(area, place) for place in places):
        return
    rows = [area.first_row, area.last_row, *(row for row, _column in places)]
    columns = [area.first_column, area.last_column, *(column for _row, column in places)]
    first, last = (min(rows), min(columns)), (max(rows), max(columns))
    tag = open_tag(f"{scan.prefix}dimension", {"ref": f"{cell_name(first)}:{cell_name(last)}"}, closed=True)
    closed = scan.content[end - 2 : end] == b"/>"
    yield Edit(start, end, (tag if closed else tag.replace("/>", ">")).encode("utf-8"))


def computes_on_load(content: bytes) -> bytes:
    """The workbook part, telling programs to compute everything when they open it. Raises Unreadable."""
    book = _BookScan(content)
    if book.calculation is not None:
        start, end, attributes = book.calculation
        closed = content[end - 2 : end] == b"/>"
        tag = open_tag(f"{book.prefix}calcPr", {**attributes, "fullCalcOnLoad": "1"}, closed=closed)
        return content[:start] + tag.encode("utf-8") + content[end:]
    if not book.before:
        raise Unreadable(Reason.DAMAGED)
    tag = open_tag(f"{book.prefix}calcPr", {"fullCalcOnLoad": "1"}, closed=True)
    return content[: book.before] + tag.encode("utf-8") + content[book.before :]


class _BookScan:
    """Where the workbook part says how to compute, or where it should (ECMA-376, 18.2.27)."""

    _EARLIER = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})

    def __init__(self, content: bytes) -> None:
        self.calculation: tuple[int, int, dict[str, str]] | None = None
        self.before = 0
        self.prefix = ""
        self._content = content
        self._depth = 0
        self._begun = 0
        self._parser = parser = new_parser()
        parser.XmlDeclHandler = refuse_encodings
        parser.StartElementHandler = self._root
        refuse_wide_signs(content)
        with mistakes_refused():
            parser.Parse(content, LAST)

    def _root(self, name: str, attributes: Attributes) -> None:
        self.prefix = prefix_of(name, attributes, "workbook")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._depth == 0:
            self._begun = self._parser.CurrentByteIndex
            if name == f"{self.prefix}calcPr":
                end = tag_end(self._content, self._begun)
                self.calculation = (self._begun, end, dict(attributes))
        self._depth += 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 0 and name.removeprefix(self.prefix) in self._EARLIER:
            end = tag_end(self._content, self._begun)
            if self._content[end - 2 : end] != b"/>":
                end = tag_end(self._content, self._parser.CurrentByteIndex)
            self.before = end
