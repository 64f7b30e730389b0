"""The tools above the roster: undo, hidden numbers, findings, order, columns, views, table or cards."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from branchdesk.i18n import _, _n
from branchdesk.services import views
from branchdesk.services.rosters import ENTERED, PINYIN, POSTS, STROKES
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import icon
from branchdesk.ui.widgets.buttons import Segments, button, menu_button
from branchdesk.ui.widgets.layouts import Flow

TABLE, CARDS = "table", "cards"


class RosterToolbar(QWidget):
    """Buttons that flow into a second row where the window is narrow."""

    reveal_requested = Signal(bool)
    only_findings_chosen = Signal(bool)
    everybody_chosen = Signal()
    details_requested = Signal()
    columns_requested = Signal()
    order_chosen = Signal(str)
    display_chosen = Signal(str)
    view_chosen = Signal(object)
    view_saving_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tool = partial(button, look="tool")
        self._undo = button(_("撤销"), desk.undo, look="ghost", icon_name="arrow-back-up", name="undo")
        self._redo = button(_("恢复"), desk.redo, look="ghost", icon_name="arrow-forward-up", name="redo")
        self._reveal = button("", look="ghost", icon_name="eye", tip=_("显示完整证号（留痕）"), name="reveal")
        self._reveal.setCheckable(True)
        self._reveal.clicked.connect(self.reveal_requested)
        self._findings = tool(_("只看有问题的"), icon_name="filter", name="only_findings")
        self._findings.setCheckable(True)
        self._findings.clicked.connect(self.only_findings_chosen)
        self._everybody = tool(_("清除筛选"), self.everybody_chosen.emit, icon_name="x", name="clear_filters")
        self._everybody.hide()
        details = button(
            "",
            self.details_requested.emit,
            look="ghost",
            icon_name="id",
            tip=_("打开、收起明细（F4）"),
            name="details",
        )
        self._orders = {
            ENTERED: _("录入顺序"),
            PINYIN: _("姓名拼音"),
            STROKES: _("姓氏笔画"),
            POSTS: _("党内职务"),
        }
        self._order = ENTERED
        columns = tool(_("列"), self.columns_requested.emit, icon_name="columns", name="columns")
        self._view = menu_button(self, _("排序和视图"), self._fill_views, look="tool", name="view")
        self._display = Segments([(TABLE, _("表格")), (CARDS, _("卡片"))], TABLE)
        self._display.chosen.connect(self.display_chosen)
        flow = Flow(self, gap=4)
        for part in (
            self._undo,
            self._redo,
            self._reveal,
            self._findings,
            self._everybody,
            columns,
            self._view,
            self._display,
            details,
        ):
            flow.addWidget(part)
        self.show_undo()
        self._terse = False
        self._spared = 0

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words are given up before the tools take a second row."""
        super().resizeEvent(event)
        terse = self.sizeHint().width() + (self._spared if self._terse else 0) > self.width()
        if terse == self._terse:
            return
        self._terse = terse
        before = self.sizeHint().width()
        for part, words, few in (
            (self._undo, _("撤销"), ""),
            (self._redo, _("恢复"), ""),
            (self._view, _("排序和视图"), _("视图")),
        ):
            part.setText(few if terse else words)
        self._spared = max(before - self.sizeHint().width(), 0)

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

    def show_narrowed(self, *, narrowed: bool, only_findings: bool) -> None:
        """Show whether some members are left out of the list."""
        self._everybody.setVisible(narrowed)
        self._findings.setChecked(only_findings)

    def show_display(self, display: str) -> None:
        """Show that the table or the cards are seen."""
        self._display.choose(display)

    def show_findings(self, count: int) -> None:
        """Show how many members have something to mend."""
        self._findings.setText(_n("只看有问题的 {n}", count) if count else _("只看有问题的"))
        self._findings.setAccessibleName(self._findings.text())

    def show_order(self, order: str) -> None:
        """Show the order that is in use."""
        self._order = order

    def _fill_views(self, menu: QMenu) -> None:
        """The orders of the list and the views that were kept."""
        _add_heading(menu, _("排序方式"))
        for order, label in self._orders.items():
            action = menu.addAction(label, partial(self._take_order, order))
            action.setCheckable(True)
            action.setChecked(order == self._order)
        kept = views.views_of(self._desk.branch, "rosters")
        menu.addSeparator()
        _add_heading(menu, _("保存的视图"))
        for view in kept:
            menu.addAction(view.name, partial(self.view_chosen.emit, view))
        menu.addAction(_("把现在的列、筛选和排序存为视图…"), self.view_saving_requested.emit)

    def _take_order(self, order: str) -> None:
        self._order = order
        self.order_chosen.emit(order)


def _add_heading(menu: QMenu, words: str) -> None:
    """Words above a group of entries; the sections of Qt stay empty under a style sheet."""
    heading = menu.addAction(words)
    heading.setEnabled(False)
