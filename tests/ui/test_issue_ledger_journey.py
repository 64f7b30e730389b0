"""The ledger of problems: noting one down, rectifying, verifying by another person, filters."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from branchdesk.domain.inspections.issues import IssueState
from branchdesk.services.inspections import issue_lists
from branchdesk.services.inspections.issue_lists import IssueQuery, IssueRow
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.issue_dialog import IssueDialog
from branchdesk.ui.screens.inspections.screen import ISSUES
from branchdesk.ui.screens.inspections.verify_dialog import VerifyDialog
from branchdesk.ui.screens.recycle_bin import RecycleBinScreen
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.inspected_quarters import LATE, NO_PLAN, PUBLIC, inspected, problems
from support.stage import Stage


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> InspectionsScreen:
    """The ledger with an overdue problem, one that waits for its verification, and one of the public."""
    del the_clock
    stage.open()
    problems(stage.desk)
    found = stage.go("inspections", ISSUES)
    assert isinstance(found, InspectionsScreen)
    return found


def shown(page: InspectionsScreen) -> list[str]:
    return [line[1] for line in hands.lines(page.issues.table)]


def stored(stage: Stage, text: str) -> IssueRow:
    return next(row for row in issue_lists.issue_list(stage.desk.branch) if row.issue.text == text)


def open_issue(stage: Stage, page: InspectionsScreen, text: str) -> IssueDialog:
    page.issues.table.setFocus()
    page.issues.table.selectRow(shown(page).index(text))
    hands.press(Key.Key_Return)
    return stage.dialog(IssueDialog)


# ---- the list


def test_the_ledger_tells_where_each_was_found_who_sees_to_it_and_how_late_it_is(
    page: InspectionsScreen,
) -> None:
    lines = hands.lines(page.issues.table)
    assert lines == [
        ["〔2026〕1号", NO_PLAN, "检查表 C4", "何静", "2026.10.31", "21", "整改中"],
        ["—", LATE, "上级反馈", "李敏", "2026.11.30", "", "已整改待验证"],
        ["—", PUBLIC, "群众反映", "", "", "", "未整改"],
    ]
    assert page.subtitle.text() == "3 个问题 · 3 个没有销号 · 1 个逾期"


def test_filters_narrow_the_ledger_and_are_taken_away_with_one_button(
    stage: Stage, page: InspectionsScreen
) -> None:
    hands.tick(page.issues.narrowing.late)
    assert shown(page) == [NO_PLAN]
    stage.press("clear_issue_filters")
    assert len(shown(page)) == 3
    hands.pick(page.issues.narrowing.responsible, "李敏")
    assert shown(page) == [LATE]
    hands.pick(page.issues.narrowing.source, "群众反映")
    assert shown(page) == []
    assert page.issues.nothing.isVisible()
    stage.press("clear_issue_filters")
    hands.pick(page.issues.narrowing.state, "已整改待验证")
    assert shown(page) == [LATE]
    stage.press("clear_issue_filters")
    hands.press(Key.Key_F, CTRL)
    hands.write("公开栏")
    assert shown(page) == [PUBLIC]
    hands.pick(page.issues.narrowing.year, "2026 年")
    assert shown(page) == [PUBLIC]


def test_what_is_open_is_carried_into_the_next_year(
    stage: Stage, page: InspectionsScreen, the_clock: SettableClock
) -> None:
    the_clock.move(days=60)
    page.refresh()
    assert shown(page) == [NO_PLAN, LATE, PUBLIC]
    assert hands.lines(page.issues.table)[0][5] == "81"
    hands.pick(page.issues.narrowing.year, "2027 年")
    assert shown(page) == []
    del stage


# ---- one problem


def test_a_problem_the_superior_told_is_noted_down_by_keyboard(stage: Stage, page: InspectionsScreen) -> None:
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(IssueDialog)
    hands.write("党费三季度没有公示。")
    assert dialog.source.currentText() == "上级反馈"
    hands.fill(dialog.editors["responsible"], "李敏")
    hands.fill(dialog.editors["due_on"], "2026.12.5")
    stage.press("save", dialog)
    row = stored(stage, "党费三季度没有公示。")
    assert (row.issue.responsible, row.issue.due_on, row.issue.found_on) == (
        "李敏",
        "2026-12-05",
        "2026-11-21",
    )
    assert row.issue.responsible_uid
    assert "党费三季度没有公示。" in shown(page)


def test_what_is_typed_wrongly_is_said_in_the_dialog_and_nothing_is_lost(
    stage: Stage, page: InspectionsScreen
) -> None:
    dialog = open_issue(stage, page, PUBLIC)
    hands.fill(dialog.editors["measures"], "每月五日前更新。")
    hands.fill(dialog.editors["due_on"], "2026.13.5")
    stage.press("save", dialog)
    assert dialog.wrong.isVisible()
    assert "整改时限" in dialog.wrong.text()
    assert stored(stage, PUBLIC).issue.measures == ""
    hands.fill(dialog.editors["due_on"], "2026.12.5")
    stage.press("save", dialog)
    assert stored(stage, PUBLIC).issue.measures == "每月五日前更新。"
    assert stored(stage, PUBLIC).state is IssueState.RECTIFYING


def test_a_problem_without_text_is_not_noted_down(stage: Stage, page: InspectionsScreen) -> None:
    page.begin_new()
    dialog = stage.dialog(IssueDialog)
    stage.press("save", dialog)
    assert "请写明发现了什么问题" in dialog.wrong.text()
    assert len(shown(page)) == 3


def test_an_order_gets_its_number_when_it_is_printed(stage: Stage, page: InspectionsScreen) -> None:
    dialog = open_issue(stage, page, PUBLIC)
    hands.fill(dialog.editors["responsible"], "何静")
    stage.press("print_order", dialog)
    assert stage.printing().pdf
    row = stored(stage, PUBLIC)
    assert row.issue.number == 2
    assert row.issue.responsible == "何静"
    assert row.issue.due_on == "2026-12-06"
    assert hands.lines(page.issues.table)[2][0] == "〔2026〕2号"


def test_files_prove_a_rectification(stage: Stage, page: InspectionsScreen, tmp_path: Path) -> None:
    photo = tmp_path / "公开栏.txt"
    photo.write_text("已更新", encoding="utf-8")
    dialog = open_issue(stage, page, PUBLIC)
    dialog.files.editor.files_chosen.emit([photo])
    item = dialog.files.editor.list.item(0)
    assert item is not None
    assert item.text().startswith("公开栏.txt")
    dialog.files.editor.list.setCurrentRow(0)
    stage.press("remove_rectified", dialog)
    assert dialog.files.editor.list.count() == 0


# ---- verifying


def test_only_another_person_verifies_and_the_problem_is_done_with(
    stage: Stage, page: InspectionsScreen
) -> None:
    page.issues.table.selectRow(1)
    stage.press("verify")
    dialog = stage.dialog(VerifyDialog)
    hands.fill(dialog.verifier, "李敏")
    stage.press("save", dialog)
    assert dialog.wrong.isVisible()
    assert "责任人" in dialog.wrong.text()
    assert stored(stage, LATE).state is IssueState.DONE
    hands.fill(dialog.verifier, "陈志远")
    hands.fill(dialog.opinion, "已核对名册。")
    stage.press("save", dialog)
    assert stored(stage, LATE).state is IssueState.VERIFIED
    assert LATE not in shown(page)
    hands.pick(page.issues.narrowing.state, "各种状态")
    assert LATE in shown(page)
    dialog_of_one = open_issue(stage, page, LATE)
    assert not dialog_of_one.may_write
    assert dialog_of_one.findChild(QPushButton, "save") is None


def test_a_verification_that_fails_opens_the_problem_again_with_a_new_deadline(
    stage: Stage, page: InspectionsScreen
) -> None:
    page.issues.table.selectRow(1)
    page.issues.verify()
    dialog = stage.dialog(VerifyDialog)
    assert not dialog.due_on.isVisible()
    hands.tick(dialog.failed)
    hands.fill(dialog.verifier, "陈志远")
    hands.fill(dialog.due_on, "2026.12.40")
    stage.press("save", dialog)
    assert dialog.wrong.isVisible()
    assert stored(stage, LATE).issue.verifications == ()
    hands.fill(dialog.due_on, "2026.12.10")
    stage.press("save", dialog)
    row = stored(stage, LATE)
    assert row.state is IssueState.REOPENED
    assert row.issue.due_on == "2026-12-10"
    assert hands.lines(page.issues.table)[1][4:] == ["2026.12.10", "", "重新整改"]
    again = open_issue(stage, page, LATE)
    assert "不通过" in "".join(again.verdicts)
    again.reject()
    stage.desk.undo()
    row = stored(stage, LATE)
    assert (row.state, row.issue.due_on) == (IssueState.DONE, "2026-11-30")


def test_what_is_not_rectified_is_not_verified(stage: Stage, page: InspectionsScreen) -> None:
    page.issues.table.selectRow(0)
    stage.press("verify")
    assert "整改中" in stage.problem_said()


# ---- from here and back


def test_the_menu_of_a_problem_leads_to_its_line(stage: Stage, page: InspectionsScreen) -> None:
    page.issues.table.selectRow(0)
    menu = QMenu()
    page.issues.fill_menu(menu)
    next(action for action in menu.actions() if action.text() == "到检查表里看").trigger()
    opened = stage.window.page
    assert isinstance(opened, InspectionScreen)
    assert opened.file is not None
    assert opened.file.uid == inspected(stage.desk)


def test_a_problem_that_is_wanted_from_elsewhere_is_found_whatever_narrows_the_ledger(
    stage: Stage, page: InspectionsScreen
) -> None:
    hands.tick(page.issues.narrowing.late)
    stage.go("inspections", stored(stage, PUBLIC).uid)
    assert stage.dialog(IssueDialog).editors["text"].text() == PUBLIC


def test_a_deleted_problem_waits_in_the_bin(stage: Stage, page: InspectionsScreen) -> None:
    page.issues.table.selectRow(2)
    page.delete_selected()
    stage.dialog(LineDialog)
    hands.write("登记错了")
    hands.press(Key.Key_Return)
    assert shown(page) == [NO_PLAN, LATE]
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    stage.press("restore", waste)
    stage.go("inspections", ISSUES)
    assert len(shown(page)) == 3


def test_undo_takes_back_what_was_typed_in_the_dialog(stage: Stage, page: InspectionsScreen) -> None:
    dialog = open_issue(stage, page, PUBLIC)
    hands.fill(dialog.editors["basis"], "党务公开规定")
    stage.press("save", dialog)
    assert stored(stage, PUBLIC).issue.basis == "党务公开规定"
    hands.press(Key.Key_Z, CTRL)
    assert stored(stage, PUBLIC).issue.basis == ""
    assert issue_lists.issue_list(stage.desk.branch, IssueQuery(overdue_only=True))
