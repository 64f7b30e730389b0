"""Ballots: two countings that must agree, and what they say, unless they are too few (domain 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from branchdesk.domain.evaluations.ballots import (
    NOT_COUNTED,
    Difference,
    agreed,
    combined,
    differences,
    is_same_counter,
    most_voted,
    reference,
    tally,
    votes_of,
)
from branchdesk.domain.evaluations.model import Batch, Count, Pass
from domain.evaluations.making import APPRAISAL, COUNTED, VOTES, batch, counting

FIRST = COUNTED.passes[0]


def votes(text: str) -> dict[str, int]:
    """Votes for the four grades, best first, and blanks if there is a fifth number."""
    return dict(
        zip(("excellent", "qualified", "basic", "unqualified", ""), map(int, text.split()), strict=False)
    )


# ---- two passes


def test_two_equal_passes_by_two_people_hold() -> None:
    assert differences(COUNTED) == ()
    assert agreed(COUNTED) == FIRST


def test_one_vote_moved_in_one_pass_is_found() -> None:
    wrong = {**VOTES, "s2": {"excellent": 3, "qualified": 4, "basic": 2, "unqualified": 1}}
    one = replace(COUNTED, passes=(FIRST, counting(2, "陈志远", 10, wrong)))
    assert differences(one) == (Difference("s2", "excellent", 2, 3), Difference("s2", "qualified", 5, 4))
    assert agreed(one) is None
    assert tally(APPRAISAL, one, 5) == NOT_COUNTED


def test_a_blank_that_was_overlooked_is_found() -> None:
    wrong = {**VOTES, "s1": {"excellent": 6, "qualified": 4}}
    one = replace(COUNTED, passes=(FIRST, counting(2, "陈志远", 10, wrong)))
    assert differences(one) == (Difference("s1", "", 1, 0), Difference("s1", "qualified", 3, 4))


def test_another_number_of_ballots_comes_first_among_the_differences() -> None:
    one = replace(COUNTED, passes=(FIRST, counting(2, "陈志远", 11, {**VOTES, "s3": {"qualified": 11}})))
    found = differences(one)
    assert found == (Difference("", "", 10, 11), Difference("s3", "qualified", 0, 11))
    assert [each.is_of_ballots for each in found] == [True, False]


def test_a_row_that_only_the_first_pass_has_is_found() -> None:
    one = replace(COUNTED, passes=(FIRST, counting(2, "陈志远", 10, {"s1": VOTES["s1"]})))
    assert [(each.subject, each.second) for each in differences(one)] == [("s2", 0)] * 4


@pytest.mark.parametrize("kept", [0, 1])
def test_one_pass_alone_has_no_differences_and_does_not_hold(kept: int) -> None:
    one = replace(COUNTED, passes=COUNTED.passes[kept : kept + 1])
    assert differences(one) == ()
    assert agreed(one) is None
    assert not tally(APPRAISAL, one, 5).counted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("李敏", "陈志远", False),
        ("李敏", "李敏", True),
        ("王明", "王　明", True),
        ("", "李敏", True),
        ("李敏", " ", True),
    ],
)
def test_two_passes_by_one_person_do_not_hold(one: str, other: str, *, same: bool) -> None:
    assert is_same_counter(one, other) == same
    passes = (counting(1, one, 10, VOTES), counting(2, other, 10, VOTES))
    assert (agreed(replace(COUNTED, passes=passes)) is None) == same


def test_a_zero_is_the_same_as_nothing_and_rows_add_up() -> None:
    counts = (
        Count("s1", "qualified", 1),
        Count("s1", "qualified", 2),
        Count("s1", "basic", 0),
        Count("s2", "", 0),
    )
    assert votes_of(Pass(1, "李敏", 3, counts)) == {"s1": {"qualified": 3}}


# ---- the tally


def test_a_tally_shows_all_grades_blanks_reference_and_suggestion() -> None:
    found = tally(APPRAISAL, COUNTED, 5)
    assert (found.valid, found.hidden, found.counted) == (10, False, True)
    assert list(found.rows) == ["s1", "s2"]
    first, second = found.rows["s1"], found.rows["s2"]
    assert dict(first.counts) == {"excellent": 6, "qualified": 3, "basic": 0, "unqualified": 0}
    assert (first.blank, first.votes, first.suggested) == (1, 9, "excellent")
    assert (first.reference, second.reference) == (Decimal("93.3"), Decimal("75.0"))
    assert (second.blank, second.suggested) == (0, "qualified")


@pytest.mark.parametrize(
    ("text", "value", "suggested"),
    [
        ("10 0 0 0", "100.0", "excellent"),
        ("0 0 0 10", "30.0", "unqualified"),
        ("4 3 2 1", "79.0", "excellent"),
        ("3 4 2 1", "77.0", "qualified"),
        ("1 1 1 1", "67.5", ""),
        ("5 5 0 0", "90.0", ""),
        ("0 5 5 0", "70.0", ""),
        ("1 2 0 0", "86.7", "qualified"),
        ("2 1 0 0", "93.3", "excellent"),
        ("3 4 0 1", "81.3", "qualified"),  # 650 of 8 votes are 81.25
        ("0 0 1 7", "33.8", "unqualified"),  # 270 of 8 votes are 33.75
        ("0 1 1 0 6", "70.0", ""),
        ("1 0 0 0 9", "100.0", "excellent"),
        ("0 0 0 0 8", "-", ""),
        ("0 0 0 0 0", "-", ""),
    ],
)
def test_votes_have_an_average_value_and_suggest_the_most_frequent_grade(
    text: str, value: str, suggested: str
) -> None:
    own = votes(text)
    blank = own.pop("", 0)
    assert str(reference(APPRAISAL, own)) == ("None" if value == "-" else value)
    assert most_voted(own) == suggested
    number = sum(own.values()) + blank
    found = tally(APPRAISAL, batch({"s1": {**own, "": blank}}, ballots=number), 0)
    assert [(str(row.reference), row.suggested) for row in found.rows.values()] == (
        [("None" if value == "-" else value, suggested)] if number else []
    )


@pytest.mark.parametrize(("ballots", "is_hidden"), [(0, True), (1, True), (4, True), (5, False), (6, False)])
def test_fewer_than_five_ballots_stay_secret(ballots: int, *, is_hidden: bool) -> None:
    found = tally(APPRAISAL, batch({"s1": {"qualified": ballots}}, ballots=ballots), 5)
    assert (found.hidden, found.valid, found.counted) == (is_hidden, ballots, True)
    assert bool(found.rows) != is_hidden


def test_a_batch_of_which_nothing_was_handed_out_has_no_tally() -> None:
    assert tally(APPRAISAL, Batch("b1", "2026-01"), 5) == NOT_COUNTED


def test_no_choice_at_all_is_most_voted_among_none() -> None:
    assert most_voted({}) == ""


# ---- several batches together


def pair(one: Mapping[str, int], other: Mapping[str, int]) -> list[Batch]:
    return [
        batch({"s1": one}, ballots=sum(one.values()), uid="b1"),
        batch({"s1": other, "s2": other}, ballots=sum(other.values()), uid="b2"),
    ]


def test_batches_add_up() -> None:
    found = combined(APPRAISAL, pair(votes("3 2 0 0 1"), votes("1 4 0 0 0")), 5)
    assert found.valid == 11
    assert dict(found.rows["s1"].counts) == {"excellent": 4, "qualified": 6, "basic": 0, "unqualified": 0}
    assert (found.rows["s1"].blank, found.rows["s2"].votes) == (1, 5)
    assert found.rows["s1"].suggested == "qualified"


def test_one_batch_together_is_its_own_tally() -> None:
    assert combined(APPRAISAL, [COUNTED], 5) == tally(APPRAISAL, COUNTED, 5)


def test_a_secret_batch_is_not_given_away_by_the_sum() -> None:
    large, small = pair(votes("3 2 0 0"), votes("1 3 0 0"))
    assert combined(APPRAISAL, [large, small], 5) == tally(APPRAISAL, large, 5)


def test_several_secret_batches_stay_secret_together() -> None:
    found = combined(APPRAISAL, pair(votes("3 1 0 0"), votes("1 3 0 0")), 5)
    assert (found.valid, found.hidden, dict(found.rows)) == (8, True, {})


def test_before_all_batches_are_counted_there_is_nothing_together() -> None:
    assert combined(APPRAISAL, [COUNTED, Batch("b2", "2026-02")], 5) == NOT_COUNTED
    assert combined(APPRAISAL, [], 5) == NOT_COUNTED
