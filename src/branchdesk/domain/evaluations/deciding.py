"""The decision over a grade: figures suggest, people decide, and say why where they differ (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from branchdesk.domain.evaluations.ballots import TallyRow
from branchdesk.domain.evaluations.model import Missing, Procedure, Scheme, Subject
from branchdesk.domain.evaluations.scoring import SubjectTotal
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n, listed

_NAMED_AT_MOST = 5


def suggestion(scheme: Scheme, row: TallyRow | None, total: SubjectTotal | None = None) -> str:
    """The code of the grade that figures suggest: that of most votes, else that of the total; or nothing.

    A total suggests only while there are no ballots, and nothing while a part that would count zero waits for
    its score: who was not scored yet has not failed.
    """
    if row is not None:
        return row.suggested
    if total is None or total.total is None or _waits(scheme, total):
        return ""
    return next(
        (one.code for one in scheme.grades if one.at_least is not None and total.total >= one.at_least), ""
    )


def _waits(scheme: Scheme, total: SubjectTotal) -> bool:
    return any(one.id in total.missing and one.missing == Missing.ZERO for one in scheme.parts)


def decision_findings(
    scheme: Scheme, subject: Subject, suggested: str, grade: str, reason: str = ""
) -> list[Finding]:
    """What stands against deciding a grade for a subject; an empty grade takes a decision back.

    A reason is needed where the grade differs from what the figures suggest, or where they suggest nothing.
    The field is `grade` or `reason`.
    """
    return list(_findings(scheme, subject, suggested, grade, reason.strip()))


def _findings(scheme: Scheme, subject: Subject, suggested: str, grade: str, reason: str) -> Iterator[Finding]:
    if not grade:
        return
    if not scheme.decision:
        yield _error("no_decision", _("“{title}”不评定等次。", title=scheme.title))
    elif not subject.takes_part:
        sentence = _("{name}没有参加这次评议，不能评定等次。", name=subject.name)
        yield _error("takes_no_part", _with_why(sentence, subject))
    elif not subject.graded:
        sentence = _("{name}参加评议，但不评定等次。", name=subject.name)
        yield _error("not_graded", _with_why(sentence, subject))
    elif scheme.grade(grade) is None:
        sentence = _("现行办法里没有“{grade}”这个等次，请重新选择。", grade=grade)
        yield _error("no_such_grade", sentence)
    elif not reason and grade != suggested:
        yield _error("no_reason", _why_reason(scheme, subject, suggested, grade), "reason")


def _with_why(sentence: str, subject: Subject) -> str:
    if not subject.why_not.strip():
        return sentence
    return _("{sentence}原因：{why}。", sentence=sentence, why=subject.why_not.strip().rstrip("。"))


def _why_reason(scheme: Scheme, subject: Subject, suggested: str, grade: str) -> str:
    if not suggested:
        return _(
            "{name}没有可以参照的测评建议，评为“{grade}”请写明理由。",
            name=subject.name,
            grade=scheme.grade_title(grade),
        )
    return _(
        "{name}的测评建议是“{suggested}”，评为“{grade}”请写明理由。",
        name=subject.name,
        suggested=scheme.grade_title(suggested),
        grade=scheme.grade_title(grade),
    )


def undecided(scheme: Scheme, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Who still needs a grade; nobody where the scheme decides none."""
    return tuple(one for one in subjects if scheme.decision and one.needs_grade and not one.grade)


def undecided_findings(scheme: Scheme, subjects: Iterable[Subject]) -> list[Finding]:
    """A word on who still needs a grade, the first of many by name."""
    waiting = undecided(scheme, subjects)
    if not waiting:
        return []
    names = listed(one.name for one in waiting[:_NAMED_AT_MOST])
    if len(waiting) > _NAMED_AT_MOST:
        names = _("{names}等", names=names)
    sentence = _n("还有 {n} 人没有评定等次：{names}。", len(waiting), names=names)
    return [Finding("undecided", Severity.ERROR, sentence, "grade")]


def procedures_of(scheme: Scheme, grade: str) -> tuple[Procedure, ...]:
    """What people do after a grade, in its order; shown and printed, never done by the program."""
    return tuple(one for one in scheme.procedures if one.grade == grade)


def _error(code: str, sentence: str, field: str = "grade") -> Finding:
    return Finding(code, Severity.ERROR, sentence, field)
