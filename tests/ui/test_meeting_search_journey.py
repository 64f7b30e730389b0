"""A meeting is found by any word of its agenda or place, opened by Enter and printed by Ctrl+Enter."""

from __future__ import annotations

from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.meetings import MeetingScreen
from branchdesk.ui.screens.search import SearchDialog
from support import hands
from support.hands import CTRL, Key
from support.held_meetings import held_assembly
from support.papers import text_of
from support.stage import Stage


def test_a_meeting_is_found_and_opened(stage: Stage) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    hands.press(Key.Key_K, CTRL)
    dialog = stage.dialog(SearchDialog)
    hands.write("预备期考察")
    answers = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert answers[0] == "会议"
    assert "学习贯彻党的二十届四中全会精神" in answers[1]
    hands.press(Key.Key_Return)
    page = stage.window.page
    assert isinstance(page, MeetingScreen)
    assert page.edits.uid == uid


def test_minutes_are_printed_from_the_search(stage: Stage) -> None:
    stage.open()
    held_assembly(stage.desk)
    hands.press(Key.Key_K, CTRL)
    stage.dialog(SearchDialog)
    hands.write("三楼党员活动室")
    hands.press(Key.Key_Return, CTRL)
    dialog = stage.dialog(PrintDialog)
    stage.wait(lambda: bool(dialog.pdf))
    assert "支部党员大会会议记录" in text_of(dialog.pdf)
