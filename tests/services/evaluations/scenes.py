"""What the tests of evaluations do again and again: beginning one, counting ballots, going through steps."""

from __future__ import annotations

from collections.abc import Mapping

from branchdesk.domain.evaluations.model import Evaluation, Subject
from branchdesk.services.evaluations import ballots, planning, reading, steps
from branchdesk.services.evaluations.reading import EvaluationSheet
from services.meetings.scenes import House

APPRAISAL, COMMITTEE, SECRETARY = "evaluation.appraisal", "evaluation.committee", "evaluation.secretary"
STARS, KEY_WORK = "evaluation.stars", "evaluation.key_work"
FIRST, SECOND = "李敏", "王敏"
Votes = dict[str, dict[str, int]]


def begin(house: House, kind: str = APPRAISAL, year: int = 2026) -> str:
    """Begin an evaluation; returns its uid."""
    return planning.start_evaluation(house.branch, kind, house.root, year).uid


def sheet_of(house: House, uid: str) -> EvaluationSheet:
    """The evaluation worked out."""
    return reading.sheet(house.branch, uid)


def evaluation_of(house: House, uid: str) -> Evaluation:
    """The evaluation as it stands."""
    return sheet_of(house, uid).evaluation


def named(house: House, uid: str, name: str) -> Subject:
    """One of those who are evaluated."""
    return next(one for one in evaluation_of(house, uid).subjects if one.name == name)


def votes_for(
    sheet: EvaluationSheet, ballots_: int = 9, others: Mapping[str, Mapping[str, int]] | None = None
) -> Votes:
    """Votes of a pass in which everybody on the ballot passed, but those named in `others`."""
    codes = [one.code for one in sheet.scheme.grades]
    usual = {codes[1]: ballots_, "": 0}
    special = others or {}
    return {one.uid: dict(special.get(one.name, usual)) for one in sheet.on_ballot}


def counted(
    house: House,
    uid: str,
    others: Mapping[str, Mapping[str, int]] | None = None,
    *,
    valid: int = 9,
    part: str = "",
) -> str:
    """A batch that was handed out, came back and was counted twice alike; its uid."""
    batch = ballots.add_batch(house.branch, uid, "10", part).line
    ballots.set_heads(house.branch, batch, {"returned": str(valid), "spoiled": "0"})
    votes = votes_for(sheet_of(house, uid), valid, others)
    for number, who in ((1, FIRST), (2, SECOND)):
        ballots.count_pass(house.branch, batch, number, who, valid, votes)
    return batch


def walk(house: House, uid: str, until: str, on: str = "2026.11.16") -> None:
    """Finish all steps before the step `until`."""
    for one in sheet_of(house, uid).progress:
        if one.step.id == until:
            return
        if one.done_on is None:
            steps.finish_step(house.branch, uid, one.step.id, on)
