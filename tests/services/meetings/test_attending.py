"""Who was there: marks, reasons, written opinions, people left out, and people who are chosen."""

from __future__ import annotations

import pytest

from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import Presence
from branchdesk.services.meetings import attending, life, reading, voting
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import TALK, House
from support.branches import add, edit
from support.contents import assert_sound
from support.problems import refused


def test_people_are_marked_with_a_reason_and_the_numbers_follow(house: House) -> None:
    uid = house.plan()
    all_here = attending.mark_all_present(house.branch, uid)
    assert all_here.changes.label == "2026 年第 1 次支部党员大会 签到 10 人"
    one = attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.LEAVE}, " 年老住院 ")
    assert one.changes.label == "2026 年第 1 次支部党员大会 签到：何静 请假"
    attending.mark(house.branch, uid, {house.person(uid, "高峰"): "absent"})
    heads = heads_of(house.meeting(uid))
    assert (heads.expected, heads.voters, heads.present, heads.present_voters) == (10, 8, 8, 7)
    assert (heads.leave, heads.absent) == (1, 1)
    kept = next(one for one in house.meeting(uid).attendance if one.name == "何静")
    assert (kept.presence, kept.reason) == (Presence.LEAVE, "年老住院")
    house.branch.undo(one.changes.seq)
    assert heads_of(house.meeting(uid)).leave == 0
    assert_sound(house.branch)


def test_a_mark_without_a_reason_keeps_the_one_that_was_given(house: House) -> None:
    uid = house.plan()
    person = house.person(uid, "何静")
    attending.mark(house.branch, uid, {person: Presence.LEAVE}, "出差")
    attending.mark(house.branch, uid, {person: Presence.ABSENT})
    found = {one.uid: one for one in house.meeting(uid).attendance}
    assert found[person].reason == "出差"
    attending.set_attendance(house.branch, uid, person, {"made_up_on": "2026.11.20"})
    attending.mark(house.branch, uid, {person: Presence.PRESENT})
    found = {one.uid: one for one in house.meeting(uid).attendance}
    assert (found[person].reason, found[person].made_up_on) == ("", "")


def test_all_present_leaves_alone_who_is_marked_already(house: House) -> None:
    uid = house.plan()
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.LEAVE}, "出差")
    outcome = attending.mark_all_present(house.branch, uid)
    assert outcome.changes.label.endswith("签到 9 人")
    assert heads_of(house.meeting(uid)).leave == 1
    assert not attending.mark_all_present(house.branch, uid).changes


def test_a_person_may_be_left_out_with_a_basis(house: House) -> None:
    uid = house.plan()
    person = house.person(uid, "胡强")
    told = attending.set_attendance(house.branch, uid, person, {"counts": False})
    assert [finding.code for finding in told.findings] == ["no_basis"]
    told = attending.set_attendance(house.branch, uid, person, {"basis": "长期卧床"})
    assert told.findings == ()
    assert heads_of(house.meeting(uid)).expected == 9


def test_flags_may_be_typed_or_given(house: House) -> None:
    uid = house.plan()
    person = house.person(uid, "胡强")
    attending.set_attendance(house.branch, uid, person, {"may_vote": "否", "written": "是"})
    found = next(one for one in house.meeting(uid).attendance if one.uid == person)
    assert (found.may_vote, found.written) == (False, True)
    attending.set_attendance(house.branch, uid, person, {"may_vote": True, "written": False})
    found = next(one for one in house.meeting(uid).attendance if one.uid == person)
    assert (found.may_vote, found.written) == (True, False)
    with pytest.raises(KeyError):
        attending.set_attendance(house.branch, uid, person, {"name": "别人"})


def test_a_make_up_day_that_cannot_be_read_is_refused(house: House) -> None:
    uid = house.plan()
    with refused("不是能认出的日期"):
        attending.set_attendance(house.branch, uid, house.person(uid, "胡强"), {"made_up_on": "改天"})


def test_catching_up_is_noted_when_the_minutes_are_final_and_changes_no_page(house: House) -> None:
    uid = house.finalised()
    before = reading.printed(house.branch, uid)
    attending.set_attendance(house.branch, uid, house.person(uid, "宋伟"), {"made_up_on": "2026.11.20"})
    found = {one.name: one.made_up_on for one in house.meeting(uid).attendance}
    assert found["宋伟"] == "2026-11-20"
    assert reading.printed(house.branch, uid) == before


def test_fixing_the_roster_again_keeps_the_marks_of_those_who_stay(house: House) -> None:
    uid = house.plan()
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.LEAVE}, "出差")
    before = {one.person: one.uid for one in house.meeting(uid).attendance}
    new = add(house.branch, [{"name": "谢婷", "category": "正式党员"}])[0]
    edit(house.branch, house.people["何静"], name="何静雅")
    outcome = attending.fix_roster(house.branch, uid)
    after = {one.person: one for one in house.meeting(uid).attendance}
    assert outcome.changes.label == "固定 2026 年第 1 次支部党员大会 的应到名单"
    assert new in after
    assert {person: one.uid for person, one in after.items() if person in before} == before
    kept = after[house.people["何静"]]
    assert (kept.name, kept.presence, kept.reason) == ("何静雅", Presence.LEAVE, "出差")
    assert [one.position for one in house.meeting(uid).attendance] == list(range(11))
    assert_sound(house.branch)


def test_what_happens_to_the_roster_changes_no_meeting(house: House) -> None:
    uid = house.plan()
    before = house.meeting(uid)
    edit(house.branch, house.people["何静"], name="何静雅", group="第二党小组")
    assert house.meeting(uid) == before


def test_people_of_a_talk_are_chosen_one_by_one(house: House) -> None:
    uid = house.plan(TALK)
    outcome = attending.add_expected(house.branch, uid, [house.people["宋伟"], house.people["周建国"]])
    assert outcome.changes.label.endswith("增加 2 名参加人员")
    attending.add_expected(house.branch, uid, [house.people["宋伟"], house.people["何静"]])
    assert [one.name for one in house.meeting(uid).attendance] == ["宋伟", "周建国", "何静"]
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.PRESENT})
    attending.remove_expected(house.branch, uid, [house.person(uid, "周建国")])
    attending.fix_roster(house.branch, uid)
    marks = {one.name: one.presence for one in house.meeting(uid).attendance}
    assert marks == {"宋伟": Presence.UNMARKED, "何静": Presence.PRESENT}
    with refused("不在本支部的名册上"):
        attending.add_expected(house.branch, uid, ["somebody"])
    assert_sound(house.branch)


def test_the_roster_of_an_assembly_is_not_chosen(house: House) -> None:
    uid = house.plan()
    with refused("应到名单由名册得出"):
        attending.add_expected(house.branch, uid, [house.people["宋伟"]])
    with refused("应到名单由名册得出"):
        attending.remove_expected(house.branch, uid, [house.person(uid, "宋伟")])


def test_figures_of_a_vote_follow_the_attendance_until_somebody_types_others(house: House) -> None:
    uid = house.plan()
    followed = voting.add_vote(house.branch, uid, VoteEntry("同意甲")).line
    typed = voting.add_vote(house.branch, uid, VoteEntry("同意乙", eligible="9", present="9")).line
    attending.mark_all_present(house.branch, uid)
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.LEAVE}, "住院")
    undone = attending.set_attendance(house.branch, uid, house.person(uid, "何静"), {"written": True})
    votes = {vote.uid: vote for vote in house.meeting(uid).votes}
    assert (votes[followed].eligible, votes[followed].present, votes[followed].written) == (8, 7, 1)
    assert (votes[typed].eligible, votes[typed].present) == (9, 9)
    house.branch.undo(undone.changes.seq)
    assert house.meeting(uid).votes[0].written == 0


def test_a_meeting_in_another_step_may_still_be_marked(house: House) -> None:
    uid = house.plan()
    life.move(house.branch, uid, "held")
    assert attending.mark_all_present(house.branch, uid).changes


def test_fixing_the_roster_again_says_whose_right_to_vote_it_changed(house: House) -> None:
    uid = house.plan()
    attending.set_attendance(house.branch, uid, house.person(uid, "何静"), {"may_vote": False})
    [finding] = attending.fix_roster(house.branch, uid).findings
    assert "何静 的表决权已按名册改写" in finding.sentence
    assert attending.fix_roster(house.branch, uid).findings == ()
