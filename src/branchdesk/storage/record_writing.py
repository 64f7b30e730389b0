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
    known = dict.fromkeys(before)
    wanted = {row["uid"] for row in after}
    change.remove(table, [uid for uid in known if uid not in wanted])
    change.update_many(table, {row["uid"]: row for row in after if row["uid"] in known})
    change.insert_many(table, [row for row in after if row["uid"] not in known])


def write_values(
    change: Change, uid: str, values: Mapping[str, str | None], *, table: str = "", line: str = ""
) -> None:
    """Set values of the form's own fields, or of one line of one of its tables; None clears."""
    write_lines(change, uid, table, {line: values})


def write_lines(change: Change, uid: str, table: str, lines: Mapping[str, Mapping[str, str | None]]) -> None:
    """Set values in several lines of one of the form's own tables, by their uids; None clears."""
    stored = {
        (row["line"], row["field"]): row["uid"]
        for row in rows_of_one(change.connection, record_value, uid)
        if row["part"] == table
    }
    wanted = {(line, key): value for line, values in lines.items() for key, value in values.items()}
    change.remove(record_value, [stored[key] for key, value in wanted.items() if not value and key in stored])
    change.update_many(
        record_value,
        {stored[key]: {"value": value} for key, value in wanted.items() if value and key in stored},
    )
    change.insert_many(
        record_value,
        [
            {"record_uid": uid, "part": table, "line": line, "field": field, "value": value}
            for (line, field), value in wanted.items()
            if value and (line, field) not in stored
        ],
    )


def drop_lines(change: Change, uid: str, table: str, lines: Iterable[str]) -> None:
    """Take lines of one of the form's own tables out, with all their values."""
    gone = set(lines)
    rows = rows_of_one(change.connection, record_value, uid)
    change.remove(record_value, [row["uid"] for row in rows if row["part"] == table and row["line"] in gone])
