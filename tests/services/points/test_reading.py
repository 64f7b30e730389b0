"""Everybody's points in a year, and one person's to the last point."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.domain.points.tally import explain
from branchdesk.errors import Problem
from branchdesk.services import members, recycle_bin
from branchdesk.services.points.entering import EntryTyped, add_entry, reverse_entry
from branchdesk.services.points.reading import person_points, points_sheet, years_of_points
from branchdesk.services.points.redeeming import RewardTyped, add_reward, redeem
from services.meetings.scenes import House
from services.points.ledgers import (
    ASSIGNED,
    BLOOD,
    DUES,
    LATE,
    PRAISED,
    WATCH,
    enter,
    points_of,
    sheet_of,
)
from support.branches import SettableClock, add, add_one, record, sample_people
from support.contents import assert_sound
from support.counting import statements


def test_everybody_on_the_roster_is_shown_full_and_probationary_without_any_entry(house: House) -> None:
    sheet = sheet_of(house)
    assert {one.name for one in sheet.people} == set(house.people)
    assert [one.name for one in sheet.people[:3]] == ["周建国", "王敏", "赵立新"], "as the roster has them"
    lin = sheet.by_person[house.people["林雪"]]
    assert (lin.category, lin.group, lin.here, lin.total) == ("probationary", "第一党小组", True, Decimal(0))
    assert sheet.organisation_name == "中共青石镇河西村支部委员会"
    assert (sheet.scheme.kind, sheet.form.kind) == ("points.two_scores", "points.two_scores")


def test_a_total_is_made_of_its_entries_and_their_caps(house: House) -> None:
    enter(house, "何静", DUES, "2026.3.12")
    enter(house, "何静", DUES, "2026.3.20")  # the cap of a month leaves nothing of it
    enter(house, "何静", WATCH, "2026.4.18", "2 次")
    enter(house, "何静", LATE, "2026.5.15")
    he = points_of(house, "何静")
    held = {one.bucket.id: one.counted for one in he.tally.buckets}
    assert held == {"base": Decimal("0.5"), "task": 12, "reward": 0, "deduct": -1}
    assert (he.total, he.balance, he.redeemable) == (Decimal("11.5"), Decimal(12), Decimal(12))
    assert len(he.entries) == 4
    assert he.months[3].counted == 12
    assert sheet_of(house).months[he.person] == he.months
    assert any("每月最多 0.5 分" in line for line in explain(he.tally))


def test_a_day_may_be_looked_back_to(house: House) -> None:
    enter(house, "何静", WATCH, "2026.4.18")
    enter(house, "何静", BLOOD, "2026.9.1")
    assert points_of(house, "何静", date(2026, 8, 31)).total == 6
    assert points_of(house, "何静").total == 10
    assert len(points_of(house, "何静", date(2026, 8, 31)).months) == 8


def test_years_are_counted_apart(house: House) -> None:
    enter(house, "何静", WATCH, "2025.12.31")
    enter(house, "何静", WATCH, "2026.1.1", "2")
    he = house.people["何静"]
    assert person_points(house.branch, house.root, he, 2025).total == 6
    assert person_points(house.branch, house.root, he, 2026).total == 12
    assert years_of_points(house.branch, house.root) == [2026, 2025]


def test_who_left_stands_behind_with_what_was_entered_and_without_entries_nowhere(house: House) -> None:
    enter(house, "胡强", WATCH)
    for name in ("胡强", "宋伟"):
        record(house.branch, house.people[name], EventKind.DEPARTED, "2026.10.1", place="外地某支部")
    sheet = sheet_of(house)
    assert [one.name for one in sheet.people if not one.here] == ["胡强"]
    last = sheet.people[-1]
    assert (last.name, last.group, last.total) == ("胡强", "", Decimal(6))
    assert len(sheet.people) == 9
    assert points_of(house, "宋伟", date(2026, 9, 30)).here, "that day both were there"


def test_the_points_of_a_member_who_is_gone_for_good_stay_under_the_name(
    house: House, the_clock: SettableClock
) -> None:
    first = enter(house, "胡强", WATCH)
    enter(house, "胡强", PRAISED)
    reverse_entry(house.branch, first, "重复登记")
    reward = add_reward(house.branch, house.root, RewardTyped("雨伞", "3")).uid
    redeem(house.branch, house.root, house.people["胡强"], reward)
    members.move_to_bin(house.branch, [house.people["胡强"]], "录重了")
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    last = sheet_of(house).people[-1]
    assert (last.name, last.person, last.here) == ("胡强", "name:胡强", False)
    assert (last.total, last.balance, len(last.entries)) == (Decimal(5), Decimal(2), 3)
    assert_sound(house.branch)


def test_namesakes_are_kept_apart_until_nothing_but_the_name_is_left(
    house: House, the_clock: SettableClock
) -> None:
    other = add_one(house.branch, "胡强")
    enter(house, "胡强", WATCH)
    add_entry(house.branch, house.root, EntryTyped(other, PRAISED, "2026.6.10", evidence_title="证书"))

    def clear(uid: str) -> list[tuple[str, Decimal]]:
        members.move_to_bin(house.branch, [uid], "录重了")
        the_clock.move(days=181)
        recycle_bin.empty_expired(house.branch)
        return [(one.person, one.total) for one in sheet_of(house).people if one.name == "胡强"]

    assert clear(house.people["胡强"]) == [(other, Decimal(5)), ("name:胡强", Decimal(6))]
    assert clear(other) == [("name:胡强", Decimal(11))]


def test_somebody_who_is_not_on_the_sheet_is_refused(house: House) -> None:
    with pytest.raises(Problem, match="2026 年的积分里没有这名党员"):
        person_points(house.branch, house.root, "nobody", 2026)


def test_the_hash_stays_until_the_ledger_says_something_else(house: House) -> None:
    uid = enter(house, "何静", ASSIGNED)
    before = sheet_of(house).hash
    add(house.branch, sample_people(3))
    assert sheet_of(house).hash == before
    reverse_entry(house.branch, uid, "记错了")
    assert sheet_of(house).hash != before


def test_the_questions_to_the_file_are_as_many_for_many_people_as_for_few(house: House) -> None:
    def asked() -> int:
        with statements(house.branch) as sent:
            points_sheet(house.branch, house.root, 2026)
        return len(sent)

    enter(house, "何静", ASSIGNED)
    few = asked()
    for uid in add(house.branch, sample_people(40)):
        house.people[uid] = uid
        enter(house, uid, ASSIGNED)
    assert len(sheet_of(house).people) == 50
    assert asked() == few <= 30
