"""The history of inspections and problems in words: lines by number and title as the form had them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from branchdesk.domain.inspections.issues import IssueSource
from branchdesk.domain.inspections.model import ProofSlot, Stage
from branchdesk.domain.inspections.rectification import DAY_LABELS
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.language import Field, Form
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate
from branchdesk.services.history_lines import DELETION, HistoryLine, bin_words, line
from branchdesk.storage import tables
from branchdesk.storage.changes import INSERT, UPDATE
from branchdesk.storage.inspections import COUNT, WHY
from branchdesk.storage.journal import FieldChange

Row = Mapping[str, Any]
ISSUES = frozenset({tables.issue.name, tables.verification.name})
_OWN = {
    "plan": later("计划"),
    "record": later("记录"),
    "applies": later("不适用"),
    "why_not": later("不适用的原因"),
    "vetoed": later("一票否决"),
    "veto_reason": later("一票否决的情况"),
}
_OF_SELF = {
    "score": later("自评得分"),
    "reason": later("自评扣分原因"),
    "confirmed": later("自动取数核实"),
}
_OF_CHECK = {
    "score": later("考核得分"),
    "reason": later("考核扣分原因"),
    "confirmed": later("考核核实自动取数"),
    "method": later("检查方法"),
    "by": later("检查人"),
    "on": later("检查日期"),
}
_COLUMNS = {
    "text": later("问题"),
    "source": later("问题来源"),
    "number": later("整改通知单编号"),
    "basis": later("依据条款"),
    "responsible": later("责任人"),
    "assistant": later("协助人"),
    "measures": later("整改措施"),
    "progress": later("进展"),
    "result": later("整改结果"),
    "lost_points": later("关联失分"),
    **DAY_LABELS,
}
_UP_TO = re.compile(r"[，。；、（,;(]")  # as much of a standard as names its line
_SILENT = {"year", "found_in_uid", "indicator", "responsible_uid", "verifier_uid", *DELETION[:2]}


def told_value(form: Form, row: Row, before: str, after: str) -> tuple[str, str, str]:
    """What stands on a line of an inspection: its title, and both values in words."""
    field = form.by_id[row["part"]]
    name = row["field"]
    words = tuple(_value(name, value) for value in (before, after))
    title = _UP_TO.split(field.shown(), maxsplit=1)[0]
    return f"{field.number} {title} {_what(field, row['line'], name)}", words[0], words[1]


def _what(field: Field, stage: str, name: str) -> str:
    """What of a line a value is."""
    if name.startswith((COUNT, WHY)):
        rule = next((one for one in field.deduct if one.id == name.partition(".")[2]), None)
        called = rule.shown() if rule else name
        return (
            _("“{rule}”改数的原因", rule=called) if name.startswith(WHY) else _("“{rule}”的数", rule=called)
        )
    known = _OF_SELF if stage == Stage.SELF.value else _OF_CHECK if stage == Stage.CHECK.value else _OWN
    return _(known[name]) if name in known else name


def _value(name: str, value: str) -> str:
    if not value:
        return ""
    match name:
        case "confirmed":
            return _("已核实")
        case "applies" | "vetoed":
            return _("是")
        case "on":
            return _day(value)
        case "method":
            return shipped_dictionaries()["check_method"].shown(value)
        case _:
            return value


def _day(value: str) -> str:
    day = PartialDate.read(value)
    return day.shown() if day else value


def proof_line(change: FieldChange, form: Form | None) -> HistoryLine:
    """Evidence that was put under a line of an inspection, or taken away."""
    row = change.after if change.op == INSERT else change.before
    field = form.by_id.get(row["indicator"]) if form else None
    slots = shipped_dictionaries()["proof_slot"]
    place = slots.shown(ProofSlot(row["slot"]).value)
    title = f"{field.number} {_('佐证')}" if field else _("佐证")
    words = f"{place} {row['title']}"
    return line(change, title, *(("", words) if change.op == INSERT else (words, "")))


def issue_line(change: FieldChange) -> HistoryLine | None:
    """A change of a problem or of one of its verifications; None for what nobody wants to read."""
    if change.op == UPDATE and change.field in _SILENT:
        return None
    if change.entity == tables.verification.name:
        return _of_verification(change)
    if change.op != UPDATE:
        row = change.after if change.op == INSERT else change.before
        told = ("", row["text"]) if change.op == INSERT else (row["text"], "")
        return line(change, _("问题"), *told)
    if change.field == DELETION[2]:
        return line(change, _("问题"), "", bin_words(change))
    before, after = (_issue_value(change.field, value) for value in (change.before, change.after))
    return line(change, _(_COLUMNS[change.field]), before, after)


def _of_verification(change: FieldChange) -> HistoryLine | None:
    if change.op == UPDATE:
        return None
    row = change.after if change.op == INSERT else change.before
    passed = _("通过") if row["passed"] else _("不通过")
    words = " ".join(filter(None, (row["verifier"], _day(row["on_date"]), passed, row.get("opinion") or "")))
    title = _("验证销号")
    if row.get("number"):
        title = _("验证单 {year} 年第 {n} 号", year=row["year"], n=row["number"])
    return line(change, title, *(("", words) if change.op == INSERT else (words, "")))


def _issue_value(column: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if column.endswith("_on"):
        return _day(str(value))
    if column == "source":
        return shipped_dictionaries()["issue_source"].shown(IssueSource(value).value)
    return str(value)
