"""What was held, due and missing, and the study hours that attendance earned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from branchdesk.domain.meetings.model import Presence
from branchdesk.domain.members import EventKind
from branchdesk.services import organisations
from branchdesk.services.meetings import attending, counting, editing, life, planning
from branchdesk.storage.branch import Branch
from services.meetings.scenes import COMMITTEE, GROUP, LECTURE, House
from support.branches import FIRST_GROUP, SettableClock, add, record

QUARTER = (date(2026, 10, 1), date(2026, 12, 31))


def counts(house: House) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Due, held and missing, by activity, period and group."""
    found = counting.activity_counts(house.branch, house.root, *QUARTER)
    return {
        (one.rule.id, one.period_label, one.group_name): (one.due, len(one.held), one.missing)
        for one in found
    }


def test_a_meeting_counts_once_it_was_held(house: House) -> None:
    uid = house.plan()
    assert counts(house)["assembly", "2026年第四季度", ""] == (1, 0, 1)
    life.move(house.branch, uid, "held")
    assert counts(house)["assembly", "2026年第四季度", ""] == (1, 1, 0)
    planning.remove_meetings(house.branch, [uid], "没有开")
    assert counts(house)["assembly", "2026年第四季度", ""] == (1, 0, 1)


def test_groups_owe_their_meetings_each_for_itself(house: House) -> None:
    uid = house.plan(GROUP, "2026.11.3", group=house.groups[FIRST_GROUP])
    life.move(house.branch, uid, "held")
    found = counts(house)
    assert found["group", "2026年11月", FIRST_GROUP] == (1, 1, 0)
    assert found["group", "2026年11月", "第二党小组"] == (1, 0, 1)


def test_a_small_branch_without_a_committee_is_exempt_with_the_basis(branch: Branch) -> None:
    add(branch, [{"name": name, "category": "正式党员"} for name in ("李明", "王芳", "张强")])
    found = counting.activity_counts(branch, organisations.root_of(branch), *QUARTER)
    committee = next(one for one in found if one.rule.id == "committee")
    assert committee.due == 0
    assert "正式党员 3 人" in committee.exempt


def test_a_branch_with_a_committee_owes_its_meetings(house: House) -> None:
    uid = house.plan(COMMITTEE, "2026.11.9 9:00")
    life.move(house.branch, uid, "held")
    assert counts(house)["committee", "2026年11月", ""] == (1, 1, 0)


def test_the_period_in_which_a_branch_was_founded_is_not_missing(house: House) -> None:
    organisations.set_profile(house.branch, house.root, {"founded_on": "2026.11.5"})
    found = counting.activity_counts(house.branch, house.root, *QUARTER)
    assembly = next(one for one in found if one.rule.id == "assembly")
    assert (assembly.due, assembly.missing) == (0, 0)
    assert "2026.11.05 成立" in assembly.exempt


def test_a_branch_without_groups_is_exempt_from_their_meetings(branch: Branch) -> None:
    for group in organisations.organisation_tree(branch).groups(organisations.root_of(branch)):
        organisations.dissolve(branch, group.organisation, date(2026, 1, 1))
    found = counting.activity_counts(branch, organisations.root_of(branch), *QUARTER)
    group_count = next(one for one in found if one.rule.id == "group")
    assert (group_count.due, group_count.exempt) == (0, "本支部没有划分党小组")


def test_being_there_earns_study_hours_and_so_does_catching_up(
    house: House, the_clock: SettableClock
) -> None:
    uid = house.plan(LECTURE, "2026.10.16 15:00-16:30", topic="数据质量")
    editing.set_values(house.branch, uid, {"class_hours": ""})
    life.move(house.branch, uid, "held")
    attending.mark_all_present(house.branch, uid)
    away = {house.person(uid, "何静"): Presence.LEAVE, house.person(uid, "宋伟"): Presence.ABSENT}
    attending.mark(house.branch, uid, away, "出差")
    attending.set_attendance(house.branch, uid, house.person(uid, "宋伟"), {"made_up_on": "2026.10.20"})
    found = {one.name: one for one in counting.study_hours(house.branch, house.root, 2026)}
    assert found["马俊杰"].sum.hours == found["宋伟"].sum.hours == Decimal(2)
    assert found["何静"].sum.hours == 0
    assert (found["周建国"].leader, found["周建国"].sum.target) == (True, 56)
    assert (found["何静"].leader, found["何静"].sum.target, found["何静"].sum.missing) == (
        False,
        32,
        Decimal(32),
    )
    assert found["何静"].findings
    editing.set_values(house.branch, uid, {"class_hours": "3.5"})
    found = {one.name: one for one in counting.study_hours(house.branch, house.root, 2026)}
    assert found["马俊杰"].sum.hours == Decimal("3.5")
    assert found["马俊杰"].sum.hours_of_kind == (("lecture", Decimal("3.5")),)
    the_clock.set(2027, 1, 5)
    assert {one.sum.hours for one in counting.study_hours(house.branch, house.root, 2027)} == {Decimal(0)}


def test_a_meeting_of_unknown_length_earns_nothing(house: House) -> None:
    uid = house.plan(held="2026.11.19")
    life.move(house.branch, uid, "held")
    attending.mark_all_present(house.branch, uid)
    assert {one.sum.hours for one in counting.study_hours(house.branch, house.root, 2026)} == {Decimal(0)}


def test_whoever_left_during_the_year_stands_behind_the_others(house: House) -> None:
    uid = house.plan()
    life.move(house.branch, uid, "held")
    attending.mark_all_present(house.branch, uid)
    record(house.branch, house.people["宋伟"], EventKind.DEPARTED, "2026.11.20", place="外地")
    found = counting.study_hours(house.branch, house.root, 2026)
    assert (found[-1].name, found[-1].sum.target, found[-1].sum.hours) == ("宋伟", None, Decimal(2))
