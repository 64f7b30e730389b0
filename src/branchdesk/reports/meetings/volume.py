"""The bound volume of a year: cover, contents, all minutes, the attendance of the year and the attachments.

Pages are counted through the volume; every meeting begins on the front of a leaf, as it would be bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from branchdesk.documents.model import (
    Align,
    Block,
    Column,
    Contents,
    Document,
    Font,
    Paragraph,
    Part,
    Running,
    Space,
    Style,
    Table,
)
from branchdesk.reports.meetings.attendance_table import attendance_blocks
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.minutes import minutes_part, volume_entry
from branchdesk.reports.meetings.page_styles import BOOK_FOOT, BOOK_PAGE, LISTED, TITLE

_COVER_TITLE = Style(Font.HEADING, 34.0, 1.5, Align.CENTRE, sizes=(34.0, 28.0))
_COVER_YEAR = Style(Font.HEADING, 20.0, 1.6, Align.CENTRE)
_COVER_LINE = Style(Font.BODY, 16.0, 1.8, Align.CENTRE)
_CONTENTS = Style(size=11.0, leading=1.8)
_SIZES = (10.5, 10.0, 9.5, 9.0)


@dataclass(frozen=True, slots=True)
class Volume:
    """What a volume binds: the meetings of one organisation in one year, in order of time."""

    organisation: str
    year: int
    matters: Sequence[Matter]
    made_on: date
    draft: bool = False
    number: str = "全一册"

    @property
    def title(self) -> str:
        """The title of the file."""
        return f"{self.organisation}{self.year}年会议记录"


def volume_document(volume: Volume) -> Document:
    """The volume as one file."""
    return Document(
        volume.title,
        volume.made_on,
        tuple(_blocks(volume)),
        page=BOOK_PAGE,
        author=volume.organisation,
        running=Running(
            head_left=volume.organisation,
            head_right=f"{volume.year}年",
            foot=BOOK_FOOT,
            outer_foot=True,
            continuous=True,
        ),
        watermark="草稿" if volume.draft else "",
    )


def _blocks(volume: Volume) -> Iterator[Block]:
    yield from _cover(volume)
    yield Part("目录", on_odd_page=True, unnumbered=True)
    yield Paragraph("目　　录", TITLE, keep_with_next=True)
    yield Contents(_CONTENTS)
    for matter in volume.matters:
        yield from minutes_part(matter)
    yield Part("年度到会情况统计表", on_odd_page=True)
    yield from attendance_blocks(volume.matters)
    yield Part("附件目录")
    yield from _attachments(volume)


def _cover(volume: Volume) -> Iterator[Block]:
    yield Part("封面", unnumbered=True)
    # A space at the top of a page is dropped: an empty line holds the title down.
    yield Paragraph("", Style(size=10.0, leading=17.0))
    yield Paragraph("会　议　记　录", _COVER_TITLE)
    yield Space(10.0)
    yield Paragraph(f"{volume.year}年", _COVER_YEAR)
    yield Paragraph(volume.number, _COVER_LINE)
    yield Space(70.0)
    yield Paragraph(volume.organisation, _COVER_LINE)
    yield Paragraph(f"共 {len(volume.matters)} 次会议和活动", _COVER_LINE)


def _attachments(volume: Volume) -> Iterator[Block]:
    """The attachments that are kept with the meetings."""
    yield Paragraph("附件目录", TITLE, keep_with_next=True)
    rows = [(volume_entry(matter), file.name) for matter in volume.matters for file in matter.meeting.files]
    if not rows:
        yield Paragraph("本册没有附件。", LISTED)
        return
    columns = (
        Column("序号", 0.8, fits="000"),
        Column("会议", 4.0, Align.LEFT),
        Column("附件名称", 4.0, Align.LEFT),
    )
    yield Table(columns, tuple((str(n), *row) for n, row in enumerate(rows, start=1)), _SIZES)
