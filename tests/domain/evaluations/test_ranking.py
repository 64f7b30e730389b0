"""Places of totals, with ties shared or in order (domain 6.4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.evaluations.ranking import ranked
from domain.evaluations.making import number

EXAMPLES = settings(max_examples=50, deadline=None)
TOTALS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.none() | st.integers(0, 5).map(Decimal)
)


@pytest.mark.parametrize(
    ("totals", "shared", "ordered"),
    [
        ("", "", ""),
        ("90.0", "1", "1"),
        ("80.0 90.0", "2 1", "2 1"),
        ("90.0 90.0", "1 1", "1 2"),
        ("90.0 90.0 80.0", "1 1 3", "1 2 3"),
        ("70.0 90.0 80.0 90.0", "4 1 3 1", "4 1 3 2"),
        ("80.0 90.0 80.0 80.0 70.0", "2 1 2 2 5", "2 1 3 4 5"),
        ("60.0 60.0 60.0", "1 1 1", "1 2 3"),
        ("90.0 - 80.0", "1 - 2", "1 - 2"),
        ("- -", "- -", "- -"),
        ("0.0 - 0.0", "1 - 1", "1 - 2"),
        ("90 90.0", "1 1", "1 2"),
    ],
)
def test_equal_totals_share_a_place_or_stand_in_the_order_of_the_sheet(
    totals: str, shared: str, ordered: str
) -> None:
    given_totals = {f"s{place:02}": number(text) for place, text in enumerate(totals.split())}
    for ties, expected in (("shared", shared), ("ordered", ordered)):
        places = {subject: str(place) for place, subject in ranked(given_totals, ties)}
        assert " ".join(places.get(subject, "-") for subject in given_totals) == expected


def test_the_highest_comes_first_and_equals_as_they_were_given() -> None:
    totals = {"s9": Decimal(80), "s1": Decimal(90), "s5": Decimal(90)}
    assert ranked(totals) == [(1, "s1"), (1, "s5"), (3, "s9")]
    assert ranked(totals, "ordered") == [(1, "s1"), (2, "s5"), (3, "s9")]


@EXAMPLES
@given(TOTALS)
def test_shared_places_do_not_depend_on_the_order_of_the_subjects(
    totals: dict[str, Decimal | None],
) -> None:
    turned = dict(reversed(totals.items()))
    assert sorted(ranked(totals)) == sorted(ranked(turned))


@EXAMPLES
@given(TOTALS)
def test_who_has_more_stands_before_who_has_less(totals: dict[str, Decimal | None]) -> None:
    for ties in ("shared", "ordered"):
        places = {subject: place for place, subject in ranked(totals, ties)}
        for one, its_place in places.items():
            for other, place in places.items():
                mine, theirs = totals[one], totals[other]
                assert mine is not None
                assert theirs is not None
                assert (mine > theirs) <= (its_place < place)
                assert ties == "ordered" or (mine == theirs) == (its_place == place)
    assert len({place for place, _subject in ranked(totals, "ordered")}) == len(ranked(totals))
