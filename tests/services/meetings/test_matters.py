"""One matter carried from meeting to meeting stays one; and what is no longer there cannot be changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branchdesk.services import recycle_bin
from branchdesk.services.meetings import (
    attaching,
    attending,
    deciding,
    editing,
    planning,
    quality,
    reading,
    voting,
)
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import House
from support.branches import SettableClock
from support.contents import facts
from support.problems import refused


def test_a_matter_stays_one_where_a_meeting_between_is_deleted(house: House) -> None:
    first = house.plan(held="2026.11.10")
    deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门"))
    second, third = house.plan(held="2026.11.19"), house.plan(held="2026.11.20")
    planning.remove_meetings(house.branch, [second], "没有开")
    fourth = house.meeting(house.plan(held="2026.11.21"))
    assert [one.carried_from for one in fourth.decisions] == [house.meeting(third).decisions[0].uid]
    assert [one.meeting for one in deciding.open_decisions(house.branch)] == [fourth.uid]
    assert sum(row.open_items for row in reading.meeting_list(house.branch)) == 1


def test_a_matter_stays_one_where_a_meeting_between_lets_it_go(house: House) -> None:
    first = house.plan(held="2026.11.10")
    deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门"))
    second, third = house.plan(held="2026.11.19"), house.plan(held="2026.11.20")
    deciding.remove_decisions(house.branch, second, [house.meeting(second).decisions[0].uid])
    assert house.meeting(third).decisions[0].carried_from == house.meeting(first).decisions[0].uid
    assert [one.meeting for one in deciding.open_decisions(house.branch)] == [third]


def test_a_matter_stays_one_once_the_recycle_bin_is_emptied(house: House, the_clock: SettableClock) -> None:
    first = house.plan(held="2026.11.10")
    deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门"))
    second, third = house.plan(held="2026.11.19"), house.plan(held="2026.11.20")
    planning.remove_meetings(house.branch, [second], "没有开")
    the_clock.set(2027, 11, 21)
    recycle_bin.empty_expired(house.branch)
    assert house.meeting(third).decisions[0].carried_from == house.meeting(first).decisions[0].uid
    assert [one.meeting for one in deciding.open_decisions(house.branch)] == [third]


def test_minutes_entered_late_leave_alone_what_a_later_meeting_took_up(house: House) -> None:
    first = house.plan(held="2026.11.10")
    deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门"))
    later = house.plan(held="2026.11.20")
    between = house.plan(held="2026.11.15")
    assert house.meeting(between).decisions == ()
    assert quality.what_is_dropped(house.branch, between) == []
    assert [one.meeting for one in deciding.open_decisions(house.branch)] == [later]


def test_closing_it_in_the_first_meeting_closes_it_in_the_last(house: House) -> None:
    first = house.plan(held="2026.11.10")
    decision = deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门")).line
    second = house.plan(held="2026.11.19")
    deciding.close_decision(house.branch, first, decision)
    assert house.meeting(second).decisions[0].closed
    assert house.meeting(house.plan(held="2026.11.21")).decisions == ()


def test_a_decision_that_a_later_meeting_goes_on_is_not_undone_under_it(house: House) -> None:
    first = house.plan(held="2026.11.10")
    added = deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门"))
    house.plan(held="2026.11.19")
    with refused("这一步之后又有修改"):
        house.branch.undo(added.changes.seq)


def test_new_decisions_and_votes_stand_behind_those_that_are_left(house: House) -> None:
    uid = house.plan()
    lines = [deciding.add_decision(house.branch, uid, DecisionEntry(text)).line for text in "甲乙丙丁"]
    deciding.remove_decisions(house.branch, uid, lines[:2])
    deciding.add_decision(house.branch, uid, DecisionEntry("戊"))
    assert [one.text for one in house.meeting(uid).decisions] == ["丙", "丁", "戊"]
    votes = [voting.add_vote(house.branch, uid, VoteEntry(text)).line for text in "甲乙丙丁"]
    for vote in votes[:2]:
        voting.remove_vote(house.branch, uid, vote)
    voting.add_vote(house.branch, uid, VoteEntry("戊"))
    assert [one.subject for one in house.meeting(uid).votes] == ["丙", "丁", "戊"]


_GONE: dict[str, Callable[[House, str], object]] = {
    "decision": lambda house, uid: deciding.change_decision(house.branch, uid, "gone", {"text": "改"}),
    "closing": lambda house, uid: deciding.close_decision(house.branch, uid, "gone"),
    "decisions": lambda house, uid: deciding.remove_decisions(house.branch, uid, ["gone"]),
    "vote": lambda house, uid: voting.change_vote(house.branch, uid, "gone", {"subject": "改"}),
    "votes": lambda house, uid: voting.remove_vote(house.branch, uid, "gone"),
    "candidate": lambda house, uid: voting.change_candidate(house.branch, uid, "gone", {"against": "1"}),
    "candidates": lambda house, uid: voting.remove_candidates(house.branch, uid, ["gone"]),
    "mark": lambda house, uid: attending.mark(house.branch, uid, {"gone": "present"}),
    "person": lambda house, uid: attending.set_attendance(house.branch, uid, "gone", {"reason": "病"}),
    "file": lambda house, uid: attaching.remove_file(house.branch, uid, "gone"),
    "line": lambda house, uid: editing.set_values(
        house.branch, uid, {"guest_name": "客人"}, table="guests", line="gone"
    ),
    "lines": lambda house, uid: editing.move_line(house.branch, uid, "guests", "gone", 0),
}


@pytest.mark.parametrize("part", _GONE)
def test_what_is_no_longer_there_cannot_be_changed(house: House, part: str) -> None:
    uid = house.plan()
    before = facts(house.branch)
    with refused("已经不在了"):
        _GONE[part](house, uid)
    assert facts(house.branch) == before


def test_a_text_that_is_too_long_is_refused_and_not_cut(house: House) -> None:
    uid = house.plan()
    with refused("32768", "没有保存"):
        deciding.add_decision(house.branch, uid, DecisionEntry("长" * 32768))
    assert house.meeting(uid).decisions == ()
