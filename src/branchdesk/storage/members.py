"""Questions about single members: their file, their events, their attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from branchdesk.storage.changes import in_chunks
from branchdesk.storage.tables import attachment, member, member_event


def uid_of(connection: Connection, rid: int) -> str:
    """The identity of the member in a row."""
    return str(connection.scalar(select(member.c.uid).where(member.c.rid == rid)))


def rid_of(connection: Connection, uid: str) -> int | None:
    """The row number of a member who is not in the recycle bin; None where there is none."""
    asked = select(member.c.rid).where(member.c.uid == uid, member.c.deleted_at.is_(None))
    found: int | None = connection.scalar(asked)
    return found


def events_of(connection: Connection, uid: str) -> list[Mapping[str, Any]]:
    """The events of a member as stored, in the order of their dates; undated ones first."""
    query = (
        select(member_event)
        .where(member_event.c.member_uid == uid)
        .order_by(member_event.c.on_date.nulls_first(), member_event.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def attachments_of(connection: Connection, entity: str, uid: str) -> list[Mapping[str, Any]]:
    """The attachments of a record that are not in the recycle bin, oldest first."""
    query = (
        select(attachment)
        .where(
            attachment.c.entity == entity,
            attachment.c.row_uid == uid,
            attachment.c.deleted_at.is_(None),
        )
        .order_by(attachment.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def attachment_row(connection: Connection, uid: str) -> Mapping[str, Any] | None:
    """One attachment, one in the recycle bin as well; None where there is none."""
    row = connection.execute(select(attachment).where(attachment.c.uid == uid)).mappings().first()
    return dict(row) if row else None


def members_by_identity(connection: Connection, numbers: Iterable[str]) -> dict[str, list[str]]:
    """The members who have these identity numbers: number to uids."""
    found: dict[str, list[str]] = {}
    for chunk in in_chunks(numbers):
        query = select(member.c.id_number, member.c.uid).where(
            member.c.id_number.in_(chunk), member.c.deleted_at.is_(None)
        )
        for number, uid in connection.execute(query):
            found.setdefault(number, []).append(uid)
    return found


def members_by_name(connection: Connection) -> list[tuple[str, str, str | None]]:
    """Uid, name and identity number of every member that is not in the recycle bin."""
    query = select(member.c.uid, member.c.name, member.c.id_number).where(member.c.deleted_at.is_(None))
    return [(uid, name or "", number) for uid, name, number in connection.execute(query)]
