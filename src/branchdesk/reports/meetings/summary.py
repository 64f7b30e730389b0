"""会议纪要: what a meeting concluded, as an official paper (GB/T 9704-2012, domain 10.1 and 10.3).

It tells conclusions, votes and decisions and leaves the speeches to the minutes; at its end stand
who was there, who had asked for leave and who sat in. It carries no seal and is addressed to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from branchdesk.documents.model import Block, Document, Ends, Font, Paragraph, Span, Text
from branchdesk.domain.meetings.model import Attendance, Decision, Passage, Presence
from branchdesk.reports.meetings.head_grid import told_below
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.occasions import holding, is_meeting, occasion, subject
from branchdesk.reports.meetings.page_styles import (
    LONGEST_HEADING,
    OFFICIAL_CENTRED,
    OFFICIAL_HEADING,
    OFFICIAL_LINE,
    OFFICIAL_PAGE,
    OFFICIAL_RUNNING,
    OFFICIAL_TEXT,
    OFFICIAL_TITLE,
)
from branchdesk.reports.meetings.wording import (
    absent_sentence,
    chinese_number,
    decision_text,
    joined_names,
    vote_sentence,
    without_stop,
)

_EMPTY_LINE = Paragraph("", OFFICIAL_LINE, keep_with_next=True)


def summary_document(matter: Matter, *, report_to: str = "", send_to: str = "") -> Document:
    """The summary; `report_to` and `send_to` are the organisations of the lines 报 and 送 at its end."""
    return Document(
        summary_title(matter),
        matter.made_on,
        tuple(_blocks(matter, report_to, send_to)),
        page=OFFICIAL_PAGE,
        author=matter.meeting.organisation_name,
        running=OFFICIAL_RUNNING,
        watermark=matter.watermark,
    )


def summary_title(matter: Matter) -> str:
    """The title: what was held with 纪要."""
    return f"{occasion(matter)}纪要"


def _blocks(matter: Matter, report_to: str, send_to: str) -> Iterator[Block]:
    meeting = matter.meeting
    yield Paragraph(summary_title(matter), OFFICIAL_TITLE, keep_with_next=True)
    if meeting.number:
        yield Paragraph(f"〔{meeting.year}〕第{meeting.number}期", OFFICIAL_CENTRED, keep_with_next=True)
    yield Ends(matter.organisation, matter.day, OFFICIAL_LINE, keep_with_next=True)
    yield _EMPTY_LINE
    yield Paragraph(_opening(matter), OFFICIAL_TEXT)
    yield from _points(matter)
    yield from _lists(matter, report_to, send_to)


def _opening(matter: Matter) -> str:
    """Who met, when, where, what about and led by whom, how many came; the rest is what was concluded."""
    place, about, chair = matter.role("place"), subject(matter), matter.role("chair")
    word = "会议" if is_meeting(matter) else ""
    met = f"{matter.day}，" if matter.day else ""
    met += f"{matter.organisation}{f'在{place}' if place else ''}{holding(matter)}{occasion(matter)}"
    met += f"，主题为“{about}”" if about else ""
    met += f"，{chair}主持{word}" if chair else ""
    lecturer = matter.form.by_role("lecturer")
    if lecturer is not None and matter.role("lecturer"):
        met += f"，{matter.role('lecturer')}{lecturer.label.removesuffix('人')}"
    heads = matter.heads
    if heads.present:
        met += f"。应到会{heads.expected}名，实到会{heads.present}名"
        if (heads.voters, heads.present_voters) != (heads.expected, heads.present):
            met += f"，其中有表决权的应到会{heads.voters}名、实到会{heads.present_voters}名"
    return f"{met}。现将{word}主要内容纪要如下："


def _points(matter: Matter) -> Iterator[Paragraph]:
    """The points of the agenda, then what belongs to none of them."""
    items = matter.agenda()
    known = {item.uid for item in items}
    for number, item in enumerate(items, start=1):
        is_short = len(item.title) <= LONGEST_HEADING
        heading = f"{chinese_number(number)}、{item.title}"
        yield Paragraph(heading, OFFICIAL_HEADING, keep_with_next=is_short)
        yield from _concluded(matter, item.uid, known)
    yield from _concluded(matter, None, known)
    texts = list(_texts(matter))
    is_alone = len(items) + len(texts) == 1
    for number, (title, text) in enumerate(texts, start=len(items) + 1):
        heading = title if is_alone else f"{chinese_number(number)}、{title}"
        yield Paragraph(heading, OFFICIAL_HEADING, keep_with_next=True)
        yield Paragraph(text, OFFICIAL_TEXT)


def _texts(matter: Matter) -> Iterator[tuple[str, Text]]:
    """The long texts of the form, which tell what was done; its tables are in the minutes."""
    for title, block in told_below(matter):
        if isinstance(block, Paragraph):
            yield title, block.text


def _concluded(matter: Matter, agenda: str | None, known: set[str]) -> Iterator[Paragraph]:
    """What was concluded on one point; None for what belongs to no point."""

    def belongs(place: str | None) -> bool:
        return place == agenda if agenda is not None else place not in known

    meeting = matter.meeting
    passages = [passage for passage in meeting.passages if belongs(passage.agenda)]
    passages.sort(key=lambda passage: passage.position)
    yield from (Paragraph(passage.text, OFFICIAL_TEXT) for passage in passages if not passage.speaker)
    speakers = _speakers(passages)
    if speakers:
        yield Paragraph(f"{'、'.join(speakers)}发言。", OFFICIAL_TEXT)
    for vote in matter.votes():
        if belongs(vote.agenda):
            yield Paragraph(vote_sentence(vote, matter.outcome(vote.uid).result), OFFICIAL_TEXT)
    decisions = [decision for decision in meeting.decisions if belongs(decision.agenda)]
    yield from _decided(sorted(decisions, key=lambda decision: decision.position))


def _speakers(passages: Iterable[Passage]) -> list[str]:
    """Who spoke, each once, in order."""
    return list(dict.fromkeys(passage.speaker for passage in passages if passage.speaker))


def _decided(decisions: Sequence[Decision]) -> Iterator[Paragraph]:
    if len(decisions) == 1:
        yield Paragraph(f"会议决定：{decision_text(decisions[0])}", OFFICIAL_TEXT)
        return
    if decisions:
        yield Paragraph("会议决定：", OFFICIAL_TEXT, keep_with_next=True)
    for number, decision in enumerate(decisions, start=1):
        yield Paragraph(f"{number}.{decision_text(decision)}", OFFICIAL_TEXT)


def _lists(matter: Matter, report_to: str, send_to: str) -> Iterator[Paragraph]:
    """出席, 请假, 缺席, 列席 and 记录, then 报 and 送; what has nobody is left out."""
    away = absent_sentence(matter.attendance(Presence.ABSENT))
    lists = (
        ("出席", joined_names(matter.attendance(Presence.PRESENT))),
        ("请假", _leave(matter.attendance(Presence.LEAVE))),
        ("缺席", away),
        ("列席", "、".join(matter.guests())),
        ("记录", matter.role("recorder")),
        ("报", report_to),
        ("送", send_to),
    )
    said = [(label, text) for label, text in lists if text]
    if said:
        yield _EMPTY_LINE
    for number, (label, text) in enumerate(said, start=1):
        # The last of them never stands alone on a page.
        keep = number == len(said) - 1
        yield Paragraph((Span(f"{label}：", Font.HEADING), Span(text)), OFFICIAL_LINE, keep_with_next=keep)


def _leave(people: Sequence[Attendance]) -> str:
    """Who had asked for leave, with the reasons that were given."""
    return "、".join(
        f"{person.name}（{without_stop(person.reason)}）" if person.reason else person.name
        for person in people
    )
