"""The screen of evaluation: the points of members with their ledger, and exchanging points for rewards."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.services.open_branch import Changes
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.page import Page
from branchdesk.ui.screens.evaluations.exchange_pane import ExchangePane
from branchdesk.ui.screens.evaluations.points_pane import PointsPane
from branchdesk.ui.screens.inspections.pane import Pane, step_row
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import Flow

POINTS, EXCHANGE = "points", "exchange"
NEW = "new"  # the target that asks to add an entry at once
AUTOMATIC = "automatic"  # the target that asks what the records give


class EvaluationsScreen(Page):
    """P8: for now the points of members (双积分)."""

    key = "evaluations"
    help_topic = "points"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("评议与积分"))
        self.tabs = Segments([(POINTS, _("双积分")), (EXCHANGE, _("积分兑换"))], POINTS)
        self.points, self.exchange = PointsPane(desk), ExchangePane(desk)
        self.panes: dict[str, Pane] = {POINTS: self.points, EXCHANGE: self.exchange}
        self.bar = QWidget()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._choose(POINTS)

    def _lay_out(self) -> None:
        flow = Flow(self.bar, gap=8)
        flow.addWidget(self.tabs)
        buttons: list[QPushButton] = []
        for pane in self.panes.values():
            for part in pane.filters:
                flow.addWidget(part)
            self.stack.addWidget(pane)
            buttons += pane.buttons
        self.set_buttons(buttons)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.tabs.chosen.connect(self._choose)
        self.banner.pressed.connect(self.points.enter_automatically)
        for pane in self.panes.values():
            pane.refreshed.connect(self._show_sum)

    @property
    def pane(self) -> Pane:
        """The tab in front."""
        return self.panes[self.tabs.current]

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        if isinstance(target, str) and target:
            self.tabs.choose(target if target in self.panes else POINTS)
        self._choose(self.tabs.current)
        if target == NEW:
            self.points.begin_new()
        elif target == AUTOMATIC:
            self.points.enter_automatically()
        elif isinstance(target, str) and target not in self.panes:
            self.points.show_person(target)

    def _choose(self, tab: str) -> None:
        """Bring a tab to the front, with its own filters and buttons."""
        for key, pane in self.panes.items():
            pane.show_filters(shown=key == tab)
            for one in pane.buttons:
                one.setVisible(key == tab)
        self.fit_buttons()
        self.stack.setCurrentWidget(self.panes[tab])
        self.refresh()

    @override
    def refresh(self) -> None:
        self.pane.refresh()
        self.pane.show_filters(shown=True)

    def _show_sum(self) -> None:
        self.subtitle.setText(self.pane.sum)
        untouched = self.pane is self.points and self.points.is_untouched and self.points.may_write
        sentence = _("今年还没有记过分，会议和学时里的积分可以自动记。") if untouched else ""
        self.banner.say("info", sentence, _("自动记分…") if untouched else "")

    def _follow_change(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    @override
    def set_low(self, *, low: bool) -> None:
        super().set_low(low=low)
        self.points.detail.set_low(low=low)

    # ---- wishes of the window

    @override
    def begin_new(self) -> None:
        self.pane.begin_new()

    @override
    def print_here(self) -> None:
        self.pane.print_here()

    @override
    def delete_selected(self) -> None:
        self.pane.delete_chosen()

    @override
    def take_focus(self) -> None:
        self.first_focus = self.pane.first_focus()
        focused = QApplication.focusWidget()
        if focused is not None and any(one.isAncestorOf(focused) for one in (self.head, self.banner)):
            # Qt gave it to the first button when another screen made room.
            self.first_focus.setFocus()
        super().take_focus()

    @override
    def find_here(self) -> None:
        self.pane.first_filter().setFocus()

    @override
    def toggle_details(self) -> None:
        """F4 shows the ledger beside the grid, or hides it."""
        if self.pane is self.points:
            self.points.toggle_detail()

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        step_pane([*self.pane.parts, self.bar, self.head], backwards=backwards)

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        step_row(self.pane.table, backwards=backwards)
