"""From what was typed into a member's file to the facts that are stored.

Most fields are columns. Those that follow from the events of a Party life are turned into events:
typing 入党日期 records or corrects the admission, choosing 党小组 records a move from today on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branchdesk.domain.identity import read_identity
from branchdesk.domain.members import Category, EventKind
from branchdesk.findings import Finding, Severity
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field, Form, shipped_form
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate, day_before
from branchdesk.storage.changes import Change
from branchdesk.storage.member_facts import MemberFacts
from branchdesk.storage.tables import member, member_event, pending_value, post
from branchdesk.uids import new_uid

_DATED = {
    "admitted_on": EventKind.ADMITTED,
    "confirmed_on": EventKind.CONFIRMED,
    "arrived_on": EventKind.ARRIVED,
}


def member_form() -> Form:
    """The form of the member's file."""
    return shipped_form("member.file")


@dataclass
class Edits:
    """Everything that an edit of members will write, gathered before it is written at once.

    `findings` say, by the uid of a member, what was left alone or went along with it.
    """

    members: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    events: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    posts: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    pending: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    new_events: list[dict[str, Any]] = field(default_factory=list)
    new_posts: list[dict[str, Any]] = field(default_factory=list)
    new_pending: list[dict[str, Any]] = field(default_factory=list)
    gone_events: list[str] = field(default_factory=list)
    gone_posts: list[str] = field(default_factory=list)
    gone_pending: list[str] = field(default_factory=list)
    findings: list[tuple[str, Finding]] = field(default_factory=list)

    def planned(self, uid: str, kind: EventKind) -> dict[str, Any] | None:
        """The event of a kind that is about to be recorded for a member."""
        for event in reversed(self.new_events):
            if event["member_uid"] != uid:
                return None
            if event["kind"] == kind:
                found: dict[str, Any] = event
                return found
        return None

    def write(self, change: Change) -> None:
        """Write everything into `change`."""
        change.update_many(member, self.members)
        change.remove(pending_value, self.gone_pending)
        for gone in self.gone_events:
            self.events.pop(gone, None)
        change.remove(member_event, self.gone_events)
        change.remove(post, self.gone_posts)
        for table, updates in (
            (member_event, self.events),
            (post, self.posts),
            (pending_value, self.pending),
        ):
            change.update_many(table, updates)
        change.insert_many(member_event, self.new_events)
        change.insert_many(post, self.new_posts)
        change.insert_many(pending_value, self.new_pending)


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field as it was typed and as it was understood."""

    field: Field
    value: str | None
    understood: bool
    findings: tuple[Finding, ...]


def read_field(field: Field, text: str, around: Surroundings) -> ReadField:
    """What a text typed into a field means; an empty text clears."""
    reading = field.type.read(field, text, around)
    checks = field.type.check(field, reading.value, around) if reading.value else ()
    understood = not any(finding.is_error for finding in checks)
    return ReadField(field, reading.value, understood, (*reading.findings, *checks))


def read_fields(typed: Mapping[str, str], around: Surroundings) -> list[ReadField]:
    """What the texts typed into fields mean."""
    form = member_form()
    return [read_field(form.by_id[field_id], text, around) for field_id, text in typed.items()]


def plan_edit(
    edits: Edits, uid: str, stored: MemberFacts, read: Iterable[ReadField], around: Surroundings
) -> None:
    """Add to `edits` what brings the member with `stored` facts to the values that were read."""
    for one in read:
        if not one.field.source:
            edits.members[uid][one.field.id] = one.value
        elif one.value is not None and not one.understood:
            _keep_pending(edits, uid, stored, one.field.id, one.value)
        else:
            _drop_pending(edits, stored, one.field.id)
            _plan_fact(edits, uid, stored, one.field.id, one.value, around)
    _fill_from_identity(edits, uid, stored)


def plan_new_member(
    edits: Edits,
    uid: str,
    read: Sequence[ReadField],
    around: Surroundings,
    organisation: str,
    group: str | None = None,
) -> None:
    """Add to `edits` a new member of an organisation with the values that were read.

    `group` is the uid of the group where none was typed.
    """
    arrival: dict[str, Any] = {
        **_new_event(uid, EventKind.ARRIVED, around.today.isoformat(), organisation_uid=organisation),
        "uid": new_uid(),
        "on_date": None,
        "group_uid": None,
    }
    plan_edit(edits, uid, MemberFacts({}, ({"rid": 0, **arrival},)), read, around)
    edits.new_events.append({**arrival, **edits.events.pop(arrival["uid"], {})})
    if group is not None and not any(one.field.id == "group" and one.value for one in read):
        _set_group(edits, uid, MemberFacts({}), group, around)


def plan_group(edits: Edits, uid: str, stored: MemberFacts, group: str, around: Surroundings) -> None:
    """Add to `edits` that a member belongs to a group from now on."""
    _drop_pending(edits, stored, "group")
    _set_group(edits, uid, stored, group, around)


def _keep_pending(edits: Edits, uid: str, stored: MemberFacts, field_id: str, text: str) -> None:
    known = _pending_of(stored, field_id)
    if known is None:
        edits.new_pending.append({"member_uid": uid, "field": field_id, "text": text})
    else:
        edits.pending[known]["text"] = text


def _pending_of(stored: MemberFacts, field_id: str) -> str | None:
    return next((row["uid"] for row in stored.pending if row["field"] == field_id), None)


def _drop_pending(edits: Edits, stored: MemberFacts, field_id: str) -> None:
    known = _pending_of(stored, field_id)
    if known is not None:
        edits.gone_pending.append(known)


def _plan_fact(
    edits: Edits, uid: str, stored: MemberFacts, field_id: str, value: str | None, around: Surroundings
) -> None:
    today = around.today.isoformat()
    if field_id in _DATED:
        _set_event_date(edits, uid, stored, _DATED[field_id], value, today)
    elif field_id == "category":
        _set_category(edits, uid, stored, value, today)
    elif field_id == "group":
        _set_group(edits, uid, stored, value, around)
    elif field_id == "posts":
        _set_posts(edits, uid, stored, (value or "").split(), around)


def _new_event(uid: str, kind: EventKind, today: str, **values: str | None) -> dict[str, Any]:
    return {"member_uid": uid, "kind": kind.value, "entered_on": today, **values}


def _set_event_date(
    edits: Edits, uid: str, stored: MemberFacts, kind: EventKind, value: str | None, today: str
) -> None:
    """Correct the date of the last event of a kind, or record the event."""
    known, planned = stored.last(kind), edits.planned(uid, kind)
    if known is not None:
        edits.events[known["uid"]]["on_date"] = value
    elif planned is not None:
        planned["on_date"] = value
    elif value is not None:
        edits.new_events.append(_new_event(uid, kind, today, on_date=value))


def _set_category(edits: Edits, uid: str, stored: MemberFacts, value: str | None, today: str) -> None:
    admitted, confirmed = stored.last(EventKind.ADMITTED), stored.last(EventKind.CONFIRMED)
    if value is None:
        _clear_category(edits, uid, [event for event in (admitted, confirmed) if event is not None])
        return
    if admitted is None and edits.planned(uid, EventKind.ADMITTED) is None:
        edits.new_events.append(_new_event(uid, EventKind.ADMITTED, today))
    if value == Category.FULL and confirmed is None and edits.planned(uid, EventKind.CONFIRMED) is None:
        edits.new_events.append(_new_event(uid, EventKind.CONFIRMED, today))
    if value == Category.PROBATIONARY and confirmed is not None:
        edits.gone_events.append(confirmed["uid"])
        day = PartialDate.read(confirmed["on_date"])
        if day is not None:
            sentence = _("改为预备党员，转正日期 {day} 也删除了；改错了请撤销。", day=day.shown())
            edits.findings.append((uid, Finding("confirmation_gone", Severity.WARN, sentence, "category")))


def _clear_category(edits: Edits, uid: str, events: Sequence[Mapping[str, Any]]) -> None:
    """Take back an admission and a confirmation; with a date they are facts that stay."""
    if not any(event["on_date"] for event in events):
        edits.gone_events += [event["uid"] for event in events]
        return
    sentence = _("人员类别由入党日期和转正日期得出，没有清空；请先清空这两个日期。")
    edits.findings.append((uid, Finding("category_kept", Severity.WARN, sentence, "category")))


def _set_group(edits: Edits, uid: str, stored: MemberFacts, value: str | None, around: Surroundings) -> None:
    """The first group belongs to the arrival; a later one holds from today; one of today is corrected.

    A member who left and came back has lost the earlier group, so what is planned is tried first.
    """
    today = around.today
    if stored.standing_now(today).group == value:
        return
    known = stored.last(EventKind.GROUPED)
    if known is not None and known["entered_on"] == today.isoformat():
        others = [row for row in stored.events if row is not known]
        if _group_after(others, {**known, "group_uid": value}, today) == value:
            edits.events[known["uid"]]["group_uid"] = value
            return
    event = _new_event(uid, EventKind.GROUPED, today.isoformat(), on_date=None, group_uid=value)
    if known is not None or _group_after(stored.events, event, today) != value:
        event["on_date"] = today.isoformat()
    edits.new_events.append(event)


def _group_after(events: Iterable[Mapping[str, Any]], event: Mapping[str, Any], today: date) -> str | None:
    """The group in which a member with these events stands today, once `event` is recorded too."""
    facts = MemberFacts({}, (*events, {"rid": 0, "organisation_uid": None, **event}))
    return facts.standing_now(today).group


def _set_posts(
    edits: Edits, uid: str, stored: MemberFacts, codes: Sequence[str], around: Surroundings
) -> None:
    """Posts no longer named end today, or vanish if they were entered today; new ones have no first day.

    They count from today on, as domain.committee says.
    """
    today = around.today.isoformat()
    held = {row["code"]: row for row in stored.posts_on(around.today)}
    for code, row in held.items():
        if code in codes:
            continue
        if row["entered_on"] == today:
            edits.gone_posts.append(row["uid"])
        else:
            edits.posts[row["uid"]]["until"] = day_before(around.today).isoformat()
    place = stored.standing_now(around.today).organisation
    edits.new_posts += [
        {"organisation_uid": place, "member_uid": uid, "code": code, "entered_on": today}
        for code in codes
        if code not in held and place is not None
    ]


def _fill_from_identity(edits: Edits, uid: str, stored: MemberFacts) -> None:
    """A right identity number fills in birth date and sex where they are empty (ux G10)."""
    planned = edits.members.get(uid, {})
    number = planned.get("id_number")
    if not number:
        return
    read = read_identity(number)
    if read.born is None:
        return
    for field_id, value in (("born_on", PartialDate.of(read.born).written()), ("sex", read.sex)):
        if not planned.get(field_id, stored.row.get(field_id)):
            edits.members[uid][field_id] = value
