"""What the papers of one inspection print, and what they all ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from branchdesk.domain.inspections.model import Indicator, Inspection, Stage
from branchdesk.domain.inspections.scoring import LineScore, final_score
from branchdesk.domain.inspections.totals import Total
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.reports.filled import Filled
from branchdesk.reports.inspections.fact_words import counted_until, on_paper
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.services.inspections.sheets import Sheet

_DRAFT = "草稿"
_SHEET = "检查表"


@dataclass(frozen=True, slots=True)
class InspectionMatter:
    """A scored sheet with the words that its papers need.

    `superior` is who inspects, empty where it is not known; `made_on` the day of the paper itself, `period`
    what the inspection is about as papers say it: 2026年第四季度. `late_since` is the ISO date by which an
    inspection should have been over that was entered only later, else empty.
    """

    sheet: Sheet
    vocabulary: Vocabulary
    made_on: date
    period: str
    superior: str = ""
    late_since: str = ""
    draft: bool = False

    @property
    def inspection(self) -> Inspection:
        """The inspection with all its answers."""
        return self.sheet.inspection

    @property
    def organisation(self) -> str:
        """The full name of who is inspected."""
        return self.inspection.organisation_name

    @property
    def watermark(self) -> str:
        """What marks every page of a paper that may still change."""
        return _DRAFT if self.draft else ""

    @property
    def name(self) -> str:
        """What forms of this kind are called: 党建工作检查表."""
        paper = self.sheet.form.paper
        title = paper.title if paper is not None and paper.title else self.sheet.form.title
        return title if title.endswith(_SHEET) else f"{title}{_SHEET}"

    @property
    def occasion(self) -> str:
        """Which inspection it is: 2026年第四季度党建工作检查."""
        return f"{self.period}{self.name.removesuffix('表')}"

    @property
    def title(self) -> str:
        """The title of the sheet, after who inspects, or else who is inspected."""
        said = self.inspection.title or f"{self.period}{self.name}"
        return f"{self.superior or self.organisation}{said}"

    @property
    def foot(self) -> str:
        """What stands at the foot of every page, so that a loose one finds its way back."""
        return f"{self.organisation}　{self.period}{self.name}　第 {{page}} 页　共 {{pages}} 页"

    @property
    def filled(self) -> Filled:
        """The boxes of the form's head."""
        return Filled(self.sheet.form, self.inspection.values, {}, self.vocabulary)

    def role(self, role: str) -> str:
        """The text of the field that plays a role; empty where the form has none, or it is empty."""
        one = self.sheet.form.by_role(role)
        return self.filled.text(one) if one is not None else ""

    @property
    def is_checked(self) -> bool:
        """Whether the inspectors have scored all lines that count, or what they scored was signed."""
        counted = [line for line in self.sheet.check_lines if line.counts]
        scored = [line for line in counted if line.score is not None]
        return bool(scored) and (len(scored) == len(counted) or bool(self.sheet.frozen_on))

    @property
    def total(self) -> Total:
        """The total that counts: of the inspectors' scores, and the branch's own where there are none."""
        return self.sheet.final_total

    def line(self, indicator: Indicator, stage: Stage) -> LineScore:
        """The score of a line in one stage."""
        return on_paper(self.sheet.line(indicator.id, stage), self.period)

    def scored(self, indicator: Indicator, stage: Stage) -> LineScore:
        """What stands in the column of a stage; once all is checked, the last one has what counts."""
        if stage is Stage.CHECK and self.is_checked:
            return self.final(indicator)
        return self.line(indicator, stage)

    @property
    def totals(self) -> Mapping[Stage, Total]:
        """The totals of the columns."""
        return {
            Stage.SELF: self.sheet.self_total,
            Stage.CHECK: self.total if self.is_checked else self.sheet.check_total,
        }

    def final(self, indicator: Indicator) -> LineScore:
        """The score of a line that counts: the inspectors' where they scored it."""
        return final_score(self.line(indicator, Stage.SELF), self.line(indicator, Stage.CHECK))

    def indicators(self) -> tuple[Indicator, ...]:
        """The lines of the form, in order."""
        return self.sheet.scheme.indicators

    def sections(self) -> Iterator[tuple[str, str, list[Indicator]]]:
        """The parts of the form that have lines: id, title and lines that count, in order."""
        for section, title in self.sheet.scheme.sections:
            lines = [one for one in self.indicators() if one.section == section]
            if lines:
                yield section, title, lines

    def counted_until(self) -> str:
        """The day, spelled, up to which the records of a running period were counted; else empty."""
        return counted_until(self.sheet.facts.values())

    def entered(self) -> str:
        """The day on which the inspection was entered, spelled."""
        return spelled_day(self.inspection.entered_on)
