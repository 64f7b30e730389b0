"""A form on the screen: labels over editors in one or two columns, findings in words below the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from branchdesk.findings import Finding, gravest
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.ui.fields.editors import FieldEditor, field_editor
from branchdesk.ui.look import px
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note, Words, restyle

_WIDE = 11  # fields wider than this many characters take the whole row


def _is_wide(field: Field) -> bool:
    return field.width > _WIDE or field.type.lines > 1


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
    """Some fields of a form. `field_edited` tells the id and what was typed."""

    field_edited = Signal(str, str)

    def __init__(self, fields: Sequence[Field], vocabulary: Vocabulary) -> None:
        super().__init__()
        self._fields = {field.id: field for field in fields}
        self._vocabulary = vocabulary
        self.editors: dict[str, FieldEditor] = {}
        self._remarks: dict[str, Note] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        rows = _rows(fields)
        for line, together in enumerate(rows):
            for place, field in enumerate(together):
                grid.addWidget(self._cell(field), line, place, 1, 1 if len(together) > 1 else 2)
        for number in range(2):
            grid.setColumnStretch(number, 1)
        grid.setRowStretch(len(rows), 1)

    def _cell(self, field: Field) -> QWidget:
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
