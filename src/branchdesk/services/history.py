"""What happened to records, field by field, and taking it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from branchdesk.domain.meetings.quality import QUALITY_CHECKS
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import shipped_form
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _, later, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.history_lines import DELETION, HistoryLine, bin_words, line, local_time
from branchdesk.services.points_history import POINTS, points_line
from branchdesk.services.record_history import ENTITIES, RecordWords, mentioned
from branchdesk.storage import journal, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import INSERT, REMOVE, UPDATE, Changes
from branchdesk.storage.daily_tables import daily_record
from branchdesk.storage.derived import surroundings
from branchdesk.storage.journal import ChainReport, Entry, FieldChange
from branchdesk.storage.member_facts import facts_at_hand
from branchdesk.storage.tables import member, member_event, pending_value, post

__all__ = [
    "Entry",
    "HistoryLine",
    "UndoHistory",
    "check_chain",
    "lines_of_change",
    "local_time",
    "recent_changes",
    "record_history",
    "restore_value",
]


def record_history(branch: Branch, uid: str) -> list[HistoryLine]:
    """Everything that happened to a member or a filled form and what belongs to it, newest first."""
    with branch.read() as connection:
        changes = journal.history_of(connection, uid)
        teller = _Teller(
            surroundings(connection).vocabulary,
            records.shelf_of(connection),
            journal.rows_as_they_came(connection, mentioned(changes)),
        )
    return [told for change in changes if (told := teller.line_of(change)) is not None]


def _file_line(change: FieldChange, vocabulary: Vocabulary) -> HistoryLine:
    if change.op == INSERT:
        return line(change, _("党员档案"), "", _("新建"))
    if change.op == REMOVE:
        return line(change, _("党员档案"), _("已删除"), "")
    if change.field == DELETION[2]:
        return line(change, _("党员档案"), "", bin_words(change))
    field = shipped_form("member.file").by_id[change.field]
    before, after = (field.type.show(field, value, vocabulary) for value in (change.before, change.after))
    return line(change, field.shown(), before, after, private=field.private)


def _belonging_line(change: FieldChange, vocabulary: Vocabulary) -> HistoryLine:
    """A line for an event, a post or a value not understood yet."""
    table = change.entity
    if change.op != UPDATE:
        row = change.after if change.op == INSERT else change.before
        words = _words_of_row(table, row, vocabulary)
        before, after = ("", words) if change.op == INSERT else (words, "")
        return line(change, _title_of_row(table, row, vocabulary), before, after)
    before, after = (
        _words_of_row(table, {change.field: value}, vocabulary) for value in (change.before, change.after)
    )
    return line(change, _title_of_row(table, {}, vocabulary), before, after)


def _title_of_row(table: str, row: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    if table == member_event.name:
        return vocabulary["event"].shown(row["kind"]) if row else _("党籍记录")
    if table == post.name:
        return _("党内职务")
    return shipped_form("member.file").by_id[row["field"]].shown() if row else _("待核内容")


def _words_of_row(table: str, row: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """The parts of a row that say something, in words."""
    dictionaries = {
        "organisation_uid": "organisation",
        "group_uid": "group",
        "ending": "ending",
        "code": "post",
    }
    words = []
    for key in ("on_date", "since", "until", "code", "organisation_uid", "group_uid", "place", "ending"):
        value = row.get(key)
        if value and not (table == post.name and key == "organisation_uid"):
            day = PartialDate.read(value)
            words.append(
                vocabulary[dictionaries[key]].shown(value)
                if key in dictionaries
                else day.shown()
                if day
                else value
            )
    words += [row[key] for key in ("document", "note", "text") if row.get(key)]
    return " ".join(words)


def restore_value(branch: Branch, line: HistoryLine, uid: str) -> Changes:
    """Put back the earlier value of one field of a member's file; it is a new change of its own.

    Raises Problem for a line that cannot be put back alone, and for a member in the recycle bin.
    """
    field = shipped_form("member.file").by_id.get(line.change.field)
    if field is None or not line.restorable:
        raise Problem(_("这一条不能单独恢复。"), _("可以在“修改记录”里撤销那一次修改。"))
    with branch.read() as connection:
        facts = facts_at_hand(connection, [uid])[uid]
    label = _("恢复 {name} 的{field}", name=facts.row["name"], field=field.shown())
    with branch.change(label) as change:
        change.update(member, uid, {field.id: line.change.before})
    return change.result


def recent_changes(branch: Branch, limit: int = 200, before: int | None = None) -> list[Entry]:
    """The newest changes of the whole file."""
    with branch.read() as connection:
        return journal.entries(connection, limit, before)


def lines_of_change(branch: Branch, seq: int, most: int = 500) -> list[HistoryLine]:
    """What one change set, in words, whatever records it touched; at most `most` lines."""
    with branch.read() as connection:
        changes = journal.rows_of_change(connection, seq, most)
        names = journal.names_of(connection, {change.row_uid for change in changes})
        teller = _Teller(
            surroundings(connection).vocabulary,
            records.shelf_of(connection),
            journal.rows_as_they_came(connection, mentioned(changes)),
        )
    lines = []
    for change in changes:
        told = teller.line_of(change)
        if told is not None:
            name = names.get(change.row_uid)
            lines.append(replace(told, field=f"{name} {told.field}") if name else told)
    return lines


class _Teller:
    """Puts changes of any record into words."""

    def __init__(self, vocabulary: Vocabulary, shelf: Shelf, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._vocabulary, self._shelf, self._rows = vocabulary, shelf, rows
        self._records = RecordWords(rows, shelf, vocabulary)

    def line_of(self, change: FieldChange) -> HistoryLine | None:
        """A change as a line; records without a form of their own show their raw values.

        Whose a daily record is stands in its title and is no line of its own.
        """
        if change.field in DELETION[:2] or change.entity == daily_record.name:
            return None
        if change.entity == member.name:
            return _file_line(change, self._vocabulary)
        if change.entity in {member_event.name, post.name, pending_value.name}:
            return _belonging_line(change, self._vocabulary)
        if change.entity in ENTITIES:
            return self._records.line_of(change)
        if change.entity in POINTS:
            return points_line(change, self._rows, self._shelf)
        return _plain_line(change)


def _plain_line(change: FieldChange) -> HistoryLine:
    if change.op == UPDATE and change.field == DELETION[2]:
        return line(change, _(_KIND_WORDS[change.entity]), "", bin_words(change))
    kind = _KIND_WORDS.get(change.entity, change.entity)
    if change.op != UPDATE:
        row = change.after or change.before
        words = " ".join(_told(change.entity, key, row[key]) for key in _TELLING if row.get(key))
        return line(change, _(kind), *(("", words) if change.op == INSERT else (words, "")))
    field = shipped_form("organisation.profile").by_id.get(change.field)
    title = f"{_(kind)} {field.shown()}" if field else _(kind)
    shown = ("" if value is None else str(value) for value in (change.before, change.after))
    return line(change, title, *shown)


def _told(entity: str, key: str, value: object) -> str:
    """A part of a row as a clerk reads it; the headings of a sheet are kept as a list, checks by name."""
    if (entity, key) == ("check_switch", "name") and value in QUALITY_CHECKS:
        return _(QUALITY_CHECKS[str(value)].title)
    return listed(json.loads(str(value))) if key == "headings" else str(value)


_KIND_WORDS = {
    "organisation": later("党组织"),
    "organisation_version": later("党组织"),
    "committee_term": later("班子届次"),
    "attachment": later("附件"),
    "sheet_template": later("上级模板"),
    "template_cell": later("上级模板的单元格"),
    "dictionary_entry": later("字典"),
    "saved_view": later("视图"),
    "import_memory": later("导入的列对应"),
    "form_definition": later("表单"),
    "fixed_phrase": later("会议常用语"),
    "check_switch": later("停用的定稿检查"),
}
_TELLING = (
    *("full_name", "name", "number", "elected_on", "label", "headings"),
    *("kind", "version", "text", "reason", "cell"),
)


def check_chain(branch: Branch) -> ChainReport:
    """Whether the journal is whole, from the first change to the last."""
    with branch.read() as connection:
        return journal.verify_chain(connection)


class UndoHistory:
    """What this person did since the file was opened, to be taken back step by step and done again."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._done: list[tuple[int, str]] = []
        self._undone: list[tuple[int, str]] = []

    def note(self, changes: Changes) -> None:
        """Remember a change that was just made; what was undone before can no longer be done again."""
        if changes:
            self._done.append((changes.seq, changes.label))
            self._undone.clear()

    @property
    def next_undo(self) -> str | None:
        """The label of what Ctrl+Z would take back."""
        return self._done[-1][1] if self._done else None

    @property
    def next_redo(self) -> str | None:
        """The label of what Ctrl+Y would do again."""
        return self._undone[-1][1] if self._undone else None

    def undo(self) -> Changes | None:
        """Take back the last change. Raises ChangeConflict where a later one stands in the way."""
        return self._step(self._done, self._undone)

    def redo(self) -> Changes | None:
        """Do again what was taken back last."""
        return self._step(self._undone, self._done)

    def _step(self, source: list[tuple[int, str]], target: list[tuple[int, str]]) -> Changes | None:
        if not source:
            return None
        seq, label = source[-1]
        changes = self._branch.undo(seq)
        source.pop()
        if changes:
            target.append((changes.seq, label))
        return changes
