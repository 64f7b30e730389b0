"""Setting type: a text becomes lines of runs, each of one font, ready to be drawn between two edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from branchdesk.documents.fonts import printable, widths
from branchdesk.documents.lines import Line, balanced_lines, break_lines
from branchdesk.documents.model import Align, Font, Span, Style, Text
from branchdesk.documents.surface import Surface

ASCENT = 0.88  # of the em box of Chinese type above the baseline
_CELL = 0.9  # the width of an equal cell in ems
_TIME_AND_GAP = re.compile(r"\d{4}[^ \u3000\n]{0,20}[ \u3000]+", re.ASCII)  # 1985.09—1988.07 and the like
_SHORT = 12  # characters
_MOST_HANG = 0.4  # of the measure


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font: how far from the start of the line, and what is added after each."""

    x: float
    text: str
    font: Font
    spacing: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of runs; `start` is the place of its first character in the whole text.

    `is_first` tells whether it begins a paragraph.
    """

    start: int
    width: float
    indent: float
    runs: tuple[Run, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set in lines at one size, `text` without marks that have no shape."""

    text: str
    lines: tuple[SetLine, ...]
    style: Style
    size: float
    measure: float

    @property
    def line_height(self) -> float:
        """The height of a line in points."""
        return self.size * self.style.leading

    @property
    def height(self) -> float:
        """The height of all lines in points."""
        return len(self.lines) * self.line_height

    def draw(self, surface: Surface, x: float, y: float, first: int = 0, end: int | None = None) -> None:
        """Draw lines [first, end) with the top of the first at `y`, between `x` and `x` + measure."""
        baseline = y + (self.line_height - self.size) / 2 + ASCENT * self.size
        for line in self.lines[first:end]:
            left = x + line.indent + _shift(self.style.align, self.measure - line.indent - line.width)
            for run in line.runs:
                surface.text(left, baseline, ((run.x, run.text, run.spacing),), run.font, self.size)
            baseline += self.line_height


def _shift(align: Align, room: float) -> float:
    """How far a line is moved to the right when `room` is left."""
    if align is Align.CENTRE:
        return room / 2
    return room if align is Align.RIGHT else 0.0


class _Characters:
    """The characters of a text, each with its font and its width at one size."""

    def __init__(self, text: Text, style: Style, em: float) -> None:
        spans = (Span(text),) if isinstance(text, str) else text
        clean = [(printable(span.text), span.font or style.font) for span in spans]
        self.text = "".join(part for part, _font in clean)
        self.fonts = [font for part, font in clean for _char in part]
        self._em, self._style = em, style
        drawn = [widths(font)[char] * em for char, font in zip(self.text, self.fonts, strict=True)]
        self._drawn = drawn
        self.widths = [_CELL * em] * len(drawn) if style.cells else [width + style.pitch for width in drawn]

    def runs(self, start: int, end: int, spacing: float, tab: int = 0) -> Iterator[Run]:
        """The characters [start, end) as runs of one font each; in equal cells each is a run of its own.

        The first `tab` characters are not spaced, so that further lines stand below what follows them.
        """
        x = 0.0
        gaps, tab = end - start - 1, min(tab, end - start - 2)
        if tab > 0:
            yield from self._plain_runs(start, start + tab, 0.0, x)
            x = sum(self.widths[start : start + tab])
            start, spacing = start + tab, spacing * gaps / (gaps - tab)
        yield from self._plain_runs(start, end, spacing, x)

    def _plain_runs(self, start: int, end: int, spacing: float, x: float) -> Iterator[Run]:
        while start < end:
            stop = start + 1
            if self._style.cells:
                inset = (self.widths[start] - self._drawn[start]) / 2
                yield Run(x + inset, self.text[start], self.fonts[start], 0.0)
            else:
                while stop < end and self.fonts[stop] is self.fonts[start]:
                    stop += 1
                yield Run(x, self.text[start:stop], self.fonts[start], spacing + self._style.pitch)
            x += sum(self.widths[start:stop]) + spacing * (stop - start)
            start = stop


def set_text(text: Text, style: Style, measure: float, size: float | None = None) -> Setting:
    """Set a text between edges that are `measure` points apart; `size` overrides that of the style."""
    is_short = isinstance(text, str) and len(text) <= _SHORT
    return (_set_short if is_short else _set)(text, style, measure, size or style.size)


def _set(text: Text, style: Style, measure: float, em: float) -> Setting:
    chars = _Characters(text, style, em)
    lines: list[SetLine] = []
    start = 0
    for paragraph in chars.text.split("\n"):
        end = start + len(paragraph)
        gap = _TIME_AND_GAP.match(paragraph) if style.hangs else None
        tab = gap.end() if gap is not None else 0
        found = _break(paragraph, chars.widths[start:end], style, measure, em, tab)
        for number, line in enumerate(found):
            first, last = start + line.start, start + line.end
            runs = chars.runs(first, last, line.spacing, tab if number == 0 and len(found) > 1 else 0)
            lines.append(SetLine(first, line.set_width, line.indent, tuple(runs), is_first=number == 0))
        start = end + 1
    return Setting(chars.text, tuple(lines), style, em, measure)


_set_short = lru_cache(maxsize=1024)(_set)  # the labels of forms come again and again


def _break(
    paragraph: str, char_widths: list[float], style: Style, measure: float, em: float, tab: int
) -> list[Line]:
    """The lines of one paragraph; those after the first begin below character `tab` where it is not 0."""
    if style.align is Align.CENTRE:
        return balanced_lines(paragraph, char_widths, measure, em)
    first = style.first_indent * em
    rest = min(first + sum(char_widths[:tab]), _MOST_HANG * measure) if tab else 0.0
    justify = style.align is Align.JUSTIFY
    return break_lines(paragraph, char_widths, measure, em, indents=(first, rest), justify=justify)


def fit_text(text: Text, style: Style, measure: float, height: float) -> Setting:
    """Set a text at the largest size of the style at which it is no higher than `height` points.

    Where none is small enough the size of the style is used, and the caller finds another place for the rest.
    """
    for size in style.sizes:
        setting = set_text(text, style, measure, size)
        if setting.height <= height:
            return setting
    return set_text(text, style, measure)
