"""Entering points: by hand, by claiming tasks, and reversing what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk import clock
from branchdesk.domain.points.checks import decision_findings, entry_findings
from branchdesk.domain.points.model import EntrySource, EntryState, PointEntry, PointScheme
from branchdesk.domain.points.tally import reversal_of
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.i18n import _, _n
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.meetings.texts import one_line
from branchdesk.services.points.numbers import read_quantity
from branchdesk.services.points.outcomes import PointsOutcome
from branchdesk.services.points.schemes import scheme_of
from branchdesk.storage import points as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change
from branchdesk.storage.member_facts import facts_at_hand
from branchdesk.storage.point_schemes import scheme_form
from branchdesk.storage.point_tables import point_entry
from branchdesk.uids import new_uid


@dataclass(frozen=True)
class EntryTyped:
    """An entry as a clerk types it: `person` is the uid of a member and `rule` the id of a rule.

    Without a day it is today, without a quantity 1. `evidence_entity` and `evidence_uid` open what proves
    it where that lies in the file.
    """

    person: str
    rule: str
    on: str = ""
    quantity: str = ""
    reason: str = ""
    evidence_title: str = ""
    evidence_entity: str = ""
    evidence_uid: str = ""
    applicant: str = ""
    reviewer: str = ""


# ---- looking before anything is written


def check_entry(
    branch: Branch, organisation: str, typed: EntryTyped, year: int | None = None
) -> list[Finding]:
    """What is missing or wrong in an entry before it is written, and what a cap would leave of it.

    Raises Problem for a day or a quantity that cannot be read.
    """
    desk = _Desk.at(branch, organisation, _day(typed.on))
    entry = _entry(branch, desk, typed, EntrySource.TYPED, EntryState.ACCEPTED)
    return desk.findings(entry, year)


# ---- writing


def add_entry(branch: Branch, organisation: str, typed: EntryTyped, year: int | None = None) -> PointsOutcome:
    """Enter points for one person; they count at once. `year` is the year that is being entered.

    Raises Problem for what cannot be: no person or rule, a day outside the year or to come, no quantity,
    points taken off without a reason.
    """
    return add_entries(branch, organisation, [typed.person], typed, year)


def add_entries(
    branch: Branch, organisation: str, people: Sequence[str], typed: EntryTyped, year: int | None = None
) -> PointsOutcome:
    """Enter the same points for several people as one change. Raises Problem as `add_entry` does."""
    desk = _Desk.at(branch, organisation, _day(typed.on))
    entries = []
    findings: list[Finding] = []
    for person in dict.fromkeys(people) or [""]:
        one = replace(typed, person=person)
        entry = _entry(branch, desk, one, EntrySource.TYPED, EntryState.ACCEPTED)
        findings += _refuse_errors(desk.findings(entry, year))
        entries.append(entry)
    return _write(branch, desk, entries, findings)


def claim_task(
    branch: Branch, organisation: str, person: str, rule: str, on: str = "", quantity: str = ""
) -> PointsOutcome:
    """Note that a member claims a task of the 个性清单; it counts once it is accepted.

    Raises Problem as `add_entry` does, and for a rule that is no task.
    """
    typed = EntryTyped(person, rule, on, quantity)
    desk = _Desk.at(branch, organisation, _day(on))
    entry = _entry(branch, desk, typed, EntrySource.CLAIMED, EntryState.PROPOSED)
    entry = replace(entry, applicant=entry.name)
    findings = _refuse_errors(desk.findings(entry, None))
    with branch.change(_("{name} 认领任务：{rule}", name=entry.name, rule=desk.called(entry))) as change:
        change.insert(point_entry, questions.row_of_entry(organisation, desk.scheme, entry))
    return PointsOutcome(change.result, (entry.uid,), tuple(findings))


@dataclass(frozen=True)
class AcceptanceTyped:
    """What is said when a claimed task is accepted, as typed; empty texts leave what stands there.

    `on` is the day on which the task was done.
    """

    reviewer: str = ""
    on: str = ""
    quantity: str = ""
    evidence_title: str = ""
    evidence_entity: str = ""
    evidence_uid: str = ""
    reason: str = ""


def accept(branch: Branch, uid: str, typed: AcceptanceTyped | None = None) -> PointsOutcome:
    """Let a claimed task count. Without a reviewer it is the person who sits here.

    Raises Problem for an entry that was decided before, and as `add_entry` does.
    """
    said = typed or AcceptanceTyped()
    known, desk = _waiting(branch, uid, EntryState.ACCEPTED)
    rule = desk.scheme.rule(known.rule)
    unit = rule.unit if rule else ""
    entry = replace(
        known,
        state=EntryState.ACCEPTED,
        on=_day(said.on) if said.on.strip() else known.on,
        quantity=read_quantity(said.quantity, unit) if said.quantity.strip() else known.quantity,
        reviewer=one_line(said.reviewer) or branch.person.name,
        reason=one_line(said.reason) or known.reason,
        evidence_title=one_line(said.evidence_title) or known.evidence_title,
        evidence_entity=said.evidence_entity or known.evidence_entity,
        evidence_uid=said.evidence_uid or known.evidence_uid,
    )
    findings = _refuse_errors(desk.findings(entry, known.on.year))
    label = _("通过 {name} 的任务：{rule}", name=entry.name, rule=desk.called(entry))
    return _decide(branch, desk, known, entry, label, findings)


def decline(branch: Branch, uid: str, reason: str, reviewer: str = "") -> PointsOutcome:
    """Turn a claimed task down, with a reason; the row stays.

    Raises Problem without a reason, and for an entry that was decided before.
    """
    known, desk = _waiting(branch, uid, EntryState.DECLINED, reason)
    who = one_line(reviewer) or branch.person.name
    entry = replace(known, state=EntryState.DECLINED, reason=one_line(reason), reviewer=who)
    label = _("不通过 {name} 的任务：{rule}", name=entry.name, rule=desk.called(entry))
    return _decide(branch, desk, known, entry, label, [])


def reverse_entry(branch: Branch, uid: str, reason: str) -> PointsOutcome:
    """Make an entry void by a row of its own, which says why; the entry itself stays as it is.

    Raises Problem without a reason, for an entry that does not count or was reversed, and for a reversal.
    """
    known, desk = _known(branch, uid)
    reversal = reversal_of(known, new_uid(), one_line(reason), clock.today(), reviewer=branch.person.name)
    findings = _refuse_errors(desk.findings(reversal, known.on.year))
    with branch.change(_("冲正 {name}：{rule}", name=known.name, rule=desk.called(known))) as change:
        # Another thread may have reversed it between the question and this change.
        now = questions.entries_of_year(change.connection, desk.organisation, known.on.year)
        _refuse_errors(replace(desk, existing=now).findings(reversal, known.on.year))
        change.insert(point_entry, questions.row_of_entry(desk.organisation, desk.scheme, reversal))
    return PointsOutcome(change.result, (reversal.uid,), tuple(findings))


# ---- what all of them need


@dataclass(frozen=True)
class _Desk:
    """The scheme and the ledger of the year in which something is entered."""

    organisation: str
    scheme: PointScheme
    existing: Sequence[PointEntry]

    @classmethod
    def at(cls, branch: Branch, organisation: str, day: date) -> _Desk:
        with branch.read() as connection:
            form = scheme_form(connection, organisation, day.year)
            existing = questions.entries_of_year(connection, organisation, day.year)
        return cls(organisation, scheme_of(form), existing)

    def findings(self, entry: PointEntry, year: int | None) -> list[Finding]:
        return entry_findings(self.scheme, entry, self.existing, clock.today(), year=year)

    def called(self, entry: PointEntry) -> str:
        """What labels of changes call the rule of an entry."""
        rule = self.scheme.rule(entry.rule)
        return rule.called if rule else entry.rule


def _day(text: str) -> date:
    day = read_day(text, _("日期"))
    return date.fromisoformat(day) if day else clock.today()


def _entry(
    branch: Branch, desk: _Desk, typed: EntryTyped, source: EntrySource, state: EntryState
) -> PointEntry:
    rule = desk.scheme.rule(typed.rule)
    accepted = state is EntryState.ACCEPTED
    return PointEntry(
        uid=new_uid(),
        person=typed.person,
        name=_name_of(branch, typed.person),
        rule=typed.rule,
        on=_day(typed.on),
        quantity=read_quantity(typed.quantity, rule.unit if rule else ""),
        source=source,
        state=state,
        reason=one_line(typed.reason),
        evidence_title=one_line(typed.evidence_title),
        evidence_entity=typed.evidence_entity,
        evidence_uid=typed.evidence_uid,
        applicant=one_line(typed.applicant),
        reviewer=one_line(typed.reviewer) or (branch.person.name if accepted else ""),
        entered_on=clock.today(),
    )


def _name_of(branch: Branch, person: str) -> str:
    """The name of a member. Raises Problem for one in the recycle bin; nobody has none."""
    if not person:
        return ""
    with branch.read() as connection:
        return facts_at_hand(connection, [person])[person].row["name"] or ""


def _refuse_errors(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, none of them an error. Raises Problem for the first error."""
    against = next((one for one in findings if one.is_error), None)
    if against is not None:
        raise Problem(against.sentence, _("请按提示改正后再保存。"))
    return list(findings)


def _write(
    branch: Branch, desk: _Desk, entries: Sequence[PointEntry], findings: Sequence[Finding]
) -> PointsOutcome:
    first = entries[0]
    label = _("{name} 记分：{rule}", name=first.name, rule=desk.called(first))
    if len(entries) > 1:
        label = _n("{name} 等 {n} 人记分：{rule}", len(entries), name=first.name, rule=desk.called(first))
    with branch.change(label) as change:
        rows = [questions.row_of_entry(desk.organisation, desk.scheme, one) for one in entries]
        change.insert_many(point_entry, rows)
    return PointsOutcome(change.result, tuple(one.uid for one in entries), tuple(dict.fromkeys(findings)))


def _known(branch: Branch, uid: str) -> tuple[PointEntry, _Desk]:
    with branch.read() as connection:
        row = questions.entry_row(connection, uid)
    entry = questions.entry_of(row)
    return entry, _Desk.at(branch, row["organisation_uid"], entry.on)


def _waiting(branch: Branch, uid: str, to: EntryState, reason: str = "") -> tuple[PointEntry, _Desk]:
    """A claimed task that is to be decided. Raises Problem where something stands against it."""
    known, desk = _known(branch, uid)
    _refuse_errors(decision_findings(known, to, reason))
    return known, desk


def _decide(
    branch: Branch,
    desk: _Desk,
    known: PointEntry,
    entry: PointEntry,
    label: str,
    findings: Sequence[Finding],
) -> PointsOutcome:
    with branch.change(label) as change:
        _refuse_decided(change, known)
        row = questions.row_of_entry(desk.organisation, desk.scheme, entry)
        change.update(point_entry, entry.uid, {name: row[name] for name in _DECIDED})
    return PointsOutcome(change.result, (entry.uid,), tuple(findings))


_DECIDED = (
    *("state", "on_date", "year", "quantity", "reason", "reviewer"),
    *("evidence_title", "evidence_entity", "evidence_uid", "kind", "version"),
)


def _refuse_decided(change: Change, known: PointEntry) -> None:
    """Raise Problem where another thread decided the same task between the question and this change."""
    now = questions.entry_of(questions.entry_row(change.connection, known.uid))
    _refuse_errors(decision_findings(now, EntryState.ACCEPTED))
