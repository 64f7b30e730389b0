"""Votes and elections of a meeting: figures as typed, candidates, and what the rules make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from branchdesk import clock
from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.elections import ElectionResult, ballot_order
from branchdesk.domain.meetings.model import Candidate, Meeting, Vote, VoteKind
from branchdesk.domain.meetings.votes import Verdict, counts_written, judge
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.spelling import half_width, person_name, without_spaces
from branchdesk.i18n import _, _n, later
from branchdesk.services.meetings.desk import Desk, next_place, one_of, put_on_desk
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.reading import form_of
from branchdesk.services.meetings.texts import one_line
from branchdesk.services.organisations import names_of
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_rows import row_of_candidate, row_of_vote
from branchdesk.storage.record_writing import align
from branchdesk.uids import new_uid

Value = str | bool | None
COMMITTEE = "committee"
# The figures of a vote with the words by which a refusal names them.
FIGURES = {
    "eligible": later("应到会有表决权人数"),
    "present": later("实到会有表决权人数"),
    "written": later("书面意见数"),
    "in_favour": later("赞成票数"),
    "against": later("反对票数"),
    "abstained": later("弃权票数"),
    "invalid": later("无效票数"),
    "issued": later("发出选票数"),
    "returned": later("收回选票数"),
    "seats": later("应选名额"),
}
_ZERO_WHEN_EMPTY = {"written", "invalid"}
_OF_CANDIDATE = ("in_favour", "against", "abstained")
_SECRET = {
    VoteKind.ADMISSION,
    VoteKind.CONFIRMATION,
    VoteKind.EXTENSION,
    VoteKind.CANCELLATION,
    VoteKind.ELECTION,
}
_MOST_DIGITS = 5
_SHORT = 20


@dataclass(frozen=True)
class VoteEntry:
    """A vote as typed: figures are texts, empty where they are not known yet.

    `kind` is a VoteKind, `agenda` the uid of a point of the agenda, `person` the uid of the member whom it
    concerns. Without `secret` the kind decides; without `eligible` and `present` the attendance does.
    """

    subject: str = ""
    kind: str = VoteKind.ORDINARY
    agenda: str | None = None
    person: str | None = None
    person_name: str = ""
    secret: bool | None = None
    eligible: str = ""
    present: str = ""
    written: str = ""
    in_favour: str = ""
    against: str = ""
    abstained: str = ""
    invalid: str = ""
    issued: str = ""
    returned: str = ""
    seats: str = ""


def add_vote(branch: Branch, uid: str, entry: VoteEntry) -> MeetingOutcome:
    """Add a vote; the outcome's `line` is its uid, its findings say what does not add up.

    Raises Problem for an empty subject, for a figure that is no number, and for a meeting that is final.
    """
    desk = put_on_desk(branch, uid)
    kind = VoteKind(entry.kind)
    heads = heads_of(desk.meeting)
    given: dict[str, Any] = {
        "eligible": heads.voters or None,
        "present": heads.present_voters or None,
        "written": 0,
        "invalid": 0,
    }
    figures = {name: _figure(name, getattr(entry, name)) for name in FIGURES}
    typed: dict[str, Any] = {name: figure for name, figure in figures.items() if figure is not None}
    vote = Vote(
        uid=new_uid(),
        subject=_subject(entry.subject),
        kind=kind,
        agenda=entry.agenda,
        person=entry.person,
        person_name=one_line(entry.person_name) or _name_of(branch, desk, entry.person),
        secret=kind in _SECRET if entry.secret is None else entry.secret,
        position=next_place(desk.meeting.votes),
        **given | typed,
    )
    if "written" not in typed and _counts_written(desk, vote):
        vote = replace(vote, written=heads.written)
    with branch.change(
        _("{meeting} 增加表决“{subject}”", meeting=desk.called, subject=vote.subject)
    ) as change:
        change.insert(tables.vote, row_of_vote(uid, vote))
    return MeetingOutcome(change.result, uid, _said_of(desk, vote), vote.uid)


def change_vote(branch: Branch, uid: str, vote: str, typed: Mapping[str, Value]) -> MeetingOutcome:
    """Set parts of a vote by the names of VoteEntry.

    Raises Problem for an empty subject, for a figure that is no number, and for a meeting that is final.
    """
    desk = put_on_desk(branch, uid)
    before = one_of(desk.meeting.votes, vote)
    after = replace(before, **{key: _part(key, value) for key, value in typed.items()})
    if after.person != before.person and "person_name" not in typed:
        after = replace(after, person_name=_name_of(branch, desk, after.person))
    with branch.change(
        _("{meeting} 修改表决“{subject}”", meeting=desk.called, subject=before.subject)
    ) as change:
        change.update(tables.vote, vote, row_of_vote(uid, after))
    return MeetingOutcome(change.result, uid, _said_of(desk, after), vote)


def _part(key: str, value: Value) -> Any:
    """One part of a vote as it is kept."""
    if key in FIGURES:
        figure = _figure(key, str(value or ""))
        return 0 if figure is None and key in _ZERO_WHEN_EMPTY else figure
    match key:
        case "subject":
            return _subject(str(value or ""))
        case "kind":
            return VoteKind(str(value))
        case "secret":
            return bool(value)
        case "person_name":
            return one_line(str(value or ""))
        case "agenda" | "person":
            return value or None
        case _:
            raise KeyError(key)


def _subject(text: str) -> str:
    subject = one_line(text)
    if not subject:
        raise Problem(_("请写明表决的事项。"), _("如“同意接收某某同志为中共预备党员”。"))
    return subject


def _figure(name: str, text: str) -> int | None:
    """A figure as typed, None for an empty text. Raises Problem for anything that is no whole number."""
    plain = without_spaces(half_width(text)).removesuffix("票").removesuffix("人")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain.lstrip("0")) <= _MOST_DIGITS):
        raise Problem(
            _("“{text}”不能作{figure}。", text=one_line(text)[:_SHORT], figure=_(FIGURES[name])),
            _("请填 0 或正整数；还不知道的先空着。"),
        )
    return int(plain[-_MOST_DIGITS:])


def _name_of(branch: Branch, desk: Desk, person: str | None) -> str:
    if person is None:
        return ""
    known = {one.person: one.name for one in desk.meeting.attendance}
    return known.get(person) or names_of(branch, [person]).get(person, "")


def remove_vote(branch: Branch, uid: str, vote: str) -> MeetingOutcome:
    """Take a vote with its candidates out."""
    desk = put_on_desk(branch, uid)
    gone = one_of(desk.meeting.votes, vote)
    with branch.change(
        _("{meeting} 删除表决“{subject}”", meeting=desk.called, subject=gone.subject)
    ) as change:
        change.remove(tables.candidate, [one.uid for one in gone.candidates])
        change.remove(tables.vote, [vote])
    return MeetingOutcome(change.result, uid)


# ---- candidates


def add_candidates(
    branch: Branch,
    uid: str,
    vote: str,
    names: Iterable[tuple[str, str | None]],
    *,
    write_in: bool = False,
) -> MeetingOutcome:
    """Add names with the uids of the members they mean to an election, in the order of strokes (E5).

    `write_in` is for people whom voters wrote in themselves; they stand behind. Empty names are left out.
    """
    desk = put_on_desk(branch, uid)
    election = one_of(desk.meeting.votes, vote)
    known = {(one.name, one.person) for one in election.candidates}
    spelled = [(person_name(one_line(name)), person) for name, person in names]
    new = [
        Candidate(new_uid(), name, person, write_in=write_in)
        for name, person in dict.fromkeys(spelled)
        if name and (name, person) not in known
    ]
    label = _n("{meeting} 增加 {n} 名候选人", len(new), meeting=desk.called)
    if write_in:
        label = _n("{meeting} 增加 {n} 名另选人", len(new), meeting=desk.called)
    with branch.change(label) as change:
        ordered = ballot_order([*election.candidates, *new])
        rows = [row_of_candidate(uid, vote, replace(one, position=n)) for n, one in enumerate(ordered)]
        align(change, tables.candidate, [one.uid for one in election.candidates], rows)
    return MeetingOutcome(change.result, uid, line=new[-1].uid if new else "")


def add_candidate(
    branch: Branch, uid: str, vote: str, name: str, person: str | None = None, *, write_in: bool = False
) -> MeetingOutcome:
    """Add one name to an election; the outcome's `line` is its uid."""
    return add_candidates(branch, uid, vote, [(name, person)], write_in=write_in)


def change_candidate(branch: Branch, uid: str, candidate: str, typed: Mapping[str, str]) -> MeetingOutcome:
    """Set the figures of a candidate. Raises Problem for a figure that is no number."""
    desk = put_on_desk(branch, uid)
    vote, before = _candidate(desk, candidate)
    figures: dict[str, Any] = {key: _figure(key, text) for key, text in typed.items() if key in _OF_CANDIDATE}
    with branch.change(_("{meeting} 填写 {name} 的得票", meeting=desk.called, name=before.name)) as change:
        change.update(tables.candidate, candidate, figures)
    counted = tuple(replace(one, **figures) if one.uid == candidate else one for one in vote.candidates)
    return MeetingOutcome(change.result, uid, _said_of(desk, replace(vote, candidates=counted)), candidate)


def remove_candidates(branch: Branch, uid: str, candidates: Iterable[str]) -> MeetingOutcome:
    """Take names out of an election."""
    desk = put_on_desk(branch, uid)
    gone = [_candidate(desk, one)[1].uid for one in candidates]
    with branch.change(_n("{meeting} 删除 {n} 名候选人", len(gone), meeting=desk.called)) as change:
        change.remove(tables.candidate, gone)
    return MeetingOutcome(change.result, uid)


def _candidate(desk: Desk, uid: str) -> tuple[Vote, Candidate]:
    one = one_of((one for vote in desk.meeting.votes for one in vote.candidates), uid)
    return next(vote for vote in desk.meeting.votes if one in vote.candidates), one


# ---- what the rules make of it


def _said_of(desk: Desk, vote: Vote) -> tuple[Finding, ...]:
    return tuple(_judged(desk.meeting, vote, of_committee=_is_of_committee(desk)).findings)


def _is_of_committee(desk: Desk) -> bool:
    return desk.form.meeting is not None and desk.form.meeting.expected == COMMITTEE


def _counts_written(desk: Desk, vote: Vote) -> bool:
    day = desk.meeting.day or clock.today()
    return counts_written(vote, shipped_rules(), day, of_committee=_is_of_committee(desk))


def _judged(meeting: Meeting, vote: Vote, *, of_committee: bool) -> Verdict | ElectionResult:
    day = meeting.day or clock.today()
    return judge(vote, heads_of(meeting), shipped_rules(), day, of_committee=of_committee)


def verdicts(branch: Branch, meeting: Meeting) -> dict[str, Verdict | ElectionResult]:
    """What the rules of the meeting's day say of each of its votes, by uid, with the explanation."""
    form = form_of(branch, meeting)
    of_committee = form.meeting is not None and form.meeting.expected == COMMITTEE
    return {vote.uid: _judged(meeting, vote, of_committee=of_committee) for vote in meeting.votes}
