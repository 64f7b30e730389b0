"""What the records say of people beside an evaluation: attendance, punishments, earlier grades, points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.domain.points.model import EntryState
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.evaluation_tables import evaluation_subject
from branchdesk.storage.point_tables import point_entry
from branchdesk.storage.tables import attendance, member, record

_AHEAD = (MeetingState.PLANNED.value, MeetingState.NOTICED.value)
NO_DISCIPLINE = "none"


@dataclass(frozen=True, slots=True)
class Attended:
    """How often somebody was expected at meetings of a year, and came, was on leave or stayed away."""

    due: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0


def attended_in_year(connection: Connection, organisation: str, year: int) -> dict[str, Attended]:
    """How often each member came to the meetings of an organisation and its groups in a year.

    Meetings still ahead, people who may be left out and people not marked yet do not count.
    """
    query = (
        select(attendance.c.person_uid, attendance.c.presence, func.count())
        .join(record, record.c.uid == attendance.c.record_uid)
        .where(
            record.c.deleted_at.is_(None),
            record.c.organisation_uid == organisation,
            record.c.year == year,
            record.c.state.not_in(_AHEAD),
            attendance.c.counts == 1,
            attendance.c.person_uid.is_not(None),
            attendance.c.presence != Presence.UNMARKED.value,
        )
        .group_by(attendance.c.person_uid, attendance.c.presence)
    )
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    for person, presence, number in connection.execute(query):
        marks[person][presence] = number
    return {
        person: Attended(
            due=sum(held.values()),
            present=held.get(Presence.PRESENT.value, 0),
            leave=held.get(Presence.LEAVE.value, 0),
            absent=held.get(Presence.ABSENT.value, 0),
        )
        for person, held in marks.items()
    }


def disciplines_in(connection: Connection, members: Iterable[str], year: int) -> dict[str, str]:
    """The codes of punishments of members that were in force in a year; one without days counts always."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = {}
    columns = (member.c.uid, member.c.discipline, member.c.discipline_from, member.c.discipline_to)
    for chunk in in_chunks(members):
        query = select(*columns).where(
            member.c.uid.in_(chunk),
            member.c.discipline.is_not(None),
            member.c.discipline.not_in(["", NO_DISCIPLINE]),
        )
        for uid, code, since, until in connection.execute(query):
            begin, end = PartialDate.read(since), PartialDate.read(until)
            if (begin is None or begin.first_day() <= last) and (end is None or end.last_day() >= first):
                found[uid] = code
    return found


@dataclass(frozen=True, slots=True)
class GradeGiven:
    """A grade that somebody got in an evaluation of a year, with the form by which it was given."""

    person: str
    kind: str
    version: int
    year: int
    grade: str


def grades_given(
    connection: Connection, organisation: str, years: Sequence[int], *, but: str
) -> list[GradeGiven]:
    """The grades that members got in evaluations of an organisation in some years, the oldest first.

    The evaluation `but` and those in the recycle bin are left out.
    """
    query = (
        select(
            evaluation_subject.c.person_uid,
            record.c.kind,
            record.c.version,
            record.c.year,
            evaluation_subject.c.grade,
        )
        .join(record, record.c.uid == evaluation_subject.c.record_uid)
        .where(
            record.c.deleted_at.is_(None),
            record.c.organisation_uid == organisation,
            record.c.year.in_(list(years)),
            record.c.uid != but,
            evaluation_subject.c.person_uid.is_not(None),
            func.coalesce(evaluation_subject.c.grade, "") != "",
        )
        .order_by(record.c.year, record.c.rid)
    )
    return [GradeGiven(*row) for row in connection.execute(query)]


def ledger_mark(connection: Connection, organisation: str, year: int) -> tuple[object, ...]:
    """What changes whenever the points ledger of a year does; the first of it is the number of entries."""
    accepted = func.sum(point_entry.c.state == EntryState.ACCEPTED.value)
    query = select(func.count(), func.max(point_entry.c.rid), func.max(point_entry.c.uid), accepted).where(
        point_entry.c.organisation_uid == organisation, point_entry.c.year == year
    )
    return tuple(connection.execute(query).one())
