"""What a scheme of evaluation asks on paper where nobody is evaluated yet: its plan, a ballot, or a card."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from branchdesk.documents.model import Document
from branchdesk.domain.evaluations.model import Batch, Evaluation, PartScore, Scheme, Subject
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.parts import GRADES, PARTS
from branchdesk.forms.samples import Sample
from branchdesk.forms.words import SCORE_KEY
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.papers import made
from branchdesk.services.evaluations.reading import thresholds_of
from branchdesk.services.evaluations.schemes import scheme_of
from branchdesk.services.evaluations.sheets import Around, worked_out

_ORGANISATION = "中共滨江市经济信息中心支部委员会"
_NOBODY = {"name": "许文清", "group": "第一党小组", "category": "full"}  # where the sample has no people
_BATCH = Batch("b1", "A1", issued=1)


def scheme_paper(form: Form, sample: Sample, around: Surroundings, group: str) -> Document:
    """What shows a group of a scheme best: a ballot its grades, a card its parts, the plan everything else.

    The people are those of the sample. Raises Problem where a paper has nothing to print.
    """
    matter = _matter(form, sample, around)
    if group == GRADES and any(step.ballots for step in matter.scheme.steps):
        return made(matter, "ballot")
    if group == PARTS and matter.scheme.parts and not matter.scheme.has_stars:
        return made(matter, "card", matter.taking_part()[0].uid)
    return made(matter, "plan")


def _matter(form: Form, sample: Sample, around: Surroundings) -> EvaluationMatter:
    with speaking_chinese():
        scheme = scheme_of(form)
        evaluation = Evaluation(
            uid="",
            kind=form.kind,
            version=form.version,
            organisation="",
            year=around.today.year,
            subjects=tuple(_subjects(scheme, sample)),
            scores=tuple(_scores(scheme, sample)),
            batches=(_BATCH,),
        )
        world = Around(
            organisation_name=_ORGANISATION,
            thresholds=thresholds_of(form, around.today),
            today=around.today,
            points={},
            disqualified={},
            lines={},
        )
        sheet = worked_out(form, scheme, evaluation, world)
    return EvaluationMatter(sheet=sheet, vocabulary=around.vocabulary, made_on=around.today)


def _subjects(scheme: Scheme, sample: Sample) -> Iterator[Subject]:
    """The people of a sample, taking part and graded as the scheme says; somebody always takes part."""
    of_people = bool(scheme.takes_part)
    for place, said in enumerate(sample.subjects or (_NOBODY,)):
        category = said.get("category", "")
        takes_part = not of_people or category in scheme.takes_part or place == 0
        yield Subject(
            uid=_uid(place),
            position=place,
            person=None,
            name=said.get("name", ""),
            group=said.get("group", ""),
            category=category,
            takes_part=takes_part,
            graded=takes_part and (not of_people or category in scheme.graded or place == 0),
        )


def _scores(scheme: Scheme, sample: Sample) -> Iterator[PartScore]:
    """The scores of a sample in the parts that the scheme still has."""
    for place, said in enumerate(sample.subjects):
        for part in scheme.parts:
            score = said.get(f"{SCORE_KEY}{part.id}")
            if score is not None:
                yield PartScore(_uid(place), part.id, score=Decimal(score))


def _uid(place: int) -> str:
    return f"s{place:03}"
