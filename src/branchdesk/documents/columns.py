"""How wide the columns of a table are, and in which size it is set: judged by its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import ceil

from branchdesk.documents import fonts
from branchdesk.documents.fonts import printable, widths
from branchdesk.documents.model import Column, Font, Table
from branchdesk.documents.surface import MM

PAD_X = 1.2 * MM  # left and right of the text of a cell
_SAMPLE = 200  # rows
_USUAL = 0.95  # the share of the sample that a column would like to hold on one line
_WIDEST = 0.34  # of the table, for a column that only would like to
_FEW_LINES = 1.25  # lines per row up to which a table counts as easy to read
_READABLE = 8.0  # points; smaller only where nothing else keeps numbers whole


def fit_columns(table: Table, measure: float) -> tuple[float, list[float]]:
    """The size of type and the widths of the columns in points, together `measure`.

    The largest size at which every column has room for its `fits` and most rows take one line; where no size
    does that, the one with the lowest rows. A table too wide at every size breaks what should stay whole.
    """
    sample = [[_ems(text) for text in row] for row in islice(table.rows, _SAMPLE)]
    best: tuple[float, float, list[float]] | None = None
    for size in table.sizes:
        least = [_least_width(column, size) for column in table.columns]
        if sum(least) > measure or (best is not None and size < _READABLE):
            continue
        found = _shared(table.columns, least, _wanted(sample, least, size, measure), measure)
        lines = _lines_per_row(sample, found, size)
        if best is None or lines * size < best[0]:
            best = (lines * size, size, found)
        if lines <= _FEW_LINES:
            return size, found
    if best is not None:
        return best[1:]
    size = table.sizes[-1]
    least = [_least_width(column, size) for column in table.columns]
    return size, [width * measure / sum(least) for width in least]


def _ems(text: str) -> float:
    """The width of the longest line of a text in ems."""
    lengths = (sum(map(widths(Font.BODY).__getitem__, line)) for line in printable(text).split("\n"))
    return max(lengths)


def _least_width(column: Column, size: float) -> float:
    """Room for the text that must not be broken and for two characters of the label."""
    pairs = [column.label[at : at + 2] for at in range(len(column.label))]
    label = max((fonts.width(pair, Font.HEADING, size) for pair in pairs), default=0.0)
    return max(label, fonts.width(column.fits, Font.BODY, size)) + 2 * PAD_X


def _wanted(
    sample: Sequence[Sequence[float]], least: Sequence[float], size: float, measure: float
) -> list[float]:
    """The widths at which nearly all texts of the sample would take one line."""
    wanted = []
    for number, narrow in enumerate(least):
        lengths = sorted(row[number] for row in sample)
        usual = lengths[ceil(_USUAL * (len(lengths) - 1))] if lengths else 0.0
        wanted.append(max(narrow, min(usual * size + 2 * PAD_X, _WIDEST * measure)))
    return wanted


def _shared(
    columns: Sequence[Column], least: Sequence[float], wanted: Sequence[float], measure: float
) -> list[float]:
    """The widths: what is wanted and the rest by weight; where that is too much, small wishes come first.

    A column of group names then keeps its one line, and the long column of employers wraps.
    """
    spare = measure - sum(wanted)
    if spare >= 0:
        weights = sum(column.weight for column in columns)
        return [width + spare * one.weight / weights for width, one in zip(wanted, columns, strict=True)]
    found = list(least)
    rest = measure - sum(least)
    wishes = sorted((wanted[number] - narrow, number) for number, narrow in enumerate(least))
    for place, (wish, number) in enumerate(wishes):
        given = min(wish, rest / (len(wishes) - place))
        found[number] += given
        rest -= given
    return found


def _lines_per_row(sample: Sequence[Sequence[float]], found: Sequence[float], size: float) -> float:
    """How many lines the rows of the sample take on average, judged by widths alone."""
    if not sample:
        return 1.0
    rooms = [(width - 2 * PAD_X) / size + 0.01 for width in found]
    return sum(
        max(max(1, ceil(length / room)) for length, room in zip(row, rooms, strict=True)) for row in sample
    ) / len(sample)
