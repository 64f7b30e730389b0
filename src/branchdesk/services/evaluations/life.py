"""The life of an evaluation: made final for good, opened again for a reason, and put into the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from branchdesk import clock
from branchdesk.domain.evaluations.deciding import undecided_findings
from branchdesk.domain.evaluations.model import EvaluationState, StarState
from branchdesk.domain.evaluations.steps import StepProgress
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n, listed, speaking_chinese
from branchdesk.services.evaluations.desk import look_at, put_on_desk
from branchdesk.services.evaluations.frozen import freeze
from branchdesk.services.evaluations.outcomes import EvaluationOutcome, NotReady
from branchdesk.services.evaluations.reading import sheet as read_sheet
from branchdesk.services.evaluations.sheets import OF_STAR, OF_STEP, OF_SUBJECT, EvaluationSheet
from branchdesk.services.frozen_texts import seal
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.meetings import versions_of

__all__ = ["NotReady", "against", "archive", "finalise", "reopen"]
_NAMED_AT_MOST = 5
_ENDED = {StarState.AWARDED, StarState.DECLINED}


def against(branch: Branch, uid: str) -> list[Finding]:
    """What stands against making an evaluation final, the gravest first; nothing where it may be."""
    return _against(read_sheet(branch, uid))


def _against(sheet: EvaluationSheet) -> list[Finding]:
    found = [
        *sheet.findings,
        *undecided_findings(sheet.scheme, sheet.evaluation.subjects),
        *_open_steps(sheet),
        *_missing_scores(sheet),
        *_open_stars(sheet),
    ]
    weighty = [one for one in dict.fromkeys(found) if one.severity > Severity.NOTE]
    return sorted(weighty, key=lambda one: -one.severity)


def _open_steps(sheet: EvaluationSheet) -> Iterator[Finding]:
    still = [one.step for one in sheet.progress if one.state in {StepProgress.CURRENT, StepProgress.COMING}]
    if still:
        steps = listed(f"“{one.title}”" for one in still)
        sentence = _n("还有 {n} 个步骤没有完成：{steps}。", len(still), steps=steps)
        yield Finding("steps_open", Severity.WARN, sentence, f"{OF_STEP}{still[0].id}")


def _missing_scores(sheet: EvaluationSheet) -> Iterator[Finding]:
    """Who lacks a part, which is left out or counts zero; of stars only those that were declared for."""
    declared = {(one.subject, one.dimension) for one in sheet.evaluation.stars}
    lacking = [
        subject
        for (subject, dimension), total in sheet.totals.items()
        if total.missing and (not dimension or (subject, dimension) in declared)
    ]
    people = list(dict.fromkeys(lacking))
    if people:
        names = listed(sheet.subject(one).name for one in people[:_NAMED_AT_MOST])
        if len(people) > _NAMED_AT_MOST:
            names = _("{names}等", names=names)
        sentence = _n("{n} 人的得分不全（{names}），缺的项目按办法不计或者计零。", len(people), names=names)
        yield Finding("scores_missing", Severity.WARN, sentence, f"{OF_SUBJECT}{people[0]}")


def _open_stars(sheet: EvaluationSheet) -> Iterator[Finding]:
    still = [one for one in sheet.evaluation.stars if one.state not in _ENDED]
    if still:
        sentence = _n("还有 {n} 项申报没有授星也没有写明不授星。", len(still))
        yield Finding("stars_open", Severity.WARN, sentence, f"{OF_STAR}{still[0].uid}")


def finalise(branch: Branch, uid: str, *, accept: bool = False) -> EvaluationOutcome:
    """Make an evaluation final: figures, decisions and names stay as they are, for ever, with their hash.

    Warnings stand against it until they are accepted, errors always. Raises NotReady with all findings.
    """
    put_on_desk(branch, uid)
    findings = against(branch, uid)
    if any(one.is_error for one in findings):
        raise NotReady(findings, _("请按提示处理后再试。"))
    if findings and not accept:
        raise NotReady(findings, _("核对无误的，可以确认后继续。"))
    with speaking_chinese():  # what is final is paper, whatever the window speaks
        paper = read_sheet(branch, uid)
    final = replace(paper, evaluation=replace(paper.evaluation, state=EvaluationState.FINAL))
    content = freeze(final)
    with branch.change(_("{title} 定稿", title=paper.evaluation.title)) as change:
        change.update(tables.record, uid, {"state": EvaluationState.FINAL.value})
        change.insert(
            tables.record_version,
            {
                "record_uid": uid,
                "revision": final.revision,
                "finalised_on": final.today.isoformat(),
                "content": content,
                "sha256": seal(content),
            },
        )
    return EvaluationOutcome(change.result, uid, tuple(findings))


def reopen(branch: Branch, uid: str, reason: str) -> EvaluationOutcome:
    """Open a final evaluation again for a reason; what was final until now is kept.

    Raises Problem without a reason, and for an evaluation that is not final.
    """
    desk, why = look_at(branch, uid), one_line(reason)
    if desk.evaluation.state is EvaluationState.OPEN:
        raise Problem(_("“{title}”还没有定稿，可以直接修改。", title=desk.called), _("不用重新打开。"))
    if not why:
        raise Problem(_("请写明重新打开的原因。"), _("如“漏记了一批测评票”。"))
    with branch.read() as connection:
        last = versions_of(connection, uid)[-1]
    with branch.change(_("重新打开 {title}：{reason}", title=desk.called, reason=why)) as change:
        values = {"state": EvaluationState.OPEN.value, "revision": last["revision"] + 1}
        change.update(tables.record, uid, values)
        again = {"reopened_on": clock.today().isoformat(), "reopened_why": why}
        change.update(tables.record_version, last["uid"], again)
    return EvaluationOutcome(change.result, uid)


def archive(branch: Branch, uid: str) -> EvaluationOutcome:
    """Put a final evaluation into the archive. Raises Problem for one that is not final."""
    desk = look_at(branch, uid)
    if desk.evaluation.state is not EvaluationState.FINAL:
        sentence = _("“{title}”已经归档。", title=desk.called)
        if desk.evaluation.state is EvaluationState.OPEN:
            sentence = _("“{title}”还没有定稿，不能归档。", title=desk.called)
        raise Problem(sentence, _("请先核对步骤和等次，再定稿、归档。"))
    with branch.change(_("{title} 归档", title=desk.called)) as change:
        change.update(tables.record, uid, {"state": EvaluationState.ARCHIVED.value})
    return EvaluationOutcome(change.result, uid)
