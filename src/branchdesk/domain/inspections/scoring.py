"""Points of an inspection: what its lines earn, and what counts in the end (domain 7.1).

Everything that scoring is asked for can be had from here; `line_scores` and `totals` are its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from branchdesk.domain.inspections.line_scores import (
    LINE_LABELS,
    NO_POINTS,
    CountSource,
    LineScore,
    LineState,
    TakenOff,
    label_of,
    shown,
    taken_by,
)
from branchdesk.domain.inspections.model import (
    Answer,
    Assessment,
    DeductionRule,
    Fact,
    Indicator,
    Inspection,
    Scheme,
    Stage,
)
from branchdesk.domain.inspections.totals import SectionTotal, Total, total_of

__all__ = [
    "LINE_LABELS",
    "NO_POINTS",
    "CountSource",
    "LineScore",
    "LineState",
    "SectionTotal",
    "TakenOff",
    "Total",
    "final_lines",
    "final_score",
    "fingerprint",
    "label_of",
    "score_line",
    "score_lines",
    "shown",
    "taken_by",
    "total_of",
]
_NO_FACTS = "-"


def fingerprint(indicator: Indicator, facts: Mapping[str, Fact]) -> str:
    """What the records answer to the rules of a line, as a short text to compare later; never empty."""
    answers = {
        f"{name}={shown(facts[name].value) or '?'}"
        for name in (rule.fact for rule in indicator.rules)
        if name in facts
    }
    return ";".join(sorted(answers)) or _NO_FACTS


def score_lines(
    scheme: Scheme, inspection: Inspection, stage: Stage, facts: Mapping[str, Fact]
) -> tuple[LineScore, ...]:
    """All lines of a form scored at one stage, in the order of the form."""
    return tuple(score_line(one, inspection.answer(one.id), stage, facts) for one in scheme.indicators)


def score_line(indicator: Indicator, answer: Answer, stage: Stage, facts: Mapping[str, Fact]) -> LineScore:
    """What a line earns: points less what its rules take off, never below 0 (domain 7.1).

    A typed count goes before what the records answer, and a typed score before all counts, kept between 0 and
    the points. A rule without any count takes nothing. A line that does not apply, if it may be left out, has
    no score. The check starts from what the branch counted, and has no score before something was written or
    confirmed there; where it gives the branch's own score, it also has the reason of the branch.
    """
    said = answer.at(stage)
    applies = answer.applies or not indicator.may_not_apply
    counted = (said,) if stage is Stage.SELF else (said, answer.self_check)
    taken = tuple(_taken(rule, counted, facts) for rule in indicator.rules) if applies else ()
    changed = applies and bool(said.confirmed) and said.confirmed != fingerprint(indicator, facts)
    score = _score(indicator, said, taken, stage, is_changed=changed) if applies else None
    return LineScore(
        indicator=indicator,
        points=indicator.points,
        score=score,
        taken=taken,
        state=_state(indicator, answer, said, taken, score, applies=applies, changed=changed),
        applies=applies,
        changed=changed,
        stage=stage,
        typed=said.score,
        reason=_reason(said, answer.self_check),
        why_not="" if answer.applies else answer.why_not,
        veto_reason=answer.veto_reason if _is_vetoed(indicator, answer) else "",
    )


def _reason(said: Assessment, own: Assessment) -> str:
    agrees = said.score is not None and said.score == own.score
    return own.reason if agrees and not said.reason.strip() else said.reason


def _taken(rule: DeductionRule, counted: Iterable[Assessment], facts: Mapping[str, Fact]) -> TakenOff:
    """What a rule takes by the first count that somebody wrote, else by what the records answer."""
    fact = facts.get(rule.fact) if rule.fact else None
    for said in counted:
        typed = said.counts.get(rule.id)
        if typed is not None:
            points = taken_by(rule, typed)
            return TakenOff(rule, typed, CountSource.TYPED, points, said.whys.get(rule.id, ""), fact)
    if fact is not None and fact.value is not None:
        return TakenOff(rule, fact.value, CountSource.FACT, taken_by(rule, fact.value), fact=fact)
    return TakenOff(rule, None, CountSource.NONE, NO_POINTS, fact=fact)


def _score(
    indicator: Indicator, said: Assessment, taken: Sequence[TakenOff], stage: Stage, *, is_changed: bool
) -> Decimal | None:
    """The score of a line that applies; None while nothing says what it is."""
    points = indicator.points
    if points is None:
        return None
    if said.score is not None:
        return min(max(NO_POINTS, said.score), points)
    if indicator.bonus:
        return NO_POINTS if stage is Stage.SELF else None
    if stage is Stage.CHECK and not said.counts and not said.confirmed:
        return None
    is_confirmed = bool(said.confirmed) and not is_changed
    if is_confirmed or any(one.source is not CountSource.NONE for one in taken):
        return max(NO_POINTS, points - sum((one.points for one in taken), NO_POINTS))
    return None


def _is_vetoed(indicator: Indicator, answer: Answer) -> bool:
    return indicator.veto and answer.vetoed


def _state(
    indicator: Indicator,
    answer: Answer,
    said: Assessment,
    taken: Iterable[TakenOff],
    score: Decimal | None,
    *,
    applies: bool,
    changed: bool,
) -> LineState:
    if not applies or _is_vetoed(indicator, answer):
        return LineState.VETOED if _is_vetoed(indicator, answer) else LineState.NOT_APPLICABLE
    if indicator.points is None or (indicator.bonus and not score):
        return LineState.NONE
    if score is None:
        return LineState.EMPTY
    if changed:
        return LineState.CHANGED
    by_people = (
        said.score is not None or said.confirmed or any(one.source is CountSource.TYPED for one in taken)
    )
    if not by_people:
        return LineState.AUTO
    return LineState.DEDUCTED if score < indicator.points and not indicator.bonus else LineState.FILLED


def final_score(own: LineScore, checked: LineScore) -> LineScore:
    """What counts in the end for a line: the score of the check where there is one, else the branch's own."""
    return checked if checked.score is not None else own


def final_lines(own: Iterable[LineScore], checked: Iterable[LineScore]) -> tuple[LineScore, ...]:
    """What counts in the end for each line of a form, given in the same order for both stages."""
    return tuple(final_score(one, other) for one, other in zip(own, checked, strict=True))
