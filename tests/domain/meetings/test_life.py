"""The life of a meeting from planned to archived."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.meetings.life import (
    LABELS,
    label_of,
    may_move,
    next_states,
    reopening_findings,
)
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.partial_dates import PartialDate
from domain.meetings.making import meeting, sentences

P, N, H, D, S, F, A = MeetingState


def test_every_state_has_its_name() -> None:
    assert [label_of(state) for state in MeetingState] == [
        "计划中",
        "已通知",
        "已召开",
        "记录整理中",
        "待签字",
        "已定稿",
        "已归档",
    ]
    assert set(LABELS) == set(MeetingState)


def test_the_usual_way_goes_through_every_state_in_order() -> None:
    way = [P]
    while next_states(way[-1]):
        way.append(next_states(way[-1])[0])
    assert way == list(MeetingState)


@pytest.mark.parametrize("state", list(MeetingState))
def test_every_step_that_is_offered_may_be_taken_and_no_other(state: MeetingState) -> None:
    one = meeting(state=state)
    allowed = {to for to in MeetingState if not may_move(one, to, date(2026, 11, 21))}
    assert allowed == set(next_states(state))


def test_a_step_that_is_no_step_names_those_that_are() -> None:
    assert sentences(may_move(meeting(state=P), F)) == [
        "会议现在是“计划中”，不能改为“已定稿”；下一步可以是：已通知、已召开。"
    ]
    assert sentences(may_move(meeting(state=A), F)) == ["会议已归档，这是最后一步，不能再改为“已定稿”。"]


@pytest.mark.parametrize(("state", "label"), [(F, "已定稿"), (A, "已归档")])
def test_what_is_locked_is_only_changed_by_re_opening(state: MeetingState, label: str) -> None:
    assert sentences(may_move(meeting(state=state), D)) == [
        f"会议{label}，不能直接改动；需要改动请先“重新打开”并写明原因。"
    ]
    assert reopening_findings(meeting(state=state), "票数抄错") == []
    assert sentences(reopening_findings(meeting(state=state), "  ")) == [
        "请写明重新打开的原因；原来的定稿会保留。"
    ]


def test_what_is_not_locked_need_not_be_re_opened() -> None:
    assert sentences(reopening_findings(meeting(state=D), "改字")) == [
        "会议现在是“记录整理中”，可以直接修改，不用重新打开。"
    ]


def test_a_meeting_without_a_day_can_only_be_planned() -> None:
    dateless = meeting(state=P, on=None)
    (found,) = may_move(dateless, N)
    assert found.sentence == "会议还没有填时间，不能改为“已通知”；请先填写会议时间。"
    assert found.field == "when"
    assert may_move(meeting(state=N, on=None), P) == []


def test_a_meeting_to_come_may_be_noticed_but_has_not_been_held() -> None:
    coming = meeting(state=P, on=PartialDate(2026, 11, 25))
    today = date(2026, 11, 21)
    assert may_move(coming, N, today) == []
    (found,) = may_move(coming, H, today)
    assert found.sentence == "会议时间是 2026.11.25，还没有到，不能改为“已召开”；请核对会议时间。"
    assert may_move(coming, H) == []
    assert sentences(may_move(meeting(state=P, on=None), H, today)) == [
        "会议还没有填时间，不能改为“已召开”；请先填写会议时间。"
    ]


def test_the_day_of_a_meeting_is_known_only_where_its_date_is_full() -> None:
    assert meeting().day == date(2026, 11, 19)
    assert meeting(on=PartialDate(2026, 11)).day is None
    assert meeting(on=None).day is None
