"""Exactly ruled sheets, and the boxes that take what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from typing_extensions import override

from branchdesk.documents.flow import Stretch, Strip
from branchdesk.documents.fonts import width
from branchdesk.documents.model import Align, Cell, Entry, Font, Picture, QrCode, Style
from branchdesk.documents.paragraphs import DrawnStrip, line_strips
from branchdesk.documents.qr_codes import draw_code
from branchdesk.documents.setting import Setting, set_text
from branchdesk.documents.sheet_grid import CONTINUED, FOOT, PAD, SheetGrid
from branchdesk.documents.surface import (
    BLACK,
    MM,
    TO_MIDDLE,
    BlankSurface,
    Box,
    Segment,
    Surface,
    Word,
    outline,
)

_INNER, _OUTER, _ENTRY_OUTER = 0.5, 1.0, 0.7  # widths of rules in points
_FRAME, _INSET = 4.0, 1.6 * MM
SEE = "（见附页）"
FOOT_INSET = 5 * MM
ENTRY_LABEL = Style(Font.BODY, 10.5, 1.35, Align.CENTRE)


class SheetStretch(Stretch):
    """A ruled sheet on its way onto one page."""

    def __init__(self, grid: SheetGrid, gap: float) -> None:
        self._grid = grid
        self._gap = gap

    @override
    def strips(self) -> Iterator[Strip]:
        yield DrawnStrip(self._grid.ys[-1], self._draw, self._gap)

    def _draw(self, surface: Surface, x: float, y: float) -> None:
        grid = self._grid
        x += grid.inset
        for cell, text in zip(grid.sheet.cells, grid.texts, strict=True):
            inner = grid.box(cell)
            box = Box(x + inner.left, y + inner.top, inner.width, inner.height)
            if isinstance(cell.content, Picture):
                room = Box(box.left + PAD, box.top + PAD, box.width - 2 * PAD, box.height - 2 * PAD)
                surface.picture(room, cell.content.content)
            elif isinstance(cell.content, QrCode):
                side = min(cell.content.size * MM, box.width - 2 * PAD, box.height - 2 * PAD)
                left, top = box.left + (box.width - side) / 2, box.top + (box.height - side) / 2
                draw_code(surface, cell.content.text, left, top, side)
            elif text is not None:
                _draw_text(surface, cell, box, *text)
        if grid.sheet.framed:
            _draw_frame(surface, Box(x, y, grid.xs[-1], grid.ys[-1]))
        elif grid.sheet.ruled:
            self._draw_rules(surface, x, y)

    def _draw_rules(self, surface: Surface, x: float, y: float) -> None:
        segments, sheet = [], self._grid.sheet
        for cell in sheet.cells:
            box = self._grid.box(cell)
            right, bottom = x + box.left + box.width, y + box.top + box.height
            if cell.column + cell.columns < len(sheet.widths):
                segments.append(Segment(right, y + box.top, right, bottom))
            if cell.row + cell.rows < len(sheet.heights):
                segments.append(Segment(x + box.left, bottom, right, bottom))
        surface.lines(segments, _INNER)
        outline(surface, Box(x, y, self._grid.xs[-1], self._grid.ys[-1]), _OUTER)


def _draw_text(surface: Surface, cell: Cell, box: Box, setting: Setting, stay: int) -> None:
    """Draw the text of a cell, the note where the rest stands, and the lines at its foot."""
    left, foot_height = box.left + PAD, len(cell.foot) * FOOT.size * FOOT.leading
    is_cut = stay < len(setting.lines)
    height = (stay + is_cut) * setting.line_height
    spare = box.height - foot_height - height
    top = box.top + (PAD if cell.at_top or cell.foot or (is_cut and stay) else spare / 2)
    setting.draw(_OnItsHead(surface, box) if cell.turned else surface, left, top, 0, stay)
    if is_cut:
        align = Align.RIGHT if stay else Align.CENTRE
        note = set_text(SEE, Style(Font.BODY, setting.size, cell.style.leading, align), setting.measure)
        note.draw(surface, left, top + stay * setting.line_height)
    for number, line in enumerate(cell.foot):
        x = box.left + box.width - FOOT_INSET - width(line, FOOT.font, FOOT.size)
        line_top = box.top + box.height - foot_height - PAD + number * FOOT.size * FOOT.leading
        surface.text(x, line_top + FOOT.size * FOOT.leading / 2, ((0.0, line, 0.0),), FOOT.font, FOOT.size)


def _draw_frame(surface: Surface, box: Box) -> None:
    """A thick rule around, and a thin one within."""
    outline(surface, box, _FRAME)
    inner = Box(box.left + _INSET, box.top + _INSET, box.width - 2 * _INSET, box.height - 2 * _INSET)
    outline(surface, inner, _OUTER)


class _OnItsHead(BlankSurface):
    """Draws texts as if their box were turned by half a circle."""

    def __init__(self, surface: Surface, box: Box) -> None:
        super().__init__()
        self._surface = surface
        self._across, self._down = 2 * box.left + box.width, 2 * box.top + box.height

    @override
    def text(self, left: float, baseline: float, words: Sequence[Word], font: Font, size: float) -> None:
        """Draw words around the place opposite to theirs."""
        for x, text, _spacing in words:
            middle_x = left + x + width(text, font, size) / 2
            middle_y = baseline - TO_MIDDLE * size
            self._surface.slanted_text(
                self._across - middle_x, self._down - middle_y, text, font, size, 180.0, BLACK
            )


class EntryStretch(Stretch):
    """A box with a label column, split between lines; frame and label are drawn again on every page."""

    head = foot = PAD

    def __init__(self, entry: Entry, measure: float, gap: float) -> None:
        self._entry = entry
        self._gap = gap
        self._measure = measure
        self._label_width = entry.label_width * MM
        self._setting = set_text(entry.text, entry.style, measure - self._label_width - 2 * PAD)
        self._portions = 0

    @override
    def strips(self) -> Iterator[Strip]:
        strips = list(line_strips(self._setting, self._gap, self._label_width + PAD))
        strips[-1].keep = self._lacking() > 0
        yield from strips
        if strips[-1].keep:
            yield DrawnStrip(self._lacking(), lambda _surface, _x, _y: None)

    def _label(self, text: str) -> Setting:
        style = replace(ENTRY_LABEL, size=self._entry.style.size)
        return set_text(text, style, self._label_width - PAD)

    def _lacking(self) -> float:
        """How much higher the label is than the text of a box that is short."""
        return self._label(self._entry.label).height - self._setting.height

    @override
    def draw_frame(self, surface: Surface, x: float, top: float, bottom: float) -> None:
        label = self._entry.label
        if self._portions and label and not label.endswith(CONTINUED):
            label += CONTINUED
        self._portions += 1
        setting = self._label(label)
        setting.draw(surface, x + PAD / 2, top + (bottom - top - setting.height) / 2)
        edge = x + self._label_width
        surface.lines([Segment(edge, top, edge, bottom)], _INNER)
        outline(surface, Box(x, top, self._measure, bottom - top), _ENTRY_OUTER)
