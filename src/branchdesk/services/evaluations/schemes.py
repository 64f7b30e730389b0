"""How a form evaluates, as the rules of evaluations want to know it."""

from __future__ import annotations

from branchdesk.domain.evaluations.model import Dimension, Grade, Part, Procedure, Quota, Scheme, Step
from branchdesk.forms.evaluation_words import PartWords, StepWords
from branchdesk.forms.language import Form


def scheme_of(form: Form) -> Scheme:
    """The scheme of an evaluation form, with titles in the language in use.

    Raises ValueError for a form that says nothing about evaluations.
    """
    words = form.evaluation
    if words is None:
        raise ValueError(form.kind)
    return Scheme(
        kind=form.kind,
        version=form.version,
        title=form.shown(),
        of=words.of,
        takes_part=words.takes_part,
        graded=words.graded,
        decimals=words.decimals,
        ties=words.ties,
        decision=words.decision,
        disqualifiers=words.disqualifiers,
        grades=tuple(Grade(one.code, one.shown(), one.value, one.at_least) for one in words.grades),
        quotas=tuple(
            Quota(one.grade, one.numerator, one.denominator, one.base, one.hard) for one in words.quotas
        ),
        parts=tuple(map(_part, words.parts)),
        steps=tuple(map(_step, words.steps)),
        dimensions=tuple(
            Dimension(one.id, one.shown(), one.star_shown(), one.places) for one in words.dimensions
        ),
        procedures=tuple(Procedure(one.grade, one.id, one.shown()) for one in words.procedures),
    )


def _part(one: PartWords) -> Part:
    return Part(
        id=one.id,
        title=one.shown(),
        weight=one.weight,
        source=one.source,
        full=one.full,
        missing=one.missing,
        target=one.asked(),
    )


def _step(one: StepWords) -> Step:
    return Step(
        id=one.id,
        title=one.shown(),
        optional=one.optional,
        days=one.days,
        paper=one.paper,
        ballots=one.ballots,
        decides=one.decides,
    )
