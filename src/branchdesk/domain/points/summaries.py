"""Points summed up for the publicity of a month, for the rules of one member, and in the order of totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from branchdesk.domain.points.model import NO_POINTS, PointRule
from branchdesk.domain.points.totals import Tally, rounded

_LAST_MONTH = 12


class Ties(StrEnum):
    """How places are numbered behind equal totals: 1 2 2 4 where places are shared, 1 2 2 3 where dense."""

    SHARED = "shared"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class MonthPoints:
    """What one month added, by the id of the bucket and in all, and the total at its end, which is rounded.

    Beginning points belong to no month, but to every total.
    """

    month: int
    buckets: Mapping[str, Decimal]
    counted: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """What one rule gave to one person: in so many entries, so many units, by itself and after all caps."""

    rule: PointRule
    entries: int
    quantity: Decimal
    raw: Decimal
    counted: Decimal

    @property
    def is_cut(self) -> bool:
        """Whether a cap left out some of its points."""
        return self.raw != self.counted


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person's place by total."""

    place: int
    tally: Tally


def months(tally: Tally) -> tuple[MonthPoints, ...]:
    """What each month added, from January until the end of the year, or until the month of the tally's day.

    The total of a month is what a tally until its last day gives.
    """
    last = _last_month(tally)
    held = sum((one.begin for one in tally.buckets), NO_POINTS)
    found = []
    for month in range(1, last + 1):
        buckets = {one.bucket.id: NO_POINTS for one in tally.buckets}
        for line in tally.lines:
            if line.entry.on.month == month:
                buckets[line.bucket.id] += line.counted
        counted = sum(buckets.values(), NO_POINTS)
        held += counted
        found.append(MonthPoints(month, buckets, counted, rounded(held)))
    return tuple(found)


def _last_month(tally: Tally) -> int:
    if tally.until is None or tally.until.year > tally.year:
        return _LAST_MONTH
    return tally.until.month if tally.until.year == tally.year else 0


def by_rule(tally: Tally) -> tuple[RuleTotal, ...]:
    """What each rule with entries gave, in the order of the scheme."""
    found = []
    for rule in tally.scheme.rules:
        own = [one for one in tally.lines if one.rule.id == rule.id]
        if own:
            quantity = sum((one.entry.quantity for one in own), NO_POINTS)
            raw = sum((one.raw for one in own), NO_POINTS)
            counted = sum((one.counted for one in own), NO_POINTS)
            found.append(RuleTotal(rule, len(own), quantity, raw, counted))
    return tuple(found)


def ranking(tallies: Iterable[Tally], ties: Ties | str = Ties.SHARED) -> tuple[Ranked, ...]:
    """People by their totals, the highest first; equal totals have one place, in the order given.

    Raises ValueError for ties of another name. A place advises; it never sets a grade (domain 6.3).
    """
    shares = Ties(ties) is Ties.SHARED
    ranked: list[Ranked] = []
    for number, one in enumerate(sorted(tallies, key=lambda each: -each.total), start=1):
        last = ranked[-1] if ranked else None
        if last is not None and last.tally.total == one.total:
            place = last.place
        else:
            place = number if shares or last is None else last.place + 1
        ranked.append(Ranked(place, one))
    return tuple(ranked)
