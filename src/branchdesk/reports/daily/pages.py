"""A ruled table under a title, set so that it is one page if it can be; and the places to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from branchdesk.documents.model import Block, Paragraph, Part
from branchdesk.reports.daily.page_styles import DAILY_PAGE, DAILY_TITLE, SIGNED_PLACE
from branchdesk.reports.inspections.ruled_pages import (
    RuledCell,
    RuledRow,
    RuledTable,
    even_spans,
    ruled_pages,
)
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN

_SIGN_ROW = 17.0  # millimetres


def one_page(
    part: str, title: str, tables: Iterable[RuledTable], head: Sequence[Block] = ()
) -> Iterator[Block]:
    """The pages of one member, named `part`: a title, perhaps a head, and one of the tables.

    The first table that is one page; where none is, the one with the fewest, the earlier of equals.
    """
    above: list[Block] = [Paragraph(title, DAILY_TITLE, keep_with_next=True), *head]
    best: list[Block] = []
    for table in tables:
        made = list(ruled_pages(table, DAILY_PAGE, above))
        if not best or len(made) < len(best):
            best = made
        if len(best) == 1:
            break
    yield Part(part)
    yield from above
    yield from best


def sign_row(widths: Sequence[float], places: Sequence[tuple[str, str]]) -> RuledRow:
    """The places to sign, each with its day, or room for it."""
    spans = even_spans(widths, len(places))
    cells = tuple(
        RuledCell(label, span, SIGNED_PLACE, (day or DAY_FOR_THE_PEN,), label)
        for (label, day), span in zip(places, spans, strict=True)
    )
    return RuledRow(cells, _SIGN_ROW)
