"""Final minutes and evaluations, signed inspections, and undoing.

What was written before they were final or signed is not taken back behind their back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, select

from branchdesk.domain.evaluations.model import EvaluationState
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.changes import UPDATE, in_chunks
from branchdesk.storage.evaluation_tables import OF_EVALUATIONS, evaluation_subject
from branchdesk.storage.records import form_known, shelf_of
from branchdesk.storage.tables import (
    agenda_item,
    attachment,
    attendance,
    candidate,
    change_row,
    decision,
    passage,
    proof,
    record,
    record_value,
    vote,
)

_PARTS = {
    table.name
    for table in (
        *(record_value, agenda_item, passage, vote, candidate, attendance, decision, proof),
        *OF_EVALUATIONS,
    )
}
_FINAL = {
    *(state.value for state in MeetingState if state.is_locked),
    *(state.value for state in InspectionState if state.is_scored),
    *(state.value for state in EvaluationState if state is not EvaluationState.OPEN),
}
# Columns of a record that its life moves, and not a hand that writes.
_OF_LIFE = {"state", "revision", "deleted_at", "deleted_by", "deleted_why"}
# What happens after minutes are final, and names of people whose file was removed; these may come and go.
_AFTERWARDS = {
    attendance.name: {"made_up_on", "person_uid"},
    decision.name: {"done_on", "feedback", "closed"},
    passage.name: {"person_uid"},
    vote.name: {"person_uid"},
    candidate.name: {"person_uid"},
    evaluation_subject.name: {"person_uid"},
}


def refuse_final(
    connection: Connection, seq: int, rows: Sequence[Mapping[str, Any]], dead: AbstractSet[int]
) -> None:
    """Raise Problem where taking back change `seq`, these rows, would change minutes that are final.

    A change that made them final, or them as a whole, may be taken back, and so may opening them again while
    nothing was written since. `dead` are the changes that no longer count.
    """
    own = {row["row_uid"] for row in rows if row["entity"] == record.name and _is_of_the_whole(row)}
    owners = {row["owner_uid"] for row in rows if _is_written(row)} - own
    owners |= _with_signed_files(connection, rows) - own
    for chunk in in_chunks(owners):
        query = select(record).where(record.c.uid.in_(chunk), record.c.state.in_(_FINAL))
        final = connection.execute(query.limit(1)).mappings().first()
        if final is not None:
            raise _final(final["title"], is_inspection=_is_inspection(connection, dict(final)))
    for row in rows:
        if row["entity"] == record.name and _makes_final(row):
            _refuse_written_since(connection, seq, row["row_uid"], dead)


def _final(title: str, *, is_inspection: bool) -> Problem:
    if is_inspection:
        sentence = _("“{inspection}”已反馈签字，这一步不能撤销。", inspection=title)
    else:
        sentence = _("“{meeting}”已定稿，这一步不能撤销。", meeting=title)
    return Problem(sentence, _("需要改动请先“重新打开”并写明原因。"))


def _is_inspection(connection: Connection, row: Mapping[str, Any]) -> bool:
    form = form_known(shelf_of(connection), row["kind"], row["version"])
    return form is not None and form.inspection is not None


def _with_signed_files(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """The inspections to whose lines files belong that came or went: evidence is signed with the scores."""
    found: set[str] = set()
    for chunk in in_chunks(row["row_uid"] for row in rows if row["entity"] == attachment.name):
        query = select(attachment.c.row_uid).where(
            attachment.c.uid.in_(chunk), attachment.c.entity == record.name, attachment.c.role.contains(".")
        )
        found.update(connection.scalars(query))
    return found


def _is_of_the_whole(row: Mapping[str, Any]) -> bool:
    """Whether a row of the journal of a record brought it in, took it out or moved it to another state."""
    return row["op"] != UPDATE or "state" in json.loads(row["after"])


def _is_written(row: Mapping[str, Any]) -> bool:
    """Whether a row of the journal is of something that stands in minutes and is final with them."""
    if row["entity"] == record.name:
        return row["op"] == UPDATE and not set(json.loads(row["after"])) <= _OF_LIFE
    if row["entity"] not in _PARTS:
        return False
    afterwards = _AFTERWARDS.get(row["entity"], set())
    return row["op"] != UPDATE or not set(json.loads(row["after"])) <= afterwards


def _makes_final(row: Mapping[str, Any]) -> bool:
    """Whether taking a row of the journal of a record back makes minutes final that were opened since."""
    if row["op"] != UPDATE or "state" not in json.loads(row["after"]):
        return False
    return json.loads(row["before"])["state"] in _FINAL and json.loads(row["after"])["state"] not in _FINAL


def _refuse_written_since(connection: Connection, seq: int, uid: str, dead: AbstractSet[int]) -> None:
    """Raise Problem where minutes were written into after change `seq`: what was finalised says otherwise."""
    query = select(change_row).where(change_row.c.owner_uid == uid, change_row.c.change_seq > seq)
    later = connection.execute(query).mappings()
    if any(row["change_seq"] not in dead and _is_written(dict(row)) for row in later):
        final = connection.execute(select(record).where(record.c.uid == uid)).mappings().one()
        if _is_inspection(connection, dict(final)):
            raise Problem(
                _("“{inspection}”后来又有修改，不能直接恢复为已反馈。", inspection=final["title"]),
                _("请核对后再反馈一次；原来签字的内容没有动。"),
            )
        raise Problem(
            _("“{meeting}”后来又有修改，不能直接恢复为定稿。", meeting=final["title"]),
            _("请核对后再定稿一次；原来的定稿仍在“历次定稿”里。"),
        )
