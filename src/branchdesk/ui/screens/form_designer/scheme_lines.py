"""The rows of a group of a scheme of evaluation, and below them what else the row under the cursor says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from typing_extensions import override

from branchdesk.forms.declarations import FormTable
from branchdesk.forms.evaluation_words import EvaluationWords
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import GRADES, Part
from branchdesk.forms.scheme_edits import (
    WHOLE,
    Row,
    add_row,
    change_row,
    move_row,
    row_id,
    rows_of,
    with_evaluation,
    without_rows,
)
from branchdesk.i18n import _
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.screens.form_designer.part_lines import PartLines
from branchdesk.ui.screens.form_designer.questions import entries, number_of, number_text
from branchdesk.ui.screens.form_designer.row_details import RowDetails
from branchdesk.ui.screens.form_designer.scheme_questions import row_questions
from branchdesk.ui.screens.form_designer.wording import GROUP_WORDS

_YES, _NO = "1", "0"


def _column(name: str, type_name: str, label: str, width: int, **more: Any) -> Field:
    return Field(name, FIELD_TYPES[type_name], label, "", "", width=width, **more)


def _columns(evaluation: EvaluationWords, group: str) -> list[Field]:
    """What the rows of a group show, besides the name."""
    match group:
        case "parts":
            return [_column("weight", "hours", _("权重（%）"), 4)]
        case "grades":
            at_least = _column("at_least", "hours", _("不低于"), 3)
            suggested = any(grade.at_least is not None for grade in evaluation.grades)
            return [_column("value", "hours", _("一票几分"), 4), *([at_least] if suggested else [])]
        case "steps":
            return [_column("optional", "yes_no", _("可以跳过"), 3)]
        case "dimensions":
            return [_column("places", "number", _("名额"), 3)]
        case _:
            grades = {grade.code: grade.shown() for grade in evaluation.grades}
            return [_column("grade", "choice", _("等次"), 4, choices=entries(grades))]


def _table(evaluation: EvaluationWords, group: str) -> FormTable:
    label = _column("label", "text", _("名称"), 5 if group == GRADES else 7, required=True)
    columns = (label, *_columns(evaluation, group))
    return FormTable(group, _(GROUP_WORDS[group]), "", "", fields=columns)


def rows_shape(form: Form, part: Part) -> str:
    """What makes the rows of one group look different: its columns, and the words in them to choose from."""
    if form.evaluation is None:
        return ""
    columns = _columns(form.evaluation, part.id)
    return " ".join([part.id, *(f"{one.id}{[word.shown() for word in one.choices]}" for one in columns)])


class SchemeLines(PartLines):
    """Shows the rows of a group. Grades stand in the order of their values."""

    def __init__(self, evaluation: EvaluationWords, group: str) -> None:
        self._group = group
        self._table = _table(evaluation, group)
        super().__init__(self._table, movable=group != GRADES)
        self._details = RowDetails()
        self.box.addWidget(self._details)
        self._details.changed.connect(self.changed)
        self.lines.grid.current_row_changed.connect(self._look_at)

    @property
    def pane(self) -> FormPane | None:
        """The questions about the row under the cursor."""
        return self._details.pane

    def _rows(self) -> dict[str, Row]:
        evaluation = self._form.evaluation if self._form is not None else None
        rows = rows_of(evaluation, self._group) if evaluation is not None else ()
        return {row_id(row): row for row in rows}

    def _take(self, change: Callable[[EvaluationWords], EvaluationWords]) -> None:
        """Tell the form with another scheme; what cannot be is shown as it was."""
        before = self._form
        if before is None:
            return
        changed = with_evaluation(before, change)
        if changed == before:
            self.fill()
        else:
            self.changed.emit(changed)

    # ---- rows

    @override
    def fill(self) -> None:
        columns = [one for one in self._table.fields if not one.hidden]
        self.lines.fill(
            ShownLine(uid, {one.id: _shown(row, one) for one in columns}) for uid, row in self._rows().items()
        )
        self._look_at()

    @override
    def change(self, row: str, name: str, value: str) -> None:
        known = self._rows()
        if row in known:
            changes = _changes(known[row], self._table.by_id[name], value)
            self._take(partial(change_row, group=self._group, row=row, **changes))

    @override
    def add(self, values: dict[str, str]) -> None:
        before = set(self._rows())

        def grown(evaluation: EvaluationWords) -> EvaluationWords:
            added = add_row(evaluation, self._group, values["label"])
            made = next(row for row in rows_of(added, self._group) if row_id(row) not in before)
            changes: dict[str, Any] = {}
            for name, value in values.items():
                if name != "label" and value:
                    changes |= _changes(made, self._table.by_id[name], value)
            return change_row(added, self._group, row_id(made), **changes)

        self._take(grown)

    @override
    def remove(self, rows: list[str]) -> None:
        self._take(partial(without_rows, group=self._group, ids=rows))

    @override
    def move_line(self, row: str, step: int) -> None:
        self._take(partial(move_row, group=self._group, row=row, step=step))

    # ---- the row under the cursor

    def _look_at(self, _row: int = 0) -> None:
        rows = list(self._rows().values())
        place = self.lines.grid.currentIndex().row()
        row = rows[place] if 0 <= place < len(rows) else rows[0] if rows else None
        self._details.setVisible(row is not None)
        evaluation = self._form.evaluation if self._form is not None else None
        if row is not None and self._form is not None and evaluation is not None:
            asked = row_questions(evaluation, self._group, row)
            heading = _("“{row}”的其他内容", row=row.shown())
            self._details.show_row(self._form, row_id(row), heading, asked)

    @override
    def commit(self) -> None:
        self._details.commit()


def _shown(row: Row, column: Field) -> str:
    """A cell of a row as clerks read it."""
    value = getattr(row, column.id)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return number_text(value)
    words = {choice.code: choice.shown() for choice in column.choices}
    return "" if value is None else words.get(value, str(value))


def _changes(row: Row, column: Field, value: str) -> dict[str, Any]:
    """What another text of a cell changes; nothing where it cannot be."""
    name = column.id
    match name:
        case "label":
            follows = row.label_en in {"", row.label}
            return {name: value, **({"label_en": value} if follows else {})} if value else {}
        case "weight":
            number = number_of(value)
            return {} if number is None else {name: number}
        case "value" | "at_least":
            score = _score_of(value)
            return {} if score is None else {name: score}
        case "optional":
            return {name: value == _YES} if value in {_YES, _NO} else {}
        case "places":
            return {name: int(value) if value else None} if value.isdecimal() or not value else {}
        case _:
            return {name: value} if value in {choice.code for choice in column.choices} else {}


def _score_of(value: str) -> Decimal | None:
    """A score of a hundred; None for anything else."""
    try:
        score = Decimal(value)
    except InvalidOperation:
        return None
    return score if score.is_finite() and 0 <= score <= WHOLE else None
