"""Daily records in the window: the grid, writing a month, opinions for several, final, drafts, papers."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from branchdesk.domain.daily import DailyFigures, DailyRecord, MeetingSaid, MonthState
from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.services.daily import drafts
from branchdesk.services.daily.reading import DailyYear, daily_year
from branchdesk.services.meetings import life
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import DAILY, POINTS
from branchdesk.ui.screens.evaluations.daily.opinions_dialog import OpinionsDialog
from branchdesk.ui.screens.evaluations.daily.pane import DailyPane
from branchdesk.ui.screens.evaluations.daily.printing import DailyPaperChoice
from branchdesk.ui.screens.evaluations.daily.table import FIRST_MONTH
from branchdesk.ui.screens.meetings import MeetingScreen
from support import hands
from support.branches import SettableClock
from support.entered_points import entered
from support.hands import ALT, CTRL, Key
from support.held_meetings import held_assembly
from support.stage import Stage
from ui.daily_scenes import page_of, recorded

FIRST, SECOND = "周建国", "陈志远"


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> EvaluationsScreen:
    """The screen of a branch without daily records, on the tab of them."""
    del the_clock
    stage.open()
    return page_of(stage)


def year_of(stage: Stage) -> DailyYear:
    return daily_year(stage.desk.branch)


def record(stage: Stage, name: str, month: int = 10) -> DailyRecord | None:
    return next(one for one in year_of(stage).people if one.name == name).record(month)


def choose(pane: DailyPane, name: str, month: int = 10) -> None:
    pane.table.setFocus()
    names = [one.name for one in pane.grid.people]
    pane.grid.choose_cell(names.index(name), month)


def cell(pane: DailyPane, name: str, month: int) -> str:
    names = [one.name for one in pane.grid.people]
    item = pane.table.item(names.index(name), FIRST_MONTH + month - 1)
    return item.text() if item is not None else ""


def editor(pane: DailyPane, field: str) -> FieldEditor:
    assert pane.detail.pane is not None
    return pane.detail.pane.editors[field]


def write(pane: DailyPane, **texts: str) -> None:
    """Type into fields as a clerk does, and leave each of them."""
    for field, text in texts.items():
        editor(pane, field).take_focus()
        hands.press(Key.Key_A, CTRL)
        hands.write(text)
        editor(pane, field).commit()


# ---- the grid


def test_the_grid_has_a_row_for_everybody_and_a_cell_for_each_month(
    stage: Stage, page: EvaluationsScreen
) -> None:
    pane = page.daily
    assert len(pane.grid.people) == 24
    assert cell(pane, FIRST, 10) == "－"
    assert cell(pane, FIRST, 12) == ""
    recorded(stage.desk)
    page.refresh()
    assert [cell(pane, FIRST, month) for month in (1, 10, 11, 12)] == ["定", "写", "写", ""]
    assert "24 名党员" in page.subtitle.text()
    hands.press(Key.Key_F, CTRL)
    hands.write("zjg")
    assert [one.name for one in pane.grid.people] == [FIRST]


def test_alt_down_goes_to_the_next_member_in_the_same_month(page: EvaluationsScreen) -> None:
    pane = page.daily
    choose(pane, pane.grid.people[0].name, 7)
    hands.press(Key.Key_Down, ALT)
    assert (pane.table.currentRow(), pane.grid.month) == (1, 7)
    hands.press(Key.Key_Up, ALT)
    assert (pane.table.currentRow(), pane.grid.month) == (0, 7)


def test_f4_hides_the_editor_and_brings_it_back(page: EvaluationsScreen) -> None:
    before = page.daily.detail.isHidden()
    hands.press(Key.Key_F4)
    assert page.daily.detail.isHidden() is not before
    hands.press(Key.Key_F4)
    assert page.daily.detail.isHidden() is before


# ---- writing


def test_a_month_is_written_by_keyboard_and_stored_field_by_field(
    stage: Stage, page: EvaluationsScreen
) -> None:
    pane = page.daily
    choose(pane, FIRST)
    hands.press(Key.Key_Return)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPlainTextEdit)
    assert focused is editor(pane, "work").focusProxy()
    hands.write("完成月度汇总。")
    hands.press(Key.Key_Tab)
    found = record(stage, FIRST)
    assert found is not None
    assert found.values == {"work": "完成月度汇总。"}
    assert cell(pane, FIRST, 10) == "写"
    hands.write("3小时")
    hands.press(Key.Key_Tab)
    found = record(stage, FIRST)
    assert found is not None
    assert found.values["volunteer_hours"] == "3"
    stage.desk.undo()
    stage.desk.undo()
    assert record(stage, FIRST) is None
    assert cell(pane, FIRST, 10) == "－"


def test_what_cannot_be_understood_is_kept_with_a_remark(stage: Stage, page: EvaluationsScreen) -> None:
    pane = page.daily
    choose(pane, FIRST)
    write(pane, volunteer_hours="半天")
    found = record(stage, FIRST)
    assert found is not None
    assert found.values["volunteer_hours"] == "半天"
    assert pane.detail.pane is not None
    assert "半天" in pane.detail.pane._remarks["volunteer_hours"].text()
    choose(pane, SECOND)
    assert pane.detail.pane._remarks["volunteer_hours"].isHidden()


def test_a_month_to_come_cannot_be_written(page: EvaluationsScreen) -> None:
    pane = page.daily
    choose(pane, FIRST, 12)
    assert pane.detail.state.text() == "还没有到"
    box = editor(pane, "work").focusProxy()
    assert isinstance(box, QPlainTextEdit)
    assert box.isReadOnly()
    assert not pane.detail.complete.isEnabled()


def test_what_was_typed_before_the_power_went_is_offered_again(stage: Stage, page: EvaluationsScreen) -> None:
    pane = page.daily
    choose(pane, FIRST)
    box = editor(pane, "work").focusProxy()
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    hands.write("写到一半")
    pane.detail.drafts.keep()
    person = pane.current_person
    kept = drafts.draft_of(stage.desk.branch, person, 2026, 10)
    assert kept is not None
    assert kept.texts == {"work": "写到一半"}
    editor(pane, "work").commit()
    assert drafts.draft_of(stage.desk.branch, person, 2026, 10) is None, "stored by now"

    other = next(one.person for one in pane.grid.people if one.name == SECOND)
    drafts.keep_draft(stage.desk.branch, other, 2026, 10, {"pledge": "走访两次"})
    choose(pane, SECOND)
    assert pane.detail.drafts.bar.sentence
    stage.press("take_draft", pane)
    found = record(stage, SECOND)
    assert found is not None
    assert found.values == {"pledge": "走访两次"}
    drafts.keep_draft(stage.desk.branch, other, 2026, 9, {"pledge": "不要了"})
    choose(pane, SECOND, 9)
    stage.press("drop_draft", pane)
    assert drafts.draft_of(stage.desk.branch, other, 2026, 9) is None
    assert record(stage, SECOND, 9) is None


# ---- what the records say


def test_figures_stand_above_and_lead_to_the_meeting(stage: Stage, page: EvaluationsScreen) -> None:
    uid = held_assembly(stage.desk)
    life.move(stage.desk.branch, uid, MeetingState.DRAFTED)
    page.refresh()
    pane = page.daily
    choose(pane, FIRST, 11)
    figures = pane.detail.figures
    assert figures.lines["person.attendance"].text.text().startswith("应到 1 次")
    assert figures.lines["person.dues"].text.text() == "—"
    stage.press("evidence_attendance", pane)
    meeting = stage.window.page
    assert isinstance(meeting, MeetingScreen)
    stage.desk.go_back_from("meeting", "meetings")
    assert stage.window.page is page
    assert page.tabs.current == DAILY
    assert (pane.grid.person and pane.grid.person.name, pane.grid.month) == (FIRST, 11)


def test_several_meetings_are_offered_and_points_lead_to_their_ledger(
    stage: Stage, page: EvaluationsScreen
) -> None:
    entered(stage.desk)
    held_assembly(stage.desk)
    page.refresh()
    pane = page.daily
    choose(pane, FIRST, 6)
    figures = pane.detail.figures
    assert figures.lines["person.points"].text.text().endswith("分")
    stage.press("evidence_points", pane)
    assert page.tabs.current == POINTS
    assert page.points.chosen[0].name == FIRST

    stage.go("evaluations", DAILY)
    said = tuple(
        MeetingSaid(f"m{place}", "党员大会", date(2026, 6, place), Presence.ABSENT, caught_up=True)
        for place in (1, 2)
    )
    figures.show_figures(DailyFigures(said))
    assert len(figures.lines["person.attendance"].meetings) == 2
    figures.open_evidence("person.attendance")
    menu = next(iter(figures.findChildren(QMenu)))
    assert [action.text() for action in menu.actions()] == [
        "2026.06.01　党员大会　缺席，已补课",
        "2026.06.02　党员大会　缺席，已补课",
    ]
    menu.close()


# ---- several at once


def test_opinions_are_written_for_several_members_in_one_step(stage: Stage, page: EvaluationsScreen) -> None:
    pane = page.daily
    choose(pane, FIRST)
    stage.press("daily_opinions")
    dialog = stage.dialog(OpinionsDialog)
    words = [dialog.whom.itemText(place) for place in range(dialog.whom.count())]
    assert words == ["选中的党员（1 人）", "还没有评价的党员（24 人）", "全体党员（24 人）"]
    stage.press("write_opinions", dialog)
    assert "请写一栏意见" in dialog.remark.text()
    hands.pick(dialog.whom, words[2])
    dialog.pane.editors["group_opinion"].take_focus()
    hands.write("同意。")
    dialog.pane.fill({"group_opinion": "同意。", "branch_grade": "较好"})
    stage.press("write_opinions", dialog)
    year = year_of(stage)
    assert year.count(MonthState.WRITTEN) == 24
    assert {one.records[10].values["branch_grade"] for one in year.people} == {"fair"}
    stage.desk.undo()
    assert year_of(stage).count(MonthState.WRITTEN) == 0


# ---- final


def test_a_month_is_made_final_and_opened_again(stage: Stage, page: EvaluationsScreen) -> None:
    pane = page.daily
    choose(pane, FIRST)
    write(pane, work="完成月度汇总。")
    stage.press("complete_daily")
    assert "“支部评价”没有填写" in stage.problem_said()
    stage.close_dialogs()
    write(pane, branch_grade="好")
    stage.press("complete_daily")
    assert cell(pane, FIRST, 10) == "定"
    assert pane.detail.state.text() == "已定稿"
    box = editor(pane, "work").focusProxy()
    assert isinstance(box, QPlainTextEdit)
    assert box.isReadOnly()
    stage.press("reopen_daily")
    assert cell(pane, FIRST, 10) == "写"


def test_chosen_months_are_made_final_together_and_deleted_with_a_reason(
    stage: Stage, page: EvaluationsScreen
) -> None:
    recorded(stage.desk)
    page.refresh()
    pane = page.daily
    pane.table.clearSelection()
    for row in (0, 1, 2):
        index = pane.table.model().index(row, FIRST_MONTH + 9)
        pane.table.selectionModel().select(index, pane.table.selectionModel().SelectionFlag.Select)
    assert len(pane.grid.chosen_records) == 3
    pane.deeds.complete_chosen()
    assert [cell(pane, one.name, 10) for one in pane.grid.people[:3]] == ["定"] * 3
    pane.deeds.reopen_chosen()
    page.delete_selected()
    dialog = stage.dialog(LineDialog)
    hands.fill(dialog.line, "写错了")
    stage.press("yes", dialog)
    assert [cell(pane, one.name, 10) for one in pane.grid.people[:3]] == ["－"] * 3


def test_the_menu_of_a_cell_leads_to_history_and_roster(stage: Stage, page: EvaluationsScreen) -> None:
    recorded(stage.desk)
    page.refresh()
    pane = page.daily
    choose(pane, FIRST)
    menu = QMenu(pane)
    pane.fill_menu(menu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        *("填写这个月", "意见和评价…", "定稿", "重新打开"),
        *("修改记录…", "打开党员名册", "移到回收站…"),
    ]


# ---- papers


def test_the_sheets_are_printed_of_one_member_or_of_all(stage: Stage, page: EvaluationsScreen) -> None:
    recorded(stage.desk)
    page.refresh()
    choose(page.daily, FIRST, 7)
    hands.press(Key.Key_P, CTRL)
    dialog = stage.printing()
    choice = dialog.findChild(DailyPaperChoice)
    assert isinstance(choice, DailyPaperChoice)
    person = page.daily.current_person
    chosen = [choice.chosen]
    hands.pick(choice.whom, "全体党员，每人一份")
    stage.printing()
    chosen.append(choice.chosen)
    assert chosen == [("month", 7, (person,)), ("month", 7, ())]
    hands.pick(choice.kind.kind, "日常表现写实年度汇总表")
    stage.printing()
    assert choice.month.isHidden()


def test_where_months_have_no_room_those_around_the_one_in_front_stay(page: EvaluationsScreen) -> None:
    pane = page.daily
    pane.table.resize(260, 400)
    choose(pane, FIRST, 7)

    def shown() -> list[int]:
        return [month for month in range(1, 13) if not pane.table.isColumnHidden(FIRST_MONTH + month - 1)]

    assert 7 in shown()
    assert len(shown()) < 12
    for _step in range(5):
        hands.press(Key.Key_Right)
    assert pane.grid.month == 12
    assert 12 in shown()
