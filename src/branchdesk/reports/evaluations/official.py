"""Official papers of evaluations: a title, whom it is addressed to, headings and texts, and the signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.documents.fonts import width
from branchdesk.documents.model import Align, Block, Cell, Document, Font, Paragraph, Sheet, Space, Span
from branchdesk.documents.surface import MM
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.wording import day_or_pen
from branchdesk.reports.meetings.page_styles import (
    OFFICIAL_CELL,
    OFFICIAL_HEADING,
    OFFICIAL_LINE,
    OFFICIAL_PAGE,
    OFFICIAL_RUNNING,
    OFFICIAL_SIGNED,
    OFFICIAL_TEXT,
    OFFICIAL_TITLE,
)
from branchdesk.reports.meetings.wording import chinese_number

_LINE_HEIGHT = 225.0 / 22  # millimetres: the lines of the signature keep the grid of the page
_SIGNED = replace(OFFICIAL_SIGNED, leading=1.4)  # so that a line and its air fit one
_MEASURE = 28  # characters of a line
_RIGHT, _AIR = 3, 2  # characters that stay free at the right, and beside the longer line


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading with its paragraphs or other blocks; one without heading only goes on."""

    heading: str
    blocks: tuple[str | Block, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What an official paper says; `signed_on` None leaves room for the day.

    A title that is longer than a line is parted where it has a line break. Something always stands above the
    signature on its page.
    """

    title: str
    addressee: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    signed_on: date | None = None


def official_document(matter: EvaluationMatter, letter: Letter, *more: Block) -> Document:
    """The letter as an official paper of the organisation; `more` stands behind the signature."""
    return Document(
        letter.title.replace("\n", ""),
        matter.made_on,
        (*official_blocks(matter, letter), *more),
        page=OFFICIAL_PAGE,
        author=matter.organisation,
        running=OFFICIAL_RUNNING,
        watermark=matter.watermark,
    )


def official_blocks(matter: EvaluationMatter, letter: Letter) -> Iterator[Block]:
    """The blocks of a letter, from its title to its signature."""
    whole = letter.title.replace("\n", "")
    is_long = width(whole, OFFICIAL_TITLE.font, OFFICIAL_TITLE.size) > _MEASURE * OFFICIAL_CELL * MM
    yield Paragraph(letter.title if is_long else whole, OFFICIAL_TITLE, keep_with_next=True)
    yield Space(8.0)
    if letter.addressee:
        yield Paragraph(f"{letter.addressee}：", OFFICIAL_LINE, keep_with_next=True)
    yield from (Paragraph(text, OFFICIAL_TEXT) for text in letter.opening)
    said = list(_sections(letter))
    if said and isinstance(said[-1], Paragraph):
        said[-1] = replace(said[-1], keep_with_next=True)
    yield from said
    yield from (Paragraph(text, OFFICIAL_TEXT, keep_with_next=True) for text in letter.closing)
    yield signature(matter.organisation, letter.signed_on)


def _sections(letter: Letter) -> Iterator[Block]:
    number = 0
    for section in letter.sections:
        if section.heading:
            number += 1
            heading = f"{chinese_number(number)}、{section.heading}"
            yield Paragraph(heading, OFFICIAL_HEADING, keep_with_next=True)
        for one in section.blocks:
            yield Paragraph(one, OFFICIAL_TEXT) if isinstance(one, str) else one


def numbered(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts with numbers before them; one alone stays as it is."""
    if len(texts) < 2:
        return tuple(texts)
    return tuple(f"{number}.{text}" for number, text in enumerate(texts, start=1))


def led(label: str, text: str, mark: str = "。") -> Paragraph:
    """A paragraph that begins with its own small heading; `mark` stands between them."""
    return Paragraph((Span(f"{label}{mark}", Font.HEADING), Span(text)), OFFICIAL_TEXT)


def parted(matter: EvaluationMatter, before: str, after: str) -> str:
    """A title with what is done between two texts; where it takes two lines it is parted behind the year."""
    year = f"{matter.year}年度"
    work = matter.work.replace(year, year + "\n", 1)
    return f"{before}{work}{after}"


def signature(organisation: str, day: date | None) -> Sheet:
    """Who signs over the day, the one centred over the other, with a line to seal above."""
    dated = day_or_pen(day)
    longest = min(_MEASURE - _RIGHT, max(len(organisation), len(dated)) + _AIR)
    widths = tuple(
        round(characters * OFFICIAL_CELL, 2) for characters in (_MEASURE - _RIGHT - longest, longest, _RIGHT)
    )
    style = replace(_SIGNED, align=Align.CENTRE)
    cells = (Cell(1, 1, organisation, style=style), Cell(2, 1, dated, style=style))
    return Sheet(widths, (_LINE_HEIGHT,) * 3, cells, ruled=False)
