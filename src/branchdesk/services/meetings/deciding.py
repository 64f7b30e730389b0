"""What a meeting decided, who does it until when, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from branchdesk import clock
from branchdesk.domain.meetings.model import Decision
from branchdesk.errors import Problem
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.attending import day_typed
from branchdesk.services.meetings.desk import called, look_at, next_place, one_of, put_on_desk
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage import meetings as questions
from branchdesk.storage import open_decisions as carrying
from branchdesk.storage import records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_rows import row_of_decision
from branchdesk.uids import new_uid

Value = str | bool | None
# What happens to a decision after the meeting; all the rest is final with the minutes.
_AFTERWARDS = {"done_on", "feedback", "closed"}
_DAYS = {"due_on", "done_on"}


@dataclass(frozen=True)
class DecisionEntry:
    """Something decided, as typed; `agenda` is the uid of a point of the agenda, `due_on` a day as typed."""

    text: str
    agenda: str | None = None
    responsible: str = ""
    due_on: str = ""


def add_decision(branch: Branch, uid: str, entry: DecisionEntry) -> MeetingOutcome:
    """Add a decision; the outcome's `line` is its uid.

    Raises Problem for an empty text, a day that cannot be read, and a meeting that is final.
    """
    desk = put_on_desk(branch, uid)
    decision = Decision(
        uid=new_uid(),
        text=_text(entry.text),
        agenda=entry.agenda,
        responsible=one_line(entry.responsible),
        due_on=day_typed(entry.due_on) or "",
        position=next_place(desk.meeting.decisions),
    )
    with branch.change(_("{meeting} 增加议定事项", meeting=desk.called)) as change:
        change.insert(tables.decision, row_of_decision(uid, decision))
    return MeetingOutcome(change.result, uid, line=decision.uid)


def change_decision(branch: Branch, uid: str, decision: str, typed: Mapping[str, Value]) -> MeetingOutcome:
    """Set parts of a decision: text, agenda, responsible, due_on, done_on, feedback, closed.

    When and how it was done may be set when the meeting is final. Raises Problem for an empty text, a day
    that cannot be read, and for anything else in a meeting that is final.
    """
    desk = look_at(branch, uid) if set(typed) <= _AFTERWARDS else put_on_desk(branch, uid)
    before = one_of(desk.meeting.decisions, decision)
    after = replace(before, **{key: _part(key, value) for key, value in typed.items()})
    with branch.change(_("{meeting} 修改议定事项", meeting=desk.called)) as change:
        change.update(tables.decision, decision, row_of_decision(uid, after))
    return MeetingOutcome(change.result, uid, line=decision)


def _part(key: str, value: Value) -> Any:
    """One part of a decision as it is kept."""
    if key == "text":
        return _text(str(value or ""))
    if key in _DAYS:
        return day_typed(str(value or "")) or ""
    if key == "closed":
        return bool(value)
    if key == "agenda":
        return value or None
    if key in {"responsible", "feedback"}:
        return whole(str(value or ""))
    raise KeyError(key)


def _text(typed: str) -> str:
    text = whole(typed)
    if not text:
        raise Problem(_("请写明议定的事项。"), _("如“七月底前完成党员活动室改造”。"))
    return text


def close_decision(
    branch: Branch, uid: str, decision: str, feedback: str = "", done_on: str = ""
) -> MeetingOutcome:
    """Note that a decision was carried out, how, and on which day, by default today.

    It may be closed when its meeting is final; the next meeting no longer asks for it. All meetings that
    carried it over see it closed as well.
    """
    desk = look_at(branch, uid)
    before = one_of(desk.meeting.decisions, decision)
    row = {
        "closed": 1,
        "done_on": day_typed(done_on) or before.done_on or clock.today().isoformat(),
        "feedback": whole(feedback) or before.feedback or None,
    }
    with branch.change(_("办结议定事项：{text}", text=_short(before.text))) as change:
        matter = carrying.open_in_matter(change.connection, decision)
        change.update_many(tables.decision, dict.fromkeys(dict.fromkeys([decision, *matter]), row))
    return MeetingOutcome(change.result, uid, line=decision)


_SHORT = 20


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHORT else plain[:_SHORT] + "…"


def remove_decisions(branch: Branch, uid: str, decisions: Iterable[str]) -> MeetingOutcome:
    """Take decisions out. Raises Problem for a meeting that is final."""
    desk = put_on_desk(branch, uid)
    gone = [one_of(desk.meeting.decisions, one).uid for one in decisions]
    with branch.change(_n("{meeting} 删除 {n} 项议定事项", len(gone), meeting=desk.called)) as change:
        carrying.take_out(change, gone)
    return MeetingOutcome(change.result, uid)


@dataclass(frozen=True)
class OpenDecision:
    """A decision that is not carried out yet, with the meeting that spoke of it last."""

    decision: Decision
    meeting: str
    called: str
    on: PartialDate | None
    overdue: bool


def open_decisions(branch: Branch, organisation: str | None = None) -> list[OpenDecision]:
    """What is still to be done, of one organisation or of all, those due first at the top.

    One that a later meeting goes on is listed once, with that meeting.
    """
    with branch.read() as connection:
        shelf: Shelf = records.shelf_of(connection)
        meetings = questions.load_meetings(connection, carrying.with_open_decisions(connection, organisation))
        taken_up = carrying.decisions_taken_up(connection)
    today = clock.today().isoformat()
    found = [
        OpenDecision(
            decision=one,
            meeting=meeting.uid,
            called=called(meeting, records.form_known(shelf, meeting.kind, meeting.version)),
            on=meeting.on,
            overdue=bool(one.due_on) and one.due_on < today,
        )
        for meeting in meetings.values()
        for one in meeting.decisions
        if not one.closed and one.uid not in taken_up
    ]
    return sorted(found, key=lambda one: (one.decision.due_on or "9999", one.decision.position))
