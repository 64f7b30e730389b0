"""会议记录: the minutes of a meeting in the layout of the minute book.

A ruled head says when, where and who; below it the meeting is told point by point of its agenda, with who
said what, the votes and what was decided. Nothing is cut: what is long goes on on the next page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from branchdesk.documents.model import (
    Block,
    Document,
    Ends,
    Font,
    Paragraph,
    Part,
    Signatures,
    Small,
    Span,
    Table,
    Together,
)
from branchdesk.domain.meetings.model import Decision, Passage, Presence, Vote
from branchdesk.reports.filled_form import sign_here
from branchdesk.reports.meetings.fitting import fitted
from branchdesk.reports.meetings.head_grid import head_blocks, told_below
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.page_styles import (
    AGENDA_HEADING,
    BOOK_PAGE,
    BOOK_RUNNING,
    LISTED,
    LONGEST_HEADING,
    SIGNED,
    SMALL_NOTE,
    SUBTITLE,
    TABLE_HEADING,
    TEXT,
    TITLE,
)
from branchdesk.reports.meetings.wording import (
    chinese_number,
    decision_text,
    spelled_day,
    vote_sentence,
    without_stop,
)


def minutes_document(matter: Matter) -> Document:
    """The minutes as a file of their own, bound at the left; a draft says so on every page."""
    return Document(
        minutes_title(matter),
        matter.made_on,
        tuple(minutes_blocks(matter)),
        page=BOOK_PAGE,
        author=matter.meeting.organisation_name,
        running=BOOK_RUNNING,
        watermark=matter.watermark,
    )


def minutes_title(matter: Matter) -> str:
    """What stands over the minutes: what the form says, else the title of the meeting with 会议记录."""
    paper = matter.form.paper
    if paper is not None and paper.title:
        return paper.title
    kind = matter.kind
    return f"{kind}记录" if kind.endswith("会议") else f"{kind}会议记录"


def minutes_part(matter: Matter) -> Iterator[Block]:
    """The minutes as a piece of a bound volume: they begin on a leaf of their own."""
    yield Part(volume_entry(matter), on_odd_page=True)
    yield from minutes_blocks(matter)


def volume_entry(matter: Matter) -> str:
    """What the contents of a volume call these minutes."""
    number = matter.meeting.number
    kind = f"{_met(matter)}{f'（第{number}次）' if number else ''}"
    plain = {matter.form.title, f"{matter.count}{matter.form.title}"}
    title = "" if matter.title in plain else matter.title
    day = matter.day.removeprefix(f"{matter.meeting.year}年") or matter.day
    return "　".join(part for part in (kind, day, without_stop(title)) if part)


def _met(matter: Matter) -> str:
    """The kind of meeting, of a group with the name of the group: 第一党小组会."""
    group, kind = matter.meeting.group_name, matter.kind
    if not group:
        return kind
    return f"{group}会" if group.endswith(kind.removesuffix("会")) else f"{group}{kind}"


def minutes_blocks(matter: Matter) -> Iterator[Block]:
    """Title, head, what was said and decided, attachments and places to sign."""
    yield from fitted(list(_blocks(matter)), BOOK_PAGE)


def _blocks(matter: Matter) -> Iterator[Block]:
    yield Paragraph(minutes_title(matter), TITLE, keep_with_next=True)
    if matter.for_the_pen:
        yield Ends(f"党组织：{matter.organisation}", "　　　　年第　　次", LISTED, keep_with_next=True)
    else:
        subtitle = "　".join(part for part in (matter.organisation, matter.count) if part)
        yield Paragraph(subtitle, SUBTITLE, keep_with_next=True)
    yield from head_blocks(matter)
    yield from _told(matter)
    yield from _texts_and_tables(matter)
    yield from _attachments(matter)
    yield Together(tuple(_ending(matter)), with_previous=True)


def _told(matter: Matter) -> Iterator[Block]:
    """The meeting point by point of the agenda, then what belongs to no point."""
    meeting = matter.meeting
    points = matter.agenda()
    known = {item.uid for item in points}
    passages = sorted(meeting.passages, key=lambda passage: passage.position)
    first = next((n for n, passage in enumerate(passages) if passage.agenda in known), len(passages))
    opening = passages[:first] if points else []
    closing = [passage for passage in passages[len(opening) :] if passage.agenda not in known]
    yield from (_passage(passage) for passage in opening)
    for number, item in enumerate(points, start=1):
        yield _numbered(number, item.title)
        yield from (_passage(passage) for passage in passages if passage.agenda == item.uid)
        yield from _votes(matter, [vote for vote in matter.votes() if vote.agenda == item.uid])
        yield from _decisions([made for made in meeting.decisions if made.agenda == item.uid])
    yield from (_passage(passage) for passage in closing)
    votes = [vote for vote in matter.votes() if vote.agenda not in known]
    decisions = [made for made in meeting.decisions if made.agenda not in known]
    number = len(points)
    if votes:
        number += 1
        yield _numbered(number, "表决情况")
        yield from _votes(matter, votes)
    if decisions:
        yield _numbered(number + 1, "形成决议" if meeting.votes else "议定事项")
        yield from _decisions(decisions, single="")


def _numbered(number: int, title: str) -> Paragraph:
    # A title that is a whole text parts between pages like any other.
    is_short = len(title) <= LONGEST_HEADING
    return Paragraph(f"{chinese_number(number)}、{title}", AGENDA_HEADING, keep_with_next=is_short)


def _passage(passage: Passage) -> Paragraph:
    if not passage.speaker:
        return Paragraph(passage.text, TEXT)
    return Paragraph((Span(f"{passage.speaker}：", Font.STRONG), Span(passage.text)), TEXT)


def _votes(matter: Matter, votes: Sequence[Vote]) -> Iterator[Paragraph]:
    for vote in votes:
        yield Paragraph(vote_sentence(vote, matter.outcome(vote.uid).result), TEXT)


def _decisions(decisions: Sequence[Decision], single: str = "决定：") -> Iterator[Paragraph]:
    """What was decided; several decisions are numbered, one alone is introduced by `single`."""
    in_order = sorted(decisions, key=lambda decision: decision.position)
    if len(in_order) == 1:
        yield Paragraph(f"{single}{decision_text(in_order[0])}", TEXT)
        return
    if in_order and single:
        yield Paragraph("会议决定：", TEXT, keep_with_next=True)
    for number, decision in enumerate(in_order, start=1):
        yield Paragraph(f"{number}.{decision_text(decision)}", TEXT)


def _texts_and_tables(matter: Matter) -> Iterator[Block]:
    """The long texts and the tables of the form that have no place in the head or among the points."""
    for title, block in told_below(matter):
        style = TABLE_HEADING if isinstance(block, Table) else AGENDA_HEADING
        yield Paragraph(title, style, keep_with_next=True)
        yield block


def _attachments(matter: Matter) -> Iterator[Block]:
    names = [file.name for file in matter.meeting.files]
    if len(names) > 1:
        names = [f"{number}.{name}" for number, name in enumerate(names, start=1)]
    if names:
        yield Paragraph(f"附件：{'；'.join(names)}", TEXT)


def _ending(matter: Matter) -> Iterator[Small]:
    """The places to sign, for those present by name where the form asks all of them, and late notes."""
    places: list[str] = []
    signatures = matter.form.signatures
    for one in signatures:
        present = matter.attendance(Presence.PRESENT) if one.who == "present" else []
        if present:
            yield Paragraph(sign_here(one), LISTED, keep_with_next=True)
            yield Signatures(tuple(f"{person.name}：" for person in present), replace(SIGNED, before=6.0))
        else:
            places.append(sign_here(one))
    if not signatures:
        places += ["主持人签字：", "记录人签字："]
    if places:
        yield Signatures((*places, *([matter.day] if matter.day else [])), SIGNED)
    if matter.late:
        entered = spelled_day(matter.meeting.entered_on)
        yield Paragraph(f"补录：本次会议于{matter.day}召开，于{entered}补录。", SMALL_NOTE)
