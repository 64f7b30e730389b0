"""A meeting as text for ever: canonical JSON that reads back to an equal meeting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
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
from branchdesk.storage.changes import canonical


def freeze(meeting: Meeting) -> str:
    """The whole meeting as JSON: the same meeting always gives the same text."""
    return canonical(_plain(meeting))


def seal(content: str) -> str:
    """The SHA-256 of a frozen meeting, in hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.written()
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [_plain(held) for held in value]
    return value


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
