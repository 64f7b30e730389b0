"""Laying out a document: its blocks in order onto a surface, then what stands in the margins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from branchdesk.documents.bars import BarsStretch
from branchdesk.documents.contents import ContentsEntry, ContentsLine, contents_entries, contents_lines
from branchdesk.documents.flow import Flow, PagePlace, Stretch, Strip
from branchdesk.documents.margins import draw_margins
from branchdesk.documents.model import (
    Bars,
    Block,
    Contents,
    Document,
    Ends,
    Entry,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    QrCode,
    Sheet,
    Signatures,
    Small,
    Space,
    Table,
    Together,
)
from branchdesk.documents.numbering import PageNumber, page_numbers
from branchdesk.documents.page_marks import with_room_for_codes
from branchdesk.documents.paragraphs import (
    Plain,
    code_strips,
    ends_strips,
    heading_strips,
    heading_style,
    paragraph_strips,
    picture_strips,
    signature_strips,
    space_strips,
)
from branchdesk.documents.sheet_grid import Continuations, SheetGrid
from branchdesk.documents.sheets import EntryStretch, SheetStretch
from branchdesk.documents.surface import BlankSurface, Surface
from branchdesk.documents.tables import TableStretch
from branchdesk.jobs.progress import SILENT, Progress

_AFTER = 6.0  # points below tables, pictures and codes
_STRIPS: Mapping[type, Callable[[Any, float, float], Iterator[Strip]]] = {
    Paragraph: paragraph_strips,
    Ends: ends_strips,
    Heading: heading_strips,
    Picture: picture_strips,
    QrCode: code_strips,
    Signatures: signature_strips,
    Space: space_strips,
}


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of a document as laid out, their numbers, and the page on which each part begins, from 0.

    `grids` are its ruled sheets in their order, with the heights that they have got.
    """

    pages: Sequence[PagePlace]
    numbers: Sequence[PageNumber | None]
    part_pages: Sequence[int]
    grids: Sequence[SheetGrid]
    continuous: bool

    def page_of_part(self, part: int) -> str:
        """What a list of contents says of a part, counted from 0."""
        page = self.part_pages[part]
        number = self.numbers[page]
        return str(number.number if self.continuous and number is not None else page + 1)


def lay_out(document: Document, surface: Surface, progress: Progress = SILENT) -> int:
    """Draw a document on a surface and return how many pages it took.

    Reports progress at every page. Raises Cancelled where the person asked to stop, and Problem for a
    picture that cannot be read.
    """
    return len(_lay_out(document, surface, progress).pages)


def count_pages(document: Document) -> int:
    """How many pages a document takes."""
    return len(paginate(document).pages)


def paginate(document: Document, progress: Progress = SILENT) -> Pagination:
    """The pages of a document without drawing them."""
    return _lay_out(replace(document, watermark=""), BlankSurface(), progress)


def _lay_out(document: Document, surface: Surface, progress: Progress) -> Pagination:
    document = replace(document, page=with_room_for_codes(document.page, document.running))
    flow = Flow(surface, document.page, progress, document.watermark)
    blocks_layout = _BlockLayout(flow)
    blocks = document.blocks
    for number, block in enumerate(blocks):
        flow.report(number, len(blocks))
        if isinstance(block, Contents):
            blocks_layout.place_contents(block, contents_entries(blocks, number))
            continue
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        blocks_layout.place(block, keep_end=isinstance(following, Together) and following.with_previous)
    blocks_layout.end_part()
    flow.finish()
    continuous = document.running.continuous
    numbers = page_numbers(flow.pages, continuous=continuous)
    pagination = Pagination(flow.pages, numbers, blocks_layout.part_pages, blocks_layout.grids, continuous)
    blocks_layout.draw_contents(pagination)
    draw_margins(document, surface, numbers)
    return pagination


class _BlockLayout:
    """The blocks as they are placed one after the other, with the space between them."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._gap = 0.0  # points below the last block
        self._continuations = Continuations()
        self._listed: list[tuple[int, ContentsLine, float, float]] = []  # page, line, x, y
        self.part_pages: list[int] = []
        self.grids: list[SheetGrid] = []

    def place(self, block: Block, *, keep_end: bool = False) -> None:
        """Place one block; `keep_end` ties its end to the next one."""
        flow = self._flow
        if isinstance(block, PageBreak):
            flow.break_page()
        elif isinstance(block, Part):
            self.end_part()
            flow.begin_part(on_odd_page=block.on_odd_page, counts=not block.unnumbered)
            self.part_pages.append(len(flow.pages) - 1)
            flow.surface.bookmark(block.title)
        elif isinstance(block, Sheet):
            self._place_sheet(block)
        elif not isinstance(block, Contents):
            flow.place(self._stretch(block, keep_end=keep_end))
        self._gap = space_after(block)

    def _stretch(self, block: Small | Table | Bars | Entry | Together, *, keep_end: bool) -> Stretch:
        if isinstance(block, Table):
            return TableStretch(block, self._flow.width, self._flow.height, self._gap, keep_end=keep_end)
        if isinstance(block, Bars):
            return BarsStretch(block, self._flow.width, self._gap, keep_end=keep_end)
        if isinstance(block, Entry):
            return EntryStretch(block, self._flow.width, self._gap)
        if isinstance(block, Together):
            return self._together(block)
        keep = keep_end or (isinstance(block, Paragraph | Ends) and block.keep_with_next)
        return Plain(_STRIPS[type(block)](block, self._flow.width, self._gap), keep_end=keep)

    def _together(self, block: Together) -> Plain:
        strips: list[Strip] = []
        gap = self._gap
        for inner in block.blocks:
            strips += _STRIPS[type(inner)](inner, self._flow.width, gap)
            gap = space_after(inner)
        for strip in strips[:-1]:
            strip.keep = True
        return Plain(strips)

    def _place_sheet(self, sheet: Sheet) -> None:
        flow = self._flow
        grid = SheetGrid(sheet, flow.width, flow.height, flow.room - self._gap)
        self.grids.append(grid)
        flow.place(SheetStretch(grid, self._gap))
        self._continuations.take(grid)

    def place_contents(self, block: Contents, entries: Sequence[ContentsEntry]) -> None:
        """Keep room for a list of contents."""
        lines = contents_lines(block, entries, self._flow.width, self._gap, self._note)
        self._flow.place(Plain(lines))
        self._gap = block.style.after

    def _note(self, line: ContentsLine, x: float, y: float) -> None:
        self._listed.append((len(self._flow.pages) - 1, line, x, y))

    def draw_contents(self, pagination: Pagination) -> None:
        """Draw the lists of contents, now that the pages of all parts are known."""
        opened = None
        for page, line, x, y in self._listed:
            if page != opened:
                self._flow.surface.return_to_page(page)
                opened = page
            line.draw_with(self._flow.surface, x, y, pagination.page_of_part(line.part))

    def end_part(self) -> None:
        """Place what did not fit the sheets of the part, on pages behind them."""
        for block in self._continuations.release():
            self.place(block)


def space_after(block: Block) -> float:
    """The space below a block in points."""
    if isinstance(block, Paragraph | Ends):
        return block.style.after
    if isinstance(block, Heading):
        return heading_style(block).after
    return _AFTER if isinstance(block, Table | Bars | Picture | QrCode | Sheet) else 0.0
