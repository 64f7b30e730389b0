"""Beginning meetings: what is filled in, who is expected, what is carried over."""

from __future__ import annotations

import pytest

from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.domain.members import EventKind
from branchdesk.services import members, organisations, recycle_bin
from branchdesk.services.meetings import attending, deciding, editing, life, planning, reading, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import (
    ASSEMBLY,
    COMMITTEE,
    GROUP,
    HELD,
    TALK,
    THEME_DAY,
    House,
)
from support.branches import FIRST_GROUP, SECOND_GROUP, SettableClock, add, record
from support.contents import assert_sound, facts
from support.problems import refused


def names(house: House, uid: str) -> list[str]:
    """Who is expected, in order."""
    return [one.name for one in house.meeting(uid).attendance]


def test_a_planned_meeting_knows_its_day_number_and_roster(house: House) -> None:
    outcome = planning.plan_meeting(house.branch, ASSEMBLY, house.root, {"held": HELD})
    meeting = house.meeting(outcome.uid)
    assert outcome.changes.label == "新建 2026 年第 1 次支部党员大会"
    assert (meeting.title, meeting.year, meeting.number) == ("2026年第1次支部党员大会", 2026, 1)
    assert meeting.on is not None
    assert (meeting.on.written(), meeting.snapshot_on, meeting.entered_on) == (
        "2026-11-19",
        "2026-11-19",
        "2026-11-21",
    )
    assert meeting.state is MeetingState.PLANNED
    assert meeting.organisation_name == "中共青石镇河西村支部委员会"
    assert names(house, outcome.uid)[:3] == ["周建国", "王敏", "赵立新"]
    assert len(meeting.attendance) == 10
    assert_sound(house.branch)


def test_a_meeting_without_a_date_expects_the_roster_of_today(house: House) -> None:
    meeting = house.meeting(house.plan(held=""))
    assert meeting.on is None
    assert meeting.snapshot_on == "2026-11-21"
    assert len(meeting.attendance) == 10


def test_probationary_members_and_those_on_probation_are_expected_and_have_no_vote(house: House) -> None:
    no_vote = {one.name: one.category for one in house.meeting(house.plan()).attendance if not one.may_vote}
    assert no_vote == {"林雪": "probationary", "高峰": "full"}


def test_who_had_no_probation_yet_on_the_day_votes(house: House) -> None:
    no_vote = [one.name for one in house.meeting(house.plan(held="2026.2.20")).attendance if not one.may_vote]
    assert no_vote == ["林雪"]


def test_a_committee_meeting_expects_the_committee_in_the_order_of_posts(house: House) -> None:
    assert names(house, house.plan(COMMITTEE)) == ["周建国", "王敏", "赵立新"]


def test_a_committee_that_was_entered_today_met_last_week_as_well(house: House) -> None:
    outcome = planning.plan_meeting(house.branch, COMMITTEE, house.root, {"held": "2026.11.9 9:00"})
    assert names(house, outcome.uid) == ["周建国", "王敏", "赵立新"]
    assert [finding.code for finding in outcome.findings] == ["committee_assumed"]
    again = attending.fix_roster(house.branch, outcome.uid)
    assert again.findings == outcome.findings
    today = planning.plan_meeting(house.branch, COMMITTEE, house.root, {"held": "2026.11.21 9:00"})
    assert today.findings == ()


def test_a_committee_of_known_dates_is_the_one_of_the_day(house: House) -> None:
    branch = house.branch
    for row, post in organisations.organisation_file(branch, house.root).posts:
        since = "2026-06" if post.code != "discipline" else "2026-11-20"
        organisations.set_post(branch, row, {"since": since})
    assert names(house, house.plan(COMMITTEE)) == ["周建国", "王敏"]
    assert names(house, house.plan(COMMITTEE, "2026.11.20")) == ["周建国", "王敏", "赵立新"]


def test_a_group_meeting_expects_its_group(house: House) -> None:
    uid = house.plan(GROUP, group=house.groups[SECOND_GROUP])
    assert names(house, uid) == ["赵立新", "马俊杰", "宋伟", "胡强", "高峰"]
    assert house.meeting(uid).group_name == SECOND_GROUP


def test_the_group_may_be_named_in_the_place_of_its_branch(house: House) -> None:
    outcome = planning.plan_meeting(house.branch, GROUP, house.groups[FIRST_GROUP], {"held": HELD})
    meeting = house.meeting(outcome.uid)
    assert (meeting.organisation, meeting.group) == (house.root, house.groups[FIRST_GROUP])


def test_a_group_meeting_of_no_group_is_refused(house: House) -> None:
    before = facts(house.branch)
    with refused("党小组会", "请先选择党小组"):
        house.plan(GROUP)
    assert facts(house.branch) == before


def test_groups_count_their_meetings_each_for_itself(house: House) -> None:
    for group in (FIRST_GROUP, SECOND_GROUP, FIRST_GROUP):
        uid = house.plan(GROUP, group=house.groups[group])
    assert house.meeting(uid).number == 2


def test_a_talk_expects_those_who_are_chosen(house: House) -> None:
    uid = house.plan(TALK)
    assert names(house, uid) == []


def test_the_number_counts_the_kind_in_its_year(house: House) -> None:
    first, second = house.plan(), house.plan(held="2026.11.20")
    other, earlier = house.plan(THEME_DAY), house.plan(held="2025.12.20")
    numbers = [
        (house.meeting(uid).year, house.meeting(uid).number) for uid in (first, second, other, earlier)
    ]
    assert numbers == [(2026, 1), (2026, 2), (2026, 1), (2025, 1)]


def test_a_number_in_the_recycle_bin_is_free_again(house: House) -> None:
    planning.remove_meetings(house.branch, [house.plan()], "建错了")
    assert house.meeting(house.plan()).number == 1


def test_place_chair_and_recorder_are_those_of_the_last_meeting(house: House) -> None:
    first = house.plan()
    typed = {"place": "三楼会议室", "chair": "王敏", "recorder": "何静"}
    editing.set_values(house.branch, first, typed)
    values = house.meeting(house.plan(held="2026.11.20")).values
    assert values["place"] == "三楼会议室"
    assert values["chair"] == f"王敏@{house.people['王敏']}"
    assert values["recorder"] == f"何静@{house.people['何静']}"


def test_a_chair_who_has_left_is_not_filled_in(house: House) -> None:
    first = house.plan()
    editing.set_values(house.branch, first, {"place": "三楼会议室", "chair": "胡强"})
    members.move_to_bin(house.branch, [house.people["胡强"]], "转出")
    values = house.meeting(house.plan(held="2026.11.20")).values
    assert values["place"] == "三楼会议室"
    assert "chair" not in values


def test_what_was_typed_counts_more_than_what_would_be_filled_in(house: House) -> None:
    first = house.plan()
    editing.set_values(house.branch, first, {"place": "三楼会议室"})
    uid = house.plan(held="2026.11.20", place="一楼大厅")
    assert house.meeting(uid).values["place"] == "一楼大厅"


def test_what_the_last_meeting_left_open_stands_first_on_the_agenda(house: House) -> None:
    first = house.plan()
    kept = deciding.add_decision(
        house.branch, first, DecisionEntry("修好活动室的门", responsible="胡强")
    ).line
    done = deciding.add_decision(house.branch, first, DecisionEntry("张贴通知")).line
    deciding.close_decision(house.branch, first, done, "贴好了")
    meeting = house.meeting(house.plan(held="2026.11.20"))
    assert [(item.title, item.carried_from) for item in meeting.agenda] == [
        ("上次未办结：修好活动室的门", kept)
    ]
    [decision] = meeting.decisions
    assert (decision.text, decision.responsible, decision.carried_from) == ("修好活动室的门", "胡强", kept)
    assert decision.agenda == meeting.agenda[0].uid


def test_an_open_item_is_carried_from_meeting_to_meeting_once(house: House) -> None:
    deciding.add_decision(house.branch, house.plan(), DecisionEntry("修好活动室的门"))
    second = house.plan(held="2026.11.20")
    third = house.meeting(house.plan(held="2026.11.21"))
    assert len(third.agenda) == len(third.decisions) == 1
    assert third.decisions[0].carried_from == house.meeting(second).decisions[0].uid
    deciding.close_decision(house.branch, third.uid, third.decisions[0].uid)
    assert house.meeting(house.plan(held="2026.11.21")).agenda == ()


def test_a_meeting_that_is_written_down_late_carries_nothing_from_later_ones(house: House) -> None:
    later = house.plan(place="三楼会议室")
    deciding.add_decision(house.branch, later, DecisionEntry("修好活动室的门"))
    meeting = house.meeting(house.plan(held="2026.10.9"))
    assert meeting.decisions == ()
    assert "place" not in meeting.values
    assert [one.text for one in house.meeting(house.plan(held="")).decisions] == ["修好活动室的门"]


def test_another_kind_or_group_carries_nothing(house: House) -> None:
    deciding.add_decision(house.branch, house.plan(), DecisionEntry("修好活动室的门"))
    assert house.meeting(house.plan(THEME_DAY)).decisions == ()


def test_a_meeting_like_the_last_has_its_structure_and_nothing_that_happened(house: House) -> None:
    first = house.finalised()
    deciding.close_decision(house.branch, first, house.meeting(first).decisions[0].uid)
    outcome = planning.plan_like(house.branch, first)
    model, new = house.meeting(first), house.meeting(outcome.uid)
    assert [item.title for item in new.agenda] == [item.title for item in model.agenda]
    assert not {item.uid for item in new.agenda} & {item.uid for item in model.agenda}
    assert (new.on, new.number, new.state) == (None, 2, MeetingState.PLANNED)
    assert (new.passages, new.votes, new.decisions, new.files) == ((), (), (), ())
    assert {one.presence for one in new.attendance} == {Presence.UNMARKED}
    assert "held" not in new.values
    assert new.values["place"] == "三楼会议室"
    assert_sound(house.branch)


def test_a_meeting_like_the_last_carries_its_open_items_once(house: House) -> None:
    first = house.plan()
    deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门"))
    second = house.plan(held="2026.11.20")
    meeting = house.meeting(planning.plan_like(house.branch, second).uid)
    assert [item.title for item in meeting.agenda] == ["上次未办结：修好活动室的门"]
    assert len(meeting.decisions) == 1


def test_undoing_the_beginning_leaves_nothing_behind(house: House) -> None:
    before = facts(house.branch)
    outcome = planning.plan_meeting(house.branch, ASSEMBLY, house.root, {"held": HELD, "place": "会议室"})
    house.branch.undo(outcome.changes.seq)
    assert facts(house.branch) == before
    assert_sound(house.branch)


def test_deleted_meetings_wait_in_the_recycle_bin_and_come_back_whole(house: House) -> None:
    uid = house.plan()
    editing.set_agenda(house.branch, uid, [(None, "学习")])
    before = facts(house.branch)
    changes = planning.remove_meetings(house.branch, [uid], "建错了")
    assert changes.label == "删除 2026 年第 1 次支部党员大会"
    assert reading.meeting_list(house.branch) == []
    with refused("已在回收站里", "恢复"):
        house.meeting(uid)
    with refused("已在回收站里"):
        editing.set_values(house.branch, uid, {"place": "会议室"})
    [item] = recycle_bin.bin_items(house.branch)
    assert (item.kind, item.name, item.why) == ("会议", "2026年第1次支部党员大会", "建错了")
    recycle_bin.take_back(house.branch, [item])
    assert facts(house.branch) == before
    assert_sound(house.branch)


def test_after_the_promised_days_a_meeting_is_removed_with_all_its_parts(
    house: House, the_clock: SettableClock
) -> None:
    before = facts(house.branch)
    uid = house.plan()
    house.hold(uid)
    vote = voting.add_vote(house.branch, uid, VoteEntry("选举委员", "election", seats="1")).line
    voting.add_candidate(house.branch, uid, vote, "何静")
    planning.remove_meetings(house.branch, [uid, house.plan(held="")], "建错了")
    the_clock.move(days=181)
    changes = recycle_bin.empty_expired(house.branch)
    assert facts(house.branch) == before
    assert_sound(house.branch)
    house.branch.undo(changes.seq)
    recycle_bin.take_back(house.branch, recycle_bin.bin_items(house.branch))
    assert house.meeting(uid).votes[0].candidates[0].name == "何静"


def test_minutes_keep_the_names_of_members_who_are_no_longer_in_the_file(
    house: House, the_clock: SettableClock
) -> None:
    uid = house.plan()
    house.hold(uid)
    members.move_to_bin(house.branch, [house.people["周建国"]], "录重了")
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    meeting = house.meeting(uid)
    assert meeting.attendance[0].name == "周建国"
    assert meeting.attendance[0].person is None
    assert {passage.speaker for passage in meeting.passages} == {"周建国"}
    assert_sound(house.branch)


def test_final_minutes_are_not_deleted(house: House) -> None:
    uid = house.finalised()
    with refused("已定稿，不能删除", "重新打开"):
        planning.remove_meetings(house.branch, [house.plan(held="2026.11.20"), uid], "不要了")
    assert len(reading.meeting_list(house.branch)) == 2
    life.reopen(house.branch, uid, "建错了")
    assert planning.remove_meetings(house.branch, [uid], "建错了")
    assert not planning.remove_meetings(house.branch, [], "")


def test_a_kind_that_there_is_not_and_a_field_that_there_is_not_are_bugs(house: House) -> None:
    with pytest.raises(KeyError):
        house.plan("meeting.unknown")
    with pytest.raises(KeyError):
        house.plan(no_such_field="x")
    with pytest.raises(KeyError):
        house.plan(expected="12")


def test_who_was_on_the_roster_that_day_is_expected_whatever_came_later(house: House) -> None:
    record(house.branch, house.people["宋伟"], EventKind.DEPARTED, "2026.11.15", place="外地")
    assert "宋伟" not in names(house, house.plan())
    assert "宋伟" in names(house, house.plan(held="2026.11.10"))


def test_who_is_admitted_or_confirmed_by_a_meeting_does_not_count_at_it_yet(house: House) -> None:
    add(house.branch, [{"name": "谢婷", "category": "预备党员", "admitted_on": "2026.11.19"}])
    record(house.branch, house.people["林雪"], EventKind.CONFIRMED, "2026.11.19")
    that_day = {one.name: one for one in house.meeting(house.plan()).attendance}
    assert "谢婷" not in that_day
    assert (that_day["林雪"].category, that_day["林雪"].may_vote) == ("probationary", False)
    next_day = {one.name: one for one in house.meeting(house.plan(held="2026.11.20")).attendance}
    assert (next_day["谢婷"].category, next_day["谢婷"].may_vote) == ("probationary", False)
    assert (next_day["林雪"].category, next_day["林雪"].may_vote) == ("full", True)


def test_a_meeting_that_comes_back_gets_the_next_number_where_its_own_was_given_away(house: House) -> None:
    first = house.plan()
    planning.remove_meetings(house.branch, [first], "建错了")
    second = house.plan(held="2026.11.20")
    recycle_bin.take_back(house.branch, recycle_bin.bin_items(house.branch))
    assert (house.meeting(second).number, house.meeting(first).number) == (1, 2)
    assert house.meeting(first).title == "2026年第2次支部党员大会"
    assert_sound(house.branch)
