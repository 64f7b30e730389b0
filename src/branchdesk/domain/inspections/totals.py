"""The total of an inspection: base, bonus, veto and grade, for the form and for its sections (domain 7.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from branchdesk.domain.inspections.line_scores import NO_POINTS, LineScore, LineState
from branchdesk.domain.inspections.model import Grade, Indicator, Scheme

_HUNDREDTH = Decimal("0.01")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class SectionTotal:
    """One section in points: those of its lines, of those that apply, and what these earned.

    `bonus` is what its bonus lines claim, before the cap; `lost` leaves out what nobody scored yet.
    """

    id: str
    title: str
    points: Decimal
    base: Decimal
    earned: Decimal
    bonus: Decimal = NO_POINTS
    lost: Decimal = NO_POINTS


@dataclass(frozen=True, slots=True)
class Total:
    """What all lines come to, in points.

    `full` are the points of the form, `base` those of the lines that apply, `earned` what these earned, and
    `score` that share of the full points with the bonus on top, so that it may exceed them. `filled_full`
    and `filled_score` look at scored lines only and leave out the bonus. `grade` is None while a line has no
    score, unless there is a veto. `empty` counts lines without a score, `auto` those that nobody confirmed.
    `claimed` is the bonus before its cap.
    """

    full: Decimal
    base: Decimal
    earned: Decimal
    bonus: Decimal
    score: Decimal
    filled_full: Decimal
    filled_score: Decimal
    vetoed: tuple[Indicator, ...]
    grade: Grade | None
    empty: int
    auto: int
    sections: tuple[SectionTotal, ...]
    claimed: Decimal = NO_POINTS

    @property
    def is_complete(self) -> bool:
        """Whether every line that counts has a score."""
        return not self.empty

    @property
    def lost(self) -> Decimal:
        """The points that scored lines lost."""
        return self.filled_full - self.earned

    @property
    def is_projected(self) -> bool:
        """Whether lines that do not apply are left out, so that the rest stands for the whole."""
        return self.base != self.full


def total_of(scheme: Scheme, lines: Iterable[LineScore]) -> Total:
    """The total of all lines of a form (domain 7.1).

    What the lines that apply earned stands for the whole form: earned × full / base, rounded half up to two
    decimals, and only where something is left out. All bonus together adds `bonus_cap` at most. A veto gives
    the last grade whatever the score. A line that nobody scored yet has earned nothing, and as long as there
    is one, nothing is graded: half a form would always have failed.
    """
    known = tuple(lines)
    counted = [one for one in known if one.counts]
    base = _points(counted)
    filled_full = _points(one for one in counted if one.score is not None)
    earned, empty = _earned(counted), sum(one.score is None for one in counted)
    claimed = _earned(one for one in known if one.indicator.bonus)
    bonus = min(claimed, scheme.bonus_cap)
    score = _share(earned, base, scheme.full) + bonus
    vetoed = tuple(one.indicator for one in known if one.state is LineState.VETOED)
    return Total(
        full=scheme.full,
        base=base,
        earned=earned,
        bonus=bonus,
        score=score,
        filled_full=filled_full,
        filled_score=_share(earned, filled_full, scheme.full),
        vetoed=vetoed,
        grade=_grade(scheme, score, is_vetoed=bool(vetoed), is_scored=bool(base) and not empty),
        empty=empty,
        auto=sum(one.state is LineState.AUTO for one in counted),
        sections=tuple(_sections(scheme, known)),
        claimed=claimed,
    )


def _points(lines: Iterable[LineScore]) -> Decimal:
    return sum((one.points or NO_POINTS for one in lines), NO_POINTS)


def _earned(lines: Iterable[LineScore]) -> Decimal:
    return sum((one.score or NO_POINTS for one in lines), NO_POINTS)


def _share(earned: Decimal, base: Decimal, full: Decimal) -> Decimal:
    """What was earned of `base`, as points of `full`."""
    if not base:
        return NO_POINTS
    return earned if base == full else (earned * full / base).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _grade(scheme: Scheme, score: Decimal, *, is_vetoed: bool, is_scored: bool) -> Grade | None:
    """The grade of a score; grades are made for a form of a hundred points."""
    if is_vetoed:
        return scheme.grades[-1] if scheme.grades else None
    if not is_scored:
        return None
    return next((one for one in scheme.grades if score * _HUNDRED >= one.at_least * scheme.full), None)


def _sections(scheme: Scheme, lines: Sequence[LineScore]) -> Iterable[SectionTotal]:
    """The sums of the sections that have lines at all."""
    for section, title in scheme.sections:
        own = [one for one in lines if one.indicator.section == section]
        if own:
            counted = [one for one in own if one.counts]
            yield SectionTotal(
                section,
                title,
                _points(one for one in own if not one.indicator.bonus),
                _points(counted),
                _earned(counted),
                _earned(one for one in own if one.indicator.bonus),
                sum((one.lost for one in counted), NO_POINTS),
            )
