"""Who is expected at a meeting: the roster of its day, fixed for ever (domain 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from branchdesk import clock
from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import Attendance, Meeting, Presence, VoteKind
from branchdesk.findings import Finding, Severity
from branchdesk.forms.language import Form
from branchdesk.i18n import _, listed
from branchdesk.services.meetings.desk import Desk
from branchdesk.storage.changes import Change
from branchdesk.storage.meeting_people import PersonOnDay
from branchdesk.storage.meeting_rows import attendance_of, row_of_attendance
from branchdesk.storage.record_writing import align
from branchdesk.storage.records import rows_of_one
from branchdesk.storage.tables import attendance, record, vote
from branchdesk.uids import new_uid

CHOSEN = "chosen"


def people_expected(
    form: Form, people: Sequence[PersonOnDay], organisation: str, group: str | None
) -> list[PersonOnDay]:
    """Which of the people of a day a form expects; nobody where they are chosen one by one."""
    here = [one for one in people if not one.entering]
    match form.meeting.expected if form.meeting else CHOSEN:
        case "members":
            return [one for one in here if _in_group(one, group)]
        case "committee":
            return [one for one in here if organisation in one.committees]
        case "group":
            return [one for one in here if one.group is not None and _in_group(one, group)]
        case _:
            return []


def assumptions(form: Form, expected: Sequence[PersonOnDay]) -> list[Finding]:
    """That a committee is the one of today, where nobody knows since when it sits."""
    names = listed(one.name for one in expected if one.assumed)
    if not names or form.meeting is None or form.meeting.expected != "committee":
        return []
    sentence = _("{names} 没有登记任职起始日期，应到名单按现任班子列出，请核对。", names=names)
    return [Finding("committee_assumed", Severity.NOTE, sentence, "attendance")]


def rights_changed(before: Sequence[Attendance], after: Sequence[Attendance]) -> list[Finding]:
    """Who has another right to vote now than was set before, perhaps by hand, though his category stayed."""
    known: Mapping[str | None, Attendance] = {one.person: one for one in before if one.person}
    names = [
        one.name
        for one in after
        if (was := known.get(one.person)) is not None
        and (was.category, not was.may_vote) == (one.category, one.may_vote)
    ]
    if not names:
        return []
    sentence = _("{names} 的表决权已按名册改写，与原来标的不同，请核对。", names=listed(names))
    return [Finding("rights_changed", Severity.WARN, sentence, "attendance")]


def _in_group(one: PersonOnDay, group: str | None) -> bool:
    return group is None or one.group == group


def fixed(
    people: Sequence[PersonOnDay], known: Sequence[Attendance] = (), *, keep_strangers: bool = False
) -> list[Attendance]:
    """The people as they are expected, in their order; marks of those who were expected before stay.

    `keep_strangers` keeps at the end those who are on no roster, as they stood.
    """
    marks: Mapping[str | None, Attendance] = {one.person: one for one in known}
    found = []
    for one in people:
        fresh = Attendance(
            uid=new_uid(),
            name=one.name,
            person=one.uid,
            group=one.group_name,
            category=one.category,
            may_vote=one.may_vote,
        )
        mark = marks.get(one.uid)
        if mark is not None:
            fresh = replace(
                mark, name=one.name, group=one.group_name, category=one.category, may_vote=one.may_vote
            )
        found.append(fresh)
    if keep_strangers:
        here = {one.uid for one in people}
        found += [one for one in known if one.person not in here]
    return [replace(one, position=place) for place, one in enumerate(found)]


def write_attendance(
    change: Change, meeting: Meeting, people: Sequence[Attendance], day: date | None = None
) -> None:
    """Bring the people expected at a meeting to `people`; `day` is the one whose roster was looked at."""
    align(
        change,
        attendance,
        [one.uid for one in meeting.attendance],
        [row_of_attendance(meeting.uid, one) for one in people],
    )
    follow_heads(change, meeting)
    if day is not None:
        change.update(record, meeting.uid, {"snapshot_on": day.isoformat()})


def follow_heads(change: Change, before: Meeting) -> None:
    """Bring the figures of votes that stood as the attendance said along with it; typed ones stay.

    `before` is the meeting as it was before the change.
    """
    stored = rows_of_one(change.connection, attendance, before.uid)
    after = replace(before, attendance=tuple(map(attendance_of, stored)))
    old, new = heads_of(before), heads_of(after)
    rows = {}
    for one in before.votes:
        row: dict[str, int | None] = {}
        if one.eligible in {None, old.voters}:
            row["eligible"] = new.voters or None
        if one.present in {None, old.present_voters}:
            row["present"] = new.present_voters or None
        if one.kind is not VoteKind.ELECTION and one.written == old.written:
            row["written"] = new.written
        rows[one.uid] = row
    change.update_many(vote, rows)


def is_untouched(meeting: Meeting) -> bool:
    """Whether nobody has marked anybody or set anything about anybody yet."""
    return all(
        one.presence is Presence.UNMARKED and one.counts and not (one.basis or one.reason or one.written)
        for one in meeting.attendance
    )


def follow_day(change: Change, desk: Desk, day: date | None) -> bool:
    """Fix the roster of another day where nothing was marked yet; returns whether it now fits the day.

    `desk` holds the people of `day`.
    """
    meeting = desk.meeting
    when = day or clock.today()
    if meeting.snapshot_on == when.isoformat():
        return True
    if not is_untouched(meeting):
        return False
    if desk.form.meeting is None or desk.form.meeting.expected == CHOSEN:
        return True
    people = people_expected(desk.form, desk.people, meeting.organisation, meeting.group)
    write_attendance(change, meeting, fixed(people, meeting.attendance), when)
    return True
