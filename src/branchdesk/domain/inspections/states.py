"""The states of an inspection: which step may follow, and what it needs (domain 7.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.line_scores import LineScore, LineState
from branchdesk.domain.inspections.model import Inspection, InspectionState, Stage
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n, later, listed
from branchdesk.partial_dates import PartialDate

LABELS: Mapping[InspectionState, str] = {
    InspectionState.DRAFTED: later("编制中"),
    InspectionState.ISSUED: later("已下发"),
    InspectionState.SELF_CHECKED: later("已自查"),
    InspectionState.INSPECTED: later("已检查"),
    InspectionState.FED_BACK: later("已反馈"),
    InspectionState.RECTIFYING: later("整改中"),
    InspectionState.VERIFIED: later("已验证"),
    InspectionState.ARCHIVED: later("已归档"),
}
# The first step of each is the usual one. What is fed back is scored again only by being re-opened.
_NEXT: Mapping[InspectionState, tuple[InspectionState, ...]] = {
    InspectionState.DRAFTED: (InspectionState.ISSUED,),
    InspectionState.ISSUED: (InspectionState.SELF_CHECKED, InspectionState.DRAFTED),
    InspectionState.SELF_CHECKED: (InspectionState.INSPECTED, InspectionState.ISSUED),
    InspectionState.INSPECTED: (InspectionState.FED_BACK, InspectionState.SELF_CHECKED),
    InspectionState.FED_BACK: (InspectionState.RECTIFYING, InspectionState.VERIFIED),
    InspectionState.RECTIFYING: (InspectionState.VERIFIED, InspectionState.FED_BACK),
    InspectionState.VERIFIED: (InspectionState.ARCHIVED, InspectionState.RECTIFYING),
    InspectionState.ARCHIVED: (),
}
REOPENED_AS = InspectionState.INSPECTED
_NAMED_AT_MOST = 5
_BEFORE_ITS_PERIOD = {InspectionState.DRAFTED, InspectionState.ISSUED}


def label_of(state: InspectionState) -> str:
    """The name of a state in the language in use."""
    return _(LABELS[state])


def next_states(state: InspectionState) -> tuple[InspectionState, ...]:
    """The states that may follow, the usual one first; re-opening is not among them."""
    return _NEXT[state]


def may_move(
    inspection: Inspection,
    lines: Sequence[LineScore],
    issues: Sequence[Issue],
    to: InspectionState,
    today: date | None = None,
    *,
    period: Period | None = None,
) -> list[Finding]:
    """What stands against a step of an inspection: empty where it may be taken, warnings may be accepted.

    `lines` are those of the self check and of the check together. With `today` and `period`, nothing is
    checked or scored before the period has begun.
    """
    if inspection.state.is_scored and not to.is_scored:
        sentence = _(
            "检查表现在是“{state}”，分数已经反馈，不能直接退回；需要改动请先“重新打开”并写明原因。",
            state=label_of(inspection.state),
        )
        return [Finding("needs_reopening", Severity.ERROR, sentence)]
    if to not in _NEXT[inspection.state]:
        return [Finding("no_such_step", Severity.ERROR, _no_such_step(inspection.state, to))]
    return [
        *_too_early(to, today, period),
        *_lines_ready(inspection.state, lines, to),
        *_issues_ready(issues, to),
    ]


def _no_such_step(state: InspectionState, to: InspectionState) -> str:
    steps = [label_of(one) for one in _NEXT[state]]
    if not steps:
        return _(
            "检查表现在是“{state}”，这是最后一步，不能再改为“{to}”。", state=label_of(state), to=label_of(to)
        )
    return _(
        "检查表现在是“{state}”，不能改为“{to}”；下一步可以是：{steps}。",
        state=label_of(state),
        to=label_of(to),
        steps=listed(steps),
    )


def _too_early(to: InspectionState, today: date | None, period: Period | None) -> list[Finding]:
    if to in _BEFORE_ITS_PERIOD or today is None or period is None or today >= period.start:
        return []
    sentence = _(
        "{period}从 {day} 开始，还没有到，不能改为“{to}”。",
        period=period.shown(),
        day=PartialDate.of(period.start).shown(),
        to=label_of(to),
    )
    return [Finding("not_yet", Severity.ERROR, sentence)]


def _lines_ready(state: InspectionState, lines: Sequence[LineScore], to: InspectionState) -> list[Finding]:
    """Whether the lines are ready for the end of the self check, or scores for the feedback."""
    if state is InspectionState.ISSUED and to is InspectionState.SELF_CHECKED:
        return _self_check_ready([one for one in lines if one.stage is Stage.SELF])
    if to is InspectionState.FED_BACK and state is InspectionState.INSPECTED:
        return _check_ready(lines)
    return []


def _self_check_ready(lines: Sequence[LineScore]) -> list[Finding]:
    findings = []
    empty = [one for one in lines if one.counts and one.score is None]
    if empty:
        sentence = _n("还有 {n} 项没有自评：{lines}。", len(empty), lines=_numbers(empty))
        findings.append(Finding("lines_empty", Severity.ERROR, sentence, empty[0].indicator.id))
    waiting = [one for one in lines if one.state in {LineState.AUTO, LineState.CHANGED}]
    if waiting:
        sentence = _n("还有 {n} 项自动取数没有核实：{lines}。", len(waiting), lines=_numbers(waiting))
        findings.append(Finding("lines_unconfirmed", Severity.ERROR, sentence, waiting[0].indicator.id))
    return findings


def _check_ready(lines: Sequence[LineScore]) -> list[Finding]:
    missing = [one for one in lines if one.stage is Stage.CHECK and one.counts and one.score is None]
    if not missing:
        return []
    own = {one.indicator.id for one in lines if one.stage is Stage.SELF and one.score is not None}
    neither = [one for one in missing if one.indicator.id not in own]
    if neither:
        sentence = _n(
            "还有 {n} 项既没有考核得分，也没有自评得分：{lines}。", len(neither), lines=_numbers(neither)
        )
        return [Finding("lines_empty", Severity.ERROR, sentence, neither[0].indicator.id)]
    sentence = _n(
        "还有 {n} 项没有考核得分：{lines}；反馈后这些项按自评分计。", len(missing), lines=_numbers(missing)
    )
    return [Finding("lines_unscored", Severity.WARN, sentence, missing[0].indicator.id)]


def _numbers(lines: Sequence[LineScore]) -> str:
    """The numbers of lines, or of the first of many."""
    named = listed(one.indicator.number for one in lines[:_NAMED_AT_MOST])
    return named if len(lines) <= _NAMED_AT_MOST else _("{lines}等", lines=named)


def _issues_ready(issues: Sequence[Issue], to: InspectionState) -> list[Finding]:
    """Whether there is something to rectify, or nothing left to rectify."""
    if to is InspectionState.RECTIFYING and not issues:
        sentence = _(
            "这张检查表没有登记问题，不用整改；可以直接改为“{to}”。", to=label_of(InspectionState.VERIFIED)
        )
        return [Finding("no_issues", Severity.ERROR, sentence)]
    waiting = [one for one in issues if state_of(one) is not IssueState.VERIFIED]
    if to in {InspectionState.VERIFIED, InspectionState.ARCHIVED} and waiting:
        sentence = _n("还有 {n} 个问题没有验证销号，不能改为“{to}”。", len(waiting), to=label_of(to))
        return [Finding("issues_open", Severity.ERROR, sentence)]
    return []


def reopening_findings(inspection: Inspection, reason: str) -> list[Finding]:
    """What stands against re-opening an inspection: it is not scored yet, or nobody says why."""
    if not inspection.state.is_scored:
        sentence = _("检查表现在是“{state}”，可以直接修改，不用重新打开。", state=label_of(inspection.state))
        return [Finding("not_scored", Severity.ERROR, sentence)]
    if not reason.strip():
        sentence = _("请写明重新打开的原因；已经反馈的分数会保留。")
        return [Finding("no_reason", Severity.ERROR, sentence)]
    return []
