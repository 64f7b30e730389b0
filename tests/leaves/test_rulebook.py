"""Rules are chosen by the date of the event."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.rulebook import Rule, RuleBook


def edition(name: str, begins: date, ends: date | None = None) -> Rule:
    return Rule("probation", 12, "month", name, begins, ends, f"source of {name}", "verified")


FIRST = edition("first", date(1956, 9, 26), date(1969, 4, 13))
SECOND = edition("second", date(1977, 8, 18), date(2026, 5, 10))
THIRD = edition("third", date(2026, 5, 11))
BOOK = RuleBook((THIRD, FIRST, SECOND))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1949, 10, 1), FIRST),
        (date(1956, 9, 25), FIRST),
        (date(1956, 9, 26), FIRST),
        (date(1969, 4, 13), FIRST),
        (date(1972, 1, 1), FIRST),
        (date(1977, 8, 17), FIRST),
        (date(1977, 8, 18), SECOND),
        (date(2026, 5, 10), SECOND),
        (date(2026, 5, 11), THIRD),
        (date(2099, 1, 1), THIRD),
    ],
)
def test_the_edition_in_force_on_the_day_is_chosen_and_else_the_one_before(day: date, expected: Rule) -> None:
    assert BOOK.at("probation", day) is expected


def test_behind_the_last_edition_the_last_one_still_answers() -> None:
    assert RuleBook((FIRST, SECOND)).at("probation", date(2030, 1, 1)) is SECOND


def test_the_first_and_the_last_day_of_an_edition_belong_to_it() -> None:
    days = [date(1956, 9, 25), date(1956, 9, 26), date(1969, 4, 13), date(1969, 4, 14)]
    assert [FIRST.holds_on(day) for day in days] == [False, True, True, False]
    assert THIRD.holds_on(date(2999, 1, 1))


def test_a_rule_that_no_file_has_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        BOOK.at("no_such_rule", date(2026, 1, 1))
