"""What of the roster is seen and in which order: columns, filters, sorting, views that were kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.i18n import _
from branchdesk.reports.papers import RosterChoice
from branchdesk.services import rosters, views
from branchdesk.services.rosters import Roster
from branchdesk.services.views import View
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.screens.rosters.dialogs import ColumnDialog
from branchdesk.ui.screens.rosters.model import ordered_fields
from branchdesk.ui.screens.rosters.toolbar import RosterToolbar

VIEWS_OF = "rosters"
_ORDERS = {rosters.ENTERED, rosters.PINYIN, rosters.STROKES, rosters.POSTS}


class Arrangement(QObject):
    """Carries out what the toolbar and the heads of the columns ask for.

    `narrowed` tells that other members are in the list, `reordered` that the list begins anew.
    """

    narrowed = Signal()
    reordered = Signal()

    def __init__(
        self, desk: Desk, roster: Roster, grid: GridView, toolbar: RosterToolbar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._roster = roster
        self._grid = grid
        self._toolbar = toolbar
        self._window = parent
        self.hidden = [field.id for field in ordered_fields() if field.id not in rosters.FIRST_COLUMNS]
        self._connect()

    def _connect(self) -> None:
        self._grid.filters_changed.connect(self._narrow)
        self._grid.sort_requested.connect(self._sort_by_column)
        tools = self._toolbar
        tools.everybody_chosen.connect(self.show_everybody)
        tools.only_findings_chosen.connect(self._only_findings)
        tools.columns_requested.connect(self._choose_columns)
        tools.order_chosen.connect(self._sort_by_order)
        tools.view_chosen.connect(self._apply_view)
        tools.view_saving_requested.connect(self._ask_view_name)

    @property
    def is_narrowed(self) -> bool:
        """Whether members of the chosen place may be missing from the list."""
        return bool(self._grid.filter_texts()) or self._roster.query.only_findings

    def choice(self) -> RosterChoice:
        """The list as it is seen, for paper and workbook."""
        shown = tuple(field.id for field in ordered_fields() if field.id not in self.hidden)
        order = self._roster.query.sort if self._roster.query.sort in _ORDERS else rosters.ENTERED
        return RosterChoice(place=self._roster.place.uid, columns=shown, order=order)

    # ---- rows

    def show_everybody(self) -> None:
        """Take every filter away."""
        self._grid.set_filter_texts({})
        self._roster.narrow({})
        self._roster.only_findings(only=False)
        self.reordered.emit()

    def _narrow(self, texts: dict[str, str]) -> None:
        self._roster.narrow(texts)
        self.narrowed.emit()

    def _only_findings(self, only: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._roster.only_findings(only=only)
        self.reordered.emit()

    def _sort_by_column(self, section: int) -> None:
        field = ordered_fields()[section]
        query = self._roster.query
        descending = query.sort == field.id and not query.descending
        self._roster.sort(field.id, descending=descending)
        self._grid.show_sorting(section, descending=descending)
        self._toolbar.show_order("")
        self.reordered.emit()

    def _sort_by_order(self, order: str) -> None:
        self._roster.sort(order)
        self._grid.show_sorting(-1, descending=False)
        self.reordered.emit()

    # ---- columns

    def _choose_columns(self) -> None:
        ColumnDialog(
            ordered_fields(), self.hidden, rosters.FIRST_COLUMNS, self._hide_columns, self._window
        ).open()

    def _hide_columns(self, hidden: list[str]) -> None:
        before = self._grid.filter_texts()
        self.hidden = hidden
        self._grid.show_columns(hidden)
        left = self._grid.filter_texts()
        if left != before:
            # A filter that went away with its column must not go on narrowing the list unseen.
            self._narrow(left)

    def show_column(self, field_id: str) -> None:
        """Let a column be seen."""
        if field_id in self.hidden:
            self._hide_columns([one for one in self.hidden if one != field_id])

    # ---- saved views

    def _ask_view_name(self) -> None:
        hint = _("视图名称，比如“交党费用”")
        LineDialog(_("保存视图"), "", hint, _("保存"), self._save_view, self._window).open()

    def _save_view(self, name: str) -> None:
        query = self._roster.query
        view = View(name, tuple(self.hidden), self._grid.filter_texts(), query.sort, query.descending)
        self._desk.do(
            lambda: views.save_view(self._desk.branch, VIEWS_OF, view),
            _("视图“{name}”已保存。", name=name),
        )

    def _apply_view(self, view: View) -> None:
        self._hide_columns(list(view.hidden))
        self._grid.set_filter_texts(view.filters)
        self._roster.narrow(view.filters)
        self._roster.sort(view.sort, descending=view.descending)
        self._toolbar.show_order(view.sort)
        self.reordered.emit()
