"""The body of a Word document: its blocks in order, with the space, the breaks and the sections between."""

from __future__ import annotations

from branchdesk.documents.contents import contents_entries
from branchdesk.documents.docx_blocks import WordPictures, contents_paragraphs, small_paragraphs
from branchdesk.documents.docx_package import WordPackage
from branchdesk.documents.docx_sections import Sections
from branchdesk.documents.docx_tables import bars_table, entry_table, roster_table, sheet_table
from branchdesk.documents.docx_text import WordParagraph
from branchdesk.documents.layout import Pagination, space_after
from branchdesk.documents.model import (
    Bars,
    Block,
    Contents,
    Document,
    Ends,
    Entry,
    PageBreak,
    Paragraph,
    Part,
    Sheet,
    Small,
    Space,
    Table,
    Together,
)
from branchdesk.documents.sheet_grid import Continuations
from branchdesk.documents.surface import MM
from branchdesk.jobs.progress import SILENT, Progress

_LEAST = 1.0  # points: the height of what stands between two tables


class WordBody:
    """Paragraphs and tables as they come, and what is due before the next: space or a new page."""

    def __init__(self, document: Document, package: WordPackage, pagination: Pagination) -> None:
        self._document = document
        self._pagination = pagination
        self._sections = Sections(document, package, pagination)
        self._pictures = WordPictures(package)
        page = document.page
        self._width = (page.width - page.left - page.right) * MM
        self._height = (page.height - page.top - page.bottom) * MM
        self._items: list[WordParagraph | str] = []
        self._entries: list[Entry] = []  # wait for their neighbours
        self._grids = iter(pagination.grids)
        self._continuations = Continuations()
        self._gap = 0.0  # points due below the last block
        self._fresh = True  # nothing stands on the page yet
        self._breaks = False  # the next paragraph begins a page
        self._part: Part | None = None
        self._parts = 0  # that were begun

    def place(self, number: int, block: Block, progress: Progress = SILENT) -> None:
        """Place the block that stands at `number` in the document."""
        if isinstance(block, Part):
            self._begin_part(block)
        elif isinstance(block, Contents):
            self._place_entries()
            entries = contents_entries(self._document.blocks, number)
            paragraphs = contents_paragraphs(block, entries, self._pagination, self._width)
            self._add_paragraphs(paragraphs, block.style.before)
            self._gap = 0.0
        else:
            following = self._document.blocks[number + 1 : number + 2]
            tied = any(isinstance(one, Together) and one.with_previous for one in following)
            self._place_plain(block, progress, tied=tied)

    def _place_plain(
        self,
        block: Small | Table | Bars | Sheet | Entry | PageBreak | Together,
        progress: Progress = SILENT,
        *,
        tied: bool = False,
    ) -> None:
        """Place a block; `tied` keeps its end on the page of the next one."""
        if isinstance(block, Entry):
            self._place_entry(block)
            return
        self._place_entries()
        if isinstance(block, PageBreak):
            self._breaks = self._breaks or not self._fresh
            self._fresh = True
        elif isinstance(block, Table):
            self._add_table(roster_table(block, self._width, self._height, progress, keep_end=tied))
        elif isinstance(block, Bars):
            self._add_table(bars_table(block, self._width, keep_end=tied))
        elif isinstance(block, Sheet):
            grid = next(self._grids)
            self._continuations.take(grid)
            self._add_table(sheet_table(grid, self._pictures.in_cell))
        elif isinstance(block, Together):
            self._place_together(block)
        else:
            self._place_small(block, tied=tied)
            return
        self._gap = space_after(block)

    def _place_small(self, block: Small, *, tied: bool) -> None:
        if isinstance(block, Space):
            self._gap += block.height * MM
            return
        paragraphs, above = small_paragraphs(block, self._width, self._pictures)
        if tied or (isinstance(block, Paragraph | Ends) and block.keep_with_next):
            paragraphs[-1].keep_next = True
        self._add_paragraphs(paragraphs, above)
        self._gap = space_after(block)

    def _place_together(self, block: Together) -> None:
        start = len(self._items)
        for inner in block.blocks:
            self._place_small(inner, tied=True)
        kept = [item for item in self._items[start:] if isinstance(item, WordParagraph)]
        for paragraph in kept:
            paragraph.keep_next = paragraph is not kept[-1]
            paragraph.keep_lines = True

    def _place_entry(self, entry: Entry) -> None:
        if self._entries and self._entries[-1].label_width != entry.label_width:
            self._place_entries()
        self._entries.append(entry)

    def _place_entries(self) -> None:
        """Place the boxes that waited, as one table."""
        entries, self._entries = self._entries, []
        if entries:
            self._add_table(entry_table(entries, self._width))
            self._gap = 0.0

    def _add_paragraphs(self, paragraphs: list[WordParagraph], above: float) -> None:
        """Add paragraphs below what stands there; a page has no space at its top."""
        if not paragraphs:
            return
        gap = 0.0 if self._fresh else self._gap + above
        last, first = self._last(), paragraphs[0]
        first.new_page, self._breaks = self._breaks, False
        if last is not None:  # space below a paragraph is lost at the end of a page, as it should be
            last.after += gap
        else:
            first.before += gap
        self._items += paragraphs
        self._fresh = False

    def _add_table(self, table: str) -> None:
        gap = 0.0 if self._fresh else self._gap
        last = self._last()
        if self._breaks or (self._items and isinstance(self._items[-1], str)):
            # Two tables without anything between them would become one.
            self._items.append(WordParagraph("", max(_LEAST, gap), new_page=self._breaks))
            self._breaks = False
        elif last is not None:
            last.after += gap
        self._items.append(table)
        self._fresh = False

    def _last(self) -> WordParagraph | None:
        """The paragraph that stands last in the section; None after a table."""
        last = self._items[-1] if self._items else None
        return last if isinstance(last, WordParagraph) and not last.section else None

    def _begin_part(self, part: Part) -> None:
        if self._parts or self._items or self._entries:
            self._end_part()
            last = self._ending()
            last.section = self._properties()
        self._part = part
        self._parts += 1
        self._gap, self._fresh, self._breaks = 0.0, True, False

    def _end_part(self) -> None:
        """Place what did not fit the sheets of the part, on pages behind them."""
        self._place_entries()
        for block in self._continuations.release():
            self._place_plain(block)
        self._place_entries()

    def _ending(self) -> WordParagraph:
        """The paragraph that ends a section: the last one, or one without height behind a table."""
        last = self._last()
        if last is None or self._breaks:
            last = WordParagraph("", new_page=self._breaks)
            self._items.append(last)
        return last

    def _properties(self) -> str:
        page = self._pagination.part_pages[self._parts - 1] if self._parts else 0
        return self._sections.properties(self._part, self._pagination.numbers[page])

    def finish(self) -> str:
        """The body with the properties of its last section."""
        self._end_part()
        self._ending()
        written = [item if isinstance(item, str) else item.xml() for item in self._items]
        return "".join((*written, self._properties()))
