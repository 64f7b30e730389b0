"""What meetings left open, and how one matter is carried from meeting to meeting.

A decision that goes on an earlier one names it in `carried_from`; all that hang together are one matter. It
stays one where a meeting in the middle of it lies in the recycle bin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from branchdesk.storage.changes import Change, in_chunks
from branchdesk.storage.tables import decision, record


def _taken_up(but: str = "") -> Select[Any]:
    """The decisions that a meeting goes on, other than the meeting `but`, at once or over several others."""
    alive = (
        select(decision.c.carried_from.label("uid"))
        .join(record, record.c.uid == decision.c.record_uid)
        .where(decision.c.carried_from.is_not(None), record.c.deleted_at.is_(None), record.c.uid != but)
        .cte("taken_up", recursive=True)
    )
    before = (
        select(decision.c.carried_from)
        .join(alive, decision.c.uid == alive.c.uid)
        .where(decision.c.carried_from.is_not(None))
    )
    return select(alive.union(before).c.uid)


def decisions_taken_up(connection: Connection, *, but: str = "") -> set[str]:
    """The decisions that a meeting goes on, other than the meeting `but`."""
    return {str(uid) for uid in connection.scalars(_taken_up(but))}


def open_counts(connection: Connection, records: Iterable[str]) -> dict[str, int]:
    """How many decisions of meetings are open and were taken up by no other meeting."""
    found: dict[str, int] = {}
    for chunk in in_chunks(records):
        query = (
            select(decision.c.record_uid, func.count())
            .where(
                decision.c.record_uid.in_(chunk), decision.c.closed == 0, decision.c.uid.not_in(_taken_up())
            )
            .group_by(decision.c.record_uid)
        )
        found |= dict(tuple(row) for row in connection.execute(query))
    return found


def with_open_decisions(connection: Connection, organisation: str | None = None) -> list[str]:
    """The meetings, of one organisation or of all, that left something open, the oldest first."""
    query = (
        select(record.c.uid)
        .where(
            record.c.deleted_at.is_(None),
            record.c.uid.in_(select(decision.c.record_uid).where(decision.c.closed == 0)),
        )
        .order_by(record.c.on_date.nulls_last(), record.c.rid)
    )
    if organisation is not None:
        query = query.where(record.c.organisation_uid == organisation)
    return list(connection.scalars(query))


def open_in_matter(connection: Connection, uid: str) -> list[str]:
    """The open decisions of the matter of one, that one among them where it is open."""
    found, asked = {uid}, {uid}
    while asked:
        near = going_on(connection, asked)
        for chunk in in_chunks(asked):
            query = select(decision.c.carried_from).where(decision.c.uid.in_(chunk))
            near |= {str(one) for one in connection.scalars(query) if one is not None}
        asked = near - found
        found |= asked
    still_open: list[str] = []
    for chunk in in_chunks(sorted(found)):
        still_open += connection.scalars(
            select(decision.c.uid).where(decision.c.uid.in_(chunk), decision.c.closed == 0)
        )
    return still_open


def going_on(connection: Connection, uids: Iterable[str]) -> set[str]:
    """The decisions that go on one of these."""
    found: set[str] = set()
    for chunk in in_chunks(uids):
        found.update(connection.scalars(select(decision.c.uid).where(decision.c.carried_from.in_(chunk))))
    return found


def take_out(change: Change, uids: Iterable[str]) -> None:
    """Remove decisions; what goes on one of them goes on what that one came from."""
    gone = list(dict.fromkeys(uids))
    came_from: dict[str, str | None] = {}
    followers: dict[str, str] = {}
    for chunk in in_chunks(gone):
        query = select(decision.c.uid, decision.c.carried_from).where(decision.c.uid.in_(chunk))
        came_from |= dict(tuple(row) for row in change.connection.execute(query))
        later = select(decision.c.uid, decision.c.carried_from).where(decision.c.carried_from.in_(chunk))
        followers |= dict(tuple(row) for row in change.connection.execute(later))
    rows = {}
    for uid, before in followers.items():
        origin: str | None = before
        for _step in came_from:
            origin = came_from.get(origin, origin) if origin is not None else None
        rows[uid] = {"carried_from": origin}
    change.update_many(decision, {uid: row for uid, row in rows.items() if uid not in came_from})
    change.remove(decision, gone)
