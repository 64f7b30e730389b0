"""The ledger of study hours: 45 minutes are one, 32 and 56 are due (domain 3.8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.study_hours import (
    StudyEntry,
    StudySum,
    earns,
    hours_of,
    shown_hours,
    study_findings,
    study_ledger,
    study_targets,
)
from branchdesk.findings import Severity
from domain.meetings.making import DAY, RULES, person, sentences


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [
        (-5, "0"),
        (0, "0"),
        (22, "0"),
        (23, "0.5"),
        (44, "0.5"),
        (45, "1"),
        (67, "1"),
        (68, "1.5"),
        (90, "2"),
        (100, "2"),
    ],
)
def test_an_hour_of_study_is_45_minutes_and_half_hours_are_rounded_down(minutes: int, hours: str) -> None:
    assert hours_of(minutes, RULES, DAY) == Decimal(hours)


def test_whoever_came_or_caught_up_earns_hours() -> None:
    assert earns(person("甲", "+"))
    assert earns(person("甲", "-", made_up_on="2026-11-25"))
    assert not earns(person("甲", "l"))
    assert not earns(person("甲", "?"))
    assert not earns(person("甲", "+", person=None))


def test_members_owe_32_hours_and_the_committee_56() -> None:
    assert study_targets(["a", "b", "c"], ["b"], RULES, 2026) == {"a": 32, "b": 56, "c": 32}
    assert study_targets(["a"], ["z"], RULES, 2026) == {"a": 32, "z": 56}


def entry(who: str, hours: str, kind: str = "meeting", meeting: str = "", day: date = DAY) -> StudyEntry:
    return StudyEntry(who, day, kind, Decimal(hours), meeting)


def test_a_year_is_summed_by_person_and_kind() -> None:
    entries = [
        entry("a", "1.5", "lecture", "m1"),
        entry("a", "2", "meeting", "m2"),
        entry("a", "4"),
        entry("a", "4"),
        entry("a", "9", meeting="m3", day=date(2025, 12, 31)),
        entry("x", "1", meeting="m1"),
        entry("c", "1", meeting="m1"),
    ]
    assert study_ledger(entries, 2026, {"b": 56, "a": 32}) == [
        StudySum("b", Decimal(0), 56, Decimal(56)),
        StudySum(
            "a",
            Decimal("11.5"),
            32,
            Decimal("20.5"),
            (("lecture", Decimal("1.5")), ("meeting", Decimal(10))),
        ),
        StudySum("c", Decimal(1), None, Decimal(0), (("meeting", Decimal(1)),)),
        StudySum("x", Decimal(1), None, Decimal(0), (("meeting", Decimal(1)),)),
    ]


def test_a_combined_meeting_earns_its_hours_once() -> None:
    entries = [
        entry("a", "1", "meeting", "m1"),
        entry("a", "2", "lecture", "m1"),
        entry("a", "1.5", "theme_day", "m1"),
    ]
    (found,) = study_ledger(entries, 2026, {"a": 1})
    assert (found.hours, found.hours_of_kind) == (Decimal(2), (("lecture", Decimal(2)),))
    assert found.missing == 0


@pytest.mark.parametrize(
    ("hours", "today", "severity"),
    [
        ("15.5", date(2026, 6, 30), None),
        ("15.5", date(2026, 7, 1), Severity.WARN),
        ("16", date(2026, 7, 1), None),
        ("31.5", date(2026, 11, 30), None),
        ("31.5", date(2026, 12, 1), Severity.ERROR),
        ("32", date(2026, 12, 1), None),
        ("0", date(2027, 3, 1), Severity.ERROR),
    ],
)
def test_whoever_is_behind_is_named_after_june_and_after_november(
    hours: str, today: date, severity: Severity | None
) -> None:
    (found,) = study_ledger([entry("a", hours)], 2026, {"a": 32})
    findings = study_findings(found, 2026, today, RULES)
    assert [one.severity for one in findings] == ([severity] if severity else [])


def test_what_is_missing_is_said_in_hours() -> None:
    (found,) = study_ledger([entry("a", "10.50")], 2026, {"a": 32})
    assert sentences(study_findings(found, 2026, date(2026, 12, 1), RULES)) == [
        "2026 年已学 10.5 学时，应学 32 学时，还差 21.5 学时。"
    ]
    assert shown_hours(Decimal("100.00")) == "100"


def test_nothing_is_asked_of_somebody_without_a_target() -> None:
    (found,) = study_ledger([entry("a", "1")], 2026, {})
    assert study_findings(found, 2026, date(2027, 1, 1), RULES) == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.sampled_from(["m", "l"]))))
def test_no_hour_is_lost_and_none_is_counted_twice(drawn: list[tuple[str, int, str]]) -> None:
    entries = [StudyEntry(who, DAY, kind, Decimal(halves) / 2) for who, halves, kind in drawn]
    found = study_ledger(entries, 2026, {"a": 32, "b": 56})
    assert sum(one.hours for one in found) == sum(Decimal(halves) / 2 for _who, halves, _kind in drawn)
    assert all(one.hours == sum(hours for _kind, hours in one.hours_of_kind) for one in found)
    assert all(one.target is None or one.hours + one.missing >= one.target for one in found)
