"""The sums of a pass through ballots that is not finished, kept against power cuts (H14).

Only sums are kept, in one place that is overwritten: neither a single ballot nor the order of ballots can be
read from it. It is not journalled and no change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from branchdesk.services.history_lines import local_time
from branchdesk.storage.branch import Branch

_COUNTER, _VOTES, _VALID, _SPOILED = "counter", "votes", "valid", "spoiled"


@dataclass(frozen=True)
class CountedSoFar:
    """What was counted of a pass when it was left: who counts, votes by subject and choice, ballots."""

    saved_at: datetime
    counter: str
    votes: Mapping[str, Mapping[str, int]]
    valid: int
    spoiled: int

    @property
    def taken(self) -> int:
        """How many ballots were gone through."""
        return self.valid + self.spoiled


def _key(batch: str, number: int) -> str:
    return f"ballots:{batch}:{number}"


def keep_counted(
    branch: Branch,
    batch: str,
    number: int,
    counter: str,
    votes: Mapping[str, Mapping[str, int]],
    *,
    valid: int,
    spoiled: int,
) -> None:
    """Keep the sums of a pass in place of those that were kept before."""
    in_order = {subject: dict(sorted(votes[subject].items())) for subject in sorted(votes)}
    content = {_COUNTER: counter, _VOTES: in_order, _VALID: valid, _SPOILED: spoiled}
    branch.keep_draft(_key(batch, number), content)


def counted_so_far(branch: Branch, batch: str, number: int) -> CountedSoFar | None:
    """What this person had counted of a pass; None where nothing was left."""
    found = branch.drafts().get(_key(batch, number))
    if found is None:
        return None
    saved_at, content = found
    return CountedSoFar(
        local_time(saved_at), content[_COUNTER], content[_VOTES], content[_VALID], content[_SPOILED]
    )


def drop_counted(branch: Branch, batch: str, number: int) -> None:
    """Forget the sums of a pass, once it is stored or begun anew."""
    branch.drop_draft(_key(batch, number))
