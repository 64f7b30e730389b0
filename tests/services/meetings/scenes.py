"""A branch in which meetings are held, and the meetings of its tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from branchdesk.domain.meetings.model import Meeting, Presence
from branchdesk.services import organisations
from branchdesk.services.meetings import attending, deciding, editing, life, planning, reading, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage.branch import Branch
from support.branches import FIRST_GROUP, SECOND_GROUP, add, groups_of
from support.prepared import prepared

ASSEMBLY, COMMITTEE, GROUP, TALK = "meeting.assembly", "meeting.committee", "meeting.group", "meeting.talk"
LECTURE, THEME_DAY = "meeting.lecture", "meeting.theme_day"
HELD = "2026.11.19 15:00-16:40"

# Ten people: eight full members who may vote, one probationary, one on probation within the Party.
_PEOPLE = (
    {"name": "周建国", "group": FIRST_GROUP, "posts": "书记"},
    {"name": "王敏", "group": FIRST_GROUP, "posts": "组织委员"},
    {"name": "赵立新", "group": SECOND_GROUP, "posts": "纪检委员"},
    {"name": "孙晓燕", "group": FIRST_GROUP},
    {"name": "何静", "group": FIRST_GROUP},
    {"name": "马俊杰", "group": SECOND_GROUP},
    {"name": "胡强", "group": SECOND_GROUP},
    {"name": "宋伟", "group": SECOND_GROUP},
    {"name": "林雪", "group": FIRST_GROUP, "category": "预备党员", "admitted_on": "2026.1.8"},
    {"name": "高峰", "group": SECOND_GROUP, "discipline": "留党察看", "discipline_from": "2026.3.1"},
)
MINUTES = """一、学习全会精神
周建国：领学全会公报，要求结合工作谈认识。
何静：建议把窗口的材料清单换成大字。
二、讨论工作安排
与会党员讨论了年底的工作安排。"""
AGENDA = ("学习全会精神", "讨论工作安排")


@dataclass(frozen=True)
class House:
    """The branch with the uids that tests ask for."""

    branch: Branch
    root: str
    people: dict[str, str]
    groups: dict[str, str]

    def plan(self, kind: str = ASSEMBLY, held: str = HELD, *, group: str | None = None, **typed: str) -> str:
        """Begin a meeting; returns its uid."""
        values = {"held": held, **typed} if held else typed
        return planning.plan_meeting(self.branch, kind, self.root, values, group=group).uid

    def meeting(self, uid: str) -> Meeting:
        """The meeting as it stands."""
        return reading.meeting(self.branch, uid)

    def person(self, uid: str, name: str) -> str:
        """The uid of somebody's attendance."""
        return next(one.uid for one in self.meeting(uid).attendance if one.name == name)

    def hold(self, uid: str, *, away: dict[str, Presence] | None = None, reason: str = "出差") -> None:
        """Fill in an assembly so that nothing stands against finalising it."""
        editing.set_values(self.branch, uid, {"place": "三楼会议室", "chair": "周建国", "recorder": "王敏"})
        kept = [(item.uid, item.title) for item in self.meeting(uid).agenda]
        editing.set_agenda(self.branch, uid, [*kept, *((None, title) for title in AGENDA)])
        editing.set_minutes(self.branch, uid, minutes_of(self.meeting(uid)))
        attending.mark_all_present(self.branch, uid)
        if away:
            marks = {self.person(uid, name): presence for name, presence in away.items()}
            attending.mark(self.branch, uid, marks, reason)

    def ready(self, uid: str) -> None:
        """Take a held meeting to the step before the last."""
        for step in ("held", "drafted", "for_signature"):
            life.move(self.branch, uid, step)

    def finalised(self, held: str = HELD) -> str:
        """An assembly that was held, voted, decided and finalised; its uid."""
        uid = self.plan(held=held)
        self.hold(uid, away={"胡强": Presence.LEAVE, "宋伟": Presence.ABSENT})
        entry = VoteEntry("同意年底工作安排", in_favour="6", against="0", abstained="0")
        voting.add_vote(self.branch, uid, entry)
        decision = DecisionEntry("张贴大字的材料清单", responsible="何静", due_on="2026.12.10")
        deciding.add_decision(self.branch, uid, decision)
        self.ready(uid)
        life.finalise(self.branch, uid, accept=True)
        return uid


def settle(branch: Branch) -> House:
    """Enter the people of the tests."""
    uids = add(branch, [{"category": "正式党员", "arrived_on": "2015.1.1", **row} for row in _PEOPLE])
    names = [row["name"] for row in _PEOPLE]
    root = organisations.root_of(branch)
    return House(branch, root, dict(zip(names, uids, strict=True)), groups_of(branch))


def settled(folder: Path) -> House:
    """A new branch with the people of the tests in it, for the price of a copy."""
    branch, house = prepared(folder, settle)
    return replace(house, branch=branch)


def minutes_of(meeting: Meeting) -> str:
    """Minutes that say something under every point of the agenda."""
    lines = []
    for number, item in enumerate(meeting.agenda):
        lines += [f"{'一二三四五六'[number]}、{item.title}", f"周建国：说明“{item.title}”的情况。"]
    return "\n".join(lines)
