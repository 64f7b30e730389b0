"""The checks before finalising, as the clerk meets them, and switching one off."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.meetings.model import Presence
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.findings import Severity
from branchdesk.services import organisations
from branchdesk.services.meetings import attending, deciding, editing, life, quality, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage import tables
from services.meetings.scenes import THEME_DAY, House
from support.problems import refused


def held(house: House, when: str = "2026.11.19 15:00-16:40") -> str:
    """A meeting against which nothing stands; its uid."""
    uid = house.plan(held=when)
    house.hold(uid)
    return uid


def found(house: House, uid: str) -> dict[str, str]:
    """What is said of a meeting, by the name of the check."""
    return {finding.code: finding.sentence for finding in quality.quality(house.branch, uid)}


def test_against_a_meeting_in_order_nothing_is_said(house: House) -> None:
    assert found(house, held(house)) == {}


def test_a_chair_who_is_no_member_is_named(house: House) -> None:
    uid = held(house)
    editing.set_values(house.branch, uid, {"chair": "某领导"})
    assert "某领导" in found(house, uid)["chair_is_member"]


def test_a_date_outside_the_term_of_the_committee_is_named(house: House) -> None:
    organisations.begin_term(house.branch, house.root, "第五届", date(2026, 6, 1))
    uid = held(house, "2026.5.20 15:00-16:40")
    assert "任期" in found(house, uid)["date_in_term"]
    assert "date_in_term" not in found(house, held(house))


def test_a_sum_that_does_not_agree_stands_against_finalising(house: House) -> None:
    uid = held(house)
    voting.add_vote(house.branch, uid, VoteEntry("同意", in_favour="3", against="0", abstained="0"))
    assert "3" in found(house, uid)["votes_reconcile"]
    house.ready(uid)
    with refused("3", "8", "改正后再定稿"):
        life.finalise(house.branch, uid, accept=True)


def test_absent_people_need_a_reason(house: House) -> None:
    uid = held(house)
    attending.mark(house.branch, uid, {house.person(uid, "宋伟"): Presence.LEAVE})
    assert "宋伟" in found(house, uid)["absence_has_reason"]


def test_the_name_of_another_branch_is_a_leftover(house: House) -> None:
    _neighbour(house)
    uid = held(house)
    text = "周建国：河东村党支部的经验值得学习。"
    editing.set_minutes(house.branch, uid, f"一、学习全会精神\n{text}\n二、讨论工作安排\n{text}好。")
    assert "河东村党支部" in found(house, uid)["no_other_branch"]


def _neighbour(house: House) -> None:
    """A second branch in the same file, beside the one that meets."""
    with house.branch.change("邻村支部") as change:
        uid = change.insert(tables.organisation, {})
        version = {"organisation_uid": uid, "kind": OrganisationKind.BRANCH.value, "position": 9}
        names = {"full_name": "中共青石镇河东村支部委员会", "short_name": "河东村党支部"}
        change.insert(tables.organisation_version, {**version, **names})


def test_two_meetings_of_one_hour_with_the_same_people_are_named(house: House) -> None:
    uid = held(house)
    other = house.plan(THEME_DAY, "2026.11.19 16:00-17:00", topic="祭扫")
    editing.set_values(house.branch, other, {"chair": "周建国"})
    attending.mark_all_present(house.branch, other)
    assert "周建国" in found(house, uid)["same_time_elsewhere"]


def test_what_the_last_meeting_left_open_and_this_one_drops_is_shown(house: House) -> None:
    first = house.plan(held="2026.11.10")
    deciding.add_decision(house.branch, first, DecisionEntry("修好活动室的门", responsible="胡强"))
    uid = held(house)
    assert quality.what_is_dropped(house.branch, uid) == []
    meeting = house.meeting(uid)
    deciding.remove_decisions(house.branch, uid, [one.uid for one in meeting.decisions])
    rest = [(item.uid, item.title) for item in meeting.agenda if item.carried_from is None]
    editing.set_agenda(house.branch, uid, rest)
    assert [one.text for one in quality.what_is_dropped(house.branch, uid)] == ["修好活动室的门"]
    assert "修好活动室的门" in found(house, uid)["open_items_answered"]


def test_minutes_like_those_of_the_last_meeting_are_noticed(house: House) -> None:
    body = "\n".join(f"周建国：第{n}点，抓好窗口服务，材料清单要清楚，少让群众跑腿。" for n in "一二三四五六")
    text = f"一、学习全会精神\n{body}\n二、讨论工作安排\n{body}"
    for when in ("2026.11.10 15:00", "2026.11.19 15:00"):
        uid = held(house, when)
        editing.set_minutes(house.branch, uid, text)
    assert "not_copied" in found(house, uid)


def test_a_check_is_switched_off_for_a_reason_and_said_so(house: House) -> None:
    uid = held(house)
    editing.set_values(house.branch, uid, {"recorder": "周建国"})
    assert "recorder_is_not_chair" in found(house, uid)
    with refused("请写明停用"):
        quality.switch_check(house.branch, "recorder_is_not_chair", " ")
    changes = quality.switch_check(house.branch, "recorder_is_not_chair", "支部只有三名党员")
    assert changes.label == "停用定稿检查“记录人不是主持人”"
    notes = [one for one in quality.quality(house.branch, uid) if one.severity is Severity.NOTE]
    assert "recorder_is_not_chair" not in found(house, uid)
    assert "支部只有三名党员" in notes[0].sentence
    off = [one for one in quality.check_switches(house.branch) if not one.is_on]
    assert [(one.name, one.reason) for one in off] == [("recorder_is_not_chair", "支部只有三名党员")]
    quality.switch_check(house.branch, "recorder_is_not_chair", "人手少")
    assert [one.reason for one in quality.check_switches(house.branch) if not one.is_on] == ["人手少"]
    quality.switch_check(house.branch, "recorder_is_not_chair", None)
    assert "recorder_is_not_chair" in found(house, uid)
    assert not quality.switch_check(house.branch, "recorder_is_not_chair", None)
    with pytest.raises(KeyError):
        quality.switch_check(house.branch, "no_such_check", "x")
