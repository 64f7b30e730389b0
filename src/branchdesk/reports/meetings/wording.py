"""How papers of meetings say things: numbers of headings, days, who was away, votes and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.elections import valid_ballots
from branchdesk.domain.meetings.model import Attendance, Candidate, Decision, Presence, Vote, VoteKind
from branchdesk.partial_dates import PartialDate

FOR_THE_PEN = "____"  # a figure that is written by hand
_DIGITS = "〇一二三四五六七八九"
_AWAY = {Presence.LEAVE: "已请假", Presence.ABSENT: "未请假"}
_STOPS = "。；;，,、 \u3000\n"


def chinese_number(number: int) -> str:
    """A number from 1 to 99 as headings have it: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def spelled_day(text: str) -> str:
    """An ISO date as official papers spell it; what is no date stays as it is."""
    day = PartialDate.read(text)
    return day.spelled() if day is not None else text


def without_stop(text: str) -> str:
    """A sentence without the mark that ends it, so that something can follow."""
    return text.rstrip(_STOPS)


def joined_names(people: Iterable[Attendance]) -> str:
    """Names one after the other."""
    return "、".join(person.name for person in people)


def absent_sentence(attendance: Sequence[Attendance]) -> str:
    """Who was away and why, those of the same reason together: 李明、王芳（出差，已请假）；高峰（未请假）."""
    together: dict[tuple[Presence, str], list[Attendance]] = {}
    for person in attendance:
        if person.presence in _AWAY:
            together.setdefault((person.presence, without_stop(person.reason)), []).append(person)
    return "；".join(
        f"{joined_names(people)}（{'，'.join(part for part in (reason, _said(presence, reason)) if part)}）"
        for (presence, reason), people in together.items()
    )


def _said(presence: Presence, reason: str) -> str:
    """Whether leave was asked for, unless the reason itself says so."""
    return "" if "请假" in reason else _AWAY[presence]


def expected_text(heads: Heads) -> str:
    """How many are expected, and how many of them have a vote."""
    return f"{heads.expected} 人（有表决权 {heads.voters} 人）"


def present_text(heads: Heads) -> str:
    """How many came, and how many of them have a vote; empty where nobody was marked yet."""
    if heads.unmarked and not heads.present:
        return ""
    return f"{heads.present} 人（有表决权 {heads.present_voters} 人）"


def figure(number: int | None) -> str:
    """A figure, or a rule for the pen where it is not known."""
    return FOR_THE_PEN if number is None else str(number)


def voters_word(vote: Vote) -> str:
    """What those who vote are called."""
    if vote.kind is VoteKind.ELECTION:
        return "有选举权的党员"
    return "委员" if vote.kind is VoteKind.COMMITTEE else "有表决权的党员"


def vote_sentence(vote: Vote, result: str = "") -> str:
    """A vote as minutes tell it: what about, who had a vote, who came, the figures, and the result."""
    if vote.kind is VoteKind.ELECTION:
        return _election_sentence(vote, result)
    who = voters_word(vote)
    way = "采用无记名投票方式进行表决，" if vote.secret else ""
    parts = [f"应到会{who}{figure(vote.eligible)}名", f"实到会{who}{figure(vote.present)}名"]
    if vote.issued is not None or vote.returned is not None:
        parts.append(f"发出表决票{figure(vote.issued)}张、收回{figure(vote.returned)}张")
    if vote.written:
        parts.append(f"会前书面意见{vote.written}份")
    parts += [
        f"赞成{figure(vote.in_favour)}票",
        f"反对{figure(vote.against)}票",
        f"弃权{figure(vote.abstained)}票",
    ]
    if vote.invalid:
        parts.append(f"无效{vote.invalid}票")
    return _ended(f"表决：{without_stop(vote.subject)}。{way}" + "，".join(parts), result)


def _election_sentence(vote: Vote, result: str) -> str:
    who = voters_word(vote)
    parts = [f"应到会{who}{figure(vote.eligible)}名", f"实到会{who}{figure(vote.present)}名"]
    parts.append(f"发出选票{figure(vote.issued)}张、收回{figure(vote.returned)}张")
    parts.append(f"有效票{figure(valid_ballots(vote))}张、无效票{vote.invalid}张")
    seats = "" if vote.seats is None else f"，应选{vote.seats}名"
    opening = f"选举：{without_stop(vote.subject)}{seats}，采用无记名投票方式进行。"
    told = "；".join(candidate_text(candidate) for candidate in vote.candidates)
    return _ended(opening + "，".join(parts) + (f"。得票情况：{told}" if told else ""), result)


def _ended(sentence: str, result: str) -> str:
    return f"{sentence}。{without_stop(result)}。" if result else f"{sentence}。"


def candidate_text(candidate: Candidate) -> str:
    """What a candidate got, in words."""
    if candidate.write_in:
        return f"另选人{candidate.name}得{figure(candidate.in_favour)}票"
    return (
        f"{candidate.name}赞成{figure(candidate.in_favour)}票、不赞成{figure(candidate.against)}票、"
        f"弃权{figure(candidate.abstained)}票"
    )


def decision_text(decision: Decision) -> str:
    """What was decided, with who does it and until when."""
    tasks = []
    if decision.responsible:
        tasks.append(f"责任人：{decision.responsible}")
    if decision.due_on:
        tasks.append(f"完成时限：{spelled_day(decision.due_on)}")
    said = without_stop(decision.text)
    return f"{said}（{'；'.join(tasks)}）。" if tasks else f"{said}。"
