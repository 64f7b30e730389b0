"""Ruled tables of any length: columns that fit, cells that wrap, a head on every page.

Made for rosters of tens of thousands of rows: a text that was set once is remembered, and the rules of a page
are drawn in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from typing_extensions import override

from branchdesk.documents.columns import PAD_X, fit_columns
from branchdesk.documents.flow import Stretch, Strip
from branchdesk.documents.fonts import printable, widths
from branchdesk.documents.lines import Line, balanced_lines, break_lines
from branchdesk.documents.model import Align, Font, Table
from branchdesk.documents.surface import MM, PALE, Box, Segment, Surface, Word, outline

LEADING = 1.3
_ASCENT = 0.88
PAD_Y = 0.9 * MM
_INNER, _OUTER = 0.4, 0.9  # widths of rules in points
_REMEMBERED = 4096  # texts per column
_NEARLY = 0.01  # points that rounding may cost
_SHARES = {Align.CENTRE: 0.5, Align.RIGHT: 1.0}

CellLines = tuple[Word, ...]


class _ColumnCells(dict[str, CellLines]):
    """The texts of one column as they are set; a text is set when it is first met."""

    def __init__(self, left: float, room: float, align: Align, font: Font, size: float) -> None:
        super().__init__()
        self._left, self._room, self._size = left + PAD_X, room - 2 * PAD_X, size
        self._share = _SHARES.get(align, 0.0)
        self._justify, self._is_centred = align is Align.JUSTIFY, align is Align.CENTRE
        self._widths = widths(font)

    def __missing__(self, text: str) -> CellLines:
        if len(self) >= _REMEMBERED:
            self.clear()
        # Marks without a shape and line breaks are infinitely wide, so that this fits only plain text.
        spare = self._room - sum(map(self._widths.__getitem__, text)) * self._size
        if spare >= -_NEARLY:
            lines: CellLines = ((self._left + spare * self._share, text, 0.0),) if text else ()
        else:
            lines = tuple(self._wrapped(printable(text).strip("\n")))
        self[text] = lines
        return lines

    def _wrapped(self, text: str) -> Iterator[Word]:
        for paragraph in text.split("\n"):
            sizes = [em * self._size for em in map(self._widths.__getitem__, paragraph)]
            for line in self._broken(paragraph, sizes):
                x = self._left + (self._room - line.set_width) * self._share
                yield x, paragraph[line.start : line.end], line.spacing

    def _broken(self, paragraph: str, sizes: Sequence[float]) -> list[Line]:
        if self._is_centred:
            return balanced_lines(paragraph, sizes, self._room, self._size)
        return break_lines(paragraph, sizes, self._room, self._size, justify=self._justify)


class RowStrip:
    """One row, or a part of a row that is higher than a page."""

    def __init__(self, table: TableStretch, cells: Sequence[CellLines], height: float) -> None:
        self.keep = False
        self.height = height
        self.gap = 0.0
        self._table = table
        self._cells = cells

    def draw(self, surface: Surface, x: float, y: float) -> None:
        """Draw the texts; the rules wait for the end of the page."""
        self._table.draw_cells(surface, self._cells, Font.BODY, Box(x, y, 0.0, self.height))
        self._table.rules.append(y + self.height)


class TableStretch(Stretch):
    """A table on its way onto pages that are `measure` points wide and `most` points high."""

    def __init__(self, table: Table, measure: float, most: float, gap: float, *, keep_end: bool) -> None:
        self._table = table
        self._gap = gap
        self._keep_end = keep_end
        self.size, column_measures = fit_columns(table, measure)
        self.leading = self.size * LEADING
        self._edges = list(accumulate(column_measures, initial=0.0))
        self.rules: list[float] = []
        places = list(zip(self._edges, column_measures, table.columns, strict=False))
        self._columns = [
            _ColumnCells(left, room, column.align, Font.BODY, self.size) for left, room, column in places
        ]
        self._labels = [
            _ColumnCells(left, room, Align.CENTRE, Font.HEADING, self.size)[column.label]
            for left, room, column in places
        ]
        self._least_height = table.least_height * MM
        self.head = self._height(max(map(len, self._labels)))
        self._most_lines = max(1, int((most - self.head - 2 * PAD_Y) / self.leading))
        self._placed = 0

    @override
    def share(self) -> float:
        return self._placed / max(1, len(self._table.rows))

    def _height(self, lines: int) -> float:
        return max(self._least_height, lines * self.leading + 2 * PAD_Y)

    @override
    def strips(self) -> Iterator[Strip]:
        last = len(self._table.rows) - 1
        gap = self._gap
        for number, row in enumerate(self._table.rows or [("",) * len(self._columns)]):
            for strip in self._row(row):
                strip.gap, gap = gap, 0.0
                strip.keep = number == 0 < last or (self._keep_end and number >= last - 1)
                yield strip
            self._placed = number + 1

    def _row(self, row: tuple[str, ...]) -> Iterator[RowStrip]:
        cells = [column[text] for column, text in zip(self._columns, row, strict=True)]
        tallest = max(map(len, cells))
        if tallest <= self._most_lines:
            yield RowStrip(self, cells, self._height(tallest))
            return
        for start in range(0, tallest, self._most_lines):
            part = [lines[start : start + self._most_lines] for lines in cells]
            yield RowStrip(self, part, self._height(max(map(len, part))))

    def draw_cells(self, surface: Surface, cells: Sequence[CellLines], font: Font, box: Box) -> None:
        """Draw the texts of one row in the middle of the height of `box`."""
        size, leading = self.size, self.leading
        middle = box.top + (box.height - size) / 2 + _ASCENT * size
        surface.text(box.left, middle, [lines[0] for lines in cells if len(lines) == 1], font, size)
        for lines in cells:
            if len(lines) > 1:
                baseline = middle - (len(lines) - 1) * leading / 2
                for line in lines:
                    surface.text(box.left, baseline, (line,), font, size)
                    baseline += leading

    @override
    def draw_head(self, surface: Surface, x: float, y: float) -> None:
        if self._table.shaded_head:
            surface.rectangles([Box(x, y, self._edges[-1], self.head)], PALE)
        self.draw_cells(surface, self._labels, Font.HEADING, Box(x, y, 0.0, self.head))
        self.rules = [y + self.head]

    @override
    def draw_frame(self, surface: Surface, x: float, top: float, bottom: float) -> None:
        right = x + self._edges[-1]
        inner = [Segment(x, rule, right, rule) for rule in self.rules[:-1]]
        inner += [Segment(x + left, top, x + left, bottom) for left in self._edges[1:-1]]
        surface.lines(inner, _INNER)
        outline(surface, Box(x, top, right - x, bottom - top), _OUTER)
