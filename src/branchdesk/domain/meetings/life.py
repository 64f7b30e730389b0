"""The life of a meeting: from planned to archived, which step may follow which, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchdesk.domain.meetings.model import Meeting, MeetingState
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, later, listed

LABELS: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: later("计划中"),
    MeetingState.NOTICED: later("已通知"),
    MeetingState.HELD: later("已召开"),
    MeetingState.DRAFTED: later("记录整理中"),
    MeetingState.FOR_SIGNATURE: later("待签字"),
    MeetingState.FINALISED: later("已定稿"),
    MeetingState.ARCHIVED: later("已归档"),
}
# The first step of each is the usual one. What is finalised goes back only by being re-opened.
_NEXT: Mapping[MeetingState, tuple[MeetingState, ...]] = {
    MeetingState.PLANNED: (MeetingState.NOTICED, MeetingState.HELD),
    MeetingState.NOTICED: (MeetingState.HELD, MeetingState.PLANNED),
    MeetingState.HELD: (MeetingState.DRAFTED, MeetingState.NOTICED),
    MeetingState.DRAFTED: (MeetingState.FOR_SIGNATURE, MeetingState.FINALISED, MeetingState.HELD),
    MeetingState.FOR_SIGNATURE: (MeetingState.FINALISED, MeetingState.DRAFTED),
    MeetingState.FINALISED: (MeetingState.ARCHIVED,),
    MeetingState.ARCHIVED: (),
}
_NEEDS_DAY = tuple(state for state in MeetingState if state is not MeetingState.PLANNED)
_HAPPENED = tuple(state for state in _NEEDS_DAY if state is not MeetingState.NOTICED)


def label_of(state: MeetingState) -> str:
    """The name of a state in the language in use."""
    return _(LABELS[state])


def next_states(state: MeetingState) -> tuple[MeetingState, ...]:
    """The states that may follow, the usual one first; re-opening is not among them."""
    return _NEXT[state]


def may_move(meeting: Meeting, to: MeetingState, today: date | None = None) -> list[Finding]:
    """What stands against a step of a meeting: empty where it may be taken.

    With `today`, a meeting of a day that is still to come cannot have been held.
    """
    if meeting.state.is_locked and not to.is_locked:
        sentence = _(
            "会议{state}，不能直接改动；需要改动请先“重新打开”并写明原因。", state=label_of(meeting.state)
        )
        return [Finding("needs_reopening", Severity.ERROR, sentence)]
    if to not in _NEXT[meeting.state]:
        return [Finding("no_such_step", Severity.ERROR, _no_such_step(meeting.state, to))]
    return _day_known(meeting, to) + _day_past(meeting, to, today)


def _no_such_step(state: MeetingState, to: MeetingState) -> str:
    steps = [label_of(one) for one in _NEXT[state]]
    if not steps:
        return _("会议{state}，这是最后一步，不能再改为“{to}”。", state=label_of(state), to=label_of(to))
    return _(
        "会议现在是“{state}”，不能改为“{to}”；下一步可以是：{steps}。",
        state=label_of(state),
        to=label_of(to),
        steps=listed(steps),
    )


def _day_known(meeting: Meeting, to: MeetingState) -> list[Finding]:
    if to not in _NEEDS_DAY or meeting.on is not None:
        return []
    sentence = _("会议还没有填时间，不能改为“{to}”；请先填写会议时间。", to=label_of(to))
    return [Finding("no_day", Severity.ERROR, sentence, "when")]


def _day_past(meeting: Meeting, to: MeetingState, today: date | None) -> list[Finding]:
    if to not in _HAPPENED or today is None or meeting.on is None or meeting.on.first_day() <= today:
        return []
    sentence = _(
        "会议时间是 {day}，还没有到，不能改为“{to}”；请核对会议时间。",
        day=meeting.on.shown(),
        to=label_of(to),
    )
    return [Finding("not_yet", Severity.ERROR, sentence, "when")]


def reopening_findings(meeting: Meeting, reason: str) -> list[Finding]:
    """What stands against re-opening minutes: they are not locked, or nobody says why."""
    if not meeting.state.is_locked:
        sentence = _("会议现在是“{state}”，可以直接修改，不用重新打开。", state=label_of(meeting.state))
        return [Finding("not_locked", Severity.ERROR, sentence)]
    if not reason.strip():
        return [Finding("no_reason", Severity.ERROR, _("请写明重新打开的原因；原来的定稿会保留。"))]
    return []
