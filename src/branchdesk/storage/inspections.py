"""Questions about inspections and spot checks, single ones whole and lists, and writing what was answered."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from branchdesk import clock
from branchdesk.domain.inspections.model import (
    NOTHING_SAID,
    Answer,
    Assessment,
    Inspection,
    InspectionState,
    Proof,
    ProofSlot,
    Stage,
)
from branchdesk.domain.organisations import OrganisationVersion
from branchdesk.errors import Problem
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _
from branchdesk.storage.changes import REMOVE, Change, in_chunks
from branchdesk.storage.meetings import MEETING
from branchdesk.storage.organisations import profile, versions
from branchdesk.storage.records import (
    PLACE,
    form_known,
    kinds_in_use,
    record_row,
    rows_of,
    rows_of_one,
    shelf_of,
)
from branchdesk.storage.tables import attachment, proof, record, record_value

Row = Mapping[str, Any]
SPOT_CHECK = "inspection.spot_check"
SAMPLE = "sample"  # the table of a spot check that holds its lines
TARGET, ENTITY, ISSUE = "target", "entity", "issue_uid"
KEPT = frozenset({TARGET, ENTITY, ISSUE})  # what such a line keeps besides the fields of its form
COUNT, WHY = (
    "count.",
    "why.",
)  # before the id of a rule: how often it applies, and why other than the records say
_LINES = {"", Stage.SELF.value, Stage.CHECK.value}
_ANSWER = ("plan", "record", "why_not", "veto_reason")
_ASSESSMENT = ("reason", "confirmed", "method", "by", "on")
_SLOTS = {slot.value for slot in ProofSlot}


def load_inspections(connection: Connection, uids: Iterable[str]) -> dict[str, Inspection]:
    """Inspections whole, by uid, in the order asked for; those in the recycle bin as well."""
    wanted = list(dict.fromkeys(uids))
    rows = _records(connection, wanted)
    values = rows_of(connection, record_value, rows)
    proofs = proofs_by_inspection(connection, rows)
    names = names_by_organisation(connection)
    return {
        uid: _inspection(rows[uid], values.get(uid, []), proofs.get(uid, []), names)
        for uid in wanted
        if uid in rows
    }


def inspection_at_hand(connection: Connection, uid: str) -> Inspection:
    """An inspection as its rows say. Raises Problem for one in the recycle bin, and where there is none."""
    row_at_hand(connection, uid)
    return load_inspections(connection, [uid])[uid]


def row_at_hand(connection: Connection, uid: str) -> Row:
    """The row of an inspection or spot check that can be opened. Raises Problem for any other."""
    row = record_row(connection, uid)
    if row is None:
        raise Problem(_("这份检查表已经不在了。"), _("请重新打开检查表列表再看一遍。"))
    if row["deleted_at"] is not None:
        raise Problem(_("“{title}”已在回收站里。", title=row["title"]), _("请先从回收站恢复，再打开。"))
    return row


def _records(connection: Connection, uids: Sequence[str]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for chunk in in_chunks(uids):
        query = select(record).where(record.c.uid.in_(chunk))
        rows |= {row["uid"]: dict(row) for row in connection.execute(query).mappings()}
    return rows


class Names:
    """What organisations were called, on any day."""

    def __init__(self, connection: Connection) -> None:
        self._versions: dict[str, list[OrganisationVersion]] = defaultdict(list)
        for _row, version in versions(connection):
            self._versions[version.organisation].append(version)

    def full(self, uid: str, day: date) -> str:
        """The full name of an organisation on a day, else the last one known."""
        found = self._on(uid, day)
        return found.full_name if found else ""

    def shown(self, uid: str, day: date) -> str:
        """The short name of an organisation on a day, else the last one known."""
        found = self._on(uid, day)
        return found.name if found else ""

    def above(self, uid: str, day: date) -> str:
        """The full name of the organisation above one on a day; empty where the file has none."""
        found = self._on(uid, day)
        return self.full(found.parent, day) if found and found.parent else ""

    def _on(self, uid: str, day: date) -> OrganisationVersion | None:
        known = self._versions.get(uid, [])
        held = [version for version in known if version.holds_on(day)]
        found = held or known
        return found[-1] if found else None


def names_by_organisation(connection: Connection) -> Names:
    """What organisations were called, on any day."""
    return Names(connection)


def superior_of(connection: Connection, organisation: str, day: date) -> str:
    """The full name of whom an organisation is under on a day: in the file, else as its profile says."""
    above = Names(connection).above(organisation, day)
    return above or profile(connection, organisation)["superior_name"] or ""


def day_of(row: Row) -> date:
    """The day that an inspection or spot check stands for; today where it has none."""
    return date.fromisoformat(row["on_date"]) if row["on_date"] else clock.today()


def _inspection(row: Row, values: Sequence[Row], proofs: Sequence[Proof], names: Names) -> Inspection:
    return Inspection(
        uid=row["uid"],
        kind=row["kind"],
        version=row["version"],
        organisation=row["organisation_uid"],
        organisation_name=names.full(row["organisation_uid"], day_of(row)),
        year=row["year"],
        number=row["number"] or 0,
        title=row["title"],
        state=InspectionState(row["state"]),
        entered_on=row["entered_on"],
        revision=row["revision"],
        values=MappingProxyType({one["field"]: one["value"] for one in values if not one["part"]}),
        answers=MappingProxyType(_answers(values)),
        proofs=tuple(proofs),
    )


def _answers(values: Iterable[Row]) -> dict[str, Answer]:
    """What was written on each line, from the values of a filled form."""
    parts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in values:
        if row["part"] and row["line"] in _LINES:
            parts[row["part"]][row["line"]][row["field"]] = row["value"]
    return {indicator: _answer(lines) for indicator, lines in parts.items()}


def _answer(lines: Mapping[str, Mapping[str, str]]) -> Answer:
    own = lines.get("", {})
    return Answer(
        **{name: own.get(name, "") for name in _ANSWER},
        applies=own.get("applies") != "0",
        vetoed=own.get("vetoed") == "1",
        self_check=_assessment(lines.get(Stage.SELF.value, {})),
        check=_assessment(lines.get(Stage.CHECK.value, {})),
    )


def _assessment(held: Mapping[str, str]) -> Assessment:
    if not held:
        return NOTHING_SAID
    counts = {key.removeprefix(COUNT): Decimal(text) for key, text in held.items() if key.startswith(COUNT)}
    whys = {key.removeprefix(WHY): text for key, text in held.items() if key.startswith(WHY)}
    return Assessment(
        counts=MappingProxyType(counts),
        whys=MappingProxyType(whys),
        score=Decimal(held["score"]) if held.get("score") else None,
        **{name: held.get(name, "") for name in _ASSESSMENT},
    )


def proofs_by_inspection(connection: Connection, uids: Iterable[str]) -> dict[str, list[Proof]]:
    """The evidence of inspections: first what was linked, in its order, then the files, oldest first."""
    wanted = list(uids)
    found: dict[str, list[Proof]] = defaultdict(list)
    for uid, rows in rows_of(connection, proof, wanted).items():
        found[uid] += [
            Proof(
                uid=row["uid"],
                indicator=row["indicator"],
                slot=ProofSlot(row["slot"]),
                title=row["title"],
                entity=row["entity"],
                target=row["target_uid"],
                on=row["on_date"] or "",
                position=row["position"],
            )
            for row in rows
        ]
    for chunk in in_chunks(wanted):
        query = (
            select(attachment.c.uid, attachment.c.row_uid, attachment.c.role, attachment.c.name)
            .where(
                attachment.c.entity == record.name,
                attachment.c.row_uid.in_(chunk),
                attachment.c.deleted_at.is_(None),
            )
            .order_by(attachment.c.rid)
        )
        for file, owner, role, name in connection.execute(query):
            indicator, _dot, slot = role.rpartition(".")
            if indicator and slot in _SLOTS:
                place = len(found[owner])
                found[owner].append(
                    Proof(file, indicator, ProofSlot(slot), name, attachment.name, file, position=place)
                )
    return found


# ---- lists


def inspection_rows(
    connection: Connection,
    kinds: Sequence[str],
    places: Iterable[str] | None = None,
    year: int | None = None,
) -> list[dict[str, Any]]:
    """The rows of filled forms of these kinds, of some organisations or all, the newest period first."""
    query = (
        select(record)
        .where(record.c.deleted_at.is_(None), record.c.kind.in_(kinds))
        .order_by(record.c.on_date.desc(), record.c.number.desc(), record.c.rid.desc())
    )
    if places is not None:
        query = query.where(record.c.organisation_uid.in_(list(places)))
    if year is not None:
        query = query.where(record.c.year == year)
    return [dict(row) for row in connection.execute(query).mappings()]


def kinds_of_inspections(connection: Connection, shelf: Shelf) -> list[str]:
    """The kinds of inspections that were ever begun; those of which the form can be read."""
    rows = connection.execute(select(record.c.kind, record.c.version).distinct()).all()
    return list(
        dict.fromkeys(
            kind
            for kind, version in rows
            if (form := form_known(shelf, kind, version)) is not None and form.inspection is not None
        )
    )


def same_period(
    connection: Connection, kind: str, organisation: str, year: int, number: int, *, but: Iterable[str] = ()
) -> dict[str, Any] | None:
    """The inspection of a kind of an organisation in a period, not in the recycle bin; None without one."""
    query = select(record).where(
        record.c.kind == kind,
        record.c.organisation_uid == organisation,
        record.c.year == year,
        record.c.number == number,
        record.c.deleted_at.is_(None),
        record.c.uid.not_in(list(but)),
    )
    row = connection.execute(query.limit(1)).mappings().first()
    return dict(row) if row else None


def refuse_second(
    connection: Connection, kind: str, organisation: str, year: int, number: int, *, but: Iterable[str] = ()
) -> None:
    """Raise Problem where an organisation has its inspection of a kind for a period already."""
    known = same_period(connection, kind, organisation, year, number, but=but)
    if known is not None:
        raise Problem(
            _("已经有“{title}”，同一期只填一份。", title=known["title"]), _("请打开已有的这一份继续填写。")
        )


def refuse_second_coming(connection: Connection, rows: Iterable[Row]) -> None:
    """Raise Problem where taking back these rows of the journal would bring a second one of a period.

    One comes back out of the bin, or one that was begun, taken back and begun anew is there again.
    """
    shelf = shelf_of(connection)
    for row in rows:
        held = coming_back(connection, row) if row["entity"] == record.name else None
        form = form_known(shelf, held["kind"], held["version"]) if held else None
        if held and form and (form.inspection or form.evaluation):
            period = (held["kind"], held["organisation_uid"], held["year"], held["number"])
            refuse_second(connection, *period, but=[row["row_uid"]])


def coming_back(connection: Connection, row: Row) -> Row | None:
    """The record that taking back one row of the journal would bring, alive."""
    before: Row = json.loads(row["before"] or "{}")
    after: Row = json.loads(row["after"] or "{}")
    if before.get("deleted_at") is not None:
        return None
    if row["op"] == REMOVE:
        return before
    return record_row(connection, row["row_uid"]) if "deleted_at" in after else None


def rows_by_uid(connection: Connection, uids: Iterable[str]) -> dict[str, Row]:
    """The rows of filled forms by uid, those in the recycle bin as well."""
    return _records(connection, sorted(set(uids)))


def meetings_between(
    connection: Connection, organisation: str, start: date, end: date
) -> list[dict[str, Any]]:
    """The rows of meetings of an organisation from the month of one day to another, the oldest first.

    Of some only the month is known.
    """
    kinds = kinds_in_use(connection, shelf_of(connection), MEETING)
    query = (
        select(record)
        .where(
            record.c.deleted_at.is_(None),
            record.c.kind.in_(kinds),
            record.c.organisation_uid == organisation,
            record.c.on_date.between(f"{start:%Y-%m}", end.isoformat()),
        )
        .order_by(record.c.on_date, record.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


# ---- spot checks


def samples_of(connection: Connection, uids: Iterable[str]) -> dict[str, dict[str, dict[str, str]]]:
    """The lines of spot checks by their uids, in their places."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for uid, rows in rows_of(connection, record_value, uids).items():
        lines: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            if row["part"] == SAMPLE:
                lines[row["line"]][row["field"]] = row["value"]
        found[uid] = dict(sorted(lines.items(), key=lambda line: int(line[1].get(PLACE, "0"))))
    return found


# ---- writing


def write_answers(change: Change, uid: str, values: Mapping[tuple[str, str, str], str | None]) -> None:
    """Set what stands on lines of an inspection, by indicator, line and field; None and "" clear.

    One question to the file however many lines there are; only what differs becomes a row of the journal.
    """
    stored = {
        (row["part"], row["line"], row["field"]): row["uid"]
        for row in rows_of_one(change.connection, record_value, uid)
    }
    change.remove(record_value, [stored[key] for key, value in values.items() if not value and key in stored])
    known = {stored[key]: {"value": value} for key, value in values.items() if value and key in stored}
    change.update_many(record_value, known)
    change.insert_many(
        record_value,
        [
            {"record_uid": uid, "part": part, "line": line, "field": field, "value": value}
            for (part, line, field), value in values.items()
            if value and (part, line, field) not in stored
        ],
    )
