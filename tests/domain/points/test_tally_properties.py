"""What holds of all points, whatever scheme and whatever ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.points.model import Bucket, EntryState, PointEntry, PointRule, PointScheme
from branchdesk.domain.points.tally import Tally, explain, input_hash, months, tallies, tally
from domain.points.making import scheme

YEAR = 2026
EXAMPLES = settings(max_examples=25, deadline=None)
POINTS = st.integers(1, 40).map(lambda number: Decimal(number) / 4)
CAPS = st.none() | st.integers(0, 60).map(lambda number: Decimal(number) / 4)
# Days on both sides of the ends of months, quarters and years are what caps turn on.
ENDS = [date(YEAR, 1, 1), date(YEAR, 3, 1), date(YEAR, 4, 1), date(YEAR, 7, 1), date(YEAR + 1, 1, 1)]
DAYS = st.sampled_from([end + timedelta(days=step) for end in ENDS for step in (-31, -1, 0, 1)]) | st.dates(
    date(YEAR, 1, 1), date(YEAR, 12, 31)
)


@st.composite
def buckets(draw: st.DrawFn) -> list[Bucket]:
    found = []
    for place in range(draw(st.integers(1, 3))):
        cap = draw(CAPS)
        begin = draw(st.integers(0, 20).map(Decimal))
        begin = begin if cap is None else min(begin, cap)
        found.append(Bucket(f"b{place}", f"第{place}类", begin, cap, draw(st.booleans())))
    return found


@st.composite
def schemes(draw: st.DrawFn, *, only_gives: bool = False) -> PointScheme:
    own = draw(buckets())
    rules = []
    for place in range(draw(st.integers(1, 4))):
        bucket = draw(st.sampled_from(own))
        points = draw(POINTS)
        if bucket.may_be_negative and not only_gives and draw(st.booleans()):
            points = -points
        caps = (draw(CAPS), draw(CAPS), draw(CAPS), draw(CAPS))
        rules.append(PointRule(f"r{place}", f"1.{place}", "项目", bucket.id, "次", points, *caps))
    return scheme(*rules, buckets=own)


@st.composite
def ledgers(
    draw: st.DrawFn, form: PointScheme, people: Sequence[str] = ("p1",), most: int = 9
) -> list[PointEntry]:
    """Entries in all states, and reversals of some of them, also twice and of one another."""
    rows: list[PointEntry] = []
    for place in range(draw(st.integers(0, most))):
        uid = f"e{draw(st.integers(0, 999)):03}{place:02}"
        if rows and draw(st.integers(0, 4)) == 0:
            target = draw(st.sampled_from(rows))
            rows.append(replace(target, uid=uid, on=draw(DAYS), reverses=target.uid))
            continue
        person = draw(st.sampled_from(people))
        rows.append(
            PointEntry(
                uid,
                person,
                f"党员{person}",
                draw(st.sampled_from(form.rules)).id,
                draw(DAYS),
                draw(st.integers(1, 12).map(lambda number: Decimal(number) / 2)),
                state=draw(st.sampled_from([EntryState.ACCEPTED, EntryState.ACCEPTED, *EntryState])),
            )
        )
    return rows


@st.composite
def sheets(draw: st.DrawFn, *, only_gives: bool = False) -> tuple[PointScheme, list[PointEntry]]:
    form = draw(schemes(only_gives=only_gives))
    return form, draw(ledgers(form))


@EXAMPLES
@given(sheets(), st.randoms(use_true_random=False))
def test_any_order_of_entries_and_reversals_gives_the_same_totals_and_the_same_hash(
    sheet: tuple[PointScheme, list[PointEntry]], random: Random
) -> None:
    form, rows = sheet
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert tally(form, shuffled, YEAR) == tally(form, rows, YEAR)
    assert input_hash(form, shuffled) == input_hash(form, rows)


def month_of(on: date) -> int:
    return on.month


def quarter_of(on: date) -> int:
    return (on.month - 1) // 3


def year_of(on: date) -> int:
    return on.year


@EXAMPLES
@given(sheets())
def test_no_cap_of_a_rule_is_exceeded_in_any_period(sheet: tuple[PointScheme, list[PointEntry]]) -> None:
    form, rows = sheet
    found = tally(form, rows, YEAR)
    for rule in form.rules:
        own = [one for one in found.lines if one.rule == rule]
        assert rule.cap_once is None or all(abs(one.counted) <= rule.cap_once for one in own)
        for cap, period in (
            (rule.cap_month, month_of),
            (rule.cap_quarter, quarter_of),
            (rule.cap_year, year_of),
        ):
            sums: defaultdict[int, Decimal] = defaultdict(Decimal)
            for one in own:
                sums[period(one.entry.on)] += abs(one.counted)
            assert cap is None or all(each <= cap for each in sums.values())


@EXAMPLES
@given(sheets())
def test_no_bucket_leaves_its_bounds_on_any_day(sheet: tuple[PointScheme, list[PointEntry]]) -> None:
    form, rows = sheet
    found = tally(form, rows, YEAR)
    held = {one.id: one.begin for one in form.buckets}
    for line in found.lines:
        assert abs(line.counted) <= abs(line.raw)
        assert line.counted * line.raw >= 0
        assert line.is_cut == (line.counted != line.raw)
        held[line.bucket.id] += line.counted
        bucket = line.bucket
        assert bucket.cap is None or held[bucket.id] <= bucket.cap
        assert bucket.floor is None or held[bucket.id] >= bucket.floor
    assert held == {one.bucket.id: one.counted for one in found.buckets}


@EXAMPLES
@given(sheets())
def test_a_reversal_of_everything_gives_the_beginning_points(
    sheet: tuple[PointScheme, list[PointEntry]],
) -> None:
    form, rows = sheet
    undone = [
        replace(one, uid=f"u{place}", reverses=one.uid, state=EntryState.ACCEPTED)
        for place, one in enumerate(rows)
        if one.reverses is None
    ]
    found = tally(form, [*rows, *undone], YEAR)
    assert found.lines == ()
    assert found.total == sum(one.begin for one in form.buckets)


@EXAMPLES
@given(st.data())
def test_an_entry_never_touches_the_points_of_another_person(data: st.DataObject) -> None:
    form = data.draw(schemes())
    rows = data.draw(ledgers(form, ("p1", "p2", "p3")))
    added = [replace(one, uid=f"n{one.uid}", person="p1") for one in data.draw(ledgers(form))]
    before = tallies(form, rows, YEAR, ["p1", "p2", "p3"])
    after = tallies(form, [*rows, *added], YEAR, ["p1", "p2", "p3"])
    assert after[1:] == before[1:]


@EXAMPLES
@given(sheets(only_gives=True), DAYS, st.data())
def test_another_good_deed_never_lowers_anything_where_nothing_is_taken_off(
    sheet: tuple[PointScheme, list[PointEntry]], on: date, data: st.DataObject
) -> None:
    form, rows = sheet
    rule = data.draw(st.sampled_from(form.rules))
    more = PointEntry(data.draw(st.sampled_from(["a", "z"])), "p1", "王芳", rule.id, on, Decimal(2))
    before, after = tally(form, rows, YEAR, person="p1"), tally(form, [*rows, more], YEAR)
    assert all(old.counted <= new.counted for old, new in zip(before.buckets, after.buckets, strict=True))


def nested(rule: PointRule, found: Tally) -> Decimal:
    """What a rule gives by its caps, one inside another, worked out without looking at single days."""
    months_: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in found.lines:
        if one.rule == rule:
            months_[one.entry.on.month] += least(one.raw, rule.cap_once)
    quarters: defaultdict[int, Decimal] = defaultdict(Decimal)
    for month, points in months_.items():
        quarters[(month - 1) // 3] += least(points, rule.cap_month)
    return least(sum((least(one, rule.cap_quarter) for one in quarters.values()), Decimal(0)), rule.cap_year)


def least(points: Decimal, cap: Decimal | None) -> Decimal:
    return points if cap is None else min(points, cap)


@EXAMPLES
@given(sheets(only_gives=True))
def test_buckets_hold_what_their_rules_give_by_nested_caps(
    sheet: tuple[PointScheme, list[PointEntry]],
) -> None:
    form, rows = sheet
    found = tally(form, rows, YEAR)
    for total in found.buckets:
        given_ = sum(
            (nested(rule, found) for rule in form.rules if rule.bucket == total.bucket.id), total.begin
        )
        assert total.counted == least(given_, total.cap)


@EXAMPLES
@given(sheets(), st.integers(1, 12))
def test_a_published_month_stays_as_it_was_when_the_year_goes_on(
    sheet: tuple[PointScheme, list[PointEntry]], month: int
) -> None:
    form, rows = sheet
    end = date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    whole, until = tally(form, rows, YEAR), tally(form, rows, YEAR, end)
    assert whole.lines[: len(until.lines)] == until.lines
    assert months(whole)[:month] == months(until)
    assert months(whole)[month - 1].total == until.total


def taken_apart(found: Tally) -> Iterable[PointEntry]:
    return [*(one.entry for one in found.lines), *(one.entry for one in found.left_out)]


@EXAMPLES
@given(sheets())
def test_every_entry_of_the_year_either_counts_or_is_left_out_and_is_explained(
    sheet: tuple[PointScheme, list[PointEntry]],
) -> None:
    form, rows = sheet
    found = tally(form, rows, YEAR)
    assert sorted(one.uid for one in taken_apart(found)) == sorted(
        one.uid for one in rows if one.on.year == YEAR
    )
    reversals = [one for one in found.left_out if one.entry.reverses is not None]
    told = explain(found)
    assert len(told) == len(found.lines) + len(found.left_out) - len(reversals) + len(form.buckets) + 1
    assert all(sentence.endswith("。") for sentence in told)
