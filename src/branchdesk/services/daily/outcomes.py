"""What an edit of daily records hands back."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.findings import Finding
from branchdesk.storage.changes import Changes


@dataclass(frozen=True)
class DailyOutcome:
    """What an edit did, the records that it wrote, and what there is to say about what was typed."""

    changes: Changes
    uids: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def uid(self) -> str:
        """The uid of the first record that was written; empty where none was."""
        return self.uids[0] if self.uids else ""
