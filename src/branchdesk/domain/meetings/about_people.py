"""Checks of minutes on people: who chairs, who records, who was in two places at once."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.domain.meetings.context import (
    MinutesContext,
    Somebody,
    hours_of_meeting,
    people_of,
)
from branchdesk.domain.meetings.model import Attendance, Meeting, Presence
from branchdesk.domain.names import same_name_key
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, listed

_AWAY = frozenset({Presence.LEAVE, Presence.ABSENT})


def chair_is_member(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """The chair is a member of the organisation and was there."""
    findings = []
    for chair in people_of(context.role(meeting, "chair")):
        if not chair.is_one_of(context.members):
            sentence = _(
                "主持人 {name} 不在会议当天的党员名册里，请从名册中选择，或先登记其组织关系。",
                name=chair.name,
            )
            findings.append(Finding("chair_no_member", Severity.ERROR, sentence, "chair"))
        elif _was_away(meeting, chair):
            sentence = _("主持人 {name} 在签到格里不是到会，请核对主持人或到会情况。", name=chair.name)
            findings.append(Finding("chair_away", Severity.ERROR, sentence, "chair"))
    return findings


def recorder_is_member(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """The recorder is a member of the organisation and was there."""
    findings = []
    for recorder in people_of(context.role(meeting, "recorder")):
        if not recorder.is_one_of(context.members):
            sentence = _("记录人 {name} 不在会议当天的党员名册里，请核对。", name=recorder.name)
            findings.append(Finding("recorder_no_member", Severity.WARN, sentence, "recorder"))
        elif _was_away(meeting, recorder):
            sentence = _("记录人 {name} 在签到格里不是到会，请核对记录人或到会情况。", name=recorder.name)
            findings.append(Finding("recorder_away", Severity.WARN, sentence, "recorder"))
    return findings


def recorder_is_not_chair(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Nobody chairs and records at once."""
    chairs = people_of(context.role(meeting, "chair"))
    both = [
        recorder.name
        for recorder in people_of(context.role(meeting, "recorder"))
        if any(recorder.same_as(chair) for chair in chairs)
    ]
    if not both:
        return []
    sentence = _("{names} 既是主持人又是记录人，请另请一人记录。", names=listed(both))
    return [Finding("recorder_is_chair", Severity.WARN, sentence, "recorder")]


def _was_away(meeting: Meeting, somebody: Somebody) -> bool:
    """Whether the attendance has somebody as away; of namesakes who cannot be told apart, all of them."""
    marks = [one.presence for one in meeting.attendance if somebody.same_as(_somebody(one))]
    return bool(marks) and all(mark in _AWAY for mark in marks)


def same_time_elsewhere(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Neither the chair nor several of the same people were in another meeting at the same hour."""
    hours = hours_of_meeting(meeting, context)
    if hours is None:
        return []
    most = context.rules.at("same_people_elsewhere", context.day)
    findings = []
    for other in _others(meeting, context):
        elsewhere = hours_of_meeting(other, context)
        if elsewhere is None or not hours.overlaps(elsewhere):
            continue
        title = other.title or _("（没有名称）")
        both = _in_both(meeting, other)
        chairs = people_of(context.role(meeting, "chair"))
        there = [*people_of(context.role(other, "chair")), *map(_somebody, _present(other))]
        busy = [chair.name for chair in chairs if any(chair.same_as(one) for one in there)]
        if busy:
            sentence = _(
                "主持人 {names} 同一时间还在另一个会议“{title}”里，请核对两个会议的时间。",
                names=listed(busy),
                title=title,
            )
            findings.append(Finding("chair_elsewhere", Severity.WARN, sentence, "when"))
        elif len(both) >= most.value:
            sentence = _(
                "{names} 等 {n} 人同一时间还在另一个会议“{title}”里，请核对两个会议的时间。",
                names=listed(both[: most.value]),
                n=len(both),
                title=title,
            )
            findings.append(Finding("people_elsewhere", Severity.WARN, sentence, "when", most.source))
    return findings


def _others(meeting: Meeting, context: MinutesContext) -> Iterator[Meeting]:
    """Every other meeting that is known, each once."""
    seen = {meeting.uid}
    for other in (*context.earlier, *context.others):
        if other.uid not in seen:
            seen.add(other.uid)
            yield other


def _present(meeting: Meeting) -> list[Attendance]:
    return [one for one in meeting.attendance if one.presence is Presence.PRESENT]


def _somebody(attendance: Attendance) -> Somebody:
    return Somebody(attendance.name, attendance.person)


def _in_both(meeting: Meeting, other: Meeting) -> list[str]:
    """The names of those who are marked present in both."""
    there = {one.person or same_name_key(one.name) for one in _present(other)}
    return [one.name for one in _present(meeting) if (one.person or same_name_key(one.name)) in there]
