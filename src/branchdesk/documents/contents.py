"""Lists of contents, drawn when the pages of all parts are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from branchdesk.documents.fonts import width
from branchdesk.documents.model import Block, Contents, Part, Style
from branchdesk.documents.paragraphs import line_strips
from branchdesk.documents.setting import ASCENT, Setting, set_text
from branchdesk.documents.surface import Box, Surface

_WIDEST_NUMBER = "0000"
_DOT, _PITCH, _HEIGHT = 0.9, 4.5, 0.26  # points, points, ems above the baseline


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A part in a list of contents: its title, and the how manieth part of the document it is, from 0."""

    title: str
    part: int


def contents_entries(blocks: Sequence[Block], place: int) -> list[ContentsEntry]:
    """What the list of contents at `place` among the blocks names: the numbered parts behind it."""
    before = sum(isinstance(block, Part) for block in blocks[:place])
    parts = [block for block in blocks[place:] if isinstance(block, Part)]
    return [
        ContentsEntry(part.title, number)
        for number, part in enumerate(parts, start=before)
        if not part.unnumbered
    ]


def number_room(style: Style) -> float:
    """The room in points that a list keeps free at its right edge for the page numbers."""
    return width(_WIDEST_NUMBER, style.font, style.size) + style.size / 2


@dataclass(slots=True)
class ContentsLine:
    """A line of an entry on its way: it only notes where it stands until the pages are known."""

    setting: Setting
    number: int
    part: int
    gap: float
    keep: bool
    measure: float
    note: Callable[[ContentsLine, float, float], None]

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.setting.line_height

    def draw(self, _surface: Surface, x: float, y: float) -> None:
        """Remember the place."""
        self.note(self, x, y)

    def draw_with(self, surface: Surface, x: float, y: float, page: str) -> None:
        """Draw the line; the last one of an entry with dots up to the number of the page."""
        setting = self.setting
        setting.draw(surface, x, y, self.number, self.number + 1)
        if self.number + 1 < len(setting.lines):
            return
        style, size = setting.style, setting.size
        baseline = y + (setting.line_height - size) / 2 + ASCENT * size
        right = x + self.measure
        at = right - width(page, style.font, size)
        line = setting.lines[self.number]
        first = x + line.indent + line.width + size / 2
        dots, dot = [], right - _PITCH * int((right - at + size / 2) / _PITCH + 1)
        while dot >= first:
            dots.append(Box(dot, baseline - _HEIGHT * size, _DOT, _DOT))
            dot -= _PITCH
        surface.rectangles(dots)
        surface.text(at, baseline, ((0.0, page, 0.0),), style.font, size)


def contents_lines(
    block: Contents,
    entries: Sequence[ContentsEntry],
    measure: float,
    gap: float,
    note: Callable[[ContentsLine, float, float], None],
) -> Iterator[ContentsLine]:
    """The lines of a list of contents."""
    above = gap + block.style.before
    for entry in entries:
        setting = set_text(entry.title, block.style, measure - number_room(block.style))
        for strip in line_strips(setting, above):
            yield ContentsLine(setting, strip.number, entry.part, strip.gap, strip.keep, measure, note)
        above = block.style.after
