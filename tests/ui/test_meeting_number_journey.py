"""The number of a meeting is corrected, and whoever was put on the list of a talk is taken off it again."""

from __future__ import annotations

from branchdesk.services.meetings import attending, planning, reading
from branchdesk.services.organisations import root_of
from branchdesk.ui.screens.meetings import MeetingScreen
from branchdesk.ui.screens.meetings.number_dialog import NumberDialog
from branchdesk.ui.screens.meetings.person_dialog import PersonDialog
from branchdesk.ui.screens.meetings.printing import papers_in_order
from support import hands
from support.hands import Key
from support.held_meetings import held_assembly
from support.stage import Stage


def opened(stage: Stage, uid: str) -> MeetingScreen:
    page = stage.go("meeting", uid)
    assert isinstance(page, MeetingScreen)
    return page


def test_year_and_number_are_corrected_and_nonsense_is_explained(stage: Stage) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    page = opened(stage, uid)
    page.steps.ask_for_number()
    dialog = stage.dialog(NumberDialog)
    hands.fill(dialog.number, "四")
    stage.press("save", dialog)
    assert dialog.wrong.text().startswith("“四”不是整数。")
    hands.fill(dialog.number, "４")
    stage.press("save", dialog)
    assert page.title.text() == "支部党员大会 2026 年第 4 次"
    stage.desk.undo()
    assert reading.meeting(stage.desk.branch, uid).number == 1


def test_a_wrong_person_is_taken_off_the_list_of_a_talk(stage: Stage) -> None:
    stage.open()
    branch = stage.desk.branch
    typed = {"held": "2026.11.10 15:00-15:40"}
    uid = planning.plan_meeting(branch, "meeting.talk", root_of(branch), typed).uid
    people = [one.person for one in reading.meeting(branch, held_assembly(stage.desk)).attendance[:2]]
    attending.add_expected(branch, uid, [person for person in people if person])
    page = opened(stage, uid)
    first, second = reading.meeting(branch, uid).attendance
    page.asks.show_person(first.uid)
    dialog = stage.dialog(PersonDialog)
    stage.press("remove_person", dialog)
    assert [one.name for one in reading.meeting(branch, uid).attendance] == [second.name]
    hands.press(Key.Key_Escape)


def test_only_papers_that_a_meeting_can_have_are_offered(stage: Stage) -> None:
    stage.open()
    branch = stage.desk.branch
    talk = reading.meeting(branch, planning.plan_meeting(branch, "meeting.talk", root_of(branch)).uid)
    assert papers_in_order(reading.form_of(branch, talk), talk) == ["minutes", "absent", "make_up"]
    assembly = reading.meeting(branch, held_assembly(stage.desk))
    offered = papers_in_order(reading.form_of(branch, assembly), assembly)
    assert offered[:4] == ["notice", "sign_in", "ballots", "minutes"]
