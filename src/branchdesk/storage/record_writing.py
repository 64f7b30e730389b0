"""Writing the parts of filled forms into a change: only what differs becomes a row of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from branchdesk.storage.changes import Change
from branchdesk.storage.records import rows_of_one
from branchdesk.storage.tables import record_value


def align(change: Change, table: Table, before: Iterable[str], after: Sequence[Mapping[str, Any]]) -> None:
    """Bring the rows of a table, known by their uids, to `after`: new ones in, missing ones out."""
    known = list(before)
    wanted = {row["uid"] for row in after}
    change.remove(table, [uid for uid in known if uid not in wanted])
    change.update_many(table, {row["uid"]: row for row in after if row["uid"] in known})
    change.insert_many(table, [row for row in after if row["uid"] not in known])


def write_values(
    change: Change, uid: str, values: Mapping[str, str | None], *, table: str = "", line: str = ""
) -> None:
    """Set values of the form's own fields, or of one line of one of its tables; None clears."""
    stored = {
        row["field"]: row["uid"]
        for row in rows_of_one(change.connection, record_value, uid)
        if (row["part"], row["line"]) == (table, line)
    }
    change.remove(record_value, [stored[key] for key, value in values.items() if not value and key in stored])
    change.update_many(
        record_value,
        {stored[key]: {"value": value} for key, value in values.items() if value and key in stored},
    )
    change.insert_many(
        record_value,
        [
            {"record_uid": uid, "part": table, "line": line, "field": key, "value": value}
            for key, value in values.items()
            if value and key not in stored
        ],
    )


def drop_line(change: Change, uid: str, table: str, line: str) -> None:
    """Take one line of one of the form's own tables out, with all its values."""
    rows = rows_of_one(change.connection, record_value, uid)
    change.remove(record_value, [row["uid"] for row in rows if (row["part"], row["line"]) == (table, line)])
