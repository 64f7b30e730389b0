"""How close a signed list is set: closer where that brings it onto one page with its signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Block, Document, PageStyle
from branchdesk.domain.evaluations.model import Subject
from branchdesk.reports.evaluations.page_styles import TABLE_SIZES
from branchdesk.reports.roster import padded_name

_SAMPLE_DAY = date(2000, 1, 1)
_USUAL_NAME, _LONGEST_NAME = "四字姓名", 9  # characters of a name that stay on one line


@dataclass(frozen=True, slots=True)
class Closeness:
    """How high rows and type are, at least.

    `row` and `head_row`, of the head above the table, are millimetres; `sizes` are those that the table may
    have, `signing` the points above places to sign.
    """

    row: float
    head_row: float = 9.0
    sizes: tuple[float, ...] = TABLE_SIZES
    signing: float = 16.0


LOOSE = Closeness(9.0)
_STEPS = (
    LOOSE,
    Closeness(8.0, 8.0, signing=12.0),
    Closeness(7.2, 7.5, (11.0, 10.5, 10.0, 9.5), 10.0),
    Closeness(6.7, 7.0, (10.0, 9.5), 9.0),
    Closeness(6.3, 6.5, (9.5, 9.0), 8.0),
    Closeness(5.9, 6.5, (9.0,), 7.0),
)


def on_one_page(
    make: Callable[[Closeness], Sequence[Block]], page: PageStyle, usual: Closeness = LOOSE
) -> tuple[Block, ...]:
    """The blocks as loose as one page allows; as loose as usual where they need more pages anyway."""
    loose = tuple(make(usual))
    if _pages(loose, page) == 1:
        return loose
    for step in _STEPS:
        if step.row < usual.row:
            closer = tuple(make(step))
            if _pages(closer, page) == 1:
                return closer
    return loose


def _pages(blocks: tuple[Block, ...], page: PageStyle) -> int:
    return count_pages(Document("", _SAMPLE_DAY, blocks, page))


def longest_name(subjects: Sequence[Subject]) -> str:
    """The widest name that a column must not break, so that those of many characters stay on one line."""
    names = [padded_name(one.name)[:_LONGEST_NAME] for one in subjects]
    return max((_USUAL_NAME, *names), key=len)
