"""The words that a field is chosen from, as rows that are added, changed, moved and taken away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.forms.declarations import FormTable
from branchdesk.forms.editing import with_part
from branchdesk.forms.field_edits import add_choice, move_choice, relabel_choice, without_choices
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import Part, part_of
from branchdesk.i18n import _
from branchdesk.ui.fields.lines_editor import LinesEditor, ShownLine
from branchdesk.ui.widgets.layouts import column


def _table() -> FormTable:
    """What is asked of each word."""
    text = FIELD_TYPES["text"]
    columns = (
        Field("label", text, _("选项"), "", "", required=True, width=7),
        Field("label_en", text, _("英文"), "", "", width=6),
    )
    return FormTable("choices", _("选项"), "", "", fields=columns)


class ChoiceLines(QWidget):
    """Shows the choices of a field. `changed` tells the form with other ones."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._part: Part | None = None
        self.lines = LinesEditor(_table(), {})
        column(gap=0, parent=self).addWidget(self.lines)
        self.setFocusProxy(self.lines)
        self.lines.line_edited.connect(self._relabel)
        self.lines.line_added.connect(self._add)
        self.lines.lines_removed.connect(self._remove)
        self.lines.line_moved.connect(self._move)

    def show_field(self, form: Form, part: Part) -> None:
        """Show the choices of a field or column."""
        self._form, self._part = form, part
        field = self._field()
        self.lines.fill(
            ShownLine(choice.code, {"label": choice.label, "label_en": choice.label_en})
            for choice in (field.choices if field is not None else ())
        )

    def _field(self) -> Field | None:
        found = part_of(self._form, self._part) if self._form is not None and self._part is not None else None
        return found if isinstance(found, Field) else None

    def _take(self, field: Field) -> None:
        if self._form is not None and self._part is not None:
            self.changed.emit(with_part(self._form, self._part, partial(_instead, field)))

    def _relabel(self, code: str, name: str, text: str) -> None:
        field = self._field()
        known = {choice.code: choice for choice in field.choices} if field is not None else {}
        if field is None or code not in known:
            return
        choice, typed = known[code], text.strip()
        follows = choice.label_en in {"", choice.label}
        label = typed if name == "label" else choice.label
        english = typed if name == "label_en" else "" if follows else choice.label_en
        if label:
            self._take(relabel_choice(field, code, label, english))

    def _add(self, texts: dict[str, str]) -> None:
        field, label = self._field(), texts.get("label", "").strip()
        if field is not None and label:
            self._take(add_choice(field, label, texts.get("label_en", "").strip()))

    def _remove(self, codes: list[str]) -> None:
        field = self._field()
        if field is not None:
            self._take(without_choices(field, codes))

    def _move(self, code: str, step: int) -> None:
        field = self._field()
        if field is not None:
            self._take(move_choice(field, code, step))


def _instead(field: Field, _before: Field) -> Field:
    return field
