"""Beginning a meeting: with what is known of it already, or after the model of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from branchdesk import clock
from branchdesk.domain.meetings.carrying import copied_from, open_items
from branchdesk.domain.meetings.model import AgendaItem, Decision, Meeting
from branchdesk.domain.organisations import OrganisationKind, OrganisationTree
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.desk import called
from branchdesk.services.meetings.editing import read_typed
from branchdesk.services.meetings.expected import assumptions, fixed, people_expected
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.prefilling import Known, prefilled
from branchdesk.services.meetings.promotion import day_in, title_of
from branchdesk.services.meetings.reading import meeting as read_meeting
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import meeting_rows as rows
from branchdesk.storage import meetings as questions
from branchdesk.storage import organisations, records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change, Changes
from branchdesk.storage.meeting_people import around_of
from branchdesk.storage.open_decisions import decisions_taken_up
from branchdesk.storage.record_writing import write_lines, write_values
from branchdesk.uids import new_uid

UNFINISHED = "上次未办结："
_NO_VALUES: Mapping[str, str] = {}


def plan_meeting(
    branch: Branch,
    kind: str,
    organisation: str,
    typed: Mapping[str, str] = _NO_VALUES,
    *,
    group: str | None = None,
) -> MeetingOutcome:
    """Begin a meeting of an organisation, or of one of its groups, as one change.

    What the form can know is filled in, the roster of the day is fixed, and what the last meeting of the
    kind left open stands on the agenda. `organisation` may be a group itself. Raises Problem for a meeting
    of a group where no group is named, KeyError for a kind that there is not.
    """
    with branch.read() as connection:
        form = records.shelf_of(connection).form(kind, on=clock.today())
    return _begin(branch, form, organisation, group, typed, None)


def plan_like(branch: Branch, uid: str) -> MeetingOutcome:
    """Begin a meeting after the model of an earlier one: its structure, never what happened there.

    Raises Problem for a model that lies in the recycle bin or is not there.
    """
    model = read_meeting(branch, uid)
    with branch.read() as connection:
        form = records.shelf_of(connection).form(model.kind, on=clock.today())
    return _begin(branch, form, model.organisation, model.group, _NO_VALUES, copied_from(model, new_uid))


def _begin(
    branch: Branch,
    form: Form,
    organisation: str,
    group: str | None,
    typed: Mapping[str, str],
    model: Meeting | None,
) -> MeetingOutcome:
    with branch.read() as connection:
        tree = organisations.tree(connection, clock.today())
        organisation, group = _place(form, tree, organisation, group)
        around, people = around_of(connection, organisation, None)
        values, findings = _read(form, typed, around)
        on = day_in(form, values)
        if on is not None:
            around, people = around_of(connection, organisation, on.first_day())
            values, findings = _read(form, typed, around)
        series = questions.series(connection, form.kind, organisation, group)
        earlier = [one for one in questions.load_meetings(connection, series).values() if _is_before(one, on)]
        taken_up = decisions_taken_up(connection)
        secretary = organisations.profile(connection, organisation)["secretary_name"] or ""
        year = on.year if on else clock.today().year
        number = 1 + records.last_number(connection, form.kind, organisation, group, year)
    known = Known(branch.person.name, tree[organisation].full_name, secretary, earlier, people)
    values = {**prefilled(form, known, around, values), **values}
    expected = people_expected(form, people, organisation, group)
    draft = Meeting(
        uid=new_uid(),
        kind=form.kind,
        version=form.version,
        organisation=organisation,
        group=group,
        title=title_of(form, values, year, number),
        year=year,
        number=number,
        on=day_in(form, values),
        entered_on=clock.today().isoformat(),
        values={key: value for key, value in values.items() if value},
        attendance=tuple(fixed(expected)),
        snapshot_on=(on.first_day() if on else clock.today()).isoformat(),
    )
    left_open = [one for one in open_items(earlier) if one.uid not in taken_up]
    draft = _with_open_items(draft, model.agenda if model else (), left_open)
    return _written(branch, form, draft, [*findings, *assumptions(form, expected)])


def _is_before(one: Meeting, on: PartialDate | None) -> bool:
    """Whether a meeting of the series comes before the new one, which may be written down long after it."""
    return on is None or one.on is None or one.on.first_day() <= on.first_day()


def _read(
    form: Form, typed: Mapping[str, str], around: Surroundings
) -> tuple[dict[str, str | None], list[Finding]]:
    return read_typed(form.by_id, typed, around)


def _place(
    form: Form, tree: OrganisationTree, organisation: str, group: str | None
) -> tuple[str, str | None]:
    """The organisation and the group that meet; a group may be named in the place of its branch."""
    version = tree[organisation]
    if version.kind is OrganisationKind.GROUP:
        organisation, group = version.parent or organisation, organisation
    wants_group = form.meeting is not None and form.meeting.expected == "group"
    if wants_group and group is None:
        raise Problem(
            _("“{kind}”是党小组的会议，请先选择党小组。", kind=form.shown()),
            _("在左边选中党小组再新建；没有划分党小组的不用开党小组会。"),
        )
    return organisation, group


def _with_open_items(draft: Meeting, agenda: Sequence[AgendaItem], open_ones: Sequence[Decision]) -> Meeting:
    """The draft with its agenda: first what the last meeting left open, then the points of the model."""
    carried = [
        AgendaItem(new_uid(), f"{UNFINISHED}{_line(one.text)}", carried_from=one.uid) for one in open_ones
    ]
    points = [*carried, *(item for item in agenda if item.carried_from is None)]
    decisions = [
        Decision(
            uid=new_uid(),
            text=one.text,
            agenda=item.uid,
            responsible=one.responsible,
            due_on=one.due_on,
            feedback=one.feedback,
            carried_from=one.uid,
            position=place,
        )
        for place, (one, item) in enumerate(zip(open_ones, carried, strict=True))
    ]
    return replace(
        draft,
        agenda=tuple(replace(item, position=place) for place, item in enumerate(points)),
        decisions=tuple(decisions),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _written(branch: Branch, form: Form, draft: Meeting, findings: Sequence[Finding]) -> MeetingOutcome:
    with branch.change(_("新建 {meeting}", meeting=called(draft, form))) as change:
        insert_meeting(change, draft)
    return MeetingOutcome(change.result, draft.uid, tuple(findings))


def insert_meeting(change: Change, draft: Meeting) -> None:
    """Write a meeting that is not stored yet, with everything it holds but its files."""
    uid = draft.uid
    change.insert(
        tables.record,
        {
            "uid": uid,
            "kind": draft.kind,
            "version": draft.version,
            "organisation_uid": draft.organisation,
            "group_uid": draft.group,
            "title": draft.title,
            "on_date": draft.on.written() if draft.on else None,
            "year": draft.year,
            "number": draft.number,
            "state": draft.state.value,
            "entered_on": draft.entered_on,
            "snapshot_on": draft.snapshot_on or None,
            "revision": draft.revision,
        },
    )
    write_values(change, uid, draft.values)
    for table, lines in draft.lines.items():
        placed = {line.uid: {records.PLACE: str(n), **line.values} for n, line in enumerate(lines)}
        write_lines(change, uid, table, placed)
    change.insert_many(tables.attendance, [rows.row_of_attendance(uid, one) for one in draft.attendance])
    change.insert_many(tables.agenda_item, [rows.row_of_agenda(uid, one) for one in draft.agenda])
    change.insert_many(tables.passage, [rows.row_of_passage(uid, one) for one in draft.passages])
    change.insert_many(tables.vote, [rows.row_of_vote(uid, one) for one in draft.votes])
    change.insert_many(
        tables.candidate,
        [rows.row_of_candidate(uid, vote.uid, one) for vote in draft.votes for one in vote.candidates],
    )
    change.insert_many(tables.decision, [rows.row_of_decision(uid, one) for one in draft.decisions])


def remove_meetings(branch: Branch, uids: Sequence[str], why: str) -> Changes:
    """Put meetings into the recycle bin, where they wait 180 days.

    Raises Problem where one of them is final: pages of the minute book are never torn out.
    """
    if not uids:
        return NOTHING
    with branch.read() as connection:
        meetings = [questions.meeting_at_hand(connection, uid) for uid in uids]
        shelf = records.shelf_of(connection)
    names = [called(one, records.form_known(shelf, one.kind, one.version)) for one in meetings]
    locked = next((name for name, one in zip(names, meetings, strict=True) if one.state.is_locked), None)
    if locked is not None:
        raise Problem(
            _("“{meeting}”已定稿，不能删除。", meeting=locked),
            _("确实建错了的，请先“重新打开”并写明原因，再删除。"),
        )
    label = _("删除 {meeting}", meeting=names[0])
    if len(names) > 1:
        label = _n("删除 {meeting} 等 {n} 个会议", len(names), meeting=names[0])
    with branch.change(label) as change:
        change.put_in_bin(tables.record, uids, one_line(why), branch.person.name)
    return change.result
