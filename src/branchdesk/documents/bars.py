"""Charts of horizontal bars: the label at the left, the bar in its frame, and what it says at the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from typing_extensions import override

from branchdesk.documents.flow import Stretch, Strip
from branchdesk.documents.model import Align, Bar, Bars, Font, Style
from branchdesk.documents.paragraphs import DrawnStrip
from branchdesk.documents.setting import Setting, set_text
from branchdesk.documents.surface import MM, Box, Surface, outline

BAR_INK = 0.55  # dark enough for a worn printer, light enough to save its ink
BETWEEN = 2.5 * MM  # label, bar and text
_HIGH, _FREE = 4.2 * MM, 2.2 * MM  # a bar, and what is free below it
_RULE = 0.5  # points
_MOST_LABEL, _MOST_TEXT = 0.38, 0.3  # of the measure
_LEADING = 1.25
_LABEL = Style(Font.BODY, 10.0, _LEADING, Align.RIGHT)
_TEXT = Style(Font.LABEL, 10.0, _LEADING)


@dataclass(frozen=True, slots=True)
class BarsLayout:
    """A chart as set: the widths of its three columns in points, and the texts of every line."""

    label_width: float
    bar_width: float
    text_width: float
    labels: tuple[Setting, ...]
    texts: tuple[Setting, ...]

    def height(self, line: int) -> float:
        """How high a line of the chart is, in points."""
        return max(_HIGH, self.labels[line].height, self.texts[line].height) + _FREE


def bar_share(bar: Bar) -> Decimal:
    """How much of the frame is filled, from 0 to 1; a line that is out of nothing stays empty."""
    if bar.of <= 0:
        return Decimal(0)
    return min(Decimal(1), max(Decimal(0), Decimal(bar.value) / Decimal(bar.of)))


def set_bars(block: Bars, measure: float) -> BarsLayout:
    """The chart between edges that are `measure` points apart."""
    labels = [bar.label for bar in block.bars]
    texts = [bar.text for bar in block.bars]
    label_width = _column(labels, _LABEL, block.size, measure * _MOST_LABEL)
    text_width = _column(texts, _TEXT, block.size, measure * _MOST_TEXT)
    return BarsLayout(
        label_width,
        measure - label_width - text_width - 2 * BETWEEN,
        text_width,
        tuple(set_text(label, _LABEL, label_width, block.size) for label in labels),
        tuple(set_text(text, _TEXT, text_width, block.size) for text in texts),
    )


def _column(texts: list[str], style: Style, size: float, most: float) -> float:
    """The width of the widest text, as far as the chart has room for it."""
    widest = (line.width for text in texts for line in set_text(text, style, most, size).lines)
    return min(most, max(widest, default=0.0) + 0.1)


class BarsStretch(Stretch):
    """A chart on its way onto a page; `keep_end` ties its end to what follows."""

    def __init__(self, block: Bars, measure: float, gap: float, *, keep_end: bool) -> None:
        self._block = block
        self._layout = set_bars(block, measure)
        self._gap = gap
        self._keep_end = keep_end

    @override
    def strips(self) -> Iterator[Strip]:
        last = len(self._block.bars) - 1
        for number in range(last + 1):
            strip = DrawnStrip(self._layout.height(number), _BarPainter(self._block, self._layout, number))
            strip.gap = 0.0 if number else self._gap
            strip.keep = number < last or self._keep_end
            yield strip


@dataclass(frozen=True, slots=True)
class _BarPainter:
    """What draws one line of a chart."""

    block: Bars
    layout: BarsLayout
    number: int

    def __call__(self, surface: Surface, x: float, y: float) -> None:
        layout = self.layout
        high = layout.height(self.number) - _FREE
        left = x + layout.label_width + BETWEEN
        label, text = layout.labels[self.number], layout.texts[self.number]
        label.draw(surface, x, y + (high - label.height) / 2)
        frame = Box(left, y + (high - _HIGH) / 2, layout.bar_width, _HIGH)
        filled = layout.bar_width * float(bar_share(self.block.bars[self.number]))
        if filled:
            surface.rectangles([Box(frame.left, frame.top, filled, frame.height)], BAR_INK)
        outline(surface, frame, _RULE)
        text.draw(surface, left + layout.bar_width + BETWEEN, y + (high - text.height) / 2)
