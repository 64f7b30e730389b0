"""What an edit of an evaluation hands back."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.findings import Finding
from branchdesk.services.inspections.life import NotReady
from branchdesk.storage.changes import Changes

__all__ = ["EvaluationOutcome", "NotReady"]


@dataclass(frozen=True)
class EvaluationOutcome:
    """What an edit did to the evaluation `uid`, and what there is to say about what was typed.

    `line` is the uid of the batch, star or line that was added, empty for every other edit.
    """

    changes: Changes
    uid: str
    findings: tuple[Finding, ...] = ()
    line: str = ""
