"""The life of a meeting from planned to archived: every step can be taken back, and what is final stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.domain.meetings.model import Meeting, MeetingState, Presence
from branchdesk.services import members, organisations
from branchdesk.services.history import UndoHistory
from branchdesk.services.meetings import (
    attaching,
    attending,
    deciding,
    editing,
    life,
    planning,
    reading,
    voting,
)
from branchdesk.services.meetings.frozen import freeze, thaw
from branchdesk.services.meetings.life import NotFinal
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage.changes import Changes
from services.meetings.scenes import ASSEMBLY, HELD, House
from support.branches import SettableClock, edit, reopened
from support.contents import assert_sound, facts
from support.problems import refused


def test_every_step_of_a_meeting_is_taken_back_and_done_again(house: House) -> None:
    branch, history = house.branch, UndoHistory(house.branch)
    states = [facts(branch)]

    def note(changes: Changes) -> None:
        history.note(changes)
        states.append(facts(branch))

    planned = planning.plan_meeting(branch, ASSEMBLY, house.root, {"held": HELD})
    uid = planned.uid
    note(planned.changes)
    typed = {"place": "三楼会议室", "chair": "周建国", "recorder": "王敏"}
    note(editing.set_values(branch, uid, typed).changes)
    note(editing.set_agenda(branch, uid, [(None, "讨论工作")]).changes)
    note(life.move(branch, uid, MeetingState.NOTICED).changes)
    note(life.move(branch, uid, MeetingState.HELD).changes)
    note(attending.mark_all_present(branch, uid).changes)
    marks = {house.person(uid, "何静"): Presence.LEAVE}
    note(attending.mark(branch, uid, marks, "住院").changes)
    note(life.move(branch, uid, MeetingState.DRAFTED).changes)
    note(editing.set_minutes(branch, uid, "一、讨论工作\n周建国：谈意见。").changes)
    entry = VoteEntry("同意", in_favour="7", against="0", abstained="0")
    note(voting.add_vote(branch, uid, entry).changes)
    note(life.move(branch, uid, MeetingState.FOR_SIGNATURE).changes)
    note(life.finalise(branch, uid, accept=True).changes)
    note(life.archive(branch, uid).changes)
    note(life.reopen(branch, uid, "漏记一项").changes)
    for before in reversed(states[:-1]):
        assert history.undo()
        assert facts(branch) == before
    assert_sound(branch)
    for after in states[1:]:
        assert history.redo()
        assert facts(branch) == after
    assert_sound(branch)


def test_only_steps_that_may_follow_are_taken(house: House) -> None:
    uid = house.plan()
    with refused("不能改为“已定稿”", "下一步可以是"):
        life.finalise(house.branch, uid)
    with refused("不能改为“已归档”"):
        life.archive(house.branch, uid)
    with refused("可以直接修改，不用重新打开"):
        life.reopen(house.branch, uid, "看看")
    assert house.meeting(uid).state is MeetingState.PLANNED


def test_a_meeting_without_a_day_or_of_a_day_to_come_was_not_held(house: House) -> None:
    with refused("还没有填时间"):
        life.move(house.branch, house.plan(held=""), "held")
    with refused("还没有到"):
        life.move(house.branch, house.plan(held="2026.12.24"), "held")


def test_errors_stand_against_finalising_and_nothing_is_stored(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    editing.set_values(house.branch, uid, {"chair": "某领导"})
    house.ready(uid)
    before = facts(house.branch)
    with pytest.raises(NotFinal) as caught:
        life.finalise(house.branch, uid, accept=True)
    assert not caught.value.may_be_accepted
    assert "某领导" in caught.value.sentence
    assert [finding.severity for finding in caught.value.findings] == sorted(
        (finding.severity for finding in caught.value.findings), reverse=True
    )
    assert facts(house.branch) == before


def test_warnings_stand_against_finalising_until_they_are_accepted(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    editing.set_values(house.branch, uid, {"place": ""})
    house.ready(uid)
    with pytest.raises(NotFinal) as caught:
        life.finalise(house.branch, uid)
    assert caught.value.may_be_accepted
    assert "“地点”没有填写" in " ".join(finding.sentence for finding in caught.value.findings)
    outcome = life.finalise(house.branch, uid, accept=True)
    assert outcome.findings == caught.value.findings
    assert house.meeting(uid).state is MeetingState.FINALISED


def test_a_meeting_without_faults_is_finalised_at_once(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    house.ready(uid)
    assert life.move(house.branch, uid, MeetingState.FINALISED).changes.label == (
        "2026 年第 1 次支部党员大会 定稿"
    )
    [version] = reading.versions(house.branch, uid)
    assert (version.revision, version.finalised_on, version.reopened_on) == (0, "2026-11-21", "")


def test_a_frozen_meeting_reads_back_equal(house: House, tmp_path: Path) -> None:
    uid = house.plan()
    house.hold(uid)
    editing.add_line(house.branch, uid, "guests", {"guest_name": "潘晓东"})
    vote = voting.add_vote(house.branch, uid, VoteEntry("补选", "election", seats="1")).line
    voting.add_candidate(house.branch, uid, vote, "何静", house.people["何静"])
    path = tmp_path / "照片.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    attaching.attach(house.branch, uid, path)
    meeting = house.meeting(uid)
    assert thaw(freeze(meeting)) == meeting
    assert freeze(thaw(freeze(meeting))) == freeze(meeting)
    assert thaw(freeze(Meeting("1", "meeting.x", 1, "2"))) == Meeting("1", "meeting.x", 1, "2")


def test_nothing_that_happens_to_the_roster_changes_final_minutes(house: House) -> None:
    uid = house.finalised()
    before = house.meeting(uid)
    edit(house.branch, house.people["周建国"], name="周建邦", group="第二党小组")
    members.move_to_bin(house.branch, [house.people["何静"]], "转出")
    organisations.set_profile(house.branch, house.root, {"full_name": "中共青石镇河东村支部委员会"})
    organisations.set_profile(house.branch, house.groups["第一党小组"], {"short_name": "老年小组"})
    assert house.meeting(uid) == before
    assert reading.printed(house.branch, uid) == before
    assert reading.meeting_version(house.branch, uid, 0) == before
    assert house.meeting(uid).organisation_name == "中共青石镇河西村支部委员会"


def test_minutes_are_opened_again_for_a_reason_and_both_versions_are_kept(
    house: House, the_clock: SettableClock
) -> None:
    uid = house.finalised()
    first = house.meeting(uid)
    with refused("写明重新打开的原因"):
        life.reopen(house.branch, uid, "  ")
    the_clock.move(days=2)
    outcome = life.reopen(house.branch, uid, " 漏记发言 ")
    assert outcome.changes.label == "重新打开 2026 年第 1 次支部党员大会：漏记发言"
    assert house.meeting(uid).state is MeetingState.DRAFTED
    assert house.meeting(uid).revision == 1
    editing.set_values(house.branch, uid, {"place": "一楼大厅"})
    life.finalise(house.branch, uid, accept=True)
    told = [(one.revision, one.reopened_on, one.reopened_why) for one in reading.versions(house.branch, uid)]
    assert told == [(0, "2026-11-23", "漏记发言"), (1, "", "")]
    assert reading.meeting_version(house.branch, uid, 0) == first
    second = reading.meeting_version(house.branch, uid, 1)
    assert (second.values["place"], first.values["place"]) == ("一楼大厅", "三楼会议室")
    assert house.meeting(uid) == second
    with refused("没有第 3 次定稿"):
        reading.meeting_version(house.branch, uid, 2)
    assert len({one.sha256 for one in reading.versions(house.branch, uid)}) == 2


def test_archived_minutes_are_those_that_were_finalised(house: House) -> None:
    uid = house.finalised()
    life.archive(house.branch, uid)
    assert house.meeting(uid).state is MeetingState.ARCHIVED
    with refused("已定稿，不能修改"):
        editing.set_values(house.branch, uid, {"place": "别处"})
    life.reopen(house.branch, uid, "上级要求补充")
    assert house.meeting(uid).state is MeetingState.DRAFTED


def test_everything_is_there_after_closing_and_opening_the_file(house: House) -> None:
    uid = house.finalised()
    before = house.meeting(uid)
    branch = reopened(house.branch)
    assert reading.meeting(branch, uid) == before
    branch.close()


def test_what_was_written_before_is_not_taken_back_once_the_minutes_are_final(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    edited = editing.set_values(house.branch, uid, {"place": "二楼"})
    house.ready(uid)
    final = life.finalise(house.branch, uid, accept=True)
    before = facts(house.branch)
    with refused("已定稿，这一步不能撤销", "重新打开"):
        house.branch.undo(edited.changes.seq)
    assert facts(house.branch) == before
    house.branch.undo(final.changes.seq)
    house.branch.undo(edited.changes.seq)
    assert house.meeting(uid).values["place"] == "三楼会议室"


def test_what_came_after_finalising_is_taken_back_all_the_same(house: House) -> None:
    uid = house.finalised()
    before = facts(house.branch)
    caught_up = attending.set_attendance(
        house.branch, uid, house.person(uid, "宋伟"), {"made_up_on": "2026.11.20"}
    )
    closed = deciding.close_decision(house.branch, uid, house.meeting(uid).decisions[0].uid, "好了")
    signed = attaching.attach_content(house.branch, uid, "签字页.pdf", b"%PDF-1.7")
    for outcome in (signed, closed, caught_up):
        house.branch.undo(outcome.changes.seq)
    assert facts(house.branch) == before


def test_no_step_back_changes_a_title_or_a_roster_that_is_final(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    steps = [
        editing.set_values(house.branch, uid, {"held": "2026.11.18 9:00"}),
        editing.set_number(house.branch, uid, 2026, 7),
        attending.fix_roster(house.branch, uid),
    ]
    house.ready(uid)
    life.finalise(house.branch, uid, accept=True)
    before = facts(house.branch)
    for outcome in steps:
        with refused("已定稿，这一步不能撤销"):
            house.branch.undo(outcome.changes.seq)
    assert facts(house.branch) == before


def test_minutes_that_were_opened_and_changed_do_not_step_back_to_final(house: House) -> None:
    uid = house.finalised()
    opened = life.reopen(house.branch, uid, "漏记一项")
    edited = editing.set_values(house.branch, uid, {"place": "二楼"})
    with refused("后来又有修改，不能直接恢复为定稿", "再定稿一次"):
        house.branch.undo(opened.changes.seq)
    assert house.meeting(uid).state is MeetingState.DRAFTED
    house.branch.undo(edited.changes.seq)
    house.branch.undo(opened.changes.seq)
    assert house.meeting(uid).state is MeetingState.FINALISED
    assert len(reading.versions(house.branch, uid)) == 1


def test_finalising_is_not_done_again_over_what_was_written_since(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    house.ready(uid)
    final = life.finalise(house.branch, uid, accept=True)
    taken_back = house.branch.undo(final.changes.seq)
    editing.set_minutes(house.branch, uid, "另写一份。")
    with refused("后来又有修改"):
        house.branch.undo(taken_back.seq)
    assert house.meeting(uid).state is MeetingState.FOR_SIGNATURE
    assert reading.versions(house.branch, uid) == []
