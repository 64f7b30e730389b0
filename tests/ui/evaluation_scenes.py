"""The scenes of one evaluation: scores, grades, steps, and the dialogs that open over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import GRADES, SCORES
from support.held_evaluations import APPRAISAL, KEY_WORK, SECRETARY, STARS, held_one
from support.stage import Stage


def _dialog(stage: Stage) -> SheetDialog:
    dialog = stage.dialog(SheetDialog)
    if isinstance(dialog, PrintDialog):
        stage.wait(lambda: bool(dialog.pdf))
    return dialog


def _page(stage: Stage, target: object = None) -> EvaluationsScreen:
    page = stage.go("evaluations", target)
    assert isinstance(page, EvaluationsScreen)
    return page


def empty(stage: Stage) -> EvaluationsScreen:
    """What there is to do before anything was evaluated."""
    return _page(stage, "none")


def in_segment(stage: Stage, kind: str, segment: str) -> EvaluationsScreen:
    """An evaluation of the sample branch with a segment in front and its detail beside it."""
    page = _page(stage, (held_one(stage.desk, kind).evaluation.uid, segment))
    pane = page.of_one[segment]
    if pane.parts[-1].isHidden():
        page.toggle_details()
    return page


def alone(stage: Stage, kind: str, segment: str) -> EvaluationsScreen:
    """A segment without the detail."""
    page = in_segment(stage, kind, segment)
    page.toggle_details()
    return page


def wrong_score(stage: Stage) -> EvaluationsScreen:
    """A text that is no score, kept and explained in its cell."""
    page = alone(stage, KEY_WORK, SCORES)
    model = page.scores.model
    assert model is not None
    model.setData(model.index(1, 2), "一百零一")
    return page


def new_evaluation(stage: Stage) -> QWidget:
    """Which evaluation is to begin."""
    held_one(stage.desk, APPRAISAL)
    _page(stage, "new_evaluation")
    return _dialog(stage)


def finish_step(stage: Stage, kind: str, step: str) -> QWidget:
    """When a step was done."""
    page = alone(stage, kind, SCORES if kind in {KEY_WORK, STARS} else GRADES)
    found = page.work.sheet
    assert found is not None
    wanted = found.scheme.step(step)
    assert wanted is not None
    page.work.steps.finish(wanted)
    return _dialog(stage)


def card(stage: Stage) -> QWidget:
    """What a score rests on."""
    page = in_segment(stage, KEY_WORK, SCORES)
    page.scores.open_card()
    return _dialog(stage)


def head(stage: Stage) -> QWidget:
    """The report of the secretary with its long texts and its table."""
    page = _page(stage, (held_one(stage.desk, SECRETARY).evaluation.uid, GRADES))
    page.work.show_head()
    return _dialog(stage)


def removal(stage: Stage) -> QWidget:
    """Why an evaluation goes to the recycle bin."""
    alone(stage, APPRAISAL, GRADES).work.ask_to_remove()
    return _dialog(stage)


def printed(stage: Stage, kind: str, paper: str) -> QWidget:
    """A paper of an evaluation before it is printed."""
    sheet = held_one(stage.desk, kind)
    stage.window.show_screen("print_evaluation", (sheet.evaluation.uid, paper, "", ""))
    return _dialog(stage)


EVALUATION_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "evaluations_empty": empty,
    "evaluation_scores": partial(in_segment, kind=KEY_WORK, segment=SCORES),
    "evaluation_scores_alone": partial(alone, kind=KEY_WORK, segment=SCORES),
    "evaluation_scores_of_stars": partial(alone, kind=STARS, segment=SCORES),
    "evaluation_wrong_score": wrong_score,
    "evaluation_grades": partial(in_segment, kind=APPRAISAL, segment=GRADES),
    "evaluation_grades_alone": partial(alone, kind=APPRAISAL, segment=GRADES),
    "evaluation_of_secretary": partial(in_segment, kind=SECRETARY, segment=GRADES),
    "new_evaluation": new_evaluation,
    "finish_step": partial(finish_step, kind=APPRAISAL, step="feedback"),
    "finish_publicity": partial(finish_step, kind=APPRAISAL, step="publicity"),
    "score_card": card,
    "evaluation_head": head,
    "remove_evaluation": removal,
    "print_evaluation": partial(printed, kind=APPRAISAL, paper="summary"),
    "print_score_card": partial(printed, kind=KEY_WORK, paper="card"),
}
