"""The steps of an evaluation: finishing one on a day, opening one again, and leaving an optional one out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from branchdesk import clock
from branchdesk.domain.evaluations.model import Evaluation, Step, StepDone
from branchdesk.domain.evaluations.quotas import quota_findings
from branchdesk.domain.evaluations.steps import may_finish, may_reopen, may_skip
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.evaluations.desk import Desk, put_on_desk, refuse_errors
from branchdesk.services.evaluations.outcomes import EvaluationOutcome, NotReady
from branchdesk.services.evaluations.reading import thresholds_of
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage import evaluations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change
from branchdesk.storage.evaluation_tables import step_done

_PUBLICITY_BEGINS = "publicity_from"  # the field of a form's head that says it


def finish_step(
    branch: Branch,
    uid: str,
    step: str,
    on: str = "",
    note: str = "",
    *,
    begun: str = "",
    accept: bool = False,
) -> EvaluationOutcome:
    """Finish a step on a day, today without one; `begun` is the first day of a publicity.

    Without `begun` it is the one that was marked, else the one of the form's head. The note of the step in
    which grades are decided explains a quota that was exceeded. Raises NotReady with what stands against it;
    warnings until they are accepted.
    """
    desk = put_on_desk(branch, uid)
    known = _step(desk, step)
    day = _day(on, _("完成日期")) or clock.today()
    mark = desk.evaluation.done(step) or StepDone(step)
    first = _day(begun, _("开始日期")) or mark.begun_on or _of_head(desk, known)
    done = replace(mark, begun_on=first)
    said = whole(note)
    findings = _against(desk, known, done, day, said or mark.note)
    refused = [one for one in findings if one.severity > (Severity.WARN if accept else Severity.NOTE)]
    if refused:
        advice = _("请按提示处理后再试。") if refused[0].is_error else _("核对无误的，可以确认后继续。")
        raise NotReady(refused, advice)
    final = replace(done, done_on=day, note=said or mark.note, skipped=False)
    label = _("{title} 完成“{step}”", title=desk.called, step=known.title)
    with branch.change(label) as change:
        _write(change, uid, final)
    return EvaluationOutcome(change.result, uid, tuple(findings))


def _against(desk: Desk, step: Step, done: StepDone, day: date, note: str) -> list[Finding]:
    """What stands against finishing a step, the gravest first."""
    one = with_step(desk.evaluation, done)
    today = clock.today()
    thresholds = thresholds_of(desk.form, today)
    found = may_finish(desk.scheme, one, step.id, day, thresholds, today)
    if step.decides:
        found = [*found, *quota_findings(desk.scheme, one.subjects, note)]
    return sorted(found, key=lambda finding: -finding.severity)


def with_step(one: Evaluation, done: StepDone) -> Evaluation:
    """An evaluation in which a step is marked so."""
    others = tuple(mark for mark in one.steps if mark.step != done.step)
    return replace(one, steps=(*others, done))


def begin_step(branch: Branch, uid: str, step: str, on: str = "") -> EvaluationOutcome:
    """Mark the first day of a publicity, today without one.

    Raises Problem for a day that is none, and for a step that makes nothing public or is finished.
    """
    desk = put_on_desk(branch, uid)
    known = _step(desk, step)
    if not known.days:
        raise Problem(_("“{step}”不用公示。", step=known.title), _("请直接填写完成日期。"))
    day = _day(on, _("开始日期")) or clock.today()
    mark = desk.evaluation.done(step) or StepDone(step)
    if mark.done_on is not None:
        raise Problem(
            _("“{step}”已经完成，开始日期不能再改。", step=known.title),
            _("确实要改的，请先重新打开这一步并写明原因。"),
        )
    label = _("{title} 的“{step}”从 {day} 开始", title=desk.called, step=known.title, day=_shown(day))
    with branch.change(label) as change:
        _write(change, uid, replace(mark, begun_on=day))
    return EvaluationOutcome(change.result, uid)


def reopen_step(branch: Branch, uid: str, step: str, reason: str) -> EvaluationOutcome:
    """Say that a finished step is not finished, for a reason.

    Raises Problem without a reason, and while a later step is finished.
    """
    desk, why = put_on_desk(branch, uid), one_line(reason)
    known = _step(desk, step)
    found = may_reopen(desk.scheme, desk.evaluation.steps, step, why)
    refuse_errors(found, _("请按提示处理后再试。"))
    mark = desk.evaluation.done(step) or StepDone(step)
    note = mark.note if known.decides else ""
    label = _("{title} 重新打开“{step}”：{reason}", title=desk.called, step=known.title, reason=why)
    with branch.change(label) as change:
        _write(change, uid, replace(mark, done_on=None, note=note))
    return EvaluationOutcome(change.result, uid)


def skip_step(branch: Branch, uid: str, step: str, *, skipped: bool, why: str = "") -> EvaluationOutcome:
    """Leave an optional step out, and say why, or take it in again. Raises Problem for one that must be."""
    desk, reason = put_on_desk(branch, uid), one_line(why)
    known = _step(desk, step)
    found = may_skip(desk.scheme, step, skipped=skipped, why=reason)
    refuse_errors(found, _("请按提示处理后再试。"))
    label = _("{title} 恢复“{step}”", title=desk.called, step=known.title)
    if skipped:
        label = _("{title} 不进行“{step}”：{why}", title=desk.called, step=known.title, why=reason)
    mark = StepDone(step, note=reason, skipped=True) if skipped else StepDone(step)
    with branch.change(label) as change:
        _write(change, uid, mark)
    return EvaluationOutcome(change.result, uid)


def note_step(branch: Branch, desk: Desk, step: Step, note: str, label: str) -> EvaluationOutcome:
    """Keep a note with a step, whether it is finished or not."""
    mark = desk.evaluation.done(step.id) or StepDone(step.id)
    with branch.change(label) as change:
        _write(change, desk.uid, replace(mark, note=note))
    return EvaluationOutcome(change.result, desk.uid)


def _write(change: Change, uid: str, mark: StepDone) -> None:
    """Write what is marked of a step; a mark that says nothing is no row."""
    known = questions.step_uids(change.connection, uid).get(mark.step)
    if mark == StepDone(mark.step):
        change.remove(step_done, [known] if known else [])
    elif known:
        change.update(step_done, known, questions.row_of_step(uid, mark))
    else:
        change.insert(step_done, questions.row_of_step(uid, mark))


def _step(desk: Desk, step: str) -> Step:
    found = desk.scheme.step(step)
    if found is None:
        raise Problem(_("现行办法里没有“{step}”这一步。", step=step), _("请重新打开这次评议再看一遍。"))
    return found


def _of_head(desk: Desk, step: Step) -> date | None:
    """The first day of publicity by the head of the form; None where it says none."""
    day = PartialDate.read(desk.evaluation.values.get(_PUBLICITY_BEGINS)) if step.days else None
    return day.first_day() if day is not None and day.is_full else None


def _day(text: str, what: str) -> date | None:
    written = read_day(text, what)
    return date.fromisoformat(written) if written else None


def _shown(day: date) -> str:
    return PartialDate.of(day).shown()
