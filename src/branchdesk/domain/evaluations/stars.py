"""Stars: the way from self-declaration to the award, and what stands against one (domain 6.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from branchdesk.domain.evaluations.model import Dimension, Evaluation, Scheme, Star, StarState, Step
from branchdesk.domain.evaluations.steps import StepProgress, progress, skipped_steps
from branchdesk.domain.evaluations.thresholds import Thresholds
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n, later
from branchdesk.partial_dates import PartialDate
from branchdesk.rulebook import Rule

LABELS: Mapping[StarState, str] = {
    StarState.DECLARED: later("自评"),
    StarState.RECOMMENDED: later("支部推荐"),
    StarState.REVIEWED: later("党委审核"),
    StarState.APPROVED: later("党组研究"),
    StarState.AWARDED: later("授星"),
    StarState.DECLINED: later("未授星"),
}
_BETWEEN = (StarState.RECOMMENDED, StarState.REVIEWED, StarState.APPROVED)
_NOBODY: Mapping[str, str] = MappingProxyType({})
_WHOLE = 100


def label_of(state: StarState) -> str:
    """The name of a state in the language in use."""
    return _(LABELS[state])


# ---- the way


def state_steps(scheme: Scheme) -> dict[StarState, Step]:
    """Which step brings a star into which state, in order: the first declares and the last awards.

    The steps between recommend, review and approve, in this order; a scheme with fewer has fewer states.
    """
    if not scheme.steps:
        return {}
    first, *others = scheme.steps
    found = {StarState.DECLARED: first}
    if others:
        found |= dict(zip(_BETWEEN, others[:-1], strict=False))
        found[StarState.AWARDED] = others[-1]
    return found


def next_states(scheme: Scheme, skipped: Collection[str], star: Star) -> tuple[StarState, ...]:
    """The states that may follow, the usual one first, then declining, then one back; no switched off step.

    What was declined may be taken up again from its declaration.
    """
    if star.state is StarState.DECLINED:
        return (StarState.DECLARED,)
    way = [
        state
        for state, step in state_steps(scheme).items()
        if step.id not in skipped or state in {star.state, StarState.DECLARED, StarState.AWARDED}
    ]
    if star.state not in way:
        return (StarState.DECLINED,)
    place = way.index(star.state)
    return (*way[place + 1 : place + 2], StarState.DECLINED, *reversed(way[max(0, place - 1) : place]))


def star_count(stars: Iterable[Star], subject: str) -> int:
    """How many stars somebody was awarded (星级)."""
    return sum(one.subject == subject and one.state is StarState.AWARDED for one in stars)


# ---- who cannot get one


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of one member that a star asks for.

    `discipline` names a punishment in force, `appraisal` the last grade where it is lower than qualified,
    both empty where there is none; `absent` meetings of `due`.
    """

    discipline: str = ""
    appraisal: str = ""
    absent: int = 0
    due: int = 0


def disqualifications(scheme: Scheme, standing: Standing, thresholds: Thresholds) -> tuple[str, ...]:
    """Why somebody cannot get a star by the scheme, in clauses; nothing where he can (domain 6.2)."""
    rule = thresholds.absence_most
    found = {
        "discipline": _("受到“{discipline}”处分", discipline=standing.discipline),
        "appraisal_below_qualified": _("民主评议等次为“{grade}”", grade=standing.appraisal),
        "absence_over": _(
            "应到 {due} 次，缺席 {absent} 次，超过 {most}%",
            due=standing.due,
            absent=standing.absent,
            most=rule.value,
        ),
    }
    holds = {
        "discipline": bool(standing.discipline),
        "appraisal_below_qualified": bool(standing.appraisal),
        "absence_over": is_absent_too_often(standing.absent, standing.due, rule),
    }
    return tuple(found[one] for one in found if one in scheme.disqualifiers and holds[one])


def is_absent_too_often(absent: int, due: int, rule: Rule) -> bool:
    """Whether more than the rule's percentage of what was due was missed; exactly as much is not more."""
    return absent * _WHOLE > due * rule.value


# ---- what is wrong


def star_findings(
    scheme: Scheme,
    evaluation: Evaluation,
    thresholds: Thresholds,
    disqualified: Mapping[str, str] = _NOBODY,
) -> list[Finding]:
    """What is wrong with the stars of an evaluation: places, votes, deeds, objections and days.

    `disqualified` says by uid of a subject why it cannot get one. The field is the uid of a star or the id of
    a dimension.
    """
    found = list(_places(scheme, evaluation))
    for star in evaluation.stars:
        found += _one(scheme, evaluation, star, star.state, thresholds, disqualified)
    return found


def may_move(
    scheme: Scheme,
    evaluation: Evaluation,
    star: Star,
    to: StarState,
    thresholds: Thresholds,
    disqualified: Mapping[str, str] = _NOBODY,
) -> list[Finding]:
    """What stands against bringing a star, as it will then be, into a state; warnings may be accepted.

    `star` holds the state it is in and already what was entered with the move.
    """
    steps = next_states(scheme, skipped_steps(evaluation.steps), star)
    if to not in steps:
        sentence = _("这颗星现在是“{state}”，不能改为“{to}”。", state=label_of(star.state), to=label_of(to))
        return [_error("no_such_step", sentence, star)]
    if to is StarState.DECLINED:
        if star.opinion.strip():
            return []
        return [_error("no_reason", _("请在意见里写明不授星的原因。"), star)]
    found = list(_one(scheme, evaluation, star, to, thresholds, disqualified))
    dimension = scheme.dimension(star.dimension)
    if to is StarState.AWARDED and dimension is not None:
        found += _room(evaluation, star, dimension)
    return found


def _places(scheme: Scheme, evaluation: Evaluation) -> Iterator[Finding]:
    awarded = Counter(one.dimension for one in evaluation.stars if one.state is StarState.AWARDED)
    for dimension in scheme.dimensions:
        over = 0 if dimension.places is None else awarded[dimension.id] - dimension.places
        if over > 0:
            sentence = _(
                "“{star}”已授 {n} 名，名额 {places} 名，超出 {over} 名，请调下。",
                star=dimension.star or dimension.title,
                n=awarded[dimension.id],
                places=dimension.places,
                over=over,
            )
            yield Finding("too_many_stars", Severity.ERROR, sentence, dimension.id)


def _room(evaluation: Evaluation, star: Star, dimension: Dimension) -> Iterator[Finding]:
    awarded = sum(
        one.state is StarState.AWARDED and one.dimension == star.dimension and one.uid != star.uid
        for one in evaluation.stars
    )
    if dimension.places is not None and awarded >= dimension.places:
        sentence = _n(
            "“{star}”名额 {n} 名已满，再授需先调下一名。",
            dimension.places,
            star=dimension.star or dimension.title,
        )
        yield _error("no_place", sentence, star)


def _one(
    scheme: Scheme,
    evaluation: Evaluation,
    star: Star,
    state: StarState,
    thresholds: Thresholds,
    disqualified: Mapping[str, str],
) -> Iterator[Finding]:
    """What is wrong with one star as it would be in a state."""
    yield from _deeds(star, thresholds.deeds_longest)
    yield from _votes(star)
    if state is StarState.DECLINED:
        return
    subject = evaluation.subject(star.subject)
    name = "" if subject is None else subject.name
    if subject is not None and not subject.takes_part:
        sentence = _("{name}没有参加这次评议，不能授星，请撤回申报或者改为“未授星”。", name=name)
        yield _error("takes_no_part", sentence, star)
    why = disqualified.get(star.subject, "")
    if why:
        severity = Severity.WARN if state is StarState.DECLARED else Severity.ERROR
        sentence = _("{name}{why}，不能授星。", name=name, why=why)
        yield Finding("disqualified", severity, sentence, star.uid)
    if state is StarState.AWARDED:
        yield from _award(scheme, evaluation, star)


def _deeds(star: Star, rule: Rule) -> Iterator[Finding]:
    length = sum(not char.isspace() for char in star.deeds)
    if length > rule.value:
        sentence = _("事迹材料 {length} 字，不超过 {most} 字，请压缩。", length=length, most=rule.value)
        yield Finding("deeds_too_long", Severity.ERROR, sentence, star.uid, rule.source)


def _votes(star: Star) -> Iterator[Finding]:
    given, of = star.votes_for, star.votes_of
    if any(number is not None and number < 0 for number in (given, of)):
        yield _error("votes_negative", _("票数不能是负数。"), star)
    elif given is not None and of is None:
        yield _error("votes_without_base", _("请填写参加表决的人数。"), star)
    elif given is not None and of is not None and given > of:
        sentence = _("同意 {given} 票，比参加表决的 {of} 人还多，请核对。", given=given, of=of)
        yield _error("more_votes", sentence, star)


def _award(scheme: Scheme, evaluation: Evaluation, star: Star) -> Iterator[Finding]:
    if star.objection.strip() and not star.handled.strip():
        yield _error("objection_open", _("公示中的异议还没有处理，处理后再授星。"), star)
    last = progress(scheme, evaluation.steps)[-1:]
    over_on = last[0].done_on if last else None
    if last and last[0].state in {StepProgress.CURRENT, StepProgress.COMING}:
        sentence = _("“{step}”还没有完成，完成后再授星。", step=last[0].step.title)
        yield _error("publicity_open", sentence, star)
    if star.from_day is None:
        yield Finding("no_plaque_days", Severity.NOTE, _("还没有填写挂牌的起止日期。"), star.uid)
        return
    if star.until_day is not None and star.until_day < star.from_day:
        sentence = _(
            "挂牌到 {until}，早于开始的 {start}，请核对。",
            until=_shown(star.until_day),
            start=_shown(star.from_day),
        )
        yield _error("plaque_ends_early", sentence, star)
    if over_on is not None and star.from_day <= over_on:
        sentence = _(
            "公示 {over} 结束，挂牌应从第二天以后开始，这里写了 {start}。",
            over=_shown(over_on),
            start=_shown(star.from_day),
        )
        yield _error("plaque_too_early", sentence, star)


def _shown(day: date) -> str:
    return PartialDate.of(day).shown()


def _error(code: str, sentence: str, star: Star) -> Finding:
    return Finding(code, Severity.ERROR, sentence, star.uid)
