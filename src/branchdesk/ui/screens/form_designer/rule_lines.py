"""The rules by which a line of an inspection takes points off: their rows, and questions about one."""

from __future__ import annotations

from functools import partial
from typing import Any

from typing_extensions import override

from branchdesk.forms.declarations import FormTable
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import Deduction
from branchdesk.forms.indicator_edits import add_rule, change_rule, move_rule, without_rules
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.screens.form_designer.indicator_questions import rule_questions
from branchdesk.ui.screens.form_designer.part_lines import FieldLines
from branchdesk.ui.screens.form_designer.questions import entries, number_of, number_text
from branchdesk.ui.screens.form_designer.row_details import RowDetails
from branchdesk.ui.screens.form_designer.wording import DEDUCTIONS


def _table() -> FormTable:
    """What the row of a rule shows."""
    columns = (
        Field("label", FIELD_TYPES["text"], _("扣分原因"), "", "", required=True, width=6),
        Field("kind", FIELD_TYPES["choice"], _("怎样扣"), "", "", width=5, choices=entries(DEDUCTIONS)),
        Field("amount", FIELD_TYPES["hours"], _("扣几分"), "", "", width=4),
    )
    return FormTable("rules", _("扣分规则"), "", "", fields=columns)


class RuleLines(FieldLines):
    """Shows the rules of a line, and below them what else the rule under the cursor says."""

    def __init__(self) -> None:
        super().__init__(_table())
        self._kinds = {entry.code: entry.label for entry in entries(DEDUCTIONS)}
        self._details = RowDetails()
        self.box.addWidget(self._details)
        self._details.changed.connect(self.changed)
        self.lines.grid.current_row_changed.connect(self._look_at)

    @property
    def pane(self) -> FormPane | None:
        """The questions about the rule under the cursor."""
        return self._details.pane

    @property
    def rule(self) -> Deduction | None:
        """The rule under the cursor; the first one where it stands on none."""
        field = self.field()
        if field is None or not field.deduct:
            return None
        row = self.lines.grid.currentIndex().row()
        return field.deduct[row] if 0 <= row < len(field.deduct) else field.deduct[0]

    # ---- rows

    @override
    def fill(self) -> None:
        field = self.field()
        self.lines.fill(
            ShownLine(
                rule.id,
                {"label": rule.label, "kind": self._kinds[rule.kind], "amount": number_text(rule.amount)},
            )
            for rule in (field.deduct if field is not None else ())
        )
        self._look_at()

    @override
    def change(self, row: str, name: str, value: str) -> None:
        field = self.field()
        known = {rule.id: rule for rule in field.deduct} if field is not None else {}
        if row not in known:
            return
        changes = self._changes(known[row], name, value)
        if changes:
            self.take(partial(change_rule, rule_id=row, **changes))
        else:
            self.fill()  # what cannot be is shown as it was

    def _changes(self, rule: Deduction, name: str, value: str) -> dict[str, Any]:
        if name == "amount":
            number = number_of(value)
            return {} if number is None else {"amount": number}
        if name == "kind":
            return {"kind": value} if value in self._kinds else {}
        follows = rule.label_en in {"", rule.label}
        return {"label": value, **({"label_en": value} if follows else {})} if value else {}

    @override
    def add(self, values: dict[str, str]) -> None:
        self.take(partial(add_rule, label=values["label"]))

    @override
    def remove(self, rows: list[str]) -> None:
        self.take(partial(without_rules, ids=rows))

    @override
    def move_line(self, row: str, step: int) -> None:
        self.take(partial(move_rule, rule_id=row, step=step))

    # ---- the rule under the cursor

    def _look_at(self, _row: int = 0) -> None:
        rule = self.rule
        self._details.setVisible(rule is not None)
        if rule is not None and self._part is not None and self._form is not None:
            heading = _("“{rule}”这样扣", rule=rule.shown())
            self._details.show_row(self._form, rule.id, heading, rule_questions(self._part, rule))

    @override
    def commit(self) -> None:
        self._details.commit()
