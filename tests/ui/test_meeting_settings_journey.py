"""Checks of minutes are switched off with a reason, and phrases are the branch's own."""

from __future__ import annotations

from branchdesk.services.meetings.phrases import FIRST_PHRASES, fixed_phrases
from branchdesk.services.meetings.quality import check_switches, quality
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.settings.meetings_page import MeetingsPage
from branchdesk.ui.screens.settings.rules_page import RulesPage
from branchdesk.ui.screens.settings.screen import SettingsScreen
from branchdesk.ui.widgets.tables import SimpleTable
from support import hands
from support.hands import CTRL, Key
from support.held_meetings import held_assembly
from support.stage import Stage


def page_of(stage: Stage) -> MeetingsPage:
    screen = stage.go("settings", "meetings")
    assert isinstance(screen, SettingsScreen)
    found = screen.findChild(MeetingsPage)
    assert isinstance(found, MeetingsPage)
    return found


def cell(table: SimpleTable, row: int, column: int) -> str:
    item = table.item(row, column)
    return item.text() if item else ""


def choose(page: MeetingsPage, title: str) -> None:
    titles = [cell(page.table, row, 0) for row in range(page.table.rowCount())]
    page.table.selectRow(titles.index(title))


def test_a_check_is_switched_off_with_a_reason_and_comes_back(stage: Stage) -> None:
    stage.open()
    branch = stage.desk.branch
    uid = held_assembly(stage.desk)
    check = next(one for one in check_switches(branch) if one.name == "absence_has_reason")
    assert "absence_has_reason" in {finding.code for finding in quality(branch, uid) if finding.severity > 1}
    page = page_of(stage)
    choose(page, check.title)
    stage.press("switch_off")
    dialog = stage.dialog(LineDialog)
    assert dialog.line.isVisible()
    hands.write("另有请假登记簿")
    hands.press(Key.Key_Return)
    assert cell(page.table, page.table.currentRow(), 2) == "另有请假登记簿"
    grave = {finding.code for finding in quality(branch, uid) if finding.severity > 1}
    assert "absence_has_reason" not in grave
    stage.press("switch_on")
    assert "absence_has_reason" in {finding.code for finding in quality(branch, uid) if finding.severity > 1}
    stage.desk.undo()
    switched = next(one for one in check_switches(branch) if one.name == "absence_has_reason")
    assert switched.reason == "另有请假登记簿", "undo reaches the settings too"


def test_the_branch_writes_its_own_phrases(stage: Stage) -> None:
    stage.open()
    page = page_of(stage)
    assert page.phrases.toPlainText().split("\n") == list(FIRST_PHRASES)
    page.phrases.setFocus()
    hands.press(Key.Key_A, CTRL)
    hands.write("会议指出：")
    hands.press(Key.Key_Return)
    hands.write("大家一致同意。")
    stage.press("save_phrases")
    assert fixed_phrases(stage.desk.branch) == ["会议指出：", "大家一致同意。"]
    stage.desk.undo()
    assert fixed_phrases(stage.desk.branch) == list(FIRST_PHRASES)
    assert page.phrases.toPlainText().split("\n") == list(FIRST_PHRASES)


def test_every_rule_stands_in_the_list_with_words(stage: Stage) -> None:
    stage.open()
    screen = stage.go("settings", "rules")
    page = screen.findChild(RulesPage)
    assert isinstance(page, RulesPage)
    table = page.findChild(SimpleTable)
    assert isinstance(table, SimpleTable)
    rows = {cell(table, row, 0): cell(table, row, 1) for row in range(table.rowCount())}
    assert rows["选举到会"] == "80 %"
    assert rows["接收、转正无记名"] == "是"
    assert rows["党员每年学时"] == "32 学时"
