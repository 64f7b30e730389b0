"""What the papers of meetings take from a branch file, and that final ones never change."""

from __future__ import annotations

import io

import openpyxl
import pytest

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document, Paragraph
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.errors import Problem
from branchdesk.i18n import Language, speak, spoken
from branchdesk.reports.meetings.papers import (
    MEETING_PAPERS,
    meeting_paper,
    meeting_workbook,
    meetings_workbook,
    volume_paper,
)
from branchdesk.services import members, organisations
from branchdesk.services.forms import publish_form
from branchdesk.services.meetings import attending, deciding, editing, life, planning, reading, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage.branch import Branch
from reports.golden_texts import plain_text, told
from reports.meeting_matters import PLAIN
from support.branches import FIRST_GROUP, FULL_NAME, SettableClock, add_one, edit, groups_of

NAMES = ("周建国", "李敏", "王芳", "高峰", "赵立新")


@pytest.fixture
def meeting(branch: Branch, the_clock: SettableClock) -> str:
    """An assembly that was held, with an absent member, a vote and a decision."""
    del the_clock
    for name in NAMES:
        add_one(branch, name, group=FIRST_GROUP, admitted_on="2001.7.1", confirmed_on="2002.7.1")
    return held(branch)


def held(branch: Branch, day: str = "2026.11.19 15:00-16:40", topic: str = "第四季度大会") -> str:
    """An assembly of that day."""
    root = organisations.root_of(branch)
    typed = {"held": day, "place": "会议室", "chair": "周建国", "recorder": "李敏", "topic": topic}
    uid = planning.plan_meeting(branch, "meeting.assembly", root, typed).uid
    editing.set_agenda(branch, uid, [(None, "学习文件"), (None, "讨论预算")])
    attending.mark_all_present(branch, uid)
    roll = reading.meeting(branch, uid).attendance
    away = next(one.uid for one in roll if one.name == "高峰")
    attending.mark(branch, uid, {away: Presence.LEAVE}, "出差")
    editing.set_minutes(branch, uid, "一、学习文件\n周建国：领学文件。\n二、讨论预算\n大家同意预算方案。")
    voting.add_vote(
        branch, uid, VoteEntry("同意预算", secret=True, in_favour="4", against="0", abstained="0")
    )
    deciding.add_decision(branch, uid, DecisionEntry("公布预算", None, "王芳", "2026.12.1"))
    life.move(branch, uid, MeetingState.HELD)
    life.move(branch, uid, MeetingState.DRAFTED)
    return uid


def finalise(branch: Branch, uid: str) -> None:
    """Make minutes final whatever warnings there are."""
    life.finalise(branch, uid, accept=True)


def paragraphs(document: Document) -> list[str]:
    return [plain_text(block.text) for block in document.blocks if isinstance(block, Paragraph)]


def test_the_minutes_say_what_was_entered(branch: Branch, meeting: str) -> None:
    document = meeting_paper(branch, meeting, "minutes")
    text = told(document)
    assert paragraphs(document)[:2] == ["支部党员大会会议记录", f"{FULL_NAME}　2026年第1次"]
    assert "时　间 / 2026年11月19日 15:00—16:40 / 地　点 / 会议室" in text
    assert "高峰" in text
    assert "\n周建国：领学文件。\n" in text
    assert "赞成4票，反对0票，弃权0票。表决结果：通过。" in text
    assert "公布预算（责任人：王芳；完成时限：2026年12月1日）。" in text
    assert document.made_on.isoformat() == "2026-11-19"
    assert document.watermark == "草稿"


@pytest.mark.parametrize("kind", MEETING_PAPERS)
def test_every_paper_of_a_meeting_can_be_printed(branch: Branch, meeting: str, kind: str) -> None:
    document = meeting_paper(branch, meeting, kind)
    assert count_pages(document) >= 1
    assert document.watermark == ("草稿" if kind in {"minutes", "summary"} else "")
    assert meeting_paper(branch, meeting, kind, draft=True).watermark in {"草稿", ""}
    assert meeting_paper(branch, meeting, kind, draft=False).watermark == ""


def test_final_minutes_are_no_draft_and_print_the_same_for_ever(
    branch: Branch, meeting: str, the_clock: SettableClock
) -> None:
    finalise(branch, meeting)
    first = write_pdf(meeting_paper(branch, meeting, "minutes"))
    assert meeting_paper(branch, meeting, "minutes").watermark == ""
    volume = write_pdf(volume_paper(branch, organisations.root_of(branch), 2026))
    people = {one.name: one.person for one in reading.meeting(branch, meeting).attendance}
    edit(branch, str(people["周建国"]), name="周建华")
    members.move_to_bin(branch, [str(people["李敏"])], "")
    add_one(branch, "新来", admitted_on="2020.7.1")
    the_clock.move(days=400)
    assert write_pdf(meeting_paper(branch, meeting, "minutes")) == first
    assert write_pdf(volume_paper(branch, organisations.root_of(branch), 2026)) == volume


def test_an_earlier_version_still_prints_what_it_said(branch: Branch, meeting: str) -> None:
    finalise(branch, meeting)
    first = write_pdf(meeting_paper(branch, meeting, "minutes"))
    life.reopen(branch, meeting, "时间写错")
    editing.set_values(branch, meeting, {"place": "礼堂"})
    finalise(branch, meeting)
    assert "礼堂" in told(meeting_paper(branch, meeting, "minutes"))
    assert write_pdf(meeting_paper(branch, meeting, "minutes", revision=0)) == first
    with pytest.raises(Problem):
        meeting_paper(branch, meeting, "minutes", revision=7)


def test_what_was_written_down_late_says_so(branch: Branch, meeting: str) -> None:
    late = held(branch, "2026.3.5", "第一季度大会")
    assert "补录：本次会议于2026年3月5日召开，于2026年11月21日补录。" in told(
        meeting_paper(branch, late, "minutes")
    )
    assert "补录" not in told(meeting_paper(branch, meeting, "minutes"))


@pytest.mark.parametrize("kind", ["sign_in", "votes", "ballots", "absent", "make_up"])
def test_a_paper_with_nothing_on_it_is_refused_with_the_way_out(
    branch: Branch, the_clock: SettableClock, kind: str
) -> None:
    del the_clock
    uid = planning.plan_meeting(branch, "meeting.assembly", organisations.root_of(branch)).uid
    with pytest.raises(Problem) as refused:
        meeting_paper(branch, uid, kind)
    assert refused.value.advice


@pytest.mark.parametrize("kind", ["notice", "sign_in", "summary"])
def test_a_talk_in_confidence_has_no_notice_and_no_summary(
    branch: Branch, the_clock: SettableClock, kind: str
) -> None:
    del the_clock
    uid = planning.plan_meeting(branch, "meeting.talk", organisations.root_of(branch)).uid
    with pytest.raises(Problem, match="只有谈话记录"):
        meeting_paper(branch, uid, kind)
    assert count_pages(meeting_paper(branch, uid, "minutes")) == 1


def test_the_volume_binds_what_was_held_in_order_of_time(branch: Branch, meeting: str) -> None:
    root = organisations.root_of(branch)
    held(branch, "2026.3.5", "第一季度大会")
    planning.plan_meeting(branch, "meeting.committee", root, {"held": "2026.12.9"})
    document = volume_paper(branch, root, 2026)
    text = told(document)
    assert document.title == f"{FULL_NAME}2026年会议记录"
    assert document.watermark == "草稿"
    assert text.index("第一季度大会") < text.index("第四季度大会")
    assert "共 2 次会议和活动" in text
    with pytest.raises(Problem):
        volume_paper(branch, root, 2019)
    finalise(branch, meeting)


def test_the_volume_of_a_group_holds_its_meetings_only(branch: Branch, meeting: str) -> None:
    group = groups_of(branch)[FIRST_GROUP]
    uid = planning.plan_meeting(
        branch, "meeting.group", group, {"held": "2026.11.18", "topic": "小组学习"}
    ).uid
    life.move(branch, uid, MeetingState.HELD)
    document = volume_paper(branch, group, 2026)
    assert document.title.startswith(f"{FULL_NAME}{FIRST_GROUP}")
    assert "共 1 次会议和活动" in told(document)
    assert "共 2 次会议和活动" in told(volume_paper(branch, organisations.root_of(branch), 2026))
    assert meeting


def test_the_list_of_meetings_is_a_workbook(branch: Branch, meeting: str) -> None:
    before = spoken()
    speak(Language.ENGLISH)
    try:
        book = openpyxl.load_workbook(io.BytesIO(meetings_workbook(branch)))
    finally:
        speak(before)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][0] == f"{FULL_NAME}会议与活动一览表"
    listed = next(row for row in rows if row[5] == "第四季度大会")
    assert listed[1] == "支部党员大会"
    assert listed[4] == "2026.11.19"
    assert listed[9:13] == (5, 4, "记录整理中", 1)
    assert rows[-1][0] == "共 1 次。"
    assert meeting


def test_one_meeting_is_a_workbook_with_all_its_tables(branch: Branch, meeting: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(meeting_workbook(branch, meeting)))
    assert book.sheetnames == ["支部党员大会", "签到", "议题", "会议内容", "表决", "议定事项"]
    cells = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    away = next(row for row in cells["签到"] if row[1] == "高峰")
    assert away[5:7] == ("请假", "出差")
    assert ("学习文件", "周建国", "领学文件。") in cells["会议内容"]
    assert next(row for row in cells["表决"] if row[0] == "同意预算")[5] == 4
    assert next(row for row in cells["议定事项"] if row[0] == "公布预算")[2] == "2026年12月1日"


def test_minutes_print_in_their_own_version_of_the_form_after_two_later_ones(
    branch: Branch, the_clock: SettableClock
) -> None:
    del the_clock
    root = organisations.root_of(branch)
    own = PLAIN.replace("meeting.plain", "meeting.own_plain")
    publish_form(branch, own)
    values = {"held_at": "2026.11.19 9:00", "place": "会议室", "has_effect": "是", "effect": "解决两个问题。"}
    uid = planning.plan_meeting(branch, "meeting.own_plain", root, values).uid
    for state in (MeetingState.HELD, MeetingState.DRAFTED):
        life.move(branch, uid, state)
    finalise(branch, uid)
    first = write_pdf(meeting_paper(branch, uid, "minutes"))
    for version in (2, 3):
        newer = own.replace("version = 1", f"version = {version}").replace("成效", f"第{version}版的成效")
        publish_form(branch, newer)
    again = meeting_paper(branch, uid, "minutes")
    assert write_pdf(again) == first
    assert "成效" in paragraphs(again)
    newest = planning.plan_meeting(branch, "meeting.own_plain", root, values).uid
    assert "第3版的成效" in told(meeting_paper(branch, newest, "minutes"))
