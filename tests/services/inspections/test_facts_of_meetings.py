"""Facts about meetings: what was due, held and missing, who came, and what records lack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.model import Evidence, Fact
from branchdesk.domain.meetings.model import Presence
from branchdesk.services import organisations
from branchdesk.services.inspections.facts import answer_facts
from branchdesk.services.meetings import attaching, attending, deciding, editing, life, quality, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage.branch import Branch
from services.meetings.scenes import COMMITTEE, GROUP, LECTURE, TALK, THEME_DAY, House
from support.branches import FIRST_GROUP, SECOND_GROUP, SettableClock, add

STUDY = "meeting.study"
FOURTH = Period(2026, 4, "quarter")
AFTERWARDS = date(2027, 1, 20)


def fact(house: House, name: str, period: Period = FOURTH, today: date = AFTERWARDS) -> Fact:
    return answer_facts(house.branch, house.root, period, [name], today)[name]


def lacking(found: Fact) -> list[Evidence]:
    return [one for one in found.evidence if one.lacking]


def times(found: Fact) -> int | None:
    """The count of a fact as tests write it."""
    return None if found.value is None else int(found.value)


def held(house: House, kind: str, when: str, **typed: str) -> str:
    """A meeting that was held; its uid."""
    uid = house.plan(kind, when, **typed)
    life.move(house.branch, uid, "held")
    return uid


# ---- what was due


def test_a_month_without_a_meeting_of_the_committee_is_named(house: House, the_clock: SettableClock) -> None:
    the_clock.set(2027, 1, 20)
    first, last = held(house, COMMITTEE, "2026.10.13"), held(house, COMMITTEE, "2026.12.8")
    found = fact(house, "committee.missing")
    assert found.value == 1
    assert found.words == "2026年第四季度支部委员会会议应有 3 次，已有 2 次，缺 1 次：2026年11月。"
    assert [one.uid for one in found.evidence if one.uid] == [first, last]
    assert [(one.title, one.lacking) for one in lacking(found)] == [("支部委员会会议 2026年11月", "没有记录")]


def test_two_meetings_in_one_month_do_not_make_up_for_another(house: House) -> None:
    held(house, COMMITTEE, "2026.10.13")
    held(house, COMMITTEE, "2026.10.20")
    found = fact(house, "committee.missing", today=date(2026, 12, 1))
    assert (times(found), "应有 3 次，已有 2 次，缺 1 次：2026年11月" in found.words) == (1, True)


def test_a_running_period_misses_only_what_is_over(house: House) -> None:
    assert fact(house, "committee.missing", today=date(2026, 11, 21)).value == 1
    assert fact(house, "committee.missing", today=date(2026, 12, 31)).value == 2
    assert fact(house, "committee.missing", today=date(2027, 1, 1)).value == 3
    assembly = fact(house, "assembly.missing", today=date(2026, 12, 31))
    assert assembly.value == 0
    assert assembly.words == (
        "2026年第四季度支部党员大会应有 1 次，已有 0 次，到期的没有缺次。本期还没有结束，算到 2026.12.31。"
    )


def test_gaps_of_groups_bear_their_names(house: House, the_clock: SettableClock) -> None:
    the_clock.set(2027, 1, 20)
    for month in (10, 11, 12):
        uid = house.plan(GROUP, f"2026.{month}.5", group=house.groups[FIRST_GROUP])
        life.move(house.branch, uid, "held")
    found = fact(house, "group.missing")
    assert found.value == 3
    assert {one.title for one in lacking(found)} == {
        f"{SECOND_GROUP} 党小组会 2026年{month}月" for month in (10, 11, 12)
    }
    assert all(one.title.startswith(FIRST_GROUP) for one in found.evidence if one.uid)


def test_a_branch_without_groups_or_committee_is_asked_for_neither(branch: Branch) -> None:
    root = organisations.root_of(branch)
    for group in organisations.organisation_tree(branch).groups(root):
        organisations.dissolve(branch, group.organisation, date(2026, 1, 1))
    add(branch, [{"name": name, "category": "正式党员"} for name in ("李明", "王芳", "张强")])
    names = ["group.missing", "groups.without_leader", "committee.missing", "assembly.missing"]
    found = answer_facts(branch, root, FOURTH, names, AFTERWARDS)
    assert [fact.value for fact in found.values()] == [None, None, None, 1]
    assert found["group.missing"].words == "党小组会：本支部没有划分党小组，不计缺次。"
    assert found["groups.without_leader"].words == "本支部没有划分党小组，这一项不适用。"
    assert "正式党员 3 人，不足 7 人" in found["committee.missing"].words


def test_what_was_due_before_the_branch_was_founded_is_not_missing(house: House) -> None:
    organisations.set_profile(house.branch, house.root, {"founded_on": "2026.11.5"})
    assembly = fact(house, "assembly.missing")
    assert (times(assembly), "2026.11.05 成立" in assembly.words) == (None, True)
    assert fact(house, "theme_day.missing").value == 1


# ---- what meetings lack


def test_an_assembly_without_agenda_or_resolution_is_counted(house: House) -> None:
    uid = held(house, "meeting.assembly", "2026.10.15 15:00-16:00")
    assert fact(house, "assembly.undecided").value == 1
    editing.set_agenda(house.branch, uid, [(None, "学习")])
    assert fact(house, "assembly.undecided").value == 1
    voting.add_vote(house.branch, uid, VoteEntry("同意", in_favour="8", against="0", abstained="0"))
    found = fact(house, "assembly.undecided")
    assert (times(found), lacking(found)) == (0, [])
    other = held(house, "meeting.assembly", "2026.11.15 15:00-16:00")
    editing.set_agenda(house.branch, other, [(None, "安排")])
    deciding.add_decision(house.branch, other, DecisionEntry("打扫", responsible="何静"))
    assert fact(house, "assembly.undecided").value == 0


def test_a_theme_day_needs_a_scheme_among_its_files(house: House) -> None:
    first, second = held(house, THEME_DAY, "2026.10.16"), held(house, THEME_DAY, "2026.11.20")
    attaching.attach_content(house.branch, first, "方案.pdf", b"%PDF-1.7\n", "scheme_files")
    attaching.attach_content(house.branch, second, "通知.pdf", b"%PDF-1.7\n", "notice_files")
    found = fact(house, "theme_day.without_plan")
    assert found.words == "2026年第四季度主题党日 2 次，没有活动方案的 1 次：2026.11.20 主题党日。"
    assert [one.uid for one in lacking(found)] == [second]


def test_without_any_record_nothing_is_faulty(house: House) -> None:
    assert fact(house, "theme_day.without_plan").value == 0
    assert fact(house, "assembly.undecided").words == (
        "2026年第四季度没有党员大会的记录，没有可查的议题或决议。"
    )
    assert {fact(house, name).value for name in ("minutes.faults", "study.faults")} == {None}
    assert {fact(house, f"attendance.{name}").value for name in ("rate", "leave_without_reason")} == {None}


def test_final_minutes_have_no_faults_and_open_ones_are_looked_through(
    house: House, the_clock: SettableClock
) -> None:
    house.finalised("2026.10.15 15:00-16:00")
    uid = house.plan(held="2026.11.5 15:00-16:00")
    house.hold(uid)
    life.move(house.branch, uid, "held")
    the_clock.set(2027, 1, 20)
    found = fact(house, "minutes.faults")
    assert (times(found), [one.lacking for one in lacking(found)]) == (1, ["还没有定稿签字"])
    editing.set_values(house.branch, uid, {"recorder": "周建国"})
    editing.set_minutes(house.branch, uid, "")
    found = fact(house, "minutes.faults")
    assert found.value == 3
    assert "既是主持人又是记录人" in lacking(found)[0].lacking
    quality.switch_check(house.branch, "recorder_is_not_chair", "上级同意")
    assert fact(house, "minutes.faults").value == 2


def test_minutes_are_not_due_in_the_first_days_after_the_meeting(house: House) -> None:
    held(house, "meeting.assembly", "2026.11.19 15:00-16:00")
    assert fact(house, "minutes.faults", today=date(2026, 11, 26)).value is None
    found = fact(house, "minutes.faults", today=date(2026, 11, 27))
    texts = lacking(found)[0].lacking.split("；")
    assert texts[:3] == ["“地点”没有填写", "“主持人”没有填写", "“记录人”没有填写"]
    assert texts[-2:] == ["会议内容还是空的，请先写会议记录", "还没有定稿签字"]
    assert found.value == 6


def test_a_record_of_study_lacks_who_came_what_was_studied_and_what_was_said(
    house: House, the_clock: SettableClock
) -> None:
    uid = held(house, STUDY, "2026.10.14 15:00-16:30", topic="学习条例", place="会议室", chair="周建国")
    the_clock.set(2027, 1, 20)
    found = fact(house, "study.faults")
    assert (times(found), lacking(found)[0].lacking) == (
        4,
        "“记录人”没有填写；“学习内容”没有填写；没有签到；没有发言记录",
    )
    editing.set_values(house.branch, uid, {"recorder": "王敏", "study_content": "第一章"})
    attending.mark_all_present(house.branch, uid)
    editing.set_minutes(house.branch, uid, "周建国：谈认识。")
    assert fact(house, "study.faults").value == 0
    assert fact(house, "minutes.faults").value is None


# ---- plans of study and talks


def test_study_that_was_planned_and_not_held_is_missing(house: House) -> None:
    assert fact(house, "study.missing").value is None
    planned = house.plan(STUDY, "2026.11.25 15:00-16:30")
    assert fact(house, "study.missing", today=date(2026, 11, 25)).value is None
    found = fact(house, "study.missing")
    assert (times(found), [one.uid for one in lacking(found)]) == (1, [planned])
    held(house, STUDY, "2026.10.14 15:00-16:30")
    assert fact(house, "study.missing").words == (
        "2026年第四季度集中学习已有记录 1 次，计划了没有记录的 1 次：2026.11.25 集中学习。"
    )


def test_at_the_end_of_the_year_everybody_was_talked_with(house: House, the_clock: SettableClock) -> None:
    typed = {"talker": "周建国", "partner": "何静"}
    held(house, TALK, "2026.4.15 16:00-16:40", **typed)
    assert fact(house, "talk.missing", today=date(2026, 12, 31)).value is None
    assert fact(house, "talk.missing", Period(2026, 2, "quarter")).value == 0
    found = fact(house, "talk.missing")
    assert found.value == 8
    assert {one.title for one in lacking(found)} == set(house.people) - {"周建国", "何静"}
    planned = house.plan(TALK, "2026.12.3", talker="周建国", partner="胡强")
    assert fact(house, "talk.missing").value == 8
    house.plan(TALK, "2026.12.4", talker="周建国", partner="何静")
    found = fact(house, "talk.missing")
    assert found.value == 9
    assert "另有计划了没有记录的 1 次：2026.12.04 谈心谈话。" in found.words
    the_clock.set(2026, 12, 5)
    life.move(house.branch, planned, "held")
    assert fact(house, "talk.missing").value == 8


def test_a_year_without_a_lecture_of_the_secretary_is_missed_at_its_end(house: House) -> None:
    held(house, LECTURE, "2026.10.16 15:00-16:30", lecturer="王敏")
    running = fact(house, "lecture.secretary_missing", today=date(2026, 12, 31))
    assert (times(running), "现在还不计缺" in running.words) == (0, True)
    found = fact(house, "lecture.secretary_missing")
    assert (times(found), lacking(found)[0].title) == (1, "书记讲党课 2026 年")
    spring = held(house, LECTURE, "2026.3.16 15:00-16:30", lecturer="周建国")
    found = fact(house, "lecture.secretary_missing")
    assert (times(found), [one.uid for one in found.evidence]) == (0, [spring])
    assert fact(house, "lecture.missing").value == 0


def test_without_posts_nobody_knows_who_is_secretary(branch: Branch) -> None:
    root = organisations.root_of(branch)
    found = answer_facts(branch, root, FOURTH, ["lecture.secretary_missing", "posts.vacant"], AFTERWARDS)
    assert {one.value for one in found.values()} == {None}


# ---- who came


def test_the_rate_sums_those_who_came_over_all_meetings(house: House) -> None:
    first = held(house, "meeting.assembly", "2026.10.15 15:00-16:00")
    attending.mark_all_present(house.branch, first)
    attending.mark(house.branch, first, {house.person(first, "何静"): Presence.LEAVE}, "出差")
    second = held(house, COMMITTEE, "2026.10.20 9:00")
    attending.mark_all_present(house.branch, second)
    held(house, THEME_DAY, "2026.11.20")  # nobody was marked, so nobody knows
    found = fact(house, "attendance.rate")
    assert found.value == Decimal("92.3")  # 12 of 13
    assert found.words == "2026年第四季度 2 次会议应到 13 人次，实到 12 人次，到会率 92.3%。"
    assert {one.uid: (one.title.partition("（")[2], one.lacking) for one in found.evidence} == {
        first: ("应到 10 人，实到 9 人）", ""),
        second: ("应到 3 人，实到 3 人）", ""),
    }
    attending.set_attendance(
        house.branch, first, house.person(first, "何静"), {"counts": False, "basis": "长期患病"}
    )
    assert fact(house, "attendance.rate").value == 100


def test_a_roll_that_is_not_finished_lowers_no_rate(house: House) -> None:
    first = held(house, "meeting.assembly", "2026.10.15 15:00-16:00")
    attending.mark_all_present(house.branch, first)
    second = held(house, THEME_DAY, "2026.11.20")
    attending.mark(house.branch, second, {house.person(second, "何静"): Presence.PRESENT})
    found = fact(house, "attendance.rate")
    assert found.value == 100
    assert [(one.uid, one.lacking) for one in lacking(found)] == [(second, "签到没有标完，没有计入")]


def test_leave_needs_its_reason(house: House) -> None:
    uid = held(house, "meeting.assembly", "2026.10.15 15:00-16:00")
    attending.mark_all_present(house.branch, uid)
    away = {house.person(uid, "何静"): Presence.LEAVE, house.person(uid, "宋伟"): Presence.ABSENT}
    attending.mark(house.branch, uid, away)
    found = fact(house, "attendance.leave_without_reason")
    assert (times(found), lacking(found)[0].lacking) == (1, "何静 请假没有事由")
    attending.set_attendance(house.branch, uid, house.person(uid, "何静"), {"reason": "出差"})
    found = fact(house, "attendance.leave_without_reason")
    assert (times(found), found.words) == (0, "2026年第四季度请假 1 人次，都写了事由。")


# ---- study hours


def test_study_hours_are_the_mean_of_what_each_reached_of_the_quarter(
    house: House, the_clock: SettableClock
) -> None:
    the_clock.set(2027, 1, 20)
    uid = held(house, STUDY, "2026.10.14 15:00-18:00")  # four study hours
    attending.mark_all_present(house.branch, uid)
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.ABSENT}, "出差")
    found = fact(house, "study_hours.rate")
    # Three of the committee reached 4 of 14, six members 4 of 8, one none.
    assert found.value == Decimal("38.6")
    assert "应学 8 学时，班子成员 14 学时" in found.words
    assert found.evidence[0].uid == uid
    away = next(one for one in found.evidence if one.title == "何静")
    assert (away.uid, away.lacking) == (house.people["何静"], "已学 0 学时，应学 8 学时")


def test_a_running_quarter_asks_for_the_hours_of_the_months_that_are_over(house: House) -> None:
    uid = held(house, STUDY, "2026.10.14 15:00-18:00")
    attending.mark_all_present(house.branch, uid)
    assert fact(house, "study_hours.rate", today=date(2026, 10, 31)).value is None
    november = fact(house, "study_hours.rate", today=date(2026, 11, 21))
    assert "应学 2.7 学时，班子成员 4.7 学时" in november.words
    assert november.value == Decimal("95.7")  # three of ten reached 4 of 56/12


def test_who_arrived_within_the_quarter_is_not_behind(house: House) -> None:
    uid = held(house, STUDY, "2026.10.14 12:00-18:00")
    attending.mark_all_present(house.branch, uid)
    before = fact(house, "study_hours.rate", today=date(2026, 11, 21))
    add(house.branch, [{"name": "新来", "category": "正式党员", "arrived_on": "2026.11.2"}])
    after = fact(house, "study_hours.rate", today=date(2026, 11, 21))
    assert before.value == after.value == 100
    assert after.words.startswith("2026年第四季度应学 2.7 学时，班子成员 4.7 学时。10 名党员都已学满。")


def test_a_branch_without_people_has_no_hours(branch: Branch) -> None:
    other = organisations.root_of(branch)
    found = answer_facts(branch, other, Period(1990, 1, "quarter"), ["study_hours.rate"], AFTERWARDS)
    assert found["study_hours.rate"].value is None
