"""Decisions: who does what until when, whether it was done, and what is still open."""

from __future__ import annotations

import pytest

from branchdesk.services.meetings import deciding, planning, reading
from branchdesk.services.meetings.deciding import DecisionEntry
from services.meetings.scenes import THEME_DAY, House
from support.contents import assert_sound
from support.problems import refused


def test_a_decision_is_added_changed_and_closed(house: House) -> None:
    uid = house.plan()
    entry = DecisionEntry(" 修好活动室的门 ", responsible=" 胡强 ", due_on="2026.12.1")
    line = deciding.add_decision(house.branch, uid, entry).line
    typed = {"text": "修好两扇门", "due_on": "2026.12.5", "feedback": "在办", "agenda": None}
    deciding.change_decision(house.branch, uid, line, typed)
    [found] = house.meeting(uid).decisions
    assert (found.text, found.responsible, found.due_on, found.feedback) == (
        "修好两扇门",
        "胡强",
        "2026-12-05",
        "在办",
    )
    outcome = deciding.close_decision(house.branch, uid, line, "修好了")
    assert outcome.changes.label == "办结议定事项：修好两扇门"
    [found] = house.meeting(uid).decisions
    assert (found.closed, found.done_on, found.feedback) == (True, "2026-11-21", "修好了")
    deciding.change_decision(house.branch, uid, line, {"closed": False, "done_on": ""})
    [found] = house.meeting(uid).decisions
    assert (found.closed, found.done_on) == (False, "")
    assert_sound(house.branch)


def test_a_decision_says_what_and_a_day_that_there_is(house: House) -> None:
    uid = house.plan()
    with refused("请写明议定的事项"):
        deciding.add_decision(house.branch, uid, DecisionEntry(" "))
    with refused("没有 13 月"):
        deciding.add_decision(house.branch, uid, DecisionEntry("修门", due_on="2026.13.1"))
    line = deciding.add_decision(house.branch, uid, DecisionEntry("修门")).line
    with refused("请写明议定的事项"):
        deciding.change_decision(house.branch, uid, line, {"text": ""})
    with pytest.raises(KeyError):
        deciding.change_decision(house.branch, uid, line, {"position": "3"})


def test_a_task_of_final_minutes_is_closed_and_the_page_stays(house: House) -> None:
    uid = house.finalised()
    before = reading.printed(house.branch, uid)
    [decision] = house.meeting(uid).decisions
    deciding.close_decision(house.branch, uid, decision.uid, "贴好了", "2026.11.20")
    [found] = house.meeting(uid).decisions
    assert (found.closed, found.done_on, found.feedback) == (True, "2026-11-20", "贴好了")
    assert reading.printed(house.branch, uid) == before
    assert reading.printed(house.branch, uid).decisions == (decision,)


def test_what_is_open_is_listed_once_those_due_first_at_the_top(house: House) -> None:
    first = house.plan()
    deciding.add_decision(house.branch, first, DecisionEntry("修门", due_on="2026.12.1"))
    second = house.plan(held="2026.11.20")
    other = house.plan(THEME_DAY, topic="祭扫")
    deciding.add_decision(house.branch, other, DecisionEntry("写小结", due_on="2026.11.1"))
    deciding.add_decision(house.branch, other, DecisionEntry("不急的事"))
    found = deciding.open_decisions(house.branch, house.root)
    told = [(one.decision.text, one.meeting, one.overdue) for one in found]
    assert told == [("写小结", other, True), ("修门", second, False), ("不急的事", other, False)]
    assert found[1].called == "2026 年第 2 次支部党员大会"
    assert deciding.open_decisions(house.branch) == found
    assert deciding.open_decisions(house.branch, "elsewhere") == []
    planning.remove_meetings(house.branch, [other, second], "不开了")
    assert [one.meeting for one in deciding.open_decisions(house.branch)] == [first]


def test_decisions_are_taken_out_and_come_back(house: House) -> None:
    uid = house.plan()
    lines = [deciding.add_decision(house.branch, uid, DecisionEntry(text)).line for text in ("甲", "乙")]
    outcome = deciding.remove_decisions(house.branch, uid, lines)
    assert outcome.changes.label == "2026 年第 1 次支部党员大会 删除 2 项议定事项"
    assert house.meeting(uid).decisions == ()
    house.branch.undo(outcome.changes.seq)
    assert [one.text for one in house.meeting(uid).decisions] == ["甲", "乙"]


def test_closing_what_was_carried_over_closes_it_where_it_came_from(house: House) -> None:
    first = house.finalised("2026.11.10 15:00-16:40")
    second, third = house.plan(held="2026.11.19"), house.plan(held="2026.11.20")
    outcome = deciding.close_decision(
        house.branch, third, house.meeting(third).decisions[0].uid, "贴好了", "2026.11.20"
    )
    for uid in (first, second, third):
        [found] = house.meeting(uid).decisions
        assert (found.closed, found.done_on, found.feedback) == (True, "2026-11-20", "贴好了")
    assert deciding.open_decisions(house.branch) == []
    house.branch.undo(outcome.changes.seq)
    assert [one.meeting for one in deciding.open_decisions(house.branch)] == [third]
