"""What is typed into minutes outlives the program, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchdesk.services.meetings import drafts, reading
from branchdesk.ui.screens.meetings import MeetingScreen
from branchdesk.ui.screens.meetings.editor import HELD
from branchdesk.ui.screens.meetings.minutes_editor import (
    DRAFT_MILLISECONDS,
    LONGEST_WAIT_MILLISECONDS,
    MinutesEditor,
)
from support import hands
from support.hands import CTRL, Key
from support.held_meetings import held_assembly
from support.stage import Stage, known_branch

# A program of its own that types into the minutes and says when its draft is kept.
RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from branchdesk import paths
from branchdesk.storage import keyring
keyring._COST.update(memory=64, passes=1, lanes=1)
home, uid = Path(sys.argv[1]), sys.argv[2]
paths.user_folder = lambda: home / "branches"
paths.settings_file = lambda: home / "settings.json"
paths.log_folder = lambda: home / "log"
from branchdesk.app import Program, make_application
from branchdesk.services import sample
from branchdesk.services.meetings import drafts
from branchdesk.settings import Settings
from branchdesk.ui.entry.reception import Arrival
from branchdesk.ui.input_method.detection import InputMethod, Kind
from branchdesk.ui.preferences import Preferences
application = make_application()
program = Program(application, Preferences(Settings()), InputMethod(Kind.SYSTEM))
program.enter(Arrival(sample.open_known(home / "branches" / "sample")))
window = program.window
window.show_screen("meeting", uid)
window.page.editor.choose("held")
minutes = window.page.editor.page.minutes
minutes.box.setFocus()
minutes.box.moveCursor(QTextCursor.MoveOperation.End)
minutes.box.insertPlainText("停电前写的一句。")
def look():
    if drafts.draft_of(program.desk.branch, uid) is not None:
        print("kept", flush=True)
timer = QTimer()
timer.timeout.connect(look)
timer.start(100)
application.exec()
"""


def minutes_of(page: MeetingScreen) -> MinutesEditor:
    found = page.editor.pages[HELD].minutes
    assert found is not None
    return found


def opened(stage: Stage, uid: str) -> MeetingScreen:
    page = stage.go("meeting", uid)
    assert isinstance(page, MeetingScreen)
    page.editor.choose(HELD)
    return page


def type_behind(page: MeetingScreen, text: str) -> None:
    """Type at the end of the minutes and stay there."""
    box = minutes_of(page).box
    box.setFocus()
    hands.press(Key.Key_End, CTRL)
    hands.write(text)


def test_a_draft_is_kept_soon_after_the_last_key_and_never_later_than_five_seconds() -> None:
    assert DRAFT_MILLISECONDS == 2000
    assert LONGEST_WAIT_MILLISECONDS <= 5000


@pytest.mark.skipif(os.name == "nt", reason="nobody kills a process like that there")
def test_what_was_typed_before_the_program_was_killed_is_offered_and_taken(stage: Stage, home: Path) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    stage.end()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", RUN, str(home), uid]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == "kept"
        run.kill()
    stage.open(branch=known_branch())
    stored = reading.meeting(stage.desk.branch, uid).passages
    page = opened(stage, uid)
    assert page.drafts.bar.isVisible()
    stage.press("take_draft")
    assert not page.drafts.bar.isVisible()
    after = reading.meeting(stage.desk.branch, uid).passages
    assert len(after) == len(stored)
    assert after[-1].text == f"{stored[-1].text}停电前写的一句。"
    assert drafts.draft_of(stage.desk.branch, uid) is None
    stage.desk.undo()
    assert reading.meeting(stage.desk.branch, uid).passages[-1].text == stored[-1].text


def test_a_draft_that_is_not_wanted_does_not_come_back(stage: Stage) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    drafts.keep_draft(stage.desk.branch, uid, {"minutes": "别的话"})
    page = opened(stage, uid)
    assert "要接着写吗" in page.drafts.bar.sentence
    stage.press("drop_draft")
    assert drafts.draft_of(stage.desk.branch, uid) is None
    opened(stage, uid)
    assert not page.drafts.bar.isVisible()
    assert "别的话" not in minutes_of(page).text()


def test_leaving_the_text_stores_it_and_drops_the_draft(stage: Stage) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    page = opened(stage, uid)
    type_behind(page, "最后一句。")
    minutes_of(page).draft_due.emit(minutes_of(page).text())
    assert drafts.draft_of(stage.desk.branch, uid) is not None
    hands.press(Key.Key_Tab)
    assert drafts.draft_of(stage.desk.branch, uid) is None
    assert reading.meeting(stage.desk.branch, uid).passages[-1].text.endswith("最后一句。")


def test_closing_the_window_stores_what_is_typed(stage: Stage) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    type_behind(opened(stage, uid), "关窗前的一句。")
    stage.window.close()
    stage.end()
    stage.open(branch=known_branch())
    assert reading.meeting(stage.desk.branch, uid).passages[-1].text.endswith("关窗前的一句。")
