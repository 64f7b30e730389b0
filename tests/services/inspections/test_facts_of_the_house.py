"""Facts about the organisation itself: term, posts, groups, files, and what was to be put right."""

from __future__ import annotations

from datetime import date

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.model import Evidence, Fact
from branchdesk.domain.members import EventKind
from branchdesk.partial_dates import PartialDate
from branchdesk.services import organisations
from branchdesk.services.inspections.facts import answer_facts
from branchdesk.services.meetings import deciding, editing, life
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from services.meetings.scenes import House
from support.branches import FIRST_GROUP, SECOND_GROUP, add, edit, record, sample_people

FOURTH = Period(2026, 4, "quarter")
AFTERWARDS = date(2027, 1, 20)
LIFE = "meeting.life"


def fact(house: House, name: str, period: Period = FOURTH, today: date = AFTERWARDS) -> Fact:
    return answer_facts(house.branch, house.root, period, [name], today)[name]


def lacking(found: Fact) -> list[Evidence]:
    return [one for one in found.evidence if one.lacking]


def times(found: Fact) -> int | None:
    """The count of a fact as tests write it."""
    return None if found.value is None else int(found.value)


# ---- term and posts


def test_a_term_is_overdue_once_it_is_over_and_nobody_was_elected(house: House) -> None:
    assert fact(house, "term.overdue").value is None
    organisations.begin_term(house.branch, house.root, "第三届", date(2023, 11, 10))
    third = Period(2026, 3, "quarter")
    assert fact(house, "term.overdue", third).words == "本届任期到 2026.11.10 届满，2026.09.30 在任期内。"
    found = fact(house, "term.overdue")
    assert (times(found), found.evidence[0].uid) == (1, house.root)
    organisations.begin_term(house.branch, house.root, "第四届", date(2026, 12, 20))
    assert fact(house, "term.overdue").value == 0
    assert fact(house, "term.overdue", today=date(2026, 12, 1)).value == 1


def test_a_term_without_a_last_day_ends_by_the_rules_of_its_election(house: House) -> None:
    organisations.begin_term(house.branch, house.root, "", date(2023, 11, 10))
    term = organisations.organisation_file(house.branch, house.root).terms[0]["uid"]
    organisations.set_term(house.branch, term, {"due_on": None})
    assert fact(house, "term.overdue").value == 1
    organisations.set_profile(house.branch, house.root, {"field": "农村"})
    assert fact(house, "term.overdue").value == 0
    organisations.set_term(house.branch, term, {"elected_on": None})
    assert fact(house, "term.overdue").value is None


def test_a_term_that_was_ended_without_another_is_over(house: House) -> None:
    organisations.begin_term(house.branch, house.root, "", date(2025, 11, 10))
    term = organisations.organisation_file(house.branch, house.root).terms[0]["uid"]
    organisations.set_term(house.branch, term, {"ended_on": "2026-11-30"})
    found = fact(house, "term.overdue")
    assert (times(found), "2026.11.30 届满" in found.words) == (1, True)
    assert fact(house, "term.overdue", Period(2026, 3, "quarter")).value == 0


def test_vacant_are_the_posts_that_nobody_on_the_roster_holds(house: House) -> None:
    found = fact(house, "posts.vacant", today=date(2026, 11, 21))
    assert (times(found), found.words) == (0, "2026.11.21 班子成员 3 人，没有缺位。")
    assert {one.title for one in found.evidence} == {"书记 周建国", "组织委员 王敏", "纪检委员 赵立新"}
    record(house.branch, house.people["王敏"], EventKind.DEPARTED, "2026.11.20", place="外地")
    found = fact(house, "posts.vacant", today=date(2026, 11, 21))
    assert (times(found), [one.title for one in lacking(found)]) == (1, ["组织委员"])
    assert fact(house, "posts.vacant", Period(2026, 3, "quarter")).value == 0


def test_a_post_given_up_within_the_term_is_vacant_until_somebody_takes_it(house: House) -> None:
    organisations.begin_term(house.branch, house.root, "", date(2026, 11, 1))
    file = organisations.organisation_file(house.branch, house.root)
    row = next(row for row, post in file.posts if post.code == "organisation")
    term = file.terms[0]["uid"]
    organisations.set_post(
        house.branch, row, {"since": "2026-11-01", "until": "2026-11-18", "term_uid": term}
    )
    found = fact(house, "posts.vacant", today=date(2026, 11, 21))
    assert [one.title for one in lacking(found)] == ["组织委员"]
    organisations.appoint(
        house.branch, house.root, house.people["何静"], "organisation", PartialDate(2026, 11, 19)
    )
    assert fact(house, "posts.vacant", today=date(2026, 11, 21)).value == 0


def test_a_small_branch_needs_a_secretary_and_nobody_else(branch: Branch) -> None:
    root = organisations.root_of(branch)
    people = ("李明", "王芳", "张强")
    uids = add(branch, [{"name": name, "category": "正式党员"} for name in people])
    organisations.appoint(branch, root, uids[0], "secretary", PartialDate(2026, 1))
    found = answer_facts(branch, root, FOURTH, ["posts.vacant"], AFTERWARDS)["posts.vacant"]
    assert (times(found), found.words) == (0, "2026.12.31 班子成员 1 人，没有缺位。")


def test_a_group_without_a_leader_is_named(house: House) -> None:
    found = fact(house, "groups.without_leader")
    assert (times(found), {one.title for one in lacking(found)}) == (2, {FIRST_GROUP, SECOND_GROUP})
    organisations.appoint(
        house.branch, house.root, house.people["孙晓燕"], "group_leader", PartialDate(2026, 3, 1)
    )
    organisations.appoint(
        house.branch, house.groups[SECOND_GROUP], house.people["胡强"], "group_leader", PartialDate(2026, 3)
    )
    found = fact(house, "groups.without_leader")
    assert (times(found), found.words) == (0, "2 个党小组都有组长。")
    assert {one.title for one in found.evidence} == {"第一党小组组长 孙晓燕", "第二党小组组长 胡强"}


# ---- files


def test_files_of_members_lack_what_the_roster_marks(house: House) -> None:
    before = fact(house, "roster.faults")
    edit(house.branch, house.people["何静"], mobile="12")
    found = fact(house, "roster.faults")
    assert before.value is not None
    assert found.value == before.value + 1
    faulty = next(one for one in lacking(found) if one.uid == house.people["何静"])
    assert "手机号" in faulty.lacking


def test_files_without_a_fault_are_counted_as_well(branch: Branch) -> None:
    add(branch, sample_people(1))
    root = organisations.root_of(branch)
    found = answer_facts(branch, root, FOURTH, ["roster.faults"], AFTERWARDS)["roster.faults"]
    assert (times(found), found.words) == (0, "2026.12.31 在册 1 人，档案没有要核对的地方。")
    assert [one.entity for one in found.evidence] == ["organisation"]


def test_only_files_of_those_on_the_roster_of_the_period_count(house: House) -> None:
    edit(house.branch, house.people["何静"], id_number="123")
    record(house.branch, house.people["何静"], EventKind.DEPARTED, "2026.11.20", place="外地")
    third = fact(house, "roster.faults", Period(2026, 3, "quarter"))
    fourth = fact(house, "roster.faults")
    assert house.people["何静"] in {one.uid for one in third.evidence}
    assert house.people["何静"] not in {one.uid for one in fourth.evidence}
    assert "在册 9 人" in fourth.words


def test_a_branch_without_members_has_no_files(branch: Branch) -> None:
    root = organisations.root_of(branch)
    found = answer_facts(branch, root, FOURTH, ["roster.faults"], AFTERWARDS)["roster.faults"]
    assert (times(found), found.evidence) == (None, ())


# ---- rectification lists of life meetings


def life_meeting(house: House) -> str:
    """A life meeting of February with two rectifications and a decision, all due in the year."""
    uid = house.plan(LIFE, "2026.2.5 14:30-17:00")
    life.move(house.branch, uid, "held")
    for problem, due in (("走访少", "2026.6.30"), ("学习不深", "2026.12.20")):
        typed = {"problem": problem, "due_on": due}
        editing.add_line(house.branch, uid, "rectifications", typed)
    entry = DecisionEntry("公布整改清单", responsible="何静", due_on="2026.3.1")
    deciding.add_decision(house.branch, uid, entry)
    return uid


def test_rectifications_of_the_life_meeting_that_are_late_are_counted(house: House) -> None:
    assert fact(house, "life.overdue").value is None
    uid = life_meeting(house)
    first = fact(house, "life.overdue", Period(2026, 1, "quarter"))
    assert (times(first), lacking(first)[0].lacking) == (1, "逾期：公布整改清单")
    assert fact(house, "life.overdue", today=date(2026, 12, 20)).value == 2
    assert fact(house, "life.overdue").value == 3
    lines = house.meeting(uid).lines["rectifications"]
    editing.set_values(house.branch, uid, {"progress": "已走访"}, table="rectifications", line=lines[0].uid)
    decision = house.meeting(uid).decisions[0].uid
    deciding.close_decision(house.branch, uid, decision)
    found = fact(house, "life.overdue")
    assert (times(found), [one.uid for one in found.evidence]) == (1, [uid])
    assert found.words == "到 2026.12.31，整改清单逾期没有销号 1 条：学习不深。"


def test_the_list_of_last_year_is_still_asked_for_and_older_ones_are_not(house: House) -> None:
    life_meeting(house)
    assert fact(house, "life.overdue", Period(2027, 4, "quarter"), date(2028, 1, 5)).value == 3
    assert fact(house, "life.overdue", Period(2028, 1, "quarter"), date(2028, 4, 5)).value is None


# ---- problems of earlier periods


def problem(house: House, text: str, found_on: str, due_on: str = "", **more: str) -> str:
    """A problem of the branch; its uid."""
    row = {"organisation_uid": house.root, "source": "superior", "year": 2026, "text": text}
    with house.branch.change("登记问题") as change:
        return change.insert(tables.issue, {**row, "found_on": found_on, "due_on": due_on or None, **more})


def verified(house: House, issue: str, on: str, *, passed: bool = True) -> None:
    row = {"issue_uid": issue, "verifier": "王敏", "on_date": on, "passed": int(passed), "year": 2026}
    with house.branch.change("验证") as change:
        change.insert(tables.verification, row)


def test_problems_of_earlier_periods_are_open_until_they_are_verified(house: House) -> None:
    assert fact(house, "problems.open").words == "2026年第四季度以前没有留下要整改的问题。"
    late = problem(house, "没有方案", "2026-09-20", "2026-10-05")
    own = problem(house, "本季度的问题", "2026-10-20", "2026-10-25")
    verified(house, own, "2026-10-24")
    done = problem(house, "记录不全", "2026-08-20", "2026-09-05")
    verified(house, done, "2026-09-20", passed=False)
    verified(house, done, "2026-10-08")
    settled = problem(house, "早已销号", "2026-05-20", "2026-06-05")
    verified(house, settled, "2026-06-01")
    found = fact(house, "problems.open")
    assert (times(found), [one.uid for one in lacking(found)]) == (1, [late])
    assert [one.uid for one in found.evidence] == [done, late]
    assert fact(house, "problems.open", today=date(2026, 10, 4)).value == 1  # `done` was due and not verified
    verified(house, late, "2027-01-05")
    assert fact(house, "problems.open").value == 1
    assert fact(house, "problems.open", Period(2027, 1, "quarter")).value == 0


def test_a_problem_whose_time_is_not_over_is_no_fault_of_the_quarter(house: House) -> None:
    fresh = problem(house, "没有时限", "2026-12-28")
    done = problem(house, "刚改好", "2026-12-01", "2026-12-20", done_on="2026-12-28")
    waiting = problem(house, "早改好", "2026-11-01", "2026-11-20", done_on="2026-11-19")
    first = Period(2027, 1, "quarter")
    found = fact(house, "problems.open", first, date(2027, 1, 2))
    assert (times(found), [one.uid for one in lacking(found)]) == (1, [waiting])
    titles = {one.uid: one.title for one in found.evidence}
    assert titles[fresh] == "没有时限（整改时限 2027.01.12，还没有到期）"
    assert titles[done] == "刚改好（已整改，等待验证）"
    assert fact(house, "problems.open", first, date(2027, 1, 13)).value == 3


def test_a_problem_belongs_to_the_period_that_was_inspected(house: House) -> None:
    with house.branch.change("检查表") as change:
        row = {"kind": "inspection.quarter", "version": 1, "organisation_uid": house.root, "year": 2026}
        rest = {"number": 3, "on_date": "2026-09-30", "state": "fed_back", "entered_on": "2026-10-08"}
        third = change.insert(tables.record, {**row, **rest, "title": "三季度检查表"})
    uid = problem(house, "没有方案", "2026-10-08", "2026-10-25", found_in_uid=third)
    found = fact(house, "problems.open")
    assert (times(found), found.evidence[0].entity, found.evidence[0].uid) == (1, "issue", uid)
    assert fact(house, "problems.open", today=date(2026, 10, 20)).value == 0
    assert fact(house, "problems.open", Period(2026, 3, "quarter")).evidence == ()


def test_a_problem_in_the_recycle_bin_is_none(house: House) -> None:
    uid = problem(house, "没有方案", "2026-09-20", "2026-10-05")
    with house.branch.change("删除") as change:
        change.put_in_bin(tables.issue, [uid], "重复", "王敏")
    assert fact(house, "problems.open").value == 0
