"""What was changed, by whom and from what: looking back, and taking back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from branchdesk.ui.dialogs import MessageDialog
from branchdesk.ui.screens.history import HistoryScreen, MemberHistoryDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.hands import Key, shown
from support.stage import Stage


@pytest.fixture
def page(stage: Stage) -> RosterScreen:
    """The roster, after the department of 刘洋 was changed twice and that of 黄文博 once."""
    stage.open()
    page = stage.roster()
    for name, department in (("刘洋", "统计科"), ("黄文博", "档案室"), ("刘洋", "办公室")):
        hands.go_to(page, name, "department")
        hands.write(department)
        hands.press(Key.Key_Return)
        stage.wait(lambda who=name, what=department: shown(page, who, "department") == what)  # type: ignore[misc]
    return page


def history(stage: Stage) -> HistoryScreen:
    found = stage.go("history")
    assert isinstance(found, HistoryScreen)
    return found


def take_back(stage: Stage, page: HistoryScreen, row: int) -> None:
    """Undo the step in a line, after the question."""
    page.table.selectRow(row)
    stage.press("undo_change", page)
    dialog = stage.dialog(MessageDialog)
    assert "后来又改过的内容不会被覆盖" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    stage.press("yes", dialog)


@pytest.mark.usefixtures("page")
def test_every_step_is_listed_with_what_it_changed(stage: Stage) -> None:
    listed = history(stage)
    steps = hands.lines(listed.table)
    assert [step[1:3] for step in steps[:3]] == [
        ["李敏", "修改 刘洋 的工作部门"],
        ["李敏", "修改 黄文博 的工作部门"],
        ["李敏", "修改 刘洋 的工作部门"],
    ]
    listed.table.selectRow(2)
    assert hands.lines(listed.detail) == [["刘洋 工作部门", "信息科", "统计科"]]


def test_an_older_step_is_taken_back_alone(stage: Stage, page: RosterScreen) -> None:
    listed = history(stage)
    take_back(stage, listed, 1)
    assert stage.window.toast.sentence == "已撤销。"
    assert hands.lines(listed.table)[2][4] == "已撤销"
    stage.roster()
    assert shown(page, "黄文博", "department") == "统计科"
    assert shown(page, "刘洋", "department") == "办公室"


def test_a_step_that_a_later_one_built_on_is_refused_with_its_name(stage: Stage, page: RosterScreen) -> None:
    listed = history(stage)
    take_back(stage, listed, 2)
    stage.wait(lambda: "这一步之后又有修改（修改 刘洋 的工作部门）" in stage.problem_said())
    stage.close_dialogs()
    stage.roster()
    assert shown(page, "刘洋", "department") == "办公室"


def test_the_safe_answer_changes_nothing(stage: Stage, page: RosterScreen) -> None:
    listed = history(stage)
    listed.table.selectRow(0)
    stage.press("undo_change", listed)
    dialog = stage.dialog(MessageDialog)
    safe = dialog.findChild(QPushButton, "no")
    assert safe is not None
    assert dialog.focusWidget() is safe, "Enter does what is safe"
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.application.activeModalWidget() is None)
    stage.roster()
    assert shown(page, "刘洋", "department") == "办公室"


def test_one_earlier_value_of_a_member_is_put_back(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    stage.press("show_history")
    dialog = stage.dialog(MemberHistoryDialog)
    lines = hands.lines(dialog.table)
    assert [line[2:5] for line in lines[:2]] == [
        ["工作部门", "统计科", "办公室"],
        ["工作部门", "信息科", "统计科"],
    ]
    dialog.table.selectRow(1)
    stage.press("restore", dialog)
    assert hands.lines(dialog.table)[0][2:5] == ["工作部门", "办公室", "信息科"]
    stage.press("close", dialog)
    assert shown(page, "刘洋", "department") == "信息科"
    assert stage.desk.undo_history.next_undo == "恢复 刘洋 的工作部门"


def test_hidden_numbers_are_hidden_in_the_history_too(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "mobile")
    hands.keys("13900000000")
    hands.press(Key.Key_Tab)
    listed = history(stage)
    detail = hands.lines(listed.detail)[0]
    assert "13900000000" not in detail
    assert "*" in detail[2]


@pytest.mark.usefixtures("page")
def test_the_record_is_whole(stage: Stage) -> None:
    listed = history(stage)
    stage.press("check_chain", listed)
    assert "修改记录完好" in listed.banner.sentence
