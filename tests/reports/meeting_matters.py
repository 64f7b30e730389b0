"""Meetings of the shipped samples and made-up ones, as what their papers print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import (
    AgendaItem,
    AttachedFile,
    Attendance,
    Meeting,
    MeetingState,
    Passage,
    Presence,
)
from branchdesk.domain.meetings.votes import judge
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form, read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.samples import shipped_sample
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.outcomes import outcomes_of
from branchdesk.reports.meetings.sample_meeting import sample_meeting
from branchdesk.services.meetings.figures import figures

ORGANISATION = "中共滨江市经济信息中心支部委员会"
AROUND = Surroundings(shipped_dictionaries(), date(2026, 12, 1), typed=True)
FILES = (
    AttachedFile("f1", "签到表.pdf", "sign_in_files"),
    AttachedFile("f2", "会场照片.jpg", "photos"),
)
MEETING_KINDS = tuple(kind for kind in shipped_kinds() if kind.startswith("meeting."))

# A form without a ruled head: every paper has to find its own layout.
PLAIN = """
kind = "meeting.plain"
version = 1
title = "座谈会"
title_en = "Round table"
subject = "meeting"
period = "none"
checks = []
blank = "无"
[meeting]
counts = []
expected = "chosen"
votes = true
study_hours = ""
layout = "book"
[[section]]
id = "ahead"
label = "会前"
label_en = "Before"
phase = "before"
[[section]]
id = "held"
label = "会议"
label_en = "Meeting"
phase = "held"
[[field]]
id = "held_at"
type = "time_span"
label = "时间"
label_en = "Time"
section = "held"
role = "when"
[[field]]
id = "place"
type = "text"
label = "地点"
label_en = "Place"
section = "held"
role = "place"
[[field]]
id = "wanted"
type = "text"
label = "会议要求"
label_en = "Please bring"
section = "ahead"
[[field]]
id = "has_effect"
type = "yes_no"
label = "有成效"
label_en = "Effect"
section = "held"
[[field]]
id = "effect"
type = "long_text"
label = "成效"
label_en = "What came of it"
section = "held"
only_if = { field = "has_effect", is = ["1"] }
[[table]]
id = "problems"
label = "问题清单"
label_en = "Problems"
section = "held"
[[table.field]]
id = "problem"
type = "long_text"
label = "问题"
label_en = "Problem"
[[table.field]]
id = "due"
type = "date"
label = "时限"
label_en = "Due"
[[signature]]
id = "everybody"
label = "到会人员"
label_en = "All present"
who = "present"
"""


def matter_of(form: Form, meeting: Meeting, **more: Any) -> Matter:
    """What the papers of a meeting print, judged by the rules of its day."""
    of_committee = form.meeting is not None and form.meeting.expected == "committee"
    made_on = meeting.day or date(2026, 1, 1)
    rules = shipped_rules()
    heads = heads_of(meeting)
    judged = {
        vote.uid: judge(vote, heads, rules, made_on, of_committee=of_committee) for vote in meeting.votes
    }
    return Matter(
        form,
        meeting,
        made_on,
        shipped_dictionaries(),
        figures(form, meeting),
        outcomes_of(meeting, judged),
        **more,
    )


def sample(kind: str, **more: Any) -> Matter:
    """The shipped sample of a kind, as the fourth meeting of its year, finalised; `more` changes it."""
    form, filled = shipped_form(kind), shipped_sample(kind)
    assert filled is not None
    meeting = sample_meeting(form, filled, ORGANISATION, AROUND)
    changes: dict[str, Any] = {"number": 4, "files": FILES, **more}
    return matter_of(form, replace(meeting, **changes))


def people(count: int, presence: Presence = Presence.UNMARKED) -> tuple[Attendance, ...]:
    """So many people who are expected, each with a name of his own."""
    surnames, given = "赵钱孙李周吴郑王冯陈", "安邦昌达恩飞光海"
    return tuple(
        Attendance(
            f"a{n}",
            f"{surnames[n % 10]}{given[n // 10 % 8]}{'' if n % 3 else '平'}",
            f"person{n}",
            "第一党小组",
            presence=presence,
            position=n,
        )
        for n in range(count)
    )


def plain(**more: Any) -> Matter:
    """A meeting of a form that rules no head; `more` are fields of the meeting."""
    given: dict[str, Any] = {"on": PartialDate(2026, 5, 8), "organisation_name": ORGANISATION, **more}
    meeting = Meeting("m", "meeting.plain", 1, "org", **given)
    return matter_of(read_form_text(PLAIN, "plain"), meeting)


# ---- a year

_YEAR = (
    ("meeting.assembly", 4),
    ("meeting.committee", 12),
    ("meeting.group", 12),
    ("meeting.theme_day", 12),
    ("meeting.lecture", 4),
    ("meeting.study", 10),
    ("meeting.talk", 4),
    ("meeting.life", 1),
    ("meeting.appraisal", 1),
)


def year_of_meetings(members: int = 24) -> list[Matter]:
    """Sixty meetings of a branch in a year, some longer than a page, in order of time."""
    made: list[Matter] = []
    for kind, times in _YEAR:
        form = shipped_form(kind)
        when, topic = form.by_role("when"), form.by_role("topic")
        assert when is not None
        assert topic is not None
        for number in range(1, times + 1):
            day = date(2026, 1, 1) + timedelta(days=(number - 1) * 360 // times + len(made) % 5)
            title = f"{form.title}的第{number}个题目"
            agenda = tuple(AgendaItem(f"g{n}", f"{title}第{n}项", n) for n in range(1, 4))
            passages = tuple(
                Passage(f"p{n}", f"第{n}次发言，{'内容' * 60}。", "周建国", None, f"g{n % 3 + 1}", n)
                for n in range(number * 3)
            )
            meeting = Meeting(
                f"{kind}-{number}",
                kind,
                form.version,
                "org",
                ORGANISATION,
                title=title,
                year=2026,
                number=number,
                state=MeetingState.FINALISED,
                on=PartialDate.of(day),
                values={when.id: day.isoformat(), topic.id: title},
                attendance=people(members, Presence.PRESENT),
                agenda=agenda,
                passages=passages,
                files=FILES[:1] if number % 2 else (),
            )
            made.append(matter_of(form, meeting))
    assert len(made) == 60
    return sorted(made, key=lambda matter: matter.made_on)
