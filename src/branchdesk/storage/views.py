"""Questions about saved views."""

from __future__ import annotations

from sqlalchemy import Connection, select

from branchdesk.storage.tables import saved_view


def views(connection: Connection, screen: str) -> list[tuple[str, str]]:
    """Name and content of the views of a screen, oldest first."""
    query = (
        select(saved_view.c.name, saved_view.c.content)
        .where(saved_view.c.screen == screen)
        .order_by(saved_view.c.rid)
    )
    return [(name, content) for name, content in connection.execute(query)]


def view_uid(connection: Connection, screen: str, name: str) -> str | None:
    """The row of a view."""
    query = select(saved_view.c.uid).where(saved_view.c.screen == screen, saved_view.c.name == name)
    return connection.scalar(query)
