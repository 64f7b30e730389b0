"""The words that a field is chosen from, as rows that are added, changed, moved and taken away."""

from __future__ import annotations

from functools import partial

from typing_extensions import override

from branchdesk.forms.declarations import FormTable
from branchdesk.forms.field_edits import add_choice, move_choice, relabel_choice, without_choices
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.screens.form_designer.part_lines import FieldLines


def _table() -> FormTable:
    """What is asked of each word."""
    text = FIELD_TYPES["text"]
    columns = (
        Field("label", text, _("选项"), "", "", required=True, width=7),
        Field("label_en", text, _("英文"), "", "", width=6),
    )
    return FormTable("choices", _("选项"), "", "", fields=columns)


class ChoiceLines(FieldLines):
    """Shows the choices of a field."""

    def __init__(self) -> None:
        super().__init__(_table())

    @override
    def fill(self) -> None:
        field = self.field()
        self.lines.fill(
            ShownLine(choice.code, {"label": choice.label, "label_en": choice.label_en})
            for choice in (field.choices if field is not None else ())
        )

    @override
    def change(self, row: str, name: str, value: str) -> None:
        field = self.field()
        known = {choice.code: choice for choice in field.choices} if field is not None else {}
        if row not in known:
            return
        choice = known[row]
        follows = choice.label_en in {"", choice.label}
        label = value if name == "label" else choice.label
        english = value if name == "label_en" else "" if follows else choice.label_en
        if label:
            self.take(partial(relabel_choice, code=row, label=label, label_en=english))

    @override
    def add(self, values: dict[str, str]) -> None:
        self.take(partial(add_choice, label=values["label"], label_en=values.get("label_en", "")))

    @override
    def remove(self, rows: list[str]) -> None:
        self.take(partial(without_choices, codes=rows))

    @override
    def move_line(self, row: str, step: int) -> None:
        self.take(partial(move_choice, code=row, step=step))
