"""Tab through one meeting: past the last field of a segment it goes on, and comes round."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from branchdesk.settings import Settings
from branchdesk.ui.screens.meetings import MeetingScreen
from branchdesk.ui.screens.meetings.editor import AFTER, BEFORE, HELD
from support import hands
from support.branches import SettableClock
from support.hands import SHIFT, Key
from support.held_meetings import held_assembly
from support.stage import SCREEN, SMALL_SCREEN, Stage

_MOST_TABS = 90


def meeting_at(stage: Stage, segment: str) -> MeetingScreen:
    """An assembly that was held, at a segment, once everything about it has been looked at."""
    page = stage.go("meeting", held_assembly(stage.desk))
    assert isinstance(page, MeetingScreen)
    stage.wait(lambda: bool(page.findings))
    page.editor.choose(segment)
    page.editor.take_focus()
    return page


def walk_out_of(part: QWidget) -> list[QWidget]:
    """Press Tab until the focus leaves a part; where it has been, and at the end where it went."""
    been = [hands.focused()]
    for _press in range(_MOST_TABS):
        hands.press(Key.Key_Tab)
        if hands.focused() is not been[-1]:  # a grid goes from cell to cell
            been.append(hands.focused())
        if not part.isAncestorOf(been[-1]):
            return been
    raise AssertionError(f"Tab does not lead out; it stays at {been[-1].objectName()}")


@pytest.mark.parametrize("segment", [BEFORE, HELD, AFTER])
def test_tab_goes_on_from_the_last_field_to_the_paper(
    stage: Stage, the_clock: SettableClock, segment: str
) -> None:
    del the_clock
    stage.open(size=SCREEN)
    page = meeting_at(stage, segment)
    been = walk_out_of(page.editor.stack)
    assert page.preview.isAncestorOf(been[-1])
    assert len(set(been)) == len(been)


@pytest.mark.parametrize("segment", [BEFORE, HELD, AFTER])
def test_tab_comes_round_to_the_red_button_where_there_is_no_room_for_the_paper(
    stage: Stage, the_clock: SettableClock, segment: str
) -> None:
    del the_clock
    stage.open(Settings(scale=125), SMALL_SCREEN)
    page = meeting_at(stage, segment)
    walk_out_of(page.editor.stack)
    names = []
    for _press in range(_MOST_TABS):
        names.append(hands.focused().objectName())
        if names[-1] == "next_step":
            break
        hands.press(Key.Key_Tab)
    assert names[-1] == "next_step"
    assert names.index("back") < names.index("print")
    while not page.editor.stack.isAncestorOf(hands.focused()) and len(names) < _MOST_TABS:
        hands.press(Key.Key_Tab)
        names.append(hands.focused().objectName())
    assert page.editor.stack.isAncestorOf(hands.focused())


def test_shift_tab_leads_back_the_same_way(stage: Stage, the_clock: SettableClock) -> None:
    del the_clock
    stage.open(size=SCREEN)
    page = meeting_at(stage, BEFORE)
    there = walk_out_of(page.editor.stack)
    back = []
    for _step in there[1:]:
        hands.press(Key.Key_Backtab, SHIFT)
        back.append(hands.focused())
    assert back == there[-2::-1]
