"""Exactly ruled sheets, and the boxes that take what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from typing_extensions import override

from branchdesk.documents.flow import Stretch, Strip
from branchdesk.documents.fonts import width
from branchdesk.documents.model import Align, Cell, Entry, Font, Picture, QrCode, Sheet, Style
from branchdesk.documents.paragraphs import DrawnStrip, line_strips
from branchdesk.documents.qr_codes import draw_code
from branchdesk.documents.setting import Setting, fit_text, set_text
from branchdesk.documents.surface import MM, Box, Segment, Surface, outline

_PAD = 1.2 * MM
_PAD_Y = 0.5 * MM
_INNER, _OUTER, _ENTRY_OUTER = 0.5, 1.0, 0.7  # widths of rules in points
_SEE = "（见附页）"
_CONTINUED = "\n（续）"
_MOST = 0.7
_FOOT = Style(Font.BODY, 10.5, 1.7, Align.RIGHT)
_FOOT_INSET = 5 * MM
_ENTRY_LABEL = Style(Font.BODY, 10.5, 1.35, Align.CENTRE)


class SheetStretch(Stretch):
    """A ruled sheet on its way onto one page; `overflow` holds what did not fit, as boxes of their own.

    Raises ValueError for a sheet that is larger than the page: that is a mistake of the form, not of a clerk.
    """

    def __init__(self, sheet: Sheet, measure: float, most: float, gap: float) -> None:
        self._sheet = sheet
        self._gap = gap
        self._xs = [0.0, *accumulate(each * MM for each in sheet.widths)]
        self._ys = [0.0, *accumulate(each * MM for each in sheet.heights)]
        if self._xs[-1] > measure + 0.5 or self._ys[-1] > most + 0.5:
            size, room = (sum(sheet.widths), sum(sheet.heights)), (measure / MM, most / MM)
            raise ValueError(f"the sheet is {size[0]} x {size[1]} mm, the page {room[0]:.1f} x {room[1]:.1f}")
        self._inset = (measure - self._xs[-1]) / 2
        self.overflow: list[Entry] = []
        self._texts = [self._set_cell(cell) for cell in sheet.cells]

    def _box(self, cell: Cell) -> Box:
        left, top = self._xs[cell.column], self._ys[cell.row]
        right, bottom = self._xs[cell.column + cell.columns], self._ys[cell.row + cell.rows]
        return Box(left, top, right - left, bottom - top)

    def _set_cell(self, cell: Cell) -> tuple[Setting, int] | None:
        """The text of a cell as set, and how many of its lines stay in the cell."""
        if isinstance(cell.content, Picture | QrCode):
            return None
        box = self._box(cell)
        above = _PAD if cell.at_top else _PAD_Y
        room = box.height - above - _PAD_Y - len(cell.foot) * _FOOT.size * _FOOT.leading
        setting = fit_text(cell.content, cell.style, box.width - 2 * _PAD, room)
        count = len(setting.lines)
        if setting.height <= room + 0.01:
            return setting, count
        stay = _lines_that_stay(setting, int(room / setting.line_height) - 1)
        rest = setting.text[setting.lines[stay].start :]
        label = cell.called + (_CONTINUED if stay else "")
        self.overflow.append(Entry(label, rest, style=cell.style))
        return setting, stay

    @override
    def strips(self) -> Iterator[Strip]:
        yield DrawnStrip(self._ys[-1], self._draw, self._gap)

    def _draw(self, surface: Surface, x: float, y: float) -> None:
        x += self._inset
        for cell, text in zip(self._sheet.cells, self._texts, strict=True):
            inner = self._box(cell)
            box = Box(x + inner.left, y + inner.top, inner.width, inner.height)
            if isinstance(cell.content, Picture):
                room = Box(box.left + _PAD, box.top + _PAD, box.width - 2 * _PAD, box.height - 2 * _PAD)
                surface.picture(room, cell.content.content)
            elif isinstance(cell.content, QrCode):
                side = min(cell.content.size * MM, box.width - 2 * _PAD, box.height - 2 * _PAD)
                left, top = box.left + (box.width - side) / 2, box.top + (box.height - side) / 2
                draw_code(surface, cell.content.text, left, top, side)
            elif text is not None:
                _draw_text(surface, cell, box, *text)
        if self._sheet.ruled:
            self._draw_rules(surface, x, y)

    def _draw_rules(self, surface: Surface, x: float, y: float) -> None:
        segments = []
        for cell in self._sheet.cells:
            box = self._box(cell)
            right, bottom = x + box.left + box.width, y + box.top + box.height
            if cell.column + cell.columns < len(self._sheet.widths):
                segments.append(Segment(right, y + box.top, right, bottom))
            if cell.row + cell.rows < len(self._sheet.heights):
                segments.append(Segment(x + box.left, bottom, right, bottom))
        surface.lines(segments, _INNER)
        outline(surface, Box(x, y, self._xs[-1], self._ys[-1]), _OUTER)


def _lines_that_stay(setting: Setting, fitting: int) -> int:
    """How many lines stay in a cell that has room for some: whole paragraphs, if they are most of them."""
    whole = max((n for n in range(1, fitting + 1) if setting.lines[n].is_first), default=0)
    return max(0, whole if whole >= _MOST * fitting else fitting)


def _draw_text(surface: Surface, cell: Cell, box: Box, setting: Setting, stay: int) -> None:
    """Draw the text of a cell, the note where the rest stands, and the lines at its foot."""
    left, foot_height = box.left + _PAD, len(cell.foot) * _FOOT.size * _FOOT.leading
    is_cut = stay < len(setting.lines)
    height = (stay + is_cut) * setting.line_height
    spare = box.height - foot_height - height
    top = box.top + (_PAD if cell.at_top or cell.foot or (is_cut and stay) else spare / 2)
    setting.draw(surface, left, top, 0, stay)
    if is_cut:
        align = Align.RIGHT if stay else Align.CENTRE
        note = set_text(_SEE, Style(Font.BODY, setting.size, cell.style.leading, align), setting.measure)
        note.draw(surface, left, top + stay * setting.line_height)
    for number, line in enumerate(cell.foot):
        x = box.left + box.width - _FOOT_INSET - width(line, _FOOT.font, _FOOT.size)
        line_top = box.top + box.height - foot_height - _PAD + number * _FOOT.size * _FOOT.leading
        surface.text(
            x, line_top + _FOOT.size * _FOOT.leading / 2, ((0.0, line, 0.0),), _FOOT.font, _FOOT.size
        )


class EntryStretch(Stretch):
    """A box with a label column, split between lines; frame and label are drawn again on every page."""

    head = foot = _PAD

    def __init__(self, entry: Entry, measure: float, gap: float) -> None:
        self._entry = entry
        self._gap = gap
        self._measure = measure
        self._label_width = entry.label_width * MM
        self._setting = set_text(entry.text, entry.style, measure - self._label_width - 2 * _PAD)
        self._portions = 0

    @override
    def strips(self) -> Iterator[Strip]:
        return line_strips(self._setting, self._gap, self._label_width + _PAD)

    @override
    def draw_frame(self, surface: Surface, x: float, top: float, bottom: float) -> None:
        label = self._entry.label
        if self._portions and label and not label.endswith(_CONTINUED):
            label += _CONTINUED
        self._portions += 1
        style = replace(_ENTRY_LABEL, size=self._entry.style.size)
        setting = set_text(label, style, self._label_width - _PAD)
        setting.draw(surface, x + _PAD / 2, top + (bottom - top - setting.height) / 2)
        edge = x + self._label_width
        surface.lines([Segment(edge, top, edge, bottom)], _INNER)
        outline(surface, Box(x, top, self._measure, bottom - top), _ENTRY_OUTER)
