"""Dates known to the year, the month or the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.partial_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    PartialDate,
    add_months,
    add_years,
    day_before,
    whole_years,
)

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


def cut(day: date, parts: int) -> PartialDate:
    """`day` known to the year, the month or the day."""
    return PartialDate(*(day.year, day.month, day.day)[:parts])


@given(DAYS, st.integers(1, 3))
def test_every_date_is_read_back_as_it_was_written(day: date, parts: int) -> None:
    when = cut(day, parts)
    assert PartialDate.read(when.written()) == when


@given(DAYS, st.integers(1, 3), DAYS, st.integers(1, 3))
def test_written_dates_sort_in_the_order_of_their_first_days(
    day: date, parts: int, other: date, others: int
) -> None:
    one, two = cut(day, parts), cut(other, others)
    if one.first_day() < two.first_day():
        assert one.written() < two.written()


@given(DAYS, st.integers(1, 3))
def test_a_date_spans_from_its_first_to_its_last_possible_day(day: date, parts: int) -> None:
    when = cut(day, parts)
    assert when.first_day() <= day <= when.last_day()
    assert cut(when.first_day(), parts) == cut(when.last_day(), parts) == when


@pytest.mark.parametrize(
    ("when", "written", "shown", "spelled"),
    [
        (PartialDate(1998), "1998", "1998", "1998年"),
        (PartialDate(1998, 7), "1998-07", "1998.07", "1998年7月"),
        (PartialDate(1998, 7, 1), "1998-07-01", "1998.07.01", "1998年7月1日"),
        (PartialDate(2024, 12, 31), "2024-12-31", "2024.12.31", "2024年12月31日"),
    ],
)
def test_screen_and_paper_show_only_what_is_known(
    when: PartialDate, written: str, shown: str, spelled: str
) -> None:
    assert (when.written(), when.shown(), when.spelled()) == (written, shown, spelled)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "98",
        "1998.07",
        "1998-7",
        "1998-07-1",
        "1998-13",
        "1998-00",
        "1998-07-00",
        "1998-00-05",
        "2023-02-29",
        "1899-12-31",
        "2101-01-01",
        "1998-07-01 ",
        "１９９８",
        "1998-07-01T00:00",
    ],
)
def test_only_the_stored_form_of_a_day_that_exists_is_read(text: str | None) -> None:
    assert PartialDate.read(text) is None


def test_the_first_and_the_last_year_are_read() -> None:
    assert PartialDate.read("1900-01-01") == PartialDate(1900, 1, 1)
    assert PartialDate.read("2100-12-31") == PartialDate(2100, 12, 31)


@pytest.mark.parametrize(
    "parts", [(2023, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0), (2024, 5, 0), (2024, None, 5)]
)
def test_a_day_that_no_calendar_has_cannot_be_made(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        PartialDate(*parts)


def test_a_full_date_knows_that_it_is_full() -> None:
    assert PartialDate.of(date(2024, 2, 29)) == PartialDate(2024, 2, 29)
    assert PartialDate(2024, 2, 29).is_full
    assert not PartialDate(2024, 2).is_full


def test_the_last_day_of_february_follows_the_year() -> None:
    assert PartialDate(2024, 2).last_day() == date(2024, 2, 29)
    assert PartialDate(2023, 2).last_day() == date(2023, 2, 28)
    assert PartialDate(1900, 2).last_day() == date(1900, 2, 28)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        (PartialDate(1998), PartialDate(1999), True),
        (PartialDate(1998), PartialDate(1998, 7, 1), False),
        (PartialDate(1998, 6), PartialDate(1998, 7, 1), True),
        (PartialDate(1998, 7), PartialDate(1998, 7, 1), False),
        (PartialDate(1998, 6, 30), PartialDate(1998, 7), True),
        (PartialDate(1998, 7, 1), PartialDate(1998, 7, 1), False),
    ],
)
def test_a_date_is_surely_before_another_only_without_overlap(
    one: PartialDate, other: PartialDate, *, before: bool
) -> None:
    assert one.surely_before(other) is before


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 20), 0, date(2026, 5, 20)),
    ],
)
def test_months_later_is_the_same_day_clipped_to_the_end_of_the_month(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)), st.integers(-240, 240))
def test_months_later_never_leaves_the_month_that_was_meant(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_months(later, 0).day >= 28)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2000, 2, 29), date(2018, 2, 27), 17),
        (date(2000, 2, 29), date(2018, 2, 28), 18),
        (date(2000, 2, 29), date(2020, 2, 28), 19),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(1990, 7, 1), date(2026, 6, 30), 35),
        (date(1990, 7, 1), date(2026, 7, 1), 36),
        (date(2026, 7, 1), date(2026, 7, 1), 0),
        (date(2026, 7, 2), date(2026, 7, 1), -1),
    ],
)
def test_full_years_are_counted_on_the_day_and_from_the_28th_for_29_february(
    start: date, end: date, years: int
) -> None:
    assert whole_years(start, end) == years


def test_years_of_an_incomplete_date_count_from_its_first_possible_day() -> None:
    assert PartialDate(1998, 7).years_until(date(2026, 6, 30)) == 27
    assert PartialDate(1998, 7).years_until(date(2026, 7, 1)) == 28
    assert PartialDate(1998).years_until(date(2026, 1, 1)) == 28


def test_a_year_after_29_february_is_28_february() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_the_day_before_new_year_is_in_the_old_year() -> None:
    assert day_before(date(2026, 1, 1)) == date(2025, 12, 31)
