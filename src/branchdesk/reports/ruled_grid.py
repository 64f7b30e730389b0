"""Ruled grids of labels and values whose rows grow to their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from branchdesk.documents.model import LABEL_CELL, LONG_CELL, VALUE_CELL, Align, Cell, Entry, Sheet, Style

_LABEL = replace(LABEL_CELL, size=11.0, leading=1.4, sizes=())
_VALUE = replace(VALUE_CELL, size=11.0, leading=1.5, align=Align.LEFT, sizes=())
_LONG = replace(LONG_CELL, size=11.0, leading=1.5, hangs=False, sizes=())
_LEAST_HEIGHT = 9.0  # millimetres
_LABEL_SHARE = 0.1375  # of the width, where two pairs stand side by side
_FLOWS = 500  # characters; a longer text is a box of its own that is parted between pages


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: its text, how many columns it joins, and whether it is a label or a long text.

    `height` is the least height of its row in millimetres.
    """

    text: str
    columns: int = 1
    label: bool = False
    long: bool = False
    height: float = 0.0

    @property
    def style(self) -> Style:
        """How it is set."""
        return _LABEL if self.label else _LONG if self.long else _VALUE


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value; a wide one has a row of its own, a long one is a text of sentences."""

    label: str
    text: str
    wide: bool = False
    long: bool = False


def grid_blocks(
    widths: Sequence[float],
    rows: Iterable[Sequence[GridCell]],
    measure: float,
    least_height: float = _LEAST_HEIGHT,
) -> Iterator[Sheet | Entry]:
    """The rows as sheets that are `measure` millimetres wide, parted where a text flows over pages."""
    scaled = [round(width * measure / sum(widths), 3) for width in widths]
    waiting: list[Sequence[GridCell]] = []
    for row in rows:
        if len(row) == 2 and row[0].label and len(row[1].text) > _FLOWS:
            yield from _sheet(scaled, waiting, least_height)
            waiting = []
            yield Entry(row[0].text, row[1].text, sum(scaled[: row[0].columns]), _LONG)
        else:
            waiting.append(row)
    yield from _sheet(scaled, waiting, least_height)


def _sheet(
    widths: Sequence[float], rows: Sequence[Sequence[GridCell]], least_height: float
) -> Iterator[Sheet]:
    """The rows as one sheet, if there are any; the last cell of a row joins the columns that are left."""
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for place, cell in enumerate(row):
            rest = len(widths) - column
            columns = rest if place == len(row) - 1 else min(cell.columns, rest)
            called = _called(row, place)
            cells.append(Cell(number, column, cell.text, columns=columns, style=cell.style, called=called))
            column += columns
    if cells:
        heights = tuple(max(least_height, *(cell.height for cell in row)) for row in rows)
        yield Sheet(tuple(widths), heights, tuple(cells), grows=True)


def _called(row: Sequence[GridCell], place: int) -> str:
    """What a value is called: the label before it."""
    before = [cell.text for cell in row[:place] if cell.label]
    return "".join(before[-1].split()) if before and not row[place].label else ""


def pair_widths(measure: float, share: float = _LABEL_SHARE) -> tuple[float, float, float, float]:
    """The widths of two pairs side by side, with that share of the whole for a label."""
    label = round(measure * share, 1)
    return (label, measure / 2 - label, label, measure / 2 - label)


def pair_rows(pairs: Iterable[Pair]) -> Iterator[list[GridCell]]:
    """The pairs, two in a row; a wide one, or one that is left over, takes a row of its own."""
    waiting: list[GridCell] = []
    for pair in pairs:
        made = [GridCell(spread_label(pair.label), label=True), GridCell(pair.text, long=pair.long)]
        alone = pair.wide or pair.long
        if alone and waiting:
            yield waiting
            waiting = []
        waiting += made
        if alone or len(waiting) > len(made):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def pair_blocks(
    pairs: Iterable[Pair],
    measure: float,
    least_height: float = _LEAST_HEIGHT,
    share: float = _LABEL_SHARE,
) -> Iterator[Sheet | Entry]:
    """The pairs as ruled grids."""
    return grid_blocks(pair_widths(measure, share), pair_rows(pairs), measure, least_height)


def spread_label(label: str) -> str:
    """A label of two characters with a gap between them, as forms have it: 时　间."""
    return f"{label[0]}　{label[1]}" if len(label) == 2 else label
