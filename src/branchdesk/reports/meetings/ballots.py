"""表决票 and 选票: unsigned ballots, several on a sheet of A4 that is cut along its lines (domain 1.4).

A ballot names what or who is voted on and nothing about the voter: it has no number and no code.
Candidates stand by the strokes of their surnames (E5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from branchdesk.documents.model import (
    LABEL_CELL,
    NOTHING_RUNNING,
    VALUE_CELL,
    Align,
    Block,
    Cell,
    Document,
    Font,
    PageBreak,
    PageStyle,
    Paragraph,
    Part,
    Sheet,
    Style,
)
from branchdesk.domain.meetings.elections import ballot_order
from branchdesk.domain.meetings.model import Candidate, Vote, VoteKind
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.roster import padded_name

_PAGE = PageStyle(210.0, 297.0, top=14.0, bottom=14.0, left=20.0, right=20.0)
_ROOM = _PAGE.height - _PAGE.top - _PAGE.bottom
_WIDTHS = (26.0, 84.0, 26.0, 34.0)  # of a plain ballot: what is voted on, and the box for the sign
_NAME_WIDTHS = (14.0, 52.0, 34.0, 70.0)  # number, candidate, sign, somebody else
_TITLE = Style(Font.HEADING, 13.0, 1.3, Align.CENTRE, sizes=(13.0, 12.0, 11.0, 10.0, 9.0))
_LABEL = replace(LABEL_CELL, size=11.0, sizes=(11.0, 10.0))
_SUBJECT = replace(VALUE_CELL, size=12.0, leading=1.35, sizes=(12.0,))
_NAME = replace(VALUE_CELL, size=13.0, sizes=(13.0, 12.0, 11.0, 10.0, 9.0))
_NOTE = Style(Font.BODY, 9.5, 1.35, Align.JUSTIFY, sizes=(9.5, 9.0))
_CUT_LINE = Paragraph(
    "┄" * 23 + "　沿此线裁开　" + "┄" * 23, Style(Font.LABEL, 8.0, 1.2, Align.CENTRE, before=5.0, after=5.0)
)
_CUT_HEIGHT = 9.0  # millimetres, with the space around the line
_TITLE_HEIGHT, _HEAD_HEIGHT, _NAME_HEIGHT = 11.0, 8.0, 10.0
_SUBJECT_LINE, _SUBJECT_CHARS = 5.9, 18  # millimetres, characters of a line
_NOTE_LINE, _NOTE_CHARS = 4.7, 48
_MOST_NAMES = 20  # candidates on one card
_BY_BALLOT = {
    *(VoteKind.ADMISSION, VoteKind.CONFIRMATION, VoteKind.EXTENSION, VoteKind.CANCELLATION),
    *(VoteKind.DISCIPLINE, VoteKind.ELECTION),
}


def votes_by_ballot(matter: Matter) -> list[Vote]:
    """The votes of a meeting that are taken on paper."""
    return [vote for vote in matter.votes() if is_by_ballot(vote)]


def is_by_ballot(vote: Vote) -> bool:
    """Whether a vote is taken on paper."""
    return vote.secret or vote.kind in _BY_BALLOT


def ballots_document(matter: Matter) -> Document:
    """As many ballots of each vote as there are voters: those who came, or who are expected."""
    blocks: list[Block] = []
    for vote in votes_by_ballot(matter):
        blocks.append(Part(vote.subject))
        blocks += _cut(_cards(matter, vote), ballots_needed(matter, vote))
    title = "选票" if any(vote.kind is VoteKind.ELECTION for vote in votes_by_ballot(matter)) else "表决票"
    return Document(
        f"{matter.kind}{title}",
        matter.made_on,
        tuple(blocks),
        page=_PAGE,
        author=matter.meeting.organisation_name,
        running=NOTHING_RUNNING,
    )


def ballots_needed(matter: Matter, vote: Vote) -> int:
    """How many ballots a vote needs, one at least."""
    heads = matter.heads
    return heads.present_voters or heads.voters or vote.present or vote.eligible or 1


def _cut(cards: Sequence[Sheet], count: int) -> Iterator[Block]:
    """The cards `count` times, as many on a page as it holds, with lines to cut between them."""
    room = 0.0
    for number, card in enumerate([*cards] * count):
        height = sum(card.heights)
        if number and room + _CUT_HEIGHT + height > _ROOM:
            yield PageBreak()
            room = 0.0
        elif number:
            yield _CUT_LINE
            room += _CUT_HEIGHT
        yield card
        room += height


def _height(text: str, chars: int, line: float) -> float:
    """The height in millimetres that a text needs, whatever its characters are."""
    return ceil(len(text) / chars) * line + 3.0


def _cards(matter: Matter, vote: Vote) -> list[Sheet]:
    """One ballot: a card, or several for more candidates than one has room for."""
    if vote.kind is not VoteKind.ELECTION:
        return [_plain_card(matter, vote)]
    named = ballot_order([one for one in vote.candidates if not one.write_in])
    groups = [named[start : start + _MOST_NAMES] for start in range(0, len(named), _MOST_NAMES)] or [[]]
    return [
        _election_card(matter, vote, group, number * _MOST_NAMES, is_last=number == len(groups) - 1)
        for number, group in enumerate(groups)
    ]


def _plain_card(matter: Matter, vote: Vote) -> Sheet:
    note = "说明：赞成的在“表决意见”栏内划“√”，不赞成的划“×”，弃权的什么也不划。"
    heights = (
        _TITLE_HEIGHT,
        max(16.0, _height(vote.subject, _SUBJECT_CHARS, _SUBJECT_LINE)),
        _height(note, _NOTE_CHARS, _NOTE_LINE),
    )
    return Sheet(
        _WIDTHS,
        heights,
        (
            Cell(0, 0, f"{matter.organisation}表决票", columns=4, style=_TITLE),
            Cell(1, 0, "表决事项", style=_LABEL),
            Cell(1, 1, vote.subject, style=_SUBJECT, called="表决事项"),
            Cell(1, 2, "表决意见", style=_LABEL),
            Cell(1, 3),
            Cell(2, 0, note, columns=4, style=_NOTE),
        ),
    )


def _election_note(vote: Vote) -> str:
    seats = vote.seats
    note = (
        "说明：候选人按姓氏笔画为序。赞成的划“√”，不赞成的划“×”，弃权的什么也不划。"
        "如另选他人，将其姓名填入“另选人姓名”栏内；弃权的不得另选他人。"
    )
    if seats:
        note += f"应选{seats}名，所选人数等于或少于{seats}名的有效，多于{seats}名的无效。"
    return note


def _election_card(
    matter: Matter, vote: Vote, named: Sequence[Candidate], first: int, *, is_last: bool
) -> Sheet:
    """A card with candidates from number `first` on; the last one has the lines for other people."""
    note = _election_note(vote)
    places = (vote.seats or 1) if is_last else 0
    rows = max(len(named), places, 1)
    title = f"{matter.organisation}选票"
    cells = [
        Cell(0, 0, title, columns=4, style=_TITLE),
        Cell(1, 0, vote.subject, columns=4, style=_SUBJECT, called="选举事项"),
        Cell(2, 0, note, columns=4, style=_NOTE),
    ]
    labels = ("序号", "候选人姓名", "表决意见", "另选人姓名")
    cells += [Cell(3, column, label, style=_LABEL) for column, label in enumerate(labels)]
    for place in range(rows):
        row = 4 + place
        one = named[place] if place < len(named) else None
        cells.append(Cell(row, 0, str(first + place + 1) if one else ""))
        cells.append(Cell(row, 1, padded_name(one.name) if one else "", style=_NAME, called="候选人姓名"))
        cells.append(Cell(row, 2))
        if place < places:
            cells.append(Cell(row, 3))
    if places < rows:
        cells.append(Cell(4 + places, 3, "（此处不填）", rows=rows - places, style=_LABEL))
    heights = (
        _TITLE_HEIGHT,
        _height(vote.subject, 38, _SUBJECT_LINE),
        _height(note, _NOTE_CHARS, _NOTE_LINE),
        _HEAD_HEIGHT,
        *(_NAME_HEIGHT,) * rows,
    )
    return Sheet(_NAME_WIDTHS, heights, tuple(cells))
