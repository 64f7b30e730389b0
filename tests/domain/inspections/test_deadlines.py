"""The days of an inspection: its period, and by when each step is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.inspections.deadlines import (
    Deadlines,
    DueDay,
    Period,
    deadlines,
    feedback_due,
    late_steps,
    period_of,
    rectify_due,
    verify_due,
)
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.rulebook import RuleBook
from domain.inspections.making import RULES, sentences

Q4 = Period(2026, 4)
KINDS = st.sampled_from(["month", "quarter", "half", "year"])
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("period", "first", "last", "words"),
    [
        (Period(2026, 4), "2026-10-01", "2026-12-31", "2026年第四季度"),
        (Period(2027, 1), "2027-01-01", "2027-03-31", "2027年第一季度"),
        (Period(2028, 2, "month"), "2028-02-01", "2028-02-29", "2028年2月"),
        (Period(2026, 1, "half"), "2026-01-01", "2026-06-30", "2026年上半年"),
        (Period(2026, 2, "half"), "2026-07-01", "2026-12-31", "2026年下半年"),
        (Period(2026, 1, "year"), "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_a_period_has_its_days_and_its_name(period: Period, first: str, last: str, words: str) -> None:
    assert (period.start.isoformat(), period.end.isoformat(), period.shown()) == (first, last, words)


@given(DAYS, KINDS)
def test_every_day_lies_in_its_period_and_periods_follow_without_a_gap(day: date, kind: str) -> None:
    period = period_of(day, kind)
    assert period.start <= day <= period.end
    assert period.following().start == period.end + timedelta(days=1)
    assert period.following().previous() == period
    assert period.previous().following() == period
    assert period.year_before().start == period.start.replace(year=period.year - 1)


def test_before_the_first_quarter_comes_the_fourth_of_the_year_before() -> None:
    assert Period(2027, 1).previous() == Q4
    assert Q4.year_before() == Period(2025, 4)
    assert Q4.following() == Period(2027, 1)


def test_a_quarter_is_issued_checked_and_inspected_by_the_days_of_the_rules() -> None:
    assert deadlines(Q4, RULES) == Deadlines(date(2026, 10, 10), date(2026, 12, 25), date(2027, 1, 10))


def test_a_month_has_all_its_days_in_itself_and_the_next() -> None:
    found = deadlines(Period(2027, 2, "month"), RULES)
    assert found == Deadlines(date(2027, 2, 10), date(2027, 2, 25), date(2027, 3, 10))


def test_a_day_that_a_month_does_not_have_is_its_last() -> None:
    rules = RuleBook(tuple(replace(rule, value=31) for rule in RULES.rules if rule.unit == "monthday"))
    found = deadlines(Period(2027, 2, "month"), rules)
    assert found == Deadlines(date(2027, 2, 28), date(2027, 2, 28), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("inspected", "due"),
    [
        ("2027-01-08", "2027-01-15"),  # Friday
        ("2027-01-09", "2027-01-15"),  # Saturday
        ("2027-01-10", "2027-01-15"),  # Sunday
        ("2027-01-11", "2027-01-18"),  # Monday
    ],
)
def test_feedback_is_due_five_working_days_later_and_only_provisionally(inspected: str, due: str) -> None:
    found = feedback_due(date.fromisoformat(inspected), RULES)
    assert found == DueDay(date.fromisoformat(due), provisional=True)
    assert found.shown() == f"{due.replace('-', '.')}（暂算）"


def test_a_day_that_is_certain_is_shown_without_more_words() -> None:
    assert DueDay(date(2027, 1, 15)).shown() == "2027.01.15"


def test_rectification_and_verification_have_calendar_days() -> None:
    assert rectify_due(date(2027, 1, 10), RULES) == date(2027, 1, 25)
    assert verify_due(date(2027, 1, 20), RULES) == date(2027, 1, 25)


@pytest.mark.parametrize(
    ("state", "today", "words"),
    [
        (InspectionState.DRAFTED, "2026-10-10", []),
        (InspectionState.DRAFTED, "2026-10-12", ["应在 2026.10.10 以前完成下发，已经超过 2 天。"]),
        (InspectionState.ISSUED, "2026-12-26", ["应在 2026.12.25 以前完成自查，已经超过 1 天。"]),
        (InspectionState.SELF_CHECKED, "2027-01-15", ["应在 2027.01.10 以前完成检查，已经超过 5 天。"]),
        (InspectionState.INSPECTED, "2027-01-15", []),
        (InspectionState.INSPECTED, "2027-01-16", ["应在 2027.01.15 以前完成反馈，已经超过 1 天。"]),
        (InspectionState.FED_BACK, "2027-06-30", []),
    ],
)
def test_a_step_that_is_late_is_told(state: InspectionState, today: str, words: list[str]) -> None:
    found = late_steps(state, deadlines(Q4, RULES, date(2027, 1, 8)), date.fromisoformat(today))
    assert sentences(found) == words


def test_no_feedback_is_late_before_anybody_inspected() -> None:
    due = deadlines(Q4, RULES)
    assert due.feed_back_on is None
    assert late_steps(InspectionState.INSPECTED, due, date(2027, 6, 30)) == []
