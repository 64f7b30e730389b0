"""One meeting from the notice to the archive, by keyboard alone, at 125 % on a small screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.services.meetings import reading
from branchdesk.settings import Settings
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.findings_dialog import FindingsDialog
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.meetings import MeetingScreen, MeetingsScreen
from branchdesk.ui.screens.meetings.editor import AFTER, BEFORE, HELD
from branchdesk.ui.screens.meetings.new_meeting import NewMeetingDialog
from branchdesk.ui.screens.meetings.vote_dialog import VoteDialog
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, SHIFT, Key
from support.held_meetings import complete, held_assembly, planned_assembly
from support.papers import text_of
from support.stage import SMALL_SCREEN, Stage

_MOST_TABS = 60


@pytest.fixture
def small(stage: Stage, the_clock: SettableClock) -> Stage:
    """The sample branch in large letters on a small screen, on 21 November 2026."""
    del the_clock
    stage.open(Settings(scale=125), SMALL_SCREEN)
    return stage


def tab_to(name: str, *, backwards: bool = False) -> None:
    """Press Tab until something of that name has the focus."""
    for _press in range(_MOST_TABS):
        if hands.focused().objectName() == name:
            return
        hands.press(*((Key.Key_Backtab, SHIFT) if backwards else (Key.Key_Tab,)))
    raise AssertionError(f"Tab does not lead to {name}; it stays at {hands.focused().objectName()}")


def meeting_page(stage: Stage) -> MeetingScreen:
    page = stage.window.page
    assert isinstance(page, MeetingScreen)
    return page


def opened(stage: Stage, uid: str) -> MeetingScreen:
    stage.go("meeting", uid)
    return meeting_page(stage)


def press_next_step(stage: Stage) -> None:
    """Go to the head with F6 and press the red button."""
    go_to_head(stage)
    tab_to("next_step")
    hands.press(Key.Key_Space)


def choose_segment(stage: Stage, name: str) -> None:
    """Go to the segments with F6 and choose one with the arrows."""
    page = meeting_page(stage)
    for _press in range(5):
        if page.editor.head.isAncestorOf(hands.focused()):
            break
        hands.press(Key.Key_F6)
    for _press in range(3):
        if page.editor.phase == name:
            return
        hands.press(Key.Key_Right)
        hands.press(Key.Key_Space)
    raise AssertionError(f"the arrows do not lead to {name}")


def state_of(stage: Stage, uid: str) -> MeetingState:
    return reading.meeting(stage.desk.branch, uid).state


def begin(stage: Stage) -> str:
    """Begin an assembly with Ctrl+2 and Ctrl+N; its uid."""
    hands.press(Key.Key_2, CTRL)
    assert isinstance(stage.window.page, MeetingsScreen)
    hands.press(Key.Key_N, CTRL)
    stage.dialog(NewMeetingDialog)
    hands.keys("2026.11.19 15:00-16:40")
    hands.press(Key.Key_Return)
    hands.write("三楼党员活动室")
    hands.press(Key.Key_Return, times=2)
    return meeting_page(stage).edits.uid


def prepare(stage: Stage, uid: str) -> None:
    """The agenda, the notice, and that it was held."""
    page = meeting_page(stage)
    assert page.editor.phase == BEFORE
    tab_to("agenda_1")
    hands.write("讨论预备党员转正")
    hands.press(Key.Key_Return)
    hands.write("通过党费使用方案")
    hands.press(Key.Key_Tab)
    titles = [item.title for item in reading.meeting(stage.desk.branch, uid).agenda]
    assert titles == ["讨论预备党员转正", "通过党费使用方案"]
    press_next_step(stage)
    assert state_of(stage, uid) is MeetingState.NOTICED
    take_notice(stage)
    press_next_step(stage)
    assert state_of(stage, uid) is MeetingState.HELD
    assert page.editor.phase == HELD


def take_notice(stage: Stage) -> None:
    """What people are told lies ready to be printed as soon as they are to be told."""
    paper = "".join(text_of(stage.printing().pdf).split())
    assert "关于召开支部党员大会的通知" in paper
    assert "通过党费使用方案" in paper
    hands.press(Key.Key_Escape)
    stage.bring_to_front(stage.window)


def tick(stage: Stage, uid: str) -> None:
    """22 present, one on leave, one absent, each with a reason."""
    attendance = meeting_page(stage).editor.page.attendance
    assert attendance is not None
    tab_to(attendance.board.chips[0].objectName())
    hands.keys("1" * 22 + "2" + "3")
    assert attendance.figures.text().startswith("应到24 实到22 请假1 缺席1")
    people = reading.meeting(stage.desk.branch, uid).attendance
    tab_to(f"reason_{people[-2].uid}")
    hands.write("住院")
    hands.press(Key.Key_Return)
    hands.write("出差")
    hands.press(Key.Key_Tab)
    people = reading.meeting(stage.desk.branch, uid).attendance
    assert [one.reason for one in people[-2:]] == ["住院", "出差"]


def write_minutes(stage: Stage, uid: str) -> None:
    """A heading, and what somebody said who is found by initials."""
    tab_to("minutes")
    hands.write("一、讨论预备党员转正")
    hands.press(Key.Key_F9)
    stage.dialog(PickDialog)
    hands.keys("hj")
    hands.press(Key.Key_Return)
    hands.write("同意转正。")
    hands.press(Key.Key_Tab)
    passages = reading.meeting(stage.desk.branch, uid).passages
    assert [(one.speaker, one.text) for one in passages] == [("何静", "同意转正。")]


def vote(stage: Stage, uid: str) -> None:
    """An open vote in which everybody present is in favour."""
    tab_to("add_vote")
    hands.press(Key.Key_Space)
    stage.dialog(VoteDialog)
    hands.write("通过党费使用方案")
    for _field in range(12):
        if hands.focused().objectName() == "save":
            break
        hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    present = reading.meeting(stage.desk.branch, uid).votes[0].present
    assert hands.focused().objectName() == "vote_in_favour"
    for figure in (str(present), "0", "0"):
        hands.keys(figure)
        hands.press(Key.Key_Return)
    file = meeting_page(stage).file
    assert file is not None
    assert file.votes[0].words == "通过"
    assert "半数" in file.votes[0].explanation


def decide(stage: Stage, uid: str) -> None:
    """One decision with who and until when."""
    choose_segment(stage, AFTER)
    tab_to("decision_new")
    hands.write("公示党费使用方案")
    hands.press(Key.Key_Return)
    hands.write("何静")
    hands.press(Key.Key_Return)
    hands.keys("2026.12.20")
    hands.press(Key.Key_Tab)
    decision = reading.meeting(stage.desk.branch, uid).decisions[0]
    assert (decision.text, decision.responsible, decision.due_on) == (
        "公示党费使用方案",
        "何静",
        "2026-12-20",
    )


def test_a_meeting_is_prepared_held_finalised_and_archived_by_keyboard_alone(small: Stage) -> None:
    uid = begin(small)
    assert meeting_page(small).title.text() == "支部党员大会 2026 年第 1 次"
    prepare(small, uid)
    tick(small, uid)
    write_minutes(small, uid)
    vote(small, uid)
    decide(small, uid)
    for expected in (MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE):
        press_next_step(small)
        assert state_of(small, uid) is expected
    finalise(small)
    assert state_of(small, uid) is MeetingState.FINALISED
    reopen(small, "记录人写错了")
    assert state_of(small, uid) is MeetingState.DRAFTED
    press_next_step(small)
    finalise(small)
    versions = reading.versions(small.desk.branch, uid)
    assert [one.reopened_why for one in versions] == ["记录人写错了", ""]
    press_next_step(small)
    assert state_of(small, uid) is MeetingState.ARCHIVED
    hands.press(Key.Key_Z, CTRL)
    assert state_of(small, uid) is MeetingState.FINALISED
    hands.press(Key.Key_P, CTRL)
    assert "公示党费使用方案" in "".join(text_of(small.printing().pdf).split())
    hands.press(Key.Key_Escape)
    small.bring_to_front(small.window)
    hands.press(Key.Key_Escape)
    assert isinstance(small.window.page, MeetingsScreen)


def finalise(stage: Stage) -> None:
    press_next_step(stage)
    dialog = stage.dialog(FindingsDialog)
    yes = dialog.findChild(QPushButton, "yes")
    assert yes is not None, [one.sentence for one in dialog.findings]
    tab_to("yes")
    hands.press(Key.Key_Return)


def go_to_head(stage: Stage) -> None:
    """To the buttons at the top, from pane to pane."""
    page = meeting_page(stage)
    for _press in range(5):
        if page.head.isAncestorOf(hands.focused()):
            return
        hands.press(Key.Key_F6)
    raise AssertionError("F6 does not lead to the head")


def reopen(stage: Stage, reason: str) -> None:
    go_to_head(stage)
    tab_to("reopen", backwards=True)
    hands.press(Key.Key_Space)
    stage.dialog(LineDialog)
    hands.write(reason)
    hands.press(Key.Key_Return)


def test_keys_mark_and_step_and_arrows_move(small: Stage) -> None:
    uid = planned_assembly(small.desk)
    page = opened(small, uid)
    page.editor.choose(HELD)
    attendance = page.editor.page.attendance
    assert attendance is not None
    board = attendance.board
    board.focus_first_unmarked()
    assert hands.focused() is board.chips[0]
    hands.keys("1")
    assert hands.focused() is board.chips[1]
    hands.press(Key.Key_Right)
    hands.press(Key.Key_2)
    hands.press(Key.Key_Left)
    hands.press(Key.Key_3)
    marks = [one.presence for one in reading.meeting(small.desk.branch, uid).attendance[:4]]
    assert marks == [Presence.PRESENT, Presence.UNMARKED, Presence.ABSENT, Presence.UNMARKED]
    assert "缺席" in board.chips[2].accessibleName()
    below = next(one for one in board.chips if one.y() > board.chips[0].y())
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Down)
    assert hands.focused() is below
    hands.press(Key.Key_Up)
    assert hands.focused() is board.chips[0]
    hands.press(Key.Key_Delete)
    assert reading.meeting(small.desk.branch, uid).attendance[0].presence is Presence.UNMARKED


def test_the_notice_is_not_shown_again_on_the_way_back(small: Stage) -> None:
    page = opened(small, held_assembly(small.desk))
    page.steps.take(MeetingState.NOTICED)
    assert state_of(small, page.edits.uid) is MeetingState.NOTICED
    assert small.application.activeModalWidget() is None


def test_a_click_goes_round_the_states_and_undo_goes_back(small: Stage) -> None:
    uid = planned_assembly(small.desk)
    page = opened(small, uid)
    page.editor.choose(HELD)
    attendance = page.editor.page.attendance
    assert attendance is not None
    chip = attendance.board.chips[3]
    words = []
    for _click in range(3):
        chip.click()
        words.append(chip.word)
    assert words == ["到", "假", "缺"]
    hands.press(Key.Key_Z, CTRL)
    assert chip.word == "假"
    hands.press(Key.Key_Z, CTRL, times=2)
    assert chip.word == "未"
    hands.press(Key.Key_Y, CTRL)
    assert chip.word == "到"


def test_everybody_present_leaves_exceptions_alone(small: Stage) -> None:
    uid = planned_assembly(small.desk)
    page = opened(small, uid)
    page.editor.choose(HELD)
    attendance = page.editor.page.attendance
    assert attendance is not None
    attendance.board.focus_first_unmarked()
    hands.press(Key.Key_3)
    small.press("all_present")
    heads = [one.presence for one in reading.meeting(small.desk.branch, uid).attendance]
    assert heads[0] is Presence.ABSENT
    assert set(heads[1:]) == {Presence.PRESENT}


def test_the_paper_beside_is_what_is_printed(stage: Stage, the_clock: SettableClock) -> None:
    del the_clock
    stage.open()
    page = opened(stage, held_assembly(stage.desk))
    stage.wait(lambda: bool(page.preview.pdf))
    assert "三楼党员活动室" in "".join(text_of(page.preview.pdf).split())
    hands.press(Key.Key_P, CTRL)
    dialog = stage.printing()
    assert isinstance(dialog, PrintDialog)
    assert dialog.pdf == page.preview.pdf
    hands.press(Key.Key_Escape)
    before = page.preview.pdf
    minutes = page.editor.page.minutes
    assert minutes is not None
    minutes.box.setFocus()
    hands.press(Key.Key_End, CTRL)
    hands.press(Key.Key_Return)
    hands.write("会议到此结束。")
    stage.wait(lambda: page.preview.pdf != before)
    assert hands.focused() is minutes.box
    assert "会议到此结束。" in "".join(text_of(page.preview.pdf).split())
    assert not reading.meeting(stage.desk.branch, page.edits.uid).passages[-1].text.startswith("会议到此结束")


def test_f4_shows_the_paper_where_there_is_no_room_for_both(small: Stage) -> None:
    page = opened(small, held_assembly(small.desk))
    assert not page.preview.isVisible()
    hands.press(Key.Key_F4)
    assert page.preview.isVisible()
    assert not page.editor.isVisible()
    small.wait(lambda: bool(page.preview.pdf))
    hands.press(Key.Key_F4)
    assert page.editor.isVisible()


def test_a_final_meeting_is_only_looked_at_but_its_tasks_may_be_closed(small: Stage) -> None:
    uid = held_assembly(small.desk)
    complete(small.desk, uid)
    page = opened(small, uid)
    for state in (MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE):
        page.steps.take(state)
    page.steps.take(MeetingState.FINALISED)
    small.press("yes", small.dialog(FindingsDialog))
    assert "已定稿" in page.banner.sentence
    attendance, minutes = page.editor.pages[HELD].attendance, page.editor.pages[HELD].minutes
    assert attendance is not None
    assert minutes is not None
    assert minutes.box.isReadOnly()
    page.editor.choose(HELD)
    before = attendance.board.chips[0].word
    attendance.board.focus_first_unmarked()
    hands.press(Key.Key_3)
    assert attendance.board.chips[0].word == before
    page.editor.choose(AFTER)
    decisions = page.editor.page.decisions
    assert decisions is not None
    assert decisions.rows[0].text.isReadOnly()
    hands.tick(decisions.rows[0].closed)
    assert reading.meeting(small.desk.branch, uid).decisions[0].closed


def test_errors_stand_against_finalising_and_lead_to_their_place(small: Stage) -> None:
    uid = held_assembly(small.desk)
    page = opened(small, uid)
    for state in (MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE):
        page.steps.take(state)
    page.steps.take(MeetingState.FINALISED)
    dialog = small.dialog(FindingsDialog)
    assert dialog.findChild(QPushButton, "yes") is None
    assert "请在签到格里标明" in dialog.list.item(0).text()
    dialog.list.setFocus()
    hands.press(Key.Key_Return)
    focused = hands.focused()
    assert focused.accessibleName().endswith("未签到")
    assert state_of(small, uid) is MeetingState.FOR_SIGNATURE


def test_a_reason_is_asked_for_before_minutes_are_opened_again(small: Stage) -> None:
    uid = held_assembly(small.desk)
    complete(small.desk, uid)
    page = opened(small, uid)
    for state in (MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE):
        page.steps.take(state)
    page.steps.take(MeetingState.FINALISED)
    small.press("yes", small.dialog(FindingsDialog))
    small.press("reopen")
    dialog = small.dialog(LineDialog)
    hands.press(Key.Key_Return)
    assert dialog.isVisible()
    assert state_of(small, uid) is MeetingState.FINALISED


def test_shift_tab_goes_back_from_the_minutes(small: Stage) -> None:
    page = opened(small, held_assembly(small.desk))
    minutes = page.editor.pages[HELD].minutes
    assert minutes is not None
    minutes.box.setFocus()
    hands.press(Key.Key_Backtab, SHIFT)
    assert hands.focused() is not minutes.box
    assert not isinstance(hands.focused(), QLineEdit) or hands.focused().isVisible()
