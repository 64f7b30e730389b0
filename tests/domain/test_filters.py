"""What clerks type above a column (ux G8)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.filters import Filter, Kind, date_comparison, date_fragment, read_filter
from branchdesk.partial_dates import PartialDate, add_years, whole_years

TODAY = date(2026, 11, 21)
OPERATORS = {
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    "=": lambda one, other: one == other,
}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        ("  ", None),
        (">", None),
        (">=", None),
        ("<", None),
        ("<=", None),
        ("=", None),
        ("≥", None),
        ("＞", None),
        ("＞＝", None),
        ("＝", None),
        ("空", Filter(Kind.EMPTY)),
        ("空白", Filter(Kind.EMPTY)),
        (" Empty ", Filter(Kind.EMPTY)),
        ("非空", Filter(Kind.FILLED)),
        ("不空", Filter(Kind.FILLED)),
        ("filled", Filter(Kind.FILLED)),
        (">40", Filter(Kind.COMPARES, "40", ">")),
        ("> 40 ", Filter(Kind.COMPARES, "40", ">")),
        ("＞40", Filter(Kind.COMPARES, "40", ">")),
        (">=40", Filter(Kind.COMPARES, "40", ">=")),
        ("＞＝40", Filter(Kind.COMPARES, "40", ">=")),
        ("≥40", Filter(Kind.COMPARES, "40", ">=")),
        ("<2010.06", Filter(Kind.COMPARES, "2010.06", "<")),
        ("＜＝2010.06", Filter(Kind.COMPARES, "2010.06", "<=")),
        ("≤30", Filter(Kind.COMPARES, "30", "<=")),
        ("=张三", Filter(Kind.COMPARES, "张三", "=")),
        ("＝张三", Filter(Kind.COMPARES, "张三", "=")),
        ("张", Filter(Kind.CONTAINS, "张")),
        (" lml ", Filter(Kind.CONTAINS, "lml")),
        ("2010.06", Filter(Kind.CONTAINS, "2010.06")),
        ("a>b", Filter(Kind.CONTAINS, "a>b")),
        ("空军", Filter(Kind.CONTAINS, "空军")),
    ],
)
def test_a_text_above_a_column_is_a_word_a_comparison_or_emptiness(
    typed: str, expected: Filter | None
) -> None:
    assert read_filter(typed) == expected


def kept(typed: str, stored: list[str]) -> list[str]:
    """The stored dates that a filter lets through, compared as the branch file compares texts."""
    wanted = read_filter(typed)
    assert wanted is not None
    comparison = date_comparison(wanted, TODAY)
    assert comparison is not None
    operator, edge = comparison
    return [text for text in stored if OPERATORS[operator](text, edge)]


BORN = ["1985-11-21", "1985-11-22", "1986-05-01", "1986-11-21", "1986-11-22", "1990-01-01"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (">40", ["1985-11-21"]),
        (">=40", ["1985-11-21", "1985-11-22", "1986-05-01", "1986-11-21"]),
        ("≥40", ["1985-11-21", "1985-11-22", "1986-05-01", "1986-11-21"]),
        ("<40", ["1986-11-22", "1990-01-01"]),
        ("<=40", ["1985-11-22", "1986-05-01", "1986-11-21", "1986-11-22", "1990-01-01"]),
        ("=40", ["1986-11-21"]),
        (">130", []),
        (">0", BORN),
    ],
)
def test_a_bare_number_above_a_date_counts_full_years(typed: str, expected: list[str]) -> None:
    assert kept(typed, BORN) == expected


@given(st.dates(date(1926, 1, 1), TODAY), st.integers(0, 110), st.sampled_from([">", ">=", "<", "<="]))
def test_the_filter_of_an_age_agrees_with_the_age_that_is_shown(
    born: date, years: int, operator: str
) -> None:
    shown = whole_years(born, TODAY)
    found = kept(f"{operator}{years}", [born.isoformat()])
    assert bool(found) == OPERATORS[operator](shown, years)


DATES = ["2009-12-31", "2010", "2010-05-31", "2010-06", "2010-06-01", "2010-06-30", "2010-07-01", "2011"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (">2010", ["2011"]),
        (">=2010", DATES[1:]),
        ("<2010", ["2009-12-31"]),
        ("<=2010", DATES[:-1]),
        (">2010.06", ["2010-07-01", "2011"]),
        (">=2010.6", ["2010-06", "2010-06-01", "2010-06-30", "2010-07-01", "2011"]),
        ("<2010年6月", ["2009-12-31", "2010", "2010-05-31"]),
        ("<=2010/06", DATES[:-2]),
        (">2010-6-1", ["2010-06-30", "2010-07-01", "2011"]),
        ("<=2010年6月1日", ["2009-12-31", "2010", "2010-05-31", "2010-06", "2010-06-01"]),
        ("=2010.06.01", ["2010-06-01"]),
    ],
)
def test_dates_compare_up_to_the_end_of_the_year_or_month_that_was_typed(
    typed: str, expected: list[str]
) -> None:
    assert kept(typed, DATES) == expected


@pytest.mark.parametrize(
    "typed", [">131", ">999", ">1899", ">2010.13", ">2010..6", ">abc", ">张", ">2010.2.30", ">."]
)
def test_what_is_neither_age_nor_date_compares_with_nothing(typed: str) -> None:
    wanted = read_filter(typed)
    assert wanted is not None
    assert date_comparison(wanted, TODAY) is None


def test_an_age_on_29_february_counts_from_the_28th() -> None:
    wanted = read_filter(">=18")
    assert wanted is not None
    assert date_comparison(wanted, date(2024, 2, 29)) == ("<=", "2006-02-28")
    assert add_years(date(2024, 2, 29), -18) == date(2006, 2, 28)


@pytest.mark.parametrize(
    ("typed", "found"), [("2010.06", "2010-06-29"), ("2010/06", "2010-06-29"), ("06.29", "2010-06-29")]
)
def test_a_part_of_a_shown_date_finds_the_stored_one(typed: str, found: str) -> None:
    stored = PartialDate.read(found)
    assert stored is not None
    assert date_fragment(typed) in stored.written()
