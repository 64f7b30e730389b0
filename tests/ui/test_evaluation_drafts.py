"""What is typed into an evaluation outlives the program, however it ends, and Esc pressed by mistake."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchdesk.services.evaluations import drafts, reading
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import GRADES, STARS
from branchdesk.ui.screens.evaluations.decision_form import OPINION
from branchdesk.ui.screens.evaluations.head_dialog import HeadDialog
from branchdesk.ui.screens.evaluations.stars.dialogs import DeedsDialog, StarTextsDialog
from support import hands
from support.evaluation_page import FIRST, SECOND, choose
from support.hands import Key
from support.held_evaluations import APPRAISAL, SECRETARY, begun
from support.held_evaluations import STARS as STARS_KIND
from support.stage import Stage, known_branch

# A program of its own that types an opinion about a member and says when its draft is kept.
RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from branchdesk import paths
from branchdesk.storage import keyring
keyring._COST.update(memory=64, passes=1, lanes=1)
home, uid = Path(sys.argv[1]), sys.argv[2]
paths.user_folder = lambda: home / "branches"
paths.settings_file = lambda: home / "settings.json"
paths.log_folder = lambda: home / "log"
from branchdesk.app import Program, make_application
from branchdesk.services import sample
from branchdesk.services.evaluations import drafts
from branchdesk.settings import Settings
from branchdesk.ui.entry.reception import Arrival
from branchdesk.ui.input_method.detection import InputMethod, Kind
from branchdesk.ui.preferences import Preferences
application = make_application()
program = Program(application, Preferences(Settings()), InputMethod(Kind.SYSTEM))
program.enter(Arrival(sample.open_known(home / "branches" / "sample")))
window = program.window
window.show_screen("evaluations", (uid, "grades"))
opinion = window.page.grades.decision.texts["opinion"]
opinion.setFocus()
opinion.setPlainText("停电前写的意见。")
def look():
    if drafts.draft_of(program.desk.branch, uid) is not None:
        print("kept", flush=True)
timer = QTimer()
timer.timeout.connect(look)
timer.start(100)
application.exec()
"""


def opened(stage: Stage, uid: str, segment: str) -> EvaluationsScreen:
    page = stage.go("evaluations", (uid, segment))
    assert isinstance(page, EvaluationsScreen)
    return page


def opinion_of(stage: Stage, uid: str, place: int = 0) -> str:
    return reading.sheet(stage.desk.branch, uid).evaluation.subjects[place].opinion


def draft(stage: Stage, uid: str) -> dict[str, str]:
    found = drafts.draft_of(stage.desk.branch, uid)
    return dict(found.texts) if found is not None else {}


@pytest.mark.skipif(os.name == "nt", reason="nobody kills a process like that there")
def test_an_opinion_typed_before_the_program_was_killed_is_offered_and_taken(
    stage: Stage, home: Path
) -> None:
    stage.open()
    uid = begun(stage.desk, APPRAISAL).evaluation.uid
    stage.end()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", RUN, str(home), uid]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == "kept"
        run.kill()
    stage.open(branch=known_branch())
    assert opinion_of(stage, uid) == ""
    page = opened(stage, uid, GRADES)
    assert "要接着写吗" in page.drafts.bar.sentence
    stage.press("take_draft")
    assert opinion_of(stage, uid) == "停电前写的意见。"
    assert draft(stage, uid) == {}
    assert not page.drafts.bar.isVisible()
    stage.desk.undo()
    assert opinion_of(stage, uid) == ""


def test_leaving_an_opinion_stores_it_and_drops_only_its_own_draft(stage: Stage) -> None:
    stage.open()
    sheet = begun(stage.desk, APPRAISAL)
    uid, other = sheet.evaluation.uid, sheet.evaluation.subjects[1].uid
    drafts.keep_draft(stage.desk.branch, uid, {f"subject.{other}.opinion": "另一位的"})
    page = opened(stage, uid, GRADES)
    choose(page, FIRST)
    page.grades.decision.texts[OPINION].setFocus()
    hands.write("作用发挥好。")
    page.grades.decision.texts[OPINION].draft_due.emit()
    assert len(draft(stage, uid)) == 2
    hands.press(Key.Key_Tab)
    assert opinion_of(stage, uid) == "作用发挥好。"
    assert list(draft(stage, uid).values()) == ["另一位的"]
    stage.press("drop_draft")
    assert draft(stage, uid) == {}
    assert opinion_of(stage, uid, 1) == ""


def test_an_opinion_goes_to_whom_it_was_typed_for_when_another_member_is_chosen(stage: Stage) -> None:
    stage.open()
    uid = begun(stage.desk, APPRAISAL).evaluation.uid
    page = opened(stage, uid, GRADES)
    choose(page, FIRST)
    page.grades.decision.texts[OPINION].setFocus()
    hands.write("写给第一位。")
    choose(page, SECOND)
    assert (opinion_of(stage, uid, 0), opinion_of(stage, uid, 1)) == ("写给第一位。", "")


def test_a_story_left_by_mistake_is_given_back_in_its_dialog(stage: Stage) -> None:
    stage.open()
    uid = begun(stage.desk, STARS_KIND).evaluation.uid
    page = opened(stage, uid, STARS)
    hands.press(Key.Key_Return)
    stage.dialog(DeedsDialog).story.setFocus()
    hands.write("汛期值班六次。")
    hands.press(Key.Key_Escape)
    stage.bring_to_front(stage.window)
    assert page.drafts.bar.isVisible()
    stage.press("take_draft")
    again = stage.dialog(DeedsDialog)
    assert again.story.toPlainText() == "汛期值班六次。"
    stage.press("save", again)
    star = reading.sheet(stage.desk.branch, uid).evaluation.stars[0]
    assert star.deeds == "汛期值班六次。"
    assert draft(stage, uid) == {}


def test_the_opinion_of_a_step_of_a_star_is_drafted_and_goes_on_in_that_step(stage: Stage) -> None:
    stage.open()
    uid = begun(stage.desk, STARS_KIND).evaluation.uid
    page = opened(stage, uid, STARS)
    page.stars.deeds.declare()
    stage.press("save", stage.dialog(DeedsDialog))
    stage.press("star_next")
    asked = stage.dialog(StarTextsDialog)
    asked.fields["opinion"].take_focus()
    hands.write("同意推荐。")
    page.commit()  # as when the program locks itself
    assert list(draft(stage, uid).values()) == ["同意推荐。"]
    hands.press(Key.Key_Escape)
    stage.bring_to_front(stage.window)
    stage.press("take_draft")
    assert stage.dialog(StarTextsDialog).fields["opinion"].text() == "同意推荐。"


def test_a_long_text_of_the_head_is_drafted_while_it_is_typed(stage: Stage) -> None:
    stage.open()
    sheet = begun(stage.desk, SECRETARY)
    uid = sheet.evaluation.uid
    page = opened(stage, uid, GRADES)
    page.work.show_head()
    dialog = stage.dialog(HeadDialog)
    field, editor = next(
        (one, editor)
        for pane in dialog.view.panes
        for one, editor in pane.editors.items()
        if sheet.form.by_id[one].type.name == "long_text"
    )
    editor.take_focus()
    hands.write("抓实了学习。")
    page.drafts.due.emit()
    assert draft(stage, uid) == {f"head.{field}": "抓实了学习。"}
    hands.press(Key.Key_Escape)
    assert draft(stage, uid) == {}
    assert reading.sheet(stage.desk.branch, uid).evaluation.values[field] == "抓实了学习。"
