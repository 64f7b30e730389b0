"""Questions about earlier imports."""

from __future__ import annotations

from sqlalchemy import Connection, select

from branchdesk.storage.tables import (
    change_row,
    import_memory,
    member,
    member_event,
    organisation,
    organisation_version,
    pending_value,
    post,
)

_ROSTER = [
    table.name for table in (member, member_event, organisation, organisation_version, pending_value, post)
]


def remembered_mapping(connection: Connection, headings: str) -> str | None:
    """The mapping that was agreed on last for these headings, as JSON."""
    query = (
        select(import_memory.c.mapping)
        .where(import_memory.c.headings == headings)
        .order_by(import_memory.c.rid.desc())
        .limit(1)
    )
    return connection.scalar(query)


def roster_changed_since(connection: Connection, seq: int) -> bool:
    """Whether a change after number `seq` touched members or the organisations that they belong to."""
    query = (
        select(change_row.c.id)
        .where(change_row.c.change_seq > seq, change_row.c.entity.in_(_ROSTER))
        .limit(1)
    )
    return connection.scalar(query) is not None
