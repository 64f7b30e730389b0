"""What was decided: the text, who sees to it, by when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from branchdesk.domain.meetings.model import Decision
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.ui.fields.typed_line import TypedLine, labelled
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.texts import Chip, Words, restyle

_DATE, _NAME, _FEEDBACK = 128, 128, 260


def _shown_date(stored: str) -> str:
    day = PartialDate.read(stored)
    return day.shown() if day is not None else stored


class DecisionRow(QFrame):
    """One decision. `changed` tells its uid with the texts typed, `closing` that it is done or is not."""

    changed = Signal(str, object)
    closing = Signal(str, bool)
    removing_requested = Signal(str)

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.uid = decision.uid
        self.setProperty("role", "verdict")
        self.setObjectName(f"decision_{self.uid}")
        box = column(margin=10, gap=6, parent=self)
        head = row(gap=8)
        self._carried = Chip(_("上次未办结"), "warn")
        head.addWidget(self._carried)
        self.text = TypedLine("decision_text", _("决定事项"), hint=_("决定做什么"))
        head.addWidget(self.text, 1)
        box.addLayout(head)
        details = QWidget()
        flow = Flow(details, gap=8)
        self.lines = {"text": self.text}
        for key, label, width in (
            ("responsible", _("责任人"), _NAME),
            ("due_on", _("期限"), _DATE),
            ("feedback", _("落实情况"), _FEEDBACK),
        ):
            made = TypedLine(f"decision_{key}", label)
            made.setFixedWidth(px(width))
            self.lines[key] = made
            flow.addWidget(labelled(label, made))
        self.closed = QCheckBox(_("已办结"))
        self.closed.clicked.connect(self._close)
        flow.addWidget(self.closed)
        self._remove = button(
            "",
            partial(self.removing_requested.emit, self.uid),
            look="ghost",
            icon_name="trash",
            tip=_("删除这一项"),
            name="remove_decision",
        )
        flow.addWidget(self._remove)
        box.addWidget(details)
        for key, line in self.lines.items():
            line.entered.connect(partial(self._tell, key))
        self.show_decision(decision)

    def _tell(self, key: str, text: str) -> None:
        self.changed.emit(self.uid, {key: text})

    def _close(self) -> None:
        self.closing.emit(self.uid, self.closed.isChecked())

    def show_decision(self, decision: Decision) -> None:
        """Show a decision as it is stored."""
        self._carried.setVisible(decision.carried_from is not None and not decision.closed)
        self.text.fill(decision.text)
        self.lines["responsible"].fill(decision.responsible)
        self.lines["due_on"].fill(_shown_date(decision.due_on))
        self.lines["feedback"].fill(decision.feedback)
        self.closed.setChecked(decision.closed)
        done = _shown_date(decision.done_on)
        self.closed.setText(_("{day} 已办结", day=done) if decision.closed and done else _("已办结"))
        restyle(self, "tone", "ok" if decision.closed else "")

    def set_read_only(self, *, read_only: bool, may_close: bool) -> None:
        """Let the clerk look but not type; what is decided may still be closed."""
        for line in self.lines.values():
            line.setReadOnly(read_only)
        self.closed.setEnabled(may_close)
        self._remove.setVisible(not read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for line in self.lines.values():
            line.commit()


class DecisionsPanel(QWidget):
    """All decisions of a meeting, and a line for another; `adding_requested` tells its text."""

    changed = Signal(str, object)
    closing = Signal(str, bool)
    removing_requested = Signal(str)
    adding_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DecisionRow] = []
        box = column(gap=8, parent=self)
        head = QWidget()
        flow = Flow(head, gap=12)
        flow.addWidget(Words(_("会议决定"), "heading"))
        self._count = Words("", "hint")
        flow.addWidget(self._count)
        box.addWidget(head)
        self._places = column(gap=8)
        box.addLayout(self._places)
        self.new = TypedLine("decision_new", _("添加决定"), hint=_("再写一项决定，按 Enter"))
        self.new.entered.connect(self._add)
        box.addWidget(self.new)

    def _add(self, text: str) -> None:
        self.new.fill("")
        self.new.setText("")
        if text:
            self.adding_requested.emit(text)

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Show the decisions, keeping rows that stay."""
        if [shown.uid for shown in self.rows] != [one.uid for one in decisions]:
            self._build(decisions)
        for shown, decision in zip(self.rows, decisions, strict=True):
            shown.show_decision(decision)
        waiting = sum(not one.closed for one in decisions)
        words = _n("{n} 项未办结", waiting) if waiting else _("全部办结") if decisions else ""
        self._count.setText(words)
        self._count.setVisible(bool(words))

    def _build(self, decisions: Sequence[Decision]) -> None:
        for old in self.rows:
            old.hide()
            self._places.removeWidget(old)
            old.deleteLater()
        self.rows = [DecisionRow(one) for one in decisions]
        for made in self.rows:
            made.changed.connect(self.changed)
            made.closing.connect(self.closing)
            made.removing_requested.connect(self.removing_requested)
            self._places.addWidget(made)

    def set_read_only(self, *, read_only: bool, may_close: bool) -> None:
        """Let the clerk look but not type; what is decided may still be closed."""
        self.new.setVisible(not read_only)
        for shown in self.rows:
            shown.set_read_only(read_only=read_only, may_close=may_close)

    def focus_last(self) -> None:
        """Go to whoever sees to the last decision."""
        if self.rows:
            self.rows[-1].lines["responsible"].setFocus()

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for shown in self.rows:
            shown.commit()
        self.new.commit()
