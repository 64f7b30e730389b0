"""The figures that computed fields and papers show of a meeting. Text of official paper, always Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from branchdesk.domain.meetings.counting_heads import Heads, heads_of
from branchdesk.domain.meetings.model import Attendance, Decision, Meeting, Presence, Vote, VoteKind
from branchdesk.forms.language import Form
from branchdesk.forms.time_spans import span_of
from branchdesk.partial_dates import PartialDate

_AWAY = {Presence.LEAVE: "请假", Presence.ABSENT: "缺席"}


def figures(form: Form, meeting: Meeting) -> dict[str, str]:
    """Every figure by its name in the form language; empty where there is nothing to tell."""
    heads = heads_of(meeting)
    counted: Mapping[str, Callable[[], str]] = {
        "attendance.expected": lambda: _number(heads.expected, heads),
        "attendance.voters": lambda: _number(heads.voters, heads),
        "attendance.present": lambda: _number(heads.present, heads),
        "attendance.present_voters": lambda: _number(heads.present_voters, heads),
        "attendance.leave": lambda: _number(heads.leave, heads),
        "attendance.absent": lambda: _number(heads.absent, heads),
        "attendance.absent_names": lambda: "；".join(absent_names(meeting.attendance)),
        "attendance.rate": lambda: _rate(heads),
        "agenda.numbered": lambda: _numbered([item.title for item in meeting.agenda]),
        "duration.minutes": lambda: _minutes(form, meeting),
        "votes.summary": lambda: "；".join(summary_of(vote) for vote in meeting.votes),
        "decisions.numbered": lambda: _numbered([decided(one) for one in meeting.decisions]),
        "files.names": lambda: "、".join(one.name for one in meeting.files),
        "meeting.number": lambda: "" if meeting.number is None else str(meeting.number),
        "organisation.name": lambda: meeting.organisation_name,
    }
    return {name: count() for name, count in counted.items()}


def _number(number: int, heads: Heads) -> str:
    """A number of people; nothing where nobody is expected, which is no nought."""
    return str(number) if heads.expected else ""


def _rate(heads: Heads) -> str:
    percent = heads.percent_present
    return "" if percent is None else f"{percent.normalize():f}%"


def absent_names(attendance: Sequence[Attendance]) -> list[str]:
    """Those who were away with their reasons, people of one reason together, in the order of the roster."""
    reasons: dict[tuple[Presence, str], list[str]] = {}
    for one in attendance:
        if one.counts and one.presence in _AWAY:
            reasons.setdefault((one.presence, one.reason), []).append(one.name)
    return [
        f"{'、'.join(names)}（{_AWAY[presence]}{'：' if reason else ''}{reason}）"
        for (presence, reason), names in reasons.items()
    ]


def _numbered(lines: Sequence[str]) -> str:
    """One line as it stands, several with their numbers, each on its own line."""
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{place}.{line}" for place, line in enumerate(lines, start=1))


def _minutes(form: Form, meeting: Meeting) -> str:
    field = form.by_role("when")
    span = span_of(meeting.values.get(field.id)) if field else None
    return str(span.minutes) if span is not None and span.minutes else ""


def summary_of(vote: Vote) -> str:
    """A vote with its figures in one sentence, those that were not entered left out."""
    subject = vote.subject.rstrip("。；")
    if vote.kind is VoteKind.ELECTION:
        names = [
            f"{one.name}得赞成票{one.in_favour}票" for one in vote.candidates if one.in_favour is not None
        ]
        ballots = [("发出选票", vote.issued), ("收回", vote.returned), ("无效票", vote.invalid or None)]
        told = [f"{word}{number}张" for word, number in ballots if number is not None]
        return f"{subject}：{'，'.join([*told, *names])}" if told or names else subject
    people = [
        ("应到会有表决权党员", vote.eligible, "名"),
        ("实到", vote.present, "名"),
        ("书面意见", vote.written or None, "份"),
        ("赞成", vote.in_favour, "票"),
        ("反对", vote.against, "票"),
        ("弃权", vote.abstained, "票"),
        ("无效票", vote.invalid or None, "张"),
    ]
    told = [f"{word}{number}{unit}" for word, number, unit in people if number is not None]
    return f"{subject}：{'，'.join(told)}" if told else subject


def decided(one: Decision) -> str:
    """A decision in one line: what, who and until when."""
    told = " ".join(one.text.split()).rstrip("。；")
    due = PartialDate.read(one.due_on)
    aside = [part for part in (one.responsible, f"{due.spelled()}前完成" if due else "") if part]
    return f"{told}（{'，'.join(aside)}）" if aside else told
