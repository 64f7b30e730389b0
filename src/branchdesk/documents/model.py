"""A document as plain values: a page, its texts and blocks, which every writer can turn into a file.

Lengths on the page are millimetres, sizes of type are points. Documents can be compared: two that are equal
print equal.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Font(StrEnum):
    """The roles of type; documents/fonts.py names the files that play them."""

    BODY = "body"  # 宋体
    STRONG = "strong"  # 宋体, bold
    HEADING = "heading"  # 黑体
    LABEL = "label"  # 黑体, light: keys, captions, figures


class Align(StrEnum):
    """Where a line stands between its edges."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Paper and margins in millimetres; `mirrored` swaps left and right on even pages for binding."""

    width: float
    height: float
    top: float = 20.0
    bottom: float = 18.0
    left: float = 25.0
    right: float = 20.0
    mirrored: bool = False


A4_PORTRAIT = PageStyle(210.0, 297.0)
A4_LANDSCAPE = PageStyle(297.0, 210.0, top=18.0, bottom=16.0, left=15.0, right=15.0)
A5_PORTRAIT = PageStyle(148.0, 210.0, top=14.0, bottom=12.0, left=14.0, right=14.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph or a cell is set.

    `leading` is the height of a line in sizes, `first_indent` counts characters, `pitch` are points added
    after every character. `cells` sets every character in the middle of an equal cell, so that keys can be
    compared sign by sign. `hangs` sets the lines of an entry that begins with a date below its text.
    `sizes` lists what may be tried where the text does not fit its cell, or a
    paragraph of one line its line, largest first.
    """

    font: Font = Font.BODY
    size: float = 10.5
    leading: float = 1.5
    align: Align = Align.LEFT
    first_indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    pitch: float = 0.0
    cells: bool = False
    hangs: bool = False
    sizes: tuple[float, ...] = ()


BODY = Style(align=Align.JUSTIFY, first_indent=2.0, after=3.0)
TITLE = Style(Font.HEADING, 18.0, 1.3, Align.CENTRE, after=6.0)
SMALL = Style(size=9.0, leading=1.4)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one font; None keeps the font of the paragraph."""

    text: str
    font: Font | None = None


Text = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in the text begin new lines."""

    text: Text
    style: Style = BODY
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Ends:
    """A line with a text at its left and one at its right end; on two lines where one is too short."""

    left: str
    right: str
    style: Style = Style()
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title) to 4, which never stands alone at the foot of a page."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its label, its share of the width, and the widest text that must not be broken."""

    label: str
    weight: float = 1.0
    align: Align = Align.CENTRE
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose heading is repeated on every page.

    `rows` is a tuple, or anything that can be counted and walked again and again, for example rows that
    are read from the branch file page by page. The largest of `sizes` at which every column has room
    for its `fits` and most rows take one line is used. `least_height` of a row is in millimetres.
    """

    columns: tuple[Column, ...]
    rows: Collection[tuple[str, ...]]
    sizes: tuple[float, ...] = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
    least_height: float = 7.0
    shaded_head: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: `value` of at most `of`, and the `text` that says it, such as 18.5／20."""

    label: str
    value: Decimal | int
    of: Decimal | int
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of horizontal bars, one below the other; a full bar is the `of` of its line.

    It stays on one page where a page has room for it. What is below nothing is drawn as nothing, what is
    above its `of` as a full bar. In a Word document it is a table.
    """

    bars: tuple[Bar, ...]
    size: float = 10.0  # of type, in points


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph or drawing (JPEG or PNG), as large as its box in millimetres allows, undistorted."""

    content: bytes
    width: float
    height: float
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with error correction M; `size` is the side in millimetres without the quiet zone."""

    text: str
    size: float = 25.0
    caption: str = ""
    align: Align = Align.CENTRE


LABEL_CELL = Style(Font.BODY, 10.5, 1.25, Align.CENTRE, sizes=(10.5, 9.5, 8.5))
VALUE_CELL = Style(Font.BODY, 10.5, 1.3, Align.CENTRE, sizes=(10.5, 9.5, 8.5, 7.5))
LONG_CELL = Style(Font.BODY, 10.5, 1.45, Align.JUSTIFY, hangs=True, sizes=(10.5, 9.5, 9.0))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled sheet: where it stands, how many rows and columns it joins, and what it holds.

    `foot` are lines at its bottom right, such as places to sign. What does not fit flows to the sheet's
    continuation page under `called`. `at_top` sets the text from the top instead of the middle. What is
    `turned` stands on its head, as on a card that is folded; in a Word document it stands upright.
    """

    row: int
    column: int
    content: Text | Picture | QrCode = ""
    rows: int = 1
    columns: int = 1
    style: Style = VALUE_CELL
    at_top: bool = False
    called: str = ""
    foot: tuple[str, ...] = ()
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An exactly ruled form: widths and heights in millimetres, and cells that join some of them.

    `continuation` is the title of the page behind the sheets of the part that takes what does not fit,
    `continues` the line under it that says whose sheet this is. `ruled` may be False for a grid that only
    places things. Where it `grows` the heights are the least ones, and every row is as high as the texts of
    its cells need; only what a whole page cannot hold goes to the continuation. A `framed` one has a double
    frame around it and no rules between its cells, as plaques have.
    """

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    continuation: str = "附页"
    continues: str = ""
    ruled: bool = True
    grows: bool = False
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A ruled box with a label column and a text that flows over as many pages as it needs."""

    label: str
    text: Text
    label_width: float = 22.0
    style: Style = LONG_CELL


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line of places to sign, each a label with a rule to write on."""

    places: tuple[str, ...]
    style: Style = Style(before=8.0)


@dataclass(frozen=True, slots=True)
class Space:
    """Empty space in millimetres, dropped at the top of a page."""

    height: float


Small = Paragraph | Ends | Heading | Signatures | Space | QrCode | Picture


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A new piece begins on a new page, its pages counted from one, with a bookmark of this title.

    `on_odd_page` leaves a blank page where needed, so that pieces printed on both sides part cleanly. The
    pages of an `unnumbered` piece, such as a cover, do not count and carry nothing in their margins.
    """

    title: str
    on_odd_page: bool = False
    unnumbered: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of the numbered parts that follow, each with its title and, behind dots, its first page.

    The number is the one printed on that page where pages are numbered through the file, else the place of
    the page in the file.
    """

    style: Style = Style(size=12.0, leading=1.8)


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page; `with_previous` also keeps the end of what stands before them."""

    blocks: tuple[Small, ...]
    with_previous: bool = False


Block = Small | Table | Bars | Sheet | Entry | PageBreak | Part | Contents | Together


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page: texts in the margins, where {page} and {pages} count within the part.

    `outer_foot` sets the foot to the right on odd and to the left on even pages, for paper printed on
    both sides; otherwise it is centred. Where the count is `continuous` it goes through the whole file; on
    both sides of the paper the first part that counts should then begin on an odd page.

    `code` is what page_codes.code_prefix gives: every page that bears a number then bears two QR codes
    that name it, in opposite corners. The margins grow to documents.page_marks.with_room_for_codes. A Word
    document keeps their room free: its pages are not known before they are printed.
    """

    head_left: str = ""
    head_right: str = ""
    foot: str = "第 {page} 页　共 {pages} 页"
    outer_foot: bool = False
    continuous: bool = False
    style: Style = Style(size=9.0, leading=1.3)
    code: str = ""


NOTHING_RUNNING = Running(foot="")


@dataclass(frozen=True, slots=True)
class Document:
    """One file: what it is, when it was made, its page and its blocks; `watermark` is 草稿 or empty."""

    title: str
    made_on: date
    blocks: tuple[Block, ...]
    page: PageStyle = A4_PORTRAIT
    author: str = ""
    language: str = "zh-CN"
    running: Running = Running()
    watermark: str = ""
