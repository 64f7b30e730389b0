"""How a form scores, as the rules of inspections want to know it."""

from __future__ import annotations

from branchdesk.domain.inspections.model import DeductionRule, Grade, Indicator, RuleKind, Scheme
from branchdesk.forms.fields import Deduction, Field
from branchdesk.forms.language import Form


def scheme_of(form: Form) -> Scheme:
    """The scheme of an inspection form: its lines with their rules, sections that have lines, and grades.

    Titles are in the language in use. Raises ValueError for a form that is none of inspections.
    """
    words = form.inspection
    if words is None:
        raise ValueError(form.kind)
    indicators = tuple(_indicator(field) for field in form.indicators)
    used = {one.section for one in indicators}
    return Scheme(
        title=form.paper.title if form.paper else form.title,
        sections=tuple((one.id, one.shown()) for one in form.sections if one.id in used),
        indicators=indicators,
        grades=tuple(Grade(one.code, one.shown(), one.at_least) for one in words.grades),
        bonus_cap=words.bonus_cap,
    )


def _indicator(field: Field) -> Indicator:
    return Indicator(
        id=field.id,
        number=field.number,
        title=field.shown(),
        section=field.section,
        points=field.points,
        rules=tuple(map(_rule, field.deduct)),
        bonus=field.bonus,
        veto=field.veto,
        may_not_apply=field.not_applicable,
        post=field.post,
        proof=field.proof,
        standard=field.hint(),
    )


def _rule(one: Deduction) -> DeductionRule:
    return DeductionRule(
        id=one.id,
        kind=RuleKind(one.kind),
        amount=one.amount,
        label=one.shown(),
        step=one.step,
        cap=one.cap,
        target=one.target,
        fact=one.fact,
    )


def fact_names(form: Form) -> list[str]:
    """The questions to the records that the rules of a form ask, each once."""
    return list(dict.fromkeys(rule.fact for one in form.indicators for rule in one.deduct if rule.fact))
