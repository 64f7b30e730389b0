"""The scenes of stars: the matrix, one star in several states, and the dialogs of its way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.model import StarState
from branchdesk.services.evaluations import planning, reading, stars
from branchdesk.services.organisations import root_of
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from support.counted_ballots import sheet_of
from support.held_evaluations import STARS, held, held_one
from support.stage import Stage

YEAR = 2023  # beside the stars of the sample branch, which stay as they are
_DEEDS = "汛期值班 6 次，帮助 3 户独居老人转移物品；全年志愿服务 46 小时，群众反映好。"
_WAY = (StarState.RECOMMENDED, StarState.REVIEWED, StarState.APPROVED)


def _stars(stage: Stage) -> str:
    """An evaluation with stars that have come differently far, made once."""
    desk = stage.desk
    held(desk)
    rows = reading.evaluation_list(desk.branch, year=YEAR)
    if rows:
        return rows[0].uid
    outcome = planning.start_evaluation(desk.branch, STARS, root_of(desk.branch), YEAR)
    desk.adopt(outcome)
    uid = outcome.uid
    sheet = sheet_of(desk, uid)
    subject = sheet.evaluation.subjects[0].uid
    for place, dimension in enumerate(sheet.scheme.dimensions[:-1]):
        made = stars.declare(desk.branch, uid, subject, dimension.id, _DEEDS)
        desk.adopt(made)
        for state in _WAY[:place]:
            texts = {"votes_for": "5", "votes_of": "5", "opinion": "事迹属实，群众认可，同意推荐。"}
            desk.adopt(stars.move_star(desk.branch, uid, made.line, state, texts))
    return uid


def matrix(stage: Stage, place: int = 3) -> EvaluationsScreen:
    """The matrix with a star in front: the further right, the further it has come, the last not declared."""
    page = stage.go("evaluations", (_stars(stage), "stars"))
    assert isinstance(page, EvaluationsScreen)
    pane = page.stars
    if pane.detail.isHidden():
        page.toggle_details()
    pane.table.choose(pane.table.subjects[0].uid, pane.table.dimensions[place])
    pane.table.setFocus()
    return page


def sample(stage: Stage) -> EvaluationsScreen:
    """The stars of the sample branch, with one that was awarded in front."""
    sheet = held_one(stage.desk, STARS)
    page = stage.go("evaluations", (sheet.evaluation.uid, "stars"))
    assert isinstance(page, EvaluationsScreen)
    if page.stars.detail.isHidden():
        page.toggle_details()
    awarded = next(one for one in sheet.evaluation.stars if one.state is StarState.AWARDED)
    page.stars.table.choose(awarded.subject, awarded.dimension)
    page.stars.table.setFocus()
    return page


def alone(stage: Stage) -> EvaluationsScreen:
    """The matrix without the star beside it."""
    page = sample(stage)
    page.toggle_details()
    return page


def declare(stage: Stage) -> QWidget:
    """A new star with its story."""
    matrix(stage, 4).stars.begin_new()
    return stage.dialog(SheetDialog)


def story(stage: Stage) -> QWidget:
    """The story of a star."""
    stage.press("star_deeds", matrix(stage))
    return stage.dialog(SheetDialog)


def move(stage: Stage, place: int, to: StarState) -> QWidget:
    """A step of the way."""
    matrix(stage, place).stars.deeds.move(to)
    return stage.dialog(SheetDialog)


def objection(stage: Stage) -> QWidget:
    """What somebody objected."""
    matrix(stage).stars.deeds.write_objection()
    return stage.dialog(SheetDialog)


STAR_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "stars": sample,
    "stars_approved": matrix,
    "stars_not_declared": partial(matrix, place=4),
    "stars_alone": alone,
    "declare_star": declare,
    "star_story": story,
    "recommend_star": partial(move, place=0, to=StarState.RECOMMENDED),
    "award_star": partial(move, place=3, to=StarState.AWARDED),
    "decline_star": partial(move, place=1, to=StarState.DECLINED),
    "star_objection": objection,
}
