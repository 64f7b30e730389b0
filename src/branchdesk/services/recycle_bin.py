"""The recycle bin: what was deleted, for how long it can come back, and emptying what is too old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _, _n, listed
from branchdesk.services.history import local_time
from branchdesk.services.meetings.promotion import promote
from branchdesk.storage import bin_rows, daily, inspections, meetings, records, tables
from branchdesk.storage import issues as issue_rows
from branchdesk.storage.bin_rows import DeletedRow
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change, Changes
from branchdesk.storage.inspections import SPOT_CHECK
from branchdesk.storage.open_decisions import take_out
from branchdesk.storage.point_tables import redemption, reward

# What lies in the bin, in an order in which it may come back.
_TABLES = (
    *(tables.member, tables.record, tables.issue, tables.sheet_template, reward),
    tables.attachment,
)


@dataclass(frozen=True)
class BinItem:
    """One deleted thing."""

    entity: str
    uid: str
    kind: str
    name: str
    deleted_at: datetime
    who: str
    why: str
    days_left: int
    size: int = 0


def bin_items(branch: Branch) -> list[BinItem]:
    """Everything in the recycle bin, newest first."""
    today = clock.now().astimezone().date()
    kept = shipped_rules().at("bin_days", today).value
    with branch.read() as connection:
        rows = bin_rows.deleted_rows(connection)
        shelf = records.shelf_of(connection)
    items = []
    for row in rows:
        deleted = local_time(row.deleted_at)
        # By the calendar: whatever was deleted on one day may come back until the same day.
        left = (deleted.date() + timedelta(days=kept) - today).days
        items.append(
            BinItem(
                row.entity, row.uid, _kind(row, shelf), row.name, deleted, row.who, row.why, left, row.size
            )
        )
    return sorted(items, key=lambda item: item.deleted_at, reverse=True)


def _kind(row: DeletedRow, shelf: Shelf) -> str:
    """What a deleted thing is, in a word."""
    if row.entity == tables.record.name and not _is_meeting(shelf, row.kind, row.version):
        if _is_evaluation(shelf, row.kind, row.version):
            return _("评议")
        if row.kind == daily.DAILY:
            return _("日常写实")
        return _("抽查") if row.kind == SPOT_CHECK else _("检查表")
    kinds = {
        tables.member.name: _("党员"),
        tables.record.name: _("会议"),
        tables.issue.name: _("问题"),
        tables.sheet_template.name: _("上级模板"),
        reward.name: _("兑换物品"),
        tables.attachment.name: _("附件"),
    }
    return kinds[row.entity]


def _is_evaluation(shelf: Shelf, kind: str, version: int) -> bool:
    form = records.form_known(shelf, kind, version)
    return form.evaluation is not None if form else kind.startswith("evaluation.")


def _is_meeting(shelf: Shelf, kind: str, version: int) -> bool:
    return records.is_of_subject(shelf, kind, version, meetings.MEETING)


def take_back(branch: Branch, items: Sequence[BinItem]) -> Changes:
    """Bring deleted things back to where they were.

    A meeting whose number another one has by now gets the next one. Raises Problem for an inspection of
    which there is another one by now; then nothing comes back.
    """
    if not items:
        return NOTHING
    names = listed(item.name for item in items[:3])
    with branch.change(_("从回收站恢复 {names}", names=names)) as change:
        _refuse_second(change, _of(items, tables.record.name))
        daily.refuse_second_back(change.connection, _of(items, tables.record.name))
        for table in _TABLES:
            change.take_from_bin(table, _of(items, table.name))
        _renumber(change, _of(items, tables.record.name))
    return change.result


def _refuse_second(change: Change, uids: Sequence[str]) -> None:
    """Raise Problem where what comes back was made anew, or two are for one period.

    Of inspections and evaluations there is one for each period.
    """
    shelf, coming = records.shelf_of(change.connection), set[tuple[str, str, int, int]]()
    for row in inspections.rows_by_uid(change.connection, uids).values():
        form = records.form_known(shelf, row["kind"], row["version"])
        if form is None or (form.inspection is None and form.evaluation is None):
            continue
        period = (row["kind"], row["organisation_uid"], row["year"], row["number"])
        inspections.refuse_second(change.connection, *period, but=[row["uid"]])
        if period in coming:
            raise Problem(
                _("“{title}”在回收站里有两份，同一期只能恢复一份。", title=row["title"]),
                _("请选择其中一份恢复。"),
            )
        coming.add(period)


def _renumber(change: Change, uids: Sequence[str]) -> None:
    """Give meetings that came back the next number where another one has theirs by now."""
    shelf = records.shelf_of(change.connection)
    known = inspections.rows_by_uid(change.connection, uids)
    own = [uid for uid, row in known.items() if _is_meeting(shelf, row["kind"], row["version"])]
    for uid, meeting in meetings.load_meetings(change.connection, own).items():
        form = records.form_known(shelf, meeting.kind, meeting.version)
        if meeting.number is None or form is None or not meetings.same_number(change.connection, meeting):
            continue
        series = (meeting.kind, meeting.organisation, meeting.group, meeting.year)
        number = 1 + records.last_number(change.connection, *series, but=uid)
        promote(change, replace(meeting, number=number), form, meeting.values)


def empty_expired(branch: Branch) -> Changes:
    """Remove what has waited longer than the promised days; the history keeps that it existed."""
    expired = [item for item in bin_items(branch) if item.days_left < 0]
    if not expired:
        return NOTHING
    with branch.change(_n("清空回收站里过期的 {n} 项", len(expired))) as change:
        gone = {table.name: _of(expired, table.name) for table in _TABLES}
        members, forms = gone[tables.member.name], gone[tables.record.name]
        issues, templates = gone[tables.issue.name], gone[tables.sheet_template.name]
        attachments = set(gone[tables.attachment.name])
        for table in (tables.member, tables.record, tables.issue, tables.sheet_template):
            attachments |= set(bin_rows.attachments_of(change.connection, table, gone[table.name]))
        change.remove(tables.attachment, sorted(attachments))
        change.remove(tables.verification, bin_rows.verifications_of(change.connection, issues))
        change.remove(tables.issue, issues)
        change.remove(tables.template_cell, bin_rows.cells_of(change.connection, templates))
        change.remove(tables.sheet_template, templates)
        exchanged = bin_rows.exchanged_for(change.connection, gone[reward.name])
        change.update_many(redemption, {uid: {"reward_uid": None} for uid in exchanged})
        change.remove(reward, gone[reward.name])
        _remove_forms(change, forms)
        _remove_members(change, members)
    return change.result


def _remove_forms(change: Change, forms: Sequence[str]) -> None:
    """Take filled forms out with everything that belongs to them; problems that they found stay."""
    take_out(change, records.uids_belonging(change.connection, tables.decision, forms))
    for table in records.BELONGING:
        change.remove(table, records.uids_belonging(change.connection, table, forms))
    titles = {uid: row["title"] for uid, row in inspections.rows_by_uid(change.connection, forms).items()}
    left = {
        row["uid"]: {"found_in_uid": None, "basis": row["basis"] or titles[row["found_in_uid"]]}
        for row in issue_rows.found_in_any(change.connection, forms)
    }
    change.update_many(tables.issue, left, _("原检查表已从回收站清除"))
    change.remove(tables.record, forms)


def _remove_members(change: Change, members: Sequence[str]) -> None:
    """Take members out; minutes, problems and points keep the names of people who are gone from the file."""
    for table in records.NAMES_PEOPLE:
        named = records.uids_naming(change.connection, table, members)
        change.update_many(table, {uid: {"person_uid": None} for uid in named})
    answering = bin_rows.answering_for_issues(change.connection, members)
    change.update_many(tables.issue, {uid: {"responsible_uid": None} for uid in answering})
    verified = bin_rows.verified_by(change.connection, members)
    change.update_many(tables.verification, {uid: {"verifier_uid": None} for uid in verified})
    for table in (tables.member_event, tables.post, tables.pending_value):
        change.remove(table, bin_rows.belonging(change.connection, table, members))
    change.remove(tables.member, members)


def _of(items: Sequence[BinItem], entity: str) -> list[str]:
    return [item.uid for item in items if item.entity == entity]
