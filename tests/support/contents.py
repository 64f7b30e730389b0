"""What a branch file holds, for comparing: the facts, what is derived from them, and the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DefaultClause, select, text

from branchdesk.storage import journal
from branchdesk.storage.branch import Branch
from branchdesk.storage.table_making import metadata
from branchdesk.storage.tables import JOURNALLED

DERIVED = [table for table in metadata.sorted_tables if table.info.get("derived")]
Rows = dict[str, dict[str, Any]]


def facts(branch: Branch) -> dict[str, Rows]:
    """Every row of every fact table by its uid; empty columns are left out, as in the journal."""
    found: dict[str, Rows] = {}
    with branch.raw() as raw:
        for name in JOURNALLED:
            cursor = raw.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own names
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
            found[name] = {row["uid"]: filled(row) for row in rows}
    return found


def filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without its empty columns."""
    return {key: held for key, held in row.items() if held is not None}


def derived(branch: Branch) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived row, and every word of the search index with its place."""
    with branch.read() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in DERIVED
        }
    with branch.raw() as raw:
        raw.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_index, instance)")
        found["search_index"] = sorted(raw.execute("SELECT doc, col, offset, term FROM temp.words"))
        raw.execute("DROP TABLE temp.words")
    return found


def rebuilt(branch: Branch) -> dict[str, list[tuple[Any, ...]]]:
    """What is derived after everything was written anew from the facts."""
    branch.rebuild_derived()
    return derived(branch)


@dataclass(frozen=True)
class JournalRow:
    """One row that a change wrote."""

    entity: str
    uid: str
    op: str
    before: dict[str, Any]
    after: dict[str, Any]


def journalled(branch: Branch, seq: int | None = None) -> list[JournalRow]:
    """The rows that one change wrote, or all changes, in their order."""
    where = "" if seq is None else f"WHERE change_seq = {int(seq)}"
    query = f"SELECT entity, row_uid, op, before, after FROM change_row {where} ORDER BY id"  # noqa: S608
    with branch.raw() as raw:
        return [
            JournalRow(entity, uid, op, json.loads(before or "{}"), json.loads(after or "{}"))
            for entity, uid, op, before, after in raw.execute(query)
        ]


def replayed(branch: Branch) -> dict[str, Rows]:
    """The facts as the journal tells them, from the first change to the last."""
    found: dict[str, Rows] = {name: {} for name in JOURNALLED}
    for row in journalled(branch):
        rows = found[row.entity]
        if row.op == "remove":
            del rows[row.uid]
        else:
            held = _defaults(row.entity) if row.op == "insert" else rows[row.uid]
            rows[row.uid] = filled({**held, **row.after})
    return found


def _defaults(table: str) -> dict[str, Any]:
    """What a new row holds in columns that nobody filled."""
    found: dict[str, Any] = {}
    for column in JOURNALLED[table].columns:
        if isinstance(column.server_default, DefaultClause):
            written = str(column.server_default.arg)
            found[column.name] = int(written) if written.isdecimal() else written
    return found


def assert_sound(branch: Branch) -> None:
    """Nothing contradicts anything: facts, journal, chain, derived tables, SQLite's own checks."""
    assert facts(branch) == replayed(branch)
    before = derived(branch)
    assert before == rebuilt(branch)
    with branch.read() as connection:
        assert journal.verify_chain(connection).broken_at is None
        assert connection.scalar(text("PRAGMA quick_check")) == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
