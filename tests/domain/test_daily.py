"""The daily record of a member: how far a month has come, and what meetings and points add up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from branchdesk.domain.daily import (
    DailyFigures,
    DailyRecord,
    DailyState,
    MeetingSaid,
    MonthState,
    attendance_sentence,
    label_of,
    month_state,
    summed,
)
from branchdesk.domain.meetings.model import Presence

TODAY = date(2026, 11, 21)
WRITTEN = {"work": "按时完成。"}


def record(state: DailyState = DailyState.OPEN, /, **values: str) -> DailyRecord:
    return DailyRecord("r", "member.daily", 1, "o", "p", "何静", 2026, 5, "写实", state, values)


@pytest.mark.parametrize(
    ("held", "year", "month", "found"),
    [
        (None, 2026, 11, MonthState.EMPTY),
        (None, 2026, 12, MonthState.AHEAD),
        (None, 2027, 1, MonthState.AHEAD),
        (None, 2025, 12, MonthState.EMPTY),
        (record(), 2026, 5, MonthState.EMPTY),
        (record(**WRITTEN), 2026, 5, MonthState.WRITTEN),
        (record(DailyState.FINAL, **WRITTEN), 2026, 5, MonthState.COMPLETE),
        (record(**WRITTEN), 2026, 12, MonthState.WRITTEN),
    ],
)
def test_a_month_is_empty_written_or_complete(
    held: DailyRecord | None, year: int, month: int, found: MonthState
) -> None:
    assert month_state(held, year, month, TODAY) is found


def test_states_have_words() -> None:
    assert [label_of(state) for state in DailyState] == ["填写中", "已定稿"]


def said(uid: str, presence: Presence | None, hours: str = "0") -> MeetingSaid:
    return MeetingSaid(uid, "会", date(2026, 5, 6), presence, hours=Decimal(hours))


def test_figures_count_those_meetings_only_at_which_the_member_was_expected() -> None:
    figures = DailyFigures(
        (
            said("a", Presence.PRESENT, "1.5"),
            said("b", Presence.LEAVE),
            said("c", Presence.ABSENT),
            said("d", None, "2"),
        )
    )
    assert figures.expected == 3
    assert figures.hours == Decimal("3.5")
    assert attendance_sentence(figures) == "应到 3 次，实到 1 次，请假 1 次，缺席 1 次"


def test_whoever_was_not_marked_is_named_and_not_left_out() -> None:
    figures = DailyFigures((said("a", Presence.PRESENT), said("b", Presence.UNMARKED)))
    assert attendance_sentence(figures) == "应到 2 次，实到 1 次，请假 0 次，缺席 0 次，未签到 1 次"


def test_without_any_meeting_there_is_nothing_to_say() -> None:
    assert attendance_sentence(DailyFigures((said("talk", None, "1"),))) == ""


def test_a_year_is_the_sum_of_its_months_and_what_is_unknown_stays_out() -> None:
    months = [
        DailyFigures((said("a", Presence.PRESENT, "2"),), Decimal("3.5"), "2026-05"),
        DailyFigures((), None, ""),
        DailyFigures((said("b", Presence.ABSENT),), Decimal(-2), "2026-07"),
    ]
    year = summed(months)
    assert (year.expected, year.times(Presence.ABSENT), year.hours) == (2, 1, Decimal(2))
    assert (year.points, year.dues_until) == (Decimal("1.5"), "2026-07")
    assert summed([]) == DailyFigures()
