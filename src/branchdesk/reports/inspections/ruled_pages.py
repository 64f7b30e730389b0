"""A ruled table with joined cells over several pages: rows are never cut, every page repeats the head.

Rows are as high as their texts need. What the highest row that is allowed cannot hold goes to the page
behind the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from branchdesk.documents.model import Block, Cell, Ends, PageBreak, PageStyle, Paragraph, Sheet, Style, Text
from branchdesk.documents.paragraphs import ends_strips, paragraph_strips
from branchdesk.documents.sheet_grid import SheetGrid
from branchdesk.documents.surface import MM
from branchdesk.reports.inspections.page_styles import CELL

_HIGHEST = 0.55  # of a page: what a row may take
_SLACK = 2.0  # millimetres of a page that stay free, since programs for Word files break lines elsewhere
_BELOW_SHEET = 6.0  # points, as the layout leaves them below a ruled sheet


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell: its text, the columns it joins, how it is set, lines at its foot, and what it is called."""

    text: Text = ""
    columns: int = 1
    style: Style = CELL
    foot: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, slots=True)
class RuledRow:
    """A row: its cells from the left, its least height in millimetres, whether it stays with the next row."""

    cells: tuple[RuledCell, ...]
    least: float = 8.0
    keep: bool = False


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on its way onto pages: widths of columns in millimetres, the head of every page, and rows.

    `continues` says on the page behind the table whose it is.
    """

    widths: tuple[float, ...]
    head: tuple[RuledRow, ...]
    rows: tuple[RuledRow, ...]
    continues: str = ""


def ruled_pages(table: RuledTable, page: PageStyle, above: Iterable[Block] = ()) -> Iterator[Block]:
    """The table as one ruled sheet for each page; `above` is what stands over it on the first one.

    Raises ValueError for a table that is wider than the page: that is a mistake of the paper.
    """
    whole = page.height - page.top - page.bottom - _SLACK
    head = [(row, _row_height(table, row, page)) for row in table.head]
    for number, rows in enumerate(_paged(table, head, page, whole, _height_of(above, page))):
        if number:
            yield PageBreak()
        yield _sheet(table, [*head, *rows])


def even_spans(widths: Sequence[float], count: int) -> list[int]:
    """How many columns each of so many boxes in a row joins, so that they are about as wide."""
    edges = list(accumulate(widths))
    ends = []
    for place in range(1, count):
        wanted = edges[-1] * place / count
        ends.append(min(range(len(edges)), key=lambda column: abs(edges[column] - wanted)) + 1)
    ends.append(len(widths))
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


_Measured = tuple[RuledRow, float]


def _paged(
    table: RuledTable, head: Sequence[_Measured], page: PageStyle, whole: float, taken: float
) -> Iterator[list[_Measured]]:
    """The rows page by page, those that stay together on one."""
    heads = sum(height for _row, height in head)
    room = whole - taken - heads
    rows: list[_Measured] = []
    for group in _groups(table.rows):
        measured = [(row, _row_height(table, row, page)) for row in group]
        height = sum(each for _row, each in measured)
        if rows and height > room:
            yield rows
            rows, room = [], whole - heads
        rows += measured
        room -= height
    yield rows


def _groups(rows: Sequence[RuledRow]) -> Iterator[list[RuledRow]]:
    """The rows that stay together, one after the other; the last one never stands alone."""
    group: list[RuledRow] = []
    for left, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        group.append(row)
        if not row.keep and left != 1:
            yield group
            group = []
    if group:
        yield group


def _row_height(table: RuledTable, row: RuledRow, page: PageStyle) -> float:
    """How high a row is, in millimetres."""
    most = (page.height - page.top - page.bottom) * _HIGHEST * MM
    sheet = Sheet(table.widths, (row.least,), tuple(_cells(0, row)), grows=True)
    grid = SheetGrid(sheet, sum(table.widths) * MM, most, most)
    return ceil(grid.ys[-1] / MM * 100) / 100


def _cells(number: int, row: RuledRow) -> Iterator[Cell]:
    column = 0
    for one in row.cells:
        yield Cell(
            number,
            column,
            one.text,
            columns=one.columns,
            style=one.style,
            foot=one.foot,
            called=one.called,
        )
        column += one.columns


def _sheet(table: RuledTable, rows: Sequence[_Measured]) -> Sheet:
    cells = tuple(cell for number, (row, _height) in enumerate(rows) for cell in _cells(number, row))
    heights = tuple(height for _row, height in rows)
    return Sheet(table.widths, heights, cells, continues=table.continues)


def _height_of(blocks: Iterable[Block], page: PageStyle) -> float:
    """The height of paragraphs and growing sheets one below the other, in millimetres."""
    measure = (page.width - page.left - page.right) * MM
    most = (page.height - page.top - page.bottom) * MM
    height, gap = 0.0, 0.0
    for block in blocks:
        if isinstance(block, Sheet):
            height += gap + SheetGrid(block, measure, most, most).ys[-1]
            gap = _BELOW_SHEET
        elif isinstance(block, Ends):
            height += sum(strip.gap + strip.height for strip in ends_strips(block, measure, gap))
            gap = block.style.after
        elif isinstance(block, Paragraph):
            height += sum(strip.gap + strip.height for strip in paragraph_strips(block, measure, gap))
            gap = block.style.after
    return (height + gap) / MM
