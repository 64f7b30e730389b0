"""Final minutes and undoing: what was written before they were final is not taken back behind their back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from branchdesk.domain.meetings.model import MeetingState
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.changes import UPDATE, in_chunks
from branchdesk.storage.tables import (
    agenda_item,
    attendance,
    candidate,
    decision,
    passage,
    record,
    record_value,
    vote,
)

_PARTS = {table.name for table in (record_value, agenda_item, passage, vote, candidate, attendance, decision)}
# What happens after minutes are final, and names of people whose file was removed; these may come and go.
_AFTERWARDS = {
    attendance.name: {"made_up_on", "person_uid"},
    decision.name: {"done_on", "feedback", "closed"},
    passage.name: {"person_uid"},
    vote.name: {"person_uid"},
    candidate.name: {"person_uid"},
}


def refuse_final(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise Problem where taking back these rows of the journal would change minutes that are final.

    A change that made them final, or them as a whole, may be taken back.
    """
    own = {row["row_uid"] for row in rows if row["entity"] == record.name}
    owners = {
        row["owner_uid"]
        for row in rows
        if row["entity"] in _PARTS and row["owner_uid"] not in own and not _came_later(row)
    }
    final = [state.value for state in MeetingState if state.is_locked]
    for chunk in in_chunks(owners):
        query = select(record.c.title).where(record.c.uid.in_(chunk), record.c.state.in_(final))
        title = connection.scalar(query.limit(1))
        if title is not None:
            raise Problem(
                _("“{meeting}”已定稿，这一步不能撤销。", meeting=title),
                _("需要改动请先“重新打开”并写明原因。"),
            )


def _came_later(row: Mapping[str, Any]) -> bool:
    """Whether a row of the journal is of the sort that happens to final minutes as well."""
    return row["op"] == UPDATE and set(json.loads(row["after"])) <= _AFTERWARDS.get(row["entity"], set())
