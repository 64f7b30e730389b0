"""The list of meetings, the year calendar, beginning after a model, files, and what goes wrong on the way."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu

from branchdesk.domain.meetings.model import MeetingState, Presence, Vote, VoteKind
from branchdesk.services.meetings import planning, reading
from branchdesk.services.organisations import root_of
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.fields.files import AttachmentsEditor
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.meetings import MeetingScreen, MeetingsScreen
from branchdesk.ui.screens.meetings.candidates_dialog import CandidatesDialog
from branchdesk.ui.screens.meetings.editor import AFTER, HELD
from branchdesk.ui.screens.meetings.new_meeting import NewMeetingDialog
from branchdesk.ui.screens.meetings.person_dialog import PersonDialog
from branchdesk.ui.screens.recycle_bin import RecycleBinScreen
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.held_meetings import elected, held_assembly
from support.papers import text_of
from support.stage import Stage


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> MeetingsScreen:
    """The list with one assembly that was held and one study that is planned."""
    del the_clock
    stage.open()
    held_assembly(stage.desk)
    branch = stage.desk.branch
    stage.desk.do(
        partial(planning.plan_meeting, branch, "meeting.study", root_of(branch), {"held": "2026.12.3"})
    )
    page = stage.go("meetings")
    assert isinstance(page, MeetingsScreen)
    return page


def open_first(stage: Stage, kind: str = "meeting.assembly") -> MeetingScreen:
    row = next(one for one in reading.meeting_list(stage.desk.branch) if one.kind == kind)
    page = stage.go("meeting", row.uid)
    assert isinstance(page, MeetingScreen)
    return page


def kinds(page: MeetingsScreen) -> list[str]:
    return [line[0] for line in hands.lines(page.list.table)]


# ---- the list


def test_the_list_tells_how_far_each_meeting_is(page: MeetingsScreen) -> None:
    lines = {line[0]: line for line in hands.lines(page.list.table)}
    assembly = lines["支部党员大会"]
    assert assembly[1:3] == ["第 1 次", "2026.11.19"]
    assert assembly[4:8] == ["三楼党员活动室", "周建国", "20/24", "已召开"]
    assert assembly[8] == "1"
    assert "2 次会议" in page.subtitle.text()


def test_filters_narrow_the_list_and_are_taken_away_with_one_button(
    stage: Stage, page: MeetingsScreen
) -> None:
    hands.pick(page.bar.state, "已召开")
    assert kinds(page) == ["支部党员大会"]
    hands.pick(page.bar.kind, "集中学习")
    assert kinds(page) == []
    stage.press("clear_meeting_filters")
    assert len(kinds(page)) == 2
    hands.press(Key.Key_F, CTRL)
    hands.write("公报")
    assert kinds(page) == ["支部党员大会"]
    stage.press("clear_meeting_filters")
    assert len(kinds(page)) == 2


def test_enter_opens_the_meeting_and_escape_comes_back(stage: Stage, page: MeetingsScreen) -> None:
    page.list.table.setFocus()
    page.list.table.selectRow(page.list.uids.index(open_first(stage).edits.uid))
    stage.go("meetings")
    hands.press(Key.Key_Return)
    opened = stage.window.page
    assert isinstance(opened, MeetingScreen)
    hands.press(Key.Key_Escape)
    assert stage.window.page is page


def test_the_year_shows_what_is_missing_and_leads_to_its_meetings(page: MeetingsScreen) -> None:
    hands.press(Key.Key_F4)
    calendar = page.year.calendar
    assert calendar.isVisible()
    labels = [calendar.verticalHeaderItem(row).text() for row in range(calendar.rowCount())]
    row = labels.index("支部党员大会")
    texts = [calendar.item(row, month).text() for month in (0, 3, 6, 9)]  # type: ignore[union-attr]
    assert texts == ["缺 1", "缺 1", "缺 1", "1"]
    calendar.setFocus()
    calendar.setCurrentCell(row, 9)
    hands.press(Key.Key_Return)
    assert page.list.isVisible()
    assert kinds(page) == ["支部党员大会"]


def test_a_meeting_of_a_group_asks_for_the_group(stage: Stage, page: MeetingsScreen) -> None:
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(NewMeetingDialog)
    assert not dialog.group.isVisible()
    hands.pick(dialog.kind, "党小组会")
    assert dialog.group.isVisible()
    hands.pick(dialog.group, "第二党小组")
    hands.fill(dialog.when, "2026.11.12 16:00")
    stage.press("save", dialog)
    opened = stage.window.page
    assert isinstance(opened, MeetingScreen)
    assert "第二党小组" in opened.title.text()
    assert opened.file is not None
    assert 0 < len(opened.file.meeting.attendance) < 24
    assert page.isVisible() is False


def test_a_deleted_meeting_waits_in_the_bin(stage: Stage, page: MeetingsScreen) -> None:
    page.list.table.selectRow(kinds(page).index("集中学习"))
    page.delete_selected()
    stage.dialog(LineDialog)
    hands.write("建重了")
    hands.press(Key.Key_Return)
    assert kinds(page) == ["支部党员大会"]
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    stage.press("restore", waste)
    stage.go("meetings")
    assert len(kinds(page)) == 2


def test_what_is_copied_is_the_structure_and_nothing_that_happened(
    stage: Stage, page: MeetingsScreen
) -> None:
    page.list.table.selectRow(kinds(page).index("支部党员大会"))
    stage.press("copy_last")
    opened = stage.window.page
    assert isinstance(opened, MeetingScreen)
    assert opened.file is not None
    meeting = opened.file.meeting
    assert meeting.state is MeetingState.PLANNED
    assert meeting.number == 2
    assert meeting.on is None
    assert {one.presence for one in meeting.attendance} == {Presence.UNMARKED}
    assert not meeting.passages
    assert any("上次未办结" in item.title for item in meeting.agenda)


def test_the_list_is_exported_and_the_volume_printed(
    stage: Stage, page: MeetingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    stage.window.show_screen("meetings_export", page.bar.query)
    stage.wait(lambda: stage.window.toast.sentence == "已导出 台账.xlsx。")
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    words = {str(value) for row in sheet.iter_rows(values_only=True) for value in row}
    assert "支部党员大会" in words
    stage.window.show_screen("print_volume", 2026)
    assert "三楼党员活动室" in "".join(text_of(stage.printing().pdf).split())


# ---- one meeting


def test_one_meeting_is_exported_with_its_people_and_votes(
    stage: Stage, page: MeetingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del page
    target = tmp_path / "会议.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    opened = open_first(stage)
    menu = QMenu()
    opened.papers.fill_menu(menu)
    next(action for action in menu.actions() if action.text() == "导出 Excel…").trigger()
    stage.wait(lambda: stage.window.toast.sentence == "已导出 会议.xlsx。")
    cells = {
        str(cell)
        for sheet in openpyxl.load_workbook(target)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert {"三楼党员活动室", "林雪"} <= cells


def test_a_paper_without_content_says_why(stage: Stage, page: MeetingsScreen) -> None:
    study = next(one for one in page.list.rows if one.kind == "meeting.study")
    stage.window.show_screen("print_meeting", (study.uid, "absent"))
    dialog = stage.dialog(PrintDialog)
    stage.wait(lambda: "没有请假或缺席的人" in dialog.warning.sentence)
    assert not dialog.pdf


def test_a_refused_figure_says_so_and_the_stored_one_comes_back(stage: Stage, page: MeetingsScreen) -> None:
    del page
    opened = open_first(stage)
    opened.editor.choose(HELD)
    votes = opened.editor.page.votes
    assert votes is not None
    box = votes.rows[1].boxes["in_favour"]
    before = box.text()
    hands.fill(box, "-3")
    assert "不能作赞成票数" in stage.problem_said()
    stage.close_dialogs()
    assert votes.rows[1].boxes["in_favour"].text() == before


def test_somebody_may_be_left_out_only_with_a_basis_and_is_told_apart(
    stage: Stage, page: MeetingsScreen
) -> None:
    del page
    opened = open_first(stage)
    opened.editor.choose(HELD)
    attendance = opened.editor.page.attendance
    assert attendance is not None
    attendance.board.focus_first_unmarked()
    hands.press(Key.Key_F2)
    dialog = stage.dialog(PersonDialog)
    hands.tick(dialog.left_out)
    hands.fill(dialog.basis, "长期卧床")
    stage.press("save", dialog)
    assert attendance.figures.text().startswith("应到23")
    names = [chip.accessibleName() for chip in attendance.board.chips]
    assert any("可不计入应到：长期卧床" in name for name in names)


def test_candidates_are_counted_by_keyboard_in_the_order_of_strokes(
    stage: Stage, page: MeetingsScreen
) -> None:
    del page
    opened = open_first(stage)
    uid = elected(stage.desk, opened.edits.uid)
    opened.asks.show_candidates(uid)
    dialog = stage.dialog(CandidatesDialog)
    names = [one.name for one in _election(stage, opened.edits.uid).candidates]
    assert names == ["李敏", "陈志远", "周建国"]
    first = dialog.findChild(QLineEdit, "candidate_1_in_favour")
    assert first is not None
    first.setFocus()
    for figure in ("18", "1", "0", "10", "9", "0"):
        hands.keys(figure)
        hands.press(Key.Key_Return)
    counted = _election(stage, opened.edits.uid).candidates
    assert [(one.in_favour, one.against, one.abstained) for one in counted[:2]] == [(18, 1, 0), (10, 9, 0)]


def _election(stage: Stage, uid: str) -> Vote:
    votes = reading.meeting(stage.desk.branch, uid).votes
    return next(vote for vote in votes if vote.kind is VoteKind.ELECTION)


def test_files_are_dropped_into_their_slot_and_a_disguised_one_is_refused(
    stage: Stage, page: MeetingsScreen, tmp_path: Path
) -> None:
    del page
    opened = open_first(stage)
    opened.editor.choose(AFTER)
    slot = opened.editor.page.findChild(AttachmentsEditor)
    assert slot is not None
    good, bad = tmp_path / "签到表.pdf", tmp_path / "照片.pdf"
    good.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    slot.place.files_dropped.emit([good])
    assert [one.name for one in reading.meeting(stage.desk.branch, opened.edits.uid).files] == ["签到表.pdf"]
    assert "附件 1" in opened.editor.strip.words
    slot.place.files_dropped.emit([bad])
    assert "照片.pdf" in stage.problem_said()
    assert len(reading.meeting(stage.desk.branch, opened.edits.uid).files) == 1


def test_larger_letters_keep_the_meeting_in_front(stage: Stage, page: MeetingsScreen) -> None:
    del page
    uid = open_first(stage).edits.uid
    old = stage.window
    stage.desk.looks.choose_scale(125)
    stage.wait(lambda: stage.window is not old)
    opened = stage.window.page
    assert isinstance(opened, MeetingScreen)
    assert opened.edits.uid == uid


def test_a_meeting_that_is_gone_leads_back_to_the_list(stage: Stage, page: MeetingsScreen) -> None:
    opened = open_first(stage)
    stage.desk.do(partial(planning.remove_meetings, stage.desk.branch, [opened.edits.uid], "弄错了"))
    stage.close_dialogs()
    stage.wait(lambda: stage.window.page is page)


def test_alt_down_goes_to_the_next_meeting_of_the_kind(stage: Stage, page: MeetingsScreen) -> None:
    del page
    first = open_first(stage).edits.uid
    outcome = planning.plan_like(stage.desk.branch, first)
    stage.desk.adopt(outcome)
    opened = open_first(stage)
    start = opened.edits.uid
    other = ({first, outcome.uid} - {start}).pop()
    opened.step_record()
    opened.step_record(backwards=True)
    opened.step_record()
    assert opened.edits.uid == other


def test_the_list_has_the_keyboard_when_it_comes_to_the_front(stage: Stage) -> None:
    stage.open()
    held_assembly(stage.desk)
    stage.roster().members.grid.setFocus()
    hands.press(Key.Key_2, CTRL)
    page = stage.window.page
    assert isinstance(page, MeetingsScreen)
    assert hands.focused() is page.list.table
