"""A meeting as text for ever: canonical JSON that reads back to an equal meeting."""

from __future__ import annotations

import json
from typing import Any

from branchdesk.domain.meetings.model import (
    AgendaItem,
    AttachedFile,
    Attendance,
    Candidate,
    Decision,
    Line,
    Meeting,
    MeetingState,
    Passage,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.partial_dates import PartialDate
from branchdesk.services.frozen_texts import frozen_text


def freeze(meeting: Meeting) -> str:
    """The whole meeting as JSON: the same meeting always gives the same text."""
    return frozen_text(meeting)


def thaw(content: str) -> Meeting:
    """The meeting that `freeze` gave as `content`."""
    raw = json.loads(content)
    raw["state"] = MeetingState(raw["state"])
    raw["on"] = PartialDate.read(raw["on"])
    raw["lines"] = {table: tuple(Line(**line) for line in lines) for table, lines in raw["lines"].items()}
    raw["attendance"] = tuple(
        Attendance(**{**one, "presence": Presence(one["presence"])}) for one in raw["attendance"]
    )
    raw["agenda"] = tuple(AgendaItem(**item) for item in raw["agenda"])
    raw["passages"] = tuple(Passage(**one) for one in raw["passages"])
    raw["votes"] = tuple(_vote(one) for one in raw["votes"])
    raw["decisions"] = tuple(Decision(**one) for one in raw["decisions"])
    raw["files"] = tuple(AttachedFile(**one) for one in raw["files"])
    return Meeting(**raw)


def _vote(raw: dict[str, Any]) -> Vote:
    candidates = tuple(Candidate(**one) for one in raw["candidates"])
    return Vote(**{**raw, "kind": VoteKind(raw["kind"]), "candidates": candidates})
