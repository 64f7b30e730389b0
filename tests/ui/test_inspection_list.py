"""The list of inspections: beginning one, what each has come to, comparing, and the recycle bin."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from branchdesk.services.open_branch import Role
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.comparison_dialog import ComparisonDialog
from branchdesk.ui.screens.inspections.issue_dialog import IssueDialog
from branchdesk.ui.screens.inspections.new_inspection import NewInspectionDialog
from branchdesk.ui.screens.inspections.screen import ISSUES, SHEETS, SPOT_CHECKS
from branchdesk.ui.screens.recycle_bin import RecycleBinScreen
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, SHIFT, Key
from support.inspected_quarters import inspected, problems
from support.stage import Stage


def overview(stage: Stage) -> InspectionsScreen:
    page = stage.go("inspections", SHEETS)
    assert isinstance(page, InspectionsScreen)
    return page


def periods(page: InspectionsScreen) -> list[str]:
    return [line[0] for line in hands.lines(page.sheets.table)]


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> InspectionsScreen:
    """The overview in November 2026, of a branch that was never inspected."""
    del the_clock
    stage.open()
    return overview(stage)


def test_where_there_is_none_yet_one_button_begins_the_present_quarter(
    stage: Stage, page: InspectionsScreen
) -> None:
    assert page.sheets.empty.isVisible()
    hands.press(Key.Key_Space)
    dialog = stage.dialog(NewInspectionDialog)
    assert dialog.period.currentText() == "2026年第四季度"
    stage.press("save", dialog)
    opened = stage.window.page
    assert isinstance(opened, InspectionScreen)
    assert "第四季度" in opened.title.text()
    hands.press(Key.Key_Escape)
    assert stage.window.page is page
    assert periods(page) == ["2026年第四季度"]


def test_the_list_tells_how_far_each_has_come_and_by_when_the_next_step_is_due(
    stage: Stage, page: InspectionsScreen
) -> None:
    problems(stage.desk)
    inspected(stage.desk, 4)
    lines = hands.lines(page.sheets.table)
    assert [line[0] for line in lines] == ["2026年第四季度", "2026年第三季度"]
    assert [line[3] for line in lines] == ["已下发", "编制中"]
    assert [line[8] for line in lines] == ["2026.12.25 前自查", "2026.07.10 前下发"]
    assert [line[7] for line in lines] == ["", "1"]
    assert [line[6] for line in lines] == ["", ""], "a grade before anybody has scored"
    assert "1 个问题没有销号" in page.subtitle.text()


def test_the_missing_quarter_is_told_and_begun_with_one_click(stage: Stage, page: InspectionsScreen) -> None:
    inspected(stage.desk)
    assert page.banner.sentence == "2026年第四季度的检查表还没有建立。"
    page.banner.pressed.emit()
    assert isinstance(stage.window.page, InspectionScreen)
    assert page.banner.sentence == "" or not page.banner.isVisible()
    overview(stage)
    assert page.banner.sentence == ""
    assert len(periods(page)) == 2


def test_a_second_one_of_the_same_quarter_is_refused_in_the_dialog(
    stage: Stage, page: InspectionsScreen
) -> None:
    inspected(stage.desk, 4)
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(NewInspectionDialog)
    stage.press("save", dialog)
    assert dialog.isVisible()
    assert "同一期只填一份" in dialog.wrong.text()
    hands.pick(dialog.period, "2026年第一季度")
    stage.press("save", dialog)
    assert isinstance(stage.window.page, InspectionScreen)
    del page


def test_enter_opens_an_inspection(stage: Stage, page: InspectionsScreen) -> None:
    uid = inspected(stage.desk)
    overview(stage)
    page.sheets.table.setFocus()
    hands.press(Key.Key_Return)
    opened = stage.window.page
    assert isinstance(opened, InspectionScreen)
    assert opened.file is not None
    assert opened.file.uid == uid


def test_an_inspection_stands_beside_the_one_before(stage: Stage, page: InspectionsScreen) -> None:
    inspected(stage.desk)
    inspected(stage.desk, 4)
    page.sheets.table.selectRow(0)
    stage.press("compare")
    dialog = stage.dialog(ComparisonDialog)
    assert "第四季度" in dialog.heading.text()
    lines = {line[0]: line for line in hands.lines(dialog.table) if line[0]}
    assert lines["C1"][2] == "5"
    now, before, change = lines["A4"][3:6]
    assert now == before
    assert change == "持平"
    assert lines["A4"][6:] == ["—", ""], "nothing a year ago"
    whole = len(hands.lines(dialog.table))
    hands.tick(dialog.only_changed)
    assert 0 < len(hands.lines(dialog.table)) < whole


def test_a_deleted_inspection_waits_in_the_bin(stage: Stage, page: InspectionsScreen) -> None:
    inspected(stage.desk)
    page.sheets.table.selectRow(0)
    page.delete_selected()
    stage.dialog(LineDialog)
    hands.write("建重了")
    hands.press(Key.Key_Return)
    assert periods(page) == []
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    stage.press("restore", waste)
    overview(stage)
    assert periods(page) == ["2026年第三季度"]


def test_what_is_chosen_stays_chosen_while_ctrl_z_is_held(stage: Stage, page: InspectionsScreen) -> None:
    inspected(stage.desk)
    uid = inspected(stage.desk, 4)
    inspected(stage.desk, 2)
    page.sheets.table.setFocus()
    page.sheets.table.selectRow(0)
    hands.press(Key.Key_Z, CTRL)
    assert len(periods(page)) == 2
    assert page.sheets.current_uid == uid


def test_the_menu_of_a_row_offers_what_can_be_done(stage: Stage, page: InspectionsScreen) -> None:
    inspected(stage.desk)
    page.sheets.table.selectRow(0)
    menu = QMenu()
    page.sheets.fill_menu(menu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["打开", "和上期、去年同期对照…", "打印检查表…", "修改记录…", "移到回收站…"]
    next(action for action in menu.actions() if action.text() == "修改记录…").trigger()
    assert "第三季度" in stage.dialog_heading()


def test_tabs_are_gone_through_with_f4_and_f6_reaches_filters_and_head(
    stage: Stage, page: InspectionsScreen
) -> None:
    problems(stage.desk)
    seen = []
    for _press in range(3):
        hands.press(Key.Key_F4)
        seen.append(page.tabs.current)
    assert seen == [ISSUES, SPOT_CHECKS, SHEETS]
    page.sheets.table.setFocus()
    hands.press(Key.Key_F6)
    assert page.bar.isAncestorOf(hands.focused())
    hands.press(Key.Key_F6)
    assert page.head.isAncestorOf(hands.focused())
    hands.press(Key.Key_F6, SHIFT)
    assert page.bar.isAncestorOf(hands.focused())


def test_the_organisation_is_asked_for_only_where_there_are_several(
    stage: Stage, page: InspectionsScreen
) -> None:
    page.begin_new()
    dialog = stage.dialog(NewInspectionDialog)
    assert not dialog.place.isVisible()
    assert not page.sheets.place.isVisible()
    assert page.sheets.table.isColumnHidden(2)


def test_somebody_who_may_only_look_begins_and_deletes_nothing(
    stage: Stage, page: InspectionsScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspected(stage.desk)
    uids = problems(stage.desk)
    branch = stage.desk.branch
    monkeypatch.setattr(branch, "person", replace(branch.person, role=Role.VIEWER))
    overview(stage)
    for tab in (SHEETS, ISSUES, SPOT_CHECKS):
        stage.go("inspections", tab)
        assert not page.pane.buttons[-1].isEnabled()
        page.begin_new()
        page.delete_selected()
        assert stage.application.activeModalWidget() is None
    stage.go("issue", uids[0])
    dialog = stage.dialog(IssueDialog)
    assert dialog.findChild(QPushButton, "save") is None
    assert dialog.editors["due_on"].focusProxy().isReadOnly()  # type: ignore[union-attr]
