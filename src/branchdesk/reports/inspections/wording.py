"""How papers of inspections say things: points, why they were taken off, what proves a line, days."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.domain.inspections.model import Indicator, RuleKind, Stage
from branchdesk.domain.inspections.scoring import CountSource, LineScore, LineState, TakenOff, shown
from branchdesk.reports.inspections.fact_words import days_spelled, tight
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.meetings.wording import spelled_day, without_stop
from branchdesk.services.inspections.proofs import LineProof, proofs_of

NOT_APPLICABLE = "不适用"
VETOED = "一票否决"
_NO_REASON = "没有写明"
_MAN_MONTHS = "人月"  # what a rule that counts people and months is called
_ON_PAPER = {"record", "attachment", "issue"}
DAY_FOR_THE_PEN = "　　　　年　　月　　日"


def standard_text(indicator: Indicator) -> str:
    """How a line is scored: in the words of the form, else by its rules."""
    return tight(indicator.standard or "；".join(rule.label for rule in indicator.rules if rule.label))


def score_text(matter: InspectionMatter, indicator: Indicator, stage: Stage) -> str:
    """What stands in the box of a score: points, 不适用, 否决, or nothing."""
    line = matter.scored(indicator, stage)
    if not line.applies:
        return NOT_APPLICABLE
    if indicator.points is None:
        if line.state is LineState.VETOED:
            return "否决"
        return "无" if matter.is_checked else ""
    return shown(line.score)


def deduction_text(matter: InspectionMatter, indicator: Indicator, *, only_lost: bool = False) -> str:
    """Why points were taken off: what the branch said, then what the inspectors did, with every source.

    With `only_lost` rules that took nothing are left out.
    """
    own, checked = matter.line(indicator, Stage.SELF), matter.line(indicator, Stage.CHECK)
    said: list[str] = []
    if own.veto_reason:
        said.append(_sentence(f"{VETOED}：{own.veto_reason}"))
    if not own.applies:
        return "\n".join([*said, _sentence(f"{NOT_APPLICABLE}：{own.why_not}")])
    said += _told(own, only_lost=only_lost)
    if checked.score is not None:
        said += [f"考核：{text}" for text in _told(checked, own, only_lost=only_lost)]
    return "\n".join(said)


def _told(line: LineScore, own: LineScore | None = None, *, only_lost: bool) -> Iterator[str]:
    """What one scoring says of a line: each rule with its source, then the score that replaces them.

    What was counted and said in the same way in the branch's `own` scoring is left out, however it was
    entered.
    """
    by_hand = line.typed is not None
    known = {(taken.rule.id, taken.count) for taken in own.taken} if own is not None else set()
    for taken in line.taken:
        if (taken.points or not only_lost) and (taken.rule.id, taken.count) not in known:
            yield from _rule_told(taken, counts=not by_hand)
    reason = without_stop(line.reason)
    if own is not None and line.score == own.score and reason == without_stop(own.reason):
        return
    if by_hand and line.by_rules is not None and line.by_rules != line.score:
        by_rules, score = shown(line.by_rules), shown(line.score)
        yield _sentence(f"按标准得{by_rules}分，改为{score}分，理由：{reason or _NO_REASON}")
    elif reason:
        yield _sentence(reason)


def _rule_told(taken: TakenOff, *, counts: bool) -> Iterator[str]:
    """What one rule counted and where that is from; a count of people that took nothing is left out."""
    off = f"扣{shown(taken.points)}分" if counts and taken.points else ""
    if taken.source is CountSource.FACT and taken.fact is not None:
        yield _sentence("，".join(part for part in (f"自动：{without_stop(taken.fact.words)}", off) if part))
    elif taken.source is CountSource.TYPED and (taken.points or taken.overrides):
        said = "，".join(part for part in (f"{taken.rule.label}：{count_text(taken)}", off) if part)
        if taken.overrides and taken.fact is not None:
            why = without_stop(taken.why) or _NO_REASON
            said += f"（自动：{without_stop(taken.fact.words)}；改数理由：{why}）"
        elif taken.why:
            said += f"（{without_stop(taken.why)}）"
        yield _sentence(said)


def count_text(taken: TakenOff) -> str:
    """What was counted, with its unit."""
    units = {RuleKind.PER_PERCENT: "%", RuleKind.MANUAL: "分", RuleKind.MISSING: "项"}
    unit = "个" if taken.rule.label.endswith(_MAN_MONTHS) else units.get(taken.rule.kind, "次")
    return f"{shown(taken.count)}{unit}"


def _sentence(text: str) -> str:
    return f"{without_stop(text)}。"


def proof_text(matter: InspectionMatter, indicator: Indicator) -> str:
    """What proof is asked for and how much of it is there."""
    count = proof_count(matter, indicator)
    there = f"已附{count}份" if count else ""
    return "\n".join(text for text in (indicator.proof, there) if text)


def proof_count(matter: InspectionMatter, indicator: Indicator) -> int:
    """How many papers prove a line: records, files and problems, those that the facts rest on among them."""
    return sum(
        one.proves and one.evidence.entity in _ON_PAPER for one in proofs_of(matter.sheet, indicator.id)
    )


def evidence_title(one: LineProof) -> str:
    """What a piece of evidence is called; one that the records gave has its day spelled."""
    return tight(days_spelled(one.evidence.title)) if one.is_automatic else one.evidence.title


def day_or_pen(text: str) -> str:
    """An ISO date spelled, or the room to write one."""
    return spelled_day(text) if text else DAY_FOR_THE_PEN
