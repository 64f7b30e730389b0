"""The rules of deduction of one line, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from branchdesk.domain.inspections.model import Stage
from branchdesk.ui.screens.inspection.lines import ShownLine
from branchdesk.ui.screens.inspection.rule_row import RuleRow
from branchdesk.ui.widgets.layouts import column


class RulesPanel(QFrame):
    """What was counted by each rule. `counted` tells the rule, a count as typed and why it was changed."""

    counted = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RuleRow] = []
        self._known: tuple[str, Stage] | None = None
        self.setProperty("role", "panel")
        self._places = column(margin=8, gap=8, parent=self)

    def show_line(self, line: ShownLine, stage: Stage) -> None:
        """Show the rules of a line as one side counted them; rows stay as long as the line does."""
        taken = line.score_at(stage).taken
        rules = [one.rule for one in taken]
        known = (line.indicator.id, stage)
        if known != self._known or [one.rule for one in self.rows] != rules:
            self._build(line, stage)
        self._known = known
        for one, row in zip(taken, self.rows, strict=True):
            row.show_taken(one)
        self.setVisible(bool(self.rows) and line.answer.applies)

    def _build(self, line: ShownLine, stage: Stage) -> None:
        for old in self.rows:
            old.hide()
            self._places.removeWidget(old)
            old.deleteLater()
        self.rows = [RuleRow(one.rule) for one in line.score_at(stage).taken]
        for made in self.rows:
            made.counted.connect(self.counted)
            self._places.addWidget(made)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        for row in self.rows:
            row.set_read_only(read_only=read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for row in self.rows:
            row.commit()
