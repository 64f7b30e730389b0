"""Terms and posts of a committee (domain 1.2, 1.3)."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.committee import (
    Post,
    committee_findings,
    holders_gone,
    posts_on,
    term_due,
    term_findings,
    term_years,
)
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.findings import Severity
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.rules import shipped_rules
from branchdesk.partial_dates import PartialDate

DAY = date(2026, 11, 21)
RULES = shipped_rules()


def posts(*codes: str) -> list[Post]:
    """Each post held by somebody else."""
    return [Post(f"m{place}", "b", code) for place, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, True),
        ("2026-11-21", None, True),
        ("2026-11-22", None, False),
        ("2026-11", None, True),
        ("2026", None, True),
        ("2026-12", None, False),
        (None, "2026-11-21", True),
        (None, "2026-11-20", False),
        (None, "2026-11", True),
        (None, "2026", True),
        (None, "2026-10", False),
        ("2020-01-01", "2023-01-01", False),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_possible_day(
    since: str | None, until: str | None, *, held: bool
) -> None:
    post = Post("m", "b", "secretary", PartialDate.read(since), PartialDate.read(until))
    assert posts_on([post], DAY) == ([post] if held else [])


@pytest.mark.parametrize(
    ("since", "until", "day", "held"),
    [
        (None, None, date(2026, 11, 20), False),
        (None, None, date(2026, 11, 21), True),
        (None, "2027-01", date(2026, 11, 20), False),
        (None, "2020-05", date(2020, 5, 31), True),
        (None, "2020-05", date(2020, 6, 1), False),
        ("2020-05", None, date(2020, 5, 1), True),
    ],
)
def test_a_post_without_a_first_day_counts_from_the_day_it_was_entered(
    since: str | None, until: str | None, day: date, *, held: bool
) -> None:
    post = Post("m", "b", "secretary", PartialDate.read(since), PartialDate.read(until), entered=DAY)
    assert bool(posts_on([post], day)) is held


@pytest.mark.parametrize(
    ("since", "before"),
    [
        (None, False),
        ("2025", False),
        ("2026", False),
        ("2026-11", False),
        ("2026-11-20", True),
        ("2025", True),
    ],
)
def test_a_post_began_before_a_day_only_where_that_is_sure(since: str | None, *, before: bool) -> None:
    day = DAY if before else date(2025, 6, 1)
    assert Post("m", "b", "secretary", PartialDate.read(since), entered=DAY).begins_before(day) is before


@pytest.mark.parametrize(
    ("kind", "field", "years"),
    [
        (OrganisationKind.BRANCH, None, 3),
        (OrganisationKind.BRANCH, "rural", 5),
        (OrganisationKind.BRANCH, "community", 5),
        (OrganisationKind.BRANCH, "school", 3),
        (OrganisationKind.JOINT_BRANCH, None, 3),
        (OrganisationKind.GENERAL_BRANCH, None, 3),
        (OrganisationKind.GENERAL_BRANCH, "rural", 5),
        (OrganisationKind.COMMITTEE, None, 5),
        (OrganisationKind.COMMITTEE, "rural", 5),
    ],
)
def test_a_term_lasts_three_years_and_five_in_villages_and_committees(
    kind: OrganisationKind, field: str | None, years: int
) -> None:
    assert term_years(kind, field, RULES, DAY) == years


def test_the_fields_with_longer_terms_are_in_the_dictionary() -> None:
    assert {"rural", "community"} <= set(shipped_dictionaries()["org_field"].by_code)


@pytest.mark.parametrize(
    ("elected", "years", "due"),
    [
        (date(2023, 11, 21), 3, date(2026, 11, 21)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_a_term_ends_on_the_same_day_years_later(elected: date, years: int, due: date) -> None:
    assert term_due(elected, years) == due


@pytest.mark.parametrize(
    ("due", "day", "code"),
    [
        (date(2026, 11, 21), date(2026, 5, 20), None),
        (date(2026, 11, 21), date(2026, 5, 21), "term_ending"),
        (date(2026, 11, 21), date(2026, 11, 20), "term_ending"),
        (date(2026, 11, 21), date(2026, 11, 21), "term_over"),
        (date(2026, 11, 21), date(2028, 1, 1), "term_over"),
        (date(2027, 2, 28), date(2026, 8, 27), None),
        (date(2027, 2, 28), date(2026, 8, 28), "term_ending"),
        (date(2027, 2, 28), date(2026, 8, 31), "term_ending"),
    ],
)
def test_a_renewal_is_reminded_six_months_ahead_and_named_when_over(
    due: date, day: date, code: str | None
) -> None:
    found = term_findings(due, day, RULES)
    assert [finding.code for finding in found] == ([code] if code else [])
    for finding in found:
        assert f"{due:%Y.%m.%d}" in finding.sentence
        assert "选举工作条例" in finding.rule
        assert finding.severity is (Severity.WARN if code == "term_over" else Severity.NOTE)


@pytest.mark.parametrize(
    ("held", "codes"),
    [
        (posts(), []),
        (posts("group_leader"), []),
        (posts("secretary"), []),
        (posts("secretary", "deputy"), []),
        (posts("deputy"), ["no_secretary"]),
        (posts("secretary", "organisation", "publicity"), ["no_discipline_officer"]),
        (posts("secretary", "organisation", "discipline"), []),
        (posts("organisation", "publicity", "committee"), ["no_secretary", "no_discipline_officer"]),
        (posts("secretary", "deputy", "organisation", "publicity", "discipline", "youth", "mass"), []),
        (
            posts(
                "secretary", "deputy", "organisation", "publicity", "discipline", "youth", "mass", "committee"
            ),
            ["too_many_seats"],
        ),
        (posts("secretary", *["group_leader"] * 10), []),
        (posts("secretary", "secretary"), ["several_secretaries"]),
    ],
)
def test_a_committee_needs_a_secretary_a_discipline_officer_and_no_more_than_seven(
    held: list[Post], codes: list[str]
) -> None:
    found = committee_findings(held, DAY, RULES)
    assert [finding.code for finding in found] == codes
    assert all(finding.rule and finding.severity is Severity.WARN for finding in found)


def test_one_person_with_two_posts_takes_one_seat() -> None:
    held = [Post("m1", "b", "secretary"), Post("m1", "b", "organisation"), Post("m2", "b", "publicity")]
    assert committee_findings(held, DAY, RULES) == []


def test_whoever_is_gone_and_still_holds_a_post_is_named_once() -> None:
    assert holders_gone([]) == []
    (found,) = holders_gone(["赵一", "钱二", "赵一"])
    assert (found.code, found.severity) == ("holders_gone", Severity.WARN)
    assert found.sentence == "赵一、钱二 已不在册，仍登记着现任职务，请补登卸任日期。"


def test_posts_that_ended_do_not_count() -> None:
    gone = Post("m1", "b", "secretary", until=PartialDate(2026, 11, 20))
    now = Post("m2", "b", "deputy")
    assert [finding.code for finding in committee_findings([gone, now], DAY, RULES)] == ["no_secretary"]


def test_the_posts_that_rules_name_are_in_the_dictionary() -> None:
    assert {"secretary", "discipline", "group_leader"} <= set(shipped_dictionaries()["post"].by_code)
