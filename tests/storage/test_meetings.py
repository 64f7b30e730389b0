"""Who belonged to an organisation on a day, and meetings as their rows say."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.services import organisations
from branchdesk.storage import meetings, records, search
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.tables import record, record_value
from support.branches import FIRST_GROUP, SECOND_GROUP, add, add_one, groups_of
from support.branches import record as happened


def people(branch: Branch, place: str, day: date) -> list[PersonOnDay]:
    """Who was there on a day."""
    with branch.read() as connection:
        return around_of(connection, place, day)[1]


def names(branch: Branch, place: str, day: date) -> list[str]:
    """Their names, in order."""
    return [one.name for one in people(branch, place, day)]


def test_posts_come_first_then_strokes(branch: Branch) -> None:
    root = organisations.root_of(branch)
    add_one(branch, "魏巍")
    add_one(branch, "王一", posts="组织委员")
    add_one(branch, "丁一")
    add_one(branch, "赵四", posts="书记")
    add_one(branch, "钱五", posts="党小组长")
    assert names(branch, root, date(2026, 11, 21)) == ["赵四", "王一", "钱五", "丁一", "魏巍"]
    seats = {one.name for one in people(branch, root, date(2026, 11, 21)) if root in one.committees}
    assert seats == {"赵四", "王一"}


def test_only_those_of_the_place_and_the_day_are_there(branch: Branch) -> None:
    root = organisations.root_of(branch)
    first, second = groups_of(branch)[FIRST_GROUP], groups_of(branch)[SECOND_GROUP]
    add_one(branch, "李明", group=FIRST_GROUP)
    gone = add_one(branch, "王芳", group=SECOND_GROUP)
    happened(branch, gone, EventKind.DEPARTED, "2026.3.1", place="外地")
    add(branch, [{"name": "积极分子"}])  # no member yet
    assert set(names(branch, root, date(2026, 2, 1))) == {"李明", "王芳"}
    assert names(branch, root, date(2026, 3, 1)) == ["李明"]
    assert names(branch, first, date(2026, 2, 1)) == ["李明"]
    assert names(branch, second, date(2026, 2, 1)) == ["王芳"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", [False, False, False]),
        ("2026.3.1", "", [True, False, False]),
        ("2026.3.1", "2026.9", [True, False, True]),
    ],
)
def test_probation_within_the_party_suspends_the_vote_for_its_time(
    branch: Branch, first: str, last: str, expected: list[bool]
) -> None:
    root = organisations.root_of(branch)
    add_one(branch, "李明", discipline="留党察看", discipline_from=first, discipline_to=last)
    days = (date(2026, 2, 28), date(2026, 9, 30), date(2026, 10, 1))
    assert [people(branch, root, day)[0].may_vote for day in days] == expected


def test_other_discipline_and_probationary_members(branch: Branch) -> None:
    root = organisations.root_of(branch)
    add_one(branch, "李明", discipline="警告")
    add_one(branch, "王芳", category="预备党员")
    assert {one.name: one.may_vote for one in people(branch, root, date(2026, 11, 21))} == {
        "李明": True,
        "王芳": False,
    }


def test_a_record_of_a_form_that_nobody_knows_any_more_is_found_by_its_title(branch: Branch) -> None:
    """Such a file comes from a newer program; it must open all the same."""
    root = organisations.root_of(branch)
    row = {
        "kind": "meeting.of_the_future",
        "version": 7,
        "organisation_uid": root,
        "title": "未来的会",
        "year": 2027,
        "state": "planned",
        "entered_on": "2027-01-01",
    }
    with branch.change("新程序") as change:
        uid = change.insert(record, row)
        value = {"record_uid": uid, "part": "", "line": "", "field": "x", "value": "y"}
        change.insert(record_value, value)
    with branch.read() as connection:
        assert meetings.load_meetings(connection, [uid])[uid].values == {"x": "y"}
        assert records.record_row(connection, "nowhere") is None
        assert len(search.find_texts(connection, search.RECORD, "未来", 5)) == 1
