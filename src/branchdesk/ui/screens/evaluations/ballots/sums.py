"""The sums of the ballots that were gone through; no single ballot outlives the screen it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branchdesk.domain.evaluations.model import BLANK


@dataclass(frozen=True, slots=True)
class LastBallot:
    """The ballot that was taken last, while its screen still stands; `marks` is empty for a spoiled one."""

    marks: Mapping[str, str]
    is_spoiled: bool


class BallotSums:
    """Votes by subject and choice, as one person counts them.

    Only sums are held. `last` is known until `forget_last`, which the first mark of the next ballot calls:
    until then a ballot can be taken back.
    """

    def __init__(self, subjects: Sequence[str], choices: Sequence[str]) -> None:
        self.votes = {subject: dict.fromkeys((*choices, BLANK), 0) for subject in subjects}
        self.valid = 0
        self.spoiled = 0
        self.last: LastBallot | None = None

    @property
    def taken(self) -> int:
        """How many ballots were gone through, spoiled ones included."""
        return self.valid + self.spoiled

    def take(self, marks: Mapping[str, str]) -> None:
        """Add one valid ballot; a subject without a mark gets a blank vote."""
        self._add(marks, 1)
        self.last = LastBallot(dict(marks), is_spoiled=False)

    def take_spoiled(self, marks: Mapping[str, str]) -> None:
        """Add one spoiled ballot; what stood on it counts nowhere."""
        self.spoiled += 1
        self.last = LastBallot(dict(marks), is_spoiled=True)

    def take_back(self) -> Mapping[str, str] | None:
        """Take the last ballot out again and give back its marks; None where it is no longer known."""
        last, self.last = self.last, None
        if last is None:
            return None
        if last.is_spoiled:
            self.spoiled -= 1
        else:
            self._add(last.marks, -1)
        return last.marks

    def forget_last(self) -> None:
        """The next ballot has begun: what the last one said is known no more."""
        self.last = None

    def _add(self, marks: Mapping[str, str], votes: int) -> None:
        self.valid += votes
        for subject, choices in self.votes.items():
            choices[marks.get(subject, BLANK)] += votes

    # ---- going on where somebody stopped

    def resume(self, votes: Mapping[str, Mapping[str, int]], valid: int, spoiled: int) -> bool:
        """Go on from sums that were kept; False where they are of other subjects or grades."""
        known = {subject: set(choices) for subject, choices in self.votes.items()}
        if {subject: set(choices) for subject, choices in votes.items()} != known:
            return False
        if any(sum(choices.values()) != valid for choices in votes.values()):
            return False
        self.votes = {subject: dict(votes[subject]) for subject in self.votes}
        self.valid, self.spoiled = valid, spoiled
        return True
