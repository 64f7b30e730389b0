"""One rule of deduction under a line: what was counted and where from, what it takes, and changing it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from branchdesk.domain.inspections.model import DeductionRule, RuleKind
from branchdesk.domain.inspections.scoring import TakenOff, shown
from branchdesk.i18n import _
from branchdesk.ui.fields.typed_line import TypedLine, labelled
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.texts import Chip, Note, restyle

_FIELD = 56


def _unit(rule: DeductionRule) -> str:
    """What the count of a rule counts."""
    if rule.kind is RuleKind.PER_PERCENT:
        return _("达到 %")
    if rule.kind is RuleKind.MANUAL:
        return _("扣几分")
    return _("几次")


def _counted(taken: TakenOff) -> str:
    """What was counted, in words."""
    count = taken.count
    if count is None:
        return ""
    if taken.rule.kind is RuleKind.MANUAL:
        return _("扣 {points} 分", points=shown(taken.points))
    amount = f"{shown(count)}%" if taken.rule.kind is RuleKind.PER_PERCENT else _("{n} 次", n=shown(count))
    if not taken.points:
        return _("{amount}，不扣分", amount=amount)
    return _("{amount}，扣 {points}", amount=amount, points=shown(taken.points))


class RuleRow(QWidget):
    """Shows a rule. `counted` tells its id, a count as typed (empty takes it back) and why it was changed.

    Why a count of the records was changed is asked for in the row itself; where the clerk goes on without a
    reason, the count is told nevertheless, and what is missing stands at its line.
    """

    counted = Signal(str, str, str)

    def __init__(self, rule: DeductionRule) -> None:
        super().__init__()
        self.rule = rule
        self.setObjectName(f"rule_{rule.id}")
        self._taken: TakenOff | None = None
        self._opened = False
        self._waiting = False  # a count that is typed waits for its reason
        self._read_only = False
        self._label = Note(rule.label, "")
        self._source = Chip("")
        self._words = Note("", "hint")
        self.change = button(_("改数"), self._open, look="small", icon_name="edit", name=f"change_{rule.id}")
        self.undo = button(
            "", self._take_back, look="small", icon_name="refresh", tip=_("用自动数"), name=f"undo_{rule.id}"
        )
        self.count = TypedLine(f"count_{rule.id}", _("{rule}：{unit}", rule=rule.label, unit=_unit(rule)))
        self.why = TypedLine(f"why_{rule.id}", _("{rule}：为什么改", rule=rule.label), hint=_("写一句原因"))
        self._count_field = labelled(_unit(rule), self.count)
        self._why_field = labelled(_("为什么改"), self.why)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        box = column(gap=2, parent=self)
        head = row(gap=8)
        head.addWidget(self._label, 1)
        tools = QWidget()
        flow = Flow(tools, gap=6)
        for one in (self._source, self._count_field, self.change, self.undo):
            flow.addWidget(one)
        head.addWidget(tools)
        box.addLayout(head)
        box.addWidget(self._words)
        self.count.setFixedWidth(px(_FIELD))
        box.addWidget(self._why_field)

    def _connect(self) -> None:
        self.count.entered.connect(self._take_count)
        self.why.entered.connect(self._take_why)
        self.why.returnPressed.connect(self._settle)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    # ---- showing

    def show_taken(self, taken: TakenOff) -> None:
        """Show what a rule takes off."""
        self._taken = taken
        of_records = taken.fact is not None and taken.fact.value is not None
        if taken.source != "fact":
            self._opened = False
        typed = taken.source == "typed"
        counted = _counted(taken)
        words, tone = (_("自动 {what}", what=counted), "info") if taken.source == "fact" else (counted, "")
        if taken.points:
            tone = "warn"
        self._source.setText(words)
        restyle(self._source, "chip", tone)
        self._source.setVisible(bool(counted) and not self._opened)
        fact_words = taken.fact.words if taken.fact is not None else ""
        self._words.setText(fact_words)
        self._words.setVisible(bool(fact_words))
        shown_count = shown(taken.count) if typed and taken.count is not None else ""
        if not self._opened:  # what is being typed waits for its reason
            self.count.fill(shown_count)
            self.why.fill(taken.why)
        self._count_field.setVisible(typed or self._opened or not of_records)
        self._why_field.setVisible((typed or self._opened) and of_records)
        asks = self._waiting or (taken.overrides and not taken.why)
        restyle(self.why, "state", "warn" if asks else "")
        self.change.setVisible(of_records and not typed and not self._opened and not self._read_only)
        self.undo.setVisible(of_records and (typed or self._opened) and not self._read_only)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        self._read_only = read_only
        self.count.setReadOnly(read_only)
        self.why.setReadOnly(read_only)
        if self._taken is not None:
            self.show_taken(self._taken)

    # ---- changing

    def _open(self) -> None:
        self._opened = True
        if self._taken is not None:
            self.show_taken(self._taken)
        self.count.setFocus()

    def _take_back(self) -> None:
        self._opened = self._waiting = False
        was_typed = self._taken is not None and self._taken.source == "typed"
        self.count.clear()
        self.why.clear()
        if was_typed:
            self.counted.emit(self.rule.id, "", "")
        elif self._taken is not None:
            self.show_taken(self._taken)
        self.change.setFocus()

    @property
    def _needs_reason(self) -> bool:
        taken = self._taken
        return taken is not None and taken.fact is not None and taken.fact.value is not None

    def _take_count(self, text: str) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        if text and self._needs_reason and not self.why.text().strip() and inside:
            self._waiting = True
            restyle(self.why, "state", "warn")
            self.why.setFocus()
            return
        self._tell(text)

    def _take_why(self, _why: str) -> None:
        restyle(self.why, "state", "")
        if self.count.text().strip():
            self._tell(self.count.text().strip())

    def _tell(self, count: str) -> None:
        self._waiting = False
        self.counted.emit(self.rule.id, count, self.why.text().strip())

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Who goes on without a reason loses no count; another window in front is no going on."""
        if self._waiting and now is not None and not self.isAncestorOf(now):
            self._settle()

    def _settle(self) -> None:
        if self._waiting:
            self._tell(self.count.text().strip())

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        self.count.commit()
        self.why.commit()
        self._settle()
