"""One inspection beside the one before and the one of a year ago, section by section and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from branchdesk.domain.inspections.line_scores import LineScore
from branchdesk.domain.inspections.totals import SectionTotal, Total


class Compared(StrEnum):
    """What one row of a comparison is."""

    SECTION = "section"
    LINE = "line"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Scored:
    """An inspection as scored: its total and its lines."""

    total: Total
    lines: Sequence[LineScore]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row, in points: what a line (or a section, or the whole) earned now, before and a year ago.

    `number` is that of the indicator, the id of the section, or empty for the whole. None stands where there
    is nothing to compare with: no such line then, or one that did not apply or was not scored. `is_partial`
    says that `now` is only what was scored so far.
    """

    number: str
    title: str
    points: Decimal | None
    now: Decimal | None
    before: Decimal | None
    year_ago: Decimal | None
    kind: Compared = Compared.LINE
    is_partial: bool = False

    @property
    def change(self) -> Decimal | None:
        """How much more it earned than before; None while it is not scored to its end."""
        return self._since(self.before)

    @property
    def change_of_year(self) -> Decimal | None:
        """How much more it earned than a year ago; None while it is not scored to its end."""
        return self._since(self.year_ago)

    def _since(self, then: Decimal | None) -> Decimal | None:
        return None if self.is_partial or self.now is None or then is None else self.now - then


def compare(now: Scored, before: Scored | None = None, year_ago: Scored | None = None) -> list[Comparison]:
    """Each section followed by its lines in the order of `now`, and the whole at the end.

    Lines are matched by the number of their indicator and sections by their id, so that forms of different
    versions compare; what is not there any more is left out.
    """
    then, long_ago = _Earlier(before), _Earlier(year_ago)
    rows = []
    for section in now.total.sections:
        own = [one for one in now.lines if one.indicator.section == section.id]
        rows.append(
            Comparison(
                section.id,
                section.title,
                section.points,
                _earned(section),
                then.sections.get(section.id),
                long_ago.sections.get(section.id),
                Compared.SECTION,
                is_partial=_is_partial(own),
            )
        )
        rows += [_line(one, then, long_ago) for one in own]
    total, partial = now.total, not now.total.is_complete
    whole = Comparison(
        "", "", total.full, total.score, then.score, long_ago.score, Compared.TOTAL, is_partial=partial
    )
    return [*rows, whole]


def _is_partial(lines: Sequence[LineScore]) -> bool:
    """Whether some of the lines that count have no score yet."""
    return any(one.counts and one.score is None for one in lines)


class _Earlier:
    """What an earlier inspection, if there is one, earned by number and section.

    Of one that was never scored to its end, sections and the whole say nothing that could be compared.
    """

    def __init__(self, scored: Scored | None) -> None:
        self.score: Decimal | None = None
        self.lines: Mapping[str, Decimal | None] = {}
        self.sections: Mapping[str, Decimal | None] = {}
        if scored is None:
            return
        partial = {one.indicator.section for one in scored.lines if _is_partial([one])}
        self.score = scored.total.score if scored.total.is_complete else None
        self.lines = {one.indicator.number: one.score for one in scored.lines}
        self.sections = {one.id: _earned(one) for one in scored.total.sections if one.id not in partial}


def _earned(section: SectionTotal) -> Decimal | None:
    """What a section earned; None for one of which nothing applied."""
    return section.earned + section.bonus if section.base or section.bonus else None


def _line(line: LineScore, then: _Earlier, long_ago: _Earlier) -> Comparison:
    number = line.indicator.number
    return Comparison(
        number,
        line.indicator.title,
        line.points,
        line.score,
        then.lines.get(number),
        long_ago.lines.get(number),
    )
