"""Evaluations of the sample branch as clerks would have made them."""

from __future__ import annotations

from branchdesk.services.evaluations import planning, reading, sample_evaluations
from branchdesk.services.evaluations.reading import EvaluationRow, EvaluationSheet
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk

APPRAISAL, KEY_WORK, SECRETARY, STARS = (
    f"evaluation.{one}" for one in ("appraisal", "key_work", "secretary", "stars")
)
HOME_YEAR = 2026


def held(desk: Desk) -> list[EvaluationRow]:
    """The evaluations of the sample branch; made once."""
    if not reading.evaluation_list(desk.branch):
        sample_evaluations.sample_evaluations(desk.branch)
    return reading.evaluation_list(desk.branch)


def held_one(desk: Desk, kind: str) -> EvaluationSheet:
    """The newest evaluation of a kind of the sample branch."""
    row = next(one for one in held(desk) if one.kind == kind)
    return reading.sheet(desk.branch, row.uid)


def begun(desk: Desk, kind: str) -> EvaluationSheet:
    """A new evaluation of this year, with nothing entered yet."""
    outcome = planning.start_evaluation(desk.branch, kind, root_of(desk.branch), HOME_YEAR)
    desk.adopt(outcome)
    return reading.sheet(desk.branch, outcome.uid)
