"""The steps of an evaluation in the window, making it final, opening it again, its head and its end."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from branchdesk.domain.evaluations.model import EvaluationState
from branchdesk.services.evaluations import steps
from branchdesk.ui.findings_dialog import FindingsDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import BALLOTS, GRADES, NONE, SCORES
from branchdesk.ui.screens.evaluations.head_dialog import HeadDialog
from branchdesk.ui.screens.evaluations.step_dialog import FinishStepDialog
from support import hands
from support.branches import SettableClock
from support.evaluation_page import (
    choose,
    now,
    opened,
    reason_given,
    step_menu,
)
from support.hands import CTRL, Key
from support.held_evaluations import APPRAISAL, KEY_WORK, SECRETARY
from support.stage import Stage


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> EvaluationsScreen:
    """The screen of a branch that has evaluated nothing yet."""
    del the_clock
    stage.open()
    found = stage.go("evaluations", NONE)
    assert isinstance(found, EvaluationsScreen)
    return found


# ---- steps


def test_a_step_is_finished_on_the_line_of_steps_by_keyboard(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    assert page.work.verb == "完成“准备”…"
    asked: list[tuple[str, QPoint]] = []
    page.steps.wanted.connect(lambda step, corner: asked.append((step, corner)))
    page.steps.setFocus()
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Left)
    hands.press(Key.Key_Return)
    assert asked[0][0] == "prepare"
    for menu in page.findChildren(QMenu):
        menu.close()
    stage.press("next_of_evaluation", page)
    dialog = stage.dialog(FinishStepDialog)
    dialog.note.setFocus()
    hands.write("三楼会议室")
    hands.press(Key.Key_Return, times=2)
    assert page.steps.steps[0].state == "done"
    assert page.work.verb == "完成“个人自评”…"
    done = now(stage, page).evaluation.done("prepare")
    assert done is not None
    assert done.note == "三楼会议室"
    hands.press(Key.Key_Z, CTRL)
    assert page.steps.steps[0].state == "current"


def test_a_step_that_was_done_is_taken_back_with_a_reason(stage: Stage, page: EvaluationsScreen) -> None:
    sheet = opened(stage, page, APPRAISAL, GRADES)
    stage.desk.do(partial(steps.finish_step, stage.desk.branch, sheet.evaluation.uid, "prepare"))
    step = sheet.scheme.steps[0]
    assert step_menu(page, "prepare")[0] == "“准备”重新做…"
    page.work.steps.reopen(step)
    reason_given(stage, "通知没有发到")
    assert page.steps.steps[0].state == "current"


def test_an_optional_step_is_left_out_with_a_reason(stage: Stage, page: EvaluationsScreen) -> None:
    sheet = opened(stage, page, KEY_WORK, SCORES)
    optional = next(one for one in sheet.scheme.steps if one.optional)
    page.work.steps.skip(optional)
    reason_given(stage, "本单位没有")
    place = [one.step for one in page.steps.steps].index(optional.id)
    assert page.steps.steps[place].state == "skipped"
    assert any("还是要做" in one for one in step_menu(page, optional.id))


def test_the_step_of_counting_leads_to_the_ballots(stage: Stage, page: EvaluationsScreen) -> None:
    sheet = opened(stage, page, APPRAISAL, GRADES)
    for step in sheet.scheme.steps[:3]:
        stage.desk.do(partial(steps.finish_step, stage.desk.branch, sheet.evaluation.uid, step.id))
    assert page.work.verb == "录入测评票"
    stage.press("next_of_evaluation", page)
    assert page.tabs.current == BALLOTS


# ---- the whole


def test_what_is_not_done_stands_against_fixing_the_evaluation(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    page.work.finalise()
    dialog = stage.dialog(FindingsDialog)
    assert dialog.findings
    assert now(stage, page).evaluation.state is EvaluationState.OPEN


def test_a_final_evaluation_is_locked_until_it_is_opened_again(stage: Stage, page: EvaluationsScreen) -> None:
    sheet = opened(stage, page, SECRETARY, GRADES)
    choose(page, sheet.evaluation.subjects[0].name)
    hands.keys("1")
    reason_given(stage, "上级综合评价")
    page.work.finalise()
    dialog = stage.dialog(FindingsDialog)
    assert "步骤没有完成" in "".join(one.sentence for one in dialog.findings)
    stage.press("yes", dialog)
    assert now(stage, page).evaluation.state is EvaluationState.FINAL
    assert not page.grades.decision.grade.isEnabled()
    choose(page, sheet.evaluation.subjects[0].name)
    hands.keys("2")
    assert now(stage, page).evaluation.subjects[0].grade == "good"
    stage.press("next_of_evaluation", page)
    assert now(stage, page).evaluation.state is EvaluationState.ARCHIVED
    assert not page.work.verb
    page.work.ask_to_reopen()
    reason_given(stage, "上级改了评价")
    assert now(stage, page).evaluation.state is EvaluationState.OPEN
    choose(page, sheet.evaluation.subjects[0].name)
    hands.keys("2")
    reason_given(stage, "上级改了评价")
    assert now(stage, page).evaluation.subjects[0].grade == "fair"


def test_an_evaluation_goes_to_the_recycle_bin_with_a_reason_and_comes_back(
    stage: Stage, page: EvaluationsScreen
) -> None:
    sheet = opened(stage, page, KEY_WORK, SCORES)
    page.delete_selected()
    reason_given(stage, "重复建立")
    assert sheet.evaluation.uid not in [one.uid for one in page.front.choice.rows]
    hands.press(Key.Key_Z, CTRL)
    assert sheet.evaluation.uid in [one.uid for one in page.front.choice.rows]


def test_the_head_of_the_form_is_stored_when_the_dialog_is_left(
    stage: Stage, page: EvaluationsScreen
) -> None:
    sheet = opened(stage, page, SECRETARY, GRADES)
    page.work.show_head()
    dialog = stage.dialog(HeadDialog)
    field, editor = next(
        (one, editor)
        for pane in dialog.view.panes
        for one, editor in pane.editors.items()
        if sheet.form.by_id[one].type.name == "long_text"
    )
    hands.fill(editor, "抓实了学习和组织生活")
    hands.press(Key.Key_Escape)
    assert now(stage, page).evaluation.values[field] == "抓实了学习和组织生活"
