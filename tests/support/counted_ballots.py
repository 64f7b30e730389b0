"""Ballots of an appraisal as they come back: a few members on each, batches, passes that were counted."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.domain.evaluations.model import BLANK, Batch
from branchdesk.services.evaluations import ballots, planning, reading
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.desk import Desk
from support.held_evaluations import APPRAISAL, begun

FIRST_COUNTER, SECOND_COUNTER = "李敏", "王芳"
ON_BALLOT = 3


def small_appraisal(desk: Desk) -> str:
    """An appraisal with only the first three members on its ballot."""
    sheet = begun(desk, APPRAISAL)
    uid = sheet.evaluation.uid
    for one in sheet.on_ballot[ON_BALLOT:]:
        left_out = planning.set_taking_part(desk.branch, uid, one.uid, takes_part=False, why="在外地参加评议")
        desk.adopt(left_out)
    return uid


def handed_out(desk: Desk, uid: str, issued: int = 8, returned: int = 6) -> Batch:
    """A batch of ballots that came back."""
    made = ballots.add_batch(desk.branch, uid, issued)
    desk.adopt(made)
    desk.adopt(ballots.set_heads(desk.branch, made.line, {"returned": str(returned)}))
    return sheet_of(desk, uid).batch(made.line)


def counted(desk: Desk, uid: str, batch: Batch, number: int, best: Sequence[int], valid: int = 6) -> None:
    """A pass in which so many ballots gave each member the best grade, and the others the next."""
    sheet = sheet_of(desk, uid)
    first, second, *others = (one.code for one in sheet.scheme.grades)
    votes = {
        subject.uid: {first: given, second: valid - given, **dict.fromkeys([*others, BLANK], 0)}
        for subject, given in zip(sheet.on_ballot, best, strict=True)
    }
    counter = FIRST_COUNTER if number == 1 else SECOND_COUNTER
    spoiled = (sheet.batch(batch.uid).returned or valid) - valid
    desk.adopt(ballots.count_pass(desk.branch, batch.uid, number, counter, valid, votes, spoiled=spoiled))


def sheet_of(desk: Desk, uid: str) -> EvaluationSheet:
    """An evaluation as it is stored now."""
    return reading.sheet(desk.branch, uid)
