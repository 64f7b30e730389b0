"""Questions about what minutes lack: elements left out, what was not signed, gaps in records of study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from branchdesk.domain.checks import CHECKS
from branchdesk.domain.meetings.context import MinutesContext
from branchdesk.domain.meetings.model import Meeting, Presence
from branchdesk.domain.meetings.quality import check_minutes
from branchdesk.findings import Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.inspections.facts.period_records import PeriodRecords, activities_of
from branchdesk.services.inspections.facts.replies import (
    Reply,
    called,
    counted,
    meeting_evidence,
    some,
    unanswered,
)
from branchdesk.services.meetings.quality import roles_of

_APART = frozenset({"study", "talk"})  # records of study and talks are lines of their own
# The checks that look for elements of minutes. Reasons of leave are asked elsewhere, late entry is no fault.
_ELEMENTS = (
    "date_not_future",
    "chair_is_member",
    "recorder_is_member",
    "recorder_is_not_chair",
    "heads_reconcile",
    "quorum",
    "votes_reconcile",
    "one_person_per_vote",
    "agenda_has_content",
    "no_leftover_marks",
    "decisions_have_owner",
)


def minutes_faults(seen: PeriodRecords) -> Reply:
    """How many elements the minutes of the period lack, those that were never finalised counting as one more.

    What was finalised went through the checks already. Minutes of the last few days, by the rule of late
    entry, are not due yet.
    """
    meetings = [
        one
        for one in seen.meetings.period
        if not _APART & set(activities_of(seen.meetings.form(one))) and _is_due(seen, one)
    ]
    lacking = {one.uid: _lacking_in_minutes(seen, one) for one in meetings}
    return _faulty(seen, meetings, lacking, _("会议记录"))


def study_faults(seen: PeriodRecords) -> Reply:
    """How many elements records of study sessions lack: who came, what was studied, what was said."""
    meetings = [one for one in seen.meetings.fulfilling("study") if _is_due(seen, one)]
    lacking = {one.uid: _lacking_in_study(seen, one) for one in meetings}
    return _faulty(seen, meetings, lacking, _("集中学习记录"))


def _is_due(seen: PeriodRecords, meeting: Meeting) -> bool:
    """Whether the minutes should stand by now, or stand already."""
    days = timedelta(days=seen.rules.at("late_entry_days", seen.upto).value)
    return meeting.state.is_locked or (meeting.on is not None and meeting.on.last_day() + days < seen.today)


def _faulty(
    seen: PeriodRecords, meetings: Sequence[Meeting], lacking: Mapping[str, Sequence[str]], what: str
) -> Reply:
    """The sum of what meetings lack; `lacking` says it in sentences, by uid."""
    period = seen.period.shown()
    if not meetings:
        return unanswered(_("{period}还没有到期的{what}。", period=period, what=what))
    evidence = [
        meeting_evidence(seen, one, "；".join(text.rstrip("。") for text in lacking[one.uid]))
        for one in meetings
    ]
    times = sum(map(len, lacking.values()))
    places = {"period": period, "what": what, "all": len(meetings)}
    if not times:
        return counted(seen, 0, _("{period}{what} {all} 份，要素齐全。", **places), evidence)
    faulty = [one for one in meetings if lacking[one.uid]]
    sentence = _(
        "{period}{what} {all} 份，其中 {some} 份共缺 {n} 处：{which}。",
        some=len(faulty),
        n=times,
        which=some([called(seen, one) for one in faulty]),
        **places,
    )
    return counted(seen, times, sentence, evidence)


def _lacking_in_minutes(seen: PeriodRecords, meeting: Meeting) -> list[str]:
    if meeting.state.is_locked:
        return []
    form = seen.meetings.form(meeting)
    names = [name for name in _ELEMENTS if not form.checks or name in form.checks]
    found = [
        *check_form(form, meeting.values, seen.around, seen.rules, CHECKS),
        *check_minutes(meeting, _context(seen, meeting, form), seen.switched_off, names),
    ]
    told = [one.sentence for one in found if one.severity >= Severity.WARN]
    return [*told, _("还没有定稿签字")]


def _context(seen: PeriodRecords, meeting: Meeting, form: Form) -> MinutesContext:
    """What the checks need; members are those on the roster of the period's end or of the meeting's own."""
    members = {one.uid: one.name for one in seen.house.people}
    members |= {one.person: one.name for one in meeting.attendance if one.person}
    return MinutesContext(
        rules=seen.rules,
        day=meeting.on.first_day() if meeting.on else seen.upto,
        members=members,
        roles=roles_of(form),
        today=seen.today,
        labels={field.id: field.shown() for field in form.fields}
        | {table.id: table.shown() for table in form.tables},
        tables=frozenset(one.holds for one in form.tables),
        of_committee=form.meeting is not None and form.meeting.expected == "committee",
    )


def _lacking_in_study(seen: PeriodRecords, meeting: Meeting) -> list[str]:
    form = seen.meetings.form(meeting)
    marks = {one.presence for one in meeting.attendance if one.counts}
    lacking = [
        _("“{field}”没有填写", field=field.shown())
        for field in form.stored
        if field.required and not meeting.values.get(field.id)
    ]
    if form.table_of("attendance") and marks <= {Presence.UNMARKED}:
        lacking.append(_("没有签到"))
    if form.table_of("passages") and not meeting.passages:
        lacking.append(_("没有发言记录"))
    return lacking
