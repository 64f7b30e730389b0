"""Entering, correcting and removing members, and recording what happens in their Party life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from branchdesk import clock
from branchdesk.domain.checks import CHECKS
from branchdesk.domain.members import STATE_AFTER, EventKind, Standing, possible_events
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.dictionaries import Vocabulary, shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.member_edits import Edits, member_form, plan_edit, plan_new_member, read_fields
from branchdesk.storage import members as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import LOOK, Change, Changes
from branchdesk.storage.derived import surroundings
from branchdesk.storage.member_facts import MemberFacts, facts_at_hand, load_facts
from branchdesk.storage.tables import member, member_event
from branchdesk.uids import new_uid

Typed = Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What an edit did, and what there is to say about what was typed.

    `fields` were set, `read_only` ones were left alone.
    """

    changes: Changes
    uids: tuple[str, ...] = ()
    fields: int = 0
    read_only: int = 0
    findings: tuple[tuple[str, Finding], ...] = ()


@dataclass(frozen=True)
class Home:
    """Where new members belong: an organisation and perhaps one of its groups, by uid."""

    organisation: str
    group: str | None = None


def enter(
    branch: Branch,
    typed: Mapping[str, Typed],
    new: Sequence[Typed] = (),
    home: Home | None = None,
    *,
    by_hand: bool = True,
    label: str = "",
) -> Outcome:
    """Set fields of members, by uid and field id, and enter new members of `home`, as one change.

    Whatever was typed is kept. A group is looked for in the member's own branch; one that only another branch
    has is kept as typed, with a finding. `by_hand` allows 今天 and dates without a year. Read-only fields are
    left alone and counted. Raises Problem for a member in the recycle bin.
    """
    form = member_form()

    def writable(row: Typed) -> Typed:
        return {key: text for key, text in row.items() if not form.by_id[key].read_only}

    findings: list[tuple[str, Finding]] = []
    edits = Edits()
    with branch.change(label or _label_of(branch, typed, new)) as change:
        around = surroundings(change.connection, typed=by_hand)
        facts = facts_at_hand(change.connection, typed)
        for uid, row in typed.items():
            read = read_fields(writable(row), around.of(facts[uid].standing_now(around.today).organisation))
            plan_edit(edits, uid, facts[uid], read, around)
            findings += [(uid, finding) for one in read for finding in one.findings]
        uids = []
        for row in new:
            assert home is not None  # noqa: S101 - the caller gives a home with new members
            uids.append(new_uid())
            read = read_fields(writable(row), around.of(home.organisation))
            plan_new_member(edits, uids[-1], read, around, home.organisation, home.group)
            findings += [(uids[-1], finding) for one in read for finding in one.findings]
        insert_planned(change, edits, uids)
        findings += edits.findings
    rows = [*typed.values(), *new]
    fields = sum(len(writable(row)) for row in rows)
    read_only = sum(len(row) for row in rows) - fields
    return Outcome(change.result, (*typed, *uids), fields, read_only, tuple(findings))


def set_fields(
    branch: Branch, typed: Mapping[str, Typed], *, by_hand: bool = True, label: str = ""
) -> Outcome:
    """Set fields of members, by uid and field id, as one change."""
    return enter(branch, typed, by_hand=by_hand, label=label)


def add_members(
    branch: Branch,
    rows: Sequence[Typed],
    organisation: str,
    group: str | None = None,
    *,
    by_hand: bool = True,
    label: str = "",
) -> Outcome:
    """Enter new members of an organisation as one change; the outcome holds their uids in order."""
    return enter(branch, {}, rows, Home(organisation, group), by_hand=by_hand, label=label)


def _label_of(branch: Branch, typed: Mapping[str, Typed], new: Sequence[Typed]) -> str:
    """The label of an edit: whom and what, as far as that fits a line."""
    if not typed:
        name = new[0].get("name", "").strip() if new else ""
        return _("新增党员 {name}", name=name) if len(new) == 1 else _n("新增 {n} 名党员", len(new))
    fields = {key for row in typed.values() for key in row}
    if len(typed) == 1 and len(fields) == 1 and not new:
        with branch.read() as connection:
            facts = load_facts(connection, typed)
        names = [found.row["name"] or "" for found in facts.values()]
        field = member_form().by_id[next(iter(fields))]
        return _("修改 {name} 的{field}", name=names[0] if names else "", field=field.shown())
    people, cells = len(typed) + len(new), sum(len(row) for row in [*typed.values(), *new])
    return _("修改 {people} 名党员的 {cells} 格", people=people, cells=cells)


def check_typed(typed: Typed, around: Surroundings, home: Home | None = None) -> list[Finding]:
    """What there is to say about a member that is being typed and not yet stored.

    Without `home` the groups of every branch will do.
    """
    form = member_form()
    if home is not None:
        around = around.of(home.organisation)
    read = read_fields({key: text for key, text in typed.items() if text.strip()}, around)
    values = {one.field.id: one.value for one in read}
    doubts = [finding for one in read for finding in one.findings]
    checked = check_form(form, values, around, shipped_rules(), CHECKS)
    return [*doubts, *(finding for finding in checked if finding not in doubts)]


def insert_planned(
    change: Change, edits: Edits, uids: Sequence[str], notes: Sequence[str | None] | None = None
) -> None:
    """Insert new members with the values planned for them, then everything else that was planned."""
    rows = [{"uid": uid, **edits.members.pop(uid, {})} for uid in uids]
    change.insert_many(member, rows, notes)
    edits.write(change)


def move_to_bin(branch: Branch, uids: Sequence[str], why: str) -> Changes:
    """Put members into the recycle bin, where they wait 180 days."""
    with branch.read() as connection:
        facts = load_facts(connection, uids)
    names = listed(facts[uid].row["name"] or "" for uid in [uid for uid in uids if uid in facts][:3])
    label = (
        _("删除 {names}", names=names)
        if len(uids) <= 3
        else _("删除 {names} 等 {n} 名党员", names=names, n=len(uids))
    )
    with branch.change(label) as change:
        change.put_in_bin(member, uids, why, branch.person.name)
    return change.result


def note_reveal(branch: Branch, reason: str) -> Changes:
    """Keep in the journal that hidden numbers were shown, and why; viewers may do this too."""
    with branch.change(_("显示完整证号：{reason}", reason=reason), kind=LOOK) as change:
        pass
    return change.result


@dataclass(frozen=True)
class EventEntry:
    """An event to be recorded.

    `organisation` and `group` are uids, `place` an organisation elsewhere, `ending` a code of the
    dictionary `ending`; `on` is as typed.
    """

    kind: EventKind
    on: str = ""
    organisation: str | None = None
    group: str | None = None
    place: str = ""
    ending: str = ""
    document: str = ""
    note: str = ""


def record_event(branch: Branch, uid: str, entry: EventEntry) -> Outcome:
    """Record what happened to a member; the outcome says what there is to look at again.

    Raises Problem for a date that cannot be read, an event that cannot follow where the member stands, and a
    member in the recycle bin.
    """
    with branch.read() as connection:
        facts = facts_at_hand(connection, [uid])[uid]
        around = surroundings(connection, typed=True)
    if entry.kind not in possible_events(facts.standing_now(around.today)):
        raise Problem(
            _("{name} 现在不能登记“{event}”。", name=facts.row["name"], event=event_name(entry.kind)),
            _("请先看“党籍”里已有的记录；记错了可以修改或删除那一条。"),
        )
    on = _day_typed(entry.on, around)
    label = _("登记 {name} {event}", name=facts.row["name"], event=event_name(entry.kind))
    with branch.change(label) as change:
        change.insert(member_event, {"member_uid": uid, **_stored(entry, on)})
    return Outcome(change.result, (uid,), findings=_noticed(branch, facts, entry.kind, on, around))


def _day_typed(text: str, around: Surroundings) -> str | None:
    """The date of an event as it is stored. Raises Problem for one that cannot be read."""
    date_field = member_form().by_id["admitted_on"]
    read = date_field.type.read(date_field, text, around)
    if read.value is not None and PartialDate.read(read.value) is None:
        raise Problem(date_field.type.check(date_field, read.value, around)[0].sentence)
    return read.value


def _noticed(
    branch: Branch, before: MemberFacts, kind: EventKind, on: str | None, around: Surroundings
) -> tuple[tuple[str, Finding], ...]:
    """What is new to be said about a member once an event of this kind and day is written down."""
    uid = str(before.row["uid"])
    with branch.read() as connection:
        after = load_facts(connection, [uid])[uid]
    date_field = member_form().by_id["admitted_on"]
    found = list(date_field.type.check(date_field, on, around)) if on else []
    if (state := STATE_AFTER.get(kind)) is not None and after.standing().state is not state:
        sentence = _("后面还有别的记录，党籍状态没有因此改变，请核对日期。")
        found.append(Finding("overtaken", Severity.WARN, sentence))
    known = {finding.sentence for finding in _checked(before, around)}
    known |= {finding.sentence for finding in found}
    found += [finding for finding in _checked(after, around) if finding.sentence not in known]
    return tuple((uid, finding) for finding in found)


def _checked(facts: MemberFacts, around: Surroundings) -> list[Finding]:
    values = facts.values(around.today, around.vocabulary["post"])
    return check_form(member_form(), values, around, shipped_rules(), CHECKS)


def _stored(entry: EventEntry, on: str | None) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "on_date": on,
        "entered_on": clock.today().isoformat(),
        "organisation_uid": entry.organisation,
        "group_uid": entry.group,
        "place": entry.place.strip() or None,
        "ending": entry.ending or None,
        "document": entry.document.strip() or None,
        "note": entry.note.strip() or None,
    }


def correct_event(branch: Branch, uid: str, event_uid: str, values: Mapping[str, str]) -> Outcome:
    """Correct an event that was recorded wrongly; the outcome says what there is to look at again.

    Raises Problem for a date that cannot be read, and for a member in the recycle bin.
    """
    with branch.read() as connection:
        facts = facts_at_hand(connection, [uid])[uid]
        around = surroundings(connection, typed=True)
    event = next(row for row in facts.events if row["uid"] == event_uid)
    changed: dict[str, Any] = {key: text.strip() or None for key, text in values.items()}
    if values.get("on_date"):
        changed["on_date"] = _day_typed(values["on_date"], around)
    kind = EventKind(event["kind"])
    label = _("更正 {name} 的{event}记录", name=facts.row["name"], event=event_name(kind))
    with branch.change(label) as change:
        change.update(member_event, event_uid, changed)
    on = changed.get("on_date", event["on_date"])
    return Outcome(change.result, (uid,), findings=_noticed(branch, facts, kind, on, around))


def remove_event(branch: Branch, uid: str, event_uid: str) -> Changes:
    """Take away an event that was recorded by mistake; the history keeps it.

    Raises Problem for a member in the recycle bin.
    """
    with branch.read() as connection:
        facts = facts_at_hand(connection, [uid])[uid]
    event = next(row for row in facts.events if row["uid"] == event_uid)
    label = _("删除 {name} 的{event}记录", name=facts.row["name"], event=event_name(EventKind(event["kind"])))
    with branch.change(label) as change:
        change.remove(member_event, [event_uid])
    return change.result


def event_name(kind: EventKind) -> str:
    """The word for a kind of event."""
    return shipped_dictionaries()["event"].shown(kind.value)


@dataclass(frozen=True)
class MemberFile:
    """One member as the detail pane shows it: values of the form, where he stands, events, attachments."""

    uid: str
    values: Mapping[str, str | None]
    standing: Standing
    events: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, Any]]

    @property
    def name(self) -> str:
        """The member's name."""
        return self.values.get("name") or ""


def vocabulary_of(branch: Branch) -> Vocabulary:
    """The words that fields of this file choose from."""
    with branch.read() as connection:
        return surroundings(connection).vocabulary


def row_of(branch: Branch, uid: str) -> int | None:
    """By which row number the roster knows a member; None for one in the recycle bin."""
    with branch.read() as connection:
        return questions.rid_of(connection, uid)


def member_file(branch: Branch, uid: str) -> MemberFile | None:
    """Everything about one member; None for one in the recycle bin."""
    with branch.read() as connection:
        facts = load_facts(connection, [uid]).get(uid)
        if facts is None:
            return None
        around = surroundings(connection)
        return MemberFile(
            uid=uid,
            values=facts.values(around.today, around.vocabulary["post"]),
            standing=facts.standing_now(around.today),
            events=questions.events_of(connection, uid),
            attachments=questions.attachments_of(connection, member.name, uid),
        )
