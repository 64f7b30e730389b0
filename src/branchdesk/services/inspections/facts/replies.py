"""What a question answers, and the words and evidence that most answers are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from branchdesk.domain.inspections.model import Evidence
from branchdesk.domain.meetings.model import Meeting, MeetingState
from branchdesk.i18n import _, joined, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections.facts.period_records import PeriodRecords

_MOST_NAMED = 6
_AHEAD = {MeetingState.PLANNED, MeetingState.NOTICED}


class Reply(NamedTuple):
    """The answer to one question: a count or percentage, None where there is none; a sentence; evidence."""

    value: Decimal | None
    words: str
    evidence: tuple[Evidence, ...] = ()


Question = Callable[[PeriodRecords], Reply]


def unanswered(sentence: str, evidence: Iterable[Evidence] = ()) -> Reply:
    """That the records cannot answer, and why."""
    return Reply(None, sentence, tuple(evidence))


def counted(seen: PeriodRecords, times: int, sentence: str, evidence: Iterable[Evidence]) -> Reply:
    """So many times in the period; of one that runs the sentence says until when it was counted."""
    return Reply(Decimal(times), so_far(seen, sentence), tuple(evidence))


def standing(times: int, sentence: str, evidence: Iterable[Evidence]) -> Reply:
    """So many on the last day that is looked at, which the sentence names where it matters."""
    return Reply(Decimal(times), sentence, tuple(evidence))


def so_far(seen: PeriodRecords, sentence: str) -> str:
    """The sentence, and of a period that is not over, the day up to which it holds."""
    if seen.is_over:
        return sentence
    day = PartialDate.of(seen.upto).shown()
    return joined(sentence, _("本期还没有结束，算到 {day}。", day=day))


def some(names: Sequence[str]) -> str:
    """Names in a row; of many only the first ones."""
    if len(names) <= _MOST_NAMED:
        return listed(names)
    return _("{names}等", names=listed(names[:_MOST_NAMED]))


def meeting_evidence(seen: PeriodRecords, meeting: Meeting, lacking: str = "") -> Evidence:
    """A meeting that was looked at; its title begins with its kind."""
    kind = seen.meetings.form(meeting).shown()
    title = meeting.title
    if kind not in title:
        title = _("{kind}“{title}”", kind=kind, title=title) if title else kind
    if meeting.group_name:
        title = _("{group} {title}", group=meeting.group_name, title=title)
    on, held = meeting.on.written() if meeting.on else "", meeting.state not in _AHEAD
    return Evidence(title, "record", meeting.uid, on, lacking, held)


def called(seen: PeriodRecords, meeting: Meeting) -> str:
    """What sentences call a meeting: its day and kind, and the group."""
    kind = seen.meetings.form(meeting).shown()
    day = meeting.on.shown() if meeting.on else ""
    return " ".join(filter(None, (day, meeting.group_name, kind)))


def gap(title: str, lacking: str) -> Evidence:
    """Something that is not there at all."""
    return Evidence(title, lacking=lacking)
