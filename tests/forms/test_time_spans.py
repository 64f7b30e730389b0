"""The time of a meeting: stored, measured, shown and spelled."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.forms.time_spans import TimeSpan, span_of

DAY = date(2026, 11, 19)
THREE, FOUR = time(15), time(16, 40)


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2026-11-19T15:00/16:40", TimeSpan(DAY, THREE, FOUR)),
        ("2026-11-19T15:00", TimeSpan(DAY, THREE)),
        ("2026-11-19", TimeSpan(DAY)),
        ("2026-11", None),
        ("2026-11-31", None),
        ("2026-11-19T25:00", None),
        ("2026-11-19T15:00/", None),
        ("2026.11.19 15:00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_stored_time_is_read(value: str | None, span: TimeSpan | None) -> None:
    assert span_of(value) == span


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.none() | st.times(), st.none() | st.times())
def test_every_time_reads_back_to_the_minute(day: date, start: time | None, end: time | None) -> None:
    start, end = (clock.replace(second=0, microsecond=0) if clock else None for clock in (start, end))
    span = TimeSpan(day, start, end if start else None)
    assert span_of(span.written()) == span


@pytest.mark.parametrize(
    ("span", "minutes", "shown", "spelled"),
    [
        (
            TimeSpan(DAY, THREE, FOUR),
            100,
            "2026.11.19 15:00–16:40",
            "2026年11月19日 15:00—16:40",
        ),
        (TimeSpan(date(2026, 1, 5), time(8, 5)), None, "2026.01.05 08:05", "2026年1月5日 08:05"),
        (TimeSpan(DAY), None, "2026.11.19", "2026年11月19日"),
        (TimeSpan(DAY, FOUR, THREE), None, "2026.11.19 16:40–15:00", "2026年11月19日 16:40—15:00"),
        (TimeSpan(DAY, THREE, THREE), None, "2026.11.19 15:00–15:00", "2026年11月19日 15:00—15:00"),
    ],
)
def test_a_time_is_measured_shown_and_spelled(
    span: TimeSpan, minutes: int | None, shown: str, spelled: str
) -> None:
    assert (span.minutes, span.shown(), span.spelled()) == (minutes, shown, spelled)
