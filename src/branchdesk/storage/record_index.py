"""Which words of filled forms and problems the full-text index holds, in step with every change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from branchdesk.storage import search
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.records import form_known, rows_of, shelf_of
from branchdesk.storage.tables import agenda_item, issue, record, record_value

_ROLES = ("topic", "place")
_OF_ISSUES = ("text", "basis", "responsible", "measures")
_BELONGING = (record_value, agenda_item)


def refresh(
    connection: Connection,
    touched: Mapping[str, Collection[str]],
    removed: Sequence[tuple[Table, Mapping[str, Any]]],
) -> None:
    """Index anew the filled forms and problems that a change touched; `removed` are the rows it took out."""
    search.forget_texts(connection, search.RECORD, [row["rid"] for table, row in removed if table is record])
    search.forget_texts(connection, search.ISSUE, [row["rid"] for table, row in removed if table is issue])
    _write_issues(connection, touched.get(issue.name, ()))
    uids = set(touched.get(record.name, ()))
    uids |= {row["record_uid"] for table, row in removed if table in _BELONGING}
    for table in _BELONGING:
        for chunk in in_chunks(touched.get(table.name, ())):
            uids.update(connection.scalars(select(table.c.record_uid).where(table.c.uid.in_(chunk))))
    if uids:
        _write(connection, sorted(uids))


def index_everything(connection: Connection) -> None:
    """Index all filled forms and problems into an empty index."""
    _write(connection, list(connection.scalars(select(record.c.uid))))
    _write_issues(connection, list(connection.scalars(select(issue.c.uid))))


def _write_issues(connection: Connection, uids: Iterable[str]) -> None:
    for chunk in in_chunks(uids):
        rows = connection.execute(select(issue).where(issue.c.uid.in_(chunk))).mappings().all()
        search.forget_texts(connection, search.ISSUE, [row["rid"] for row in rows])
        documents = [
            (row["rid"], [row[name] or "" for name in _OF_ISSUES])
            for row in rows
            if row["deleted_at"] is None
        ]
        search.index_texts(connection, search.ISSUE, documents)


def _write(connection: Connection, uids: Iterable[str]) -> None:
    shelf = shelf_of(connection)
    for chunk in in_chunks(uids):
        rows = connection.execute(select(record).where(record.c.uid.in_(chunk))).mappings().all()
        search.forget_texts(connection, search.RECORD, [row["rid"] for row in rows])
        values = rows_of(connection, record_value, chunk)
        agenda = rows_of(connection, agenda_item, chunk)
        documents = []
        for row in rows:
            if row["deleted_at"] is not None:
                continue
            texts = [row["title"], *(one["title"] for one in agenda.get(row["uid"], ()))]
            form = form_known(shelf, row["kind"], row["version"])
            if form is None:  # the title still finds it
                documents.append((row["rid"], texts))
                continue
            wanted = {field.id for field in form.fields if field.role in _ROLES}
            texts += [one["value"] for one in values.get(row["uid"], ()) if one["field"] in wanted]
            documents.append((row["rid"], [form.title, *texts]))
        search.index_texts(connection, search.RECORD, documents)
