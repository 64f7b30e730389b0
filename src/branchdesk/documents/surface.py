"""The one drawing surface: what layout asks of a back end, be it PDF or another format of fixed pages.

Lengths are points; x runs from the left edge of the page, y downwards from its top.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from branchdesk.documents.model import Font

MM = 72 / 25.4  # points in a millimetre
BLACK, PALE, FAINT = 0.0, 0.93, 0.89  # inks, as shares of white
TO_MIDDLE = 0.36  # of the size: from the baseline up to the middle of the characters


Word = tuple[float, str, float]  # x, the text, and what is added after each of its characters


class Box(NamedTuple):
    """A rectangle: its left and top edge, its width and height."""

    left: float
    top: float
    width: float
    height: float


class Segment(NamedTuple):
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


class Surface(Protocol):
    """Pages to draw on, one after the other; a finished page may be opened again to add to it."""

    def start_page(self, width: float, height: float) -> None:
        """Finish the page that is open and begin the next."""

    def return_to_page(self, number: int) -> None:
        """Finish the page that is open and add to page `number`, counted from 0."""

    def text(self, left: float, baseline: float, words: Sequence[Word], font: Font, size: float) -> None:
        """Draw words of one font on one baseline, each at its x to the right of `left`."""

    def slanted_text(
        self, x: float, y: float, text: str, font: Font, size: float, angle: float, ink: float = FAINT
    ) -> None:
        """Draw text around a middle, turned anticlockwise by `angle` degrees: faint, as a watermark is."""

    def lines(self, segments: Sequence[Segment], width: float) -> None:
        """Draw black lines of one width."""

    def rectangles(self, boxes: Sequence[Box], ink: float = BLACK) -> None:
        """Fill rectangles with one ink, from 0 black to 1 white."""

    def picture(self, box: Box, content: bytes) -> None:
        """Draw a picture, as large as the box allows, in its middle."""

    def bookmark(self, title: str) -> None:
        """Name the page that is open in the reader's list of contents."""


def outline(surface: Surface, box: Box, width: float) -> None:
    """Draw the four sides of a rectangle."""
    right, bottom = box.left + box.width, box.top + box.height
    corners = (
        (box.left, box.top),
        (right, box.top),
        (right, bottom),
        (box.left, bottom),
        (box.left, box.top),
    )
    surface.lines([Segment(*one, *other) for one, other in pairwise(corners)], width)


class BlankSurface:
    """A surface that only counts its pages, to try whether something fits."""

    def __init__(self) -> None:
        self.pages = 0

    def start_page(self, width: float, height: float) -> None:
        """Count the page."""
        self.pages += 1

    def return_to_page(self, number: int) -> None:
        """Draw nothing."""

    def text(self, left: float, baseline: float, words: Sequence[Word], font: Font, size: float) -> None:
        """Draw nothing."""

    def slanted_text(
        self, x: float, y: float, text: str, font: Font, size: float, angle: float, ink: float = FAINT
    ) -> None:
        """Draw nothing."""

    def lines(self, segments: Sequence[Segment], width: float) -> None:
        """Draw nothing."""

    def rectangles(self, boxes: Sequence[Box], ink: float = BLACK) -> None:
        """Draw nothing."""

    def picture(self, box: Box, content: bytes) -> None:
        """Draw nothing."""

    def bookmark(self, title: str) -> None:
        """Draw nothing."""
