"""Checks of minutes on texts: leftovers of the last time, copies, gaps, open items (H16, idea 11)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from branchdesk.domain.meetings.carrying import dropped
from branchdesk.domain.meetings.context import MinutesContext, Place, headings, places, shortened, spoken
from branchdesk.domain.meetings.model import Meeting
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, listed
from branchdesk.partial_dates import PartialDate

_MARKS = re.compile(
    r"(?:(?<!\d)(?:19|20)|(?<![0-9A-Za-z]))[xXｘＸ]{2,}(?![0-9A-Za-z])|[×✕╳]{2,}|[*＊]{2,}|[_＿]{2,}"
    r"|(?<![0-9A-Za-zｘＸ×])[xXｘＸ×](?=[年月日])|(?<![一二三四五六七八九○〇])[○〇]{2,}|某某+|\?{3,}|？{3,}"
)
_MONTHS = {name: number for number, name in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}
_MONTH = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?"
    r"(?:(?<!\d)(?P<digits>1[0-2]|0?[1-9])|(?<![一二三四五六七八九十])(?P<han>十[一二]?|[一二三四五六七八九]))"
    r"\s*月(?!革命)"
)
# What names the one meeting it stands for, and no other time.
_OF_THE_DAY = frozenset({"title", "topic", "agenda"})
_WHITE = re.compile(r"\s+")
_RUN = 3


def no_leftover_marks(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Nothing is left to be filled in, such as crosses or a blank line."""
    findings = []
    for place in places(meeting, context):
        marks = listed(dict.fromkeys(_MARKS.findall(place.text)))
        if marks:
            sentence = _("{place}里还有没替换的“{marks}”，请改成实际内容。", place=place.label, marks=marks)
            findings.append(Finding("marks", Severity.WARN, sentence, place.field))
    return findings


# ---- months and names of somewhere else


def no_other_month(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """No other month stands where that of the meeting should.

    In the title, the topic and the agenda, and in sentences that an earlier meeting already has, that is a
    warning; elsewhere, where other months may well be spoken of, it is a note. So is a month of a year in
    which none of those meetings was held, such as that of a rule which is read again and again.
    """
    if meeting.on is None or meeting.on.month is None:
        return []
    findings = []
    copied = {
        sentence
        for earlier in context.earlier
        for sentence in _sentences((*headings(earlier, context), *spoken(earlier)))
    }
    years = {one.on.year for one in (meeting, *context.earlier) if one.on}
    merely: dict[str, None] = {}
    for place in (*headings(meeting, context), *spoken(meeting)):
        months = _other_months(place.text, meeting.on)
        old = months
        if place.field not in _OF_THE_DAY:
            again = [sentence for sentence in _sentences([place]) if sentence in copied]
            old = [month for one in again for month in _other_months(one, meeting.on, years)]
        rest = [month for month in months if month not in old]
        if old:
            findings.append(_month_finding(place, dict.fromkeys(old), meeting.on, Severity.WARN))
        if place.field == "passages":
            merely |= dict.fromkeys(rest)
        elif rest:
            findings.append(_month_finding(place, rest, meeting.on, Severity.NOTE))
    if merely:
        sentence = _(
            "会议记录里提到{months}，会议在 {month} 月召开；请看一眼是不是上次留下的。",
            months=_quoted(merely),
            month=meeting.on.month,
        )
        findings.append(Finding("other_month", Severity.NOTE, sentence, "passages"))
    return findings


def _month_finding(place: Place, months: Iterable[str], on: PartialDate, severity: Severity) -> Finding:
    sentence = _(
        "{place}里出现{months}，会议在 {month} 月召开；请核对是不是上次留下的。",
        place=place.label,
        months=_quoted(months),
        month=on.month,
    )
    return Finding("other_month", severity, sentence, place.field)


def _quoted(words: Iterable[str]) -> str:
    return listed(_("“{word}”", word=word) for word in words)


def _other_months(text: str, on: PartialDate, years: Collection[int] | None = None) -> list[str]:
    """The months and years in a text that are not those of the meeting, as they are written, each once.

    With `years`, those of other years are passed over.
    """
    found: dict[str, None] = {}
    for match in _MONTH.finditer(text):
        if years is not None and match["year"] and int(match["year"]) not in years:
            continue
        month = int(match["digits"]) if match["digits"] else _MONTHS[match["han"]]
        if month != on.month or (match["year"] and int(match["year"]) != on.year):
            found[_WHITE.sub("", match[0])] = None
    return list(found)


def _sentences(texts: Iterable[Place]) -> Iterator[str]:
    for place in texts:
        yield from filter(None, (_WHITE.sub("", part) for part in re.split(r"[。！？；!?;]", place.text)))


def no_other_branch(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """No other organisation is named, except inside the name of this one."""
    own = meeting.organisation_name
    names = sorted(
        {name for name in map(str.strip, context.other_branches) if name and name not in own}, key=len
    )[::-1]
    if not names:
        return []
    findings = []
    for place in places(meeting, context):
        text = place.text.replace(own, " ") if own else place.text
        found = []
        for name in names:
            if name in text:
                found.append(name)
                text = text.replace(name, " ")
        if found:
            sentence = _(
                "{place}里出现别的党组织：{names}；请核对是不是从别处带过来的。",
                place=place.label,
                names=listed(found),
            )
            findings.append(Finding("other_branch", Severity.WARN, sentence, place.field))
    return findings


# ---- copies


def not_copied(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """What was said is not nearly the same as in an earlier meeting."""
    share = context.rules.at("copied_percent", context.day)
    least = context.rules.at("copied_least_characters", context.day)
    body = _body(meeting)
    if sum(map(len, body)) < least.value:
        return []
    findings = []
    for earlier in context.earlier:
        percent = percent_equal(body, _body(earlier))
        if percent >= share.value:
            sentence = _(
                "会议记录有 {percent}% 与“{title}”（{day}）相同，请按这次会议的实际情况修改。",
                percent=percent,
                title=earlier.title or _("以前的会议"),
                day=earlier.on.shown() if earlier.on else _("没有日期"),
            )
            findings.append(Finding("copied", Severity.WARN, sentence, "passages", share.source))
    return findings


def _body(meeting: Meeting) -> list[str]:
    return [text for one in meeting.passages if (text := _WHITE.sub("", one.text))]


def percent_equal(one: list[str], other: list[str]) -> int:
    """How much of two texts is the same, in percent of the paragraphs of both, rounded down.

    A character is the same where it stands in a run of three that the other text has too; runs that come
    again count as often as both have them. Where they stand does not matter, so that paragraphs may move,
    and long minutes are compared as fast as they are read.
    """
    total = sum(map(len, one)) + sum(map(len, other))
    same = _same_characters(one, other) + _same_characters(other, one)
    return 100 * same // total if total else 0


def _same_characters(text: list[str], other: list[str]) -> int:
    """How many characters of a text stand in runs that the other one has."""
    left = Counter(run for paragraph in other for run in _runs(paragraph))
    same = 0
    for paragraph in text:
        end = 0  # of what is known to be the same in this paragraph
        for place, run in enumerate(_runs(paragraph)):
            if left[run]:
                left[run] -= 1
                same += place + len(run) - max(end, place)
                end = place + len(run)
    return same


def _runs(paragraph: str) -> Iterator[str]:
    """Every run of three characters of a paragraph, or the whole of a shorter one."""
    yield from (paragraph[place : place + _RUN] for place in range(max(1, len(paragraph) - _RUN + 1)))


# ---- gaps


def agenda_has_content(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Every item of the agenda has something said, voted or decided, and there are minutes at all."""
    if not meeting.passages and "passages" in context.tables:
        sentence = _("会议内容还是空的，请先写会议记录。")
        return [Finding("no_minutes", Severity.ERROR, sentence, "passages")]
    if not meeting.agenda and "agenda" in context.tables:
        return [Finding("no_agenda", Severity.WARN, _("没有会议议题，请补填。"), "agenda")]
    treated = {one.agenda for one in meeting.passages if one.text.strip()}
    treated |= {one.agenda for one in meeting.votes} | {one.agenda for one in meeting.decisions}
    empty = [shortened(item.title) for item in meeting.agenda if item.uid not in treated]
    # Minutes without any heading are one text about all of it.
    if not empty or (len(empty) == len(meeting.agenda) and meeting.passages):
        return []
    sentence = _(
        "议题{titles}下面没有记录、表决或决定；请补写，或把没有讨论的议题删去。", titles=_quoted(empty)
    )
    return [Finding("empty_item", Severity.WARN, sentence, "passages")]


def open_items_answered(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Every open item of the meetings before is carried on or closed."""
    lost = dropped(context.earlier, meeting)
    if not lost:
        return []
    sentence = _(
        "以前的会议还有没办结的事项没有带到这次：{items}；请带入议题，或在原会议里办结。",
        items=_quoted(shortened(one.text) for one in lost),
    )
    return [Finding("dropped", Severity.WARN, sentence, "decisions")]


def decisions_have_owner(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Every decision says who does it, and until when, not before the meeting."""
    del context
    findings = []
    for one in meeting.decisions:
        text = shortened(one.text)
        due = PartialDate.read(one.due_on)
        if not one.closed and not one.responsible.strip():
            sentence = _("议定事项“{text}”没有写责任人，请补填。", text=text)
            findings.append(Finding("no_owner", Severity.WARN, sentence, "decisions"))
        if not one.closed and not one.due_on:
            sentence = _("议定事项“{text}”没有写完成时限。", text=text)
            findings.append(Finding("no_due_day", Severity.NOTE, sentence, "decisions"))
        elif due is not None and one.carried_from is None and meeting.on and due.surely_before(meeting.on):
            sentence = _(
                "议定事项“{text}”的完成时限 {due} 早于会议时间，请核对。", text=text, due=due.shown()
            )
            findings.append(Finding("due_before", Severity.WARN, sentence, "decisions"))
    return findings
