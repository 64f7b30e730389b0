"""Fields that are asked for outside any form: days with a calendar, people found by their initials."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.base import FieldEditor, LineEditor
from branchdesk.ui.fields.editors import field_editor
from branchdesk.ui.fields.texts import LongTextEditor
from branchdesk.ui.look import px
from branchdesk.ui.widgets.texts import Words

_LONGEST, _TWO_LINES = 2000, 62
_LONG = {"long_text", "attachments"}


def asked(name: str, kind: str, label: str, vocabulary: Vocabulary, hint: str = "") -> FieldEditor:
    """An editor outside any form: `kind` is a field type, `label` is spoken in the language in use."""
    field = Field(name, FIELD_TYPES[kind], label, label, "", max_length=_LONGEST, future=True)
    made = field_editor(field, vocabulary)
    if kind == "date" and not hint:
        hint = _("如 2026.11.24")
    if hint and isinstance(made, LineEditor):
        made.line.setPlaceholderText(hint)
    if isinstance(made, LongTextEditor):
        made.box.setFixedHeight(px(_TWO_LINES))
    return made


class FieldGrid(QGridLayout):
    """Labels with their fields, two of them side by side; long ones take the whole width."""

    def __init__(self) -> None:
        super().__init__()
        self._place = 0
        self.setHorizontalSpacing(px(12))
        self.setVerticalSpacing(px(8))
        self.setColumnStretch(1, 1)
        self.setColumnStretch(3, 1)

    def add_field(self, label: str, field: QWidget, *, wide: bool = False) -> None:
        """Add a field with its label at the left."""
        wide = wide or (isinstance(field, FieldEditor) and field.field.type.name in _LONG)
        if wide and self._place % 2:
            self._place += 1
        row, half = divmod(self._place, 2)
        words = Words(label, "second")
        words.setBuddy(field)
        self.addWidget(words, row, 2 * half)
        self.addWidget(field, row, 2 * half + 1, 1, 3 if wide else 1)
        self._place += 2 if wide else 1


def texts_of(editors: Mapping[str, FieldEditor]) -> dict[str, str]:
    """What stands in editors now."""
    return {name: editor.text().strip() for name, editor in editors.items()}


def fill(editors: Mapping[str, FieldEditor], texts: Mapping[str, str]) -> None:
    """Show texts in editors."""
    for name, editor in editors.items():
        editor.fill(texts.get(name, ""))
