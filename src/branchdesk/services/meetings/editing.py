"""Writing a meeting down: the fields of its form, its own tables, the agenda and the minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR

from branchdesk.domain.meetings.minutes_text import merge_passages, read_minutes
from branchdesk.domain.meetings.model import AgendaItem, Passage
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.forms.field_types import Field, Surroundings
from branchdesk.forms.person_refs import read_people
from branchdesk.forms.spelling import cleaned
from branchdesk.i18n import _, _n
from branchdesk.services.meetings.desk import Desk, look_at, one_of, put_on_desk
from branchdesk.services.meetings.expected import follow_day
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.promotion import day_in, promote
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change
from branchdesk.storage.meeting_rows import row_of_agenda, row_of_passage
from branchdesk.storage.record_writing import align, drop_lines, write_lines, write_values
from branchdesk.storage.records import PLACE
from branchdesk.uids import new_uid

_LAST_NUMBER = 9999
OF_PEOPLE = frozenset({"member", "members"})


def read_typed(
    fields: Mapping[str, Field], typed: Mapping[str, str], around: Surroundings
) -> tuple[dict[str, str | None], list[Finding]]:
    """What texts typed into fields mean, and what there is to say; whatever was typed is kept.

    Raises KeyError for a field that there is not, or that keeps no value.
    """
    values: dict[str, str | None] = {}
    findings: list[Finding] = []
    for field_id, text in typed.items():
        field = fields[field_id]
        if not field.type.is_stored:
            raise KeyError(field_id)
        reading = field.type.read(field, text, around)
        values[field_id] = reading.value
        found = [
            *reading.findings,
            *(field.type.check(field, reading.value, around) if reading.value else ()),
        ]
        findings += [one for place, one in enumerate(found) if one not in found[:place]]
    return values, findings


def fields_of(desk: Desk, table: str) -> Mapping[str, Field]:
    """The fields of the form by id, or those of one of its own tables."""
    if not table:
        return desk.form.by_id
    return desk.form.tables_by_id[table].by_id


def set_values(
    branch: Branch, uid: str, typed: Mapping[str, str], *, table: str = "", line: str = ""
) -> MeetingOutcome:
    """Set fields of a meeting by their ids, or of one line of one of its own tables.

    Where the day changes and nobody was marked yet, the roster of the new day is fixed. Raises Problem for
    a meeting that is final or lies in the recycle bin.
    """
    desk = put_on_desk(branch, uid)
    fields, before = fields_of(desk, table), desk.meeting.on
    when, on = desk.form.by_role("when"), before
    if not table and when is not None and when.id in typed:
        values, _found = read_typed({when.id: when}, {when.id: typed[when.id]}, desk.around)
        on = day_in(desk.form, values)
    if on != before or any(fields[key].type.name in OF_PEOPLE for key in typed):
        desk = put_on_desk(branch, uid, day=on.first_day() if on else None, with_people=True)
    if table:
        return _set_in_line(branch, desk, typed, table, line)
    values, findings = read_typed(desk.form.by_id, typed, desk.around)
    whole = {**desk.meeting.values, **values}
    with branch.change(_label(desk, [desk.form.by_id[field_id] for field_id in typed])) as change:
        write_values(change, uid, values)
        promote(change, desk.meeting, desk.form, whole)
        if on != before and not follow_day(change, desk, on.first_day() if on else None):
            findings.append(_other_roster(desk))
    return MeetingOutcome(change.result, uid, tuple(findings))


def _other_roster(desk: Desk) -> Finding:
    sentence = _(
        "应到名单是按 {day} 的名册固定的，会议日期改了，请核对或重新固定名单。", day=desk.meeting.snapshot_on
    )
    when = desk.form.by_role("when")
    return Finding("roster_of_other_day", Severity.WARN, sentence, when.id if when else "")


def _set_in_line(
    branch: Branch, desk: Desk, typed: Mapping[str, str], table: str, line: str
) -> MeetingOutcome:
    fields = fields_of(desk, table)
    one_of(desk.meeting.lines.get(table, ()), line)
    values, findings = read_typed(fields, typed, desk.around)
    with branch.change(_label(desk, [fields[field_id] for field_id in typed])) as change:
        write_values(change, desk.meeting.uid, values, table=table, line=line)
    return MeetingOutcome(change.result, desk.meeting.uid, tuple(findings), line)


def _label(desk: Desk, fields: Sequence[Field]) -> str:
    if len(fields) == 1:
        return _("修改 {meeting} 的{field}", meeting=desk.called, field=fields[0].shown())
    return _n("修改 {meeting} 的 {n} 项内容", len(fields), meeting=desk.called)


def set_number(branch: Branch, uid: str, year: int, number: int | None) -> MeetingOutcome:
    """Count a meeting for another year than that of its day, or under another number (domain 0.2 no. 5).

    Raises Problem for a number that is not positive.
    """
    desk = put_on_desk(branch, uid)
    if number is not None and not 1 <= number <= _LAST_NUMBER:
        raise Problem(_("次数应从 1 开始，不超过 {most}。", most=_LAST_NUMBER), _("不需要次数时请留空。"))
    if not MINYEAR <= year <= MAXYEAR:
        raise Problem(_("没有 {year} 这个年度。", year=year), _("请填写四位数的年份，如 2026。"))
    counted = replace(desk.meeting, year=year, number=number)
    with branch.change(_("修改 {meeting} 的年度和次数", meeting=desk.called)) as change:
        promote(change, counted, desk.form, desk.meeting.values)
    return MeetingOutcome(change.result, uid)


# ---- the form's own tables


def add_line(branch: Branch, uid: str, table: str, typed: Mapping[str, str] | None = None) -> MeetingOutcome:
    """Add a line to one of the form's own tables, at its end; the outcome's `line` is its uid.

    Raises Problem for a meeting that is final or lies in the recycle bin.
    """
    desk = put_on_desk(branch, uid, with_people=bool(typed))
    values, findings = read_typed(fields_of(desk, table), typed or {}, desk.around)
    line = new_uid()
    order = [one.uid for one in desk.meeting.lines.get(table, ())]
    with branch.change(
        _("{meeting} 增加一行{table}", meeting=desk.called, table=_title(desk, table))
    ) as change:
        placed: dict[str, dict[str, str | None]] = {one: {PLACE: str(n)} for n, one in enumerate(order)}
        write_lines(change, uid, table, {**placed, line: {PLACE: str(len(order)), **values}})
    return MeetingOutcome(change.result, uid, tuple(findings), line)


def remove_lines(branch: Branch, uid: str, table: str, lines: Iterable[str]) -> MeetingOutcome:
    """Take lines out of one of the form's own tables."""
    desk = put_on_desk(branch, uid)
    gone = list(lines)
    label = _n("{meeting} 删除 {n} 行{table}", len(gone), meeting=desk.called, table=_title(desk, table))
    with branch.change(label) as change:
        drop_lines(change, uid, table, gone)
    return MeetingOutcome(change.result, uid)


def move_line(branch: Branch, uid: str, table: str, line: str, place: int) -> MeetingOutcome:
    """Put a line of one of the form's own tables at another place, counted from 0."""
    desk = put_on_desk(branch, uid)
    lines = desk.meeting.lines.get(table, ())
    one_of(lines, line)
    order = [one.uid for one in lines if one.uid != line]
    order.insert(place, line)
    label = _("{meeting} 调整{table}的顺序", meeting=desk.called, table=_title(desk, table))
    with branch.change(label) as change:
        write_lines(change, uid, table, {one: {PLACE: str(n)} for n, one in enumerate(order)})
    return MeetingOutcome(change.result, uid, line=line)


def _title(desk: Desk, table: str) -> str:
    return desk.form.tables_by_id[table].shown()


# ---- agenda and minutes


def set_agenda(branch: Branch, uid: str, items: Sequence[tuple[str | None, str]]) -> MeetingOutcome:
    """Bring the agenda to these points, each with its uid, or None for a new one; empty titles are left out.

    What was said, voted or decided on a point that goes stays, without a point.
    """
    desk = put_on_desk(branch, uid)
    known = {item.uid: item for item in desk.meeting.agenda}
    wanted: list[AgendaItem] = []
    for item_uid, text in items:
        title = one_line(text)
        if not title:
            continue
        before = known.get(item_uid or "")
        item = before or AgendaItem(new_uid(), title)
        wanted.append(replace(item, title=title, position=len(wanted)))
    kept = {item.uid for item in wanted}
    with branch.change(_("修改 {meeting} 的议题", meeting=desk.called)) as change:
        _let_go(change, desk, set(known) - kept)
        align(change, tables.agenda_item, known, [row_of_agenda(uid, item) for item in wanted])
    return MeetingOutcome(change.result, uid)


def _let_go(change: Change, desk: Desk, gone: set[str]) -> None:
    """Take points of the agenda away from everything that belongs to them."""
    for table, parts in (
        (tables.passage, desk.meeting.passages),
        (tables.vote, desk.meeting.votes),
        (tables.decision, desk.meeting.decisions),
    ):
        change.update_many(table, {one.uid: {"agenda_uid": None} for one in parts if one.agenda in gone})


def speakers(desk: Desk) -> dict[str, str | None]:
    """The names under which people may speak at a meeting, with the member each means."""
    names: dict[str, str | None] = {}
    for field in desk.form.fields:
        if field.type.name in OF_PEOPLE:
            people = read_people(desk.meeting.values.get(field.id))
            names |= {person.name: person.uid for person in people}
    names |= {one.speaker: one.person for one in desk.meeting.passages if one.speaker}
    called: dict[str, set[str | None]] = defaultdict(set)
    for one in desk.meeting.attendance:
        called[one.name].add(one.person)
    # Of namesakes nobody can tell which one spoke.
    return names | {name: people.pop() if len(people) == 1 else None for name, people in called.items()}


def set_minutes(branch: Branch, uid: str, text: str) -> MeetingOutcome:
    """Bring the minutes to what the clerk wrote; paragraphs that did not change stay the same rows."""
    desk = put_on_desk(branch, uid)
    before = desk.meeting.passages
    after = _read_text(desk, text)
    if list(after) == list(before):
        return MeetingOutcome(NOTHING, uid)
    with branch.change(_("修改 {meeting} 的会议内容", meeting=desk.called)) as change:
        rows = [row_of_passage(uid, one) for one in after]
        align(change, tables.passage, [one.uid for one in before], rows)
    return MeetingOutcome(change.result, uid)


def passages_typed(branch: Branch, uid: str, text: str) -> tuple[Passage, ...]:
    """What the minutes would say if the clerk left the text now; nothing is stored."""
    return tuple(_read_text(look_at(branch, uid), text))


def _read_text(desk: Desk, text: str) -> Sequence[Passage]:
    read = read_minutes(cleaned(text), desk.meeting.agenda, speakers(desk))
    return merge_passages(desk.meeting.passages, read)
