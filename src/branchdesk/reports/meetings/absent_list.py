"""缺席人员名单: who was not there, why, and when each caught up."""

from __future__ import annotations

from branchdesk.documents.model import (
    Align,
    Column,
    Document,
    Ends,
    Paragraph,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.occasions import is_meeting, occasion
from branchdesk.reports.meetings.page_styles import BOOK_PAGE, LISTED, SIGNED, SUBTITLE, TITLE
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.reports.roster import padded_name

_WORDS = {Presence.LEAVE: "请假", Presence.ABSENT: "缺席"}
_COLUMNS = (
    Column("序号", 0.8, fits="00"),
    Column("姓名", 1.6, fits="四字姓名"),
    Column("所在党小组", 2.0, fits="四个汉字"),
    Column("情况", 1.0, fits="请假"),
    Column("原因", 4.0, Align.LEFT),
    Column("补课时间", 2.0, fits="0000年00月00日"),
    Column("本人签字", 1.8, fits="　" * 5),
)


def absent_list_document(matter: Matter) -> Document:
    """The list of those who had asked for leave or stayed away."""
    away = matter.attendance(*_WORDS)
    what = "会议" if is_meeting(matter) else "活动"
    title = f"{occasion(matter)}缺席人员名单"
    return Document(
        title,
        matter.made_on,
        (
            Paragraph(title, TITLE, keep_with_next=True),
            Paragraph(matter.organisation, SUBTITLE, keep_with_next=True),
            Ends(f"{what}：{matter.called}", f"时间：{matter.time()}", LISTED, keep_with_next=True),
            Table(
                _COLUMNS,
                tuple(_row(number, person) for number, person in enumerate(away, start=1)),
                (11.0, 10.5, 10.0),
                9.0,
            ),
            Paragraph(_counted(matter.heads), LISTED),
            Together((Signatures(("主持人签字：", "记录人签字："), SIGNED),), with_previous=True),
        ),
        page=BOOK_PAGE,
        author=matter.meeting.organisation_name,
        running=Running(outer_foot=True),
    )


def _counted(heads: Heads) -> str:
    return (
        f"应到 {heads.expected} 人，实到 {heads.present} 人，请假 {heads.leave} 人，缺席 {heads.absent} 人。"
    )


def _row(number: int, person: Attendance) -> tuple[str, ...]:
    return (
        str(number),
        padded_name(person.name),
        person.group,
        _WORDS[person.presence],
        person.reason,
        spelled_day(person.made_up_on),
        "",
    )
