"""What is missing or wrong in an inspection: reasons, proof, scores out of range (domain 7.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from branchdesk.domain.inspections.line_scores import LineScore, LineState, shown
from branchdesk.domain.inspections.model import Fact, Inspection, InspectionState, Scheme, Stage
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.rulebook import RuleBook

_BEFORE_CHECK = {InspectionState.DRAFTED, InspectionState.ISSUED, InspectionState.SELF_CHECKED}


def inspection_findings(
    inspection: Inspection,
    scheme: Scheme,
    lines: Sequence[LineScore],
    *,
    rules: RuleBook,
    day: date,
    inspectors: Collection[str] = (),
) -> list[Finding]:
    """What is missing or wrong in the lines of one or both stages, the gravest first, then as in the form.

    `day` chooses the edition of the rules, `inspectors` are the names of those who checked. The field of a
    finding is the id of its line.
    """
    proven = {one.indicator for one in inspection.proofs}
    own = {one.indicator.id: one.score for one in lines if one.stage is Stage.SELF}
    findings: list[Finding] = []
    for one in lines:
        agrees = one.stage is Stage.CHECK and one.score == own.get(one.indicator.id)
        findings += _line_findings(one, inspection, proven, agrees=agrees)
    findings += _inspectors(inspection, lines, inspectors, rules, day)
    places = {one.id: place for place, one in enumerate(scheme.indicators)}
    return sorted(
        dict.fromkeys(findings), key=lambda found: (-found.severity, places.get(found.field, len(places)))
    )


def _line_findings(
    line: LineScore, inspection: Inspection, proven: Collection[str], *, agrees: bool
) -> Iterator[Finding]:
    """What is found on one line; a check that agrees with the branch needs no words of its own."""
    yield from _applicability(line, inspection)
    if not line.applies:
        return
    if line.is_out_of_range:
        yield _error(line, "score_out_of_range", _out_of_range(line))
    yield from _overridden_counts(line)
    if not line.indicator.bonus:
        if not agrees:
            yield from _own_score(line)
        if line.changed:
            sentence = _("{number} 的数据在核实以后有变，请重新核实。", number=_called(line))
            yield _warning(line, "facts_changed", sentence)
    yield from _proof(line, proven)


def _applicability(line: LineScore, inspection: Inspection) -> Iterator[Finding]:
    answer = inspection.answer(line.indicator.id)
    if not answer.applies:
        if not line.indicator.may_not_apply:
            sentence = _("{number} 不能写不适用，仍按原分值计分。", number=_called(line))
            yield _error(line, "must_apply", sentence)
        elif not answer.why_not.strip():
            yield _error(line, "no_why_not", _("{number} 写了不适用，请写明原因。", number=_called(line)))
    if line.state is LineState.VETOED:
        if not answer.veto_reason.strip():
            yield _error(
                line, "no_veto_reason", _("{number} 触犯一票否决，请写明情况。", number=_called(line))
            )
        if not line.applies:
            sentence = _("{number} 又写不适用，又写触犯一票否决，请核对。", number=_called(line))
            yield _error(line, "veto_not_applicable", sentence)


def _overridden_counts(line: LineScore) -> Iterator[Finding]:
    for taken in line.taken:
        if taken.overrides and not taken.why.strip():
            sentence = _(
                "{number} 的“{rule}”自动数为 {value}，改成了 {count}，请写明原因。",
                number=_called(line),
                rule=taken.rule.label,
                value=shown(taken.answered),
                count=shown(taken.count),
            )
            yield _error(line, "override_without_reason", sentence)


def _own_score(line: LineScore) -> Iterator[Finding]:
    """A typed score that is not what the rules leave, with nobody saying why."""
    if line.typed is None or line.score is None or line.reason.strip():
        return
    by_rules = line.by_rules
    if by_rules is not None and by_rules != line.score:
        sentence = _(
            "{number} 按标准得 {by_rules} 分，评为 {score} 分，请写明原因。",
            number=_called(line),
            by_rules=shown(by_rules),
            score=shown(line.score),
        )
        if any(one.answered is not None for one in line.taken):
            yield _error(line, "override_without_reason", sentence)
        else:
            yield _warning(line, "score_differs", sentence)
    elif by_rules is None and line.lost:
        sentence = _("{number} 扣了 {lost} 分，请写明扣分原因。", number=_called(line), lost=shown(line.lost))
        yield _warning(line, "deducted_without_reason", sentence)


def _proof(line: LineScore, proven: Collection[str]) -> Iterator[Finding]:
    """Full marks or a bonus that nothing proves; evidence of a fact is proof."""
    if not line.indicator.proof or line.indicator.id in proven or not line.score:
        return
    if line.indicator.bonus:
        sentence = _("{number} 加了 {score} 分，还没有佐证。", number=_called(line), score=shown(line.score))
        yield _warning(line, "bonus_without_proof", sentence)
    elif not line.lost and not any(_is_proven(one.fact) for one in line.taken):
        sentence = _("{number} 评了满分，还没有佐证。", number=_called(line))
        yield _warning(line, "full_without_proof", sentence)


def _is_proven(fact: Fact | None) -> bool:
    """Whether the records hold something to show for a fact."""
    return fact is not None and any(one.proves for one in fact.evidence)


def _inspectors(
    inspection: Inspection,
    lines: Sequence[LineScore],
    inspectors: Collection[str],
    rules: RuleBook,
    day: date,
) -> Iterator[Finding]:
    """Whether enough people checked, once anything was checked."""
    checked = any(one.stage is Stage.CHECK and one.score is not None for one in lines)
    if inspection.state in _BEFORE_CHECK and not checked:
        return
    rule = rules.at("inspectors_least", day)
    if len(set(inspectors)) < rule.value:
        sentence = _n("检查人不少于 {n} 人，请补填。", rule.value)
        yield Finding("few_inspectors", Severity.WARN, sentence, "", rule.source)


def _out_of_range(line: LineScore) -> str:
    if line.typed is not None and line.typed < 0:
        return _("{number} 不能是负分，这里写了 {typed} 分。", number=_called(line), typed=shown(line.typed))
    return _(
        "{number} 最多 {points} 分，这里写了 {typed} 分。",
        number=_called(line),
        points=shown(line.points),
        typed=shown(line.typed),
    )


def _called(line: LineScore) -> str:
    """What a sentence calls a line: its number, or its title where it has none."""
    return line.indicator.number or line.indicator.title


def _error(line: LineScore, code: str, sentence: str) -> Finding:
    return Finding(code, Severity.ERROR, sentence, line.indicator.id)


def _warning(line: LineScore, code: str, sentence: str) -> Finding:
    return Finding(code, Severity.WARN, sentence, line.indicator.id)
