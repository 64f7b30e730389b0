"""The rows of a table of the form's own, as a small grid that is filled with the keyboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from branchdesk.findings import Finding, gravest
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, FormTable
from branchdesk.i18n import _
from branchdesk.ui.fields.choosing import words_of
from branchdesk.ui.fields.shown import wanted_ids
from branchdesk.ui.grid.model import Cell, Column, Edit, GridTableModel
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column

_FEWEST, _MOST = 2, 8
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ShownLine:
    """One row: its uid, the texts of its fields as clerks read them, and what there is to say about it."""

    uid: str
    texts: Mapping[str, str]
    findings: Sequence[Finding] = field(default=())


class LinesTableModel(GridTableModel):
    """Shows lines. Every edit is told by a signal; nothing changes here until the lines are shown anew."""

    edited = Signal(str, str, str)
    added = Signal(dict)

    def __init__(self, table: FormTable, vocabulary: Vocabulary, parent: QWidget) -> None:
        self.table = table
        self.fields = tuple(one for one in table.fields if not one.hidden)
        columns = [
            Column(
                one.id,
                f"{one.shown()} *" if one.required else one.shown(),
                one.width,
                one.read_only,
                one.type.latin,
                _words(one, vocabulary),
            )
            for one in self.fields
        ]
        super().__init__(columns, parent)
        self._vocabulary = vocabulary
        self.lines: list[ShownLine] = []
        self.may_write = True
        self._wanted: dict[int, set[str]] = {}

    def show_lines(self, lines: Iterable[ShownLine]) -> None:
        """Show other lines; the cursor and an open cell stay where rows only changed or were added."""
        known, shown = [line.uid for line in self.lines], list(lines)
        uids = [line.uid for line in shown]
        added = len(uids) - len(known)
        if uids[: len(known)] != known:
            self.beginResetModel()
            self._take(shown)
            self.endResetModel()
            return
        if added:
            # Behind the empty row: that row is the one that has become a line.
            first = len(known) + self.accepts_new
            self.beginInsertRows(QModelIndex(), first, first + added - 1)
        self._take(shown)
        if added:
            self.endInsertRows()
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))

    def _take(self, lines: list[ShownLine]) -> None:
        self.lines = lines
        self._wanted.clear()

    def set_writable(self, *, writable: bool) -> None:
        """Offer the empty row at the end, or not."""
        self.beginResetModel()
        self.may_write = writable
        self.endResetModel()

    def is_wanted(self, row: int, place: int) -> bool:
        """Whether a field is asked in a row; every field is in the empty row at the end."""
        if self.is_new(row) or not any(one.only_if for one in self.fields):
            return True
        if row not in self._wanted:
            self._wanted[row] = wanted_ids(self.table, self.lines[row].texts, self._vocabulary)
        return self.fields[place].id in self._wanted[row]

    @override
    def records(self) -> int:
        return len(self.lines)

    @property
    @override
    def accepts_new(self) -> bool:
        return self.may_write

    @override
    def cell(self, row: int, column: int) -> Cell:
        line, one = self.lines[row], self.fields[column]
        if not self.is_wanted(row, column):
            return Cell(text="／", tip=_("这一行不用填这一项。"))
        text = line.texts.get(one.id, "")
        worst = gravest([finding for finding in line.findings if finding.field == one.id])
        return Cell(
            text=" ".join(text.split("\n")),
            edit_text=text,
            severity=worst.severity if worst else None,
            sentence=worst.sentence if worst else "",
            tip=one.hint(),
        )

    @override
    def write(self, edits: Sequence[Edit]) -> None:
        new: dict[int, dict[str, str]] = defaultdict(dict)
        known = [
            (self.lines[edit.row].uid, self.fields[edit.column].id, edit.text)
            for edit in edits
            if not self.is_new(edit.row) and self.is_wanted(edit.row, edit.column)
        ]
        for edit in edits:
            if self.is_new(edit.row) and edit.text.strip():
                new[edit.row][self.fields[edit.column].id] = edit.text
        for uid, field_id, text in known:
            self.edited.emit(uid, field_id, text)
        for _row, texts in sorted(new.items()):
            self.added.emit(texts)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not (self.may_write and self.is_wanted(index.row(), index.column())):
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags


def _words(one: Field, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The words that a cell offers; None for free text."""
    if one.type.name == "yes_no":
        return _("是"), _("否")
    if one.type.name in {"choice", "organisation", "member"}:
        return tuple(dict.fromkeys(entry.shown() for entry in words_of(one, vocabulary)))
    return None


class _LinesGrid(GridView):
    """A grid that Tab leaves behind its last cell, since it stands among other fields."""

    removing = Signal()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        current, model = self.currentIndex(), self.model()
        first = current.row() <= 0 and current.column() <= 0
        last = current.row() == model.rowCount() - 1 and current.column() == model.columnCount() - 1
        leaves = not current.isValid() or (last if next else first)
        if self.hasFocus() and leaves:
            return QAbstractScrollArea.focusNextPrevChild(self, next)
        return super().focusNextPrevChild(next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        else:
            super().keyPressEvent(event)


class LinesEditor(QWidget):
    """A table of the form's own. Typing in the empty row at the end adds a row.

    `line_edited` tells uid, field and text, `line_added` the texts of a new row, `lines_removed` uids,
    `line_moved` a uid and how many rows down (negative for up). Whoever shows it stores the change and
    calls `fill` again.
    """

    line_edited = Signal(str, str, str)
    line_added = Signal(dict)
    lines_removed = Signal(list)
    line_moved = Signal(str, int)

    def __init__(self, table: FormTable, vocabulary: Vocabulary, *, movable: bool = True) -> None:
        super().__init__()
        self.model = LinesTableModel(table, vocabulary, self)
        self.grid = _LinesGrid(filters=False)
        self.grid.setAccessibleName(table.shown())
        self.grid.setObjectName("grid")
        self.grid.show_model(self.model, 0)
        self.grid.horizontalHeader().setStretchLastSection(True)
        self.setFocusProxy(self.grid)
        self.add = button(_("加一行"), self.begin_line, look="small", icon_name="plus", name="add_line")
        self.remove = button(
            _("移除这行"), self._remove, look="small", icon_name="x", tip="Ctrl+Delete", name="remove_line"
        )
        self.up = button(_("上移"), self._move_up, look="small", name="line_up")
        self.down = button(_("下移"), self._move_down, look="small", name="line_down")
        self._lay_out(movable=movable)
        self._connect()
        self.fill(())

    def _lay_out(self, *, movable: bool) -> None:
        box = column(gap=4, parent=self)
        box.addWidget(self.grid)
        self._tools = QWidget()
        flow = Flow(self._tools, gap=4)
        for one in (self.add, self.remove, self.up, self.down):
            flow.addWidget(one)
        self.up.setVisible(movable)
        self.down.setVisible(movable)
        box.addWidget(self._tools)

    def _connect(self) -> None:
        self.model.edited.connect(self.line_edited)
        self.model.added.connect(self.line_added)
        self.grid.removing.connect(self._remove)
        self.grid.current_row_changed.connect(self._look_at_row)

    def fill(self, lines: Iterable[ShownLine]) -> None:
        """Show lines, keeping the cursor where it is."""
        current = self.grid.currentIndex()
        row, place = max(current.row(), 0), max(current.column(), 0)
        had = current.isValid()
        self.model.show_lines(lines)
        rows = self.model.rowCount()
        if had and rows and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(min(row, rows - 1), place))
        head = self.grid.horizontalHeader().sizeHint().height()
        seen = max(_FEWEST, min(rows, _MOST))
        self.grid.setFixedHeight(head + seen * look().row_height + 2 * self.grid.frameWidth() + px(14))
        self._look_at_row(row)

    def begin_line(self) -> None:
        """Put the cursor into the empty row at the end."""
        self.grid.setFocus()
        self.grid.setCurrentIndex(self.model.index(self.model.records(), 0))

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        self.model.set_writable(writable=not read_only)
        self._tools.setVisible(not read_only)

    def _look_at_row(self, row: int) -> None:
        there = 0 <= row < self.model.records() and self.grid.currentIndex().isValid()
        self.remove.setEnabled(there)
        self.up.setEnabled(there and row > 0)
        self.down.setEnabled(there and row < self.model.records() - 1)

    def _uids(self) -> list[str]:
        """The lines in which something is selected."""
        rows = {index.row() for index in self.grid.selectionModel().selectedIndexes()}
        rows |= {self.grid.currentIndex().row()}
        return [self.model.lines[row].uid for row in sorted(rows) if 0 <= row < self.model.records()]

    def _remove(self) -> None:
        uids = self._uids()
        if uids and self.model.may_write:
            self.lines_removed.emit(uids)

    def _move(self, step: int) -> None:
        current = self.grid.currentIndex()
        if not 0 <= current.row() + step < self.model.records():
            return
        uid = self.model.lines[current.row()].uid
        self.grid.setCurrentIndex(self.model.index(current.row() + step, current.column()))
        self.line_moved.emit(uid, step)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)
