"""Questions about earlier imports."""

from __future__ import annotations

from sqlalchemy import Connection, select

from branchdesk.storage.tables import import_memory


def remembered_mapping(connection: Connection, headings: str) -> str | None:
    """The mapping that was agreed on for these headings, as JSON."""
    query = select(import_memory.c.mapping).where(import_memory.c.headings == headings)
    return connection.scalar(query)


def memory_uid(connection: Connection, headings: str) -> str | None:
    """The row that remembers these headings."""
    query = select(import_memory.c.uid).where(import_memory.c.headings == headings)
    return connection.scalar(query)
