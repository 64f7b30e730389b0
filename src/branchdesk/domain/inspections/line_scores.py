"""One scored line of an inspection: what each rule takes off, and how the line stands (domain 7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from branchdesk.domain.inspections.model import DeductionRule, Fact, Indicator, RuleKind, Stage
from branchdesk.i18n import _, later

NO_POINTS = Decimal(0)


class LineState(StrEnum):
    """How a line stands. That a line has an open problem is not known here.

    `NONE` is a bonus that nobody claims, or a veto that nobody broke: such a line need not be filled.
    """

    EMPTY = "empty"
    AUTO = "auto"
    FILLED = "filled"
    DEDUCTED = "deducted"
    CHANGED = "changed"
    NOT_APPLICABLE = "not_applicable"
    VETOED = "vetoed"
    NONE = "none"


LINE_LABELS: Mapping[LineState, str] = {
    LineState.EMPTY: later("未填"),
    LineState.AUTO: later("自动"),
    LineState.FILLED: later("已填"),
    LineState.DEDUCTED: later("已扣分"),
    LineState.CHANGED: later("数据有变"),
    LineState.NOT_APPLICABLE: later("不适用"),
    LineState.VETOED: later("否决"),
    LineState.NONE: later("无"),
}


class CountSource(StrEnum):
    """Where a count comes from."""

    FACT = "fact"
    TYPED = "typed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What one rule takes off a line, in points.

    `count` is how often the rule applies, or the percentage reached, or points; None where nobody said.
    `fact` is what the records answer, also where a typed count overrides it for the reason `why`.
    """

    rule: DeductionRule
    count: Decimal | None
    source: CountSource
    points: Decimal
    why: str = ""
    fact: Fact | None = None

    @property
    def answered(self) -> Decimal | None:
        """What the records say, whether or not it counts."""
        return None if self.fact is None else self.fact.value

    @property
    def overrides(self) -> bool:
        """Whether somebody typed another count than the records give."""
        return self.source is CountSource.TYPED and self.answered not in {None, self.count}

    @property
    def is_capped(self) -> bool:
        """Whether the rule would take more, were it not for its cap."""
        return self.count is not None and self.points < _uncapped(self.rule, self.count)


@dataclass(frozen=True, slots=True)
class LineScore:
    """One line scored at one stage, in points.

    `points` are those of the line, None for a line that is a veto and nothing else; `score` is what it
    earns, None while nobody scored it. `changed` says that the records answer otherwise than when they were
    confirmed. `typed` is a score as it was typed, even one that is out of range, and `reason` what was
    written beside it.
    """

    indicator: Indicator
    points: Decimal | None
    score: Decimal | None
    taken: tuple[TakenOff, ...]
    state: LineState
    applies: bool
    changed: bool
    stage: Stage = Stage.SELF
    typed: Decimal | None = None
    reason: str = ""
    why_not: str = ""
    veto_reason: str = ""

    @property
    def counts(self) -> bool:
        """Whether its points belong to the base; those of a bonus or of a line left out do not."""
        return self.applies and self.points is not None and not self.indicator.bonus

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to fill or confirm it."""
        waits = self.state in {LineState.EMPTY, LineState.AUTO, LineState.CHANGED}
        return waits or (self.counts and self.score is None)

    @property
    def by_rules(self) -> Decimal | None:
        """What the rules leave of the points, whatever was typed; None where no rule has a count."""
        if self.points is None or all(one.source is CountSource.NONE for one in self.taken):
            return None
        return max(NO_POINTS, self.points - self.rules_take)

    @property
    def rules_take(self) -> Decimal:
        """What all rules together take off, even if it is more than there is."""
        return sum((one.points for one in self.taken), NO_POINTS)

    @property
    def lost(self) -> Decimal:
        """The points it lost; a line that nobody scored has lost none."""
        if not self.counts or self.score is None or self.points is None:
            return NO_POINTS
        return self.points - self.score

    @property
    def is_out_of_range(self) -> bool:
        """Whether a score was typed that the line cannot have."""
        return self.typed is not None and self.points is not None and not 0 <= self.typed <= self.points


def label_of(state: LineState) -> str:
    """The name of a state of a line in the language in use."""
    return _(LINE_LABELS[state])


def shown(points: Decimal | None) -> str:
    """Points without needless zeros: 3.5, 100; nothing where there are none."""
    if points is None:
        return ""
    return f"{points.normalize():f}" if points else "0"


def taken_by(rule: DeductionRule, count: Decimal) -> Decimal:
    """The points that a rule takes off for a count, `cap` at most and never less than none (domain 7.1).

    Times and missing things count in full steps, a percentage by the full steps it lies below the target, and
    of a manual rule the count is the points themselves.
    """
    points = _uncapped(rule, count)
    return points if rule.cap is None else min(points, rule.cap)


def _uncapped(rule: DeductionRule, count: Decimal) -> Decimal:
    if rule.kind is RuleKind.MANUAL:
        return max(NO_POINTS, count)
    wrong = rule.target - count if rule.kind is RuleKind.PER_PERCENT else count
    return rule.amount * (max(NO_POINTS, wrong) // rule.step)
