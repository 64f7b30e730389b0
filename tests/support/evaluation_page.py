"""The window of an evaluation as a clerk works in it: cells, grades, and answers to the question why."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from branchdesk.domain.evaluations.model import Subject
from branchdesk.services.evaluations import reading
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.score_model import FIRST_PART, ScoreModel
from support import hands
from support.hands import CTRL, Key
from support.held_evaluations import begun
from support.stage import Stage

FIRST, SECOND, THIRD = "周建国", "陈志远", "李敏"


def opened(stage: Stage, page: EvaluationsScreen, kind: str, segment: str) -> EvaluationSheet:
    """A new evaluation of a kind with one of its segments in front."""
    sheet = begun(stage.desk, kind)
    page.shown((sheet.evaluation.uid, segment))
    page.take_focus()
    return sheet


def now(stage: Stage, page: EvaluationsScreen) -> EvaluationSheet:
    """The evaluation in front as it is stored."""
    return reading.sheet(stage.desk.branch, page.front.choice.uid)


def subject(stage: Stage, page: EvaluationsScreen, name: str) -> Subject:
    return next(one for one in now(stage, page).evaluation.subjects if one.name == name)


def model_of(page: EvaluationsScreen) -> ScoreModel:
    assert page.scores.model is not None
    return page.scores.model


def go_to_cell(page: EvaluationsScreen, name: str, part: str) -> None:
    """Put the cursor on the score of somebody in a part."""
    model = model_of(page)
    row = [one.name for one in model.subjects].index(name)
    column = FIRST_PART + [one.id for one in model.parts].index(part)
    page.scores.grid.setFocus()
    page.scores.grid.setCurrentIndex(model.index(row, column))


def shown(page: EvaluationsScreen, name: str, column: int) -> str:
    model = model_of(page)
    row = [one.name for one in model.subjects].index(name)
    return model.cell(row, column).text


def choose(page: EvaluationsScreen, *names: str) -> None:
    """Choose subjects in the table of grades."""
    table = page.grades.table
    known = [line[0] for line in hands.lines(table)]
    table.setFocus()
    table.selectRow(known.index(names[0]))
    for name in names[1:]:
        hands.click(table, table.model().index(known.index(name), 0), CTRL)


def grade_shown(page: EvaluationsScreen, name: str) -> str:
    return next(line[7] for line in hands.lines(page.grades.table) if line[0] == name)


def reason_given(stage: Stage, text: str) -> None:
    """Answer the question why, by keyboard."""
    stage.dialog(LineDialog).line.setFocus()
    hands.write(text)
    hands.press(Key.Key_Return)


def step_menu(page: EvaluationsScreen, step: str) -> list[str]:
    """What the menu of a step offers."""
    menu = QMenu()
    page.work.steps.fill_menu(menu, step)
    return [one.text() for one in menu.actions()]
