"""The pane beside the grid: one member's buckets and ledger, and what can be done with a line of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from branchdesk.domain.points.model import EntryState, PointEntry
from branchdesk.domain.points.tally import WhyLeftOut, explain_total, shown_points
from branchdesk.i18n import _
from branchdesk.services.points.reading import PersonPoints
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.points.bar import Legend
from branchdesk.ui.screens.evaluations.points.ledger_tree import BY_DAY, BY_RULE, LedgerTree
from branchdesk.ui.widgets.buttons import Segments, button
from branchdesk.ui.widgets.layouts import Flow, column, row, rule
from branchdesk.ui.widgets.texts import Chip, Elide, Note, Words

_WIDTH = 380


class MemberPoints(QFrame):
    """Shows the ledger of one member. Signals tell what is wanted of the member or of the entry in front."""

    entry_wanted = Signal()
    claim_wanted = Signal()
    reversal_wanted = Signal(str)
    acceptance_wanted = Signal(str)
    declining_wanted = Signal(str)
    line_opened = Signal(str)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(px(_WIDTH))
        self.person: PersonPoints | None = None
        self._may_write = may_write
        self._low = False
        self.name, self.group = Words("", "heading"), Elide("", "hint")
        self.total = Chip("", "info")
        self.legend = Legend()
        self.view = Segments([(BY_RULE, _("按项目")), (BY_DAY, _("逐笔"))], BY_RULE)
        self.tree = LedgerTree()
        self.nothing = Note("", "second")
        self.add = button(_("加一笔…"), self.entry_wanted.emit, icon_name="plus", name="add_for_member")
        self.claim = button(_("认领任务…"), self.claim_wanted.emit, name="claim_task")
        self.reverse = button(_("冲正…"), self._ask_reversal, name="reverse_entry")
        self.accept = button(_("通过…"), self._ask_acceptance, icon_name="check", name="accept_entry")
        self.decline = button(_("不通过…"), self._ask_declining, name="decline_entry")
        self._lay_out()
        self._connect()
        self.show_person(None)

    def _lay_out(self) -> None:
        box = column(margin=14, gap=8, parent=self)
        head = row(gap=8)
        head.addWidget(self.name)
        head.addWidget(self.group, 1)
        head.addWidget(self.total)
        box.addLayout(head)
        box.addWidget(self.legend)
        self._line = rule()
        box.addWidget(self._line)
        line = row(gap=8)
        line.addWidget(Words(_("双积分明细"), "strong"), 1)
        line.addWidget(self.view)
        box.addLayout(line)
        box.addWidget(self.nothing, 1)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.tree, 1)
        self.foot = QWidget()
        flow = Flow(self.foot, gap=6)
        for one in (self.accept, self.decline, self.reverse, self.claim, self.add):
            flow.addWidget(one)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        self.view.chosen.connect(self._show_ledger)
        self.tree.chosen.connect(self._show_possible)
        self.tree.opened.connect(self._open_line)

    # ---- showing

    def show_person(self, person: PersonPoints | None) -> None:
        """Show a member with the ledger of the year; nobody for None."""
        self.person = person
        self.name.setText(person.name if person is not None else _("没有选人"))
        self.group.setText(_about(person) if person is not None else "")
        self.total.setVisible(person is not None)
        self._show_legend()
        if person is not None:
            self.total.setToolTip(explain_total(person.tally))
            self.total.setText(_("{points} 分", points=shown_points(person.tally.total)))
            self.legend.show_totals(person.tally.scheme, person.tally.buckets)
        self._show_ledger()

    def set_low(self, *, low: bool) -> None:
        """Leave the height to the ledger where large letters meet a small screen."""
        self._low = low
        self._show_legend()

    def _show_legend(self) -> None:
        shown = self.person is not None and not self._low
        self.legend.setVisible(shown)
        self._line.setVisible(not self._low)

    def _show_ledger(self) -> None:
        tally = self.person.tally if self.person is not None else None
        is_empty = tally is None or not (tally.lines or tally.left_out)
        self.nothing.setVisible(is_empty)
        self.tree.setVisible(not is_empty)
        words = _("在左边选一名党员。") if tally is None else _("今年还没有记过分。")
        self.nothing.setText(words)
        if tally is not None:
            self.tree.show_tally(tally, self.view.current)
        self._show_possible()

    def _show_possible(self) -> None:
        entry = self.entry
        is_open = entry is not None and entry.state is EntryState.PROPOSED
        ready = self.person is not None and self._may_write
        for one in (self.accept, self.decline):
            one.setVisible(is_open)
            one.setEnabled(ready)
        for one in (self.reverse, self.claim):
            one.setVisible(not is_open)
        self.reverse.setEnabled(ready and self._counts(entry))
        self.claim.setEnabled(ready and self.person is not None and bool(self.person.tally.scheme.tasks))
        self.add.setEnabled(ready)

    def _counts(self, entry: PointEntry | None) -> bool:
        """Whether an entry is one that can be reversed."""
        if self.person is None or entry is None:
            return False
        left = {one.entry.uid: one.why for one in self.person.tally.left_out}
        return left.get(entry.uid) in {None, WhyLeftOut.UNKNOWN_RULE}

    @property
    def entry(self) -> PointEntry | None:
        """The entry in front; None where a rule is."""
        if self.person is None:
            return None
        tally, uid = self.person.tally, self.tree.current_uid
        entries = [*(one.entry for one in tally.lines), *(one.entry for one in tally.left_out)]
        return next((one for one in entries if one.uid == uid), None)

    # ---- doing

    def _ask_reversal(self) -> None:
        self.reversal_wanted.emit(self.tree.current_uid)

    def _ask_acceptance(self) -> None:
        self.acceptance_wanted.emit(self.tree.current_uid)

    def _ask_declining(self) -> None:
        self.declining_wanted.emit(self.tree.current_uid)

    def _open_line(self) -> None:
        self.line_opened.emit(self.tree.current_uid)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the line in front."""
        if self.entry is None:
            return
        menu.addAction(_("看这一笔…"), self._open_line)
        if self.entry.state is EntryState.PROPOSED:
            menu.addAction(_("通过…"), self._ask_acceptance).setEnabled(self._may_write)
            menu.addAction(_("不通过…"), self._ask_declining).setEnabled(self._may_write)
        else:
            menu.addAction(_("冲正…"), self._ask_reversal).setEnabled(self.reverse.isEnabled())


def _about(person: PersonPoints) -> str:
    """The group of a member, and what can still be exchanged where anything can."""
    left = _("可兑换 {points} 分", points=shown_points(person.balance))
    return " · ".join(filter(None, (person.group, left if person.tally.scheme.redeem else "")))
