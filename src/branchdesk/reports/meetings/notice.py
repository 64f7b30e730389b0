"""会议通知: when, where, who, what about and what to bring, signed by the branch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from branchdesk.documents.model import Block, Cell, Document, Font, Paragraph, Sheet, Space, Span
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.occasions import holding, is_meeting, occasion, subject, topics_label
from branchdesk.reports.meetings.page_styles import (
    OFFICIAL_CELL,
    OFFICIAL_HEADING,
    OFFICIAL_LINE,
    OFFICIAL_PAGE,
    OFFICIAL_RUNNING,
    OFFICIAL_SIGNED,
    OFFICIAL_TEXT,
    OFFICIAL_TITLE,
)
from branchdesk.reports.meetings.wording import chinese_number, joined_names

_DAY_FOR_THE_PEN = "　　　　年　　月　　日"
_LINE_HEIGHT = 225.0 / 22  # millimetres: the lines of the signature keep the grid of the page
_SIGNED = replace(OFFICIAL_SIGNED, leading=1.4)  # so that a line and its air fit one
_WANTED = ("要求", "准备", "须知")
_NO_FIELD_OF_NOTICE = {"computed", "attachments", "signature"}


def notice_document(matter: Matter) -> Document:
    """The notice of a meeting to those who are expected."""
    title = notice_title(matter)
    return Document(
        title,
        matter.made_on,
        (
            Paragraph(title, OFFICIAL_TITLE, keep_with_next=True),
            Space(8.0),
            Paragraph(f"{expected_people(matter)}：", OFFICIAL_LINE, keep_with_next=True),
            *_body(matter),
            _signed(matter),
        ),
        page=OFFICIAL_PAGE,
        author=matter.meeting.organisation_name,
        running=OFFICIAL_RUNNING,
        watermark=matter.watermark,
    )


def notice_title(matter: Matter) -> str:
    """The title: 关于召开……的通知, 关于开展……的通知."""
    return f"关于{holding(matter)}{occasion(matter)}的通知"


def expected_people(matter: Matter) -> str:
    """Who is called: by rule of the form, or by name."""
    words = matter.form.meeting
    expected = words.expected if words is not None else "chosen"
    if expected == "members":
        return "全体党员"
    if expected == "committee":
        return "支部委员会全体委员"
    if expected == "group":
        return f"{matter.meeting.group_name or '党小组'}全体党员"
    return joined_names(matter.attendance()) or "各参会同志"


def _body(matter: Matter) -> Iterator[Block]:
    """When, where, who, what about and what is asked of people; a place not yet known is left open."""
    opening = f"经研究，决定{holding(matter)}{occasion(matter)}，现将有关事项通知如下："
    yield Paragraph(opening, OFFICIAL_TEXT)
    parts = list(_parts(matter))
    for number, (label, texts) in enumerate(parts, start=1):
        heading = f"{chinese_number(number)}、{label}"
        # The page with the signature has a line of the text at least.
        is_last = number == len(parts)
        if len(texts) == 1:
            said = (Span(f"{heading}：", Font.HEADING), Span(texts[0]))
            yield Paragraph(said, OFFICIAL_TEXT, keep_with_next=is_last)
            continue
        yield Paragraph(heading, OFFICIAL_HEADING, keep_with_next=True)
        for text in texts:
            yield Paragraph(text, OFFICIAL_TEXT, keep_with_next=is_last and text is texts[-1])


def _parts(matter: Matter) -> Iterator[tuple[str, list[str]]]:
    """What the notice tells, each with its label, on one line or several."""
    yield "时间", [_planned(matter) or "另行通知"]
    yield "地点", [matter.role("place") or "另行通知"]
    lecturer = matter.form.by_role("lecturer")
    if lecturer is not None and matter.role("lecturer"):
        yield lecturer.label, [matter.role("lecturer")]
    yield "参会人员" if is_meeting(matter) else "参加人员", [_attending(matter)]
    if matter.agenda() and subject(matter):
        yield "主题", [subject(matter)]
    topics = matter.topics()
    if topics:
        yield topics_label(matter), topics.split("\n")
    asked = [text for _label, text in _asked(matter)]
    yield "要求", asked or [f"请准时参加。因故不能参加的，请提前向{_leave_from(matter)}请假。"]


def _leave_from(matter: Matter) -> str:
    """Who gives leave: the head of the group where it is one that meets."""
    words = matter.form.meeting
    is_group = words is not None and words.expected == "group"
    return "党小组组长" if is_group else "党支部书记"


def _attending(matter: Matter) -> str:
    """Who takes part, and who sits in."""
    guests = matter.guests()
    called = expected_people(matter)
    return f"{called}；列席：{'、'.join(guests)}" if guests else called


def _asked(matter: Matter) -> Iterator[tuple[str, str]]:
    """What the form's own fields ask of those who come: boxes of the part before the meeting that say so."""
    phases = {section.id: section.phase for section in matter.form.sections}
    for one in matter.filled.visible():
        is_asked = any(word in one.label for word in _WANTED)
        if phases[one.section] == "before" and is_asked and one.type.name not in _NO_FIELD_OF_NOTICE:
            text = matter.filled.text(one)
            if text:
                yield one.label, text


def _planned(matter: Matter) -> str:
    """The time that the notice gives: the planned one where the form asks for it, else when it is held."""
    return _prepared(matter, "time_span") or matter.time()


def _prepared(matter: Matter, type_name: str) -> str:
    """What stands in the first field of a type in the part that prepares the meeting."""
    phases = {section.id: section.phase for section in matter.form.sections}
    asked = (one for one in matter.filled.visible() if phases[one.section] == "before")
    one = next((one for one in asked if one.type.name == type_name), None)
    return matter.filled.text(one) if one is not None else ""


def _signed(matter: Matter) -> Sheet:
    """The branch over the date, set in from the right by two and by four characters."""
    whole = OFFICIAL_PAGE.width - OFFICIAL_PAGE.left - OFFICIAL_PAGE.right
    widths = (whole - 4 * OFFICIAL_CELL, 2 * OFFICIAL_CELL, 2 * OFFICIAL_CELL)
    return Sheet(
        widths,
        (_LINE_HEIGHT,) * 3,
        (
            Cell(1, 0, matter.meeting.organisation_name, columns=2, style=_SIGNED),
            Cell(2, 0, _day_of_notice(matter), style=_SIGNED),
        ),
        ruled=False,
        grows=True,
    )


def _day_of_notice(matter: Matter) -> str:
    """The day that the form gives, else that on which the meeting was entered.

    For the pen where it was entered only after it had been held.
    """
    notified = _prepared(matter, "date")
    if notified:
        return notified
    entered, day = PartialDate.read(matter.meeting.entered_on), matter.meeting.day
    if entered is None or (day is not None and entered.first_day() > day):
        return _DAY_FOR_THE_PEN
    return entered.spelled()
