"""Paper ballots: heads that reconcile, two countings that must agree, and the tally of what they say.

Of ballots only sums are ever known. Where so few were counted that a reader could guess who voted how, the
tally keeps everything to itself (domain 6.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from branchdesk.domain.evaluations.model import BLANK, Batch, Pass, Scheme
from branchdesk.domain.evaluations.scoring import half_up
from branchdesk.domain.names import same_name_key

_Votes = dict[str, dict[str, int]]
_NO_ROWS: Mapping[str, TallyRow] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two passes differ: the votes of one subject for one choice.

    Without a subject it is the number of valid ballots.
    """

    subject: str
    choice: str
    first: int
    second: int

    @property
    def is_of_ballots(self) -> bool:
        """Whether the passes differ in the number of valid ballots."""
        return not self.subject


@dataclass(frozen=True, slots=True)
class TallyRow:
    """What the ballots say of one subject: votes by grade, in the order of the scheme, and blank ballots.

    `reference` is the average value of the votes given, None where all are blank; `suggested` the code of the
    grade with most votes, empty where there is none or two have equally many.
    """

    counts: Mapping[str, int]
    blank: int
    reference: Decimal | None
    suggested: str

    @property
    def votes(self) -> int:
        """How many ballots say anything."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """What the two passes agree on, by subject.

    `counted` is false until they do. Nothing of a hidden tally is given out but the number of valid ballots.
    """

    valid: int
    hidden: bool
    rows: Mapping[str, TallyRow]
    counted: bool = True


NOT_COUNTED = Tally(0, hidden=True, rows=_NO_ROWS, counted=False)


def votes_of(counting: Pass) -> _Votes:
    """The votes of a pass by subject and choice; choices without votes are left out."""
    votes: _Votes = defaultdict(dict)
    for one in counting.counts:
        votes[one.subject][one.choice] = votes[one.subject].get(one.choice, 0) + one.votes
    return {
        subject: {choice: number for choice, number in own.items() if number}
        for subject, own in votes.items()
        if any(own.values())
    }


def differences(batch: Batch) -> tuple[Difference, ...]:
    """Where the two passes differ, the number of ballots first; nothing while one of them is not there."""
    first, second = batch.counting(1), batch.counting(2)
    if first is None or second is None:
        return ()
    found = []
    if first.ballots != second.ballots:
        found.append(Difference("", BLANK, first.ballots, second.ballots))
    ours, theirs = votes_of(first), votes_of(second)
    for subject in sorted({*ours, *theirs}):
        own, other = ours.get(subject, {}), theirs.get(subject, {})
        found += [
            Difference(subject, choice, own.get(choice, 0), other.get(choice, 0))
            for choice in sorted({*own, *other})
            if own.get(choice, 0) != other.get(choice, 0)
        ]
    return tuple(found)


def is_same_counter(one: str, other: str) -> bool:
    """Whether two countings were made by one person, or nobody says by whom."""
    key = same_name_key(one)
    return not key or not same_name_key(other) or key == same_name_key(other)


def agreed(batch: Batch) -> Pass | None:
    """The counting that holds: both passes are there, equal, and made by two people."""
    first, second = batch.counting(1), batch.counting(2)
    if first is None or second is None or is_same_counter(first.counter, second.counter):
        return None
    return None if differences(batch) else first


def tally(scheme: Scheme, batch: Batch, least: int) -> Tally:
    """What the ballots of one batch say; hidden where fewer than `least` are valid (domain 6.1)."""
    counting = agreed(batch)
    return NOT_COUNTED if counting is None else _tally(scheme, counting.ballots, votes_of(counting), least)


def combined(scheme: Scheme, batches: Iterable[Batch], least: int) -> Tally:
    """What several batches say together, such as those of the groups of one branch.

    Nothing before the passes of all of them agree. Batches that are hidden stay out, since the sum less the
    others would give them away.
    """
    countings: list[Pass] = []
    for batch in batches:
        counting = agreed(batch)
        if counting is None:
            return NOT_COUNTED
        countings.append(counting)
    if not countings:
        return NOT_COUNTED
    votes: _Votes = defaultdict(dict)
    shown = [one for one in countings if one.ballots >= least]
    for counting in shown:
        for subject, own in votes_of(counting).items():
            for choice, number in own.items():
                votes[subject][choice] = votes[subject].get(choice, 0) + number
    return _tally(scheme, sum(one.ballots for one in shown or countings), votes, least, hidden=not shown)


def _tally(scheme: Scheme, valid: int, votes: _Votes, least: int, *, hidden: bool = False) -> Tally:
    if hidden or valid < least:
        return Tally(valid, hidden=True, rows=_NO_ROWS)
    return Tally(valid, hidden=False, rows={one: _row(scheme, votes[one]) for one in sorted(votes)})


def _row(scheme: Scheme, votes: Mapping[str, int]) -> TallyRow:
    counts = {one.code: votes.get(one.code, 0) for one in scheme.grades}
    return TallyRow(counts, votes.get(BLANK, 0), reference(scheme, counts), most_voted(counts))


def reference(scheme: Scheme, counts: Mapping[str, int]) -> Decimal | None:
    """The average value of the votes given, half up to the decimals of the scheme; None without any vote.

    A blank is no opinion, and not a vote of nothing. Votes alone decide nothing (domain 6.1).
    """
    number = sum(counts.get(one.code, 0) for one in scheme.grades)
    if not number:
        return None
    points = sum((Fraction(one.value) * counts.get(one.code, 0) for one in scheme.grades), Fraction(0))
    return half_up(points / number, scheme.decimals)


def most_voted(counts: Mapping[str, int]) -> str:
    """The grade with most votes; empty where there is none or two have equally many."""
    most = max(counts.values(), default=0)
    leading = [code for code, number in counts.items() if number == most]
    return leading[0] if most and len(leading) == 1 else ""
