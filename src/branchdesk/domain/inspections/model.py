"""An inspection as plain values: what its form asks, what was answered, and what was found wanting.

Points are `Decimal` and never rounded before the total; dates are ISO texts, empty where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_NO_COUNTS: Mapping[str, Decimal] = MappingProxyType({})


class InspectionState(StrEnum):
    """How far an inspection has come, in order; codes of the dictionary `inspection_state` (domain 7.1)."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    SELF_CHECKED = "self_checked"
    INSPECTED = "inspected"
    FED_BACK = "fed_back"
    RECTIFYING = "rectifying"
    VERIFIED = "verified"
    ARCHIVED = "archived"

    @property
    def is_scored(self) -> bool:
        """Whether the scores are signed for and change no more without the inspection being re-opened."""
        return self in {
            InspectionState.FED_BACK,
            InspectionState.RECTIFYING,
            InspectionState.VERIFIED,
            InspectionState.ARCHIVED,
        }


class Stage(StrEnum):
    """Who scores: the branch itself, or those who inspect it."""

    SELF = "self"
    CHECK = "check"


class ProofSlot(StrEnum):
    """What a piece of evidence proves: that it was planned, done, or checked; codes of `proof_slot`."""

    PLAN = "plan"
    RECORD = "record"
    CHECK = "check"


class RuleKind(StrEnum):
    """How a rule takes points off."""

    PER_TIME = "per_time"
    PER_PERCENT = "per_percent"
    MISSING = "missing"
    MANUAL = "manual"


# ---- what the form asks


@dataclass(frozen=True, slots=True)
class DeductionRule:
    """Points taken off one indicator: `amount` for each full `step` of what is counted, `cap` at most.

    `per_percent` counts the percent below `target`, `manual` counts points themselves. `fact` names what the
    records can answer, empty where people count.
    """

    id: str
    kind: RuleKind
    amount: Decimal
    label: str = ""
    step: Decimal = Decimal(1)
    cap: Decimal | None = None
    target: Decimal = Decimal(100)
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of an inspection form. `points` is None for a line that is a veto and nothing else.

    `bonus` lines add up to their points, `veto` lines fail the whole form when they are broken, and only
    those that `may_not_apply` can be left out of the base.
    """

    id: str
    number: str
    title: str
    section: str
    points: Decimal | None = None
    rules: tuple[DeductionRule, ...] = ()
    bonus: bool = False
    veto: bool = False
    may_not_apply: bool = False
    post: str = ""
    proof: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the least score of a hundred that earns it."""

    code: str
    label: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one version of an inspection form scores: sections (id, title), lines and grades, the best first.

    A vetoed form gets the last grade; all bonus lines together add `bonus_cap` at most.
    """

    title: str
    sections: tuple[tuple[str, str], ...]
    indicators: tuple[Indicator, ...]
    grades: tuple[Grade, ...]
    bonus_cap: Decimal = Decimal(0)

    @property
    def full(self) -> Decimal:
        """The points of all lines that count, without bonus."""
        return sum((one.points or Decimal(0) for one in self.indicators if not one.bonus), Decimal(0))


# ---- what the records answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something in the records that a fact rests on: `entity` and `uid` open it; `lacking` is what is wrong.

    `entity` is `record` (a meeting), `member`, `organisation`, `issue` or empty for what is not there at all.
    `held` says that it is the record of something that took place, whatever is wrong with it.
    """

    title: str
    entity: str = ""
    uid: str = ""
    on: str = ""
    lacking: str = ""
    held: bool = False

    @property
    def proves(self) -> bool:
        """Whether it can be shown for a line: it is there, and not only to show that something is not."""
        return bool(self.uid) and (self.held or not self.lacking)


@dataclass(frozen=True, slots=True)
class Fact:
    """What the records answer to one question: how often, or which percentage, and what it rests on.

    `value` is None where the records cannot answer; `words` is the whole answer as a Chinese sentence.
    """

    name: str
    value: Decimal | None
    words: str
    evidence: tuple[Evidence, ...] = ()


# ---- what was answered


@dataclass(frozen=True, slots=True)
class Assessment:
    """One scoring of one line: how often each rule applies, or the points themselves.

    `counts` by rule override facts, each with its reason in `whys`; `score` overrides all counts. `confirmed`
    is the fingerprint of the facts that were confirmed. `method`, `by` and `on` belong to the check.
    """

    counts: Mapping[str, Decimal] = field(default_factory=lambda: _NO_COUNTS)
    whys: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    score: Decimal | None = None
    reason: str = ""
    confirmed: str = ""
    method: str = ""
    by: str = ""
    on: str = ""


NOTHING_SAID = Assessment()


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything written on one line: plan and record in words, and both scorings.

    `applies` is False for a line that does not apply, for the reason `why_not`; `vetoed` says that a veto
    line was broken, in the words of `veto_reason`.
    """

    plan: str = ""
    record: str = ""
    applies: bool = True
    why_not: str = ""
    vetoed: bool = False
    veto_reason: str = ""
    self_check: Assessment = NOTHING_SAID
    check: Assessment = NOTHING_SAID

    def at(self, stage: Stage) -> Assessment:
        """The scoring of one stage."""
        return self.self_check if stage is Stage.SELF else self.check


NO_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence under a line: a file (`entity` attachment) or a record of the branch."""

    uid: str
    indicator: str
    slot: ProofSlot
    title: str
    entity: str
    target: str
    on: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection of one organisation, filled in version `version` of form `kind`.

    `number` is the quarter (or month or half-year) of the `year`; `values` are the fields of the form's head.
    """

    uid: str
    kind: str
    version: int
    organisation: str
    organisation_name: str
    year: int
    number: int
    title: str = ""
    state: InspectionState = InspectionState.DRAFTED
    entered_on: str = ""
    revision: int = 0
    values: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    proofs: tuple[Proof, ...] = ()

    def answer(self, indicator: str) -> Answer:
        """What was written on a line."""
        return self.answers.get(indicator, NO_ANSWER)
