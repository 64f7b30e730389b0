"""What is being typed into an inspection and is not stored yet, kept against power cuts (H14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from branchdesk.services.history_lines import local_time
from branchdesk.storage.branch import Branch


@dataclass(frozen=True)
class InspectionDraft:
    """Texts that were typed and not stored, by the name of the place they were typed into."""

    saved_at: datetime
    texts: Mapping[str, str]


def _key(uid: str) -> str:
    return f"inspection:{uid}"


def keep_draft(branch: Branch, uid: str, texts: Mapping[str, str]) -> None:
    """Keep what is being typed into an inspection or its problems; it is not journalled and no change."""
    # Half of a pair of surrogates, which some input methods leave, is no text that can be stored.
    kept = {name: text.encode("utf-8", "ignore").decode() for name, text in texts.items()}
    branch.keep_draft(_key(uid), kept)


def draft_of(branch: Branch, uid: str) -> InspectionDraft | None:
    """What this person was typing when the program ended; None where nothing was left."""
    found = branch.drafts().get(_key(uid))
    return InspectionDraft(local_time(found[0]), found[1]) if found else None


def drop_draft(branch: Branch, uid: str) -> None:
    """Forget what was being typed, once it is stored or given up."""
    branch.drop_draft(_key(uid))
