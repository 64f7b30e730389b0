"""Questions about daily records of members, whole and in lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from branchdesk.domain.daily import DailyRecord, DailyState
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.changes import REMOVE, in_chunks
from branchdesk.storage.daily_tables import daily_record
from branchdesk.storage.inspections import coming_back
from branchdesk.storage.records import rows_of
from branchdesk.storage.tables import record, record_value

Row = Mapping[str, Any]
DAILY = "member.daily"


def records_of_year(connection: Connection, organisation: str, year: int) -> list[DailyRecord]:
    """The daily records of an organisation in a year by months, without those in the recycle bin."""
    return _records(
        connection,
        record.c.deleted_at.is_(None),
        record.c.organisation_uid == organisation,
        record.c.year == year,
        record.c.kind == DAILY,
    )


def load_daily(connection: Connection, uids: Iterable[str]) -> dict[str, DailyRecord]:
    """Daily records by uid, those in the recycle bin as well."""
    found: dict[str, DailyRecord] = {}
    for chunk in in_chunks(uids):
        found |= {one.uid: one for one in _records(connection, record.c.uid.in_(chunk))}
    return found


def _records(connection: Connection, *conditions: ColumnElement[bool]) -> list[DailyRecord]:
    query = (
        select(record, daily_record.c.person_uid, daily_record.c.name.label("person_name"))
        .join(daily_record, daily_record.c.record_uid == record.c.uid)
        .where(*conditions)
        .order_by(record.c.number, record.c.rid)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    values = rows_of(connection, record_value, [row["uid"] for row in rows])
    return [_record(row, values.get(row["uid"], ())) for row in rows]


def _record(row: Row, values: Iterable[Row]) -> DailyRecord:
    return DailyRecord(
        uid=row["uid"],
        kind=row["kind"],
        version=row["version"],
        organisation=row["organisation_uid"],
        person=row["person_uid"],
        name=row["person_name"],
        year=row["year"],
        month=row["number"],
        title=row["title"],
        state=DailyState(row["state"]),
        values=MappingProxyType({one["field"]: one["value"] for one in values if not one["part"]}),
    )


def daily_at_hand(connection: Connection, uid: str) -> DailyRecord:
    """A daily record that can be opened. Raises Problem for one in the bin, and where there is none."""
    gone = connection.execute(select(record.c.title, record.c.deleted_at).where(record.c.uid == uid)).first()
    found = load_daily(connection, [uid]).get(uid)
    if gone is None or found is None:
        raise Problem(_("这份写实已经不在了。"), _("请重新打开日常写实再看一遍。"))
    if gone.deleted_at is not None:
        raise Problem(_("“{title}”已在回收站里。", title=found.title), _("请先从回收站恢复，再打开。"))
    return found


def of_month(connection: Connection, people: Iterable[str], year: int, month: int) -> dict[str, DailyRecord]:
    """The records of members in a month by uid of the member, without those in the recycle bin."""
    found: dict[str, DailyRecord] = {}
    for chunk in in_chunks(people):
        held = _records(
            connection,
            record.c.deleted_at.is_(None),
            record.c.kind == DAILY,
            record.c.year == year,
            record.c.number == month,
            daily_record.c.person_uid.in_(chunk),
        )
        found |= {one.person: one for one in held if one.person}
    return found


def refuse_second(
    connection: Connection, person: str, year: int, month: int, *, but: Iterable[str] = ()
) -> None:
    """Raise Problem where a member has a record of a month already, other than `but`."""
    known = of_month(connection, [person], year, month).get(person)
    if known is not None and known.uid not in set(but):
        raise Problem(
            _("已经有“{title}”，一人一个月只写一份。", title=known.title),
            _("请打开已有的这一份继续填写。"),
        )


def refuse_second_month(connection: Connection, rows: Iterable[Row]) -> None:
    """Raise Problem where taking back these rows of the journal would bring a second record of a month."""
    undone = list(rows)
    people: dict[str, str | None] = {}
    for row in undone:
        if row["entity"] == daily_record.name and row["op"] == REMOVE:
            before = json.loads(row["before"])
            people[before["record_uid"]] = before.get("person_uid")
    for row in undone:
        held = coming_back(connection, row) if row["entity"] == record.name else None
        if held is None or held["kind"] != DAILY:
            continue
        uid = row["row_uid"]
        known = load_daily(connection, [uid]).get(uid)
        person = known.person if known is not None else people.get(uid)
        if person is not None:
            refuse_second(connection, person, held["year"], held["number"], but=[uid])


def refuse_second_back(connection: Connection, uids: Iterable[str]) -> None:
    """Raise Problem where records that come out of the bin were begun anew, or two are of one month."""
    coming: dict[tuple[str, int, int], str] = {}
    for one in load_daily(connection, uids).values():
        if one.person is None:
            continue
        refuse_second(connection, one.person, one.year, one.month, but=[one.uid])
        if coming.setdefault((one.person, one.year, one.month), one.uid) != one.uid:
            raise Problem(
                _("“{title}”在回收站里有两份，一人一个月只能恢复一份。", title=one.title),
                _("请选择其中一份恢复。"),
            )


def years_written(connection: Connection, organisation: str) -> list[int]:
    """The years in which an organisation has daily records, the newest first."""
    query = (
        select(record.c.year)
        .where(
            record.c.kind == DAILY, record.c.organisation_uid == organisation, record.c.deleted_at.is_(None)
        )
        .distinct()
    )
    return sorted(connection.scalars(query), reverse=True)
