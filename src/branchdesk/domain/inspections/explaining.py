"""How a score came about, in words: 计分过程 (domain 7.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchdesk.domain.inspections.line_scores import CountSource, LineScore, LineState, TakenOff, shown
from branchdesk.domain.inspections.model import RuleKind, Stage
from branchdesk.domain.inspections.totals import Total
from branchdesk.i18n import _, _n, joined, later, listed

_UNNAMED: Mapping[RuleKind, str] = {
    RuleKind.PER_TIME: later("按次扣分"),
    RuleKind.PER_PERCENT: later("按比例扣分"),
    RuleKind.MISSING: later("按缺项扣分"),
    RuleKind.MANUAL: later("酌情扣分"),
}


def explain_line(line: LineScore) -> str:
    """How a line came to its score: each rule with its count and source, caps, floor, and overrides."""
    return joined(*_sentences(line))


def _sentences(line: LineScore) -> Iterator[str]:
    if line.state is LineState.VETOED:
        yield _("触犯一票否决：{reason}。", reason=_said(line.veto_reason))
    if not line.applies:
        yield _("本项不适用，不计入总分；原因：{reason}。", reason=_said(line.why_not))
        return
    if line.points is None:
        if line.state is not LineState.VETOED:
            yield _("否决项，没有触犯。")
        return
    if line.indicator.bonus:
        yield from _bonus(line)
        return
    if line.score is None:
        yield _("还没有检查。") if line.stage is Stage.CHECK else _("还没有自评。")
        return
    yield _("满分 {points} 分。", points=shown(line.points))
    yield from (_rule(one) for one in line.taken if one.source is not CountSource.NONE)
    yield from _outcome(line)
    if line.changed:
        yield _("核实以后数据有变，请重新核实。")


def _bonus(line: LineScore) -> Iterator[str]:
    if not line.typed:
        yield _("没有加分。")
        return
    if line.is_out_of_range:
        yield _out_of_range(line)
    yield _("加 {score} 分，理由：{reason}。", score=shown(line.score), reason=_said(line.reason))


def _said(reason: str) -> str:
    return reason.strip().rstrip("。") or _("没有写明")


def _rule(taken: TakenOff) -> str:
    """One rule with its count, its source and the points it takes."""
    parts = [_count(taken), _("扣 {points} 分", points=shown(taken.points))]
    if taken.is_capped:
        parts.append(_("已达扣分上限"))
    words = _("{rule}：{parts}", rule=_name(taken), parts=_("，").join(parts))
    return _("{words}（{source}）。", words=words, source=_source(taken))


def _name(taken: TakenOff) -> str:
    return taken.rule.label or _(_UNNAMED[taken.rule.kind])


def _count(taken: TakenOff) -> str:
    if taken.rule.kind is RuleKind.PER_PERCENT:
        return _("达到 {count}%，目标 {target}%", count=shown(taken.count), target=shown(taken.rule.target))
    if taken.rule.kind is RuleKind.MANUAL:
        return _("酌情")
    return _("计 {count} 次", count=shown(taken.count))


def _source(taken: TakenOff) -> str:
    """Where a count is from; a count that goes against the records says what they give, and why."""
    if taken.source is CountSource.FACT and taken.fact is not None:
        return _("自动：{words}", words=taken.fact.words.rstrip("。"))
    if taken.overrides:
        return _("改数，自动数为 {value}；原因：{why}", value=shown(taken.answered), why=_said(taken.why))
    return _("填报：{why}", why=_said(taken.why)) if taken.why.strip() else _("填报")


def _outcome(line: LineScore) -> Iterator[str]:
    by_rules = line.by_rules
    if by_rules is not None and line.points is not None and line.rules_take > line.points:
        yield _("共扣 {taken} 分，扣完为止。", taken=shown(line.rules_take))
    if line.typed is None:
        yield _("得 {score} 分。", score=shown(line.score))
        return
    if line.is_out_of_range:
        yield _out_of_range(line)
    if by_rules is not None and by_rules != line.score:
        yield _(
            "按标准得 {by_rules} 分，评为 {score} 分，原因：{reason}。",
            by_rules=shown(by_rules),
            score=shown(line.score),
            reason=_said(line.reason),
        )
    elif line.reason.strip():
        yield _("评为 {score} 分，说明：{reason}。", score=shown(line.score), reason=_said(line.reason))
    else:
        yield _("评为 {score} 分。", score=shown(line.score))


def _out_of_range(line: LineScore) -> str:
    return _(
        "写了 {typed} 分，超出 0 至 {points} 分，按 {score} 分计。",
        typed=shown(line.typed),
        points=shown(line.points),
        score=shown(line.score),
    )


def explain_total(total: Total) -> list[str]:
    """How the total came about, one sentence each: the share, the bonus, the veto and the grade."""
    return list(_total_sentences(total))


def _total_sentences(total: Total) -> Iterator[str]:
    if not total.base:
        yield _("没有适用的检查项，不计总分。")
    elif total.is_projected:
        yield _(
            "适用项满分 {base} 分，得 {earned} 分，折算为 {earned} × {full} ÷ {base} = {share} 分。",
            base=shown(total.base),
            earned=shown(total.earned),
            full=shown(total.full),
            share=shown(total.score - total.bonus),
        )
    else:
        yield _("满分 {full} 分，得 {earned} 分。", full=shown(total.full), earned=shown(total.earned))
    if total.empty:
        yield _n(
            "还有 {n} 项没有得分，按已填项折算 {score} 分。", total.empty, score=shown(total.filled_score)
        )
    if total.claimed > total.bonus:
        yield _(
            "加分 {claimed} 分，按上限计 {bonus} 分。", claimed=shown(total.claimed), bonus=shown(total.bonus)
        )
    elif total.bonus:
        yield _("加分 {bonus} 分。", bonus=shown(total.bonus))
    yield _("总分 {score} 分。", score=shown(total.score))
    if total.vetoed:
        lines = listed(_("“{title}”", title=one.title) for one in total.vetoed)
        yield _("触犯一票否决{lines}，不论得分。", lines=lines)
    if total.grade is not None:
        yield _("等次：{grade}。", grade=total.grade.label)
