"""The overview of inspections: the forms by period, the ledger of problems, and spot checks."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.services.inspections import planning, reading
from branchdesk.services.open_branch import Changes
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.page import Page
from branchdesk.ui.pane import Pane, step_row
from branchdesk.ui.screens.inspections.inspection_table import InspectionPane
from branchdesk.ui.screens.inspections.issue_ledger import IssueLedger
from branchdesk.ui.screens.inspections.new_inspection import usual_form
from branchdesk.ui.screens.inspections.spot_checks import SpotCheckPane
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import Flow

SHEETS, ISSUES, SPOT_CHECKS = "sheets", "issues", "spot_checks"
NEW = "new"  # the target that asks to begin an inspection at once


class InspectionsScreen(Page):
    """P7: what is inspected, what was found wanting, and what became of it."""

    key = "inspections"
    help_topic = "inspections"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("检查与整改"))
        self.tabs = Segments(
            [(SHEETS, _("检查表")), (ISSUES, _("问题台账")), (SPOT_CHECKS, _("抽查"))], SHEETS
        )
        self.sheets, self.issues, self.spot_checks = (
            InspectionPane(desk),
            IssueLedger(desk),
            SpotCheckPane(desk),
        )
        self.panes: dict[str, Pane] = {
            SHEETS: self.sheets,
            ISSUES: self.issues,
            SPOT_CHECKS: self.spot_checks,
        }
        self.bar = QWidget()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._choose(SHEETS)

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
        self.banner.pressed.connect(self._begin_usual)
        for pane in self.panes.values():
            pane.refreshed.connect(self._show_sum)

    @property
    def pane(self) -> Pane:
        """The tab in front."""
        return self.panes[self.tabs.current]

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        named = isinstance(target, str) and target not in {*self.panes, NEW}
        if isinstance(target, str) and target in self.panes:
            self.tabs.choose(target)
        elif named:
            self.tabs.choose(ISSUES)
        self._choose(self.tabs.current)
        if target == NEW:
            self.sheets.begin_new()
        elif named:
            self.issues.show_issue(str(target))

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
        self._show_banner()

    def _show_sum(self) -> None:
        self.subtitle.setText(self.pane.sum)

    def _show_banner(self) -> None:
        """Say on the first tab that the present period has no inspection yet."""
        self.banner.say("info", "")
        form = usual_form(self.desk.branch)
        if self.pane is not self.sheets or form is None or not self.sheets.rows:
            return
        period = planning.proposed_period(form)
        known = [(row.kind, row.period) for row in reading.inspection_list(self.desk.branch)]
        if (form.kind, period) not in known and self.pane.may_write:
            sentence = _("{period}的检查表还没有建立。", period=period.shown())
            self.banner.say("info", sentence, _("现在新建"))

    def _begin_usual(self) -> None:
        """Begin the inspection of the present period in the form that was used last."""
        branch, form = self.desk.branch, usual_form(self.desk.branch)
        if form is not None:
            period = planning.proposed_period(form)
            outcome = self.desk.do(
                partial(
                    planning.start_inspection, branch, form.kind, root_of(branch), period.year, period.number
                )
            )
            if outcome is not None:
                self.sheets.open_row(outcome.uid)

    def _follow_change(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

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
        if focused is not None and self.head.isAncestorOf(focused):
            # Qt gave it to the first button when another screen made room.
            self.first_focus.setFocus()
        super().take_focus()

    @override
    def find_here(self) -> None:
        self.pane.first_filter().setFocus()

    @override
    def toggle_details(self) -> None:
        """F4 goes from tab to tab."""
        keys = list(self.panes)
        following = keys[(keys.index(self.tabs.current) + 1) % len(keys)]
        self.tabs.choose(following)
        self._choose(following)
        self.pane.first_focus().setFocus()

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        step_pane([*self.pane.parts, self.bar, self.head], backwards=backwards)

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        step_row(self.pane.table, backwards=backwards)
