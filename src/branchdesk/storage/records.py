"""Questions about filled forms of any kind: their rows, values, versions and the forms they are filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, func, select

from branchdesk.errors import Problem
from branchdesk.forms.declarations import Form
from branchdesk.forms.shelf import Shelf, StoredForm
from branchdesk.forms.toml_files import FormMistake
from branchdesk.i18n import _
from branchdesk.storage import search
from branchdesk.storage.changes import CHUNK, in_chunks
from branchdesk.storage.daily_tables import daily_record
from branchdesk.storage.evaluation_tables import OF_EVALUATIONS, evaluation_subject
from branchdesk.storage.point_tables import point_entry, redemption
from branchdesk.storage.tables import (
    agenda_item,
    attendance,
    candidate,
    check_switch,
    decision,
    fixed_phrase,
    form_definition,
    passage,
    proof,
    record,
    record_value,
    record_version,
    vote,
)

Row = Mapping[str, Any]
# What belongs to a filled form, in an order in which rows may be taken out.
BELONGING = (
    *(candidate, vote, passage, decision, agenda_item, attendance, proof),
    *OF_EVALUATIONS,
    *(record_value, record_version, daily_record),
)
# What names a person of the roster; the name stands beside it and stays.
NAMES_PEOPLE = (
    *(attendance, passage, vote, candidate, point_entry, redemption, daily_record),
    evaluation_subject,
)
PLACE = "#"  # the field in which a line of a table keeps its place


def record_row(connection: Connection, uid: str) -> dict[str, Any] | None:
    """The row of a filled form, one in the recycle bin as well; None where there is none."""
    row = connection.execute(select(record).where(record.c.uid == uid)).mappings().first()
    return dict(row) if row else None


def rows_numbered(connection: Connection, rids: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of filled forms by their row numbers, without those in the recycle bin."""
    found: list[dict[str, Any]] = []
    for start in range(0, len(rids), CHUNK):
        chunk = rids[start : start + CHUNK]
        query = select(record).where(record.c.rid.in_(chunk), record.c.deleted_at.is_(None))
        found += [dict(row) for row in connection.execute(query).mappings()]
    return found


def rows_saying(connection: Connection, typed: str, most: int) -> list[dict[str, Any]]:
    """The rows of filled forms that say every word that was typed, at most `most` of them."""
    return rows_numbered(connection, search.find_texts(connection, search.RECORD, typed, most))


def rows_of(connection: Connection, table: Table, records: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table that belong to filled forms, by their uid, in their order."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    order = (table.c.position, table.c.rid) if "position" in table.c else (table.c.rid,)
    for chunk in in_chunks(records):
        query = select(table).where(table.c.record_uid.in_(chunk)).order_by(*order)
        for row in connection.execute(query).mappings():
            found[row["record_uid"]].append(dict(row))
    return found


def rows_of_one(connection: Connection, table: Table, uid: str) -> list[dict[str, Any]]:
    """The rows of a table that belong to one filled form, in their order."""
    return rows_of(connection, table, [uid]).get(uid, [])


def uids_belonging(connection: Connection, table: Table, records: Iterable[str]) -> list[str]:
    """The uids of the rows of a table that belong to filled forms."""
    return [row["uid"] for rows in rows_of(connection, table, records).values() for row in rows]


def uids_naming(connection: Connection, table: Table, members: Iterable[str]) -> list[str]:
    """The uids of the rows of a table that name one of these members."""
    found: list[str] = []
    for chunk in in_chunks(members):
        found += connection.scalars(select(table.c.uid).where(table.c.person_uid.in_(chunk)))
    return found


def last_number(
    connection: Connection, kind: str, organisation: str, group: str | None, year: int, *, but: str = ""
) -> int:
    """The highest number that a form of this kind has in a year; 0 where none has one.

    Those in the recycle bin and the record `but` do not count.
    """
    query = select(func.max(record.c.number)).where(
        record.c.kind == kind,
        record.c.organisation_uid == organisation,
        record.c.group_uid.is_(group) if group is None else record.c.group_uid == group,
        record.c.year == year,
        record.c.deleted_at.is_(None),
        record.c.uid != but,
    )
    return connection.scalar(query) or 0


def stored_forms(connection: Connection) -> tuple[StoredForm, ...]:
    """The forms that did not ship with the program, in the order in which they came."""
    rows = connection.execute(select(form_definition).order_by(form_definition.c.rid))
    return tuple(
        StoredForm(
            kind=row.kind,
            version=row.version,
            origin=row.origin,
            content=row.content,
            effective_from=date.fromisoformat(row.effective_from) if row.effective_from else None,
        )
        for row in rows
    )


def filled_in(connection: Connection, kind: str, version: int) -> int:
    """How many records, those in the recycle bin among them, are filled in one version of a form."""
    query = select(func.count()).where(record.c.kind == kind, record.c.version == version)
    return connection.scalar(query) or 0


@lru_cache(maxsize=4)
def _shelf(stored: tuple[StoredForm, ...]) -> Shelf:
    return Shelf(stored)


def shelf_of(connection: Connection) -> Shelf:
    """Every form that this file can fill: shipped, received and made here."""
    return _shelf(stored_forms(connection))


def form_known(shelf: Shelf, kind: str, version: int) -> Form | None:
    """The form of a record; None where it came with a newer program or can no longer be read."""
    try:
        return shelf.form(kind, version)
    except (KeyError, FormMistake):
        return None


def form_at_hand(shelf: Shelf, kind: str, version: int) -> Form:
    """The form of a record that is to be shown. Raises Problem where there is none that can be read."""
    form = form_known(shelf, kind, version)
    if form is None:
        raise Problem(
            _("填写时用的表单“{kind}”第 {n} 版读不出来，内容都还在。", kind=kind, n=version),
            _("请用新版本的程序打开；仍不行的，请在表单设计里查看这个表单的问题。"),
        )
    return form


def is_of_subject(shelf: Shelf, kind: str, version: int, subject: str) -> bool:
    """Whether a record is of a subject; where no form of it can be read any more, its kind tells."""
    form = form_known(shelf, kind, version)
    return form.subject == subject if form else kind.partition(".")[0] == subject


def kinds_in_use(connection: Connection, shelf: Shelf, subject: str) -> list[str]:
    """The kinds of records of a subject, those among them of which no form can be read any more."""
    known = shelf.kinds(subject)
    rows = connection.execute(select(record.c.kind, record.c.version).distinct()).all()
    more = [kind for kind, version in rows if is_of_subject(shelf, kind, version, subject)]
    return list(dict.fromkeys([*known, *more]))


def phrases(connection: Connection) -> list[dict[str, Any]]:
    """The fixed phrases in their order."""
    query = select(fixed_phrase).order_by(fixed_phrase.c.position, fixed_phrase.c.rid)
    return [dict(row) for row in connection.execute(query).mappings()]


def switches(connection: Connection) -> dict[str, tuple[str, str]]:
    """The checks that are switched off: the uid of the row and the reason, by the name of the check."""
    rows = connection.execute(select(check_switch).order_by(check_switch.c.rid))
    return {row.name: (row.uid, row.reason) for row in rows}
