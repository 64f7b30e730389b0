"""Open items go on to the next meeting until they are closed, and a copy takes the structure alone."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.carrying import copied_from, dropped, open_items
from branchdesk.domain.meetings.model import AgendaItem, Decision, Meeting, MeetingState
from domain.meetings.making import agenda, decision, meeting, said, vote


def with_decisions(uid: str, *decisions: Decision) -> Meeting:
    return meeting(uid=uid, decisions=decisions)


def uids(decisions: list[Decision]) -> list[str]:
    return [one.uid for one in decisions]


FIRST = with_decisions("m1", decision("d1"), decision("d2", closed=True), decision("d3"))


def test_what_is_not_closed_stays_open() -> None:
    assert uids(open_items([FIRST])) == ["d1", "d3"]
    assert open_items([]) == []


def test_an_item_that_is_carried_on_stands_where_it_was_carried_to() -> None:
    second = with_decisions("m2", decision("d4", carried_from="d1"))
    assert uids(open_items([FIRST, second])) == ["d3", "d4"]


def test_an_item_that_is_closed_where_it_was_carried_to_is_done() -> None:
    second = with_decisions("m2", decision("d4", carried_from="d1", closed=True))
    assert uids(open_items([FIRST, second])) == ["d3"]


def test_an_item_that_a_meeting_left_out_comes_back_in_the_one_after() -> None:
    second = with_decisions("m2", decision("d4", carried_from="d1"))
    third = with_decisions("m3")
    assert uids(dropped([FIRST, second], third)) == ["d3", "d4"]


def test_what_is_neither_carried_on_nor_on_the_agenda_would_be_dropped() -> None:
    second = replace(
        with_decisions("m2", decision("d4", carried_from="d1")),
        agenda=(AgendaItem("i1", "上次未办结：事项d5", carried_from="d5"),),
    )
    earlier = [FIRST, with_decisions("m0", decision("d5"), decision("d6"))]
    assert uids(dropped(earlier, second)) == ["d3", "d6"]


def test_a_meeting_never_drops_what_it_decided_itself() -> None:
    assert dropped([FIRST], FIRST) == []


@settings(deadline=None)
@given(st.data())
def test_no_item_is_ever_lost(data: st.DataObject) -> None:
    """Whatever is carried or left out, an item is open until its last link is closed."""
    number = itertools.count()
    history: list[Meeting] = []
    expected: set[str] = set()
    for turn in range(data.draw(st.integers(1, 6))):
        decisions = []
        for before in sorted(expected):
            if data.draw(st.booleans()):
                closed = data.draw(st.booleans())
                follower = decision(f"d{next(number)}", carried_from=before, closed=closed)
                decisions.append(follower)
                expected.discard(before)
                expected |= set() if closed else {follower.uid}
        for _new in range(data.draw(st.integers(0, 3))):
            closed = data.draw(st.booleans())
            fresh = decision(f"d{next(number)}", closed=closed)
            decisions.append(fresh)
            expected |= set() if closed else {fresh.uid}
        history.append(with_decisions(f"m{turn}", *decisions))
    assert set(uids(open_items(history))) == expected


# ---- copies


def test_a_copy_takes_the_structure_and_nothing_that_happened() -> None:
    number = itertools.count()
    model = meeting(
        agenda=(
            *agenda("学习文件", "讨论发展党员"),
            AgendaItem("i9", "上次未办结：修灯", 2, carried_from="d0"),
        ),
        passages=said("发言", item="i1"),
        votes=(vote(),),
        decisions=(decision("d1"),),
        group="g1",
        group_name="第一党小组",
        revision=2,
        snapshot_on="2026-11-01",
        state=MeetingState.ARCHIVED,
    )
    copy = copied_from(model, lambda: f"new{next(number)}", keep=("place", "chair", "hall"))
    assert copy == Meeting(
        uid="new0",
        kind="meeting.assembly",
        version=1,
        organisation="b1",
        organisation_name="机关第一党支部",
        group="g1",
        group_name="第一党小组",
        title="支部党员大会",
        values={"place": "二楼会议室", "chair": "李明@u1"},
        agenda=(AgendaItem("new1", "学习文件", 0), AgendaItem("new2", "讨论发展党员", 1)),
    )


def test_without_being_asked_a_copy_keeps_no_value() -> None:
    assert dict(copied_from(meeting(), lambda: "x").values) == {}


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("支部党员大会", True),
        ("主题党日：学习雷锋", True),
        ("11月主题党日", False),
        ("十一月主题党日", False),
        ("2026年支部党员大会", False),
        ("第四次支部党员大会", False),
        ("第三季度党课", False),
        ("下半年组织生活会", False),
    ],
)
def test_a_title_with_a_time_or_number_in_it_is_not_copied(title: str, *, kept: bool) -> None:
    assert copied_from(meeting(title=title), lambda: "x").title == (title if kept else "")
