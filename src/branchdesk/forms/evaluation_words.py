"""What makes a form one of evaluations: its grades and quotas, weighted parts, steps and stars.

Nothing of it decides: figures advise and people decide, so quotas warn unless they are hard, and what follows
a grade is shown and printed but never done.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from branchdesk.i18n import choose


@dataclass(frozen=True, slots=True)
class GradeWords:
    """One grade; `value` is the reference score of one vote for it.

    `at_least` is the least total, of a hundred, for which the grade is suggested where nobody voted.
    """

    code: str
    label: str
    label_en: str
    value: Decimal
    at_least: Decimal | None = None

    def shown(self) -> str:
        """The grade in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class QuotaWords:
    """How many may get a grade: `numerator` of `denominator` of those in `base`, rounded down.

    A `hard` quota refuses, another one warns and asks for a reason.
    """

    grade: str
    numerator: int = 1
    denominator: int = 3
    base: str = "graded"
    hard: bool = False


@dataclass(frozen=True, slots=True)
class PartWords:
    """One part of the total: `weight` in percent, `full` the points of full marks.

    `source` tells who gives the score; `missing` whether a part without a score is left out of the total or
    counts zero; `target` is what is asked, where that is the same for everybody.
    """

    id: str
    label: str
    label_en: str
    weight: Decimal
    source: str
    full: Decimal = Decimal(100)
    missing: str = "excluded"
    target: str = ""
    target_en: str = ""
    help: str = ""
    help_en: str = ""

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)

    def asked(self) -> str:
        """The target in the language in use; empty where each card says its own."""
        return choose(self.target, self.target_en)

    def hint(self) -> str:
        """The help in the language in use."""
        return choose(self.help, self.help_en)


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step of the way: `paper` is the kind of paper it makes, `days` the id of the rule of its publicity.

    `ballots` marks the step that counting finishes, `decides` the one in which people decide; an `optional`
    step may be switched off.
    """

    id: str
    label: str
    label_en: str
    paper: str = ""
    optional: bool = False
    days: str = ""
    ballots: bool = False
    decides: bool = False

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class DimensionWords:
    """One dimension in which a star is given, its title, and how many may get it; None for any number."""

    id: str
    label: str
    label_en: str
    star: str
    star_en: str
    places: int | None = None

    def shown(self) -> str:
        """The dimension in the language in use."""
        return choose(self.label, self.label_en)

    def star_shown(self) -> str:
        """The title of the star in the language in use."""
        return choose(self.star, self.star_en)


@dataclass(frozen=True, slots=True)
class ProcedureWords:
    """What follows a grade; it is shown and printed, never done."""

    grade: str
    id: str
    label: str
    label_en: str

    def shown(self) -> str:
        """What follows, in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class EvaluationWords:
    """A scheme of evaluation.

    `of` tells who is evaluated, `takes_part` and `graded` which categories of the roster take part and get a
    grade, `ties` whether equal totals share a place, `decimals` how the total is rounded. Where `decision` is
    set a person decides the grade; `disqualifiers` are the facts against a star. Grades stand best first.
    """

    of: str
    takes_part: tuple[str, ...]
    graded: tuple[str, ...]
    decimals: int = 1
    ties: str = "shared"
    decision: bool = False
    disqualifiers: tuple[str, ...] = ()
    grades: tuple[GradeWords, ...] = ()
    quotas: tuple[QuotaWords, ...] = ()
    parts: tuple[PartWords, ...] = ()
    steps: tuple[StepWords, ...] = ()
    dimensions: tuple[DimensionWords, ...] = ()
    procedures: tuple[ProcedureWords, ...] = ()
