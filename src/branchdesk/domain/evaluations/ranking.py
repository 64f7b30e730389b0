"""The places of totals, the highest first (domain 6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from branchdesk.domain.evaluations.model import Ties


def ranked(totals: Mapping[str, Decimal | None], ties: str = Ties.SHARED) -> list[tuple[int, str]]:
    """The place of each subject that has a total; equals stand in the order in which they are given.

    With shared ties equal totals have one place and the next place is skipped (1, 1, 3); otherwise they
    stand one after another. Who has no total has no place.
    """
    known = [(subject, total) for subject, total in totals.items() if total is not None]
    if ties == Ties.SHARED:
        placed = [
            (1 + sum(other > total for _subject, other in known), number, subject)
            for number, (subject, total) in enumerate(known)
        ]
        return [(place, subject) for place, _number, subject in sorted(placed)]
    in_order = sorted(known, key=_highest_first)
    return [(place, subject) for place, (subject, _total) in enumerate(in_order, start=1)]


def _highest_first(row: tuple[str, Decimal]) -> Decimal:
    return -row[1]
