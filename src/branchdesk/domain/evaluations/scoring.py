"""The total of one subject: weighted parts, what is missing named, half up once at the end (domain 6.2, 6.4).

Everything is computed in fractions, so that no step between loses anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from branchdesk.domain.evaluations.model import Evaluation, Missing, Part, PartScore, Scheme
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, joined, listed

_HUNDRED = 100
_NOTHING = Fraction(0)
# Figures that do not end are shown with so many decimals; the total is never made of them.
_SHOWN_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class CountedPart:
    """One part of a total; weights in percent, points of a hundred.

    `earned` are the points at its own weight; `points` those at `used_weight`, the weight that it has after
    what is missing was left out, so that the points of all parts make the total. `note` says what was
    missing, in the language in use. `used_weight` and `points` are shortened to four decimals for showing.
    """

    part: Part
    score: Decimal | None
    weight: Decimal
    used_weight: Decimal
    points: Decimal
    note: str = ""
    earned: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SubjectTotal:
    """What one subject comes to; `total` is None where no part counts.

    `missing` are the ids of parts without a score; `base` is the percentage of weights that counted and
    `earned` the points at those weights, so that the total is `earned` × 100 / `base`.
    """

    parts: tuple[CountedPart, ...]
    total: Decimal | None
    missing: tuple[str, ...]
    base: Decimal = Decimal(0)
    earned: Decimal = Decimal(0)

    @property
    def is_complete(self) -> bool:
        """Whether every part has a score."""
        return not self.missing

    @property
    def is_projected(self) -> bool:
        """Whether something was left out, so that the rest stands for the whole."""
        return self.total is not None and self.base != _HUNDRED


def half_up(number: Fraction, decimals: int) -> Decimal:
    """A fraction as a figure with so many decimals, rounded half away from zero."""
    scaled = abs(number) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = max(context.prec, len(str(whole)) + decimals)
        return Decimal(whole if number >= 0 else -whole).scaleb(-decimals)


def subject_total(scheme: Scheme, scores: Iterable[PartScore], dimension: str = "") -> SubjectTotal:
    """The total of one subject from its own scores in one dimension; other dimensions are left aside.

    A part without a score is left out, and the others stand for the whole, or it counts zero: as the scheme
    says. Rounded half up to the decimals of the scheme, once, at the end.
    """
    known = {one.part: one.score for one in scores if one.dimension == dimension}
    counted = [one for one in scheme.parts if _counts(one, known.get(one.id))]
    base = sum((Fraction(one.weight) for one in counted), _NOTHING)
    stretch = Fraction(_HUNDRED) / base if base else _NOTHING
    earned = sum((_earned(one, known.get(one.id)) for one in counted), _NOTHING)
    return SubjectTotal(
        parts=tuple(_counted_part(one, known.get(one.id), stretch) for one in scheme.parts),
        total=half_up(earned * stretch, scheme.decimals) if base else None,
        missing=tuple(one.id for one in scheme.parts if known.get(one.id) is None),
        base=_shortened(base),
        earned=_shortened(earned),
    )


def subject_totals(scheme: Scheme, evaluation: Evaluation) -> dict[tuple[str, str], SubjectTotal]:
    """The totals of everybody who takes part, by subject and dimension ("" where there are no dimensions)."""
    dimensions = [one.id for one in scheme.dimensions] or [""]
    return {
        (subject.uid, dimension): subject_total(scheme, evaluation.scores_of(subject.uid), dimension)
        for subject in evaluation.subjects
        if subject.takes_part
        for dimension in dimensions
    }


def _counts(part: Part, score: Decimal | None) -> bool:
    return score is not None or part.missing == Missing.ZERO


def _earned(part: Part, score: Decimal | None) -> Fraction:
    """Points of a hundred at the part's own weight."""
    return Fraction(score or 0) * Fraction(part.weight) / Fraction(part.full)


def _counted_part(part: Part, score: Decimal | None, stretch: Fraction) -> CountedPart:
    if not _counts(part, score):
        note = _("没有得分，这一项不计，其余各项按权重折算")
        return CountedPart(part, None, part.weight, Decimal(0), Decimal(0), note)
    earned = _earned(part, score)
    return CountedPart(
        part,
        score,
        part.weight,
        _shortened(Fraction(part.weight) * stretch),
        _shortened(earned * stretch),
        _("没有得分，按 0 分计") if score is None else "",
        _shortened(earned),
    )


def _shortened(number: Fraction) -> Decimal:
    """A figure for showing, without needless zeros."""
    return Decimal(shown(half_up(number, _SHOWN_DECIMALS)))


# ---- in words


def explain(total: SubjectTotal) -> list[str]:
    """Each part with its arithmetic, then the sum and what was missing, so that it can be counted again."""
    return [*(explain_part(one) for one in total.parts), explain_total(total)]


def explain_part(one: CountedPart) -> str:
    """How one part came to its points at its own weight, or what became of it without a score."""
    title = one.part.title
    if one.score is None:
        return _("{part}（权重 {weight}%）：{note}。", part=title, weight=shown(one.weight), note=one.note)
    return _(
        "{part}：得 {score} 分，满分 {full} 分，权重 {weight}%，{score} ÷ {full} × {weight} = {points} 分。",
        part=title,
        score=shown(one.score),
        full=shown(one.part.full),
        weight=shown(one.weight),
        points=shown(one.earned),
    )


def explain_total(total: SubjectTotal) -> str:
    """The sum of the parts, stretched to the whole where a part was left out."""
    missing = [one.part.title for one in total.parts if one.part.id in total.missing]
    lacking = _("缺：{parts}。", parts=listed(missing)) if missing else ""
    if total.total is None:
        return joined(_("没有可以计算的得分。"), lacking)
    if total.is_projected:
        sentence = _(
            "各项合计 {earned} 分，计入的权重共 {base}%，{earned} × 100 ÷ {base} 四舍五入得总分 {total} 分。",
            earned=shown(total.earned),
            base=shown(total.base),
            total=total.total,
        )
    else:
        sentence = _(
            "各项合计 {earned} 分，四舍五入得总分 {total} 分。",
            earned=shown(total.earned),
            total=total.total,
        )
    return joined(sentence, lacking)


# ---- what is wrong


def score_findings(scheme: Scheme, scores: Iterable[PartScore]) -> list[Finding]:
    """Scores that cannot be: of no part, of no dimension, below zero or above full marks; each once."""
    return list(_score_findings(scheme, scores))


def _score_findings(scheme: Scheme, scores: Iterable[PartScore]) -> Iterator[Finding]:
    for one in scores:
        part = scheme.part(one.part)
        if part is None:
            sentence = _("现行办法里没有“{part}”这一项，请重新选择。", part=one.part)
            yield Finding("no_such_part", Severity.ERROR, sentence, one.part)
            continue
        if one.dimension and scheme.dimension(one.dimension) is None:
            sentence = _("现行办法里没有“{dimension}”这个方面，请重新选择。", dimension=one.dimension)
            yield Finding("no_such_dimension", Severity.ERROR, sentence, one.part)
        if one.score is not None and not (one.score.is_finite() and 0 <= one.score <= part.full):
            sentence = _(
                "“{part}”应在 0 到 {full} 分之间，这里写了 {score} 分。",
                part=part.title,
                full=shown(part.full),
                score=one.score,
            )
            yield Finding("score_out_of_range", Severity.ERROR, sentence, one.part)
