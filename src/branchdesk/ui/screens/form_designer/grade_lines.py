"""The grades of an inspection as rows, the best first, each with the least score that earns it."""

from __future__ import annotations

from functools import partial
from typing import Any

from typing_extensions import override

from branchdesk.forms.declarations import FormTable, GradeWords
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.indicator_edits import add_grade, change_grade, without_grades
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.screens.form_designer.indicator_questions import with_inspection
from branchdesk.ui.screens.form_designer.part_lines import PartLines
from branchdesk.ui.screens.form_designer.questions import number_of, number_text


def _table() -> FormTable:
    """What is asked of each grade."""
    columns = (
        Field("label", FIELD_TYPES["text"], _("等次"), "", "", required=True, width=4),
        Field("at_least", FIELD_TYPES["hours"], _("不低于"), "", "", width=4),
        Field("label_en", FIELD_TYPES["text"], _("英文"), "", "", width=5),
    )
    return FormTable("grades", _("等次"), "", "", fields=columns)


class GradeLines(PartLines):
    """Shows the grades of a form. They stand in the order of their scores."""

    def __init__(self) -> None:
        super().__init__(_table(), movable=False)

    def _grades(self) -> tuple[GradeWords, ...]:
        inspection = self._form.inspection if self._form is not None else None
        return inspection.grades if inspection is not None else ()

    @override
    def fill(self) -> None:
        self.lines.fill(
            ShownLine(
                grade.code,
                {
                    "label": grade.label,
                    "at_least": number_text(grade.at_least),
                    "label_en": grade.label_en if grade.label_en != grade.label else "",
                },
            )
            for grade in self._grades()
        )

    @override
    def change(self, row: str, name: str, value: str) -> None:
        known = {grade.code: grade for grade in self._grades()}
        if row not in known or self._form is None:
            return
        changes = _changes(known[row], name, value)
        if changes:
            changed = with_inspection(self._form, partial(change_grade, code=row, **changes))
            self.changed.emit(changed)
        else:
            self.fill()  # what cannot be is shown as it was

    @override
    def add(self, values: dict[str, str]) -> None:
        if self._form is not None:
            self.changed.emit(with_inspection(self._form, partial(add_grade, label=values["label"])))

    @override
    def remove(self, rows: list[str]) -> None:
        if self._form is not None:
            self.changed.emit(with_inspection(self._form, partial(without_grades, codes=rows)))

    @override
    def move_line(self, row: str, step: int) -> None:
        """Grades stand in the order of their scores."""


def _changes(grade: GradeWords, name: str, value: str) -> dict[str, Any]:
    if name == "at_least":
        number = number_of(value)
        return {"at_least": number} if number is not None and grade.at_least > 0 else {}
    if name == "label_en":
        return {"label_en": value or grade.label}
    follows = grade.label_en in {"", grade.label}
    return {"label": value, **({"label_en": value} if follows else {})} if value else {}
