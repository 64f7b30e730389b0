"""Whoever was at a meeting has its hours in the ledger, without typing anything."""

from __future__ import annotations

from branchdesk.services.meetings import planning, reading
from branchdesk.services.meetings.attending import mark
from branchdesk.services.meetings.life import move
from branchdesk.services.organisations import root_of
from branchdesk.ui.screens.meetings import MeetingsScreen
from branchdesk.ui.screens.meetings.meeting_list import STUDY
from support import hands
from support.branches import SettableClock
from support.stage import Stage


def test_hours_come_from_attendance(stage: Stage, the_clock: SettableClock) -> None:
    del the_clock
    stage.open()
    branch = stage.desk.branch
    typed = {"held": "2026.10.13 9:00-10:30", "place": "三楼党员活动室"}
    uid = planning.plan_meeting(branch, "meeting.lecture", root_of(branch), typed).uid
    for state in ("noticed", "held"):
        move(branch, uid, state)
    people = reading.meeting(branch, uid).attendance
    present, away = people[0], people[-1]
    mark(branch, uid, {one.uid: "present" for one in people[:-1]})
    mark(branch, uid, {away.uid: "absent"}, "出差")
    page = stage.go("meetings")
    assert isinstance(page, MeetingsScreen)
    page.bar.view.choose(STUDY)
    page.refresh()
    lines = {line[0]: line for line in hands.lines(page.study.table)}
    assert len(lines) == len(people)
    assert (lines[present.name][3], lines[away.name][3]) == ("2", "0")
    assert lines[away.name][2:5] == ["32", "0", "32"]
    assert page.study.sum.text() == "2026 年还有 24 人没有学满。"
