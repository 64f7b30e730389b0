"""补课单: one slip for each person who missed a meeting, two on a page, filled in when he has caught up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import (
    Align,
    Block,
    Document,
    Font,
    PageBreak,
    PageStyle,
    Paragraph,
    Running,
    Signatures,
    Style,
)
from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.occasions import is_meeting
from branchdesk.reports.meetings.page_styles import SIGNED, SUBTITLE, TITLE
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.reports.ruled_grid import GridCell, Pair, grid_blocks, pair_rows, pair_widths

_PAGE = PageStyle(210.0, 297.0, top=16.0, bottom=14.0, left=28.0, right=22.0)
_WIDTH = _PAGE.width - _PAGE.left - _PAGE.right
_SLIPS = 2  # on a page
_ROOMS = (35.0, 28.0, 21.0, 14.0)  # millimetres to write on
_HEADING = replace(TITLE, size=16.0, sizes=())
_CUT_LINE = Paragraph(
    "┄" * 23 + "　沿此线裁开　" + "┄" * 23, Style(Font.LABEL, 8.0, 1.2, Align.CENTRE, before=12.0, after=14.0)
)


def make_up_document(matter: Matter) -> Document:
    """The slips of a meeting, in the order of those expected."""
    blocks: list[Block] = []
    away = matter.attendance(Presence.LEAVE, Presence.ABSENT)
    for start in range(0, len(away), _SLIPS):
        if start:
            blocks.append(PageBreak())
        blocks += _page(matter, away[start : start + _SLIPS])
    return Document(
        f"{matter.kind}补课单",
        matter.made_on,
        tuple(blocks),
        page=_PAGE,
        author=matter.meeting.organisation_name,
        running=Running(foot=""),
    )


def _page(matter: Matter, people: Sequence[Attendance]) -> list[Block]:
    """The slips of a page, with as much room to write as it has; a slip that needs more has its own page."""
    for room in _ROOMS:
        blocks: list[Block] = []
        for place, person in enumerate(people):
            blocks += [_CUT_LINE] if place else []
            blocks += _slip(matter, person, room)
        if count_pages(Document("", matter.made_on, tuple(blocks), _PAGE)) == 1:
            return blocks
    first, *others = ([*_slip(matter, person, _ROOMS[0])] for person in people)
    return [*first, *(block for slip in others for block in (PageBreak(), *slip))]


def _slip(matter: Matter, person: Attendance, room: float) -> Iterator[Block]:
    yield Paragraph("党员补课单", _HEADING, keep_with_next=True)
    yield Paragraph(matter.organisation, SUBTITLE, keep_with_next=True)
    pairs = (
        Pair("姓名", person.name),
        Pair("党小组", person.group),
        Pair("会议" if is_meeting(matter) else "活动", matter.called),
        Pair("时间", matter.time()),
        Pair("缺席原因", person.reason or matter.form.blank, wide=True),
        Pair(f"{'会议' if is_meeting(matter) else '活动'}内容", matter.topics(), wide=True),
        Pair("补课时间", spelled_day(person.made_up_on)),
        Pair("补课方式", ""),
    )
    rows = [*pair_rows(pairs), [GridCell("补课情况", label=True), GridCell("", height=room)]]
    yield from grid_blocks(pair_widths(_WIDTH), rows, _WIDTH)
    yield Signatures(("本人签字：", "党支部书记签字：", "　　　年　　月　　日"), replace(SIGNED, before=14.0))
