"""Stars: declaring one, its deeds, recommending, reviewing and awarding it, and its plaque (domain 6.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from branchdesk.domain.evaluations.model import Star, StarState
from branchdesk.domain.evaluations.stars import label_of, may_move
from branchdesk.domain.evaluations.stars import star_findings as findings_of_stars
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.services.evaluations.desk import Desk, put_on_desk, refuse_errors
from branchdesk.services.evaluations.numbers import read_number
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.reading import sheet as read_sheet
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage import evaluations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.evaluation_tables import star as star_table
from branchdesk.uids import new_uid

_TEXTS = ("deeds", "opinion", "objection", "handled")


def declare(branch: Branch, uid: str, subject: str, dimension: str, deeds: str = "") -> EvaluationOutcome:
    """Declare for a star; the outcome's `line` is its uid, and its findings what already speaks against it.

    Raises Problem for somebody who takes no part, a second star in one dimension, and a final evaluation.
    """
    desk = put_on_desk(branch, uid)
    one, at = desk.subject(subject), desk.scheme.dimension(desk.dimension(dimension))
    if at is None:
        raise Problem(_("“{title}”不授星。", title=desk.called), _("请打开五星党员评选。"))
    if not one.takes_part:
        raise Problem(
            _("{name}不参加这次评议，不能申报。", name=one.name), _("确实参加的，请先改为“参加评议”。")
        )
    if any(known.dimension == dimension for known in desk.evaluation.stars_of(subject)):
        raise Problem(_("{name}已经申报了“{star}”。", name=one.name, star=at.star), _("请打开已有的申报。"))
    made = Star(new_uid(), subject, dimension, deeds=whole(deeds))
    with branch.change(_("{name} 申报“{star}”", name=one.name, star=at.star)) as change:
        change.insert(star_table, questions.row_of_star(uid, made))
    return _outcome(branch, desk, change.result, made.uid)


def write_deeds(branch: Branch, uid: str, star: str, deeds: str) -> EvaluationOutcome:
    """Write what somebody did for a star; a text that is too long is kept and said."""
    return write_star(branch, uid, star, {"deeds": deeds})


def write_star(branch: Branch, uid: str, star: str, texts: Mapping[str, str]) -> EvaluationOutcome:
    """Write about a star, as it is typed, and leave its state.

    Any of deeds, votes_for, votes_of, opinion, objection, handled, from_day and until_day. Raises Problem for
    what is no number or day, and for a final evaluation, KeyError for another key.
    """
    desk = put_on_desk(branch, uid)
    known = desk.star(star)
    written = _with(known, texts)
    label = _("填写 {name} 的“{star}”", name=_name(desk, known), star=_title(desk, known))
    with branch.change(label) as change:
        change.update(star_table, star, questions.row_of_star(uid, written))
    return _outcome(branch, desk, change.result, star)


def move_star(
    branch: Branch, uid: str, star: str, to: StarState | str, texts: Mapping[str, str] | None = None
) -> EvaluationOutcome:
    """Bring a star into another state, writing about it in the same change.

    Raises Problem where something stands against it: no place, a punishment, an objection that is open, a
    publicity that is not over, declining without an opinion; what is only advice is among the findings.
    """
    desk, target = put_on_desk(branch, uid), StarState(to)
    known = desk.star(star)
    written = _with(known, texts or {})
    shown = read_sheet(branch, uid)
    found = may_move(desk.scheme, desk.evaluation, written, target, shown.thresholds, shown.disqualified)
    refuse_errors(found, _("请按提示处理后再试。"))
    label = _(
        "{name} 的“{star}”改为“{state}”",
        name=_name(desk, known),
        star=_title(desk, known),
        state=label_of(target),
    )
    with branch.change(label) as change:
        change.update(star_table, star, questions.row_of_star(uid, replace(written, state=target)))
    advice = tuple(one for one in found if one.severity is not Severity.ERROR)
    return EvaluationOutcome(change.result, uid, advice, star)


def withdraw(branch: Branch, uid: str, star: str, why: str) -> EvaluationOutcome:
    """Take a declaration out that was made by mistake. Raises Problem without a reason."""
    desk, reason = put_on_desk(branch, uid), one_line(why)
    known = desk.star(star)
    if not reason:
        raise Problem(_("请写明撤回申报的原因。"), _("如“申报错了方面”。"))
    label = _(
        "撤回 {name} 申报的“{star}”：{why}", name=_name(desk, known), star=_title(desk, known), why=reason
    )
    with branch.change(label) as change:
        change.remove(star_table, [star])
    return EvaluationOutcome(change.result, uid)


def _with(known: Star, texts: Mapping[str, str]) -> Star:
    """A star with what was typed about it."""
    titles = {"votes_for": _("同意票"), "votes_of": _("参加表决人数")}
    days = {"from_day": _("挂牌开始日期"), "until_day": _("挂牌结束日期")}
    values: dict[str, Any] = {}
    for key, text in texts.items():
        if key in titles:
            values[key] = read_number(text, titles[key])
        elif key in days:
            written = read_day(text, days[key])
            values[key] = date.fromisoformat(written) if written else None
        elif key in _TEXTS:
            values[key] = whole(text)
        else:
            raise KeyError(key)
    return replace(known, **values)


def _name(desk: Desk, star: Star) -> str:
    return desk.subject(star.subject).name


def _title(desk: Desk, star: Star) -> str:
    dimension = desk.scheme.dimension(star.dimension)
    return dimension.star if dimension is not None else star.dimension


def _outcome(branch: Branch, desk: Desk, changes: Any, star: str) -> EvaluationOutcome:
    """What an edit did, with what there is to say about the star now."""
    shown = read_sheet(branch, desk.uid)
    found: Sequence[Finding] = findings_of_stars(
        shown.scheme, shown.evaluation, shown.thresholds, shown.disqualified
    )
    own = tuple(one for one in found if one.field == star)
    return EvaluationOutcome(changes, desk.uid, own, star)
