"""What is being typed into a daily record and is not stored yet, kept against power cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from branchdesk.services.history_lines import local_time
from branchdesk.storage.branch import Branch


@dataclass(frozen=True)
class DailyDraft:
    """Texts that were typed and not stored, by the ids of their fields."""

    saved_at: datetime
    texts: Mapping[str, str]


def _key(person: str, year: int, month: int) -> str:
    return f"daily:{person}:{year}-{month:02}"


def keep_draft(branch: Branch, person: str, year: int, month: int, texts: Mapping[str, str]) -> None:
    """Keep what is being typed of a member and a month; it is not journalled and no change."""
    # Half of a pair of surrogates, which some input methods leave, is no text that can be stored.
    kept = {name: text.encode("utf-8", "ignore").decode() for name, text in texts.items()}
    branch.keep_draft(_key(person, year, month), kept)


def draft_of(branch: Branch, person: str, year: int, month: int) -> DailyDraft | None:
    """What this person was typing when the program ended; None where nothing was left."""
    found = branch.drafts().get(_key(person, year, month))
    return DailyDraft(local_time(found[0]), found[1]) if found else None


def drop_draft(branch: Branch, person: str, year: int, month: int) -> None:
    """Forget what was being typed, once it is stored or given up."""
    branch.drop_draft(_key(person, year, month))
