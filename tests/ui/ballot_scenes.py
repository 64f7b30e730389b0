"""The scenes of ballots: a batch in each state, both ways of counting, and what differs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.model import Batch
from branchdesk.services.evaluations import ballot_drafts, planning, reading
from branchdesk.services.organisations import root_of
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.ballots.begin_dialog import SUMS, BeginCountingDialog
from branchdesk.ui.screens.evaluations.ballots.entry_dialog import BallotEntryDialog
from support import hands
from support.counted_ballots import FIRST_COUNTER, SECOND_COUNTER, counted, handed_out, sheet_of
from support.hands import Key
from support.held_evaluations import APPRAISAL, held
from support.stage import Stage

YEAR = 2024  # before those of the sample branch, which stay as they are
ISSUED, RETURNED, VALID = 24, 20, 19
NOT_COUNTED, ONCE, DIFFERENT, AGREED, FEW = range(5)


def _appraisal(stage: Stage) -> str:
    """An appraisal with a batch in each state, made once."""
    desk = stage.desk
    held(desk)
    rows = reading.evaluation_list(desk.branch, year=YEAR)
    if rows:
        return rows[0].uid
    outcome = planning.start_evaluation(desk.branch, APPRAISAL, root_of(desk.branch), YEAR)
    desk.adopt(outcome)
    uid = outcome.uid
    for state in range(FEW):
        batch = handed_out(desk, uid, ISSUED, RETURNED)
        lines = len(sheet_of(desk, uid).on_ballot)
        for number in (1, 2)[:state]:
            votes = [(4 * place) % VALID for place in range(lines)]
            votes[2] += state == DIFFERENT and number > 1
            counted(desk, uid, batch, number, votes, VALID)
    few = handed_out(desk, uid, ISSUED, 4)
    for number in (1, 2):
        counted(desk, uid, few, number, [2] * lines, 4)
    return uid


def batch_in(stage: Stage, state: int) -> EvaluationsScreen:
    """A batch in one of the states, with its detail beside it."""
    page = stage.go("evaluations", (_appraisal(stage), "ballots"))
    assert isinstance(page, EvaluationsScreen)
    page.ballots.batches.setCurrentIndex(state)
    if page.ballots.detail.isHidden():
        page.toggle_details()
    return page


def alone(stage: Stage) -> EvaluationsScreen:
    """The result without the batch beside it."""
    page = batch_in(stage, AGREED)
    page.toggle_details()
    return page


def _batch(page: EvaluationsScreen) -> Batch:
    batch = page.ballots.batch
    assert batch is not None
    return batch


def new_batch(stage: Stage) -> QWidget:
    """How many ballots are handed out."""
    batch_in(stage, NOT_COUNTED).ballots.begin_new()
    return stage.dialog(SheetDialog)


def begin(stage: Stage) -> BeginCountingDialog:
    """Who counts a second time."""
    stage.press("count_next", batch_in(stage, ONCE))
    return stage.dialog(BeginCountingDialog)


def begin_again(stage: Stage) -> QWidget:
    """Going on with what was counted earlier."""
    page = batch_in(stage, NOT_COUNTED)
    batch = _batch(page)
    votes = {one.uid: {"excellent": 5} for one in page.ballots.deeds.lines}
    ballot_drafts.keep_counted(stage.desk.branch, batch.uid, 1, FIRST_COUNTER, votes, valid=5, spoiled=0)
    page.ballots.begin_entry()
    dialog = stage.dialog(BeginCountingDialog)
    ballot_drafts.drop_counted(stage.desk.branch, batch.uid, 1)
    return dialog


def entry(stage: Stage) -> BallotEntryDialog:
    """A ballot of which some lines are marked."""
    asked = begin(stage)
    asked.counter.setText(SECOND_COUNTER)
    stage.press("save", asked)
    dialog = stage.dialog(BallotEntryDialog)
    hands.keys("1213")
    return dialog


def missing(stage: Stage) -> QWidget:
    """Lines that were forgotten."""
    dialog = entry(stage)
    hands.press(Key.Key_Return)
    return dialog


def sums(stage: Stage) -> QWidget:
    """Sums that were counted on paper, one too many."""
    asked = begin(stage)
    asked.counter.setText(SECOND_COUNTER)
    stage.press(f"segment_{SUMS}", asked)
    stage.press("save", asked)
    dialog = stage.dialog(SheetDialog)
    hands.keys("12")
    hands.press(Key.Key_Return)
    hands.keys("9")
    return dialog


def different(stage: Stage) -> QWidget:
    """Where two passes differ."""
    batch_in(stage, DIFFERENT).ballots.begin_entry()
    return stage.dialog(SheetDialog)


BALLOT_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "ballots_not_counted": partial(batch_in, state=NOT_COUNTED),
    "ballots_once": partial(batch_in, state=ONCE),
    "ballots_different": partial(batch_in, state=DIFFERENT),
    "ballots": partial(batch_in, state=AGREED),
    "ballots_alone": alone,
    "ballots_hidden": partial(batch_in, state=FEW),
    "new_batch": new_batch,
    "begin_counting": begin,
    "go_on_counting": begin_again,
    "ballot_entry": entry,
    "ballot_missing": missing,
    "vote_sums": sums,
    "differences": different,
}
