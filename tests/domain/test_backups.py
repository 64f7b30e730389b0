"""Which backups stay (storage 6): a table by hand and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.backups import BackupMark, backups_to_drop
from branchdesk.forms.rules import shipped_rules

NOW = datetime(2026, 11, 21, 17, 0)  # noqa: DTZ001 - backups carry the time on the wall
RULES = shipped_rules()


def kept(marks: list[BackupMark], now: datetime = NOW) -> list[int]:
    dropped = {mark.number for mark in backups_to_drop(marks, now, RULES)}
    return [mark.number for mark in marks if mark.number not in dropped]


def made(number: int, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> BackupMark:
    return BackupMark(number, datetime(year, month, day, hour, minute))  # noqa: DTZ001 - as above


def test_one_a_day_one_a_week_and_one_a_month_stay() -> None:
    marks = []
    number = 0
    day = datetime(2024, 6, 1, 12, 0)  # noqa: DTZ001 - as above
    while day <= NOW:
        for hour in (9, 16):
            number += 1
            marks.append(BackupMark(number, day.replace(hour=hour)))
        day += timedelta(days=1)
    by_number = {mark.number: mark.made for mark in marks}
    stay = [by_number[one] for one in kept(marks)]
    recent = [when for when in stay if when >= NOW - timedelta(days=2)]
    assert [f"{when:%m-%d %H}" for when in recent] == [
        "11-20 09",
        "11-20 16",
        "11-21 09",
        "11-21 16",
    ]
    older = [when for when in stay if when < NOW - timedelta(days=2)]
    assert all(when.hour == 16 for when in older)
    expected_days = {f"2026-11-{number:02}" for number in range(8, 22)}
    expected_weeks = {
        "2026-11-15",
        "2026-11-08",
        "2026-11-01",
        "2026-10-25",
        "2026-10-18",
        "2026-10-11",
        "2026-10-04",
    }
    expected_months = {
        *("2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30"),
        *("2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31", "2025-11-30", "2025-10-31", "2025-09-30"),
        *("2025-08-31", "2025-07-31", "2025-06-30", "2025-05-31", "2025-04-30", "2025-03-31", "2025-02-28"),
        *("2025-01-31", "2024-12-31"),
    }
    assert {f"{when:%Y-%m-%d}" for when in stay} == expected_days | expected_weeks | expected_months


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], []),
        ([made(1, 1999, 1, 1)], [1]),
        ([made(1, 2026, 11, 10, 9), made(2, 2026, 11, 10, 16)], [2]),
        ([made(1, 2026, 11, 19, 17), made(2, 2026, 11, 19, 18), made(3, 2026, 11, 21, 9)], [1, 2, 3]),
        ([made(1, 2026, 11, 19, 16, 59), made(2, 2026, 11, 19, 17, 30), made(3, 2026, 11, 21, 9)], [2, 3]),
        ([made(1, 2026, 11, 10, 9), made(2, 2026, 11, 10, 16), made(3, 2026, 11, 21, 9)], [2, 3]),
        ([replace(made(1, 2026, 11, 10, 9), pinned=True), made(2, 2026, 11, 10, 16)], [1, 2]),
        # a clock that was set back: the running number decides which one is the newest of its day
        ([made(1, 2026, 11, 10, 16), made(2, 2026, 11, 10, 9), made(3, 2026, 11, 21, 9)], [2, 3]),
        # a clock that ran ahead
        ([made(1, 2031, 1, 1), made(2, 2031, 1, 1), made(3, 2026, 11, 21)], [1, 2, 3]),
        # Monday 28 December 2026 and Friday 1 January 2027 are of one week
        ([made(1, 2026, 12, 28), made(2, 2027, 1, 1)], [1, 2]),
    ],
)
def test_small_cases_by_hand(marks: list[BackupMark], expected: list[int]) -> None:
    assert kept(marks) == expected


def test_the_days_that_stay_are_the_days_with_backups_and_not_those_of_the_calendar() -> None:
    """A branch that opens its file once a month keeps fourteen days, eight weeks and twenty-four months."""
    first = datetime(2020, 1, 15, 9)  # noqa: DTZ001 - as above
    marks = [BackupMark(month, first + timedelta(days=31 * month)) for month in range(80)]
    assert len(kept(marks)) == 24
    assert kept(marks) == list(range(56, 80))


@given(
    st.lists(
        st.tuples(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), st.booleans()),  # noqa: DTZ001
        min_size=1,
        max_size=120,
    )
)
def test_the_newest_the_pinned_and_the_recent_always_stay_and_thinning_twice_changes_nothing(
    drawn: list[tuple[datetime, bool]],
) -> None:
    marks = [BackupMark(number, when, pinned) for number, (when, pinned) in enumerate(drawn)]
    stay = kept(marks)
    assert marks[-1].number in stay
    recent = NOW - timedelta(days=2)
    assert {mark.number for mark in marks if mark.pinned or mark.made >= recent} <= set(stay)
    left = [mark for mark in marks if mark.number in stay]
    assert kept(left) == stay
