"""Page numbers: what every page of a file is called, and how many there are of its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from branchdesk.documents.flow import PagePlace


class PageNumber(NamedTuple):
    """The number that a page prints, and how many pages are counted with it."""

    number: int
    of: int


def page_numbers(pages: Sequence[PagePlace], *, continuous: bool) -> list[PageNumber | None]:
    """The numbers of all pages, within their parts or through the file; None where a page prints none.

    Through the file a blank page counts although it prints no number, so that odd numbers stay on the
    front of their leaves. Pages of unnumbered parts do not count.
    """
    if not continuous:
        totals = Counter(place.part for place in pages if not place.blank)
        return [PageNumber(place.number, totals[place.part]) if _prints(place) else None for place in pages]
    numbers: list[int | None] = []
    count = last = 0
    for place in pages:
        count += place.counts
        if _prints(place):
            last = count
        numbers.append(count if _prints(place) else None)
    return [PageNumber(number, last) if number is not None else None for number in numbers]


def _prints(place: PagePlace) -> bool:
    return place.counts and not place.blank
