"""An evaluation as plain values: what its scheme asks, and what was scored, counted and decided (domain 6).

Figures are `Decimal` and never rounded before the total. Of ballots only sums are known: nothing here could
say who voted how, or in which order ballots were counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_HUNDRED = Decimal(100)
BLANK = ""  # the choice of a ballot that says nothing of somebody (未评)


class EvaluationState(StrEnum):
    """How far an evaluation has come: being worked on, signed for good, or put into the archive."""

    OPEN = "open"
    FINAL = "final"
    ARCHIVED = "archived"


class StarState(StrEnum):
    """How far a star has come, in order; declined is the end of one that was not given (domain 6.2)."""

    DECLARED = "declared"
    RECOMMENDED = "recommended"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    AWARDED = "awarded"
    DECLINED = "declined"


class Missing(StrEnum):
    """What becomes of a part without a score: left out of the total, or counted as zero."""

    EXCLUDED = "excluded"
    ZERO = "zero"


class Ties(StrEnum):
    """What becomes of equal totals: they share a place, or stand one after another as on the sheet."""

    SHARED = "shared"
    ORDERED = "ordered"


class QuotaBase(StrEnum):
    """Of whom a quota is a share: of those who get a grade, or of all who take part."""

    GRADED = "graded"
    TAKING_PART = "taking_part"


# ---- what the scheme says


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade; `value` is the reference score of one vote for it.

    `at_least` is the total of a hundred from which it is suggested where there are no ballots.
    """

    code: str
    title: str
    value: Decimal
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may get a grade: a share of those in `base` (QuotaBase); only a hard one stops anybody."""

    grade: str
    numerator: int = 1
    denominator: int = 3
    base: str = QuotaBase.GRADED
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the total: `weight` in percent, `full` the points of full marks, `source` who gives them.

    `missing` (Missing) says what becomes of it without a score; `target` is what is asked for.
    """

    id: str
    title: str
    weight: Decimal
    source: str = "typed"
    full: Decimal = _HUNDRED
    missing: str = Missing.EXCLUDED
    target: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `days` is the id of the rule of how many working days it is public, `paper` what it prints.

    An optional one may be switched off. `ballots` is the step done by counting, `decides` the one in which
    grades are decided.
    """

    id: str
    title: str
    optional: bool = False
    days: str = ""
    paper: str = ""
    ballots: bool = False
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something for which a star is given; `star` is its title, `places` how many may get it (None: any)."""

    id: str
    title: str
    star: str = ""
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """What people do after a grade: a list that is shown and printed, and never done by the program."""

    grade: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a scheme of evaluation; grades stand best first.

    `of` is who is evaluated (members, committee, secretary, work); `takes_part` and `graded` are categories
    of the roster; `decimals` those of a total; `ties` as in Ties; `decision` says that people decide a grade.
    """

    kind: str
    version: int
    title: str
    of: str = "members"
    takes_part: tuple[str, ...] = ()
    graded: tuple[str, ...] = ()
    decimals: int = 1
    ties: str = Ties.SHARED
    decision: bool = False
    disqualifiers: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    quotas: tuple[Quota, ...] = ()
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    procedures: tuple[Procedure, ...] = ()

    def grade(self, code: str) -> Grade | None:
        """The grade of a code; None where this version has none."""
        return next((one for one in self.grades if one.code == code), None)

    def part(self, part_id: str) -> Part | None:
        """The part of an id; None where this version has none."""
        return next((one for one in self.parts if one.id == part_id), None)

    def step(self, step_id: str) -> Step | None:
        """The step of an id; None where this version has none."""
        return next((one for one in self.steps if one.id == step_id), None)

    def dimension(self, dimension_id: str) -> Dimension | None:
        """The dimension of an id; None where this version has none."""
        return next((one for one in self.dimensions if one.id == dimension_id), None)

    def grade_title(self, code: str) -> str:
        """What a sentence calls a grade: its title, or its code where this version has none."""
        found = self.grade(code)
        return code if found is None else found.title

    @property
    def has_stars(self) -> bool:
        """Whether stars are given."""
        return bool(self.dimensions)


# ---- what was entered


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that is evaluated; `name` and `group` are as they were at the time.

    `why_not` says why it does not take part or gets no grade; `grade` is empty until people decided, `reason`
    why they decided so, `told_on` when the member was told, `improvement` what is to become better.
    """

    uid: str
    position: int
    person: str | None
    name: str
    group: str = ""
    category: str = ""
    takes_part: bool = True
    graded: bool = True
    why_not: str = ""
    grade: str = ""
    reason: str = ""
    opinion: str = ""
    told_on: date | None = None
    improvement: str = ""

    @property
    def needs_grade(self) -> bool:
        """Whether people decide a grade for it."""
        return self.takes_part and self.graded


@dataclass(frozen=True, slots=True)
class PartScore:
    """What one subject earned in one part, in points of the part's full marks; None is no score yet.

    `actual` is what was done of the `target`; `evidence_entity` and `evidence_uid` open what proves it.
    """

    subject: str
    part: str
    dimension: str = ""
    score: Decimal | None = None
    target: str = ""
    actual: str = ""
    note: str = ""
    scorer: str = ""
    evidence_title: str = ""
    evidence_entity: str = ""
    evidence_uid: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many ballots of one pass gave one subject one choice: the code of a grade, or BLANK."""

    subject: str
    choice: str
    votes: int


@dataclass(frozen=True, slots=True)
class Pass:
    """One counting of a batch, the first or the second; `ballots` are the valid ones that were counted."""

    number: int
    counter: str
    ballots: int
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Paper ballots printed together; `part` is the part of the total that they feed, empty for none.

    `returned` and `spoiled` are None until somebody entered them.
    """

    uid: str
    code: str
    part: str = ""
    issued: int | None = None
    returned: int | None = None
    spoiled: int | None = None
    printed_on: date | None = None
    passes: tuple[Pass, ...] = ()

    def counting(self, number: int) -> Pass | None:
        """The first or the second pass; None where it was not made yet."""
        return next((one for one in self.passes if one.number == number), None)

    @property
    def not_returned(self) -> int | None:
        """Ballots that did not come back; None while that is not known."""
        return None if self.issued is None or self.returned is None else self.issued - self.returned

    @property
    def valid(self) -> int | None:
        """Ballots that came back and are not spoiled; None while that is not known."""
        return None if self.returned is None or self.spoiled is None else self.returned - self.spoiled


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that was done or switched off; `note` says how, or why not.

    `begun_on` is the day on which something was made public, where the step is one of publicity.
    """

    step: str
    done_on: date | None = None
    note: str = ""
    skipped: bool = False
    begun_on: date | None = None


@dataclass(frozen=True, slots=True)
class Star:
    """A star of one subject in one dimension; `handled` says how an objection was dealt with.

    `votes_for` of `votes_of` recommended it; the plaque hangs from `from_day` until `until_day`.
    """

    uid: str
    subject: str
    dimension: str
    state: StarState = StarState.DECLARED
    deeds: str = ""
    votes_for: int | None = None
    votes_of: int | None = None
    opinion: str = ""
    objection: str = ""
    handled: str = ""
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation of one organisation by version `version` of scheme `kind`, the `number`th of its year.

    `values` are the fields of the form's head; `result_hash` is that of the inputs when it was made final.
    """

    uid: str
    kind: str
    version: int
    organisation: str
    year: int
    number: int = 1
    title: str = ""
    state: EvaluationState = EvaluationState.OPEN
    values: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    steps: tuple[StepDone, ...] = ()
    subjects: tuple[Subject, ...] = ()
    scores: tuple[PartScore, ...] = ()
    batches: tuple[Batch, ...] = ()
    stars: tuple[Star, ...] = ()
    result_hash: str = ""

    def subject(self, uid: str) -> Subject | None:
        """The subject of a uid; None where there is none."""
        return next((one for one in self.subjects if one.uid == uid), None)

    def batch(self, uid: str) -> Batch | None:
        """The batch of a uid; None where there is none."""
        return next((one for one in self.batches if one.uid == uid), None)

    def scores_of(self, subject: str) -> tuple[PartScore, ...]:
        """The scores of one subject."""
        return tuple(one for one in self.scores if one.subject == subject)

    def stars_of(self, subject: str) -> tuple[Star, ...]:
        """The stars of one subject, whatever became of them."""
        return tuple(one for one in self.stars if one.subject == subject)

    def done(self, step: str) -> StepDone | None:
        """What was done of a step; None where nothing was."""
        return next((one for one in self.steps if one.step == step), None)
