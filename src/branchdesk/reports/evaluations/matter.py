"""What the papers of one evaluation print, and what they all ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from branchdesk.documents.model import PageStyle, Part
from branchdesk.domain.evaluations.ballots import NOT_COUNTED, Tally, TallyRow
from branchdesk.domain.evaluations.model import (
    BLANK,
    Batch,
    Dimension,
    Evaluation,
    Grade,
    PartScore,
    Quota,
    QuotaBase,
    Scheme,
    Star,
    StarState,
    Step,
    StepDone,
    Subject,
)
from branchdesk.domain.evaluations.quotas import places
from branchdesk.domain.evaluations.scoring import SubjectTotal
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.evaluations.page_styles import FORM_PAGE
from branchdesk.reports.filled import Filled
from branchdesk.services.evaluations.sheets import EvaluationSheet

_DRAFT = "草稿"
_OF_MEMBERS = {"members", "work"}
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a form says of a member besides the name, as texts; empty where it is not known.

    `attended` is how often the member came to meetings of the year, `points` how the points of the year came
    about, bucket by bucket.
    """

    sex: str = ""
    ethnic: str = ""
    born: str = ""
    education: str = ""
    admitted: str = ""
    posts: str = ""
    employer: str = ""
    attended: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class NamedEvaluation:
    """An evaluation with the words that its papers need, and what it is called.

    `people` are what the roster says of the subjects, by their uids; `superior` is who gets the reports,
    empty where that is not known; `made_on` is the day of the paper itself. With `both_sides` the form of
    everybody begins on a new sheet of paper that is printed on both sides.
    """

    sheet: EvaluationSheet
    vocabulary: Vocabulary
    made_on: date
    people: Mapping[str, PersonFacts] = field(default_factory=dict)
    superior: str = ""
    draft: bool = False
    both_sides: bool = False

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation with all that was entered."""
        return self.sheet.evaluation

    @property
    def scheme(self) -> Scheme:
        """By what it is evaluated."""
        return self.sheet.scheme

    @property
    def organisation(self) -> str:
        """The full name of the organisation."""
        return self.sheet.organisation_name

    @property
    def branch_name(self) -> str:
        """The organisation without 中共 before and 委员会 behind its name, as forms have it."""
        name = self.organisation.removeprefix("中共")
        return name.removesuffix("委员会") if name.endswith("支部委员会") else name

    @property
    def year(self) -> int:
        """The year that is evaluated."""
        return self.evaluation.year

    @property
    def name(self) -> str:
        """What is done: 民主评议党员."""
        return self.scheme.title

    @property
    def occasion(self) -> str:
        """Which one it is: 2026年度民主评议党员."""
        number = self.evaluation.number
        return f"{self.year}年度{f'第{number}次' if number > 1 else ''}{self.name}"

    @property
    def work(self) -> str:
        """Which one it is, as official papers call what is done: 2026年度民主评议党员工作."""
        return self.occasion if self.occasion.endswith("工作") else f"{self.occasion}工作"

    @property
    def ballot_name(self) -> str:
        """What the ballots and their results are called after: 2026年度支部班子测评 is said once."""
        return f"{self.occasion.removesuffix('测评')}测评"

    @property
    def watermark(self) -> str:
        """What marks every page of a paper that may still change."""
        return _DRAFT if self.draft else ""

    @property
    def foot(self) -> str:
        """What stands at the foot of every page, so that a loose one finds its way back."""
        return f"{self.organisation}　{self.occasion}　第 {{page}} 页　共 {{pages}} 页"

    @property
    def rule_version(self) -> str:
        """By what it was counted."""
        return f"《{self.name}》第 {self.scheme.version} 版"

    @property
    def form_page(self) -> PageStyle:
        """The page of a form; on both sides of the paper the back has its margins the other way round."""
        return replace(FORM_PAGE, mirrored=self.both_sides)

    def leaf(self, title: str) -> Part:
        """Where the form of the next one begins: on a new page, or on a new sheet of paper."""
        return Part(title, on_odd_page=self.both_sides)

    @property
    def is_of_people(self) -> bool:
        """Whether each subject is a member, as against the committee or its secretary."""
        return self.scheme.of in _OF_MEMBERS


@dataclass(frozen=True, slots=True)
class EvaluationResults(NamedEvaluation):
    """Who is evaluated, and what ballots and scores came to."""

    def facts(self, subject: Subject) -> PersonFacts:
        """What the roster says of a subject."""
        return self.people.get(subject.uid, PersonFacts())

    def category(self, subject: Subject) -> str:
        """The category of a subject in words."""
        with speaking_chinese():
            return self.vocabulary["category"].shown(subject.category) if subject.category else ""

    def taking_part(self) -> list[Subject]:
        """Those who take part, in the order of the sheet."""
        return [one for one in self.evaluation.subjects if one.takes_part]

    def graded(self) -> list[Subject]:
        """Those for whom a grade is decided."""
        return [one for one in self.evaluation.subjects if one.needs_grade]

    def of_grade(self, code: str) -> list[Subject]:
        """Those who got a grade."""
        return [one for one in self.graded() if one.grade == code]

    def grade_title(self, code: str) -> str:
        """What a grade is called; empty for none."""
        return self.scheme.grade_title(code) if code else ""

    def best_grade(self) -> Grade | None:
        """The best grade of the scheme."""
        return self.scheme.grades[0] if self.scheme.grades else None

    def places(self, quota: Quota) -> int:
        """How many may get the grade of a quota."""
        base = self.graded() if quota.base == QuotaBase.GRADED else self.taking_part()
        return places(quota.numerator, quota.denominator, len(base))

    # ---- ballots

    def tally(self, batch: Batch) -> Tally:
        """What a batch came to; nothing until both countings agree."""
        return self.sheet.tallies.get(batch.uid, NOT_COUNTED)

    def votes(self, subject: Subject) -> TallyRow | None:
        """What all ballots that may be shown said of a subject; None where there are none."""
        return self.sheet.together.rows.get(subject.uid)

    def suggested(self, subject: Subject) -> str:
        """The code of the grade that ballots or total suggest; empty for none."""
        return self.sheet.suggested.get(subject.uid, BLANK)

    # ---- figures

    def total(self, subject: Subject, dimension: str = "") -> SubjectTotal | None:
        """The total of a subject; None where it has none."""
        return self.sheet.totals.get((subject.uid, dimension))

    def total_text(self, subject: Subject, dimension: str = "") -> str:
        """The total of a subject as papers print it."""
        found = self.total(subject, dimension)
        return shown(found.total) if found is not None else ""

    def score(self, subject: Subject, part: str, dimension: str = "") -> PartScore | None:
        """What a subject earned in a part."""
        return next(
            (
                one
                for one in self.evaluation.scores_of(subject.uid)
                if one.part == part and one.dimension == dimension
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class EvaluationMatter(EvaluationResults):
    """All that the papers of an evaluation print: also its steps, its stars and its head."""

    def step_done(self, step: Step) -> StepDone | None:
        """What was done of a step."""
        return self.evaluation.done(step.id)

    def is_skipped(self, step: Step) -> bool:
        """Whether a step was switched off."""
        done = self.step_done(step)
        return done is not None and done.skipped

    def publicity(self) -> StepDone | None:
        """The step in which something is made public, once it was begun."""
        step = next((one for one in self.scheme.steps if one.days), None)
        done = self.step_done(step) if step is not None else None
        return done if done is not None and not done.skipped else None

    def stars(self, *states: StarState) -> list[tuple[Star, Subject, Dimension]]:
        """The stars in some states, or all, by dimensions and then as on the sheet."""
        return list(self._stars(states))

    def _stars(self, states: tuple[StarState, ...]) -> Iterator[tuple[Star, Subject, Dimension]]:
        for dimension in self.scheme.dimensions:
            for subject in self.evaluation.subjects:
                for star in self.evaluation.stars_of(subject.uid):
                    if star.dimension == dimension.id and (not states or star.state in states):
                        yield star, subject, dimension

    # ---- the head of the form

    @property
    def filled(self) -> Filled:
        """The boxes of the form's head."""
        return Filled(self.sheet.form, self.evaluation.values, self.sheet.lines, self.vocabulary)

    def value(self, field_id: str) -> str:
        """The text of a field of the head; empty where the form has none, or it is empty."""
        one = self.sheet.form.by_id.get(field_id)
        return self.filled.text(one) if one is not None else ""

    def day(self, field_id: str) -> date | None:
        """The day in a field of the head; None where there is no whole day."""
        found = PartialDate.read(self.evaluation.values.get(field_id))
        return found.first_day() if found is not None and found.is_full else None

    def long_texts(self, section: str) -> list[tuple[str, str]]:
        """The long texts of a section of the head that say something: labels, without a number, and texts."""
        filled = self.filled
        return [
            (_without_number(one.label), text)
            for one in filled.visible()
            if one.section == section and one.type.name == "long_text" and (text := filled.text(one))
        ]


def _without_number(label: str) -> str:
    """A label without the number before it: 二、存在的主要问题 is 存在的主要问题."""
    head, mark, rest = label.partition("、")
    return rest if mark and head and set(head) <= set(_NUMERALS) else label


def spelled(day: date | None) -> str:
    """A day as papers spell it; empty for none."""
    return PartialDate.of(day).spelled() if day is not None else ""
