"""Reading the journal: history per record and field, what undo would do, and whether the chain is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select

from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.storage.changes import INSERT, RECORD, REMOVE, UPDATE, hash_of_entry, hash_of_rows, in_chunks
from branchdesk.storage.daily import refuse_second_month
from branchdesk.storage.dictionaries import uses_of
from branchdesk.storage.final_records import refuse_final
from branchdesk.storage.inspection_numbers import refuse_gaps
from branchdesk.storage.inspections import refuse_second_coming
from branchdesk.storage.open_decisions import going_on
from branchdesk.storage.points import entries_under
from branchdesk.storage.records import filled_in
from branchdesk.storage.tables import change as change_table
from branchdesk.storage.tables import change_row, decision, dictionary_entry, form_definition, member


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as it stands in the journal. `at` is milliseconds since 1970, UTC."""

    seq: int
    at: int
    person_name: str
    kind: str
    label: str
    rows: int
    undone: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record that a change set; for a row that came or went the whole row, and no field."""

    seq: int
    at: int
    person_name: str
    label: str
    note: str | None
    entity: str
    row_uid: str
    op: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """A later change that stands in the way of undoing: which field it set, none for a whole row."""

    entity: str
    row_uid: str
    field: str
    later_seq: int
    later_label: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """One step that takes a journal row back."""

    entity: str
    row_uid: str
    op: str
    values: dict[str, Any]


def _loaded(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def kind_and_label(connection: Connection, seq: int) -> tuple[str, str]:
    """The kind of a change, and the label of the change that it took back or did again; else its own."""
    columns = select(change_table.c.kind, change_table.c.label, change_table.c.undoes)
    kind, label, undone = connection.execute(columns.where(change_table.c.seq == seq)).one()
    while undone is not None:
        _kind, label, undone = connection.execute(columns.where(change_table.c.seq == undone)).one()
    return kind, label


def undoings(connection: Connection, since: int = 0) -> dict[int, int]:
    """The changes from `since` on that are undone now, each with the change that undid it."""
    query = (
        select(change_table.c.seq, change_table.c.undoes)
        .where(change_table.c.undoes.is_not(None), change_table.c.seq >= since)
        .order_by(change_table.c.seq.desc())
    )
    found: dict[int, int] = {}
    for seq, undone in connection.execute(query):
        if seq not in found:  # an undoing that was undone itself has done nothing
            found[undone] = seq
    return found


def dead_changes(connection: Connection, since: int = 0) -> set[int]:
    """The changes from `since` on that no longer count: each undone one, and the change that undid it.

    What took back something older than `since` did change what there was by then, and counts.
    """
    found = undoings(connection, since)
    return {seq for pair in found.items() if min(pair) >= since for seq in pair}


def entries(connection: Connection, limit: int, before: int | None = None) -> list[Entry]:
    """The newest changes, newest first; `before` continues a list below that number."""
    count = select(func.count()).where(change_row.c.change_seq == change_table.c.seq).scalar_subquery()
    query = (
        select(
            change_table.c.seq,
            change_table.c.at,
            change_table.c.person_name,
            change_table.c.kind,
            change_table.c.label,
            count,
        )
        .order_by(change_table.c.seq.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(change_table.c.seq < before)
    rows = connection.execute(query).all()
    undone = undoings(connection, rows[-1][0]) if rows else {}
    return [Entry(*row, undone=row[0] in undone) for row in rows]


def rows_of_change(connection: Connection, seq: int, most: int) -> list[FieldChange]:
    """The fields that one change set, in the order of writing, at most `most` of them."""
    return list(islice(_field_changes(connection, change_row.c.change_seq == seq), most))


def names_of(connection: Connection, uids: Iterable[str]) -> dict[str, str]:
    """The names of members among these rows, by uid."""
    found: dict[str, str] = {}
    for chunk in in_chunks(uids):
        query = select(member.c.uid, member.c.name).where(member.c.uid.in_(chunk))
        found.update((uid, name or "") for uid, name in connection.execute(query))
    return found


_BELONGS_TO = (RECORD, "subject_uid", "batch_uid")


def rows_as_they_came(connection: Connection, uids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Rows as they were entered first, and the forms, people and ballots they belong to, by their uids."""
    found = _entered(connection, uids)
    owners = {str(row[key]) for row in found.values() for key in _BELONGS_TO if row.get(key)} - set(found)
    return {**_entered(connection, owners), **found}


def _entered(connection: Connection, uids: Iterable[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for chunk in in_chunks(uids):
        query = (
            select(change_row.c.row_uid, change_row.c.after)
            .where(change_row.c.row_uid.in_(chunk), change_row.c.op == INSERT)
            .order_by(change_row.c.id)
        )
        for uid, after in connection.execute(query):
            found.setdefault(uid, _loaded(after))
    return found


def history_of(connection: Connection, uid: str) -> list[FieldChange]:
    """What happened to a record and everything that belongs to it, newest first."""
    found = list(_field_changes(connection, change_row.c.owner_uid == uid))
    return sorted(found, key=lambda change: change.seq, reverse=True)


def _field_changes(connection: Connection, *conditions: Any) -> Iterator[FieldChange]:
    query = (
        select(
            change_table.c.seq,
            change_table.c.at,
            change_table.c.person_name,
            change_table.c.label,
            change_row.c.note,
            change_row.c.entity,
            change_row.c.row_uid,
            change_row.c.op,
            change_row.c.before,
            change_row.c.after,
        )
        .join(change_table, change_table.c.seq == change_row.c.change_seq)
        .where(*conditions)
        .order_by(change_row.c.id)
    )
    for seq, at, person, label, note, entity, uid, op, before, after in connection.execute(query):
        of_row = partial(FieldChange, seq, at, person, label, note, entity, uid, op)
        old, new = _loaded(before), _loaded(after)
        if op != UPDATE:
            yield of_row("", old, new)
            continue
        for field, value in new.items():
            yield of_row(field, old.get(field), value)


def plan_undo(connection: Connection, seq: int) -> tuple[list[Inverse], list[Conflict]]:
    """The steps that take change `seq` back, and the later changes that forbid it.

    Raises Problem where a word would go that records use, which would show its code, where minutes that are
    final or inspections that are signed would change, and where numbers of orders would have a gap.
    """
    query = select(change_row).where(change_row.c.change_seq == seq).order_by(change_row.c.id.desc())
    rows = connection.execute(query).mappings().all()
    dead = dead_changes(connection, seq)
    refuse_final(connection, seq, [dict(row) for row in rows], dead)
    refuse_gaps(connection, [dict(row) for row in rows])
    refuse_second_coming(connection, [dict(row) for row in rows])
    refuse_second_month(connection, [dict(row) for row in rows])
    steps = []
    for row in rows:
        before = _loaded(row["before"])
        op = {INSERT: REMOVE, REMOVE: INSERT, UPDATE: UPDATE}[row["op"]]
        steps.append(Inverse(row["entity"], row["row_uid"], op, before))
        if row["entity"] == dictionary_entry.name and op == REMOVE:
            _refuse_word_in_use(connection, _loaded(row["after"]))
        if row["entity"] == form_definition.name and op == REMOVE:
            _refuse_form_in_use(connection, _loaded(row["after"]))
    return steps, _conflicts(connection, seq, steps, dead)


def _refuse_word_in_use(connection: Connection, word: Mapping[str, Any]) -> None:
    uses = uses_of(connection, word["dictionary"], word["code"])
    if uses:
        raise Problem(
            _n("字典里的“{word}”已用在 {n} 处，不能撤销增加。", uses, word=word["label"]),
            _("请先把用到它的内容改成别的，再撤销。"),
        )


def _refuse_form_in_use(connection: Connection, form: Mapping[str, Any]) -> None:
    """What was filled in a version of a form, in the recycle bin as well, could not be read without it."""
    version = (form["kind"], form["version"])
    uses = filled_in(connection, *version) + entries_under(connection, *version)
    if uses:
        raise Problem(
            _n("已有 {n} 份记录是用这个表单填写的，不能撤销发布。", uses),
            _("不再使用的表单可以留着；需要改动的，请发布新版本。"),
        )


def _conflicts(connection: Connection, seq: int, steps: Sequence[Inverse], dead: set[int]) -> list[Conflict]:
    touched: dict[tuple[str, str], set[str] | None] = {}
    for step in steps:
        fields = None if step.op != UPDATE else set(step.values)
        key = (step.entity, step.row_uid)
        known = touched.get(key, set())
        touched[key] = None if fields is None or known is None else known | fields
    leaving = {step.row_uid for step in steps if step.op == REMOVE}
    found = _belonging_since(connection, seq, leaving, dead) + _carried_on(connection, leaving)
    for chunk in in_chunks({uid for _entity, uid in touched}):
        query = (
            select(change_row, change_table.c.label)
            .join(change_table, change_table.c.seq == change_row.c.change_seq)
            .where(change_row.c.row_uid.in_(chunk), change_row.c.change_seq > seq)
        )
        for row in connection.execute(query).mappings():
            key = (row["entity"], row["row_uid"])
            if row["change_seq"] in dead or key not in touched:
                continue
            fields, later = touched[key], set(_loaded(row["after"]) or _loaded(row["before"]))
            both = later if fields is None or row["op"] != UPDATE else later & fields
            found += [Conflict(*key, field, row["change_seq"], row["label"]) for field in sorted(both)]
    return found


def _belonging_since(
    connection: Connection, seq: int, owners: Iterable[str], dead: set[int]
) -> list[Conflict]:
    """What later changes entered for records that an undo would take away: their events, posts and so on."""
    found = []
    for chunk in in_chunks(owners):
        query = (
            select(change_row, change_table.c.label)
            .join(change_table, change_table.c.seq == change_row.c.change_seq)
            .where(
                change_row.c.owner_uid.in_(chunk),
                change_row.c.owner_uid != change_row.c.row_uid,
                change_row.c.change_seq > seq,
            )
        )
        found += [
            Conflict(row["entity"], row["row_uid"], "", row["change_seq"], row["label"])
            for row in connection.execute(query).mappings()
            if row["change_seq"] not in dead
        ]
    return found


def _carried_on(connection: Connection, leaving: set[str]) -> list[Conflict]:
    """The decisions of meetings that stay which go on one that an undo would take away."""
    found = []
    for chunk in in_chunks(going_on(connection, leaving) - leaving):
        query = (
            select(change_row.c.row_uid, change_table.c.seq, change_table.c.label)
            .join(change_table, change_table.c.seq == change_row.c.change_seq)
            .where(change_row.c.row_uid.in_(chunk), change_row.c.op == INSERT)
        )
        found += [Conflict(decision.name, uid, "", at, label) for uid, at, label in connection.execute(query)]
    return found


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the audit chain is whole: how many changes were read, its head, and the first broken one."""

    changes: int
    head: str
    broken_at: int | None


def verify_chain(connection: Connection) -> ChainReport:
    """Read every change and compare every hash; a row edited behind our back breaks the chain."""
    previous, count = "", 0
    query = select(change_row).order_by(change_row.c.change_seq, change_row.c.id)
    rows = (dict(row) for row in connection.execute(query).mappings())
    row = next(rows, None)
    for found in connection.execute(select(change_table).order_by(change_table.c.seq)).mappings():
        entry = dict(found)
        own = []
        while row is not None and row["change_seq"] == entry["seq"]:
            own.append(row)
            row = next(rows, None)
        count += 1
        whole = (
            entry["seq"] == count
            and entry["previous_hash"] == previous
            and entry["rows_hash"] == hash_of_rows(own)
            and entry["hash"] == hash_of_entry(entry)
        )
        if not whole:
            return ChainReport(count, previous, entry["seq"])
        previous = entry["hash"]
    return ChainReport(count, previous, None if row is None else row["change_seq"])


def chain_head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest change; (0, "") in a new file."""
    query = select(change_table.c.seq, change_table.c.hash).order_by(change_table.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return (row[0], row[1]) if row else (0, "")
