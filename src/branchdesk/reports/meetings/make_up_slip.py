"""补课单: one slip for each person who missed a meeting, two on a page, filled in when he has caught up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from branchdesk.documents.model import (
    Block,
    Document,
    PageBreak,
    PageStyle,
    Paragraph,
    Running,
    Signatures,
)
from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.page_styles import SIGNED, SUBTITLE, TITLE
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.reports.ruled_grid import GridCell, Pair, grid_blocks, pair_rows, pair_widths

_PAGE = PageStyle(210.0, 297.0, top=16.0, bottom=14.0, left=28.0, right=22.0)
_WIDTH = _PAGE.width - _PAGE.left - _PAGE.right
_SLIPS = 2  # on a page
_HEADING = replace(TITLE, size=16.0, sizes=())


def make_up_document(matter: Matter) -> Document:
    """The slips of a meeting, in the order of those expected."""
    blocks: list[Block] = []
    away = matter.attendance(Presence.LEAVE, Presence.ABSENT)
    for number, person in enumerate(away):
        if number and number % _SLIPS == 0:
            blocks.append(PageBreak())
        blocks += _slip(matter, person, number % _SLIPS)
    return Document(
        f"{matter.kind}补课单",
        matter.made_on,
        tuple(blocks),
        page=_PAGE,
        author=matter.meeting.organisation_name,
        running=Running(foot=""),
    )


def _slip(matter: Matter, person: Attendance, place: int) -> Iterator[Block]:
    yield Paragraph("党员补课单", replace(_HEADING, before=30.0 if place else 0.0), keep_with_next=True)
    yield Paragraph(matter.organisation, SUBTITLE, keep_with_next=True)
    pairs = (
        Pair("姓名", person.name),
        Pair("党小组", person.group),
        Pair("会议", matter.called),
        Pair("时间", matter.time()),
        Pair("缺席原因", person.reason or matter.form.blank, wide=True),
        Pair("会议内容", matter.topics(), wide=True),
        Pair("补课时间", spelled_day(person.made_up_on)),
        Pair("补课方式", ""),
    )
    rows = [*pair_rows(pairs), [GridCell("补课情况", label=True), GridCell("\n" * 5)]]
    yield from grid_blocks(pair_widths(_WIDTH), rows, _WIDTH)
    yield Signatures(("本人签字：", "党支部书记签字："), replace(SIGNED, before=14.0))
