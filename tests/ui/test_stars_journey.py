"""Five-star members in the window: who declares, each step of the way, what stands against a star."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from branchdesk.domain.evaluations.model import Star, StarState
from branchdesk.services.evaluations import stars, steps
from branchdesk.services.open_branch import Role
from branchdesk.ui.dialogs import LineDialog, MessageDialog
from branchdesk.ui.screens.evaluations.screen import EvaluationsScreen
from branchdesk.ui.screens.evaluations.stars.dialogs import DeedsDialog, StarTextsDialog
from branchdesk.ui.screens.evaluations.stars.pane import StarsPane
from branchdesk.ui.screens.evaluations.stars.signs import LEGEND, paint_sign
from support import hands
from support.branches import SettableClock
from support.counted_ballots import sheet_of
from support.hands import Key
from support.held_evaluations import STARS, begun
from support.stage import Stage

DIMENSION, DEEDS = "devote", "汛期值班 6 次，帮助 3 户独居老人转移物品。"
COLUMN = 4  # where 敬业奉献 stands in the matrix


@pytest.fixture
def uid(stage: Stage, the_clock: SettableClock) -> str:
    """An evaluation of stars in which nobody has declared anything."""
    del the_clock
    stage.open()
    return begun(stage.desk, STARS).evaluation.uid


def pane_of(stage: Stage, uid: str) -> StarsPane:
    page = stage.go("evaluations", (uid, "stars"))
    assert isinstance(page, EvaluationsScreen)
    return page.stars


def declared(stage: Stage, uid: str, place: int = 0, deeds: str = DEEDS) -> Star:
    """A star of a member, by the place in the list."""
    subject = [one for one in sheet_of(stage.desk, uid).evaluation.subjects if one.takes_part][place]
    stage.desk.adopt(stars.declare(stage.desk.branch, uid, subject.uid, DIMENSION, deeds))
    return star_of(stage, uid, subject.uid)


def star_of(stage: Stage, uid: str, subject: str) -> Star:
    return sheet_of(stage.desk, uid).evaluation.stars_of(subject)[0]


def moved(stage: Stage, uid: str, star: Star, to: StarState) -> None:
    texts = {"votes_for": "5", "votes_of": "5"} if to is StarState.RECOMMENDED else {}
    stage.desk.adopt(stars.move_star(stage.desk.branch, uid, star.uid, to, texts))


def on_the_way(stage: Stage, uid: str, last: StarState, place: int = 0) -> Star:
    """A star that has come as far as a state, recommended by five of five."""
    star = declared(stage, uid, place)
    for to in (StarState.RECOMMENDED, StarState.REVIEWED, StarState.APPROVED):
        moved(stage, uid, star, to)
        if to is last:
            break
    return star_of(stage, uid, star.subject)


def all_public(stage: Stage, uid: str) -> None:
    """All steps done, with a publicity that was long enough."""
    days = ("2026-10-12", "2026-10-20", "2026-10-28", "2026-11-02", "2026-11-12")
    for step, day in zip(sheet_of(stage.desk, uid).scheme.steps, days, strict=True):
        begun_on = "2026-11-03" if step.days else ""
        stage.desk.adopt(steps.finish_step(stage.desk.branch, uid, step.id, day, begun=begun_on, accept=True))


def choose(pane: StarsPane, star: Star) -> None:
    pane.table.choose(star.subject, star.dimension)


def cell(pane: StarsPane, star: Star) -> str:
    row = [one.uid for one in pane.table.subjects].index(star.subject)
    return hands.lines(pane.table)[row][COLUMN]


def test_a_member_declares_by_keys_and_the_matrix_shows_it(stage: Stage, uid: str) -> None:
    pane = pane_of(stage, uid)
    pane.table.setFocus()
    pane.table.choose(pane.table.subjects[1].uid, DIMENSION)
    assert hands.lines(pane.table)[1][COLUMN] == "—"
    hands.press(Key.Key_Return)
    dialog = stage.dialog(DeedsDialog)
    assert dialog.dimension is not None
    assert dialog.dimension.currentText() == "敬业奉献之星"
    hands.write("值班 6 次")
    assert dialog.length.text() == "4 / 1500 字"
    stage.press("save", dialog)
    assert hands.lines(pane.table)[1][COLUMN] == "自评"
    assert pane.table.chosen_dimension == DIMENSION
    assert [one.told for one in pane.detail.way][:2] == ["“值班 6 次”（4 字）", "待办"]


def test_a_star_goes_its_way_step_by_step(stage: Stage, uid: str) -> None:
    star = declared(stage, uid)
    pane = pane_of(stage, uid)
    choose(pane, star)
    pane.table.setFocus()
    hands.press(Key.Key_Return)
    asked = stage.dialog(StarTextsDialog)
    for text in ("4", "5", "事迹属实"):
        hands.write(text)
        hands.press(Key.Key_Tab)
    stage.press("save", asked)
    assert cell(pane, star) == "推荐"
    assert pane.detail.way[1].told == "4/5 同意 · 事迹属实"
    assert pane.detail.next.text() == "党委审核…"
    stage.press("star_next", pane)
    stage.press("save", stage.dialog(StarTextsDialog))
    assert cell(pane, star) == "审核"
    stage.press("star_next", pane)
    stage.press("save", stage.dialog(StarTextsDialog))
    assert cell(pane, star) == "研究"
    assert pane.detail.next.text() == "授星…"


def test_nobody_is_awarded_before_publicity_is_over(stage: Stage, uid: str) -> None:
    star = on_the_way(stage, uid, StarState.APPROVED)
    pane = pane_of(stage, uid)
    choose(pane, star)
    stage.press("star_next", pane)
    asked = stage.dialog(StarTextsDialog)
    stage.press("save", asked)
    assert "还没有完成，完成后再授星" in asked.wrong.text()
    assert cell(pane, star) == "研究"
    stage.close_dialogs()
    all_public(stage, uid)
    stage.press("star_next", pane)
    asked = stage.dialog(StarTextsDialog)
    hands.fill(asked.fields["from_day"], "2027.1.1")
    hands.fill(asked.fields["until_day"], "2027.12.31")
    stage.press("save", asked)
    assert cell(pane, star) == "授星"
    assert hands.lines(pane.table)[0][7] == "1"
    assert "挂牌 2027.01.01—2027.12.31" in pane.detail.way[-1].told
    assert pane.detail.next.isHidden()


def test_an_objection_has_to_be_handled_before_the_award(stage: Stage, uid: str) -> None:
    star = on_the_way(stage, uid, StarState.APPROVED)
    all_public(stage, uid)
    pane = pane_of(stage, uid)
    choose(pane, star)
    pane.deeds.write_objection()
    asked = stage.dialog(StarTextsDialog)
    hands.fill(asked.fields["objection"], "值班次数不实")
    stage.press("save", asked)
    assert "有异议，还没有处理" in pane.detail.way[-1].told
    stage.press("star_next", pane)
    asked = stage.dialog(StarTextsDialog)
    stage.press("save", asked)
    assert "异议还没有处理" in asked.wrong.text()
    stage.close_dialogs()
    pane.deeds.write_objection()
    asked = stage.dialog(StarTextsDialog)
    hands.fill(asked.fields["handled"], "已查值班表，属实")
    stage.press("save", asked)
    stage.press("star_next", pane)
    stage.press("save", stage.dialog(StarTextsDialog))
    assert cell(pane, star) == "授星"


def test_a_step_that_is_switched_off_is_passed_over(stage: Stage, uid: str) -> None:
    star = on_the_way(stage, uid, StarState.REVIEWED)
    optional = next(one for one in sheet_of(stage.desk, uid).scheme.steps if one.optional)
    skipped = steps.skip_step(stage.desk.branch, uid, optional.id, skipped=True, why="没有党组")
    stage.desk.adopt(skipped)
    pane = pane_of(stage, uid)
    choose(pane, star)
    assert pane.detail.next.text() == "授星…"
    assert [one.told for one in pane.detail.way if one.title == optional.title] == ["这一步不进行"]


def test_declining_needs_a_reason_which_is_then_read(stage: Stage, uid: str) -> None:
    star = declared(stage, uid)
    pane = pane_of(stage, uid)
    choose(pane, star)
    pane.deeds.move(StarState.DECLINED)
    asked = stage.dialog(StarTextsDialog)
    stage.press("save", asked)
    assert "请在意见里写明不授星的原因" in asked.wrong.text()
    hands.fill(asked.fields["opinion"], "事迹不够具体")
    stage.press("save", asked)
    assert cell(pane, star) == "未授"
    assert pane.detail.way[-1].told == "事迹不够具体"
    assert pane.detail.next.text() == "重新申报"
    stage.press("star_next", pane)
    assert cell(pane, star) == "自评"


def test_a_story_that_is_too_long_says_by_how_much(stage: Stage, uid: str) -> None:
    star = declared(stage, uid, deeds="字 " * 1503)
    pane = pane_of(stage, uid)
    choose(pane, star)
    stage.press("star_deeds", pane)
    dialog = stage.dialog(DeedsDialog)
    assert dialog.length.text() == "1503 / 1500 字，多了 3 字"
    hands.press(Key.Key_End, hands.CTRL)
    hands.press(Key.Key_Backspace, times=6)
    assert dialog.length.text() == "1500 / 1500 字"


def test_only_as_many_are_awarded_as_there_are_places(stage: Stage, uid: str) -> None:
    all_public(stage, uid)
    places = next(one.places for one in sheet_of(stage.desk, uid).scheme.dimensions if one.id == DIMENSION)
    assert places is not None
    for place in range(places):
        moved(stage, uid, on_the_way(stage, uid, StarState.APPROVED, place), StarState.AWARDED)
    last = on_the_way(stage, uid, StarState.APPROVED, places)
    pane = pane_of(stage, uid)
    choose(pane, last)
    assert f"敬业奉献 {places}/{places}" in pane.places.text()
    stage.press("star_next", pane)
    asked = stage.dialog(StarTextsDialog)
    stage.press("save", asked)
    assert f"“敬业奉献之星”名额 {places} 名已满" in asked.wrong.text()


def test_a_declaration_is_taken_back_with_a_reason_and_undone(stage: Stage, uid: str) -> None:
    star = declared(stage, uid)
    pane = pane_of(stage, uid)
    choose(pane, star)
    pane.table.setFocus()
    pane.delete_chosen()
    stage.dialog(LineDialog)
    hands.write("报错了方面")
    hands.press(Key.Key_Return)
    assert cell(pane, star) == "—"
    stage.desk.undo()
    assert cell(pane, star) == "自评"


def test_a_step_back_needs_no_words(stage: Stage, uid: str) -> None:
    star = on_the_way(stage, uid, StarState.REVIEWED)
    pane = pane_of(stage, uid)
    choose(pane, star)
    pane.deeds.move(StarState.RECOMMENDED)
    assert cell(pane, star) == "推荐"


def test_wrong_votes_are_refused_in_the_dialog(stage: Stage, uid: str) -> None:
    star = declared(stage, uid)
    pane = pane_of(stage, uid)
    choose(pane, star)
    stage.press("star_next", pane)
    asked = stage.dialog(StarTextsDialog)
    hands.fill(asked.fields["votes_for"], "6")
    hands.fill(asked.fields["votes_of"], "5")
    stage.press("save", asked)
    assert "比参加表决的 5 人还多" in asked.wrong.text()
    assert cell(pane, star) == "自评"


def test_all_five_declared_leaves_nothing_to_declare(stage: Stage, uid: str) -> None:
    sheet = sheet_of(stage.desk, uid)
    subject = sheet.evaluation.subjects[0]
    for one in sheet.scheme.dimensions:
        stage.desk.adopt(stars.declare(stage.desk.branch, uid, subject.uid, one.id, DEEDS))
    pane = pane_of(stage, uid)
    pane.table.choose(subject.uid)
    pane.begin_new()
    assert not [one for one in stage.application.topLevelWidgets() if isinstance(one, MessageDialog)]
    assert "五颗星都申报过了" in stage.window.toast.sentence


def test_signs_differ_by_their_shapes_and_not_by_colours_alone(stage: Stage) -> None:
    stage.open()
    pictures = []
    for state, _words in LEGEND:
        picture = QImage(40, 40, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        paint_sign(painter, picture.rect().toRectF(), state, QColor("black"))
        painter.end()
        pictures.append(bytes(picture.constBits()))
    assert len(set(pictures)) == len(LEGEND)


def test_who_may_only_look_moves_no_star(stage: Stage, uid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    star = declared(stage, uid)
    branch = stage.desk.branch
    monkeypatch.setattr(branch, "person", replace(branch.person, role=Role.VIEWER))
    pane = pane_of(stage, uid)
    choose(pane, star)
    assert not pane.detail.next.isEnabled()
    pane.table.setFocus()
    hands.press(Key.Key_Return)
    pane.begin_new()
    pane.delete_chosen()
    assert stage.application.activeModalWidget() is None
