"""An evaluation worked out: totals, tallies, steps, and what stands against it. Nothing is asked here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from branchdesk.domain.evaluations.ballot_findings import heads
from branchdesk.domain.evaluations.ballots import Tally, combined, differences, tally
from branchdesk.domain.evaluations.deciding import decision_findings, suggestion
from branchdesk.domain.evaluations.hashing import input_hash
from branchdesk.domain.evaluations.model import (
    Batch,
    Evaluation,
    EvaluationState,
    PartScore,
    Scheme,
    Subject,
)
from branchdesk.domain.evaluations.quotas import quota_findings
from branchdesk.domain.evaluations.scoring import SubjectTotal, score_findings, subject_total
from branchdesk.domain.evaluations.stars import star_findings
from branchdesk.domain.evaluations.steps import StepState, progress
from branchdesk.domain.evaluations.thresholds import Thresholds
from branchdesk.domain.meetings.model import Line
from branchdesk.findings import Finding, Severity
from branchdesk.forms.language import Form
from branchdesk.i18n import Language, _, _n, spoken

# What the field of a finding begins with; the uid or id of what it is about follows.
OF_SUBJECT, OF_BATCH, OF_STAR, OF_STEP, OF_GRADE, OF_PART = (
    *("subject:", "batch:", "star:", "step:"),
    *("grade:", "part:"),
)


@dataclass(frozen=True)
class EvaluationSheet:
    """Everything that the window and the papers of an evaluation need.

    `totals` are by subject and dimension ("" without dimensions), `tallies` by batch; `together` is what all
    batches say that feed no part. `suggested` are codes of grades by subject, `points` the totals of the
    points ledger for reference (None where nothing was entered), `disqualified` what speaks against a star.
    `frozen_on` is the ISO day of the version shown, empty while it is open.
    """

    form: Form
    scheme: Scheme
    evaluation: Evaluation
    organisation_name: str
    thresholds: Thresholds
    today: date
    progress: tuple[StepState, ...]
    totals: Mapping[tuple[str, str], SubjectTotal]
    tallies: Mapping[str, Tally]
    together: Tally
    suggested: Mapping[str, str]
    points: Mapping[str, Decimal | None]
    disqualified: Mapping[str, str]
    lines: Mapping[str, tuple[Line, ...]]
    findings: tuple[Finding, ...]
    hash: str
    frozen_on: str = ""
    revision: int = 0

    @property
    def is_frozen(self) -> bool:
        """Whether it is signed for good, so that nothing in it can be changed."""
        return self.evaluation.state is not EvaluationState.OPEN

    def subject(self, uid: str) -> Subject:
        """The subject of a uid. Raises KeyError where there is none."""
        return self._subjects[uid]

    def batch(self, uid: str) -> Batch:
        """The batch of a uid. Raises KeyError where there is none."""
        return self._batches[uid]

    @cached_property
    def _subjects(self) -> Mapping[str, Subject]:
        return {one.uid: one for one in self.evaluation.subjects}

    @cached_property
    def _batches(self) -> Mapping[str, Batch]:
        return {one.uid: one for one in self.evaluation.batches}

    @cached_property
    def on_ballot(self) -> tuple[Subject, ...]:
        """Who stands on a ballot; see `on_ballot` below."""
        return on_ballot(self.scheme, self.evaluation.subjects)


@dataclass(frozen=True)
class Around:
    """What an evaluation is worked out with: names, rules of a day, and what the records say of people."""

    organisation_name: str
    thresholds: Thresholds
    today: date
    points: Mapping[str, Decimal | None]
    disqualified: Mapping[str, str]
    lines: Mapping[str, tuple[Line, ...]]
    frozen_on: str = ""
    revision: int = 0


def worked_out(form: Form, scheme: Scheme, evaluation: Evaluation, around: Around) -> EvaluationSheet:
    """The sheet of an evaluation, with everything that follows from what was entered."""
    least = around.thresholds.ballots_least.value
    tallies = {one.uid: tally(scheme, one, least) for one in evaluation.batches}
    together = combined(scheme, [one for one in evaluation.batches if not one.part], least)
    scores = _by_subject(evaluation.scores)
    totals = _totals(scheme, evaluation, scores)
    suggested = _suggested(scheme, evaluation, together, totals)
    return EvaluationSheet(
        form=form,
        scheme=scheme,
        evaluation=evaluation,
        organisation_name=around.organisation_name,
        thresholds=around.thresholds,
        today=around.today,
        progress=progress(scheme, evaluation.steps),
        totals=totals,
        tallies=tallies,
        together=together,
        suggested=suggested,
        points=around.points,
        disqualified=around.disqualified,
        lines=around.lines,
        findings=tuple(_findings(scheme, evaluation, around, suggested, scores)),
        hash=input_hash(scheme, evaluation),
        frozen_on=around.frozen_on,
        revision=around.revision,
    )


def _by_subject(scores: Iterable[PartScore]) -> Mapping[str, Sequence[PartScore]]:
    """The scores of each subject, in one walk through all of them."""
    found: dict[str, list[PartScore]] = defaultdict(list)
    for one in scores:
        found[one.subject].append(one)
    return found


def _totals(
    scheme: Scheme, evaluation: Evaluation, scores: Mapping[str, Sequence[PartScore]]
) -> dict[tuple[str, str], SubjectTotal]:
    """The total of everybody who takes part, in each dimension ("" where there are none)."""
    found = {}
    for subject in evaluation.subjects:
        for dimension in [one.id for one in scheme.dimensions] or [""]:
            own = scores.get(subject.uid, ())
            cells = tuple((one.part, one.score) for one in own if one.dimension == dimension)
            if subject.takes_part:
                found[subject.uid, dimension] = _total(scheme, cells, dimension, spoken())
    return found


@lru_cache(maxsize=4096)
def _total(
    scheme: Scheme, cells: tuple[tuple[str, Decimal | None], ...], dimension: str, _language: Language
) -> SubjectTotal:
    """A total by what it follows from; a window asks again after each key, and few of them changed."""
    return subject_total(scheme, [PartScore("", part, dimension, score) for part, score in cells], dimension)


def on_ballot(scheme: Scheme, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Who stands on a ballot: who gets a grade, or all who take part without grades."""
    taking_part = [one for one in subjects if one.takes_part]
    graded = tuple(one for one in taking_part if one.graded)
    return graded if scheme.grades else tuple(taking_part)


def quota_reason(scheme: Scheme, evaluation: Evaluation) -> str:
    """Why more got a grade than its quota allows: the note of the step in which grades are decided."""
    marks = (evaluation.done(step.id) for step in scheme.steps if step.decides)
    return next((mark.note for mark in marks if mark is not None and mark.note), "")


def _suggested(
    scheme: Scheme,
    evaluation: Evaluation,
    together: Tally,
    totals: Mapping[tuple[str, str], SubjectTotal],
) -> dict[str, str]:
    """The grade that the figures suggest for each subject that gets one; empty where they suggest none."""
    asked = bool(evaluation.batches) and any(not one.part for one in evaluation.batches)
    return {
        one.uid: suggestion(scheme, together.rows.get(one.uid), None if asked else totals.get((one.uid, "")))
        for one in evaluation.subjects
        if one.needs_grade and scheme.grades
    }


def _findings(
    scheme: Scheme,
    evaluation: Evaluation,
    around: Around,
    suggested: Mapping[str, str],
    scores: Mapping[str, Sequence[PartScore]],
) -> Iterator[Finding]:
    """What is wrong so far, each with the kind and the uid of what it is about as its field."""
    names = {one.uid: one.name for one in on_ballot(scheme, evaluation.subjects)}
    for batch in evaluation.batches:
        for found in heads(batch, names, scheme):
            yield _about(found, OF_BATCH, batch.uid)
        yield from _differing(batch)
    for found in quota_findings(scheme, evaluation.subjects, quota_reason(scheme, evaluation)):
        yield _about(found, OF_GRADE, found.field)
    for one in evaluation.subjects:
        code = suggested.get(one.uid, "")
        for found in decision_findings(scheme, one, code, one.grade, one.reason):
            yield _about(found, OF_SUBJECT, one.uid)
        for found in score_findings(scheme, scores.get(one.uid, ())):
            sentence = _("{name}：{finding}", name=one.name, finding=found.sentence)
            yield replace(_about(found, OF_SUBJECT, one.uid), sentence=sentence)
    stars = {one.uid for one in evaluation.stars}
    for found in star_findings(scheme, evaluation, around.thresholds, around.disqualified):
        yield _about(found, OF_STAR if found.field in stars else OF_PART, found.field)


def _differing(batch: Batch) -> Iterator[Finding]:
    number = len(differences(batch))
    if number:
        sentence = _n("{code} 批测评票两遍录入有 {n} 处不一致，请核对。", number, code=batch.code)
        yield Finding("passes_differ", Severity.ERROR, sentence, f"{OF_BATCH}{batch.uid}")


def _about(found: Finding, kind: str, uid: str) -> Finding:
    return replace(found, field=f"{kind}{uid}")
