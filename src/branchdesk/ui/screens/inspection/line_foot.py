"""The foot of the pane of a line: what is to be done next with its facts or with its problem."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.scoring import shown
from branchdesk.i18n import _
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, row
from branchdesk.ui.widgets.texts import Elide


class LineFoot(QWidget):
    """Buttons that come and go; each signal tells that one was pressed."""

    confirm_requested = Signal()
    order_requested = Signal()
    done_requested = Signal()
    pass_requested = Signal()
    fail_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.confirm = button(
            _("核实无误"),
            self.confirm_requested.emit,
            icon_name="check",
            tip=_("核实无误（Ctrl+Enter）"),
            name="confirm_line",
        )
        self.order = button(
            _("开整改单"), self.order_requested.emit, icon_name="file-text", name="order_issue"
        )
        self.done = button(
            _("转为已整改"), self.done_requested.emit, icon_name="check", name="complete_issue"
        )
        self.failed = button(_("验证不通过"), self.fail_requested.emit, icon_name="x", name="fail_issue")
        self.passed = button(
            _("验证通过，销号"), self.pass_requested.emit, icon_name="check", name="pass_issue"
        )
        self.lost = Elide("", "hint")
        line = row(gap=8, parent=self)
        line.addWidget(self.lost, 1)
        buttons = QWidget()
        flow = Flow(buttons, gap=8)
        for one in (self.confirm, self.order, self.failed, self.done, self.passed):
            flow.addWidget(one)
        line.addWidget(buttons)

    def show_steps(
        self, issue: Issue | None, state: IssueState | None, *, waits: bool, may_write: bool
    ) -> None:
        """Show what may be done: `waits` says that facts wait to be confirmed."""
        known = issue is not None and may_write and state is not IssueState.VERIFIED
        self.confirm.setVisible(waits)
        self.order.setVisible(known and issue is not None and issue.number is None)
        self.done.setVisible(known and state is not IssueState.DONE)
        for one in (self.passed, self.failed):
            one.setVisible(known and state is IssueState.DONE)
        self.lost.setText(_lost(issue) if issue is not None else "")
        self.setVisible(waits or known or bool(self.lost.text()))
        self.updateGeometry()


def _lost(issue: Issue) -> str:
    """Beside whose name the lost points are noted."""
    if not issue.lost_points or not issue.responsible:
        return ""
    return _("丢分归因：{who} {points} 分，只作记录", who=issue.responsible, points=shown(issue.lost_points))
