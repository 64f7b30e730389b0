"""What follows from the facts: where each member stands, how names sort, what is to be mended.

Nothing here is journalled; it is written anew for the members that a change touched, in the same
transaction, and can be rebuilt at any time.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from branchdesk import clock
from branchdesk.domain.checks import CHECKS
from branchdesk.domain.names import pinyin_key, stroke_key
from branchdesk.findings import Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import shipped_form
from branchdesk.forms.rules import shipped_rules
from branchdesk.paths import form_folder
from branchdesk.storage import record_index, search
from branchdesk.storage.changes import Change, in_chunks
from branchdesk.storage.dictionaries import vocabulary
from branchdesk.storage.member_facts import load_facts
from branchdesk.storage.tables import (
    dictionary_entry,
    member,
    member_event,
    member_finding,
    meta,
    pending_value,
    post,
    roster_entry,
)

DUPLICATE = "duplicate_id"
_EDITION = "derived_edition"
_CHECKED_ON = "derived_checked_on"
_CODE_EDITION = "6"
NO_POST = 99
_BELONGING = (member_event, post, pending_value)


def refresh(connection: Connection, change: Change) -> None:
    """Write anew what follows for the members that a change touched."""
    touched = change.touched()
    if touched.get(dictionary_entry.name):
        rebuild(connection)
        return
    uids = set(touched.get(member.name, ()))
    for table in _BELONGING:
        for chunk in in_chunks(touched.get(table.name, ())):
            uids.update(connection.scalars(select(table.c.member_uid).where(table.c.uid.in_(chunk))))
    gone = [row for table, row in change.removed if table is member]
    search.forget_members(connection, [row["rid"] for row in gone])
    _mark_duplicates(connection, {row["id_number"] for row in gone if row.get("id_number")})
    for table, row in change.removed:
        if table in _BELONGING:
            uids.add(row["member_uid"])
    record_index.refresh(connection, touched, change.removed)
    if uids:
        _write(connection, uids, surroundings(connection))


def surroundings(connection: Connection, *, typed: bool = False) -> Surroundings:
    """What reading and checking values of this file needs, as of today."""
    return Surroundings(vocabulary(connection), clock.today(), typed)


def _write(connection: Connection, uids: Iterable[str], around: Surroundings) -> None:
    wanted = sorted(uids)
    facts = load_facts(connection, wanted)
    rids: list[int] = []
    for chunk in in_chunks(wanted):
        rids += connection.scalars(select(member.c.rid).where(member.c.uid.in_(chunk)))
    numbers = _numbers_to_look_at(connection, rids)
    _forget(connection, rids)
    entries, findings, documents = [], [], []
    for fact in facts.values():
        values = fact.values(around.today, around.vocabulary["post"])
        rid = fact.row["rid"]
        entries.append(_entry(rid, values, around))
        findings += _findings(rid, values, around)
        documents.append(_document(rid, fact.row))
    if entries:
        connection.execute(roster_entry.insert(), entries)
        search.index_members(connection, documents)
    if findings:
        connection.execute(member_finding.insert(), findings)
    numbers |= {fact.row["id_number"] for fact in facts.values() if fact.row["id_number"]}
    _mark_duplicates(connection, numbers)


def _forget(connection: Connection, rids: Sequence[int]) -> None:
    for start in range(0, len(rids), 500):
        chunk = rids[start : start + 500]
        connection.execute(roster_entry.delete().where(roster_entry.c.member_rid.in_(chunk)))
        connection.execute(member_finding.delete().where(member_finding.c.member_rid.in_(chunk)))
    search.forget_members(connection, rids)


def _entry(rid: int, values: Mapping[str, str | None], around: Surroundings) -> dict[str, Any]:
    posts = (values["posts"] or "").split()
    name = values["name"] or ""
    columns = ("category", "state", "admitted_on", "confirmed_on", "arrived_on", "left_on", "posts", "sex")
    ranks = around.vocabulary["post"]
    return {
        "member_rid": rid,
        **{column: values[column] for column in columns},
        "organisation_uid": values["organisation"],
        "group_uid": values["group"],
        "post_rank": min((ranks.rank(code) for code in posts), default=NO_POST),
        "pinyin": pinyin_key(name),
        "strokes": stroke_key(name),
    }


def _findings(rid: int, values: Mapping[str, str | None], around: Surroundings) -> list[dict[str, Any]]:
    form = shipped_form("member.file")
    found = {
        (finding.field, finding.code): finding.severity
        for finding in check_form(form, values, around, shipped_rules(), CHECKS)
    }
    return [
        {"member_rid": rid, "field": field, "code": code, "severity": severity}
        for (field, code), severity in found.items()
    ]


def _document(rid: int, row: Mapping[str, Any]) -> tuple[int, str, str, str, Iterable[str]]:
    numbers = (row["id_number"] or "", row["mobile"] or "", row["landline"] or "")
    return rid, row["name"] or "", row["former_name"] or "", row["staff_number"] or "", numbers


def _numbers_to_look_at(connection: Connection, rids: Sequence[int]) -> set[str]:
    """The identity numbers of all marked duplicates, where one of `rids` is among them.

    The member that changed may have taken its number away; the others with that number are still marked.
    """
    marked = set(
        connection.scalars(select(member_finding.c.member_rid).where(member_finding.c.code == DUPLICATE))
    )
    if not marked & set(rids):
        return set()
    shared = select(member.c.id_number).where(member.c.rid.in_(marked), member.c.id_number.is_not(None))
    return {number for number in connection.scalars(shared) if number}


def _mark_duplicates(connection: Connection, numbers: Iterable[str]) -> None:
    """Set or clear the finding on every member that has one of these identity numbers."""
    for chunk in in_chunks(numbers):
        alive = select(member.c.rid, member.c.id_number).where(
            member.c.id_number.in_(chunk), member.c.deleted_at.is_(None)
        )
        owners: dict[str, list[int]] = defaultdict(list)
        for rid, number in connection.execute(alive):
            owners[number].append(rid)
        everyone = [rid for rids in owners.values() for rid in rids]
        connection.execute(
            member_finding.delete().where(
                member_finding.c.code == DUPLICATE, member_finding.c.member_rid.in_(everyone)
            )
        )
        shared = [rid for rids in owners.values() if len(rids) > 1 for rid in rids]
        if shared:
            connection.execute(
                member_finding.insert(),
                [
                    {"member_rid": rid, "field": "id_number", "code": DUPLICATE, "severity": Severity.WARN}
                    for rid in shared
                ],
            )


def rebuild(connection: Connection) -> None:
    """Write everything derived anew, from the facts alone."""
    connection.execute(roster_entry.delete())
    connection.execute(member_finding.delete())
    search.forget_everything(connection)
    around = surroundings(connection)
    for chunk in in_chunks(connection.scalars(select(member.c.uid).where(member.c.deleted_at.is_(None)))):
        _write(connection, chunk, around)
    record_index.index_everything(connection)
    _remember(connection, _EDITION, edition())
    _remember(connection, _CHECKED_ON, clock.today().isoformat())


def edition() -> str:
    """What the derived tables depend on besides the facts: this code and the shipped forms and rules."""
    digest = hashlib.sha256(_CODE_EDITION.encode())
    for path in sorted(form_folder().rglob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def freshen(connection: Connection) -> None:
    """At opening: rebuild after an upgrade; on a new day look again at what depends on today."""
    known = dict(connection.execute(select(meta.c.key, meta.c.value)).all())
    today, before = clock.today().isoformat(), known.get(_CHECKED_ON, "")
    # After a clock that was set back nobody knows what had already been looked at.
    if known.get(_EDITION) != edition() or before > today:
        rebuild(connection)
        return
    if before == today:
        return
    # A date known to the month or year sorts before every day in it, so this is its first day.
    comes = func.coalesce(member_event.c.on_date, member_event.c.entered_on)
    moving = or_(
        roster_entry.c.category == "probationary",
        member.c.rid.in_(select(member_finding.c.member_rid).where(member_finding.c.code == "future")),
        member.c.uid.in_(select(member_event.c.member_uid).where(comes > before, comes <= today)),
        member.c.uid.in_(
            select(post.c.member_uid).where(
                or_(post.c.until.is_not(None), func.coalesce(post.c.since, post.c.entered_on) > before[:7])
            )
        ),
    )
    stale = connection.scalars(
        select(member.c.uid).join(roster_entry, roster_entry.c.member_rid == member.c.rid).where(moving)
    )
    _write(connection, list(stale), surroundings(connection))
    _remember(connection, _CHECKED_ON, today)


def _remember(connection: Connection, key: str, value: str) -> None:
    connection.execute(meta.delete().where(meta.c.key == key))
    connection.execute(meta.insert().values(key=key, value=value))
