"""The checks of minutes before they are finalised, and switching one of them off with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from branchdesk import clock
from branchdesk.domain.checks import CHECKS
from branchdesk.domain.meetings.carrying import dropped
from branchdesk.domain.meetings.context import MinutesContext
from branchdesk.domain.meetings.model import Decision, Meeting
from branchdesk.domain.meetings.quality import QUALITY_CHECKS, check_minutes
from branchdesk.domain.organisations import OrganisationTree
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form, check_lines
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.desk import Desk, look_at
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import meetings as questions
from branchdesk.storage import organisations, records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes

_ENOUGH_EARLIER = 60  # minutes older than that are looked through by nobody


@dataclass(frozen=True)
class CheckSwitch:
    """One named check of minutes; `reason` says why it is switched off, empty while it is on."""

    name: str
    title: str
    reason: str

    @property
    def is_on(self) -> bool:
        """Whether the check is made."""
        return not self.reason


def check_switches(branch: Branch) -> list[CheckSwitch]:
    """Every check of minutes and whether it is switched off here."""
    with branch.read() as connection:
        off = records.switches(connection)
    return [
        CheckSwitch(name, _(check.title), off[name][1] if name in off else "")
        for name, check in QUALITY_CHECKS.items()
    ]


def switch_check(branch: Branch, name: str, reason: str | None) -> Changes:
    """Switch a check off for a reason, or on again with None.

    Raises Problem for an empty reason, KeyError for a check that there is not.
    """
    title = _(QUALITY_CHECKS[name].title)
    why = one_line(reason or "")
    if reason is not None and not why:
        raise Problem(_("请写明停用“{check}”的原因。", check=title), _("如“上级统一规定不作要求”。"))
    label = _("恢复定稿检查“{check}”", check=title)
    if reason is not None:
        label = _("停用定稿检查“{check}”", check=title)
    with branch.change(label) as change:
        known = records.switches(change.connection).get(name)
        if reason is None:
            change.remove(tables.check_switch, [known[0]] if known else [])
        elif known:
            change.update(tables.check_switch, known[0], {"reason": why})
        else:
            change.insert(tables.check_switch, {"name": name, "reason": why})
    return change.result


def quality(branch: Branch, uid: str) -> list[Finding]:
    """What there is to say about a meeting's minutes, the gravest first.

    Raises Problem for a meeting that lies in the recycle bin or is not there.
    """
    desk = look_at(branch, uid, with_people=True)
    with branch.read() as connection:
        off = {name: reason for name, (_row, reason) in records.switches(connection).items()}
    context = context_of(branch, desk)
    found = [
        *_of_fields(desk),
        *_of_number(branch, desk.meeting),
        *check_minutes(desk.meeting, context, off, desk.form.checks or None),
    ]
    return sorted(found, key=lambda one: -one.severity)


def _of_fields(desk: Desk) -> list[Finding]:
    """What the form says of its values, its files and the lines of its tables."""
    form, meeting = desk.form, desk.meeting
    slots = {file.slot for file in meeting.files}
    lines = {table: [line.values for line in rows] for table, rows in meeting.lines.items()}
    return [
        *check_form(form, meeting.values, desk.around, shipped_rules(), CHECKS, filled_slots=slots),
        *check_lines(form, lines, desk.around),
    ]


def _of_number(branch: Branch, meeting: Meeting) -> list[Finding]:
    """That another meeting of the year bears the same number, as one does that came back from the bin."""
    with branch.read() as connection:
        others = questions.same_number(connection, meeting) if meeting.number is not None else []
    if not others:
        return []
    sentence = _(
        "{year} 年第 {n} 次与“{title}”重复，请改正次数。",
        year=meeting.year,
        n=meeting.number,
        title=others[0],
    )
    return [Finding("number_taken", Severity.WARN, sentence, "number")]


def context_of(branch: Branch, desk: Desk) -> MinutesContext:
    """What the checks need to know besides the meeting itself."""
    meeting, form, today = desk.meeting, desk.form, clock.today()
    day = meeting.day or today
    with branch.read() as connection:
        series = questions.series(
            connection, meeting.kind, meeting.organisation, meeting.group, before=meeting.uid
        )
        earlier = questions.load_earlier(connection, series[-_ENOUGH_EARLIER:], meeting.uid)
        beside = questions.on_same_day(connection, day) if meeting.day else []
        others = questions.load_meetings(connection, [uid for uid in beside if uid != meeting.uid])
        shelf = records.shelf_of(connection)
        tree = organisations.tree(connection, day)
        terms = organisations.terms(connection, meeting.organisation)
    return MinutesContext(
        rules=shipped_rules(),
        day=day,
        earlier=earlier,
        other_branches=_other_branches(tree, meeting),
        members={one.uid: one.name for one in desk.people},
        term=_term_of(terms, day),
        roles=roles_of(form),
        today=today,
        others=list(others.values()),
        labels={field.id: field.shown() for field in form.fields}
        | {table.id: table.shown() for table in form.tables},
        tables=frozenset(one.holds for one in form.tables),
        of_committee=form.meeting is not None and form.meeting.expected == "committee",
        roles_by_kind={
            one.kind: roles_of(known)
            for one in others.values()
            if (known := records.form_known(shelf, one.kind, one.version)) is not None
        },
    )


def roles_of(form: Form) -> dict[str, str]:
    """The ids of the fields that play a part, by role."""
    return {field.role: field.id for field in form.fields if field.role}


def _other_branches(tree: OrganisationTree, meeting: Meeting) -> list[str]:
    """The names of the branches that a meeting is not one of; those above and below are no strangers."""
    own = {version.organisation for version in tree.below(meeting.organisation)}
    above = tree.get(meeting.organisation)
    while above is not None:
        own.add(above.organisation)
        above = tree.get(above.parent)
    own_names = {name for uid in own for name in (tree[uid].full_name, tree[uid].short_name)}
    names = [
        name
        for version in tree.walk()
        if version.organisation not in own and version.kind.is_branch
        for name in (version.full_name, version.short_name)
    ]
    return [name for name in dict.fromkeys(names) if name and name not in own_names]


def _term_of(terms: Sequence[Mapping[str, object]], day: date) -> tuple[date | None, date | None]:
    """First and last day of the committee's term that a day lies in, or else of the newest term."""
    spans = [_span(term) for term in terms]
    inside = [span for span in spans if (span[0] or day) <= day <= (span[1] or day)]
    return (inside or spans or [(None, None)])[0]


def _span(term: Mapping[str, object]) -> tuple[date | None, date | None]:
    begun = PartialDate.read(str(term["elected_on"] or ""))
    over = PartialDate.read(str(term["ended_on"] or term["due_on"] or ""))
    return begun.first_day() if begun else None, over.last_day() if over else None


def what_is_dropped(branch: Branch, uid: str) -> list[Decision]:
    """What earlier meetings of the series left open and this one neither carries on nor closes."""
    with branch.read() as connection:
        meeting = questions.meeting_at_hand(connection, uid)
        series = questions.series(
            connection, meeting.kind, meeting.organisation, meeting.group, before=meeting.uid
        )
        earlier = questions.load_earlier(connection, series, meeting.uid)
    return dropped(earlier, meeting)
