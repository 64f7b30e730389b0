"""The words and tones in which evaluations are spoken of in tables, chips and dialogs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from branchdesk.domain.evaluations.model import EvaluationState, Part, Scheme, Subject
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate

STATES = {
    EvaluationState.OPEN: later("进行中"),
    EvaluationState.FINAL: later("已定稿"),
    EvaluationState.ARCHIVED: later("已归档"),
}
STATE_TONES = {
    EvaluationState.OPEN: "info",
    EvaluationState.FINAL: "ok",
    EvaluationState.ARCHIVED: "ok",
}
CATEGORIES = {"full": later("正式党员"), "probationary": later("预备党员")}
# Who gives the scores of a part.
SOURCES = {
    "self": later("本人自评"),
    "mutual": later("党员互评"),
    "committee": later("支部评"),
    "superior": later("上级评"),
    "ballot": later("测评票"),
    "mass": later("群众评议"),
    "points": later("双积分"),
    "attendance": later("到会记录"),
    "typed": later("考核录入"),
}
# Parts whose scores come from records and are not typed.
FROM_RECORDS = {"points", "attendance", "ballot"}
_GRADE_TONES = ("ok", "info", "warn", "err")
_NOTHING = "—"


def day_shown(day: date | None) -> str:
    """A day as clerks write it; empty where there is none."""
    return PartialDate.of(day).shown() if day is not None else ""


def figure(score: Decimal | None) -> str:
    """A score without needless zeros; a dash where there is none."""
    return f"{score.normalize():f}" if score is not None else _NOTHING


def grade_tone(scheme: Scheme, code: str) -> str:
    """The tone of a grade's chip: the best is green, the last red."""
    codes = [one.code for one in scheme.grades]
    if code not in codes:
        return ""
    place = codes.index(code)
    return "err" if place and place == len(codes) - 1 else _GRADE_TONES[min(place, 2)]


def grade_title(scheme: Scheme, code: str) -> str:
    """What a grade is called; empty for none."""
    return next((one.title for one in scheme.grades if one.code == code), "")


def votes_words(scheme: Scheme, counts: Mapping[str, int]) -> str:
    """The votes of a subject, grade by grade: 12 / 8 / 1 / 0."""
    return " / ".join(str(counts.get(one.code, 0)) for one in scheme.grades)


def about(subject: Subject) -> str:
    """Group and category of a subject in one line."""
    category = _(CATEGORIES[subject.category]) if subject.category in CATEGORIES else ""
    return " · ".join(filter(None, (subject.group, category)))


def why_no_grade(subject: Subject) -> str:
    """Why a subject gets no grade; empty for one that is to get one."""
    if not subject.takes_part:
        return _("不参加评议：{why}", why=subject.why_not) if subject.why_not else _("不参加评议")
    return "" if subject.graded else _("参加评议，不评等次")


def comes_from_records(part: Part) -> bool:
    """Whether a part is taken from records instead of being typed."""
    return part.source in FROM_RECORDS


def missing_words(part: Part) -> str:
    """What becomes of a part without a score."""
    return _("没有分，按 0 分计") if part.missing == "zero" else _("没有分，不计入")
