"""The tools above the roster: undo, hidden numbers, findings, order, columns, views, table or cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from branchdesk.i18n import _, _n
from branchdesk.services import views
from branchdesk.services.rosters import ENTERED, PINYIN, POSTS, STROKES
from branchdesk.services.views import View
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import icon
from branchdesk.ui.widgets.buttons import Segments, button
from branchdesk.ui.widgets.layouts import Flow

TABLE, CARDS = "table", "cards"


class RosterToolbar(QWidget):
    """Buttons that flow into a second row where the window is narrow."""

    reveal_requested = Signal(bool)
    only_findings_chosen = Signal(bool)
    columns_requested = Signal()
    order_chosen = Signal(str)
    display_chosen = Signal(str)
    view_chosen = Signal(object)
    view_saving_requested = Signal()
    deletion_requested = Signal()
    fill_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._undo = button(_("撤销"), desk.undo, look="ghost", icon_name="arrow-back-up", name="undo")
        self._redo = button(_("恢复"), desk.redo, look="ghost", icon_name="arrow-forward-up", name="redo")
        self._reveal = button("", look="ghost", icon_name="eye", tip=_("显示完整证号（留痕）"), name="reveal")
        self._reveal.setCheckable(True)
        self._reveal.clicked.connect(self.reveal_requested)
        self._findings = button(_("只看有问题的"), icon_name="filter", name="only_findings")
        self._findings.setProperty("look", "segment")
        self._findings.setProperty("edge", "last")
        self._findings.setCheckable(True)
        self._findings.clicked.connect(self.only_findings_chosen)
        self._orders = {
            ENTERED: _("录入顺序"),
            PINYIN: _("姓名拼音"),
            STROKES: _("姓氏笔画"),
            POSTS: _("党内职务"),
        }
        self._order = button(_("排序"), icon_name="arrows-sort", name="order")
        self._order.setMenu(self._menu(self._fill_orders))
        self._view = button(_("视图"), icon_name="bookmark", name="view")
        self._view.setMenu(self._menu(self._fill_views))
        self._more = button(_("更多"), icon_name="list-details", name="more")
        self._more.setMenu(self._menu(self._fill_more))
        self._display = Segments([(TABLE, _("表格")), (CARDS, _("卡片"))], TABLE)
        self._display.chosen.connect(self.display_chosen)
        columns = button(_("列"), self.columns_requested.emit, icon_name="columns", name="columns")
        flow = Flow(self)
        for part in (
            self._undo,
            self._redo,
            self._reveal,
            self._findings,
            self._order,
            columns,
            self._view,
            self._more,
            self._display,
        ):
            flow.addWidget(part)
        self.show_undo()

    @property
    def display(self) -> str:
        """Whether the table or the cards are chosen."""
        return self._display.current

    def show_undo(self) -> None:
        """Show what can be taken back and done again."""
        history = self._desk.undo_history
        for part, label in ((self._undo, history.next_undo), (self._redo, history.next_redo)):
            part.setEnabled(label is not None)
            part.setToolTip(label or "")

    def show_reveal(self, *, revealed: bool) -> None:
        """Show whether private numbers are shown."""
        self._reveal.setChecked(revealed)
        self._reveal.setIcon(icon("eye-off" if revealed else "eye"))

    def show_findings(self, count: int) -> None:
        """Show how many members have something to mend."""
        self._findings.setText(_n("只看有问题的 {n}", count) if count else _("只看有问题的"))
        self._findings.setAccessibleName(self._findings.text())

    def show_order(self, order: str) -> None:
        """Show the order that is in use."""
        self._order.setText(self._orders.get(order, _("排序")))

    def _menu(self, fill: Callable[[QMenu], None]) -> QMenu:
        """A menu that is filled whenever it opens."""
        menu = QMenu(self)

        def show() -> None:
            menu.clear()
            fill(menu)

        menu.aboutToShow.connect(show)
        menu.triggered.connect(self._take)
        return menu

    def _take(self, action: QAction) -> None:
        """Tell the order or view behind an entry of a menu."""
        chosen = action.data()
        if isinstance(chosen, View):
            self.view_chosen.emit(chosen)
        elif chosen in self._orders:
            self.show_order(chosen)
            self.order_chosen.emit(chosen)

    def _fill_orders(self, menu: QMenu) -> None:
        for order, label in self._orders.items():
            menu.addAction(label).setData(order)

    def _fill_views(self, menu: QMenu) -> None:
        for view in views.views_of(self._desk.branch, "rosters"):
            menu.addAction(view.name).setData(view)
        menu.addSeparator()
        menu.addAction(_("保存现在的样子…"), self.view_saving_requested.emit)

    def _fill_more(self, menu: QMenu) -> None:
        menu.addAction(_("向下填充序列"), self.fill_requested.emit)
        menu.addAction(_("把选中的移到回收站…"), self.deletion_requested.emit)
