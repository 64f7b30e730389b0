"""The history of a meeting in words that a clerk uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.domain.meetings.model import Presence
from branchdesk.services import history, recycle_bin
from branchdesk.services.meetings import (
    attaching,
    attending,
    deciding,
    editing,
    life,
    phrases,
    planning,
    quality,
    voting,
)
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage.branch import Branch
from services.meetings.scenes import House, settle
from support.branches import SettableClock


@pytest.fixture
def house(branch: Branch, the_clock: SettableClock) -> House:
    """The branch in which meetings are held."""
    the_clock.set(2026, 11, 21)
    return settle(branch)


def newest(house: House, uid: str) -> list[tuple[str, str, str]]:
    """Field, before and after of the newest change of a meeting, the same as the change tells by itself."""
    lines = history.record_history(house.branch, uid)
    told = [(line.field, line.before, line.after) for line in lines if line.seq == lines[0].seq]
    alone = history.lines_of_change(house.branch, lines[0].seq)
    assert {(line.field, line.before, line.after) for line in alone} == set(told)
    return told


def test_fields_are_told_with_their_labels_and_values_in_words(house: House) -> None:
    uid = house.plan(place="会议室")
    editing.set_values(house.branch, uid, {"place": "三楼", "chair": "周建国", "superior_present": "是"})
    told = newest(house, uid)
    assert {("地点", "会议室", "三楼"), ("主持人", "", "周建国")} < set(told)
    assert [after for _field, before, after in told if (before, after) == ("", "是")] == ["是"]
    editing.set_values(house.branch, uid, {"held": "2026.11.18 9:00-10:00", "place": ""})
    told = newest(house, uid)
    assert ("时间", "2026.11.19 15:00–16:40", "2026.11.18 09:00–10:00") in told
    assert ("地点", "三楼", "") in told


def test_lines_of_own_tables_name_table_and_field(house: House) -> None:
    uid = house.plan()
    line = editing.add_line(
        house.branch, uid, "guests", {"guest_name": "潘晓东", "capacity": "activist"}
    ).line
    assert set(newest(house, uid)) == {
        ("列席人员 姓名", "", "潘晓东"),
        ("列席人员 身份", "", "入党积极分子"),
    }
    editing.remove_lines(house.branch, uid, "guests", [line])
    assert ("列席人员 姓名", "潘晓东", "") in newest(house, uid)


def test_marks_steps_votes_and_decisions_are_told(house: House) -> None:
    branch, uid = house.branch, house.plan()
    attending.mark(branch, uid, {house.person(uid, "何静"): Presence.LEAVE}, "住院")
    assert newest(house, uid) == [
        ("签到 何静", "未登记", "请假"),
        ("应到名单 何静 请假、缺席原因", "", "住院"),
    ]
    attending.set_attendance(
        branch, uid, house.person(uid, "胡强"), {"may_vote": False, "made_up_on": "2026.11.20"}
    )
    assert set(newest(house, uid)) == {
        ("应到名单 胡强 有表决权", "是", "否"),
        ("应到名单 胡强 补课日期", "", "2026.11.20"),
    }
    editing.set_agenda(branch, uid, [(None, "学习")])
    assert newest(house, uid) == [("会议议题", "", "学习")]
    vote = voting.add_vote(branch, uid, VoteEntry("同意甲")).line
    assert newest(house, uid) == [("表决", "", "同意甲")]
    agenda = house.meeting(uid).agenda[0].uid
    voting.change_vote(branch, uid, vote, {"in_favour": "5", "kind": "committee", "agenda": agenda})
    told = {field: (before, after) for field, before, after in newest(house, uid)}
    assert told["表决 同意甲 赞成"] == ("", "5")
    assert told["表决 同意甲 所属议题"] == ("", "学习")
    line = deciding.add_decision(branch, uid, DecisionEntry("修门")).line
    deciding.close_decision(branch, uid, line, "好了")
    assert set(newest(house, uid)) == {
        ("议定事项 修门 已办结", "否", "是"),
        ("议定事项 修门 完成日期", "", "2026.11.21"),
        ("议定事项 修门 反馈", "", "好了"),
    }
    life.move(branch, uid, "held")
    assert newest(house, uid) == [("状态", "计划中", "已召开")]


def test_minutes_are_told_by_paragraph(house: House) -> None:
    uid = house.plan()
    editing.set_minutes(house.branch, uid, "周建国：讲话。\n散会。")
    assert newest(house, uid) == [("会议内容", "", "周建国：讲话。"), ("会议内容", "", "散会。")]
    editing.set_minutes(house.branch, uid, "周建国：讲了话。\n散会。")
    assert newest(house, uid) == [("会议内容 讲话。 内容", "讲话。", "讲了话。")]


def test_finalising_and_opening_again_are_told(house: House) -> None:
    uid = house.finalised()
    assert newest(house, uid) == [("状态", "待签字", "已定稿"), ("定稿内容", "", "第 1 次定稿")]
    life.reopen(house.branch, uid, "漏记")
    assert newest(house, uid) == [("状态", "已定稿", "记录整理中"), ("定稿内容 重新打开的原因", "", "漏记")]


def test_coming_going_and_files_are_told(house: House, tmp_path: Path) -> None:
    branch, uid = house.branch, house.plan()
    first = history.record_history(branch, uid)
    assert ("支部党员大会", "", "新建 2026年第1次支部党员大会") in [
        (line.field, line.before, line.after) for line in first
    ]
    path = tmp_path / "照片.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    attaching.attach(branch, uid, path)
    assert newest(house, uid) == [("附件", "", "照片.png")]
    planning.remove_meetings(branch, [uid], "建错了")
    assert newest(house, uid) == [("支部党员大会", "", "已移到回收站 建错了")]
    recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    assert newest(house, uid) == [("支部党员大会", "", "从回收站恢复")]


def test_a_removed_meeting_is_told_of_for_ever(house: House, the_clock: SettableClock) -> None:
    uid = house.plan(place="会议室")
    planning.remove_meetings(house.branch, [uid], "建错了")
    the_clock.move(days=200)
    recycle_bin.empty_expired(house.branch)
    told = {(line.field, line.before, line.after) for line in history.record_history(house.branch, uid)}
    assert ("地点", "会议室", "") in told
    assert ("支部党员大会", "已删除", "") in told
    assert ("应到名单", "周建国", "") in told


def test_what_belongs_to_no_meeting_is_told_too(house: House) -> None:
    changes = phrases.set_phrases(house.branch, ["会议决定："])
    told = [(line.field, line.after) for line in history.lines_of_change(house.branch, changes.seq)]
    assert told == [("会议常用语", "会议决定：")]
    changes = quality.switch_check(house.branch, "late_entry", "停电")
    told = [(line.field, line.after) for line in history.lines_of_change(house.branch, changes.seq)]
    assert told == [("停用的定稿检查", "会后很久才录入的注明补录 停电")]
