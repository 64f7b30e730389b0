"""Points in the window: the grid, adding entries, claims, reversals, and what meetings give."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from branchdesk.domain.points.model import EntrySource, EntryState, PointEntry
from branchdesk.domain.points.tally import shown_points
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import POINTS
from branchdesk.ui.screens.evaluations.points.acceptance_dialog import AcceptanceDialog
from branchdesk.ui.screens.evaluations.points.automatic_dialog import AutomaticDialog
from branchdesk.ui.screens.evaluations.points.claim_dialog import ClaimDialog
from branchdesk.ui.screens.evaluations.points.entry_dialog import EntryDialog
from branchdesk.ui.screens.evaluations.points.filters import BY_ROSTER
from branchdesk.ui.screens.evaluations.points.ledger_entry_dialog import LedgerEntryDialog
from branchdesk.ui.screens.evaluations.points.ledger_tree import BY_DAY, BY_RULE
from branchdesk.ui.screens.meetings import MeetingScreen
from support import hands
from support.branches import SettableClock
from support.entered_points import entered, sheet_of, waiting_person
from support.hands import ALT, CTRL, SHIFT, Key
from support.held_meetings import held_assembly
from support.stage import Stage

FIRST, SECOND = "周建国", "陈志远"


@pytest.fixture
def empty(stage: Stage, the_clock: SettableClock) -> EvaluationsScreen:
    """The screen of a branch that has not entered any points."""
    del the_clock
    stage.open()
    page = stage.go("evaluations", POINTS)
    assert isinstance(page, EvaluationsScreen)
    return page


@pytest.fixture
def page(stage: Stage, empty: EvaluationsScreen) -> EvaluationsScreen:
    """The screen with a year of points."""
    entered(stage.desk)
    empty.refresh()
    return empty


def names(page: EvaluationsScreen) -> list[str]:
    return [line[1] for line in hands.lines(page.points.table)]


def line_of(page: EvaluationsScreen, name: str) -> dict[str, str]:
    """What the grid shows of a member, by the headings."""
    table = page.points.table
    labels = [table.horizontalHeaderItem(place).text() for place in range(table.columnCount())]  # type: ignore[union-attr]
    return dict(zip(labels, hands.lines(table)[names(page).index(name)], strict=True))


def choose(page: EvaluationsScreen, name: str) -> None:
    page.points.table.setFocus()
    page.points.table.selectRow(names(page).index(name))


def ledger(stage: Stage, name: str) -> list[PointEntry]:
    return [one for one in sheet_of(stage.desk).entries if one.name == name]


def add(stage: Stage, rule: str, **fields: str) -> EntryDialog:
    """Fill the dialog of an entry by keyboard, up to the button."""
    dialog = stage.dialog(EntryDialog)
    hands.fill(dialog.rule, rule)
    for name, text in fields.items():
        hands.fill(getattr(dialog, name), text)
    return dialog


# ---- the grid


def test_the_grid_shows_what_each_bucket_holds_and_the_highest_total_first(
    stage: Stage, page: EvaluationsScreen
) -> None:
    sheet = sheet_of(stage.desk)
    totals = [float(line[-2]) for line in hands.lines(page.points.table)]
    assert len(totals) == len(sheet.people) == 24
    assert totals == sorted(totals, reverse=True)
    one = next(person for person in sheet.people if person.name == FIRST)
    shown = line_of(page, FIRST)
    assert shown["总积分"] == shown_points(one.total)
    assert shown["可兑换"] == shown_points(one.balance)
    assert [shown[part.bucket.title] for part in one.tally.buckets] == [
        shown_points(part.counted) for part in one.tally.buckets
    ]
    assert page.points.legend.texts == ["基础分", "任务分", "奖励分", "扣减"]
    hands.pick(page.points.narrowing.order, "按名册顺序")
    assert page.points.narrowing.order.currentData() == BY_ROSTER
    assert names(page) == [person.name for person in sheet.people]


def test_equal_totals_share_a_place(page: EvaluationsScreen) -> None:
    lines = hands.lines(page.points.table)
    for above, below in pairwise(lines):
        assert (above[-2] == below[-2]) == (above[0] == below[0])


def test_points_are_shown_as_they_stood_at_the_end_of_a_month(stage: Stage, page: EvaluationsScreen) -> None:
    hands.pick(page.points.narrowing.until, "截至 1 月底")
    one = next(person for person in sheet_of(stage.desk).people if person.name == FIRST)
    january = one.months[0].total
    assert line_of(page, FIRST)["总积分"] == shown_points(january)
    assert january < one.total


def test_a_member_is_found_by_initials(page: EvaluationsScreen) -> None:
    hands.press(Key.Key_F, CTRL)
    hands.write("zjg")
    assert names(page) == [FIRST]
    page.points.narrowing.name.setText("没有这个人")
    assert names(page) == []
    assert page.points.nothing.isVisible()
    assert not page.points.detail.add.isEnabled()


def test_a_year_without_points_proposes_to_take_them_from_the_records(
    stage: Stage, empty: EvaluationsScreen
) -> None:
    assert "今年还没有记过分" in empty.banner.sentence
    empty.banner.pressed.emit()
    dialog = stage.dialog(AutomaticDialog)
    assert dialog.table.isHidden()
    assert "没有要记入的" in dialog.nothing.text()
    dialog.reject()
    entered(stage.desk)
    empty.refresh()
    assert empty.banner.sentence == ""


# ---- the ledger beside the grid


def test_the_ledger_tells_item_by_item_and_entry_by_entry(stage: Stage, page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    detail = page.points.detail
    assert detail.view.current == BY_RULE
    dues = next(text for text in detail.tree.texts if text[0].startswith("按月足额交纳党费"))
    assert dues == ("按月足额交纳党费 11 月", "+5.5")
    stage.press(f"segment_{BY_DAY}", detail)
    assert ("11.12 按月足额交纳党费 11 月党费收缴记录", "+0.5") in detail.tree.texts
    days = [text[0].split()[0] for text in detail.tree.texts]
    assert days == sorted(days, key=lambda day: tuple(map(int, day.split("."))), reverse=True)


def test_enter_goes_to_the_ledger_and_to_one_entry_and_its_meeting(
    stage: Stage, empty: EvaluationsScreen
) -> None:
    uid = held_assembly(stage.desk)
    stage.press("automatic_points")
    stage.press("enter_proposal", stage.dialog(AutomaticDialog))
    stage.bring_to_front(stage.window)
    choose(empty, FIRST)
    hands.press(Key.Key_Return)
    assert empty.points.detail.tree.hasFocus()
    hands.press(Key.Key_Return)  # opens the first item
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    dialog = stage.dialog(LedgerEntryDialog)
    assert "支部党员大会" in dialog.told.text()
    assert dialog.lines["来源"] == "自动"
    stage.press("open_evidence", dialog)
    opened = stage.window.page
    assert isinstance(opened, MeetingScreen)
    assert opened.file is not None
    assert opened.file.meeting.uid == uid


def test_f4_shows_and_hides_the_ledger(page: EvaluationsScreen) -> None:
    assert page.points.detail.isVisible()
    hands.press(Key.Key_F4)
    assert page.points.detail.isHidden()
    hands.press(Key.Key_F4)
    assert page.points.detail.isVisible()


# ---- adding


def test_an_entry_is_added_by_keyboard(stage: Stage, page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    before = float(line_of(page, FIRST)["总积分"])
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(EntryDialog)
    assert dialog.person.text() == FIRST
    assert QApplication.focusWidget() is dialog.rule
    hands.write("wcz")
    assert [one.split("（")[0] for one in dialog.rule.suggestions.words()] == ["1.4 完成支部交办的工作"]
    hands.press(Key.Key_Return)
    hands.fill(dialog.evidence, "任务单")
    stage.press("save", dialog)
    assert float(line_of(page, FIRST)["总积分"]) == before + 1
    added = ledger(stage, FIRST)[-1]
    assert (added.rule, added.evidence_title, added.source) == ("assigned", "任务单", EntrySource.TYPED)
    assert page.points.current_person == added.person
    hands.press(Key.Key_Z, CTRL)
    assert float(line_of(page, FIRST)["总积分"]) == before


def test_the_same_is_added_for_all_who_are_chosen(stage: Stage, page: EvaluationsScreen) -> None:
    hands.pick(page.points.narrowing.order, "按名册顺序")
    before = len(sheet_of(stage.desk).entries)
    choose(page, FIRST)
    hands.press(Key.Key_Down, SHIFT)
    stage.press("new_entry")
    dialog = add(stage, "完成支部交办的工作")
    stage.press("save", dialog)
    assert len(sheet_of(stage.desk).entries) == before + 2
    hands.press(Key.Key_Z, CTRL)
    assert len(sheet_of(stage.desk).entries) == before


def test_a_cap_is_told_before_an_entry_is_made(stage: Stage, page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    page.begin_new()
    dialog = add(stage, "1.3", on="2026.11.20")
    assert "每月最多 0.5 分" in dialog.hint.text()
    assert "这一笔计 0 分" in dialog.told.text()


def test_points_are_not_taken_off_without_a_reason(stage: Stage, page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    page.begin_new()
    dialog = add(stage, "不迟到早退")
    assert dialog.reason.placeholderText() == "扣分必须写明原因"
    stage.press("save", dialog)
    assert "扣分请写明原因" in dialog.wrong.text()
    hands.fill(dialog.reason, "主题党日迟到 20 分钟")
    stage.press("save", dialog)
    assert ledger(stage, FIRST)[-1].reason == "主题党日迟到 20 分钟"
    assert line_of(page, FIRST)["扣减"].startswith("−")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quantity": "很多"}, "数量“很多”不对"),
        ({"on": "2026.13.1"}, "日期"),
        ({"on": "2026.12.20"}, "还没有到"),
        ({"on": "2025.12.20"}, "不在 2026 年"),
    ],
)
def test_what_cannot_be_is_said_and_stays_to_be_mended(
    stage: Stage, page: EvaluationsScreen, fields: dict[str, str], said: str
) -> None:
    before = len(sheet_of(stage.desk).entries)
    choose(page, FIRST)
    page.begin_new()
    dialog = add(stage, "完成支部交办的工作", **fields)
    stage.press("save", dialog)
    assert dialog.isVisible()
    assert said in dialog.wrong.text()
    assert len(sheet_of(stage.desk).entries) == before


def test_neither_a_member_nor_a_rule_is_guessed(stage: Stage, page: EvaluationsScreen) -> None:
    page.points.table.clearSelection()
    stage.press("new_entry")
    dialog = stage.dialog(EntryDialog)
    stage.wait(dialog.person.hasFocus)
    stage.press("save", dialog)
    assert "请选择党员" in dialog.wrong.text()
    hands.fill(dialog.person, "czy")
    assert dialog.person.text() == SECOND
    hands.fill(dialog.rule, "没有这一项")
    stage.press("save", dialog)
    assert "请选择记分的项目" in dialog.wrong.text()


# ---- tasks that are claimed


def test_a_claimed_task_counts_once_it_is_accepted(stage: Stage, page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    before = float(line_of(page, FIRST)["总积分"])
    stage.press("claim_task")
    dialog = stage.dialog(ClaimDialog)
    hands.fill(dialog.task, "结对帮扶困难家庭")
    stage.press("save", dialog)
    assert float(line_of(page, FIRST)["总积分"]) == before
    claim = ledger(stage, FIRST)[-1]
    assert claim.state is EntryState.PROPOSED
    page.points.detail.tree.choose(claim.uid)
    stage.press("accept_entry")
    accepting = stage.dialog(AcceptanceDialog)
    hands.fill(accepting.evidence, "走访照片")
    stage.press("save", accepting)
    accepted = next(one for one in ledger(stage, FIRST) if one.uid == claim.uid)
    assert (accepted.state, accepted.reviewer, accepted.evidence_title) == (
        EntryState.ACCEPTED,
        "李敏",
        "走访照片",
    )
    assert float(line_of(page, FIRST)["总积分"]) > before


def test_a_task_that_was_not_done_is_declined_with_a_reason(stage: Stage, page: EvaluationsScreen) -> None:
    person, uid = waiting_person(stage.desk)
    page.points.show_person(person)
    page.points.detail.tree.choose(uid)
    stage.press("decline_entry")
    stage.dialog(LineDialog)
    hands.write("没有去")
    hands.press(Key.Key_Return)
    declined = next(one for one in sheet_of(stage.desk).entries if one.uid == uid)
    assert (declined.state, declined.reason) == (EntryState.DECLINED, "没有去")
    assert "2 笔待审核" in page.subtitle.text()


def test_only_tasks_of_the_list_can_be_claimed(stage: Stage, page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    stage.press("claim_task")
    dialog = stage.dialog(ClaimDialog)
    stage.wait(dialog.task.hasFocus)
    hands.press(Key.Key_Down, ALT)
    assert len(dialog.task.suggestions.words()) == len(sheet_of(stage.desk).scheme.tasks) == 23
    dialog.task.suggestions.hide()
    hands.fill(dialog.task, "按月足额交纳党费")
    stage.press("save", dialog)
    assert "请选择认领哪一项任务" in dialog.wrong.text()


# ---- reversing


def test_an_entry_is_reversed_with_a_reason_and_stays_to_be_seen(
    stage: Stage, page: EvaluationsScreen
) -> None:
    choose(page, FIRST)
    entry = next(one for one in ledger(stage, FIRST) if one.rule == "assigned")
    before = float(line_of(page, FIRST)["总积分"])
    tree = page.points.detail.tree
    tree.choose(entry.uid)
    stage.press("reverse_entry")
    stage.dialog(LineDialog)
    hands.write("记错了人")
    hands.press(Key.Key_Return)
    assert float(line_of(page, FIRST)["总积分"]) == before - 1
    assert len([one for one in ledger(stage, FIRST) if one.rule == "assigned"]) == 3
    assert ("不计分 2 笔", "") in tree.texts
    tree.choose(entry.uid)
    assert not page.points.detail.reverse.isEnabled()
    tree.opened.emit()
    dialog = stage.dialog(LedgerEntryDialog)
    assert "记错了人" in dialog.lines["冲正"]


def test_a_rule_has_nothing_to_reverse(page: EvaluationsScreen) -> None:
    choose(page, FIRST)
    assert page.points.detail.entry is None
    assert not page.points.detail.reverse.isEnabled()


# ---- from the records


def test_what_a_meeting_gives_is_shown_first_and_entered_as_one_step(
    stage: Stage, empty: EvaluationsScreen
) -> None:
    held_assembly(stage.desk)
    stage.go("evaluations", "automatic")
    dialog = stage.dialog(AutomaticDialog)
    lines = hands.lines(dialog.table)
    assert ["2026.11.19", FIRST, "1.1 按时参加支部组织生活", "1 次", "+0.5"] in [line[:5] for line in lines]
    assert any(line[2].startswith("2.1") and line[4].startswith("−") for line in lines)
    assert sheet_of(stage.desk).entries == ()
    hands.pick(dialog.month, "2026 年 10 月")
    assert dialog.table.isHidden()
    hands.pick(dialog.month, "2026 年 11 月")
    wanted = len(lines)
    stage.press("enter_proposal", dialog)
    assert len(sheet_of(stage.desk).entries) == wanted
    stage.press("automatic_points")
    assert stage.dialog(AutomaticDialog).table.isHidden()
    stage.close_dialogs()
    stage.bring_to_front(stage.window)
    hands.press(Key.Key_Z, CTRL)
    assert sheet_of(stage.desk).entries == ()
    del empty
