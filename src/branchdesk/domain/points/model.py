"""Points as plain values: what a scheme gives points for, the ledger of entries, rewards and redemptions.

Points and quantities are `Decimal` and never rounded before the total. Nothing in a ledger is changed or
deleted: what was wrong is reversed by another row with a reason (domain 6.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NO_POINTS = Decimal(0)


class EntrySource(StrEnum):
    """Where an entry comes from: typed by hand, drawn from the records, or a task that was claimed."""

    TYPED = "typed"
    AUTOMATIC = "automatic"
    CLAIMED = "claimed"


class EntryState(StrEnum):
    """Whether an entry counts: only what was accepted does."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


# ---- what the scheme says


@dataclass(frozen=True, slots=True)
class Bucket:
    """A kind of points: everybody has `begin` when the year begins, and no more than `cap` in the end.

    One that may be negative takes points off: it may sink below 0, by `cap` at most.
    """

    id: str
    title: str
    begin: Decimal = NO_POINTS
    cap: Decimal | None = None
    may_be_negative: bool = False

    @property
    def floor(self) -> Decimal | None:
        """The least it may hold; None where nothing stops it."""
        if not self.may_be_negative:
            return NO_POINTS
        return None if self.cap is None else -self.cap


@dataclass(frozen=True, slots=True)
class PointRule:
    """Points for one thing: `points` for each `unit`, less than 0 where they are taken off.

    The caps are sizes in points, also of points taken off: of one entry, and of a month, a quarter and a year
    of one person. `fact` names what the records can answer, `claim` is a task that members choose and `duty`
    an obligation of everybody.
    """

    id: str
    number: str
    title: str
    bucket: str
    unit: str
    points: Decimal
    cap_once: Decimal | None = None
    cap_month: Decimal | None = None
    cap_quarter: Decimal | None = None
    cap_year: Decimal | None = None
    evidence: bool = False
    fact: str = ""
    claim: bool = False
    duty: bool = False

    @property
    def called(self) -> str:
        """What a sentence calls it: its number and its title."""
        return f"{self.number} {self.title}".strip()

    @property
    def takes_off(self) -> bool:
        """Whether it takes points off."""
        return self.points < 0


@dataclass(frozen=True, slots=True)
class PointScheme:
    """One version of a points scheme; the points of the buckets in `redeem` can be exchanged for rewards."""

    kind: str
    version: int
    title: str
    buckets: tuple[Bucket, ...]
    rules: tuple[PointRule, ...]
    redeem: tuple[str, ...] = ()

    def rule(self, rule_id: str) -> PointRule | None:
        """The rule of an id; None where this version has none."""
        return next((one for one in self.rules if one.id == rule_id), None)

    def bucket(self, bucket_id: str) -> Bucket:
        """The bucket of an id. Raises KeyError where there is none."""
        return {one.id: one for one in self.buckets}[bucket_id]

    @property
    def duties(self) -> tuple[PointRule, ...]:
        """The rules of the list of common obligations (共性清单)."""
        return tuple(one for one in self.rules if one.duty)

    @property
    def tasks(self) -> tuple[PointRule, ...]:
        """The rules of the list of tasks that members may claim (个性清单)."""
        return tuple(one for one in self.rules if one.claim)


# ---- what was entered


@dataclass(frozen=True, slots=True)
class PointEntry:
    """One row of the ledger: so much of something (`quantity` in units of the rule) by one person on a day.

    `reverses` is the uid of the entry that this row makes void. `evidence_entity` and `evidence_uid` open
    what proves it; `name`, `applicant` and `reviewer` are names as they were at the time.
    """

    uid: str
    person: str
    name: str
    rule: str
    on: date
    quantity: Decimal
    source: EntrySource = EntrySource.TYPED
    state: EntryState = EntryState.ACCEPTED
    reason: str = ""
    evidence_title: str = ""
    evidence_entity: str = ""
    evidence_uid: str = ""
    applicant: str = ""
    reviewer: str = ""
    reverses: str | None = None
    entered_on: date | None = None

    @property
    def has_evidence(self) -> bool:
        """Whether anything proves it."""
        return bool(self.evidence_title.strip() or self.evidence_uid)


# ---- what is exchanged


@dataclass(frozen=True, slots=True)
class Reward:
    """Something that points are exchanged for: `points` for each; `stock` were provided, None is no limit."""

    uid: str
    title: str
    unit: str
    points: Decimal
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class Redemption:
    """One row of the ledger of exchanges: `points` are those of the whole row, at the price of that day.

    `reverses` is the uid of the row that this one makes void, and `reason` says why. `title` and `unit` are
    those of the reward as it was that day.
    """

    uid: str
    person: str
    name: str
    reward: str
    quantity: int
    points: Decimal
    on: date
    signed: bool = False
    reverses: str | None = None
    title: str = ""
    unit: str = ""
    reason: str = ""
