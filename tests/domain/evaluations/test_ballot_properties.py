"""What holds of all ballots: one wrong digit in one pass is always found, and secrets stay secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from branchdesk.domain.evaluations.ballot_findings import heads
from branchdesk.domain.evaluations.ballots import agreed, combined, differences, tally
from branchdesk.domain.evaluations.model import Batch, Count, Pass
from domain.evaluations.making import APPRAISAL, GRADES

EXAMPLES = settings(max_examples=60, deadline=None)
CHOICES = [*(one.code for one in GRADES), ""]
LEAST = 5


@st.composite
def countings(draw: st.DrawFn, most: int = 30) -> Pass:
    """A pass in which the votes on everybody are as many as the ballots."""
    ballots = draw(st.integers(0, most))
    counts = []
    for place in range(draw(st.integers(1, 6))):
        cuts = sorted(draw(st.lists(st.integers(0, ballots), min_size=4, max_size=4)))
        numbers = [after - before for before, after in zip([0, *cuts], [*cuts, ballots], strict=True)]
        counts += [Count(f"s{place}", choice, votes) for choice, votes in zip(CHOICES, numbers, strict=True)]
    return Pass(1, "李敏", ballots, tuple(counts))


def both(first: Pass, second: Pass) -> Batch:
    return Batch(
        "b1",
        "2026-01",
        issued=first.ballots + 3,
        returned=first.ballots + 1,
        spoiled=1,
        passes=(first, replace(second, number=2, counter="陈志远")),
    )


def names_of(counting: Pass) -> dict[str, str]:
    return {one.subject: f"党员{one.subject}" for one in counting.counts}


def with_votes(counting: Pass, place: int, votes: int) -> Pass:
    counts = list(counting.counts)
    counts[place] = replace(counts[place], votes=votes)
    return replace(counting, counts=tuple(counts))


@EXAMPLES
@given(countings(), st.data())
def test_one_wrong_number_in_one_pass_is_always_found(first: Pass, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(first.counts) - 1))
    votes = data.draw(st.integers(0, 99))
    assume(votes != first.counts[place].votes)
    wrong = with_votes(first, place, votes)
    for batch in (both(first, wrong), both(wrong, first)):
        assert len(differences(batch)) == 1
        assert {one.code for one in heads(batch, names_of(first), APPRAISAL)} == {"sum_differs"}
        assert agreed(batch) is None
        assert not tally(APPRAISAL, batch, LEAST).counted


@EXAMPLES
@given(countings(), st.data())
def test_one_ballot_under_the_wrong_grade_in_one_pass_is_always_found(
    first: Pass, data: st.DataObject
) -> None:
    held = [place for place, one in enumerate(first.counts) if one.votes]
    assume(held)
    place = data.draw(st.sampled_from(held))
    own = [
        other
        for other, one in enumerate(first.counts)
        if one.subject == first.counts[place].subject and other != place
    ]
    target = data.draw(st.sampled_from(own))
    moved = with_votes(first, place, first.counts[place].votes - 1)
    moved = with_votes(moved, target, first.counts[target].votes + 1)
    batch = both(first, moved)
    assert heads(batch, names_of(first), APPRAISAL) == []
    assert {(one.subject, one.choice) for one in differences(batch)} == {
        (first.counts[each].subject, first.counts[each].choice) for each in (place, target)
    }
    assert agreed(batch) is None


@EXAMPLES
@given(countings(), st.integers(0, 99))
def test_one_wrong_number_of_ballots_in_one_pass_is_always_found(first: Pass, ballots: int) -> None:
    assume(ballots != first.ballots)
    batch = both(first, replace(first, ballots=ballots))
    assert any(one.is_of_ballots for one in differences(batch))
    assert agreed(batch) is None


@EXAMPLES
@given(countings(), st.integers(0, 2), st.integers(0, 99))
def test_one_wrong_head_is_found_where_the_countings_can_tell(first: Pass, head: int, number: int) -> None:
    """What was handed out is known from nothing else: any number of at least those back may be right."""
    batch = both(first, first)
    name = ("issued", "returned", "spoiled")[head]
    changed: dict[str, Any] = {name: number}
    wrong = replace(batch, **changed)
    if name == "issued":
        assert bool(heads(wrong)) == (number < first.ballots + 1)
    else:
        assert bool(heads(wrong)) == (number != getattr(batch, name))


@EXAMPLES
@given(countings(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(first: Pass, random: Random) -> None:
    rows = list(first.counts)
    random.shuffle(rows)
    other = both(first, replace(first, counts=tuple(rows)))
    assert differences(other) == ()
    turned = replace(other, passes=tuple(reversed(other.passes)))
    assert tally(APPRAISAL, turned, LEAST) == tally(APPRAISAL, both(first, first), LEAST)


@EXAMPLES
@given(countings(most=9))
def test_a_tally_gives_everything_out_or_nothing(first: Pass) -> None:
    found = tally(APPRAISAL, both(first, first), LEAST)
    assert found.hidden == (first.ballots < LEAST)
    assert bool(found.rows) != found.hidden
    for row in found.rows.values():
        assert row.votes + row.blank == found.valid
        assert row.reference is None or Decimal(30) <= row.reference <= Decimal(100)


@EXAMPLES
@given(st.lists(countings(most=12), min_size=1, max_size=4))
def test_nothing_of_a_secret_batch_can_be_worked_out_from_the_others(passes: Sequence[Pass]) -> None:
    batches = [both(one, one) for one in passes]
    open_ones = [one for one, first in zip(batches, passes, strict=True) if first.ballots >= LEAST]
    found = combined(APPRAISAL, batches, LEAST)
    assert found.hidden == (not open_ones)
    if open_ones:
        assert found == combined(APPRAISAL, open_ones, LEAST)
