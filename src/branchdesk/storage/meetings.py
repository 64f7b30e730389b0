"""Questions about meetings: single ones whole, and lists of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from branchdesk import clock
from branchdesk.domain.meetings.model import AttachedFile, Line, Meeting, MeetingState
from branchdesk.domain.organisations import OrganisationVersion
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.meeting_rows import (
    agenda_of,
    attendance_of,
    candidate_of,
    decision_of,
    passage_of,
    vote_of,
)
from branchdesk.storage.open_decisions import decisions_taken_up
from branchdesk.storage.organisations import versions
from branchdesk.storage.records import PLACE, is_of_subject, record_row, rows_of, shelf_of
from branchdesk.storage.tables import (
    agenda_item,
    attachment,
    attendance,
    candidate,
    decision,
    passage,
    record,
    record_value,
    record_version,
    vote,
)

Row = Mapping[str, Any]
MEETING = "meeting"  # the subject of the forms of meetings


def load_meetings(connection: Connection, uids: Iterable[str]) -> dict[str, Meeting]:
    """Meetings whole, by uid, in the order asked for; those in the recycle bin as well."""
    wanted = list(dict.fromkeys(uids))
    rows: dict[str, Row] = {}
    for chunk in in_chunks(wanted):
        query = select(record).where(record.c.uid.in_(chunk))
        rows |= {row["uid"]: dict(row) for row in connection.execute(query).mappings()}
    parts = {
        table.name: rows_of(connection, table, rows)
        for table in (record_value, attendance, agenda_item, passage, vote, candidate, decision)
    }
    files = files_of(connection, rows)
    names = _Names(connection)
    return {
        uid: _meeting(rows[uid], {name: found.get(uid, []) for name, found in parts.items()}, files, names)
        for uid in wanted
        if uid in rows
    }


def load_earlier(connection: Connection, uids: Iterable[str], meeting: str) -> list[Meeting]:
    """Meetings before one, with those decisions as closed that yet another meeting goes on.

    Whoever enters last month's minutes today drops nothing that this month's meeting took up already.
    """
    elsewhere = decisions_taken_up(connection, but=meeting)
    return [
        replace(
            one,
            decisions=tuple(replace(it, closed=it.closed or it.uid in elsewhere) for it in one.decisions),
        )
        for one in load_meetings(connection, uids).values()
    ]


def meeting_at_hand(connection: Connection, uid: str) -> Meeting:
    """A meeting as its rows say. Raises Problem for one in the recycle bin, and where there is none."""
    row = record_row(connection, uid)
    if row is None:
        raise Problem(_("这个会议已经不在了。"), _("请重新打开会议列表再看一遍。"))
    if row["deleted_at"] is not None:
        raise Problem(_("“{title}”已在回收站里。", title=row["title"]), _("请先从回收站恢复，再打开。"))
    return load_meetings(connection, [uid])[uid]


class _Names:
    """What organisations were called, on any day."""

    def __init__(self, connection: Connection) -> None:
        self._versions: dict[str, list[OrganisationVersion]] = defaultdict(list)
        for _row, version in versions(connection):
            self._versions[version.organisation].append(version)

    def on(self, uid: str | None, day: date) -> OrganisationVersion | None:
        known = self._versions.get(uid or "", [])
        held = [version for version in known if version.holds_on(day)]
        found = held or known
        return found[-1] if found else None


def _meeting(
    row: Row,
    parts: Mapping[str, list[dict[str, Any]]],
    files: Mapping[str, list[AttachedFile]],
    names: _Names,
) -> Meeting:
    on = PartialDate.read(row["on_date"])
    day = on.first_day() if on else clock.today()
    home, group = names.on(row["organisation_uid"], day), names.on(row["group_uid"], day)
    values, lines = own_and_lines(parts[record_value.name])
    ballots: dict[str, list[Row]] = defaultdict(list)
    for one in parts[candidate.name]:
        ballots[one["vote_uid"]].append(one)
    return Meeting(
        uid=row["uid"],
        kind=row["kind"],
        version=row["version"],
        organisation=row["organisation_uid"],
        organisation_name=home.full_name if home else "",
        group=row["group_uid"],
        group_name=group.name if group else "",
        title=row["title"],
        year=row["year"],
        number=row["number"],
        state=MeetingState(row["state"]),
        on=on,
        entered_on=row["entered_on"],
        snapshot_on=row["snapshot_on"] or "",
        revision=row["revision"],
        values=values,
        lines=lines,
        attendance=tuple(map(attendance_of, parts[attendance.name])),
        agenda=tuple(map(agenda_of, parts[agenda_item.name])),
        passages=tuple(map(passage_of, parts[passage.name])),
        votes=tuple(vote_of(one, tuple(map(candidate_of, ballots[one["uid"]]))) for one in parts[vote.name]),
        decisions=tuple(map(decision_of, parts[decision.name])),
        files=tuple(files.get(row["uid"], ())),
    )


def own_and_lines(rows: Sequence[Row]) -> tuple[Mapping[str, str], Mapping[str, tuple[Line, ...]]]:
    """The values of the form's own fields, and the lines of its own tables in their places."""
    own = {row["field"]: row["value"] for row in rows if not row["part"]}
    tables: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    places: dict[str, tuple[int, int]] = {}
    for row in rows:
        if not row["part"]:
            continue
        if row["field"] == PLACE:
            places[row["line"]] = (int(row["value"]), row["rid"])
            tables[row["part"]].setdefault(row["line"], {})
        else:
            tables[row["part"]][row["line"]][row["field"]] = row["value"]
    lines = {
        part: tuple(
            Line(uid, MappingProxyType(held))
            for uid, held in sorted(found.items(), key=lambda line: places.get(line[0], (0, 0)))
        )
        for part, found in tables.items()
    }
    return MappingProxyType(own), MappingProxyType(lines)


def files_of(connection: Connection, records: Iterable[str]) -> dict[str, list[AttachedFile]]:
    """What is attached to filled forms, oldest first, without what lies in the recycle bin."""
    found: dict[str, list[AttachedFile]] = defaultdict(list)
    for chunk in in_chunks(records):
        query = (
            select(attachment)
            .where(
                attachment.c.entity == record.name,
                attachment.c.row_uid.in_(chunk),
                attachment.c.deleted_at.is_(None),
            )
            .order_by(attachment.c.rid)
        )
        for row in connection.execute(query):
            slot = "" if row.role == "file" else row.role
            found[row.row_uid].append(AttachedFile(row.uid, row.name, slot, row.size))
    return found


@dataclass(frozen=True)
class MeetingFilter:
    """Which meetings a list wants; empty fields leave everything in.

    `places` are uids of organisations and groups; each of the `words` is looked for in all that was written.
    """

    kinds: Sequence[str]
    places: frozenset[str] | None = None
    year: int | None = None
    state: str = ""
    words: Sequence[str] = ()


def meeting_rows(connection: Connection, wanted: MeetingFilter) -> list[dict[str, Any]]:
    """The rows of the meetings that a list wants, the newest first; those without a date come before."""
    newest = (record.c.on_date.desc().nulls_first(), record.c.number.desc(), record.c.rid.desc())
    query = select(record).where(*_conditions(wanted)).order_by(*newest)
    return [dict(row) for row in connection.execute(query).mappings()]


def _conditions(wanted: MeetingFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [record.c.deleted_at.is_(None), record.c.kind.in_(wanted.kinds)]
    if wanted.places is not None:
        own = and_(record.c.group_uid.is_(None), record.c.organisation_uid.in_(wanted.places))
        found.append(or_(own, record.c.group_uid.in_(wanted.places)))
    if wanted.year is not None:
        found.append(record.c.year == wanted.year)
    if wanted.state:
        found.append(record.c.state == wanted.state)
    return found + [_says(word) for word in wanted.words]


def _says(word: str) -> ColumnElement[bool]:
    """Whether a meeting says a word anywhere."""
    written = (
        (record_value, record_value.c.value),
        (agenda_item, agenda_item.c.title),
        (passage, passage.c.text),
        (passage, passage.c.speaker),
        (vote, vote.c.subject),
        (decision, decision.c.text),
    )
    return or_(
        record.c.title.icontains(word, autoescape=True),
        *(
            select(table.c.rid)
            .where(table.c.record_uid == record.c.uid, column.icontains(word, autoescape=True))
            .exists()
            for table, column in written
        ),
    )


def attendance_counts(connection: Connection, records: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many were expected and how many were there, by meeting."""
    found: dict[str, tuple[int, int]] = {}
    there = func.sum(case((attendance.c.presence == "present", attendance.c.counts), else_=0))
    for chunk in in_chunks(records):
        query = (
            select(attendance.c.record_uid, func.sum(attendance.c.counts), there)
            .where(attendance.c.record_uid.in_(chunk))
            .group_by(attendance.c.record_uid)
        )
        found |= {uid: (expected, present) for uid, expected, present in connection.execute(query)}
    return found


def own_values(connection: Connection, records: Iterable[str]) -> dict[str, dict[str, str]]:
    """The values of the forms' own fields, without their tables, by filled form."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for chunk in in_chunks(records):
        query = select(record_value).where(record_value.c.record_uid.in_(chunk), record_value.c.part == "")
        for row in connection.execute(query):
            found[row.record_uid][row.field] = row.value
    return found


def series(
    connection: Connection, kind: str, organisation: str, group: str | None, *, before: str = ""
) -> list[str]:
    """The meetings of one kind of an organisation or group, the oldest first.

    `before` is a meeting of the series: only those before it are meant, by their days, then as entered.
    """
    query = (
        select(record.c.uid)
        .where(
            record.c.kind == kind,
            record.c.organisation_uid == organisation,
            record.c.group_uid.is_(None) if group is None else record.c.group_uid == group,
            record.c.deleted_at.is_(None),
        )
        .order_by(record.c.on_date.nulls_last(), record.c.rid)
    )
    found = list(connection.scalars(query))
    return found[: found.index(before)] if before in found else found


def held_rows(
    connection: Connection, kinds: Sequence[str], organisation: str, start: date, end: date
) -> list[dict[str, Any]]:
    """The meetings of an organisation and its groups that were held between two days, both included.

    Those that count for a year which begins and ends between them are there as well, whenever they were held.
    """
    query = (
        select(record)
        .where(
            record.c.deleted_at.is_(None),
            record.c.kind.in_(kinds),
            record.c.organisation_uid == organisation,
            or_(
                record.c.on_date.between(start.isoformat(), end.isoformat()),
                and_(record.c.on_date.is_not(None), record.c.year.between(start.year, end.year)),
            ),
            record.c.state.not_in([MeetingState.PLANNED.value, MeetingState.NOTICED.value]),
        )
        .order_by(record.c.on_date, record.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def same_number(connection: Connection, meeting: Meeting) -> list[str]:
    """The titles of other meetings of the series that bear the number of one in its year."""
    query = select(record.c.title).where(
        record.c.kind == meeting.kind,
        record.c.organisation_uid == meeting.organisation,
        record.c.group_uid.is_(None) if meeting.group is None else record.c.group_uid == meeting.group,
        record.c.year == meeting.year,
        record.c.number == meeting.number,
        record.c.deleted_at.is_(None),
        record.c.uid != meeting.uid,
    )
    return list(connection.scalars(query.order_by(record.c.rid)))


def on_same_day(connection: Connection, day: date) -> list[str]:
    """The meetings of a day."""
    query = select(record.c.uid, record.c.kind, record.c.version).where(
        record.c.on_date == day.isoformat(), record.c.deleted_at.is_(None)
    )
    shelf = shelf_of(connection)
    return [
        uid
        for uid, kind, version in connection.execute(query.order_by(record.c.rid))
        if is_of_subject(shelf, kind, version, MEETING)
    ]


def versions_of(connection: Connection, uid: str) -> list[dict[str, Any]]:
    """What a meeting said each time it was finalised, the first time first."""
    query = (
        select(record_version)
        .where(record_version.c.record_uid == uid)
        .order_by(record_version.c.revision, record_version.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def contents_of_last_versions(connection: Connection, uids: Iterable[str]) -> dict[str, str]:
    """What meetings said when they were finalised last, as JSON."""
    found: dict[str, str] = {}
    for chunk in in_chunks(uids):
        query = (
            select(record_version.c.record_uid, record_version.c.content)
            .where(record_version.c.record_uid.in_(chunk))
            .order_by(record_version.c.revision, record_version.c.rid)
        )
        found |= dict(tuple(row) for row in connection.execute(query))
    return found
