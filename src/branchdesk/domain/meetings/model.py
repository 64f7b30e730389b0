"""A meeting as plain values: what its form holds, who was there, what was said, voted and decided.

Everything in it was fixed when it was written down, names included, so that what happens to the roster
afterwards changes no minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from branchdesk.partial_dates import PartialDate

_NO_VALUES: Mapping[str, str] = MappingProxyType({})


class MeetingState(StrEnum):
    """How far a meeting and its minutes have come, in order; codes of the dictionary `meeting_state`."""

    PLANNED = "planned"
    NOTICED = "noticed"
    HELD = "held"
    DRAFTED = "drafted"
    FOR_SIGNATURE = "for_signature"
    FINALISED = "finalised"
    ARCHIVED = "archived"

    @property
    def is_locked(self) -> bool:
        """Whether the minutes may no longer be changed without being re-opened."""
        return self in {MeetingState.FINALISED, MeetingState.ARCHIVED}


class Presence(StrEnum):
    """Whether somebody was there; codes of the dictionary `presence`."""

    UNMARKED = "unmarked"
    PRESENT = "present"
    LEAVE = "leave"
    ABSENT = "absent"


class VoteKind(StrEnum):
    """What is voted on, as far as the rule of counting differs; codes of the dictionary `vote_kind`."""

    ORDINARY = "ordinary"
    ADMISSION = "admission"
    CONFIRMATION = "confirmation"
    EXTENSION = "extension"
    CANCELLATION = "cancellation"
    DISCIPLINE = "discipline"
    ELECTION = "election"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person of those who are expected, as the roster had him on the day on which it was fixed.

    `may_vote` is the right to vote at this meeting, `counts` is False for people who may be left out of
    those expected, with the `basis` (domain 1.4 E12). `written` means a written opinion handed in
    before. `made_up_on` is the day on which an absent person caught up, ISO.
    """

    uid: str
    name: str
    person: str | None = None
    group: str = ""
    category: str = "full"
    may_vote: bool = True
    counts: bool = True
    basis: str = ""
    presence: Presence = Presence.UNMARKED
    reason: str = ""
    written: bool = False
    made_up_on: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of the agenda; `carried_from` is the uid of the decision of an earlier meeting it goes on."""

    uid: str
    title: str
    position: int = 0
    carried_from: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the minutes; `speaker` is empty for what nobody in particular said."""

    uid: str
    text: str
    speaker: str = ""
    person: str | None = None
    agenda: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name on a ballot with what it got; `write_in` for a person whom voters wrote in themselves."""

    uid: str
    name: str
    person: str | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    write_in: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote with its figures; None where a figure was not entered yet.

    `eligible` are all who have the right to vote, `present` those of them who were there, `written` written
    opinions handed in before by absent ones. For ballots `issued` and `returned` count papers.
    An election has `seats` and `candidates` instead of the three figures.
    """

    uid: str
    subject: str
    kind: VoteKind = VoteKind.ORDINARY
    agenda: str | None = None
    person: str | None = None
    person_name: str = ""
    secret: bool = False
    eligible: int | None = None
    present: int | None = None
    written: int = 0
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    invalid: int = 0
    issued: int | None = None
    returned: int | None = None
    seats: int | None = None
    candidates: tuple[Candidate, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """Something decided that somebody has to do; dates are ISO texts, empty where there is none.

    `carried_from` is the uid of the decision of an earlier meeting that this one goes on; `closed` ones
    do not appear in the next meeting.
    """

    uid: str
    text: str
    agenda: str | None = None
    responsible: str = ""
    due_on: str = ""
    done_on: str = ""
    feedback: str = ""
    closed: bool = False
    carried_from: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of the form's own: the values of its fields by their ids."""

    uid: str
    values: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment as minutes list it; `slot` is the evidence slot of the form it stands in."""

    uid: str
    name: str
    slot: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of one organisation, filled in version `version` of form `kind`.

    `values` and `lines` hold what the form's own fields and tables hold, by their ids. `number` counts the
    meetings of this kind in the year, `year` is the year it counts for. `organisation` is the uid of
    the branch, `group` of the Party group where the meeting is one of a group. `entered_on` is the day
    on which it was first written down, `snapshot_on` the day of the roster that was fixed, both ISO.
    """

    uid: str
    kind: str
    version: int
    organisation: str
    organisation_name: str = ""
    group: str | None = None
    group_name: str = ""
    title: str = ""
    year: int = 0
    number: int | None = None
    state: MeetingState = MeetingState.PLANNED
    on: PartialDate | None = None
    entered_on: str = ""
    snapshot_on: str = ""
    revision: int = 0
    values: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=lambda: MappingProxyType({}))
    attendance: tuple[Attendance, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    passages: tuple[Passage, ...] = ()
    votes: tuple[Vote, ...] = ()
    decisions: tuple[Decision, ...] = ()
    files: tuple[AttachedFile, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of the meeting; None where it is not known to the day."""
        return self.on.first_day() if self.on is not None and self.on.is_full else None
