"""What an entry counts: points by its rule, cut by the caps of the rule, then by its bucket (domain 6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from branchdesk.domain.points.model import NO_POINTS, Bucket, PointEntry, PointRule, PointScheme
from branchdesk.domain.points.wording import shown_points
from branchdesk.i18n import _, later

_MONTHS_OF_QUARTER = 3


class CutBy(StrEnum):
    """Which cap cut an entry: none, that of one time, a month, a quarter or a year, or the bucket."""

    NOTHING = ""
    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    BUCKET = "bucket"


_NOTES: Mapping[CutBy, str] = {
    CutBy.ONCE: later("每次最多 {limit} 分"),
    CutBy.MONTH: later("每月最多 {limit} 分，这个月已有 {used} 分"),
    CutBy.QUARTER: later("每季度最多 {limit} 分，这个季度已有 {used} 分"),
    CutBy.YEAR: later("全年最多 {limit} 分，今年已有 {used} 分"),
    CutBy.BUCKET: later("“{bucket}”最高 {limit} 分，已有 {used} 分"),
}
_NOTES_OF_TAKING: Mapping[CutBy, str] = {
    CutBy.ONCE: later("每次最多扣 {limit} 分"),
    CutBy.MONTH: later("每月最多扣 {limit} 分，这个月已扣 {used} 分"),
    CutBy.QUARTER: later("每季度最多扣 {limit} 分，这个季度已扣 {used} 分"),
    CutBy.YEAR: later("全年最多扣 {limit} 分，今年已扣 {used} 分"),
    CutBy.BUCKET: later("“{bucket}”最低 {limit} 分，已到 {used} 分"),
}


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One entry that counts, in points: `raw` by its rule alone, `counted` after all caps.

    `limit` is the cap that cut it (the floor of the bucket where points are taken off), and `used` what had
    counted there before. A line that several caps cut names the tightest, of equals the shortest period.
    """

    entry: PointEntry
    rule: PointRule
    bucket: Bucket
    raw: Decimal
    counted: Decimal
    cut_by: CutBy = CutBy.NOTHING
    limit: Decimal = NO_POINTS
    used: Decimal = NO_POINTS

    @property
    def is_cut(self) -> bool:
        """Whether it counts less than its rule gives."""
        return self.cut_by is not CutBy.NOTHING

    @property
    def note(self) -> str:
        """Which cap cut it, for the column of remarks and in the language in use; empty where none did."""
        if not self.is_cut:
            return ""
        notes = _NOTES_OF_TAKING if self.rule.takes_off else _NOTES
        return _(
            notes[self.cut_by],
            bucket=self.bucket.title,
            limit=shown_points(self.limit),
            used=shown_points(self.used),
        )


@dataclass(frozen=True, slots=True)
class _Cut:
    """How much of an entry is left, as a size in points, and which cap left no more."""

    size: Decimal
    by: CutBy = CutBy.NOTHING
    limit: Decimal = NO_POINTS
    used: Decimal = NO_POINTS


def counted_lines(scheme: PointScheme, entries: Iterable[PointEntry]) -> Iterator[CountedLine]:
    """What the entries of one person in one year count, given in the order of days and then of uids.

    Entries must count at all and their rules stand in the scheme. A later entry never changes what an earlier
    one counts, so that a published month stays as it was. Only what counted in the end uses up a cap.
    """
    rules = {one.id: one for one in scheme.rules}
    buckets = {one.id: one for one in scheme.buckets}
    held = {one.id: one.begin for one in scheme.buckets}
    used: defaultdict[tuple[str, CutBy, int], Decimal] = defaultdict(Decimal)
    for entry in entries:
        rule = rules[entry.rule]
        bucket = buckets[rule.bucket]
        raw = rule.points * entry.quantity
        periods = _periods(entry.on)
        cut = _cut_by_rule(rule, abs(raw), {by: used[rule.id, by, number] for by, number in periods.items()})
        cut = _cut_by_bucket(bucket, cut, held[bucket.id], takes_off=raw < 0)
        counted = -cut.size if raw < 0 else cut.size
        held[bucket.id] += counted
        for by, number in periods.items():
            used[rule.id, by, number] += cut.size
        yield CountedLine(entry, rule, bucket, raw, counted, cut.by, cut.limit, cut.used)


def _periods(day: date) -> dict[CutBy, int]:
    """The number of each period of the year in which a day lies, the shortest first."""
    return {CutBy.MONTH: day.month, CutBy.QUARTER: (day.month - 1) // _MONTHS_OF_QUARTER + 1, CutBy.YEAR: 1}


def _cut_by_rule(rule: PointRule, size: Decimal, used: Mapping[CutBy, Decimal]) -> _Cut:
    """What the caps of a rule leave of an entry; points taken off are capped by their size."""
    caps = {
        CutBy.ONCE: rule.cap_once,
        CutBy.MONTH: rule.cap_month,
        CutBy.QUARTER: rule.cap_quarter,
        CutBy.YEAR: rule.cap_year,
    }
    cut = _Cut(size)
    for by, cap in caps.items():
        before = used.get(by, NO_POINTS)
        if cap is not None and cap - before < cut.size:
            cut = _Cut(cap - before, by, cap, before)
    return cut


def _cut_by_bucket(bucket: Bucket, cut: _Cut, held: Decimal, *, takes_off: bool) -> _Cut:
    """What a bucket that holds so much takes of an entry: up to its cap, or down to its floor."""
    limit = bucket.floor if takes_off else bucket.cap
    if limit is None:
        return cut
    room = max(NO_POINTS, held - limit if takes_off else limit - held)
    return _Cut(room, CutBy.BUCKET, limit, held) if room < cut.size else cut
