"""The history of points in words: entries by the rules of their scheme, rewards and exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from branchdesk.domain.points.model import EntryState
from branchdesk.domain.points.tally import shown_points, state_label
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate
from branchdesk.services.history_lines import DELETION, HistoryLine, bin_words, line
from branchdesk.storage import point_tables
from branchdesk.storage.changes import INSERT, UPDATE
from branchdesk.storage.journal import FieldChange
from branchdesk.storage.records import form_known

Row = Mapping[str, Any]
POINTS = frozenset({point_tables.point_entry.name, point_tables.reward.name, point_tables.redemption.name})
_TITLES = {
    point_tables.point_entry.name: later("积分"),
    point_tables.reward.name: later("兑换物品"),
    point_tables.redemption.name: later("积分兑换"),
}
_COLUMNS = {
    "state": later("审核"),
    "on_date": later("日期"),
    "quantity": later("数量"),
    "reason": later("原因"),
    "evidence_title": later("佐证"),
    "applicant": later("申请人"),
    "reviewer": later("审核人"),
    "title": later("名称"),
    "unit": later("单位"),
    "points": later("所需积分"),
    "stock": later("库存"),
    "signed": later("签字"),
}


def points_line(change: FieldChange, rows: Mapping[str, Row], shelf: Shelf) -> HistoryLine | None:
    """A change of points; None for what nobody wants to read. `rows` are those that changed, as they came."""
    title = _(_TITLES[change.entity])
    if change.op != UPDATE:
        row = change.after if change.op == INSERT else change.before
        words = _words_of(change.entity, row, shelf)
        if row.get("reverses_uid"):
            title = _("冲正{title}", title=title)
        return line(change, title, *(("", words) if change.op == INSERT else (words, "")))
    if change.field == DELETION[2]:
        return line(change, title, "", bin_words(change))
    if change.field not in _COLUMNS:
        return None
    called = _called(change.entity, rows.get(change.row_uid, {}), shelf)
    before, after = (_value(change.field, value) for value in (change.before, change.after))
    return line(change, " ".join(filter(None, (title, called, _(_COLUMNS[change.field])))), before, after)


def _words_of(entity: str, row: Row, shelf: Shelf) -> str:
    """A whole row as a clerk reads it."""
    parts = [_called(entity, row, shelf)]
    if entity == point_tables.point_entry.name:
        parts += [f"× {row['quantity']}", _day(row["on_date"]), state_label(EntryState(row["state"]))]
    elif entity == point_tables.redemption.name:
        parts += [f"{row['quantity']} {row['unit']}", _points(row["points"]), _day(row["on_date"])]
    else:
        parts += [f"{_points(row['points'])}/{row['unit']}"]
    return " ".join(filter(None, (*parts, row.get("reason") or "")))


def _called(entity: str, row: Row, shelf: Shelf) -> str:
    """Who a row is about, and what."""
    if not row:
        return ""
    if entity != point_tables.point_entry.name:
        return " ".join(filter(None, (row.get("name"), row["title"])))
    form = form_known(shelf, row["kind"], row["version"])
    rules = form.points.rules if form is not None and form.points is not None else ()
    rule = next((f"{one.number} {one.shown()}" for one in rules if one.id == row["rule"]), row["rule"])
    return f"{row['name']} {rule}"


def _value(column: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    match column:
        case "state":
            return state_label(EntryState(value))
        case "signed":
            return _("是") if value else _("否")
        case "on_date":
            return _day(value)
        case "points":
            return _points(value)
        case _:
            return str(value)


def _day(value: str) -> str:
    day = PartialDate.read(value)
    return day.shown() if day else value


def _points(value: str) -> str:
    return _("{points} 分", points=shown_points(Decimal(value)))
