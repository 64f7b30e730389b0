"""Questions about evaluations, single ones whole and lists of them, and their rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, func, select

from branchdesk.domain.evaluations.model import (
    Batch,
    Count,
    Evaluation,
    EvaluationState,
    Pass,
    Star,
    StarState,
    StepDone,
    Subject,
)
from branchdesk.domain.evaluations.model import PartScore as Score
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.meetings.model import Line
from branchdesk.errors import Problem
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _
from branchdesk.storage.changes import REMOVE, in_chunks
from branchdesk.storage.evaluation_tables import (
    OF_EVALUATIONS,
    ballot_batch,
    ballot_count,
    ballot_pass,
    evaluation_subject,
    part_score,
    star,
    step_done,
)
from branchdesk.storage.meetings import own_and_lines
from branchdesk.storage.records import form_known, record_row, rows_of, rows_of_one
from branchdesk.storage.tables import change_row, record, record_value

Row = Mapping[str, Any]
_SUBJECT_TEXTS = ("why_not", "grade", "reason", "opinion", "improvement")
_SCORE_TEXTS = (
    *("target", "actual", "note", "scorer"),
    *("evidence_title", "evidence_entity", "evidence_uid"),
)
_STAR_TEXTS = ("deeds", "opinion", "objection", "handled")


def load_evaluations(connection: Connection, uids: Iterable[str]) -> dict[str, Evaluation]:
    """Evaluations whole, by uid, in the order asked for; those in the recycle bin as well.

    As many questions however many people are evaluated.
    """
    wanted = list(dict.fromkeys(uids))
    rows: dict[str, Row] = {}
    for chunk in in_chunks(wanted):
        query = select(record).where(record.c.uid.in_(chunk))
        rows |= {row["uid"]: dict(row) for row in connection.execute(query).mappings()}
    parts = {table: rows_of(connection, table, rows) for table in (*OF_EVALUATIONS, record_value)}
    return {
        uid: _evaluation(rows[uid], {table: found.get(uid, []) for table, found in parts.items()})
        for uid in wanted
        if uid in rows
    }


def evaluation_at_hand(connection: Connection, uid: str) -> Evaluation:
    """An evaluation as its rows say. Raises Problem for one in the recycle bin, and where there is none."""
    evaluation_row(connection, uid)
    return load_evaluations(connection, [uid])[uid]


def evaluation_row(connection: Connection, uid: str) -> Row:
    """The row of an evaluation that can be opened. Raises Problem for any other."""
    row = record_row(connection, uid)
    if row is None:
        raise Problem(_("这次评议已经不在了。"), _("请重新打开评议列表再看一遍。"))
    if row["deleted_at"] is not None:
        raise Problem(_("“{title}”已在回收站里。", title=row["title"]), _("请先从回收站恢复，再打开。"))
    return row


def _evaluation(row: Row, parts: Mapping[Table, Sequence[Row]]) -> Evaluation:
    own = {one["field"]: one["value"] for one in parts[record_value] if not one["part"]}
    return Evaluation(
        uid=row["uid"],
        kind=row["kind"],
        version=row["version"],
        organisation=row["organisation_uid"],
        year=row["year"],
        number=row["number"] or 1,
        title=row["title"],
        state=EvaluationState(row["state"]),
        values=MappingProxyType(own),
        steps=tuple(map(step_of, parts[step_done])),
        subjects=tuple(map(subject_of, parts[evaluation_subject])),
        scores=tuple(map(score_of, parts[part_score])),
        batches=_batches(parts),
        stars=tuple(map(star_of, parts[star])),
    )


def _batches(parts: Mapping[Table, Sequence[Row]]) -> tuple[Batch, ...]:
    counts: dict[str, list[Count]] = defaultdict(list)
    for row in parts[ballot_count]:
        counts[row["pass_uid"]].append(Count(row["subject_uid"], row["choice"], row["votes"]))
    passes: dict[str, list[Pass]] = defaultdict(list)
    for row in sorted(parts[ballot_pass], key=lambda one: int(one["number"])):
        in_order = tuple(sorted(counts[row["uid"]], key=lambda one: (one.subject, one.choice)))
        passes[row["batch_uid"]].append(Pass(row["number"], row["counter"], row["ballots"], in_order))
    return tuple(replace(batch_of(row), passes=tuple(passes[row["uid"]])) for row in parts[ballot_batch])


# ---- rows and values


def subject_of(row: Row) -> Subject:
    """The subject that a row of `evaluation_subject` holds."""
    return Subject(
        uid=row["uid"],
        position=row["position"],
        person=row["person_uid"],
        name=row["name"],
        group=row["group_name"],
        category=row["category"],
        takes_part=bool(row["takes_part"]),
        graded=bool(row["graded"]),
        told_on=_day(row["told_on"]),
        **{name: row[name] or "" for name in _SUBJECT_TEXTS},
    )


def row_of_subject(record_uid: str, one: Subject) -> dict[str, Any]:
    """The row of `evaluation_subject` that holds a subject."""
    return {
        "uid": one.uid,
        "record_uid": record_uid,
        "position": one.position,
        "person_uid": one.person,
        "name": one.name,
        "group_name": one.group,
        "category": one.category,
        "takes_part": int(one.takes_part),
        "graded": int(one.graded),
        "told_on": _written(one.told_on),
        **{name: getattr(one, name) or None for name in _SUBJECT_TEXTS},
    }


def score_of(row: Row) -> Score:
    """The score that a row of `part_score` holds."""
    return Score(
        subject=row["subject_uid"],
        part=row["part"],
        dimension=row["dimension"],
        score=None if row["score"] is None else Decimal(row["score"]),
        **{name: row[name] or "" for name in _SCORE_TEXTS},
    )


def row_of_score(record_uid: str, one: Score) -> dict[str, Any]:
    """The row of `part_score` that holds a score."""
    return {
        "record_uid": record_uid,
        "subject_uid": one.subject,
        "part": one.part,
        "dimension": one.dimension,
        "score": None if one.score is None else shown(one.score),
        **{name: getattr(one, name) or None for name in _SCORE_TEXTS},
    }


def batch_of(row: Row) -> Batch:
    """The batch that a row of `ballot_batch` holds, without what was counted."""
    return Batch(
        uid=row["uid"],
        code=row["code"],
        part=row["part"],
        issued=row["issued"],
        returned=row["returned"],
        spoiled=row["spoiled"],
        printed_on=_day(row["printed_on"]),
    )


def row_of_batch(record_uid: str, one: Batch) -> dict[str, Any]:
    """The row of `ballot_batch` that holds the head of a batch."""
    return {
        "uid": one.uid,
        "record_uid": record_uid,
        "code": one.code,
        "part": one.part,
        "issued": one.issued,
        "returned": one.returned,
        "spoiled": one.spoiled,
        "printed_on": _written(one.printed_on),
    }


def step_of(row: Row) -> StepDone:
    """What a row of `step_done` says of a step."""
    return StepDone(
        step=row["step"],
        done_on=_day(row["done_on"]),
        note=row["note"] or "",
        skipped=bool(row["skipped"]),
        begun_on=_day(row["begun_on"]),
    )


def row_of_step(record_uid: str, one: StepDone) -> dict[str, Any]:
    """The row of `step_done` that says what was done of a step."""
    return {
        "record_uid": record_uid,
        "step": one.step,
        "begun_on": _written(one.begun_on),
        "done_on": _written(one.done_on),
        "note": one.note or None,
        "skipped": int(one.skipped),
    }


def star_of(row: Row) -> Star:
    """The star that a row of `star` holds."""
    return Star(
        uid=row["uid"],
        subject=row["subject_uid"],
        dimension=row["dimension"],
        state=StarState(row["state"]),
        votes_for=row["votes_for"],
        votes_of=row["votes_of"],
        from_day=_day(row["from_day"]),
        until_day=_day(row["until_day"]),
        **{name: row[name] or "" for name in _STAR_TEXTS},
    )


def row_of_star(record_uid: str, one: Star) -> dict[str, Any]:
    """The row of `star` that holds a star."""
    return {
        "uid": one.uid,
        "record_uid": record_uid,
        "subject_uid": one.subject,
        "dimension": one.dimension,
        "state": one.state.value,
        "votes_for": one.votes_for,
        "votes_of": one.votes_of,
        **{name: getattr(one, name) or None for name in _STAR_TEXTS},
        "from_day": _written(one.from_day),
        "until_day": _written(one.until_day),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def lines_of(connection: Connection, uid: str) -> Mapping[str, tuple[Line, ...]]:
    """The lines of the form's own tables of an evaluation, in their places."""
    return own_and_lines(rows_of_one(connection, record_value, uid))[1]


# ---- lists


def evaluation_rows(
    connection: Connection,
    kinds: Sequence[str],
    organisation: str | None = None,
    year: int | None = None,
) -> list[dict[str, Any]]:
    """The rows of evaluations of these kinds, the newest year first, those of one year as they were begun."""
    query = (
        select(record)
        .where(record.c.deleted_at.is_(None), record.c.kind.in_(kinds))
        .order_by(record.c.year.desc(), record.c.rid)
    )
    if organisation is not None:
        query = query.where(record.c.organisation_uid == organisation)
    if year is not None:
        query = query.where(record.c.year == year)
    return [dict(row) for row in connection.execute(query).mappings()]


def evaluation_kinds_begun(connection: Connection, shelf: Shelf) -> list[str]:
    """The kinds of evaluations that were ever begun; those of which the form can be read."""
    rows = connection.execute(select(record.c.kind, record.c.version).distinct()).all()
    return list(
        dict.fromkeys(
            kind
            for kind, version in rows
            if (form := form_known(shelf, kind, version)) is not None and form.evaluation is not None
        )
    )


def steps_of(connection: Connection, uids: Iterable[str]) -> dict[str, tuple[StepDone, ...]]:
    """What was done of the steps of evaluations."""
    return {
        uid: tuple(map(step_of, rows)) for uid, rows in rows_of(connection, step_done, list(uids)).items()
    }


def decided_counts(connection: Connection, uids: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """How many subjects each evaluation has, how many of them get a grade, and how many have theirs."""
    found: dict[str, tuple[int, int, int]] = {}
    needed = evaluation_subject.c.takes_part * evaluation_subject.c.graded
    has_one = func.coalesce(evaluation_subject.c.grade, "") != ""
    for chunk in in_chunks(uids):
        query = (
            select(
                evaluation_subject.c.record_uid,
                func.count(),
                func.sum(needed),
                func.sum(needed * has_one),
            )
            .where(evaluation_subject.c.record_uid.in_(chunk))
            .group_by(evaluation_subject.c.record_uid)
        )
        found |= {uid: (every, needed_, has) for uid, every, needed_, has in connection.execute(query)}
    return found


# ---- one row of a part, for edits


def batch_at_hand(connection: Connection, uid: str) -> Row:
    """The row of a batch. Raises Problem where there is none."""
    row = connection.execute(select(ballot_batch).where(ballot_batch.c.uid == uid)).mappings().first()
    if row is None:
        raise Problem(_("这一批测评票已经不在了。"), _("请重新打开测评计票再看一遍。"))
    return dict(row)


def last_batch(connection: Connection, organisation: str, year: int) -> int:
    """The highest number in the codes of batches of an organisation in a year; 0 without any.

    Those of evaluations in the recycle bin count as well, and printed ones that were taken out: their ballots
    may still lie about, and must not be taken for those of another batch.
    """
    own = select(record.c.uid).where(record.c.organisation_uid == organisation, record.c.year == year)
    codes = [*connection.scalars(select(ballot_batch.c.code).where(ballot_batch.c.record_uid.in_(own)))]
    removed = select(change_row.c.before).where(
        change_row.c.owner_uid.in_(own),
        change_row.c.entity == ballot_batch.name,
        change_row.c.op == REMOVE,
    )
    taken_out = [json.loads(before) for before in connection.scalars(removed)]
    codes += [row["code"] for row in taken_out if row.get("printed_on") or row.get("returned") is not None]
    return max((int(code.rpartition("-")[2]) for code in codes), default=0)


def score_uids(connection: Connection, record_uid: str) -> dict[tuple[str, str, str], str]:
    """The uids of the rows of scores of an evaluation, by subject, part and dimension."""
    query = select(
        part_score.c.uid, part_score.c.subject_uid, part_score.c.part, part_score.c.dimension
    ).where(part_score.c.record_uid == record_uid)
    return {(subject, part, dimension): uid for uid, subject, part, dimension in connection.execute(query)}


def step_uids(connection: Connection, record_uid: str) -> dict[str, str]:
    """The uids of the rows of steps of an evaluation, by the id of the step."""
    query = select(step_done.c.step, step_done.c.uid).where(step_done.c.record_uid == record_uid)
    return dict(tuple(row) for row in connection.execute(query))


def pass_uids(connection: Connection, batch: str, number: int) -> tuple[list[str], list[str]]:
    """The uids of the row of a pass through a batch, and of its counts; none where it was not made."""
    passes = list(
        connection.scalars(
            select(ballot_pass.c.uid).where(ballot_pass.c.batch_uid == batch, ballot_pass.c.number == number)
        )
    )
    counts = select(ballot_count.c.uid).where(ballot_count.c.pass_uid.in_(passes))
    return passes, list(connection.scalars(counts.order_by(ballot_count.c.rid)))
