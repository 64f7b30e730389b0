"""Deciding grades: people decide, and say why where they differ from the tally (domain 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from branchdesk.domain.evaluations.deciding import decision_findings
from branchdesk.domain.evaluations.steps import StepProgress
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.i18n import _, _n
from branchdesk.services.evaluations.desk import put_on_desk, refuse_errors
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.reading import sheet as read_sheet
from branchdesk.services.evaluations.sheets import OF_GRADE, EvaluationSheet
from branchdesk.services.evaluations.steps import note_step
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING
from branchdesk.storage.evaluation_tables import evaluation_subject

_TEXTS = ("opinion", "improvement", "reason")


def decide(branch: Branch, uid: str, grades: Mapping[str, str], reason: str = "") -> EvaluationOutcome:
    """Decide grades by the uids of subjects, as one change; an empty grade takes a decision back.

    The reason holds for all of them; without one, that which stands stays where the grade stays the same.
    The findings say what the quotas say then. Raises Problem for somebody who gets no grade, and without a
    reason where a grade differs from what the figures suggest or they suggest nothing, and once the step of
    deciding is done; then none is stored.
    """
    desk, why = put_on_desk(branch, uid), whole(reason)
    if not grades:
        return EvaluationOutcome(NOTHING, uid)
    shown = read_sheet(branch, uid)
    rows: dict[str, dict[str, Any]] = {}
    for subject, grade in grades.items():
        one = desk.subject(subject)
        said = why or (one.reason if grade == one.grade else "")
        suggested = shown.suggested.get(subject, "")
        if grade != one.grade:
            _refuse_settled(shown)
        found = decision_findings(desk.scheme, one, suggested, grade, said)
        refuse_errors(found, _("测评结果供参考，等次由组织评定；不同于测评的要写明依据。"))
        rows[subject] = {"grade": grade or None, "reason": (said or None) if grade else None}
    with branch.change(_label(shown, grades)) as change:
        change.update_many(evaluation_subject, rows)
    return EvaluationOutcome(change.result, uid, tuple(_quotas(branch, uid)))


def _refuse_settled(shown: EvaluationSheet) -> None:
    """Raise Problem where deciding is done: what was told and made public is not changed in passing."""
    done = next(
        (one.step for one in shown.progress if one.step.decides and one.state is StepProgress.DONE), None
    )
    if done is not None:
        raise Problem(
            _("“{step}”已经完成，等次不能再改。", step=done.title),
            _("确实要改的，请先重新打开这一步并写明原因。"),
        )


def _label(shown: EvaluationSheet, grades: Mapping[str, str]) -> str:
    subject, grade = next(iter(grades.items()))
    name = shown.subject(subject).name
    if len(grades) > 1:
        return _n("{name} 等 {n} 人评定等次", len(grades), name=name)
    if not grade:
        return _("{name} 取消评定的等次", name=name)
    return _("{name} 评定为“{grade}”", name=name, grade=shown.scheme.grade_title(grade))


def _quotas(branch: Branch, uid: str) -> list[Finding]:
    return [one for one in read_sheet(branch, uid).findings if one.field.startswith(OF_GRADE)]


def set_opinion(branch: Branch, uid: str, subject: str, texts: Mapping[str, str]) -> EvaluationOutcome:
    """Write any of the opinion, what is to improve, the day on which somebody was told, and the reason.

    Raises Problem for a day that is none and for a reason that is needed and would go, KeyError for another
    key.
    """
    desk = put_on_desk(branch, uid)
    one = desk.subject(subject)
    values: dict[str, str | None] = {}
    for key, text in texts.items():
        if key == "told_on":
            values[key] = read_day(text, _("反馈日期")) or None
        elif key in _TEXTS:
            values[key] = whole(text) or None
        else:
            raise KeyError(key)
    if "reason" in values:
        suggested = read_sheet(branch, uid).suggested.get(subject, "")
        found = decision_findings(desk.scheme, one, suggested, one.grade, values["reason"] or "")
        refuse_errors(found, _("不同于测评结果的等次要写明依据。"))
    with branch.change(_("填写 {name} 的评定意见", name=one.name)) as change:
        change.update(evaluation_subject, subject, values)
    return EvaluationOutcome(change.result, uid)


def explain_quota(branch: Branch, uid: str, reason: str) -> EvaluationOutcome:
    """Say why more get a grade than its quota allows; it stands as the note of the deciding step.

    Raises Problem for a scheme in which nobody decides, and for a final evaluation.
    """
    desk = put_on_desk(branch, uid)
    step = next((one for one in desk.scheme.steps if one.decides), None)
    if step is None:
        raise Problem(
            _("“{title}”没有评定等次的步骤。", title=desk.called), _("这类评议不评定等次，没有名额。")
        )
    label = _("{title} 写明名额的理由", title=desk.called)
    outcome = note_step(branch, desk, step, one_line(reason), label)
    return EvaluationOutcome(outcome.changes, uid, tuple(_quotas(branch, uid)))
