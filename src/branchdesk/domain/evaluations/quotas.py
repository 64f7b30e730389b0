"""How many may get a grade, and a word when more did: generally a third are excellent (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from branchdesk.domain.evaluations.model import Quota, QuotaBase, Scheme, Subject
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _

_THIRD = (1, 3)


def places(numerator: int, denominator: int, number: int) -> int:
    """How many of `number` a share allows, rounded down: a third of 11 is 3 (domain 6.1)."""
    return number * numerator // denominator


def base_of(quota: Quota, subjects: Iterable[Subject]) -> int:
    """Of how many the quota is a share: who gets a grade, or everybody who takes part."""
    if quota.base == QuotaBase.TAKING_PART:
        return sum(one.takes_part for one in subjects)
    return sum(one.needs_grade for one in subjects)


def given(grade: str, subjects: Iterable[Subject]) -> int:
    """How many have a grade."""
    return sum(one.needs_grade and one.grade == grade for one in subjects)


def quota_findings(
    scheme: Scheme, subjects: Iterable[Subject], reason: str = "", source: str = ""
) -> list[Finding]:
    """What the quotas of the scheme say of the grades decided; the field is the code of the grade.

    More than a quota allows is a warning that asks for a reason, or an error where it is hard; with a reason
    the warning is a remark. A remark also says when all places are taken. `source` names the rule.
    """
    return list(_findings(scheme, tuple(subjects), reason.strip(), source))


def _findings(scheme: Scheme, subjects: Sequence[Subject], reason: str, source: str) -> Iterator[Finding]:
    for quota in scheme.quotas:
        number, base = given(quota.grade, subjects), base_of(quota, subjects)
        most = places(quota.numerator, quota.denominator, base)
        facts = _facts(scheme, quota, number, base, most)
        if number > most:
            yield _too_many(quota, facts, number - most, reason, source)
        elif number and number == most:
            sentence = _("{facts}；名额已满，再评需先调下一名。", facts=facts)
            yield Finding("quota_full", Severity.NOTE, sentence, quota.grade, source)


def _facts(scheme: Scheme, quota: Quota, number: int, base: int, most: int) -> str:
    share = (quota.numerator, quota.denominator)
    counted = (
        _("参加评议 {base} 人", base=base)
        if quota.base == QuotaBase.TAKING_PART
        else _("应评定等次 {base} 人", base=base)
    )
    return _(
        "“{grade}”已评 {n} 名，{counted}，按{share}上限为 {most} 名",
        grade=scheme.grade_title(quota.grade),
        n=number,
        counted=counted,
        share=_("三分之一") if share == _THIRD else f" {quota.numerator}/{quota.denominator} ",
        most=most,
    )


def _too_many(quota: Quota, facts: str, over: int, reason: str, source: str) -> Finding:
    if quota.hard:
        sentence = _("{facts}，超出 {over} 名，请调下。", facts=facts, over=over)
        return Finding("quota_exceeded", Severity.ERROR, sentence, quota.grade, source)
    if reason:
        sentence = _("{facts}，超出 {over} 名；理由：{reason}", facts=facts, over=over, reason=reason)
        return Finding("quota_explained", Severity.NOTE, sentence, quota.grade, source)
    sentence = _("{facts}，超出 {over} 名，请调下或者写明理由。", facts=facts, over=over)
    return Finding("quota_exceeded", Severity.WARN, sentence, quota.grade, source)
