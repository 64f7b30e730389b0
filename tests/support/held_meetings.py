"""Meetings of the sample branch as clerks would have them: planned, held, voted, decided."""

from __future__ import annotations

from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import MeetingState, Presence, VoteKind
from branchdesk.services.meetings import attending, deciding, editing, life, planning, reading, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.reading import MeetingQuery
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk

ASSEMBLY = "meeting.assembly"
AGENDA = ("学习贯彻党的二十届四中全会精神", "讨论林雪同志预备期考察情况")
MINUTES = """一、学习贯彻党的二十届四中全会精神
周建国：领学全会公报，要求结合信息化业务谈认识。
孙晓燕：全会对数字中国建设作出部署，统计科准备把年报数据校核提前到每月。
何静：建议党员示范岗和窗口服务结合起来。
二、讨论林雪同志预备期考察情况
郑海涛：介绍考察情况。与会党员认为林雪同志工作踏实，理论学习还要加强。"""


def planned_assembly(desk: Desk, when: str = "2026.11.19 15:00-16:40") -> str:
    """An assembly of the sample branch that is planned; its uid."""
    outcome = planning.plan_meeting(
        desk.branch,
        ASSEMBLY,
        root_of(desk.branch),
        {"held": when, "place": "三楼党员活动室", "chair": "周建国", "recorder": "李敏", "topic": AGENDA[0]},
    )
    desk.adopt(outcome)
    desk.adopt(editing.set_agenda(desk.branch, outcome.uid, [(None, title) for title in AGENDA]))
    return outcome.uid


def held_assembly(desk: Desk) -> str:
    """The assembly of 19 November 2026, held but with two people not marked yet; made once."""
    branch = desk.branch
    known = reading.meeting_list(branch, MeetingQuery(kind=ASSEMBLY))
    if known:
        return known[-1].uid
    uid = planned_assembly(desk)
    people = reading.meeting(branch, uid).attendance
    for state in (MeetingState.NOTICED, MeetingState.HELD):
        desk.adopt(life.move(branch, uid, state))
    marks = {person.uid: Presence.PRESENT for person in people[:-4]}
    marks |= {people[-4].uid: Presence.LEAVE, people[-3].uid: Presence.ABSENT}
    desk.adopt(attending.mark(branch, uid, marks))
    desk.adopt(attending.set_attendance(branch, uid, people[-4].uid, {"reason": "年老住院"}))
    desk.adopt(editing.set_minutes(branch, uid, MINUTES))
    person = next(one.person for one in people if one.name == "林雪")
    entry = VoteEntry("同意林雪同志按期转正", VoteKind.CONFIRMATION, person=person)
    desk.adopt(voting.add_vote(branch, uid, entry))
    entry = VoteEntry("通过本年度党费使用方案", in_favour="18", against="1", abstained="0")
    desk.adopt(voting.add_vote(branch, uid, entry))
    decision = DecisionEntry("党员示范岗和窗口服务结合起来", responsible="何静", due_on="2026.12.20")
    desk.adopt(deciding.add_decision(branch, uid, decision))
    return uid


def complete(desk: Desk, uid: str) -> None:
    """Fill in what the assembly still lacks, so that nothing stands against finalising it."""
    branch = desk.branch
    desk.adopt(attending.mark_all_present(branch, uid))
    people = reading.meeting(branch, uid).attendance
    away = {one.uid: {"reason": "出差"} for one in people if one.presence is Presence.ABSENT}
    for person, values in away.items():
        desk.adopt(attending.set_attendance(branch, uid, person, values))
    meeting = reading.meeting(branch, uid)
    voters = str(heads_of(meeting).present_voters)
    for vote in meeting.votes:
        if vote.kind is VoteKind.ELECTION:
            desk.adopt(voting.remove_vote(branch, uid, vote.uid))
            continue
        typed = {"present": voters, "in_favour": voters, "against": "0", "abstained": "0"}
        if vote.secret:
            typed |= {"issued": voters, "returned": voters}
        desk.adopt(voting.change_vote(branch, uid, vote.uid, typed))


def elected(desk: Desk, uid: str) -> str:
    """An election at a meeting with two candidates; the uid of the vote, made once."""
    votes = reading.meeting(desk.branch, uid).votes
    for vote in votes:
        if vote.kind is VoteKind.ELECTION:
            return vote.uid
    added = voting.add_vote(desk.branch, uid, VoteEntry("选举支部委员会委员", VoteKind.ELECTION, seats="2"))
    desk.adopt(added)
    names: list[tuple[str, str | None]] = [("周建国", None), ("李敏", None), ("陈志远", None)]
    desk.adopt(voting.add_candidates(desk.branch, uid, added.line, names))
    return added.line
