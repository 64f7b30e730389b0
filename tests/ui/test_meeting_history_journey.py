"""The history of a meeting tells every step in the words of its form."""

from __future__ import annotations

from branchdesk.services.meetings import editing
from branchdesk.ui.screens.history import RecordHistoryDialog
from branchdesk.ui.screens.meetings import MeetingScreen
from support import hands
from support.held_meetings import held_assembly
from support.stage import Stage


def test_the_history_of_a_meeting_names_fields_people_and_votes(stage: Stage) -> None:
    stage.open()
    uid = held_assembly(stage.desk)
    stage.desk.adopt(editing.set_values(stage.desk.branch, uid, {"place": "二楼会议室"}))
    page = stage.go("meeting", uid)
    assert isinstance(page, MeetingScreen)
    page.steps.show_history()
    dialog = stage.dialog(RecordHistoryDialog)
    assert dialog.heading.text().startswith("支部党员大会")
    lines = hands.lines(dialog.table)
    assert lines[0][2:5] == ["地点", "三楼党员活动室", "二楼会议室"]
    told = {line[2] for line in lines}
    assert any("签到" in words for words in told)
    assert any("表决" in words for words in told)
