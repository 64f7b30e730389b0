"""The head of the form of an evaluation, and the lines of its own tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from branchdesk import clock
from branchdesk.findings import Finding
from branchdesk.forms.fields import Field
from branchdesk.forms.language import FormTable
from branchdesk.i18n import _, _n
from branchdesk.services.evaluations.desk import Desk, put_on_desk
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.meetings.editing import OF_PEOPLE, read_typed
from branchdesk.storage import evaluations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_people import around_of
from branchdesk.storage.record_writing import drop_lines, write_lines, write_values
from branchdesk.storage.records import PLACE
from branchdesk.uids import new_uid


def set_head(branch: Branch, uid: str, typed: Mapping[str, str]) -> EvaluationOutcome:
    """Set fields of the head of the form by their ids; whatever was typed is kept.

    Raises Problem for an evaluation that is final, KeyError for a field that there is not.
    """
    desk = put_on_desk(branch, uid)
    values, findings = _read(branch, desk, desk.form.by_id, typed)
    label = _n("修改 {title} 的 {n} 项内容", len(typed), title=desk.called)
    if len(typed) == 1:
        field = desk.form.by_id[next(iter(typed))]
        label = _("修改 {title} 的{field}", title=desk.called, field=field.shown())
    with branch.change(label) as change:
        write_values(change, uid, values)
    return EvaluationOutcome(change.result, uid, tuple(findings))


def add_line(
    branch: Branch, uid: str, table: str, typed: Mapping[str, str] | None = None
) -> EvaluationOutcome:
    """Add a line to one of the form's own tables, at its end; the outcome's `line` is its uid.

    Raises Problem for an evaluation that is final, KeyError for a table or field that there is not.
    """
    desk = put_on_desk(branch, uid)
    held = _table(desk, table)
    values, findings = _read(branch, desk, held.by_id, typed or {})
    with branch.read() as connection:
        order = [one.uid for one in questions.lines_of(connection, uid).get(table, ())]
    line = new_uid()
    with branch.change(_("{title} 增加一行{table}", title=desk.called, table=held.shown())) as change:
        placed: dict[str, dict[str, str | None]] = {one: {PLACE: str(n)} for n, one in enumerate(order)}
        write_lines(change, uid, table, {**placed, line: {PLACE: str(len(order)), **values}})
    return EvaluationOutcome(change.result, uid, tuple(findings), line)


def set_line(branch: Branch, uid: str, table: str, line: str, typed: Mapping[str, str]) -> EvaluationOutcome:
    """Set fields of one line of one of the form's own tables.

    Raises Problem for an evaluation that is final, KeyError for a table or field that there is not.
    """
    desk = put_on_desk(branch, uid)
    held = _table(desk, table)
    values, findings = _read(branch, desk, held.by_id, typed)
    with branch.change(_("修改 {title} 的{table}", title=desk.called, table=held.shown())) as change:
        write_values(change, uid, values, table=table, line=line)
    return EvaluationOutcome(change.result, uid, tuple(findings), line)


def move_line(branch: Branch, uid: str, table: str, line: str, place: int) -> EvaluationOutcome:
    """Put a line of one of the form's own tables at another place, counted from 0."""
    desk = put_on_desk(branch, uid)
    with branch.read() as connection:
        order = [one.uid for one in questions.lines_of(connection, uid).get(table, ())]
    order.remove(line)
    order.insert(place, line)
    label = _("{title} 调整{table}的顺序", title=desk.called, table=_table(desk, table).shown())
    with branch.change(label) as change:
        write_lines(change, uid, table, {one: {PLACE: str(n)} for n, one in enumerate(order)})
    return EvaluationOutcome(change.result, uid, line=line)


def remove_lines(branch: Branch, uid: str, table: str, lines: Iterable[str]) -> EvaluationOutcome:
    """Take lines out of one of the form's own tables. Raises Problem for an evaluation that is final."""
    desk, gone = put_on_desk(branch, uid), list(lines)
    label = _n("{title} 删除 {n} 行{table}", len(gone), title=desk.called, table=_table(desk, table).shown())
    with branch.change(label) as change:
        drop_lines(change, uid, table, gone)
    return EvaluationOutcome(change.result, uid)


def _table(desk: Desk, table: str) -> FormTable:
    return desk.form.tables_by_id[table]


def _read(
    branch: Branch, desk: Desk, fields: Mapping[str, Field], typed: Mapping[str, str]
) -> tuple[dict[str, str | None], list[Finding]]:
    people = any(fields[key].type.name in OF_PEOPLE for key in typed)
    with branch.read() as connection:
        around, _people = around_of(
            connection, desk.evaluation.organisation, clock.today(), with_people=people
        )
    return read_typed(fields, typed, around)
