"""What an edit of an inspection or of a problem hands back."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.findings import Finding
from branchdesk.storage.changes import Changes


@dataclass(frozen=True)
class InspectionOutcome:
    """What an edit did to the inspection or spot check `uid`, and what there is to say about what was typed.

    `line` is the uid of the proof that was added, empty for every other edit.
    """

    changes: Changes
    uid: str
    findings: tuple[Finding, ...] = ()
    line: str = ""


@dataclass(frozen=True)
class IssueOutcome:
    """What an edit did to the problem `uid`.

    `number` is that of the order or slip that was given with it, `line` the uid of a verification or file.
    """

    changes: Changes
    uid: str
    findings: tuple[Finding, ...] = ()
    number: int | None = None
    line: str = ""
