"""What is being typed into an evaluation and is not stored yet, kept against power cuts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from branchdesk.services.history_lines import local_time
from branchdesk.storage.branch import Branch


@dataclass(frozen=True)
class EvaluationDraft:
    """Texts that were typed and not stored, by the name of the place they were typed into."""

    saved_at: datetime
    texts: Mapping[str, str]


def _key(uid: str) -> str:
    return f"evaluation:{uid}"


def keep_draft(branch: Branch, uid: str, texts: Mapping[str, str]) -> None:
    """Keep what is being typed beside what is kept of other places; it is not journalled and no change."""
    # Half of a pair of surrogates, which some input methods leave, is no text that can be stored.
    kept = {name: text.encode("utf-8", "ignore").decode() for name, text in texts.items()}
    known = draft_of(branch, uid)
    branch.keep_draft(_key(uid), {**(known.texts if known is not None else {}), **kept})


def draft_of(branch: Branch, uid: str) -> EvaluationDraft | None:
    """What this person was typing when the program ended; None where nothing was left."""
    found = branch.drafts().get(_key(uid))
    return EvaluationDraft(local_time(found[0]), found[1]) if found else None


def drop_draft(branch: Branch, uid: str, names: Iterable[str] | None = None) -> None:
    """Forget what was typed into some places, once it is stored or given up; into all of them for None."""
    known = draft_of(branch, uid)
    if known is None:
        return
    gone = set(known.texts if names is None else names)
    left = {name: text for name, text in known.texts.items() if name not in gone}
    if left == dict(known.texts):
        return
    if left:
        branch.keep_draft(_key(uid), left)
    else:
        branch.drop_draft(_key(uid))
