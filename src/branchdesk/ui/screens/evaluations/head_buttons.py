"""The buttons at the head of the screen: a new evaluation, papers, what else there is, the present step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from branchdesk.i18n import _
from branchdesk.ui.screens.evaluations.actions import EvaluationActions
from branchdesk.ui.screens.evaluations.pane import EvaluationPane
from branchdesk.ui.widgets.buttons import button, menu_button


class HeadButtons:
    """Shows the buttons of the evaluation in front; `pane` tells which of its segments is in front."""

    def __init__(
        self,
        actions: EvaluationActions,
        begin: Callable[[], object],
        pane: Callable[[], EvaluationPane | None],
        parent: QWidget,
    ) -> None:
        self._actions = actions
        self._begin = begin
        self._pane = pane
        self.begin = button(_("新建评议…"), begin, icon_name="plus", name="new_evaluation")
        self._print = menu_button(
            parent, _("打印"), self._fill_print_menu, icon_name="printer", name="print_evaluation"
        )
        self._more = menu_button(parent, _("更多"), self._fill_more_menu, name="more_of_evaluation")
        self._next = button(
            "", actions.take_next, look="primary", icon_name="check", name="next_of_evaluation"
        )
        self.all: list[QPushButton] = [self.begin, self._print, self._more, self._next]

    def show(self, *, of_one: bool) -> None:
        """Show them for a segment of one evaluation, or hide them for the others."""
        verb = self._actions.verb if of_one else ""
        self._next.setText(verb)
        self._next.setAccessibleName(verb)
        for one in self.all:
            one.setVisible(of_one and (one is not self._next or bool(verb)))

    def _fill_print_menu(self, menu: QMenu) -> None:
        pane = self._pane()
        self._actions.fill_print_menu(menu, pane.subject if pane is not None else "")

    def _fill_more_menu(self, menu: QMenu) -> None:
        pane = self._pane()
        if pane is not None:
            pane.fill_menu(menu)
            if menu.actions():
                menu.addSeparator()
        self._actions.fill_menu(menu)
        menu.addSeparator()
        menu.addAction(_("新建评议…"), self._begin).setEnabled(self.begin.isEnabled())
