"""The numbers behind votes, elections, study hours and quality, each by its day (domain 1.4, 3.2, 3.3)."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.meetings.thresholds import majority_at, quorum_at
from domain.meetings.making import DAY, RULES

# For each number of voters: the quorum of an ordinary vote and that of an election, as domain 1.4 gives them.
WORKED = {9: (5, 8), 11: (6, 9), 15: (8, 12), 20: (11, 16), 50: (26, 40)}


@pytest.mark.parametrize("voters", list(WORKED))
def test_the_worked_numbers_hold(voters: int) -> None:
    ordinary, election = WORKED[voters]
    assert quorum_at(RULES, "ordinary", DAY).least(voters) == ordinary
    assert quorum_at(RULES, "admission", DAY).least(voters) == ordinary
    assert quorum_at(RULES, "election", DAY).least(voters) == election


@pytest.mark.parametrize(
    ("rule_id", "day", "value", "edition", "tag"),
    [
        ("admission_quorum_percent", date(2026, 5, 10), 50, "2014", "from memory"),
        ("admission_quorum_percent", date(2026, 5, 11), 50, "2026", "verified"),
        ("admission_written", date(2026, 5, 11), 1, "2026", "verified"),
        ("committee_written", DAY, 0, "2018", "from memory"),
        ("election_quorum_strict", date(2020, 7, 12), 1, "1990", "from memory"),
        ("election_quorum_strict", date(2020, 7, 13), 0, "2020", "from memory"),
        ("candidates_more_percent", DAY, 20, "2020", "verified"),
        ("ordinary_quorum_strict", DAY, 1, "1", "program"),
        ("people_per_vote", DAY, 1, "2026", "verified"),
        ("study_hour_minutes", DAY, 45, "2019", "from memory"),
        ("study_hours_member", DAY, 32, "2019", "verified"),
        ("study_hours_leader", DAY, 56, "2019", "from memory"),
        ("copied_percent", DAY, 90, "1", "program"),
    ],
)
def test_a_number_is_that_of_the_day_with_how_sure_it_is(
    rule_id: str, day: date, value: int, edition: str, tag: str
) -> None:
    rule = RULES.at(rule_id, day)
    assert (rule.value, rule.edition, rule.tag) == (value, edition, tag)


@pytest.mark.parametrize("family", ["ordinary", "admission", "committee", "election"])
def test_no_majority_is_exactly_half(family: str) -> None:
    assert majority_at(RULES, family, DAY).least(20) == 11
