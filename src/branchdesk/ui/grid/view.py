"""The grid itself: keys, clipboard and fill as in Excel, with columns that stay when scrolling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)
from typing_extensions import override

from branchdesk.ui.focus import opens_list
from branchdesk.ui.grid.blocks import GridBlocks
from branchdesk.ui.grid.delegate import GridDelegate
from branchdesk.ui.grid.fill_handle import FillHandle
from branchdesk.ui.grid.frozen import EDIT_TRIGGERS, FrozenColumns, Index
from branchdesk.ui.grid.header import FilterHeader
from branchdesk.ui.grid.keys import GridKeys
from branchdesk.ui.grid.model import GridTableModel
from branchdesk.ui.look import look, px


class GridView(QTableView):
    """A grid to work in.

    `filters_changed` tells what is typed above the columns, `sort_requested` the column that was clicked,
    `hidden_copied` that masked numbers went to the clipboard as they are shown.
    """

    filters_changed = Signal(dict)
    sort_requested = Signal(int)
    current_row_changed = Signal(int)
    hidden_copied = Signal()

    # What is said where no row is left.
    empty_words = ""
    # Qt asks for geometry and scrolling before the columns that stay are there.
    _frozen: FrozenColumns | None = None

    def __init__(self, parent: QWidget | None = None, *, filters: bool = True) -> None:
        super().__init__(parent)
        self._filters = filters
        self._sized: set[str] = set()
        self.setObjectName("grid")
        self.setItemDelegate(GridDelegate(self))
        self.filter_header = FilterHeader(self, filters=filters)
        self.setHorizontalHeader(self.filter_header)
        self.setEditTriggers(EDIT_TRIGGERS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look().row_height)
        rows.setMinimumWidth(px(40))
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.frozen = FrozenColumns(self, self.filter_header, filters=filters)
        self._frozen = self.frozen
        self.blocks = GridBlocks(self, self.hidden_copied.emit)
        self._keys = GridKeys(self, self.blocks, self._edit_current)
        self._fill_handle = FillHandle(self, self.blocks)
        self._headers = (self.frozen.filter_header, self.filter_header)
        self._connect()

    def _connect(self) -> None:
        for header in self._headers:
            header.sectionClicked.connect(self.sort_requested)
            header.filtered.connect(self._tell_filters)
            header.left_downwards.connect(self.setFocus)
            header.reached.connect(self._show_column_of_filter)

    # ---- columns

    def show_model(self, model: GridTableModel, frozen: int, hidden: Sequence[str] = ()) -> None:
        """Show a model with its first `frozen` columns staying and some columns hidden."""
        self.frozen.count = frozen
        self.setModel(model)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.show_columns(hidden)

    def show_columns(self, hidden: Sequence[str]) -> None:
        """Show every column but the hidden ones; what is typed above the others stays."""
        typed = self.filter_texts()
        columns, staying = self.blocks.model.columns, self.frozen.count
        unit = self.fontMetrics().horizontalAdvance("汉")
        for place, column in enumerate(columns):
            gone = column.id in hidden
            known = not gone and not self.isColumnHidden(place) and column.id in self._sized
            self.setColumnHidden(place, gone)
            self.frozen.setColumnHidden(place, gone or place >= staying)
            if known:
                continue  # somebody may have dragged it
            self._sized.add(column.id)
            label = self.fontMetrics().horizontalAdvance(column.label) + px(26)
            width = max(round(column.width * unit) + px(8), label)
            self.setColumnWidth(place, width)
            self.frozen.setColumnWidth(place, width)
        ids = [column.id for column in columns]
        labels = [column.label for column in columns]
        filtered = [self._filters and column.id not in hidden for column in columns]
        still = [shown and place < staying for place, shown in enumerate(filtered)]
        moving = [shown and place >= staying for place, shown in enumerate(filtered)]
        self.frozen.filter_header.set_columns(ids, labels, still)
        self.filter_header.set_columns(ids, labels, moving)
        self.set_filter_texts(typed)
        self.frozen.lie_over()

    def forget_widths(self) -> None:
        """Give every column its usual width when columns are shown next, wherever it stood before."""
        self._sized.clear()

    def filter_texts(self) -> dict[str, str]:
        """What is typed above the columns."""
        return {field: text for header in self._headers for field, text in header.texts().items()}

    def set_filter_texts(self, texts: Mapping[str, str]) -> None:
        """Show texts above the columns, without telling anybody."""
        for header in self._headers:
            header.set_texts(texts)

    def clear_filters(self) -> None:
        """Empty every filter."""
        for header in self._headers:
            header.clear()

    def focus_filter(self) -> None:
        """Put the cursor above the current column, else above the first."""
        section = max(self.currentIndex().column(), 0)
        if not any(header.focus_filter(section) for header in self._headers):
            self.frozen.filter_header.focus_filter(0)

    def _show_column_of_filter(self, section: int) -> None:
        """Scroll sideways to the column whose filter is typed into; the rows stay."""
        bar = self.verticalScrollBar()
        before = bar.value()
        self.scrollTo(self.blocks.model.index(max(self.rowAt(0), 0), section))
        bar.setValue(before)

    def show_sorting(self, column: int, *, descending: bool) -> None:
        """Show by which column the list is sorted; -1 for none of them."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for header in self._headers:
            header.setSortIndicator(column, order)

    def _tell_filters(self, _texts: dict[str, str]) -> None:
        self.filters_changed.emit(self.filter_texts())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.lie_over()
        current = self.currentIndex()
        if current.isValid() and self.visualRect(current).top() < event.oldSize().height():
            self.scrollTo(current)  # what was seen stays seen

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._frozen is not None:
            self._frozen.lie_over()

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Keep the cell clear of the frozen columns."""
        if self._frozen is None:
            return
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if self.frozen.holds(index):
            bar.setValue(before)
            return
        covered = self.frozen.breadth() - self.visualRect(index).left()
        if covered > 0:
            bar.setValue(bar.value() - covered)

    # ---- editing

    @override
    def edit(self, index: Index, trigger: QAbstractItemView.EditTrigger, event: QEvent) -> bool:  # type: ignore[override]
        if self.frozen.holds(index):
            return self.frozen.open_editor(index, trigger, event)
        return bool(super().edit(index, trigger, event))

    def _edit_current(self) -> None:
        """Open the editor of the current cell, keeping what stands there."""
        index = self.currentIndex()
        view: QTableView = self.frozen if self.frozen.holds(index) else self
        QTableView.edit(view, index)

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.row() != previous.row():
            self.current_row_changed.emit(current.row())
        self.viewport().update()

    def _open_editor(self) -> QWidget | None:
        """The editor of the current cell, where it is open."""
        index = self.currentIndex()
        view: QTableView = self.frozen if self.frozen.holds(index) else self
        return view.indexWidget(index) if index.isValid() else None

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand composed text to the editor that it opens.

        Qt does so for its own columns, but loses a word that is committed before anything was composed.
        """
        index = self.currentIndex()
        if event.commitString() and self._open_editor() is None:
            self._edit_current()
            editor = self._open_editor()
            if editor is not None:
                QApplication.sendEvent(editor.focusProxy() or editor, event)
        elif self.frozen.holds(index):
            self.frozen.take_composed(event)
        else:
            super().inputMethodEvent(event)

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Tell the input method to stay out of columns that hold no Chinese, before an editor opens."""
        index = self.currentIndex()
        if query == Qt.InputMethodQuery.ImHints and index.isValid():
            latin = self.blocks.model.columns[index.column()].latin
            return Qt.InputMethodHint.ImhLatinOnly if latin else Qt.InputMethodHint.ImhNone
        if self.frozen.holds(index) and self._open_editor() is not None:
            return self.frozen.inputMethodQuery(query)
        return super().inputMethodQuery(query)

    # ---- keys and mouse

    @override
    def event(self, event: QEvent) -> bool:
        """In a column with a list of words, Alt+Down opens the list before the window takes the key."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            index = self.currentIndex()
            if opens_list(event) and index.isValid() and self.blocks.model.columns[index.column()].words:
                event.accept()
                return True
        return bool(super().event(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from cell to cell; F6 leaves the grid."""
        editor = self._open_editor()
        if not self.hasFocus() and (editor is None or not editor.hasFocus()):
            return bool(super().focusNextPrevChild(next))
        self._keys.step_aside(forwards=next)
        return True

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected cells, then what the screen adds as actions."""
        menu = QMenu(self)
        self.blocks.fill_menu(menu)
        menu.addSeparator()
        menu.addActions(self.actions())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._fill_handle.paint(self.frozen.breadth())
        if self.empty_words and not self.blocks.model.records():
            painter = QPainter(self.viewport())
            painter.setPen(look().color("text2"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty_words)
            painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if not (left and self._fill_handle.press(event.position().toPoint())):
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._fill_handle.drag(event.position().toPoint()):
            super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._fill_handle.release():
            super().mouseReleaseEvent(event)
