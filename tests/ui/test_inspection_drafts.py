"""What is typed into an inspection and its problems outlives the program, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchdesk.services.inspections import drafts, reading
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.widgets.drafted_text import (
    DRAFT_MILLISECONDS,
    LONGEST_WAIT_MILLISECONDS,
    DraftedText,
)
from support import hands
from support.filled_inspection import filled_inspection, line_id
from support.hands import Key
from support.stage import Stage, known_branch

# A program of its own that types into the plan of a line and says when its draft is kept.
RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from branchdesk import paths
from branchdesk.storage import keyring
keyring._COST.update(memory=64, passes=1, lanes=1)
home, uid, line = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
paths.user_folder = lambda: home / "branches"
paths.settings_file = lambda: home / "settings.json"
paths.log_folder = lambda: home / "log"
from branchdesk.app import Program, make_application
from branchdesk.services import sample
from branchdesk.services.inspections import drafts
from branchdesk.settings import Settings
from branchdesk.ui.entry.reception import Arrival
from branchdesk.ui.input_method.detection import InputMethod, Kind
from branchdesk.ui.preferences import Preferences
application = make_application()
program = Program(application, Preferences(Settings()), InputMethod(Kind.SYSTEM))
program.enter(Arrival(sample.open_known(home / "branches" / "sample")))
window = program.window
window.show_screen("inspection", (uid, line))
plan = window.page.board.pane.answers.texts["plan"]
plan.setFocus()
plan.setPlainText("停电前写的计划。")
def look():
    if drafts.draft_of(program.desk.branch, uid) is not None:
        print("kept", flush=True)
timer = QTimer()
timer.timeout.connect(look)
timer.start(100)
application.exec()
"""


def opened(stage: Stage, uid: str, number: str = "A1") -> InspectionScreen:
    page = stage.go("inspection", (uid, line_id(stage.desk, uid, number)))
    assert isinstance(page, InspectionScreen)
    return page


def plan_of(page: InspectionScreen) -> DraftedText:
    return page.board.pane.answers.texts["plan"]


def stored_plan(stage: Stage, uid: str, number: str = "A1") -> str:
    return reading.inspection(stage.desk.branch, uid).answer(line_id(stage.desk, uid, number)).plan


def test_a_draft_is_kept_soon_after_the_last_key_and_never_later_than_five_seconds() -> None:
    assert DRAFT_MILLISECONDS == 2000
    assert LONGEST_WAIT_MILLISECONDS <= 5000


@pytest.mark.skipif(os.name == "nt", reason="nobody kills a process like that there")
def test_what_was_typed_before_the_program_was_killed_is_offered_and_taken(stage: Stage, home: Path) -> None:
    stage.open()
    uid = filled_inspection(stage.desk)
    line = line_id(stage.desk, uid, "A1")
    stage.end()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", RUN, str(home), uid, line]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == "kept"
        run.kill()
    stage.open(branch=known_branch())
    assert stored_plan(stage, uid) == ""
    page = opened(stage, uid)
    assert page.drafts.bar.isVisible()
    stage.press("take_draft")
    assert not page.drafts.bar.isVisible()
    assert stored_plan(stage, uid) == "停电前写的计划。"
    assert plan_of(page).toPlainText() == "停电前写的计划。"
    assert drafts.draft_of(stage.desk.branch, uid) is None
    stage.desk.undo()
    assert stored_plan(stage, uid) == ""


def test_a_draft_that_is_not_wanted_does_not_come_back(stage: Stage) -> None:
    stage.open()
    uid = filled_inspection(stage.desk)
    drafts.keep_draft(stage.desk.branch, uid, {f"line.{line_id(stage.desk, uid, 'A1')}.plan": "别的话"})
    page = opened(stage, uid)
    assert "要接着写吗" in page.drafts.bar.sentence
    stage.press("drop_draft")
    assert drafts.draft_of(stage.desk.branch, uid) is None
    opened(stage, uid)
    assert not page.drafts.bar.isVisible()
    assert stored_plan(stage, uid) == ""


def test_the_text_of_a_problem_is_drafted_too(stage: Stage) -> None:
    stage.open()
    uid = filled_inspection(stage.desk)
    page = opened(stage, uid, "B4")
    measures = page.board.pane.issues.fields.texts["measures"]
    measures.setFocus()
    hands.write("再加一句。")
    measures.draft_due.emit()
    draft = drafts.draft_of(stage.desk.branch, uid)
    assert draft is not None
    assert [text for name, text in draft.texts.items() if name.endswith(".measures")]
    page.drafts.offer()
    stage.press("take_draft")
    assert reading.sheet(stage.desk.branch, uid).issues[0].measures.startswith("再加一句。")


def test_leaving_the_text_stores_it_and_drops_the_draft(stage: Stage) -> None:
    stage.open()
    uid = filled_inspection(stage.desk)
    page = opened(stage, uid)
    plan_of(page).setFocus()
    hands.write("每月核对一次。")
    plan_of(page).draft_due.emit()
    assert drafts.draft_of(stage.desk.branch, uid) is not None
    hands.press(Key.Key_Tab)
    assert drafts.draft_of(stage.desk.branch, uid) is None
    assert stored_plan(stage, uid) == "每月核对一次。"


def test_closing_the_window_stores_what_is_typed(stage: Stage) -> None:
    stage.open()
    uid = filled_inspection(stage.desk)
    plan_of(opened(stage, uid)).setFocus()
    hands.write("关窗前的一句。")
    stage.window.close()
    stage.end()
    stage.open(branch=known_branch())
    assert stored_plan(stage, uid) == "关窗前的一句。"
