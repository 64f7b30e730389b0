"""Meetings for tests, made from few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from branchdesk.domain.meetings.context import MinutesContext
from branchdesk.domain.meetings.model import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingState,
    Passage,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.findings import Finding
from branchdesk.forms.rules import shipped_rules
from branchdesk.partial_dates import PartialDate

RULES = shipped_rules()
DAY = date(2026, 11, 19)
MARKS = {"+": Presence.PRESENT, "l": Presence.LEAVE, "-": Presence.ABSENT, "?": Presence.UNMARKED}
MEMBERS = {"u1": "李明", "u2": "王芳", "u3": "张建国", "u4": "赵敏"}
ROLES = {"when": "held", "place": "place", "chair": "chair", "recorder": "recorder", "topic": "topic"}


def person(name: str, mark: str = "+", **more: Any) -> Attendance:
    """Somebody expected, with the mark + - l or ?; the uid of the person is the name where none is given."""
    reason = "" if mark in "+?" else "出差"
    return Attendance(
        **{
            "uid": f"a-{name}",
            "name": name,
            "person": name,
            "presence": MARKS[mark],
            "reason": reason,
            **more,
        }
    )


def crowd(marks: str, **more: Any) -> tuple[Attendance, ...]:
    """As many people as marks."""
    return tuple(person(f"人{place}", mark, **more) for place, mark in enumerate(marks, start=1))


def agenda(*titles: str) -> tuple[AgendaItem, ...]:
    """Items of an agenda with the uids i1, i2 and so on."""
    return tuple(AgendaItem(f"i{place + 1}", title, place) for place, title in enumerate(titles))


def said(*texts: str, item: str | None = None) -> tuple[Passage, ...]:
    """Paragraphs with the uids p1, p2 and so on."""
    return tuple(
        Passage(f"p{place + 1}", text, agenda=item, position=place) for place, text in enumerate(texts)
    )


def vote(**more: Any) -> Vote:
    """A vote of 22 voters, 20 of them present, that passes: the admission of 陈静."""
    figures = {"eligible": 22, "present": 20, "in_favour": 18, "against": 1, "abstained": 1}
    whole = {
        "uid": "v1",
        "subject": "接收陈静为预备党员",
        "kind": VoteKind.ADMISSION,
        "secret": True,
        "person_name": "陈静",
    }
    return Vote(**{**whole, **figures, **more})


def decision(uid: str, text: str = "", **more: Any) -> Decision:
    """Something decided that somebody does until the end of the year."""
    return Decision(
        **{"uid": uid, "text": text or f"事项{uid}", "responsible": "李明", "due_on": "2026-12-31", **more}
    )


def meeting(**more: Any) -> Meeting:
    """A meeting of the assembly that was held on 2026-11-19 with nothing wrong in it."""
    whole: dict[str, Any] = {
        "uid": "m1",
        "kind": "meeting.assembly",
        "version": 1,
        "organisation": "b1",
        "organisation_name": "机关第一党支部",
        "title": "支部党员大会",
        "year": 2026,
        "number": 4,
        "state": MeetingState.DRAFTED,
        "on": PartialDate(2026, 11, 19),
        "entered_on": "2026-11-19",
        "values": {
            "held": "2026-11-19T15:00/16:40",
            "place": "二楼会议室",
            "chair": "李明@u1",
            "recorder": "王芳@u2",
        },
        "attendance": (
            person("李明", person="u1"),
            person("王芳", person="u2"),
            person("张建国", person="u3"),
        ),
        "agenda": agenda("学习文件"),
        "passages": said("集体学习了有关文件，并交流了体会。", item="i1"),
    }
    return Meeting(**{**whole, **more})


def context(**more: Any) -> MinutesContext:
    """What the checks of that meeting know."""
    whole: dict[str, Any] = {
        "rules": RULES,
        "day": DAY,
        "members": MEMBERS,
        "roles": ROLES,
        "labels": {"place": "地点", "topic": "主题"},
        "today": date(2026, 11, 21),
    }
    return MinutesContext(**{**whole, **more})


def with_values(one: Meeting, **values: str) -> Meeting:
    """The meeting with some values of its form changed."""
    merged: Mapping[str, str] = {**one.values, **values}
    return replace(one, values=merged)


def sentences(findings: Sequence[Finding]) -> list[str]:
    """What findings say."""
    return [found.sentence for found in findings]
