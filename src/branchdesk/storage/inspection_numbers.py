"""The numbers of orders, verification slips and spot checks: gapless in each year, never given twice.

Each organisation counts for itself. What lies in the recycle bin keeps its number, and so does what was
emptied out of it, which only the journal still knows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.changes import INSERT, REMOVE, UPDATE
from branchdesk.storage.inspections import SPOT_CHECK
from branchdesk.storage.tables import change, change_row, issue, record, verification

_UNDOING = ("undo", "redo")


def next_order(connection: Connection, organisation: str, year: int) -> int:
    """The number of the next rectification order of an organisation in a year."""
    query = select(func.max(issue.c.number)).where(
        issue.c.organisation_uid == organisation, issue.c.year == year, issue.c.number.is_not(None)
    )
    emptied = [
        int(row["number"])
        for row in _emptied(connection, issue.name)
        if row.get("number") and row["organisation_uid"] == organisation and row["year"] == year
    ]
    return 1 + max([_number(connection, query), *emptied])


def next_slip(connection: Connection, organisation: str, year: int) -> int:
    """The number of the next verification slip of an organisation in a year."""
    query = (
        select(func.max(verification.c.number))
        .join(issue, issue.c.uid == verification.c.issue_uid)
        .where(issue.c.organisation_uid == organisation, verification.c.year == year)
    )
    slips = _emptied(connection, verification.name)
    homes = {row["uid"]: row["organisation_uid"] for row in _emptied(connection, issue.name)} if slips else {}
    emptied = [
        int(row["number"])
        for row in slips
        if row.get("number") and homes.get(row["issue_uid"]) == organisation and row["year"] == year
    ]
    return 1 + max([_number(connection, query), *emptied])


def next_spot_check(connection: Connection, organisation: str, year: int) -> int:
    """The number of the next spot check of an organisation in a year."""
    query = select(func.max(record.c.number)).where(
        record.c.kind == SPOT_CHECK, record.c.organisation_uid == organisation, record.c.year == year
    )
    emptied = [
        int(row["number"])
        for row in _emptied(connection, record.name)
        if (row["kind"], row["organisation_uid"], row["year"]) == (SPOT_CHECK, organisation, year)
    ]
    return 1 + max([_number(connection, query), *emptied])


def _number(connection: Connection, query: Select[tuple[Any]]) -> int:
    return int(connection.scalar(query) or 0)


def _emptied(connection: Connection, entity: str) -> list[Mapping[str, Any]]:
    """Rows that left a table for good; those that an undo took back were never there."""
    query = (
        select(change_row.c.before)
        .join(change, change.c.seq == change_row.c.change_seq)
        .where(change_row.c.entity == entity, change_row.c.op == REMOVE, change.c.kind.not_in(_UNDOING))
    )
    return [json.loads(before) for before in connection.scalars(query)]


def refuse_gaps(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise Problem where taking back these rows of the journal would leave a gap between numbers.

    The same for numbers that would be there twice: what was undone is done again after others were given.
    """
    for row in rows:
        if row["entity"] == issue.name:
            _refuse_order(connection, row)
        elif row["entity"] == verification.name:
            _refuse_slip(connection, row)
        elif row["entity"] == record.name and row["op"] != UPDATE:
            _refuse_spot_check(connection, row)


def _refuse_order(connection: Connection, row: Mapping[str, Any]) -> None:
    before, after = json.loads(row["before"] or "{}"), json.loads(row["after"] or "{}")
    if row["op"] != UPDATE or "number" not in after:
        return
    held = connection.execute(select(issue).where(issue.c.uid == row["row_uid"])).mappings().first()
    if held is None:
        return
    home, last = held["organisation_uid"], 0
    if after["number"] is not None:
        last = next_order(connection, home, held["year"]) - 1
        if last > after["number"]:
            raise _gap(after["number"], last)
    elif next_order(connection, home, before.get("year", held["year"])) > before["number"]:
        raise _twice(before["number"])


def _refuse_slip(connection: Connection, row: Mapping[str, Any]) -> None:
    held = json.loads(row["after"] if row["op"] == INSERT else row["before"] or "{}")
    number = held.get("number")
    if row["op"] == UPDATE or not number:
        return
    home = connection.scalar(select(issue.c.organisation_uid).where(issue.c.uid == held["issue_uid"]))
    if home is None:
        return
    following = next_slip(connection, home, held["year"])
    if row["op"] == INSERT and following - 1 > number:
        advice = _("请重新整改后再验证一次。")
        if held["passed"]:
            advice = _("问题没有真正解决的，请登记新的问题。")
        raise Problem(
            _("第 {last} 号验证单已经填写，第 {n} 号不能再撤销。", last=following - 1, n=number), advice
        )
    if row["op"] == REMOVE and following > number and _is_taken(connection, home, held):
        raise _twice(number)


def _refuse_spot_check(connection: Connection, row: Mapping[str, Any]) -> None:
    held = json.loads(row["after"] if row["op"] == INSERT else row["before"])
    if held["kind"] != SPOT_CHECK:
        return
    number, last = held["number"], next_spot_check(connection, held["organisation_uid"], held["year"]) - 1
    if row["op"] == INSERT and last > number:
        raise Problem(
            _("第 {last} 次抽查已经抽取，第 {n} 次不能再撤销。", last=last, n=number),
            _("不用的抽查可以移到回收站，次数会保留。"),
        )
    if row["op"] == REMOVE and last >= number:
        raise _twice(number)


def _is_taken(connection: Connection, home: str, held: Mapping[str, Any]) -> bool:
    query = (
        select(verification.c.uid)
        .join(issue, issue.c.uid == verification.c.issue_uid)
        .where(
            issue.c.organisation_uid == home,
            verification.c.year == held["year"],
            verification.c.number == held["number"],
        )
    )
    return connection.scalar(query.limit(1)) is not None


def _gap(number: int, last: int) -> Problem:
    return Problem(
        _("第 {last} 号整改通知单已经发出，第 {n} 号不能再撤销。", last=last, n=number),
        _("不用整改的，可以把问题移到回收站，编号会保留。"),
    )


def _twice(number: int) -> Problem:
    return Problem(
        _("第 {n} 号已经给了别的单子，这一步不能恢复。", n=number), _("请重新编号或重新填写一次。")
    )
