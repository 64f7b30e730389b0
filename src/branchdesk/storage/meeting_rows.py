"""Rows of the tables of meetings as plain values, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from branchdesk.domain.meetings.model import (
    AgendaItem,
    Attendance,
    Candidate,
    Decision,
    Passage,
    Presence,
    Vote,
    VoteKind,
)

Row = Mapping[str, Any]


def attendance_of(row: Row) -> Attendance:
    """The person that a row of `attendance` holds."""
    return Attendance(
        uid=row["uid"],
        name=row["name"],
        person=row["person_uid"],
        group=row["group_name"],
        category=row["category"],
        may_vote=bool(row["may_vote"]),
        counts=bool(row["counts"]),
        basis=row["basis"] or "",
        presence=Presence(row["presence"]),
        reason=row["reason"] or "",
        written=bool(row["written"]),
        made_up_on=row["made_up_on"] or "",
        position=row["position"],
    )


def row_of_attendance(record: str, one: Attendance) -> dict[str, Any]:
    """What a row of `attendance` holds of a person."""
    return {
        "uid": one.uid,
        "record_uid": record,
        "person_uid": one.person,
        "name": one.name,
        "group_name": one.group,
        "category": one.category,
        "may_vote": int(one.may_vote),
        "counts": int(one.counts),
        "basis": one.basis or None,
        "presence": one.presence.value,
        "reason": one.reason or None,
        "written": int(one.written),
        "made_up_on": one.made_up_on or None,
        "position": one.position,
    }


def agenda_of(row: Row) -> AgendaItem:
    """The point that a row of `agenda_item` holds."""
    return AgendaItem(row["uid"], row["title"], row["position"], row["carried_from"])


def row_of_agenda(record: str, item: AgendaItem) -> dict[str, Any]:
    """What a row of `agenda_item` holds of a point."""
    return {
        "uid": item.uid,
        "record_uid": record,
        "title": item.title,
        "carried_from": item.carried_from,
        "position": item.position,
    }


def passage_of(row: Row) -> Passage:
    """The paragraph that a row of `passage` holds."""
    return Passage(
        uid=row["uid"],
        text=row["text"],
        speaker=row["speaker"],
        person=row["person_uid"],
        agenda=row["agenda_uid"],
        position=row["position"],
    )


def row_of_passage(record: str, one: Passage) -> dict[str, Any]:
    """What a row of `passage` holds of a paragraph."""
    return {
        "uid": one.uid,
        "record_uid": record,
        "agenda_uid": one.agenda,
        "person_uid": one.person,
        "speaker": one.speaker,
        "text": one.text,
        "position": one.position,
    }


_FIGURES = ("eligible", "present", "in_favour", "against", "abstained", "issued", "returned", "seats")
_COUNTED = ("written", "invalid")


def vote_of(row: Row, candidates: Sequence[Candidate] = ()) -> Vote:
    """The vote that a row of `vote` holds."""
    return Vote(
        uid=row["uid"],
        subject=row["subject"],
        kind=VoteKind(row["kind"]),
        agenda=row["agenda_uid"],
        person=row["person_uid"],
        person_name=row["person_name"],
        secret=bool(row["secret"]),
        candidates=tuple(candidates),
        position=row["position"],
        **{name: row[name] for name in (*_FIGURES, *_COUNTED)},
    )


def row_of_vote(record: str, vote: Vote) -> dict[str, Any]:
    """What a row of `vote` holds of a vote; its candidates have rows of their own."""
    return {
        "uid": vote.uid,
        "record_uid": record,
        "agenda_uid": vote.agenda,
        "person_uid": vote.person,
        "person_name": vote.person_name,
        "subject": vote.subject,
        "kind": vote.kind.value,
        "secret": int(vote.secret),
        "position": vote.position,
        **{name: getattr(vote, name) for name in (*_FIGURES, *_COUNTED)},
    }


def candidate_of(row: Row) -> Candidate:
    """The name that a row of `candidate` holds."""
    return Candidate(
        uid=row["uid"],
        name=row["name"],
        person=row["person_uid"],
        in_favour=row["in_favour"],
        against=row["against"],
        abstained=row["abstained"],
        write_in=bool(row["write_in"]),
        position=row["position"],
    )


def row_of_candidate(record: str, vote: str, one: Candidate) -> dict[str, Any]:
    """What a row of `candidate` holds of a name."""
    return {
        "uid": one.uid,
        "record_uid": record,
        "vote_uid": vote,
        "person_uid": one.person,
        "name": one.name,
        "in_favour": one.in_favour,
        "against": one.against,
        "abstained": one.abstained,
        "write_in": int(one.write_in),
        "position": one.position,
    }


def decision_of(row: Row) -> Decision:
    """What a row of `decision` holds."""
    return Decision(
        uid=row["uid"],
        text=row["text"],
        agenda=row["agenda_uid"],
        responsible=row["responsible"],
        due_on=row["due_on"] or "",
        done_on=row["done_on"] or "",
        feedback=row["feedback"] or "",
        closed=bool(row["closed"]),
        carried_from=row["carried_from"],
        position=row["position"],
    )


def row_of_decision(record: str, one: Decision) -> dict[str, Any]:
    """What a row of `decision` holds of something decided."""
    return {
        "uid": one.uid,
        "record_uid": record,
        "agenda_uid": one.agenda,
        "text": one.text,
        "responsible": one.responsible,
        "due_on": one.due_on or None,
        "done_on": one.done_on or None,
        "feedback": one.feedback or None,
        "closed": int(one.closed),
        "carried_from": one.carried_from,
        "position": one.position,
    }
