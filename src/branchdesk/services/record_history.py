"""The history of filled forms in words: fields by the labels of the form's own version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from branchdesk.domain.daily import DailyState
from branchdesk.domain.daily import label_of as label_of_daily
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.states import label_of as label_of_inspection
from branchdesk.domain.meetings.life import label_of
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate
from branchdesk.services import evaluation_history as of_evaluations
from branchdesk.services import inspection_history as of_inspections
from branchdesk.services.history_lines import DELETION, HistoryLine, bin_words, line
from branchdesk.storage import tables
from branchdesk.storage.changes import INSERT, REMOVE, UPDATE
from branchdesk.storage.inspections import KEPT, SAMPLE
from branchdesk.storage.journal import FieldChange
from branchdesk.storage.records import PLACE, form_known

Row = Mapping[str, Any]
# Columns that follow from others, or that nobody reads.
_SILENT = {
    tables.record.name: {"title", "on_date", "revision", "version", "entered_on", *DELETION[:2]},
    tables.record_version.name: {"content", "sha256", "finalised_on", "revision", "reopened_on"},
}
_TITLES = {
    tables.attendance.name: later("应到名单"),
    tables.agenda_item.name: later("会议议题"),
    tables.passage.name: later("会议内容"),
    tables.vote.name: later("表决"),
    tables.candidate.name: later("候选人"),
    tables.decision.name: later("议定事项"),
    tables.record_version.name: later("定稿内容"),
}
# What a row is called by, the first of these columns that says something.
_CALLED = ("name", "subject", "title", "text")
_COLUMNS = {
    "state": later("状态"),
    "year": later("年度"),
    "number": later("次数"),
    "snapshot_on": later("应到名单日期"),
    "name": later("姓名"),
    "group_name": later("党小组"),
    "category": later("人员类别"),
    "may_vote": later("有表决权"),
    "counts": later("计入应到"),
    "basis": later("不计入应到的依据"),
    "presence": later("签到"),
    "reason": later("请假、缺席原因"),
    "written": later("书面意见"),
    "made_up_on": later("补课日期"),
    "position": later("顺序"),
    "title": later("题目"),
    "carried_from": later("上次未办结"),
    "agenda_uid": later("所属议题"),
    "person_uid": later("人员"),
    "person_name": later("人员"),
    "speaker": later("发言人"),
    "text": later("内容"),
    "subject": later("表决事项"),
    "kind": later("表决类型"),
    "secret": later("无记名"),
    "eligible": later("应到会有表决权"),
    "present": later("实到会有表决权"),
    "in_favour": later("赞成"),
    "against": later("反对"),
    "abstained": later("弃权"),
    "invalid": later("无效票"),
    "issued": later("发出选票"),
    "returned": later("收回选票"),
    "seats": later("应选名额"),
    "write_in": later("另选人"),
    "responsible": later("责任人"),
    "due_on": later("完成时限"),
    "done_on": later("完成日期"),
    "feedback": later("反馈"),
    "closed": later("已办结"),
    "reopened_why": later("重新打开的原因"),
}
_FLAGS = {"may_vote", "counts", "secret", "write_in", "closed"}
_DAYS = {"due_on", "done_on", "made_up_on", "snapshot_on"}
_WORDS = {"presence": "presence", "category": "category", "kind": "vote_kind"}
ENTITIES = frozenset(
    {
        *(tables.record.name, tables.record_value.name, tables.proof.name),
        *_TITLES,
        *of_inspections.ISSUES,
        *of_evaluations.PARTS,
    }
)


@dataclass(frozen=True)
class RecordWords:
    """What telling the history of filled forms needs: each row as it was when it came, and every form."""

    rows: Mapping[str, Row]
    shelf: Shelf
    vocabulary: Vocabulary

    def line_of(self, change: FieldChange) -> HistoryLine | None:
        """A change of a row that belongs to a filled form; None for one that nobody wants to read."""
        if change.op == UPDATE and change.field in _SILENT.get(change.entity, ()):
            return None
        if change.entity == tables.record.name:
            return self._of_record(change)
        if change.entity == tables.record_value.name:
            return self._of_value(change)
        if change.entity in of_inspections.ISSUES:
            return of_inspections.issue_line(change)
        return self._of_part(change)

    def _of_record(self, change: FieldChange) -> HistoryLine:
        if change.op != UPDATE:
            row = change.after if change.op == INSERT else change.before
            form = form_known(self.shelf, row["kind"], row["version"])
            words = (row.get("title", ""), _("新建")) if change.op == INSERT else (_("已删除"), "")
            told = ("", f"{words[1]} {words[0]}".strip()) if change.op == INSERT else words
            return line(change, form.shown() if form else row["kind"], *told)
        if change.field == DELETION[2]:
            return line(change, self._kind(change.row_uid), "", bin_words(change))
        if change.field == "state":
            form = self._form(change.row_uid)
            return line(
                change, _column("state"), *(_state(form, one) for one in (change.before, change.after))
            )
        return line(change, _column(change.field), *self._told(change))

    def _form(self, record: str) -> Form | None:
        """The form in which a record was begun; None where it cannot be read."""
        row = self.rows.get(record)
        return form_known(self.shelf, row["kind"], row["version"]) if row else None

    def _form_of(self, part: Row) -> Form | None:
        """The form of the record that a row belongs to."""
        return self._form(part.get("record_uid", ""))

    def _kind(self, record: str) -> str:
        form = self._form(record)
        return form.shown() if form else _("会议")

    def _of_value(self, change: FieldChange) -> HistoryLine | None:
        row = self.rows.get(change.row_uid, {})
        if row.get("field") == PLACE or (row.get("part") == SAMPLE and row["field"] in KEPT):
            return None
        before, after = (
            ("", change.after["value"])
            if change.op == INSERT
            else (change.before["value"], "")
            if change.op == REMOVE
            else (change.before, change.after)
        )
        form = self._form_of(row)
        if form is not None and form.by_id.get(row["part"]) in form.indicators:
            return line(change, *of_inspections.told_value(form, row, before, after))
        title, field = self._field(row)
        if field is not None:
            before, after = (
                field.type.show(field, value or None, self.vocabulary) for value in (before, after)
            )
        return line(change, title, before, after, private=field is not None and field.private)

    def _field(self, row: Row) -> tuple[str, Field | None]:
        """The label and the field of a value, from the record's own version of its form."""
        form = self._form_of(row)
        if form is None:
            return str(row.get("field", "")), None
        if not row["part"]:
            field = form.by_id.get(row["field"])
            return (field.shown() if field else row["field"]), field
        table = form.tables_by_id[row["part"]]
        field = table.by_id.get(row["field"])
        return f"{table.shown()} {field.shown() if field else row['field']}", field

    def _of_part(self, change: FieldChange) -> HistoryLine | None:
        row = self.rows.get(change.row_uid, {})
        if change.entity in of_evaluations.PARTS:
            return of_evaluations.part_line(change, row, self._form_of(row), self.rows, self.vocabulary)
        if change.entity == tables.proof.name:
            return of_inspections.proof_line(change, self._form_of(row))
        return self._of_other_part(change)

    def _of_other_part(self, change: FieldChange) -> HistoryLine:
        title = _(_TITLES[change.entity])
        signed = change.entity == tables.record_version.name and _is_inspection(
            self._form_of(self.rows.get(change.row_uid, {}))
        )
        if signed:
            title = _("签字内容")
        if change.op != UPDATE:
            row = change.after if change.op == INSERT else change.before
            words = self._words_of(change.entity, row)
            if signed:
                words = _("第 {n} 次签字", n=row["revision"] + 1)
            return line(change, title, *(("", words) if change.op == INSERT else (words, "")))
        row = self.rows.get(change.row_uid, {})
        parts = [title, _called(row), _column(change.field)]
        if change.entity == tables.attendance.name and change.field == "presence":
            parts = [_("签到"), _called(row)]
        return line(change, " ".join(part for part in parts if part), *self._told(change))

    def _words_of(self, entity: str, row: Row) -> str:
        if entity == tables.record_version.name:
            return _("第 {n} 次定稿", n=row["revision"] + 1)
        said = [row.get("speaker", ""), *(str(row[key]) for key in _CALLED if row.get(key))]
        return (
            "：".join(part for part in said if part)
            if entity == tables.passage.name
            else " ".join(said).strip()
        )

    def _told(self, change: FieldChange) -> tuple[str, str]:
        before, after = (
            self._word(change.entity, change.field, value) for value in (change.before, change.after)
        )
        return before, after

    def _word(self, entity: str, column: str, value: Any) -> str:
        """A stored value of a column as a clerk reads it."""
        if value is None or value == "":
            return ""
        if column in _FLAGS or (column == "written" and entity == tables.attendance.name):
            return _("是") if value else _("否")
        match column:
            case "agenda_uid" | "person_uid":
                return _called(self.rows.get(str(value), {}))
            case "position":
                return str(int(value) + 1)
            case _:
                return self._plain(column, str(value))

    def _plain(self, column: str, value: str) -> str:
        if column in _WORDS:
            return self.vocabulary[_WORDS[column]].shown(value)
        day = PartialDate.read(value) if column in _DAYS else None
        return day.shown() if day else value


def _is_inspection(form: Form | None) -> bool:
    return form is not None and form.inspection is not None


def _state(form: Form | None, value: str) -> str:
    """A state of a record by its name; one that came with a newer program as it is stored."""
    if _is_inspection(form):
        return label_of_inspection(InspectionState(value))
    if form is not None and form.evaluation is not None:
        return of_evaluations.state_label(value)
    if form is not None and form.subject == "member":
        return label_of_daily(DailyState(value))
    return label_of(MeetingState(value)) if value in set(MeetingState) else value


def _column(name: str) -> str:
    """What a column is called; one without a name of its own is called as it is stored."""
    words = _COLUMNS.get(name, "")
    return _(words) if words else name


def _called(row: Row) -> str:
    return next((str(row[key]) for key in _CALLED if row.get(key)), "")


def mentioned(changes: list[FieldChange]) -> set[str]:
    """The rows that telling these changes needs to know: they themselves, and those that they point to."""
    found = set()
    for change in changes:
        found.add(change.row_uid)
        if change.field in {"agenda_uid", "person_uid"}:
            found |= {str(value) for value in (change.before, change.after) if value}
    return found
