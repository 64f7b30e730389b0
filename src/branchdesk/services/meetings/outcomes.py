"""What an edit of a meeting hands back."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.findings import Finding
from branchdesk.storage.changes import Changes


@dataclass(frozen=True)
class MeetingOutcome:
    """What an edit did to the meeting `uid`, and what there is to say about what was typed.

    `line` is the uid of the line, vote, candidate or decision that was added, empty for every other edit.
    """

    changes: Changes
    uid: str
    findings: tuple[Finding, ...] = ()
    line: str = ""
