"""Which points scheme a year is counted by."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.errors import Problem
from branchdesk.forms.language import shipped_form
from branchdesk.forms.writing import write_form
from branchdesk.i18n import Language, speak
from branchdesk.services.forms import publish_form
from branchdesk.services.points.entering import EntryTyped, add_entry
from branchdesk.services.points.schemes import form_in_use, scheme_in_use, scheme_of
from services.meetings.scenes import House
from services.points.ledgers import ASSIGNED, enter, points_of
from support.branches import SettableClock

SHIPPED, OWN = "points.two_scores", "points.own_1"


def publish(house: House, version: int, points: str, effective_from: date | None = None) -> int:
    """Publish a scheme of the branch's own in which work that was assigned gives so many points."""
    text = write_form(shipped_form(SHIPPED))
    text = text.replace(SHIPPED, OWN).replace("version = 1", f"version = {version}")
    place = text.index('id = "assigned"')
    text = text[:place] + text[place:].replace("points = 1\n", f"points = {points}\n", 1)
    return publish_form(house.branch, text, effective_from).seq


def in_use(house: House, year: int = 2026) -> tuple[str, int]:
    scheme = scheme_in_use(house.branch, house.root, year)
    return scheme.kind, scheme.version


def test_the_scheme_says_what_its_form_says() -> None:
    form = shipped_form(SHIPPED)
    scheme = scheme_of(form)
    assert form.points is not None
    assert (scheme.kind, scheme.version, scheme.title) == (SHIPPED, 1, "党员双积分办法")
    assert [one.id for one in scheme.buckets] == ["base", "task", "reward", "deduct"]
    assert [one.id for one in scheme.rules] == [one.id for one in form.points.rules]
    assert (len(scheme.duties), len(scheme.tasks), scheme.redeem) == (20, 23, ("task", "reward"))
    rule, words = scheme.rule("dues"), form.points.rules[2]
    assert rule is not None
    assert (rule.cap_month, rule.cap_year, rule.unit) == (words.cap_month, words.cap_year, "月")


def test_a_scheme_speaks_the_language_in_use_down_to_its_units() -> None:
    speak(Language.ENGLISH)
    scheme = scheme_of(shipped_form(SHIPPED))
    spoken = {text for rule in scheme.rules for text in (rule.title, rule.unit)}
    spoken |= {one.title for one in scheme.buckets} | {scheme.title}
    assert [text for text in spoken if not text.isascii()] == []


def test_a_form_without_points_is_no_scheme() -> None:
    with pytest.raises(ValueError, match="assembly"):
        scheme_of(shipped_form("meeting.assembly"))


def test_without_a_scheme_of_its_own_a_branch_counts_by_the_shipped_one(house: House) -> None:
    assert in_use(house) == (SHIPPED, 1)
    assert form_in_use(house.branch, house.root, 2026) == shipped_form(SHIPPED)


def test_a_scheme_that_was_made_here_counts_until_entries_say_otherwise(house: House) -> None:
    enter(house, "何静", ASSIGNED, "2025.12.1")
    publish(house, 1, "2")
    assert in_use(house, 2026) == (OWN, 1)
    assert in_use(house, 2025) == (SHIPPED, 1), "what was entered under a scheme stays under it"
    enter(house, "何静", ASSIGNED)
    assert points_of(house, "何静").total == 2


def test_a_new_version_counts_from_the_year_that_begins_after_its_day(house: House) -> None:
    publish(house, 1, "2")
    enter(house, "何静", ASSIGNED)
    publish(house, 2, "3", date(2026, 7, 1))
    assert in_use(house, 2026) == (OWN, 1)
    assert points_of(house, "何静").total == 2
    assert in_use(house, 2027) == (OWN, 2)


def test_a_year_that_is_over_is_counted_as_it_was_whatever_is_published_later(
    house: House, the_clock: SettableClock
) -> None:
    publish(house, 1, "2")
    enter(house, "何静", ASSIGNED)
    before = points_of(house, "何静").tally.total
    the_clock.set(2027, 2, 1)
    publish(house, 2, "3")
    assert in_use(house, 2026) == (OWN, 1)
    assert points_of(house, "何静").tally.total == before
    assert in_use(house, 2027) == (OWN, 2)


def test_a_scheme_that_entries_were_made_under_cannot_be_taken_back(house: House) -> None:
    published = publish(house, 1, "2")
    add_entry(house.branch, house.root, EntryTyped(house.people["何静"], ASSIGNED))
    with pytest.raises(Problem, match="已有 1 份记录是用这个表单填写的"):
        house.branch.undo(published)
