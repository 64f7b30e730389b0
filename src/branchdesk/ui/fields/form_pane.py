"""A form on the screen: labels over editors in one or two columns, findings in words below the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from branchdesk.findings import Finding, gravest
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.fields.editors import field_editor
from branchdesk.ui.fields.figures import FigureLabel
from branchdesk.ui.fields.files import AttachmentsEditor, ListedFile
from branchdesk.ui.fields.shown import wanted_ids
from branchdesk.ui.look import px
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note, restyle

_WIDE = 11  # fields wider than this many characters take the whole row
_WHOLE_ROW = {"attachments", "members", "indicator"}


def _is_wide(field: Field) -> bool:
    return field.width > _WIDE or field.type.lines > 1 or field.type.name in _WHOLE_ROW


def _rows(fields: Sequence[Field]) -> list[list[Field]]:
    """Two fields to a row in their order; a wide one, or one that would stand alone, takes the whole row."""
    rows: list[list[Field]] = []
    for field in fields:
        if rows and len(rows[-1]) == 1 and not _is_wide(field) and not _is_wide(rows[-1][0]):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


class FormPane(QWidget):
    """Some fields of a form in the order of the paper; fields that others rule out are hidden.

    `field_edited` tells the id and what was typed. Of evidence slots `files_chosen` tells the id and paths,
    `picture_pasted` id, name and content, `file_opened` and `file_removed` the uid of a file.
    """

    field_edited = Signal(str, str)
    files_chosen = Signal(str, list)
    picture_pasted = Signal(str, str, bytes)
    file_opened = Signal(str)
    file_removed = Signal(str)

    def __init__(self, fields: Sequence[Field], vocabulary: Vocabulary, *, whole: Form | None = None) -> None:
        """`whole` is the form of the fields, where some of them are asked only if others say so."""
        super().__init__()
        self._fields = {field.id: field for field in fields if not field.hidden}
        self._whole = whole
        self._vocabulary = vocabulary
        self.editors: dict[str, FieldEditor] = {}
        self._cells: dict[str, QWidget] = {}
        self._remarks: dict[str, Note] = {}
        self._texts: dict[str, str] = {}
        self._wanted: list[Field] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        for number in range(2):
            self._grid.setColumnStretch(number, 1)
        for field in self._fields.values():
            self._cells[field.id] = self._cell(field)
        self._show_wanted()

    def _cell(self, field: Field) -> QWidget:
        cell = QWidget(self)
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        box = column(gap=3, parent=cell)
        label = Note(f"{field.shown()} *" if field.required else field.shown())
        editor = field_editor(field, self._vocabulary)
        label.setBuddy(editor)
        remark = Note(role="error")
        remark.hide()
        for widget in (label, editor, remark):
            box.addWidget(widget)
        box.addStretch(1)
        editor.edited.connect(partial(self._edited, field.id))
        if isinstance(editor, AttachmentsEditor):
            editor.files_chosen.connect(partial(self.files_chosen.emit, field.id))
            editor.picture_pasted.connect(partial(self.picture_pasted.emit, field.id))
            editor.open_requested.connect(self.file_opened)
            editor.removal_requested.connect(self.file_removed)
        self.editors[field.id] = editor
        self._remarks[field.id] = remark
        return cell

    def _edited(self, field_id: str, text: str) -> None:
        self._texts[field_id] = text
        self._show_wanted()
        self.field_edited.emit(field_id, text)

    # ---- which fields are wanted

    def wanted(self) -> list[str]:
        """The ids of the fields that are shown now, in their order."""
        return [field.id for field in self._wanted]

    def learn(self, texts: Mapping[str, str]) -> None:
        """Take note of texts of fields elsewhere in the form, on which fields here may depend."""
        self._texts |= texts
        self._show_wanted()

    def _show_wanted(self) -> None:
        wanted = list(self._fields.values())
        if self._whole is not None:
            ids = wanted_ids(self._whole, self._texts, self._vocabulary)
            wanted = [field for field in wanted if field.id in ids]
        if self._grid.count() and wanted == self._wanted:
            return
        self._wanted = wanted
        for cell in self._cells.values():
            self._grid.removeWidget(cell)
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        rows = _rows(wanted)
        for line, together in enumerate(rows):
            for place, field in enumerate(together):
                span = 1 if len(together) > 1 else 2
                self._grid.addWidget(self._cells[field.id], line, place, 1, span)
        self._grid.setRowStretch(len(rows), 1)
        shown = {field.id for field in wanted}
        for field_id, cell in self._cells.items():
            cell.setVisible(field_id in shown)

    # ---- keys

    def take_focus(self) -> bool:
        """Put the keyboard into the first field that takes it; False where there is none."""
        return self._go_on_from(-1)

    def _go_on_from(self, place: int) -> bool:
        for field in self._wanted[place + 1 :]:
            editor = self.editors[field.id]
            if editor.focusProxy() is not None and editor.isEnabled():
                editor.take_focus()
                return True
        return False

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Take note of what is typed before Tab looks for the next field, which it may make appear."""
        focused = QApplication.focusWidget()
        for field_id, cell in self._cells.items():
            if focused is not None and cell.isAncestorOf(focused):
                self.editors[field_id].commit()
        return bool(super().focusNextPrevChild(next))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; behind the last one it is left to whoever holds the form."""
        focused = QApplication.focusWidget()
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or focused is None:
            super().keyPressEvent(event)
            return
        if isinstance(focused, QPushButton):
            focused.click()
            return
        here = next(
            (place for place, one in enumerate(self._wanted) if self._cells[one.id].isAncestorOf(focused)),
            len(self._wanted),
        )
        if not self._go_on_from(here):
            event.ignore()

    # ---- texts

    def fill(self, texts: Mapping[str, str]) -> None:
        """Show the texts of the fields, and keep those of others in mind; nothing is told to anybody."""
        self._texts = dict(texts)
        for field_id, editor in self.editors.items():
            editor.fill(texts.get(field_id, ""))
        self._show_wanted()

    def texts(self) -> dict[str, str]:
        """The texts as they stand in the editors."""
        return {field_id: editor.text() for field_id, editor in self.editors.items() if editor.has_text}

    def set_figures(self, figures: Mapping[str, str]) -> None:
        """Show the figures that are counted, by the name of the figure."""
        for field_id, editor in self.editors.items():
            if isinstance(editor, FigureLabel):
                editor.show_figure(figures.get(self._fields[field_id].figure, ""))

    def show_files(self, files: Sequence[ListedFile]) -> None:
        """Show attachments, each in its slot."""
        for field_id, editor in self.editors.items():
            if isinstance(editor, AttachmentsEditor):
                editor.show_files([file for file in files if file.slot == field_id])

    def commit(self) -> None:
        """Tell whatever was typed and not yet told."""
        for editor in self.editors.values():
            editor.commit()

    def set_findings(self, findings: Iterable[Finding]) -> None:
        """Show the gravest finding of each field in words below it."""
        by_field: dict[str, list[Finding]] = {}
        for finding in findings:
            by_field.setdefault(finding.field, []).append(finding)
        for field_id, editor in self.editors.items():
            worst = gravest(by_field.get(field_id, []))
            remark = self._remarks[field_id]
            editor.mark(worst)
            remark.setVisible(worst is not None)
            if worst is not None:
                restyle(remark, "role", "error" if worst.is_error else "warn")
                remark.setText(worst.sentence)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type; fields that are always read only stay so."""
        for field_id, editor in self.editors.items():
            editor.set_read_only(read_only=read_only or self._fields[field_id].read_only)
