"""签到表: the names of those who are expected, with room to sign, and empty lines for who sits in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from branchdesk.documents.model import Block, Column, Document, Paragraph, Running, Table
from branchdesk.domain.meetings.model import Attendance
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.occasions import occasion, topics_label
from branchdesk.reports.meetings.page_styles import (
    BOOK_PAGE,
    BOOK_WIDTH,
    LISTED,
    LISTED_HEADING,
    SUBTITLE,
    TITLE,
)
from branchdesk.reports.meetings.wording import expected_text
from branchdesk.reports.roster import padded_name
from branchdesk.reports.ruled_grid import Pair, pair_blocks

_ROW = 9.5  # millimetres: room for a signature
_MANY = 30  # people; more stand three in a row
_LEAST_GUESTS = 6  # places for who sits in
_GUESTS_IN_ROW = 2
_NO_VOTE = "*"
_SIGNATURE = "　" * 6  # the room that a signature needs at least


def sign_in_document(matter: Matter) -> Document:
    """The sheet that is signed at the door; who may be left out of those expected is not on it."""
    title = f"{occasion(matter)}签到表"
    return Document(
        title,
        matter.made_on,
        tuple(_blocks(matter, title)),
        page=BOOK_PAGE,
        author=matter.meeting.organisation_name,
        running=Running(head_right=matter.count, outer_foot=True),
    )


def _blocks(matter: Matter, title: str) -> Iterator[Block]:
    people = matter.attendance()
    yield Paragraph(title, TITLE, keep_with_next=True)
    yield Paragraph(matter.organisation, SUBTITLE, keep_with_next=True)
    pairs = (
        Pair("时间", matter.time()),
        Pair("地点", matter.role("place")),
        Pair(topics_label(matter), matter.topics(), wide=True),
        Pair("应到", expected_text(matter.heads)),
        Pair("实到", ""),
    )
    yield from pair_blocks(pairs, BOOK_WIDTH)
    in_row = 2 if len(people) <= _MANY else 3
    cells = [(str(n), _signer(person), "") for n, person in enumerate(people, start=1)]
    columns = (
        Column("序号", 0.2, fits="00"),
        Column("姓名", 0.4, fits="四字姓名"),
        Column("签名", 4.0, fits=_SIGNATURE),
    )
    yield Table(columns * in_row, _side_by_side(cells, in_row), (11.0, 10.5, 10.0), _ROW)
    if any(not person.may_vote for person in people):
        yield Paragraph(f"注：姓名后有“{_NO_VOTE}”的同志本次会议没有表决权。", LISTED)
    yield Paragraph("列席人员", LISTED_HEADING, keep_with_next=True)
    guests = [(name, "") for name in matter.guests()]
    guests += [("", "")] * max(0, _LEAST_GUESTS - len(guests))
    guest_columns = (Column("姓名", 2.0), Column("签名", 2.0, fits=_SIGNATURE))
    yield Table(
        guest_columns * _GUESTS_IN_ROW, _side_by_side(guests, _GUESTS_IN_ROW), (11.0, 10.5, 10.0), _ROW
    )


def _signer(person: Attendance) -> str:
    """The name, marked where the person has no vote."""
    return padded_name(person.name) + ("" if person.may_vote else _NO_VOTE)


def _side_by_side(cells: Sequence[tuple[str, ...]], in_row: int) -> tuple[tuple[str, ...], ...]:
    """Groups of cells as rows, so many beside each other; the last row is filled up with empty ones."""
    if not cells:
        return ()
    empty = ("",) * len(cells[0])
    rows = []
    for start in range(0, len(cells), in_row):
        group = list(cells[start : start + in_row])
        group += [empty] * (in_row - len(group))
        rows.append(tuple(text for cell in group for text in cell))
    return tuple(rows)
