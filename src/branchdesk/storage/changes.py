"""The one way to write: a labelled change, one transaction, journalled by field and chained by hash."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from branchdesk import clock
from branchdesk.storage.tables import change as change_table
from branchdesk.storage.tables import change_row
from branchdesk.uids import new_uid

OWNER = "member_uid"
HOLDER = "row_uid"  # of an attachment: what it belongs to
RECORD = "record_uid"  # of a part of a filled form: the form
ISSUE = "issue_uid"  # of a verification: the problem that was verified
TEMPLATE = "template_uid"  # of a cell: the workbook it belongs to
CHUNK = 500  # values in one IN list
EDIT, IMPORT, UNDO, REDO, RESTORE, LOOK = "edit", "import", "undo", "redo", "restore", "look"
INSERT, UPDATE, REMOVE = "insert", "update", "remove"
_COUNTER_BITS = 16
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Changes:
    """What one change touched: its number, its label and the rows by table name; empty when nothing was."""

    seq: int
    label: str
    touched: Mapping[str, frozenset[str]]

    def __bool__(self) -> bool:
        return self.seq > 0

    def touches(self, *entities: str) -> bool:
        """Whether any row of these tables was written."""
        return any(self.touched.get(entity) for entity in entities)


NOTHING = Changes(0, "", {})


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and in which copy of the file."""

    person: str
    name: str
    node: str


def canonical(value: Any) -> str:
    """The one spelling of a JSON value that hashes are made of."""
    return _JSON.encode(value)


def in_chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in lists short enough for an IN."""
    rest = list(values)
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]


class Change:
    """One change under way; `Branch.change` makes it and finishes it."""

    def __init__(self, connection: Connection, label: str, kind: str, undoes: int | None) -> None:
        self.connection = connection
        self.label = label
        self.kind = kind
        self.undoes = undoes
        self.result = NOTHING
        self.removed: list[tuple[Table, Row]] = []
        self._rows: list[dict[str, Any]] = []

    # ---- what services call

    def insert(self, table: Table, values: Row, note: str | None = None) -> str:
        """Add one row and return its uid."""
        return self.insert_many(table, [values], [note])[0]

    def insert_many(
        self, table: Table, rows: Sequence[Row], notes: Sequence[str | None] | None = None
    ) -> list[str]:
        """Add rows and return their uids; `notes` say for each where it came from."""
        if not rows:
            return []
        complete = [
            {
                "rid": number,
                "uid": row.get("uid") or new_uid(),
                **{key: value for key, value in row.items() if value is not None and key not in _KEYS},
            }
            for number, row in zip(self._numbers_for(table, rows), rows, strict=True)
        ]
        columns = {key for row in complete for key in row}
        self.connection.execute(
            table.insert(), [{column: row.get(column) for column in columns} for row in complete]
        )
        for row, note in zip(complete, notes or [None] * len(complete), strict=True):
            self._journal(table, row["uid"], _owner(row, row["uid"]), INSERT, None, row, note)
        return [row["uid"] for row in complete]

    def update(self, table: Table, uid: str, values: Row, note: str | None = None) -> None:
        """Set fields of one row; fields that already hold the value are left alone."""
        self.update_many(table, {uid: values}, note)

    def update_many(self, table: Table, values: Mapping[str, Row], note: str | None = None) -> None:
        """Set fields of rows by their uid. Raises KeyError for a uid that no row has."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        owner = [column for column in (OWNER, HOLDER, RECORD) if column in table.c]
        columns = list(dict.fromkeys([*owner, *(column for row in values.values() for column in row)]))
        before = self._rows_of(table, values, columns)
        for uid, row in values.items():
            old = before[uid]
            new = {column: value for column, value in row.items() if old[column] != value}
            if not new:
                continue
            was = {column: old[column] for column in new}
            self._journal(table, uid, _owner(old, uid), UPDATE, was, new, note)
            groups[tuple(sorted(new))].append({"by_uid": uid, **{f"new_{key}": new[key] for key in new}})
        for group, rows in groups.items():
            statement = (
                table.update()
                .where(table.c.uid == bindparam("by_uid"))
                .values({column: bindparam(f"new_{column}") for column in group})
            )
            self.connection.execute(statement, rows)

    def remove(self, table: Table, uids: Iterable[str], note: str | None = None) -> None:
        """Take rows out of the table; the journal keeps them whole."""
        wanted = list(dict.fromkeys(uids))
        before = self._rows_of(table, wanted, [column.name for column in table.columns])
        for chunk in in_chunks(wanted):
            self.connection.execute(table.delete().where(table.c.uid.in_(chunk)))
        for uid in wanted:
            row = {column: value for column, value in before[uid].items() if value is not None}
            self._journal(table, uid, _owner(row, uid), REMOVE, row, None, note)
            self.removed.append((table, row))

    def put_in_bin(self, table: Table, uids: Iterable[str], why: str, person: str) -> None:
        """Stamp rows as deleted; they wait in the recycle bin."""
        stamps = {"deleted_at": clock.milliseconds(), "deleted_by": person, "deleted_why": why}
        self.update_many(table, dict.fromkeys(uids, stamps))

    def take_from_bin(self, table: Table, uids: Iterable[str]) -> None:
        """Take the stamp away again."""
        stamps = {"deleted_at": None, "deleted_by": None, "deleted_why": None}
        self.update_many(table, dict.fromkeys(uids, stamps))

    # ---- what the journal and Branch need

    def touched(self) -> dict[str, frozenset[str]]:
        """The rows written so far, by table name."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows:
            found[row["entity"]].add(row["row_uid"])
        return {entity: frozenset(uids) for entity, uids in found.items()}

    def seal(self, author: Author) -> Changes:
        """Write the journal of this change; a change without rows is written only when it is a look."""
        if not self._rows and self.kind != LOOK:
            return NOTHING
        entry = self._entry(author)
        self.connection.execute(change_table.insert(), entry)
        if self._rows:
            for row in self._rows:
                row["change_seq"] = entry["seq"]
            self.connection.execute(change_row.insert(), self._rows)
        return Changes(entry["seq"], self.label, self.touched())

    def _entry(self, author: Author) -> dict[str, Any]:
        last = self.connection.execute(
            select(change_table.c.seq, change_table.c.stamp, change_table.c.hash)
            .order_by(change_table.c.seq.desc())
            .limit(1)
        ).first()
        seq, stamp, previous = last or (0, 0, "")
        now = clock.milliseconds()
        entry = {
            "seq": seq + 1,
            "uid": new_uid(),
            "node": author.node,
            # A hybrid clock: never behind an earlier change, whatever the wall clock says.
            "stamp": max(now << _COUNTER_BITS, stamp + 1),
            "at": now,
            "person": author.person,
            "person_name": author.name,
            "kind": self.kind,
            "label": self.label,
            "undoes": self.undoes,
            "rows_hash": hash_of_rows(self._rows),
            "previous_hash": previous,
        }
        return {**entry, "hash": hash_of_entry(entry)}

    def _journal(
        self,
        table: Table,
        uid: str,
        owner: str,
        op: str,
        before: Row | None,
        after: Row | None,
        note: str | None,
    ) -> None:
        if self.kind == LOOK:
            raise RuntimeError("a look writes nothing")
        self._rows.append(
            {
                "entity": table.name,
                "row_uid": uid,
                "owner_uid": owner,
                "op": op,
                "before": None if before is None else canonical(before),
                "after": None if after is None else canonical(after),
                "note": note,
            }
        )

    def _numbers_for(self, table: Table, rows: Sequence[Row]) -> list[int]:
        """Row numbers for new rows: a row that comes back has its own, unless another row got it since."""
        own = [row["rid"] for row in rows if "rid" in row]
        taken: set[int] = set()
        for start in range(0, len(own), CHUNK):
            chunk = own[start : start + CHUNK]
            taken.update(self.connection.scalars(select(table.c.rid).where(table.c.rid.in_(chunk))))
        last = self.connection.scalar(select(func.max(table.c.rid))) or 0
        free = itertools.count(max([last, *own]) + 1)
        return [row["rid"] if "rid" in row and row["rid"] not in taken else next(free) for row in rows]

    def _rows_of(self, table: Table, uids: Iterable[str], columns: Sequence[str]) -> dict[str, Row]:
        wanted = [table.c[column] for column in columns]
        found: dict[str, Row] = {}
        for chunk in in_chunks(uids):
            query = select(table.c.uid.label("by_uid"), *wanted).where(table.c.uid.in_(chunk))
            for row in self.connection.execute(query):
                found[row[0]] = dict(zip(columns, row[1:], strict=True))
        return found


_KEYS = {"rid", "uid"}
_ROW_PARTS = ("entity", "row_uid", "owner_uid", "op", "before", "after", "note")
_ENTRY_PARTS = (
    "seq",
    "uid",
    "node",
    "stamp",
    "at",
    "person",
    "person_name",
    "kind",
    "label",
    "undoes",
    "rows_hash",
    "previous_hash",
)


def _owner(row: Row, uid: str) -> str:
    """The record whose history a row belongs to."""
    owners = (row.get(column) for column in (OWNER, HOLDER, RECORD, ISSUE, TEMPLATE))
    return str(next((owner for owner in owners if owner), uid))


def hash_of_rows(rows: Iterable[Row]) -> str:
    """SHA-256 over the journal rows of one change, in their order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical([row[part] for part in _ROW_PARTS]).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def hash_of_entry(entry: Row) -> str:
    """SHA-256 over one entry, which holds the hash of the entry before it."""
    return hashlib.sha256(canonical([entry[part] for part in _ENTRY_PARTS]).encode()).hexdigest()
