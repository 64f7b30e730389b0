"""The recycle bin: what was deleted, for how long it can come back, and emptying what is too old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from branchdesk import clock
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n, listed
from branchdesk.services.history import local_time
from branchdesk.services.meetings.promotion import promote
from branchdesk.storage import bin_rows, meetings, records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change, Changes
from branchdesk.storage.open_decisions import take_out


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
    kinds = {
        tables.member.name: _("党员"),
        tables.record.name: _("会议"),
        tables.attachment.name: _("附件"),
    }
    with branch.read() as connection:
        rows = bin_rows.deleted_rows(connection)
    items = []
    for row in rows:
        deleted = local_time(row.deleted_at)
        # By the calendar: whatever was deleted on one day may come back until the same day.
        left = (deleted.date() + timedelta(days=kept) - today).days
        items.append(
            BinItem(
                row.entity, row.uid, kinds[row.entity], row.name, deleted, row.who, row.why, left, row.size
            )
        )
    return sorted(items, key=lambda item: item.deleted_at, reverse=True)


def take_back(branch: Branch, items: Sequence[BinItem]) -> Changes:
    """Bring deleted things back to where they were.

    A meeting whose number another one has by now gets the next one.
    """
    if not items:
        return NOTHING
    names = listed(item.name for item in items[:3])
    with branch.change(_("从回收站恢复 {names}", names=names)) as change:
        for table in (tables.member, tables.record, tables.attachment):
            change.take_from_bin(table, [item.uid for item in items if item.entity == table.name])
        _renumber(change, _of(items, tables.record.name))
    return change.result


def _renumber(change: Change, uids: Sequence[str]) -> None:
    """Give meetings that came back the next number where another one has theirs by now."""
    shelf = records.shelf_of(change.connection)
    for uid, meeting in meetings.load_meetings(change.connection, uids).items():
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
        gone = {table.name: _of(expired, table.name) for table in (tables.member, tables.record)}
        members, forms = gone[tables.member.name], gone[tables.record.name]
        attachments = set(_of(expired, tables.attachment.name))
        attachments |= set(bin_rows.attachments_of(change.connection, tables.member, members))
        attachments |= set(bin_rows.attachments_of(change.connection, tables.record, forms))
        change.remove(tables.attachment, sorted(attachments))
        take_out(change, records.uids_belonging(change.connection, tables.decision, forms))
        for table in records.BELONGING:
            change.remove(table, records.uids_belonging(change.connection, table, forms))
        change.remove(tables.record, forms)
        for table in records.NAMES_PEOPLE:  # minutes keep the names of people who are no longer in the file
            named = records.uids_naming(change.connection, table, members)
            change.update_many(table, {uid: {"person_uid": None} for uid in named})
        for table in (tables.member_event, tables.post, tables.pending_value):
            change.remove(table, bin_rows.belonging(change.connection, table, members))
        change.remove(tables.member, members)
    return change.result


def _of(items: Sequence[BinItem], entity: str) -> list[str]:
    return [item.uid for item in items if item.entity == entity]
