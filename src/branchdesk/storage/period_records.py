"""Questions behind the facts of an inspection: few rows each, however long the branch has kept records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from branchdesk.domain.inspections.issues import Issue
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.findings import Severity
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.issues import issues_of
from branchdesk.storage.tables import issue, member, member_finding, record, roster_entry, verification

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MemberFault:
    """One thing to mend in the file of a member; `field` is the id of the field it stands in."""

    member: str
    name: str
    field: str


def member_faults(connection: Connection, members: Iterable[str]) -> list[MemberFault]:
    """What there is to mend in the files of members, mere notes left out; one for each field."""
    found: dict[MemberFault, None] = {}
    for chunk in in_chunks(members):
        query = (
            select(member.c.uid, member.c.name, member_finding.c.field)
            .join_from(member_finding, member, member.c.rid == member_finding.c.member_rid)
            .where(member.c.uid.in_(chunk), member_finding.c.severity >= Severity.WARN)
            .order_by(member.c.rid, member_finding.c.field)
        )
        found |= {MemberFault(row.uid, row.name or "", row.field): None for row in connection.execute(query)}
    return list(found)


def arrived_after(connection: Connection, members: Iterable[str], day: date) -> set[str]:
    """Those of the members whose arrival is known and lies after `day`."""
    found: set[str] = set()
    for chunk in in_chunks(members):
        query = (
            select(member.c.uid)
            .join(roster_entry, roster_entry.c.member_rid == member.c.rid)
            .where(member.c.uid.in_(chunk), roster_entry.c.arrived_on > day.isoformat())
        )
        found.update(connection.scalars(query))
    return found


def records_in_years(
    connection: Connection, organisation: str, first: int, last: int
) -> list[dict[str, Any]]:
    """What lists need of the filled forms of an organisation and its groups with a day in these years.

    Those that were only planned or announced are among them, as `ahead` says.
    """
    wanted = (record.c.uid, record.c.kind, record.c.version, record.c.organisation_uid, record.c.group_uid)
    ahead = record.c.state.in_([MeetingState.PLANNED.value, MeetingState.NOTICED.value])
    query = (
        select(*wanted, record.c.on_date, record.c.year, ahead.label("ahead"))
        .where(
            record.c.deleted_at.is_(None),
            # Found by the day: the index of organisations would lead through all years of a branch.
            record.c.organisation_uid.concat("") == organisation,
            record.c.on_date >= str(first),
            record.c.on_date < str(last + 1),
        )
        .order_by(record.c.on_date, record.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def earlier_issues(connection: Connection, organisation: str, start: date) -> list[Issue]:
    """The problems of an organisation from before `start` that were not settled before it, in their order.

    One that an inspection found belongs to the period inspected, whenever it was written down.
    """
    settled = (
        select(verification.c.rid)
        .where(
            verification.c.issue_uid == issue.c.uid,
            verification.c.passed == 1,
            verification.c.on_date < start.isoformat(),
        )
        .exists()
    )
    query = (
        select(issue.c.uid)
        .outerjoin(record, record.c.uid == issue.c.found_in_uid)
        .where(
            and_(issue.c.deleted_at.is_(None), issue.c.organisation_uid == organisation, ~settled),
            func.coalesce(record.c.on_date, issue.c.found_on) < start.isoformat(),
        )
        .order_by(issue.c.found_on, issue.c.rid)
    )
    order = list(connection.scalars(query))
    known = {one.uid: one for one in issues_of(connection, order)}
    return [known[uid] for uid in order]
