"""Questions about what lies in the recycle bin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, literal, select

from branchdesk.storage.changes import in_chunks
from branchdesk.storage.tables import attachment, member, record


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """One row in the bin; `deleted_at` is milliseconds since 1970, `size` bytes."""

    entity: str
    uid: str
    name: str
    deleted_at: int
    who: str
    why: str
    size: int


def deleted_rows(connection: Connection) -> list[DeletedRow]:
    """Everything in the bin."""
    found = []
    for table, name, size in (
        (member, member.c.name, literal(0)),
        (record, record.c.title, literal(0)),
        (attachment, attachment.c.name, attachment.c.size),
    ):
        columns = (
            table.c.uid,
            name,
            table.c.deleted_at,
            table.c.deleted_by,
            table.c.deleted_why,
            size,
        )
        for uid, called, at, who, why, bytes_ in connection.execute(
            select(*columns).where(table.c.deleted_at.is_not(None))
        ):
            found.append(DeletedRow(table.name, uid, called or "", at, who or "", why or "", bytes_))
    return found


def belonging(connection: Connection, table: Table, members: Sequence[str]) -> list[str]:
    """The rows of a table that belong to members."""
    uids: list[str] = []
    for chunk in in_chunks(members):
        uids += connection.scalars(select(table.c.uid).where(table.c.member_uid.in_(chunk)))
    return uids


def attachments_of(connection: Connection, table: Table, rows: Sequence[str]) -> list[str]:
    """The attachments of rows of a table, those in the bin included."""
    uids: list[str] = []
    for chunk in in_chunks(rows):
        query = select(attachment.c.uid).where(
            attachment.c.entity == table.name, attachment.c.row_uid.in_(chunk)
        )
        uids += connection.scalars(query)
    return uids
