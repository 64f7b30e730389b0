"""Spot checks: a sample drawn by lot, what was found noted in its place, and problems made of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from branchdesk.domain.inspections.issues import IssueSource
from branchdesk.services.inspections import issue_lists, spot_checks
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.issue_dialog import IssueDialog
from branchdesk.ui.screens.inspections.screen import SPOT_CHECKS
from branchdesk.ui.screens.inspections.spot_check_dialog import SpotCheckDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.inspected_quarters import spot_checked
from support.stage import Stage

FINDING = "入党志愿书没有存档"


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> InspectionsScreen:
    """The tab of spot checks of a branch that never made one."""
    del the_clock
    stage.open()
    found = stage.go("inspections", SPOT_CHECKS)
    assert isinstance(found, InspectionsScreen)
    return found


def draw(stage: Stage, seed: str = "", size: int = 4) -> list[str]:
    """Draw a sample in the dialog; what was drawn."""
    dialog = stage.dialog(SpotCheckDialog)
    dialog.count.setValue(size)
    hands.fill(dialog.inspectors, "陈志远、何静")
    hands.fill(dialog.seed, seed)
    stage.press("save", dialog)
    page = stage.window.page
    assert isinstance(page, InspectionsScreen)
    return [line[1] for line in hands.lines(page.spot_checks.part.table)]


def test_a_sample_is_drawn_by_lot_and_its_seed_is_shown(stage: Stage, page: InspectionsScreen) -> None:
    hands.press(Key.Key_N, CTRL)
    drawn = draw(stage, "20261121")
    assert len(set(drawn)) == 4
    pane = page.spot_checks
    assert "20261121" in pane.part.seed.text()
    line = hands.lines(pane.table)[0]
    assert line[0] == "2026.11.21"
    assert line[3:] == ["党员", "4", ""]
    check = spot_checks.spot_check(stage.desk.branch, pane.current_uid)
    assert check.values["inspectors"] == "陈志远、何静"


def test_the_same_seed_draws_the_same_people_and_another_one_others(
    stage: Stage, page: InspectionsScreen
) -> None:
    samples = []
    for seed in ("7", "7", "8"):
        page.begin_new()
        samples.append(draw(stage, seed, 8))
    assert samples[0] == samples[1]
    assert samples[0] != samples[2]


def test_a_seed_that_is_no_number_and_a_sample_too_large_are_refused_in_the_dialog(
    stage: Stage, page: InspectionsScreen
) -> None:
    page.begin_new()
    draw(stage, "七")
    dialog = stage.dialog(SpotCheckDialog)
    assert "种子只能是数字" in dialog.wrong.text()
    hands.fill(dialog.seed, "")
    dialog.count.setValue(500)
    stage.press("save", dialog)
    assert "抽不出" in dialog.wrong.text()
    assert spot_checks.spot_check_list(stage.desk.branch) == []


def test_a_finding_is_typed_in_its_line_and_becomes_a_problem(stage: Stage, page: InspectionsScreen) -> None:
    page.begin_new()
    drawn = draw(stage, "1", 3)
    pane = page.spot_checks
    pane.part.table.setFocus()
    pane.part.table.selectRow(1)
    assert not pane.buttons[0].isHidden()
    hands.press(Key.Key_Return)
    hands.write(FINDING)
    hands.press(Key.Key_Return)
    assert hands.lines(pane.part.table)[1][3] == FINDING
    assert hands.lines(pane.table)[0][5] == "1"
    pane.part.table.selectRow(1)
    stage.press("issue_of_finding")
    dialog = stage.dialog(IssueDialog)
    assert dialog.editors["text"].text() == f"{drawn[1]}：{FINDING}"
    dialog.reject()
    row = issue_lists.issue_list(stage.desk.branch)[0]
    assert row.issue.source is IssueSource.SPOT_CHECK
    assert hands.lines(pane.part.table)[1][4] == "已转为问题"
    pane.part.table.selectRow(1)
    menu = QMenu()
    pane.part.fill_menu(menu)
    assert [action.text() for action in menu.actions()][-1] == "打开整改单"


def test_delete_takes_a_finding_out_again(stage: Stage, page: InspectionsScreen) -> None:
    spot_checked(stage.desk)
    pane = page.spot_checks
    assert hands.lines(pane.part.table)[1][3] == "手机号还是旧的。"
    pane.part.table.setFocus()
    pane.part.table.selectRow(1)
    hands.press(Key.Key_Delete)
    assert hands.lines(pane.part.table)[1][3] == ""
    assert "发现" not in page.subtitle.text()


def test_what_was_drawn_is_one_step_away(stage: Stage, page: InspectionsScreen) -> None:
    uid = spot_checked(stage.desk)
    check = spot_checks.spot_check(stage.desk.branch, uid)
    page.spot_checks.part.table.selectRow(0)
    page.spot_checks.part.open_drawn()
    roster = stage.window.page
    assert isinstance(roster, RosterScreen)
    stage.wait(lambda: roster.details.isVisible() or True)
    name = check.lines[0].item.partition("（")[0]
    place = roster.members.grid.currentIndex().row()
    assert hands.people(roster)[place] == name


def test_a_spot_check_is_printed_with_its_seed_and_deleted(stage: Stage, page: InspectionsScreen) -> None:
    spot_checked(stage.desk)
    hands.press(Key.Key_P, CTRL)
    assert stage.printing().pdf
    stage.close_dialogs()
    page.delete_selected()
    stage.dialog(LineDialog)
    hands.write("重抽了")
    hands.press(Key.Key_Return)
    assert page.spot_checks.rows == []
    page.spot_checks.open_menu(QPoint(0, 0))
    page.print_here()
    assert "请先选一次抽查" in stage.window.toast.sentence
