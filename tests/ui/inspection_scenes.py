"""The scenes of one inspection: its self check, a problem, its head, its check, and when it is scored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.model import Stage as Side
from branchdesk.services.inspections import answering, drafts, issues, life, reading
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspection.line_list import HEAD
from support.filled_inspection import filled_inspection, line_id
from support.stage import Stage


def opened(stage: Stage, number: str = "B4") -> InspectionScreen:
    """The inspection at a line."""
    uid = filled_inspection(stage.desk)
    page = stage.go("inspection", (uid, line_id(stage.desk, uid, number)))
    assert isinstance(page, InspectionScreen)
    stage.qtbot.wait(20)  # what has just been made is laid out twice
    return page


def head(stage: Stage) -> QWidget:
    """The head of the form."""
    page = opened(stage)
    page.board.choose(HEAD)
    return page


def narrowed(stage: Stage) -> QWidget:
    """Only the lines that nobody has filled."""
    page = opened(stage)
    stage.press("filter_empty", page)
    stage.qtbot.wait(20)
    return page


def changing(stage: Stage) -> QWidget:
    """A count of the records that is being changed."""
    page = opened(stage, "A4")
    row = page.board.pane.rules.rows[0]
    row.change.click()
    return page


def at_problem(stage: Stage) -> InspectionScreen:
    """The problem of a line, scrolled to."""
    page = opened(stage)
    page.board.show_issue(reading.sheet(stage.desk.branch, page.edits.uid).issues[0].uid)
    stage.qtbot.wait(20)
    pane = page.board.pane
    pane.scrolling.verticalScrollBar().setValue(pane.scrolling.verticalScrollBar().maximum())
    return page


def rectified(stage: Stage) -> QWidget:
    """A problem that waits for its verification."""
    page = at_problem(stage)
    issue = page.board.pane.issues.issue
    assert issue is not None
    if not issue.done_on:
        stage.desk.do(
            partial(issues.complete, stage.desk.branch, issue.uid, "2026.11.21", "讲稿已整理归档。")
        )
    return at_problem(stage)


def with_draft(stage: Stage) -> QWidget:
    """What was being typed when the program ended."""
    uid = filled_inspection(stage.desk)
    line = line_id(stage.desk, uid, "B4")
    drafts.keep_draft(stage.desk.branch, uid, {f"line.{line}.plan": "10月22日由书记讲一次党课。"})
    return stage.go("inspection", uid)


def findings(stage: Stage) -> QWidget:
    """What is to be mended."""
    opened(stage).steps.show_findings()
    return stage.dialog(SheetDialog)


def refused(stage: Stage) -> QWidget:
    """What stands against the next step."""
    page = opened(stage)
    page.steps.take_next()
    return stage.dialog(SheetDialog)


def _checked(stage: Stage) -> str:
    """The inspection with every line scored by both sides."""
    desk = stage.desk
    branch, uid = desk.branch, filled_inspection(desk)
    drafts.drop_draft(branch, uid)
    shown = reading.sheet(branch, uid)
    if shown.inspection.state is not InspectionState.ISSUED:
        return uid
    for line in shown.self_lines:
        if line.counts and line.score is None and line.points is not None:
            desk.adopt(answering.set_score(branch, uid, line.indicator.id, Side.SELF, str(line.points)))
    desk.adopt(answering.confirm(branch, uid, [one.indicator.id for one in shown.self_lines]))
    desk.adopt(life.move(branch, uid, InspectionState.SELF_CHECKED, accept=True))
    desk.adopt(answering.take_over_self_scores(branch, uid))
    lecture = line_id(desk, uid, "B4")
    desk.adopt(answering.set_score(branch, uid, lecture, Side.CHECK, "1", "讲稿没有归档，课后没有讨论"))
    desk.adopt(answering.set_check(branch, uid, lecture, {"by": "何静、陈志远", "on": "2026.11.20"}))
    desk.adopt(life.move(branch, uid, InspectionState.INSPECTED, accept=True))
    return uid


def checked(stage: Stage) -> QWidget:
    """The inspection while it is checked."""
    _checked(stage)
    return opened(stage)


def scored(stage: Stage) -> QWidget:
    """The inspection after its scores were signed for."""
    uid = _checked(stage)
    if not reading.inspection(stage.desk.branch, uid).state.is_scored:
        stage.desk.adopt(life.move(stage.desk.branch, uid, InspectionState.FED_BACK, accept=True))
    return opened(stage)


INSPECTION_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "inspection": opened,
    "inspection_auto": partial(opened, number="C1"),
    "inspection_percent": partial(opened, number="B3"),
    "inspection_empty_line": partial(opened, number="C7"),
    "inspection_head": head,
    "inspection_narrowed": narrowed,
    "inspection_changing": changing,
    "inspection_problem": at_problem,
    "inspection_rectified": rectified,
    "inspection_findings": findings,
    "inspection_refused": refused,
    "inspection_draft": with_draft,
    "inspection_checked": checked,
    "inspection_scored": scored,
}
