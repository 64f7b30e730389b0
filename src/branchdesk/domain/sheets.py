"""Understands a sheet that a clerk keeps: headings, people, and what is neither (domain 13, ux 2.8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import compress, pairwise

from branchdesk.domain.sheet_contents import Reader, Sense, anything_goes, sense_of
from branchdesk.domain.sheet_grid import Area, Grid, GridRow
from branchdesk.domain.sheet_headings import (
    NO_MATCH,
    Certainty,
    Column,
    Header,
    Headings,
    Match,
    find_header,
    header_at,
    heading_key,
)
from branchdesk.domain.sheet_layout import SheetLayout, TableRow, describe
from branchdesk.domain.sheet_rows import Reason, RowJudge, Skipped, looks_like_identity
from branchdesk.domain.sheet_titles import names_organisation, read_titles

__all__ = [
    "Area",
    "Certainty",
    "Column",
    "Grid",
    "GridRow",
    "Reason",
    "SheetLayout",
    "Skipped",
    "TableRow",
    "describe",
    "understand",
    "understand_all",
]
NAME_FIELD, IDENTITY_FIELD = "name", "id_number"
_SLIPS = (1, -1, 2, -2)
_FEWEST_NUMBERS, _MOST = 3, 0.8
_NOWHERE: frozenset[int] = frozenset()


def understand(
    grid: Grid,
    headings: Mapping[str, str],
    header_row: int | None = None,
    reader: Reader = anything_goes,
) -> SheetLayout:
    """The layout of a sheet by the headings that a form knows, a mapping of heading to field id.

    `header_row` is the first row of the headings where a person has named it; `reader` says what a text
    comes to in a field, which settles between two columns for one field.
    """
    known = Headings(headings)
    header = find_header(grid, known) if header_row is None else header_at(grid, header_row, known)
    organisation = grid.name if names_organisation(grid.name, among_several=False) else ""
    if header is None:
        return SheetLayout(grid.name, organisation=organisation)
    above = [row for row in grid.rows if row.number < header.rows[0] and _first_text(row)]
    below = [row for row in grid.rows if row.number > header.rows[-1] and _first_text(row)]
    columns = _columns(grid, header, known, below, reader)
    judge = RowJudge(
        [_keys(row) for row in grid.rows if row.number in header.rows],
        frozenset(heading_key(text) for row in above for text in row.texts if text),
        frozenset(column.index for column in columns if column.certainty is Certainty.RUNNING_NUMBER),
        name=_place_of(NAME_FIELD, columns),
        identity=_place_of(IDENTITY_FIELD, columns),
    )
    table_rows, skipped = _read_rows(below, judge, columns, grid.merged)
    titles = read_titles(above)
    return SheetLayout(
        sheet=grid.name,
        header_rows=header.rows,
        columns=_counted(columns, below, table_rows),
        table_rows=tuple(table_rows),
        skipped=(*(Skipped(row.number, Reason.TITLE, _first_text(row)) for row in above), *skipped),
        title=titles.title,
        unit=titles.unit,
        as_of=titles.as_of,
        organisation=organisation,
    )


def understand_all(
    grids: Sequence[Grid], headings: Mapping[str, str], reader: Reader = anything_goes
) -> tuple[SheetLayout, ...]:
    """The layouts of all sheets; of several rosters that are built alike each may bear its branch's name."""
    layouts = [understand(grid, headings, reader=reader) for grid in grids]
    alike = Counter(_fields(layout) for layout in layouts if layout.is_found)
    return tuple(
        replace(layout, organisation=layout.sheet)
        if names_organisation(layout.sheet, among_several=alike[_fields(layout)] > 1)
        else layout
        for layout in layouts
    )


def _fields(layout: SheetLayout) -> frozenset[str]:
    return frozenset(column.field for column in layout.columns if column.field is not None)


def _first_text(row: GridRow) -> str:
    return next((text.strip() for text in row.texts if text), "")


def _keys(row: GridRow) -> dict[int, str]:
    """The keys of the headings in a row by column."""
    return {column: heading_key(text) for column, text in enumerate(row.texts) if text}


# ---- columns


def _columns(
    grid: Grid, header: Header, known: Headings, below: Sequence[GridRow], reader: Reader
) -> list[Column]:
    """A column for every heading, and for every place that is filled without one, in their order."""
    filled = set(_filled_columns(below))
    places = [_place_under(index, header, grid.merged, filled) for index in range(len(header.texts))]

    def worth(index: int, field: str) -> tuple[Sense, bool]:
        place = places[index]
        return sense_of((row.text(place) for row in below), field, reader), place in filled

    matches = _one_column_each(header.matches(known), worth)
    columns = [
        Column(place, header.shown(index), match.field, match.certainty, place in grid.hidden_columns)
        for index, (place, match) in enumerate(zip(places, matches, strict=True))
        if header.shown(index)
    ]
    for place in filled - {column.index for column in columns}:
        counts = _counts_up([row.text(place) for row in below])
        certainty = Certainty.RUNNING_NUMBER if counts else Certainty.UNKNOWN
        columns.append(Column(place, "", None, certainty, place in grid.hidden_columns))
    return sorted(columns, key=lambda column: column.index)


def _one_column_each(
    matches: Sequence[Match], worth: Callable[[int, str], tuple[Sense, bool]]
) -> list[Match]:
    """The matches with each field once: what is understood first, a filled column, the surest, the form's.

    `worth` says of a column whether its texts are understood as a field, and whether there are any. Where
    only the order of the form decides, the column that gets the field is to be confirmed.
    """
    rivals: dict[str, list[int]] = defaultdict(list)
    for index, match in enumerate(matches):
        if match.field is not None:
            rivals[match.field].append(index)
    result = [match if match.field is None else NO_MATCH for match in matches]
    for field, indexes in rivals.items():
        if len(indexes) == 1:
            result[indexes[0]] = matches[indexes[0]]
            continue
        worths = {index: (*worth(index, field), matches[index].certainty) for index in indexes}
        best = max(worths.values())
        equals = [index for index in indexes if worths[index] == best]
        chosen = min(equals, key=lambda index: matches[index].rank)
        result[chosen] = matches[chosen] if len(equals) == 1 else matches[chosen].but_doubtful()
    return result


def _place_under(index: int, header: Header, merged: Sequence[Area], filled: set[int]) -> int:
    """Where the texts of a heading stand: a heading that is joined across may have them in a later column."""
    if index in filled:
        return index
    for area in merged:
        if area.first_column == index and area.first_row <= header.rows[-1] <= area.last_row:
            for place in range(index + 1, min(area.last_column + 1, len(header.texts))):
                if place in filled and not header.shown(place):
                    return place
    return index


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether a column without heading is a running number: 1 2 3, with a gap here and there."""
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= 6]
    steps = sum(later == earlier + 1 for earlier, later in pairwise(numbers))
    others = sum(bool(text) for text in texts) - len(numbers)
    return (
        len(numbers) >= _FEWEST_NUMBERS
        and steps >= _MOST * (len(numbers) - 1)
        and others <= len(numbers) // 4
    )


def _filled_columns(rows: Sequence[GridRow]) -> Counter[int]:
    """In how many of the rows each column holds a text."""
    counts = Counter[int]()
    width = max((len(row.texts) for row in rows), default=0)
    for row in rows:
        counts.update(compress(range(width), row.texts))
    return counts


def _counted(
    columns: Sequence[Column], below: Sequence[GridRow], table_rows: Sequence[TableRow]
) -> tuple[Column, ...]:
    """The columns with the number of rows that fill them; without heading and content a column is none."""
    wanted = {row.number for row in table_rows}
    counts = _filled_columns([row for row in below if row.number in wanted])
    return tuple(
        replace(column, filled=counts[column.index])
        for column in columns
        if column.heading or counts[column.index]
    )


def _place_of(field: str, columns: Sequence[Column]) -> int | None:
    return next((column.index for column in columns if column.field == field), None)


# ---- rows


def _read_rows(
    below: Sequence[GridRow], judge: RowJudge, columns: Sequence[Column], merged: Sequence[Area]
) -> tuple[list[TableRow], list[Skipped]]:
    """The rows to be read, and those left out with their reasons."""
    across, down = _joined_across(merged), _joined_down(below, merged)
    name, identity = _place_of(NAME_FIELD, columns), _place_of(IDENTITY_FIELD, columns)
    numbers = {column.index for column in columns if column.certainty is Certainty.RUNNING_NUMBER}
    table_rows: list[TableRow] = []
    skipped: list[Skipped] = []
    section = ""
    for row in below:
        reason = judge.judge(row, across.get(row.number, _NOWHERE))
        borrowed = down.get(row.number, {})
        if reason is None and (name in borrowed or identity in borrowed) and not _has_identity(row):
            reason = Reason.CONTINUATION
        if reason is Reason.SECTION:
            section = _first_text(row)
        if reason is not None:
            skipped.append(Skipped(row.number, reason, _first_text(row)))
            continue
        lent = {column: source for column, source in borrowed.items() if column not in numbers}
        table_rows.append(TableRow(row.number, row.hidden, section, lent, _slip(row, identity)))
    return table_rows, skipped


def _joined_across(merged: Sequence[Area]) -> dict[int, frozenset[int]]:
    """For each row the columns in which cells begin that are joined to their right."""
    found: dict[int, set[int]] = defaultdict(set)
    for area in merged:
        if area.last_column > area.first_column:
            found[area.first_row].add(area.first_column)
    return {row: frozenset(columns) for row, columns in found.items()}


def _joined_down(below: Sequence[GridRow], merged: Sequence[Area]) -> dict[int, dict[int, int]]:
    """For each row the columns that are joined to a row above it, and which row that is."""
    numbers = [row.number for row in below]
    covered: dict[int, int] = {}
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for area in sorted(merged, key=lambda area: area.first_row):
        column, first = area.first_column, area.first_row
        # Areas never share cells in a sound sheet; in another one the first counts.
        if first <= covered.get(column, 0):
            continue
        covered[column] = area.last_row
        start = bisect_left(numbers, first)
        if start == len(numbers) or numbers[start] != first or not below[start].text(column):
            continue
        for row in below[start + 1 : bisect_right(numbers, area.last_row)]:
            if not row.text(column):
                found[row.number][column] = first
    return found


def _has_identity(row: GridRow) -> bool:
    return any(len(text) >= 15 and looks_like_identity(text) for text in row.texts)


def _slip(row: GridRow, identity: int | None) -> int:
    """By how many columns a row has slipped to the right, told by its number of identity."""
    if identity is None or looks_like_identity(row.text(identity)):
        return 0
    return next((slip for slip in _SLIPS if looks_like_identity(row.text(max(identity + slip, 0)))), 0)
