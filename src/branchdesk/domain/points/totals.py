"""The points of a person in a year: beginning points, what counted, and what was left out (domain 6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from branchdesk.domain.points.counting import CountedLine, counted_lines
from branchdesk.domain.points.ledger import reversals
from branchdesk.domain.points.model import NO_POINTS, Bucket, EntryState, PointEntry, PointScheme

_HUNDREDTH = Decimal("0.01")


class WhyLeftOut(StrEnum):
    """Why an entry does not count.

    `UNKNOWN_RULE` is an entry of a rule that this version of the scheme does not have.
    """

    PROPOSED = "proposed"
    DECLINED = "declined"
    REVERSED = "reversed"
    REVERSAL = "reversal"
    UNKNOWN_RULE = "unknown_rule"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that does not count, with the `reason` that somebody gave for it."""

    entry: PointEntry
    why: WhyLeftOut
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BucketTotal:
    """One bucket in points: what it began with, what its rules gave, and what it holds after all caps."""

    bucket: Bucket
    begin: Decimal
    earned: Decimal
    counted: Decimal
    cap: Decimal | None

    @property
    def added(self) -> Decimal:
        """What entries added to its beginning points, or took off."""
        return self.counted - self.begin


@dataclass(frozen=True, slots=True)
class Tally:
    """All points of one person in one year, until a day if one is given.

    `lines` are what counts, in the order of time, `left_out` what does not; `total` is rounded half up to two
    decimals, the only number here that is rounded.
    """

    person: str
    scheme: PointScheme
    year: int
    until: date | None
    buckets: tuple[BucketTotal, ...]
    lines: tuple[CountedLine, ...]
    left_out: tuple[LeftOut, ...]
    total: Decimal

    @property
    def exact(self) -> Decimal:
        """The total before it is rounded."""
        return sum((one.counted for one in self.buckets), NO_POINTS)

    def points_in(self, bucket_id: str) -> Decimal:
        """What a bucket holds. Raises KeyError where the scheme has no such bucket."""
        return {one.bucket.id: one.counted for one in self.buckets}[bucket_id]


def rounded(points: Decimal) -> Decimal:
    """Points half up to two decimals; what is taken off is rounded away from 0 alike."""
    return points.quantize(_HUNDREDTH, ROUND_HALF_UP) + NO_POINTS


def tally(
    scheme: PointScheme,
    entries: Iterable[PointEntry],
    year: int,
    until: date | None = None,
    *,
    person: str = "",
) -> Tally:
    """The points of one person in `year` by its ledger, until and with the day `until`.

    Only accepted entries count that are not reversed, by whatever day they were. With `person` the entries of
    others are passed over; without it all must be of one person, else ValueError is raised.
    """
    rows = [one for one in entries if not person or one.person == person]
    people = {one.person for one in rows}
    if len(people) > 1:
        raise ValueError("a tally is of one person")
    counting, left_out = _sorted_out(scheme, rows, year, until)
    lines = tuple(counted_lines(scheme, counting))
    buckets = tuple(_bucket_total(one, lines) for one in scheme.buckets)
    return Tally(
        person or next(iter(people), ""),
        scheme,
        year,
        until,
        buckets,
        lines,
        tuple(left_out),
        rounded(sum((one.counted for one in buckets), NO_POINTS)),
    )


def tallies(
    scheme: PointScheme,
    entries: Iterable[PointEntry],
    year: int,
    people: Sequence[str],
    until: date | None = None,
) -> tuple[Tally, ...]:
    """The points of each of `people`, in their order, also of those without any entry."""
    own: defaultdict[str, list[PointEntry]] = defaultdict(list)
    for one in entries:
        own[one.person].append(one)
    return tuple(tally(scheme, own.get(one, ()), year, until, person=one) for one in people)


def _sorted_out(
    scheme: PointScheme, rows: Sequence[PointEntry], year: int, until: date | None
) -> tuple[list[PointEntry], list[LeftOut]]:
    """The entries of a time that count and those that do not, both in the order of time."""
    counting, left_out = [], []
    void = reversals(rows)
    known = {one.id for one in scheme.rules}
    for one in sorted(rows, key=lambda row: (row.on, row.uid)):
        if one.on.year != year or (until is not None and one.on > until):
            continue
        why = _why_left_out(one, known, is_void=one.uid in void)
        if why is None:
            counting.append(one)
        else:
            by = void[one.uid] if why is WhyLeftOut.REVERSED else one
            left_out.append(LeftOut(one, why, by.reason))
    return counting, left_out


def _why_left_out(entry: PointEntry, known: set[str], *, is_void: bool) -> WhyLeftOut | None:
    if entry.reverses is not None:
        return WhyLeftOut.REVERSAL
    if entry.state is EntryState.PROPOSED:
        return WhyLeftOut.PROPOSED
    if entry.state is EntryState.DECLINED:
        return WhyLeftOut.DECLINED
    if is_void:
        return WhyLeftOut.REVERSED
    return None if entry.rule in known else WhyLeftOut.UNKNOWN_RULE


def _bucket_total(bucket: Bucket, lines: Iterable[CountedLine]) -> BucketTotal:
    own = [one for one in lines if one.bucket.id == bucket.id]
    earned = sum((one.raw for one in own), NO_POINTS)
    counted = sum((one.counted for one in own), bucket.begin)
    return BucketTotal(bucket, bucket.begin, earned, counted, bucket.cap)
