"""The grid itself: keys, clipboard and fill as in Excel, with columns that stay when scrolling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)
from typing_extensions import override

from branchdesk.ui.grid.blocks import GridBlocks
from branchdesk.ui.grid.delegate import GridDelegate
from branchdesk.ui.grid.header import FilterHeader
from branchdesk.ui.grid.keys import GridKeys
from branchdesk.ui.grid.model import GridTableModel
from branchdesk.ui.look import look, px

_EDIT_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
Index = QModelIndex | QPersistentModelIndex


class _FrozenColumns(QTableView):
    """The columns that stay, drawn over the grid; their editors open here, not underneath."""

    def __init__(self, grid: QTableView) -> None:
        super().__init__(grid)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setEditTriggers(_EDIT_TRIGGERS)
        self.setProperty("role", "frozen")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)

    def open_editor(self, index: Index, trigger: QAbstractItemView.EditTrigger, event: QEvent) -> bool:
        """Open the editor of a cell here."""
        return bool(super().edit(index, trigger, event))


class GridView(QTableView):
    """A grid to work in.

    `filters_changed` tells what is typed above the columns, `sort_requested` the column that was clicked.
    """

    filters_changed = Signal(dict)
    sort_requested = Signal(int)
    current_row_changed = Signal(int)

    _frozen: _FrozenColumns | None = None
    _frozen_count = 0
    _fill_from: QRect | None = None

    def __init__(self, parent: QWidget | None = None, *, filters: bool = True) -> None:
        super().__init__(parent)
        self._filters = filters
        self.setObjectName("grid")
        self.setItemDelegate(GridDelegate(self))
        self.filter_header = FilterHeader(self, filters=filters)
        self.setHorizontalHeader(self.filter_header)
        self.setEditTriggers(_EDIT_TRIGGERS)
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
        self.blocks = GridBlocks(self)
        self._keys = GridKeys(self, self.blocks)
        self._frozen = _FrozenColumns(self)
        self._frozen_header = FilterHeader(self._frozen, filters=filters)
        self._frozen.setHorizontalHeader(self._frozen_header)
        self._frozen.setItemDelegate(GridDelegate(self._frozen))
        self._frozen.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._frozen.verticalHeader().setDefaultSectionSize(look().row_height)
        self._connect()

    def _connect(self) -> None:
        frozen = self._frozen
        assert frozen is not None  # noqa: S101 - built in __init__
        self.verticalScrollBar().valueChanged.connect(frozen.verticalScrollBar().setValue)
        frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.filter_header.sectionResized.connect(self._follow_width)
        self._frozen_header.sectionResized.connect(self._take_width)
        for header in (self.filter_header, self._frozen_header):
            header.sectionClicked.connect(self.sort_requested)
            header.filtered.connect(self._tell_filters)
            header.left_downwards.connect(self.setFocus)
        for view in (self, frozen):
            view.itemDelegate().closeEditor.connect(self._editor_closed)

    # ---- columns

    def grid_model(self) -> GridTableModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, GridTableModel)  # noqa: S101 - set by show_model
        return model

    def show_model(self, model: GridTableModel, frozen: int, hidden: Sequence[str] = ()) -> None:
        """Show a model with its first `frozen` columns staying and some columns hidden."""
        overlay = self._overlay()
        self._frozen_count = frozen
        self.setModel(model)
        overlay.setModel(model)
        overlay.setSelectionModel(self.selectionModel())
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.show_columns(hidden)

    def _overlay(self) -> _FrozenColumns:
        overlay = self._frozen
        assert overlay is not None  # noqa: S101 - built in __init__
        return overlay

    def show_columns(self, hidden: Sequence[str]) -> None:
        """Show every column but the hidden ones."""
        model, overlay = self.grid_model(), self._overlay()
        unit = self.fontMetrics().horizontalAdvance("汉")
        for place, column in enumerate(model.columns):
            gone = column.id in hidden
            frozen = place < self._frozen_count
            self.setColumnHidden(place, gone)
            overlay.setColumnHidden(place, gone or not frozen)
            label = self.fontMetrics().horizontalAdvance(column.label) + px(26)
            width = max(round(column.width * unit) + px(8), label)
            self.setColumnWidth(place, width)
            overlay.setColumnWidth(place, width)
        ids = [column.id for column in model.columns]
        labels = [column.label for column in model.columns]
        shown = [column.id not in hidden for column in model.columns]
        places = range(len(ids))
        self.filter_header.set_columns(
            ids, labels, [self._filters and shown[place] and place >= self._frozen_count for place in places]
        )
        self._frozen_header.set_columns(
            ids, labels, [self._filters and shown[place] and place < self._frozen_count for place in places]
        )
        self._place_frozen()

    def filter_texts(self) -> dict[str, str]:
        """What is typed above the columns."""
        return {**self._frozen_header.texts(), **self.filter_header.texts()}

    def set_filter_texts(self, texts: Mapping[str, str]) -> None:
        """Show texts above the columns, without telling anybody."""
        self._frozen_header.set_texts(texts)
        self.filter_header.set_texts(texts)

    def clear_filters(self) -> None:
        """Empty every filter."""
        self._frozen_header.clear()
        self.filter_header.clear()

    def focus_filter(self) -> None:
        """Put the cursor above the current column."""
        section = max(self.currentIndex().column(), 0)
        if not self._frozen_header.focus_filter(section) and not self.filter_header.focus_filter(section):
            self._frozen_header.focus_filter(0)

    def show_sorting(self, column: int, *, descending: bool) -> None:
        """Show by which column the list is sorted; -1 for none of them."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for header in (self.filter_header, self._frozen_header):
            header.setSortIndicator(column, order)

    def _tell_filters(self, _texts: dict[str, str]) -> None:
        self.filters_changed.emit(self.filter_texts())

    def _follow_width(self, section: int, _old: int, new: int) -> None:
        if section < self._frozen_count:
            self._overlay().setColumnWidth(section, new)
            self._place_frozen()

    def _take_width(self, section: int, _old: int, new: int) -> None:
        if section < self._frozen_count and not self._overlay().isColumnHidden(section):
            self.setColumnWidth(section, new)

    def _frozen_width(self) -> int:
        return sum(
            self.columnWidth(place) for place in range(self._frozen_count) if not self.isColumnHidden(place)
        )

    def _place_frozen(self) -> None:
        overlay = self._overlay()
        left = self.verticalHeader().width() + self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        overlay.setGeometry(left, self.frameWidth(), self._frozen_width() + px(2), height)
        overlay.setVisible(bool(self._frozen_count))
        overlay.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_frozen()

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._frozen is not None:
            self._place_frozen()

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Keep the cell clear of the frozen columns."""
        if index.column() < self._frozen_count:
            horizontal = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(horizontal)
            return
        super().scrollTo(index, hint)
        covered = self._frozen_width() - self.visualRect(index).left()
        if covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    # ---- editing

    @override
    def edit(self, index: Index, trigger: QAbstractItemView.EditTrigger, event: QEvent) -> bool:  # type: ignore[override]
        if index.isValid() and index.column() < self._frozen_count:
            return self._overlay().open_editor(index, trigger, event)
        return bool(super().edit(index, trigger, event))

    def edit_current(self) -> None:
        """Open the editor of the current cell, keeping what stands there."""
        index = self.currentIndex()
        view: QTableView = self._overlay() if index.column() < self._frozen_count else self
        QTableView.edit(view, index)

    def _editor_closed(self, _editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.row() != previous.row():
            self.current_row_changed.emit(current.row())
        self.viewport().update()

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Tell the input method to stay out of columns that hold no Chinese, before an editor opens."""
        index = self.currentIndex()
        if query == Qt.InputMethodQuery.ImHints and index.isValid():
            latin = self.grid_model().columns[index.column()].latin
            return Qt.InputMethodHint.ImhLatinOnly if latin else Qt.InputMethodHint.ImhNone
        return super().inputMethodQuery(query)

    # ---- keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected cells, then what the screen adds as actions."""
        menu = QMenu(self)
        self.blocks.fill_menu(menu)
        menu.addSeparator()
        menu.addActions(self.actions())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _handle(self) -> QRect:
        """The little square at the corner of the selection, by which it is filled down."""
        block = self.blocks.selected()
        if block.isEmpty() or self.grid_model().is_new(block.bottom()):
            return QRect()
        corner = self.visualRect(self.grid_model().index(block.bottom(), block.right()))
        side = px(7)
        return QRect(corner.right() - side // 2, corner.bottom() - side // 2, side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        handle = self._handle()
        if handle.isEmpty() or handle.left() < self._frozen_width():
            return
        painter = QPainter(self.viewport())
        painter.fillRect(handle, look().color("focus"))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        grown = self._handle().adjusted(-px(3), -px(3), px(3), px(3))
        if event.button() == Qt.MouseButton.LeftButton and grown.contains(point):
            self._fill_from = self.blocks.selected()
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._fill_from is None:
            super().mouseMoveEvent(event)
            return
        row = self.rowAt(event.position().toPoint().y())
        if row >= self._fill_from.top():
            self.blocks.select(self._fill_from.united(QRect(self._fill_from.left(), row, 1, 1)))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        seed, self._fill_from = self._fill_from, None
        if seed is None:
            super().mouseReleaseEvent(event)
            return
        bottom = self.blocks.selected().bottom()
        if bottom > seed.bottom():
            self.blocks.fill(seed, bottom)
