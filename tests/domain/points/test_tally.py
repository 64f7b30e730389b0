"""Points of people: who has which, what was left out, and the sums by month, rule and place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from branchdesk.domain.points.model import PointScheme
from branchdesk.domain.points.tally import (
    Tally,
    WhyLeftOut,
    by_rule,
    months,
    ranking,
    signed,
    tallies,
    tally,
)
from domain.points.making import ABSENT, ATTENDED, DUTY, GUARDED, SCHEME, day, entry, scheme, told, undo

YEAR = 2026
MEETINGS = [
    entry(f"m{place}", "attended", on) for place, on in enumerate(["01-08", "01-15", "01-22", "03-05"])
]


def test_a_scheme_knows_its_rules_its_obligations_and_its_tasks() -> None:
    assert SCHEME.rule("guarded") is GUARDED
    assert SCHEME.rule("gone") is None
    assert SCHEME.bucket("task").title == "任务分"
    assert [one.id for one in SCHEME.duties] == ["duty", "made_up"]
    assert [one.id for one in SCHEME.tasks] == ["guarded"]
    assert DUTY.called == "0.1 没有履行义务"
    assert replace(DUTY, number="").called == "没有履行义务"
    assert (DUTY.takes_off, ATTENDED.takes_off) == (True, False)


def test_everybody_on_the_list_has_a_tally_in_the_order_of_the_list() -> None:
    rows = [entry("e1", "guarded", "03-01"), entry("e2", "guarded", "03-01", person="p2")]
    found = tallies(SCHEME, [*rows, entry("e3", "guarded", "03-01", person="gone")], YEAR, ["p3", "p2", "p1"])
    assert [one.person for one in found] == ["p3", "p2", "p1"]
    assert told(*(one.total for one in found)) == "60 66 66"


def test_a_tally_of_one_person_passes_over_the_others_when_it_is_told_whose_it_is() -> None:
    rows = [entry("e1", "guarded", "03-01"), entry("e2", "guarded", "03-01", person="p2")]
    assert tally(SCHEME, rows, YEAR, person="p2").points_in("task") == 6
    with pytest.raises(ValueError, match="one person"):
        tally(SCHEME, rows, YEAR)


def test_a_tally_knows_whose_it_is_from_the_entries() -> None:
    assert tally(SCHEME, MEETINGS, YEAR).person == "p1"
    assert tally(SCHEME, [], YEAR).person == ""


def test_a_bucket_tells_its_beginning_what_was_earned_and_what_counted() -> None:
    base, task, _reward, _off = tally(SCHEME, MEETINGS, YEAR).buckets
    assert told(base.begin, base.earned, base.counted, base.added, base.cap) == "60 0 60 0 60"
    assert told(task.begin, task.earned, task.counted, task.added, task.cap) == "0 8 6 6 40"


def test_what_does_not_count_is_listed_with_its_reason() -> None:
    wrong = entry("e3", "attended", "02-03")
    rows = [
        entry("e1", "attended", "02-01", state="proposed", reason="补签"),
        entry("e2", "attended", "02-02", state="declined", reason="没有参加"),
        wrong,
        undo("e4", wrong, reason="记错人"),
        entry("e5", "gone", "02-04"),
        entry("e6", "attended", "2025-02-04", state="declined"),
    ]
    found = tally(SCHEME, rows, YEAR)
    assert [(one.entry.uid, one.why, one.reason) for one in found.left_out] == [
        ("e1", WhyLeftOut.PROPOSED, "补签"),
        ("e2", WhyLeftOut.DECLINED, "没有参加"),
        ("e3", WhyLeftOut.REVERSED, "记错人"),
        ("e4", WhyLeftOut.REVERSAL, "记错人"),
        ("e5", WhyLeftOut.UNKNOWN_RULE, ""),
    ]
    assert found.total == 60


def test_of_two_reversals_the_first_gives_the_reason() -> None:
    wrong = entry("e1", "attended", "02-03")
    rows = [
        wrong,
        undo("e3", wrong, reason="又记错"),
        undo("e2", wrong, reason="记错人"),
    ]
    assert tally(SCHEME, rows, YEAR).left_out[0].reason == "记错人"


# ---- months


def test_months_show_what_each_added_and_the_total_at_their_end() -> None:
    found = months(tally(SCHEME, [*MEETINGS, entry("l", "late", "03-06")], YEAR))
    assert [one.month for one in found] == list(range(1, 13))
    assert [told(one.counted, one.total) for one in found[:4]] == ["4 64", "0 64", "1 65", "0 65"]
    assert found[2].buckets == {"base": 0, "task": 2, "reward": 0, "off": -1}


@pytest.mark.parametrize(
    ("until", "count"),
    [("2026-03-31", 3), ("2026-12-31", 12), ("2027-01-01", 12), ("2025-12-31", 0)],
)
def test_months_end_with_the_month_that_was_asked_about(until: str, count: int) -> None:
    assert len(months(tally(SCHEME, MEETINGS, YEAR, date.fromisoformat(until)))) == count


def test_the_total_of_a_month_is_rounded_and_what_it_added_is_not() -> None:
    form = scheme(replace(ATTENDED, points=Decimal("0.125")))
    (january, *_rest) = months(tally(form, [entry("e1", "attended", "01-05")], YEAR))
    assert (january.counted, january.total) == (Decimal("0.125"), Decimal("60.13"))


# ---- rules


def test_each_rule_with_entries_has_its_sum_in_the_order_of_the_scheme() -> None:
    rows = [entry("a", "absent", "01-02"), entry("g", "guarded", "01-01", "2"), *MEETINGS]
    found = by_rule(tally(SCHEME, rows, YEAR))
    assert [(one.rule.id, one.entries, told(one.quantity, one.raw, one.counted)) for one in found] == [
        ("attended", 4, "4 8 6"),
        ("guarded", 1, "2 12 12"),
        ("absent", 1, "1 -2 -2"),
    ]
    assert [one.is_cut for one in found] == [True, False, False]


# ---- places


def person(name: str, quantity: str) -> Tally:
    form: PointScheme = scheme(replace(GUARDED, points=Decimal(1)))
    return tally(form, [entry(f"e-{name}", "guarded", "01-01", quantity, person=name)], YEAR)


PEOPLE = [person("a", "5"), person("b", "9"), person("c", "5"), person("d", "1"), person("e", "9")]


def test_equal_totals_share_a_place_and_keep_their_order() -> None:
    found = ranking(PEOPLE)
    assert [(one.place, one.tally.person) for one in found] == [
        (1, "b"),
        (1, "e"),
        (3, "a"),
        (3, "c"),
        (5, "d"),
    ]


def test_places_may_also_go_on_without_a_gap() -> None:
    assert [one.place for one in ranking(PEOPLE, "dense")] == [1, 1, 2, 2, 3]


def test_what_is_equal_after_rounding_shares_a_place() -> None:
    found = ranking([person("a", "1.004"), person("b", "1.001"), person("c", "1.005")])
    assert [(one.place, one.tally.person) for one in found] == [(1, "c"), (2, "a"), (2, "b")]


def test_nobody_has_no_place_and_ties_of_another_name_are_refused() -> None:
    assert ranking([]) == ()
    with pytest.raises(ValueError, match="random"):
        ranking(PEOPLE, "random")


@pytest.mark.parametrize(("points", "shown"), [("44", "+44"), ("-2.50", "−2.5"), ("0.00", "0"), ("-0", "0")])
def test_points_of_a_ledger_have_their_sign(points: str, shown: str) -> None:
    assert signed(Decimal(points)) == shown


def test_the_caps_of_rules_hold_for_points_taken_off_in_a_year() -> None:
    rows = [entry(f"a{month}", "absent", f"{month:02}-10") for month in range(1, 8)]
    found = tally(SCHEME, rows, YEAR, day("12-31"))
    assert found.points_in("off") == -(ABSENT.cap_year or 0)
    with pytest.raises(KeyError):
        found.points_in("gone")
