"""The grid of a ruled sheet: how high its rows are, and which lines of its texts stay in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from branchdesk.documents.model import (
    Align,
    Cell,
    Entry,
    Font,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    QrCode,
    Sheet,
    Style,
)
from branchdesk.documents.setting import Setting, fit_text, set_text
from branchdesk.documents.surface import MM, Box

PAD = 1.2 * MM
PAD_Y = 0.5 * MM
CONTINUED = "\n（续）"
FOOT = Style(Font.BODY, 10.5, 1.7, Align.RIGHT)
_WHOSE = Style(size=10.5, after=6.0)
_MOST = 0.7
_BELOW_TITLE = 0.7  # of a page
_AIR = 1.0 * MM  # more than a cell keeps free anyway, in rows that grow
_NEARLY = 0.01  # points that rounding may cost


class SheetGrid:
    """A sheet with its texts set; `overflow` holds what did not fit, as boxes of their own.

    `xs` and `ys` are the edges of columns and rows in points, `texts` what every cell holds: its text as
    set and how many of its lines stay in the cell, None for pictures and codes. `most` is the height of a
    page, `room` what is left of the open one. Raises ValueError for a sheet that is larger than the page:
    that is a mistake of the form, not of a clerk.
    """

    def __init__(self, sheet: Sheet, measure: float, most: float, room: float) -> None:
        self.sheet = sheet
        self.xs = [0.0, *accumulate(each * MM for each in sheet.widths)]
        heights = [each * MM for each in sheet.heights]
        if self.xs[-1] > measure + 0.5 or sum(heights) > most + 0.5:
            size, page = (sum(sheet.widths), sum(sheet.heights)), (measure / MM, most / MM)
            raise ValueError(f"the sheet is {size[0]} x {size[1]} mm, the page {page[0]:.1f} x {page[1]:.1f}")
        self.inset = (measure - self.xs[-1]) / 2
        self.overflow: list[Entry] = []
        self.ys = [0.0, *accumulate(self._grown(heights, most, room) if sheet.grows else heights)]
        self.texts = [self._set_cell(cell) for cell in sheet.cells]

    def box(self, cell: Cell) -> Box:
        """The place of a cell, measured from the corner of the sheet."""
        left, top = self.xs[cell.column], self.ys[cell.row]
        right, bottom = self.xs[cell.column + cell.columns], self.ys[cell.row + cell.rows]
        return Box(left, top, right - left, bottom - top)

    def _measure(self, cell: Cell) -> float:
        return self.xs[cell.column + cell.columns] - self.xs[cell.column] - 2 * PAD

    def _grown(self, least: Sequence[float], most: float, room: float) -> list[float]:
        """The heights of rows that grow, in the largest type in which the sheet is no higher than a page.

        Where only its title or the like stands above it, that page is the open one, so that they are not
        parted. Where no type is small enough, the rows that grew most get only the room that there is.
        """
        limit = room if room >= max(sum(least), _BELOW_TITLE * most) else most
        steps = max((1, *(len(cell.style.sizes) for cell in self.sheet.cells)))
        for highest in sorted({limit, most}):
            for step in range(steps):
                heights = self._heights_at(least, step)
                if sum(heights) <= highest + _NEARLY:
                    return heights
        return _held_down(least, self._heights_at(least, steps - 1), limit)

    def _heights_at(self, least: Sequence[float], step: int) -> list[float]:
        """The heights at which every text fits; what a cell of several rows lacks, its last row gets."""
        heights = list(least)
        for cell in sorted(self.sheet.cells, key=lambda one: (one.rows > 1, one.row + one.rows)):
            if isinstance(cell.content, Picture | QrCode):
                continue
            sizes = cell.style.sizes or (cell.style.size,)
            size = sizes[min(step, len(sizes) - 1)]
            text = set_text(cell.content, cell.style, self._measure(cell), size).height
            end = cell.row + cell.rows
            lacking = text + _around(cell) + _AIR - sum(heights[cell.row : end])
            heights[end - 1] += max(0.0, lacking)
        return heights

    def _set_cell(self, cell: Cell) -> tuple[Setting, int] | None:
        """The text of a cell as set, and how many of its lines stay in the cell."""
        if isinstance(cell.content, Picture | QrCode):
            return None
        room = self.box(cell).height - _around(cell) + _NEARLY
        setting = fit_text(cell.content, cell.style, self._measure(cell), room)
        if setting.height <= room:
            return setting, len(setting.lines)
        stay = _lines_that_stay(setting, int(room / setting.line_height) - 1)
        rest = setting.text[setting.lines[stay].start :]
        label = cell.called + (CONTINUED if stay else "")
        self.overflow.append(Entry(label, rest, style=cell.style))
        return setting, stay


class Continuations:
    """What did not fit the sheets of a part, gathered for the pages behind them."""

    def __init__(self) -> None:
        self._gathered: dict[tuple[str, str], list[Entry]] = {}

    def take(self, grid: SheetGrid) -> None:
        """Keep what a sheet has no room for."""
        if grid.overflow:
            key = (grid.sheet.continuation, grid.sheet.continues)
            self._gathered.setdefault(key, []).extend(grid.overflow)

    def release(self) -> Iterator[PageBreak | Heading | Paragraph | Entry]:
        """The pages that take it, once: a title, whose sheet it was, and a box for every cell."""
        gathered, self._gathered = self._gathered, {}
        for (title, whose), entries in gathered.items():
            yield PageBreak()
            yield Heading(title, 1)
            if whose:
                yield Paragraph(whose, _WHOSE, keep_with_next=True)
            yield from entries


def _around(cell: Cell) -> float:
    """What a cell keeps free above and below its text, in points."""
    return (PAD if cell.at_top else PAD_Y) + PAD_Y + len(cell.foot) * FOOT.size * FOOT.leading


def _held_down(least: Sequence[float], wanted: Sequence[float], most: float) -> list[float]:
    """Heights that together are no more than `most`: small wishes come first, the others share the rest."""
    heights = list(least)
    rest = most - sum(least)
    wishes = sorted((wish - low, row) for row, (low, wish) in enumerate(zip(least, wanted, strict=True)))
    for place, (wish, row) in enumerate(wishes):
        given = max(0.0, min(wish, rest / (len(wishes) - place)))
        heights[row] += given
        rest -= given
    return heights


def _lines_that_stay(setting: Setting, fitting: int) -> int:
    """How many lines stay in a cell that has room for some: whole paragraphs, if they are most of them."""
    whole = max((n for n in range(1, fitting + 1) if setting.lines[n].is_first), default=0)
    return max(0, whole if whole >= _MOST * fitting else fitting)
