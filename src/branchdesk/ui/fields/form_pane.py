"""A form on the screen: labels over editors in one or two columns, findings in words below the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from branchdesk.findings import Finding, gravest
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.ui.fields.editors import FieldEditor, field_editor
from branchdesk.ui.look import px
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note, Words, restyle

_WIDE = 11  # fields wider than this many characters take the whole row


class FormPane(QWidget):
    """Some fields of a form. `field_edited` tells the id and what was typed."""

    field_edited = Signal(str, str)

    def __init__(
        self,
        fields: Sequence[Field],
        vocabulary: Vocabulary,
        *,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields = {field.id: field for field in fields}
        self._vocabulary = vocabulary
        self.editors: dict[str, FieldEditor] = {}
        self._remarks: dict[str, Note] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        line, place = 0, 0
        for field in fields:
            wide = columns > 1 and (field.width > _WIDE or field.type.lines > 1)
            if wide and place:
                line, place = line + 1, 0
            grid.addWidget(self._cell(field), line, place, 1, columns if wide else 1)
            place = 0 if wide or place + 1 == columns else place + 1
            line += 0 if place else 1
        for number in range(columns):
            grid.setColumnStretch(number, 1)
        grid.setRowStretch(line + 1, 1)

    def _cell(self, field: Field) -> QWidget:
        cell = QWidget()
        box = column(gap=3, parent=cell)
        label: QLabel = Words(f"{field.shown()} *" if field.required else field.shown(), "second")
        editor = field_editor(field, self._vocabulary)
        label.setBuddy(editor)
        remark = Note(role="error")
        remark.hide()
        for widget in (label, editor, remark):
            box.addWidget(widget)
        box.addStretch(1)
        editor.edited.connect(self._edited)
        self.editors[field.id] = editor
        self._remarks[field.id] = remark
        return cell

    def _edited(self, text: str) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self.field_edited.emit(editor.field.id, text)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Show the texts of the fields; nothing is told to anybody."""
        for field_id, editor in self.editors.items():
            editor.fill(texts.get(field_id, ""))

    def texts(self) -> dict[str, str]:
        """The texts as they stand in the editors."""
        return {field_id: editor.text() for field_id, editor in self.editors.items()}

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
