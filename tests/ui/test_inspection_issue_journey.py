"""A problem of a line from being found to being verified by somebody else, by keyboard, in its pane."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.services.inspections import issue_files, issues, reading
from branchdesk.settings import Settings
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspection.issue_panel import IssuePanel
from support import hands
from support.branches import SettableClock
from support.filled_inspection import MEASURES, PROBLEM, begun_inspection, filled_inspection, line_id
from support.hands import CTRL, Key
from support.stage import SMALL_SCREEN, Stage


@pytest.fixture
def small(stage: Stage, the_clock: SettableClock) -> Stage:
    """The sample branch in large letters on a small screen, on 21 November 2026."""
    del the_clock
    stage.open(Settings(scale=125), SMALL_SCREEN)
    return stage


def opened(stage: Stage, uid: str, number: str = "B4") -> InspectionScreen:
    page = stage.go("inspection", (uid, line_id(stage.desk, uid, number)))
    assert isinstance(page, InspectionScreen)
    return page


def panel_of(page: InspectionScreen) -> IssuePanel:
    return page.board.pane.issues


def issue_of(stage: Stage, uid: str) -> Issue:
    """The first problem of an inspection."""
    return reading.sheet(stage.desk.branch, uid).issues[0]


def write_in(panel: IssuePanel, key: str, text: str) -> None:
    """Type into a field of the problem in front and leave it."""
    field = panel.fields.texts.get(key) or panel.fields.editors[key]
    hands.fill(field, text)


def rectified(stage: Stage) -> str:
    """The inspection whose problem waits for its verification."""
    uid = filled_inspection(stage.desk)
    issue = issue_of(stage, uid)
    stage.desk.adopt(issues.complete(stage.desk.branch, issue.uid, "2026.11.21", "讲稿已归档。"))
    return uid


def test_a_problem_goes_from_being_found_to_being_verified(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid)
    panel = panel_of(page)
    small.press("raise_issue", page)
    assert hands.focused() is panel.fields.texts["text"]
    hands.press(Key.Key_A, CTRL)
    hands.write(PROBLEM)
    hands.press(Key.Key_Tab)
    assert issue_of(small, uid).text == PROBLEM
    assert page.board.pane.line is not None
    assert page.board.pane.line.state[0] == "有问题"
    small.press("order_issue", page)
    assert panel.number.text() == "整改单 〔2026〕1号"
    write_in(panel, "measures", MEASURES)
    write_in(panel, "responsible", "周建国")
    write_in(panel, "due_on", "11.24")
    found = issue_of(small, uid)
    assert (found.responsible, found.due_on, state_of(found)) == (
        *("周建国", "2026-11-24"),
        IssueState.RECTIFYING,
    )
    write_in(panel, "result", "讲稿已整理归档。")
    small.press("complete_issue", page)
    assert issue_of(small, uid).done_on == "2026-11-21"
    assert hands.focused() is panel.fields.editors["verifier"].focusProxy()
    hands.write("陈志远")
    hands.press(Key.Key_Tab)
    small.press("pass_issue", page)
    found = issue_of(small, uid)
    assert state_of(found) is IssueState.VERIFIED
    assert [(one.verifier, one.passed) for one in found.verifications] == [("陈志远", True)]
    assert not page.board.pane.line.has_problem
    assert not page.board.pane.foot.passed.isVisible()


def test_a_plan_is_wanted_before_a_problem_is_done(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid)
    small.press("raise_issue", page)
    small.press("complete_issue", page)
    assert panel_of(page).wrong.text() == "请先写整改措施。"
    assert issue_of(small, uid).done_on == ""


def test_nobody_verifies_a_rectification_of_their_own(small: Stage) -> None:
    uid = rectified(small)
    page = opened(small, uid)
    panel = panel_of(page)
    small.press("pass_issue", page)
    assert "请填写验证人" in panel.wrong.text()
    write_in(panel, "verifier", "周建国")
    small.press("pass_issue", page)
    assert "就是责任人" in panel.wrong.text()
    assert issue_of(small, uid).verifications == ()


def test_what_does_not_pass_is_to_be_done_again_and_says_why(small: Stage) -> None:
    uid = rectified(small)
    page = opened(small, uid)
    panel = panel_of(page)
    write_in(panel, "verifier", "陈志远")
    small.press("fail_issue", page)
    assert "还差什么" in panel.wrong.text()
    write_in(panel, "opinion", "讲稿没有书记签字")
    small.press("fail_issue", page)
    assert state_of(issue_of(small, uid)) is IssueState.REOPENED
    assert panel.state.text() == "重新整改"
    assert "讲稿没有书记签字" in panel.story.text()


def test_a_day_that_no_calendar_has_is_said_below_the_fields(small: Stage) -> None:
    uid = filled_inspection(small.desk)
    page = opened(small, uid)
    write_in(panel_of(page), "due_on", "2026.11.31")
    assert "整改时限" in panel_of(page).wrong.text()
    assert issue_of(small, uid).due_on == "2026-11-24"


def test_a_picture_of_the_rectified_place_is_pasted_below_the_problem(small: Stage) -> None:
    uid = filled_inspection(small.desk)
    page = opened(small, uid)
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    panel_of(page).fields.texts["result"].setFocus()
    hands.press(Key.Key_V, CTRL)
    assert len(issue_files.issue_files(small.desk.branch, issue_of(small, uid).uid)) == 1
    assert panel_of(page).files.count() == 1


def test_several_problems_of_a_line_are_leafed_through(small: Stage) -> None:
    uid = filled_inspection(small.desk)
    page = opened(small, uid)
    small.press("raise_issue", page)
    panel = panel_of(page)
    second = panel.issue
    assert second is not None
    assert second.text != PROBLEM
    small.press("previous_issue", page)
    assert panel.issue is not None
    assert panel.issue.text == PROBLEM
    small.press("remove_issue", page)
    assert [one.uid for one in reading.sheet(small.desk.branch, uid).issues] == [second.uid]
    small.desk.undo()
    assert len(reading.sheet(small.desk.branch, uid).issues) == 2


def test_the_order_is_numbered_before_it_is_printed(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid)
    small.press("raise_issue", page)
    small.press("print_issue", page)
    assert issue_of(small, uid).number == 1
    assert isinstance(small.dialog(PrintDialog), PrintDialog)


def test_problems_are_rectified_after_the_scores_were_signed_for(small: Stage) -> None:
    from ui.inspection_scenes import scored  # noqa: PLC0415 - the scenes import what tests must not wait for

    page = scored(small)
    assert isinstance(page, InspectionScreen)
    panel = panel_of(page)
    write_in(panel, "result", "讲稿补齐，已归档。")
    assert issue_of(small, page.edits.uid).result == "讲稿补齐，已归档。"
