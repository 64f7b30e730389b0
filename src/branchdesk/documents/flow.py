"""Flow: blocks on their way onto pages, as strips that are never cut and may ask to stay together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from branchdesk.documents.model import Font, PageStyle
from branchdesk.documents.surface import MM, Surface
from branchdesk.jobs.progress import Progress

_NEARLY = 0.01  # points that rounding may cost
_WATERMARK = (Font.HEADING, 140.0, 45.0)  # font, size in points, angle


class Strip(Protocol):
    """A piece of a block that is never cut; `gap` is dropped at the top of a page."""

    keep: bool  # stays on the page of the next strip

    @property
    def height(self) -> float:
        """The height in points."""

    @property
    def gap(self) -> float:
        """The space before it in points."""

    def draw(self, surface: Surface, x: float, y: float) -> None:
        """Draw with the top left corner at (x, y)."""


class Stretch:
    """A block that is being placed; a plain one has no repeated head and no frame."""

    head = 0.0  # height of what is repeated at the top of every page that the block reaches
    foot = 0.0  # space that its frame needs below the last strip of a page

    def strips(self) -> Iterator[Strip]:
        """The strips of the block, made when they are needed."""
        raise NotImplementedError

    def share(self) -> float:
        """How much of the block was placed, from 0 to 1."""
        return 0.0

    def draw_head(self, surface: Surface, x: float, y: float) -> None:
        """Draw what is repeated."""

    def draw_frame(self, surface: Surface, x: float, top: float, bottom: float) -> None:
        """Draw what surrounds the strips that one page took."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page stands in its part: its number from 1, and the part.

    Blank ones carry no number; the pages of an unnumbered part do not even count.
    """

    part: int
    number: int
    blank: bool = False
    counts: bool = True


class Flow:
    """The pages as they fill: where the next strip goes, and which strips wait for one another."""

    def __init__(self, surface: Surface, page: PageStyle, progress: Progress, watermark: str = "") -> None:
        self.surface = surface
        self.page = page
        self.width = (page.width - page.left - page.right) * MM
        self.height = (page.height - page.top - page.bottom) * MM
        self.pages: list[PagePlace] = []
        self._watermark = watermark
        self._progress = progress
        self._block, self._blocks = 0, 1
        self._part = 0
        self._counts = True
        self._y = 0.0
        self._fresh = False  # nothing stands on the open page yet
        self._waiting: list[tuple[Stretch, Strip]] = []
        self._open: Stretch | None = None
        self._open_top = 0.0

    @property
    def left(self) -> float:
        """The left edge of the type area of the open page."""
        is_even = len(self.pages) % 2 == 0
        return (self.page.right if self.page.mirrored and is_even else self.page.left) * MM

    @property
    def _bottom(self) -> float:
        return (self.page.height - self.page.bottom) * MM

    @property
    def room(self) -> float:
        """The height that is left on the open page below what stands there or waits to."""
        waiting = sum(strip.gap + strip.height for _stretch, strip in self._waiting)
        left = self._bottom - self._y if self.pages else self.height
        return left - waiting if waiting <= left else self.height - waiting

    def report(self, block: int, blocks: int) -> None:
        """Say which block is being placed, for the share that is done."""
        self._block, self._blocks = block, blocks

    def place(self, stretch: Stretch) -> None:
        """Place all strips of a block, on as many pages as they need."""
        for strip in stretch.strips():
            if self._waiting or strip.keep:
                self._waiting.append((stretch, strip))
                if not strip.keep:
                    self.settle()
            else:
                self._put(stretch, strip)

    def settle(self) -> None:
        """Place the strips that wait for one another."""
        group, self._waiting = self._waiting, []
        if group and not self._fresh and not self._fits(group):
            self.turn()
        for stretch, strip in group:
            self._put(stretch, strip)

    def _fits(self, group: list[tuple[Stretch, Strip]]) -> bool:
        if not self.pages:
            return False
        height, last = 0.0, self._open
        for stretch, strip in group:
            height += strip.gap + strip.height
            if stretch is not last:
                height += stretch.head + (last.foot if last is not None else 0.0)
            last = stretch
        height += last.foot if last is not None else 0.0
        return self._y + height <= self._bottom + _NEARLY

    def _put(self, stretch: Stretch, strip: Strip) -> None:
        if not self.pages or not (self._fresh or self._fits([(stretch, strip)])):
            self.turn()
        if stretch is not self._open:
            self._close()
            self._y += 0.0 if self._fresh else strip.gap
            self._open, self._open_top = stretch, self._y
            stretch.draw_head(self.surface, self.left, self._y)
            self._y += stretch.head
        elif not self._fresh:
            self._y += strip.gap
        strip.draw(self.surface, self.left, self._y)
        self._y += strip.height
        self._fresh = self._fresh and not strip.height

    def _close(self) -> None:
        """Frame what the open page took of a block."""
        if self._open is not None:
            self._y += self._open.foot
            self._open.draw_frame(self.surface, self.left, self._open_top, self._y)
            self._open = None

    def turn(self) -> None:
        """Begin the next page of the part. Raises Cancelled where the person asked to stop."""
        share = self._open.share() if self._open is not None else 0.0
        self._close()
        self._progress.step((self._block + share) / self._blocks)
        self._start(PagePlace(self._part, self._number() + 1, counts=self._counts))

    def _number(self) -> int:
        last = self.pages[-1] if self.pages else None
        return last.number if last is not None and last.part == self._part else 0

    def _start(self, place: PagePlace) -> None:
        width, height = self.page.width * MM, self.page.height * MM
        self.surface.start_page(width, height)
        if self._watermark and not place.blank:
            self.surface.slanted_text(width / 2, height / 2, self._watermark, *_WATERMARK)
        self.pages.append(place)
        self._y = self.page.top * MM
        self._fresh = True

    def break_page(self) -> None:
        """Let what follows begin on a new page; a page on which nothing stands yet is that page."""
        self.settle()
        if not self._fresh:
            self.turn()

    def begin_part(self, *, on_odd_page: bool = False, counts: bool = True) -> None:
        """Begin a new page that counts from one; leave a blank one before it where it has to be odd.

        That blank page is the back of what stands before it and counts as that does.
        """
        self.settle()
        self._close()
        if self.pages:
            self._part += 1
        if on_odd_page and len(self.pages) % 2 == 1:
            self._start(PagePlace(self._part, 0, blank=True, counts=self._counts))
        self._counts = counts
        self.turn()

    def finish(self) -> None:
        """Place what still waits; a document without blocks is one empty page."""
        self.settle()
        if not self.pages:
            self.turn()
        self._close()
