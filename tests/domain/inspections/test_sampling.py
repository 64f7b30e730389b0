"""A random sample that anybody can draw again from its seed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.inspections.sampling import draw

UIDS = [f"u{place:02}" for place in range(1, 23)]


def test_a_seed_draws_the_same_five_for_ever() -> None:
    assert draw(20261116, UIDS, 5) == ["u13", "u19", "u21", "u04", "u12"]
    assert draw(7, UIDS, 5) == ["u18", "u01", "u14", "u04", "u11"]


@given(st.permutations(UIDS), st.integers(0, 2**31))
def test_the_order_in_which_people_are_listed_changes_nothing(listed: list[str], seed: int) -> None:
    assert draw(seed, listed, 5) == draw(seed, UIDS, 5)


@given(st.integers(), st.lists(st.sampled_from(UIDS)), st.integers(-2, 30))
def test_a_sample_names_each_once_and_no_more_than_there_are(seed: int, listed: list[str], size: int) -> None:
    sample = draw(seed, listed, size)
    assert len(sample) == len(set(sample)) == min(max(0, size), len(set(listed)))
    assert set(sample) <= set(listed)


@given(st.integers(0, 1000), st.integers(0, 21))
def test_a_larger_sample_goes_on_where_a_smaller_one_ends(seed: int, size: int) -> None:
    assert draw(seed, UIDS, size + 1)[:size] == draw(seed, UIDS, size)


def test_everybody_has_about_the_same_chance() -> None:
    drawn = [uid for seed in range(2200) for uid in draw(seed, UIDS, 5)]
    assert all(400 < drawn.count(uid) < 600 for uid in UIDS)
