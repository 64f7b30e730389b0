"""A surface that remembers what was drawn, so that tests can look at a page without a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from branchdesk.documents.fonts import width
from branchdesk.documents.layout import lay_out
from branchdesk.documents.model import Document, Font
from branchdesk.documents.surface import BLACK, FAINT, MM, Box, Segment, Word


class Drawn(NamedTuple):
    """A run of text as drawn: places in points from the top left."""

    x: float
    baseline: float
    text: str
    font: Font
    size: float
    spacing: float

    @property
    def right(self) -> float:
        """Where the run ends."""
        return self.x + width(self.text, self.font, self.size) + self.spacing * len(self.text)


@dataclass
class RecordedPage:
    """What stands on one page."""

    width: float
    height: float
    runs: list[Drawn] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    bookmark: str = ""

    def texts(self) -> list[str]:
        """The runs in the order drawn."""
        return [run.text for run in self.runs]

    def find(self, text: str) -> Drawn:
        """The only run with this text."""
        (found,) = [run for run in self.runs if run.text == text]
        return found

    def lines(self) -> list[str]:
        """The runs joined by baseline, from the top down."""
        found: dict[float, list[Drawn]] = {}
        for run in self.runs:
            found.setdefault(round(run.baseline, 1), []).append(run)
        return ["".join(run.text for run in sorted(found[baseline])) for baseline in sorted(found)]


class Recording:
    """The surface."""

    def __init__(self) -> None:
        self.pages: list[RecordedPage] = []
        self._open = 0

    @property
    def _page(self) -> RecordedPage:
        return self.pages[self._open]

    def start_page(self, width: float, height: float) -> None:
        self.pages.append(RecordedPage(width, height))
        self._open = len(self.pages) - 1

    def return_to_page(self, number: int) -> None:
        self._open = number

    def text(self, left: float, baseline: float, words: Sequence[Word], font: Font, size: float) -> None:
        self._page.runs += [
            Drawn(left + x, baseline, text, font, size, spacing) for x, text, spacing in words if text
        ]

    def slanted_text(
        self, x: float, y: float, text: str, font: Font, size: float, angle: float, ink: float = FAINT
    ) -> None:
        self._page.slanted.append(text)

    def lines(self, segments: Sequence[Segment], width: float) -> None:
        self._page.segments += segments

    def rectangles(self, boxes: Sequence[Box], ink: float = BLACK) -> None:
        self._page.boxes += boxes

    def picture(self, box: Box, content: bytes) -> None:
        self._page.pictures.append(box)

    def bookmark(self, title: str) -> None:
        self._page.bookmark = title


def record(document: Document) -> list[RecordedPage]:
    """The pages of a document."""
    surface = Recording()
    lay_out(document, surface)
    return surface.pages


def millimetres(points: float) -> float:
    """A length in millimetres, to the hundredth."""
    return round(points / MM, 2)
