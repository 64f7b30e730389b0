"""The columns of a grid that stay when it is scrolled sideways, drawn over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from branchdesk.ui.grid.delegate import GridDelegate
from branchdesk.ui.grid.header import FilterHeader
from branchdesk.ui.look import look, px

EDIT_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
Index = QModelIndex | QPersistentModelIndex


class FrozenColumns(QTableView):
    """The first `count` columns of a grid; their editors open here, not underneath."""

    def __init__(self, grid: QTableView, header: FilterHeader, *, filters: bool) -> None:
        super().__init__(grid)
        self._grid = grid
        self.count = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setEditTriggers(EDIT_TRIGGERS)
        self.setProperty("role", "frozen")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.filter_header = FilterHeader(self, filters=filters)
        self.setHorizontalHeader(self.filter_header)
        self.setItemDelegate(GridDelegate(self))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look().row_height)
        self._follow_scrolling()
        header.sectionResized.connect(self._follow_width)
        self.filter_header.sectionResized.connect(self._give_width)

    def _follow_scrolling(self) -> None:
        grid_bar, own_bar = self._grid.verticalScrollBar(), self.verticalScrollBar()
        grid_bar.valueChanged.connect(own_bar.setValue)
        own_bar.valueChanged.connect(grid_bar.setValue)

    def holds(self, index: Index) -> bool:
        """Whether a cell stands in one of these columns."""
        return index.isValid() and index.column() < self.count

    def open_editor(self, index: Index, trigger: QAbstractItemView.EditTrigger, event: QEvent) -> bool:
        """Open the editor of a cell here."""
        return bool(super().edit(index, trigger, event))

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return self._grid.focusNextPrevChild(next)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Qt leaves the keyboard to nobody where a view does not take the focus itself."""
        super().closeEditor(editor, hint)
        if QApplication.focusWidget() is None:
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What an editor here does not want goes on to the grid, which knows where to go."""
        event.ignore()

    def take_composed(self, event: QInputMethodEvent) -> None:
        """Open an editor for what is being composed, as Qt does in a view that has the focus."""
        super().inputMethodEvent(event)

    def breadth(self) -> int:
        """How much of the grid these columns cover, in pixels."""
        grid = self._grid
        return sum(grid.columnWidth(place) for place in range(self.count) if not grid.isColumnHidden(place))

    def lie_over(self) -> None:
        """Take the place of these columns in the grid."""
        grid = self._grid
        left = grid.verticalHeader().width() + grid.frameWidth()
        height = grid.viewport().height() + grid.horizontalHeader().height()
        self.setGeometry(left, grid.frameWidth(), self.breadth() + px(2), height)
        self.setVisible(bool(self.count))
        self.raise_()

    def _follow_width(self, section: int, _old: int, new: int) -> None:
        if section < self.count:
            self.setColumnWidth(section, new)
            self.lie_over()

    def _give_width(self, section: int, _old: int, new: int) -> None:
        if section < self.count and not self.isColumnHidden(section):
            self._grid.setColumnWidth(section, new)
