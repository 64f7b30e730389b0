"""Blocks of cells: copying, pasting, clearing and filling them, as in Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QTableView

from branchdesk import clock
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.ui.grid.clipboard import read_clipboard, write_html, write_tsv
from branchdesk.ui.grid.model import Edit, GridTableModel
from branchdesk.ui.grid.series import fill_series


class GridBlocks:
    """What can be done with the selected cells of a grid."""

    def __init__(self, view: QTableView, tell_hidden: Callable[[], object]) -> None:
        self._view = view
        self._tell_hidden = tell_hidden

    @property
    def model(self) -> GridTableModel:
        """The model of the grid, as what it is."""
        model = self._view.model()
        assert isinstance(model, GridTableModel)  # noqa: S101 - a grid shows no other model
        return model

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the selected cells into a menu."""
        for text, keys, action in (
            (_("复制"), "Ctrl+C", self.copy),
            (_("剪切"), "Ctrl+X", self.cut),
            (_("粘贴"), "Ctrl+V", self.paste),
            (_("清除内容"), "Del", self.clear),
            (_("向下填充"), "Ctrl+D", self.fill_down),
            (_("向下填充序列"), "", self.fill_series_down),
            (_("填今天的日期"), "Ctrl+;", self.enter_today),
            (_("选中整行"), "Shift+Space", self._select_row),
            (_("选中整列"), "Ctrl+Space", self.select_column),
        ):
            menu.addAction(f"{text}\t{keys}" if keys else text, action)

    def _select_row(self) -> None:
        self._view.selectRow(self._view.currentIndex().row())

    def select_column(self) -> None:
        """Select the whole column of the current cell."""
        self._view.selectColumn(self._view.currentIndex().column())

    def selected(self) -> QRect:
        """The rectangle around everything selected: columns across, rows down; empty where nothing is."""
        current = self._view.currentIndex()
        indexes = self._view.selectionModel().selectedIndexes() or ([current] if current.isValid() else [])
        shown = [index for index in indexes if not self._view.isColumnHidden(index.column())]
        if not shown:
            return QRect()
        rows = [index.row() for index in shown]
        columns = [index.column() for index in shown]
        return QRect(QPoint(min(columns), min(rows)), QPoint(max(columns), max(rows)))

    def shown_columns(self, first: int, last: int) -> list[int]:
        """The columns between two places that are not hidden."""
        return [place for place in range(first, last + 1) if not self._view.isColumnHidden(place)]

    def _texts(self, block: QRect) -> list[list[str]]:
        model = self.model
        columns = self.shown_columns(block.left(), block.right())
        return [
            ["" if model.is_new(row) else model.cell(row, place).text for place in columns]
            for row in range(block.top(), block.bottom() + 1)
        ]

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as text and as a bordered table; masked ones masked."""
        block = self.selected()
        if block.isEmpty():
            return
        texts = self._texts(block)
        content = QMimeData()
        content.setText(write_tsv(texts))
        content.setHtml(write_html(texts))
        QGuiApplication.clipboard().setMimeData(content)
        model, columns = self.model, self.shown_columns(block.left(), block.right())
        rows = [row for row in range(block.top(), block.bottom() + 1) if not model.is_new(row)]
        if any(model.cell(row, place).hidden for row in rows for place in columns):
            self._tell_hidden()

    def paste(self) -> None:
        """Put the block on the clipboard into the cells from the current one on."""
        content = QGuiApplication.clipboard().mimeData()
        html = content.html() if content.hasHtml() else ""
        block = read_clipboard(html, content.text() if content.hasText() else "")
        if block:
            self.paste_block(block)

    def paste_block(self, block: Sequence[Sequence[str]]) -> None:
        """Write a block from the current cell on; one value fills everything selected."""
        target = self.selected()
        if target.isEmpty():
            return
        model = self.model
        width = max(len(row) for row in block)
        if len(block) == 1 and width == 1 and (target.width() > 1 or target.height() > 1):
            columns = self.shown_columns(target.left(), target.right())
            block = [[block[0][0]] * len(columns)] * target.height()
        columns = self.shown_columns(target.left(), len(model.columns) - 1)
        edits = [
            Edit(target.top() + down, columns[across], text)
            for down, line in enumerate(block)
            for across, text in enumerate(line)
            if across < len(columns) and (model.accepts_new or not model.is_new(target.top() + down))
        ]
        model.write(edits)
        self.select(QRect(target.left(), target.top(), max(1, width), len(block)))

    def select(self, block: QRect) -> None:
        """Select a rectangle of cells, as far as there are cells."""
        model = self.model
        bottom = min(block.bottom(), model.rowCount() - 1)
        right = min(block.right(), model.columnCount() - 1)
        area = QItemSelection(model.index(block.top(), block.left()), model.index(bottom, right))
        self._view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def cut(self) -> None:
        """Copy the selected cells and empty them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the selected cells."""
        self._write_everywhere("")

    def enter_today(self) -> None:
        """Put today's date into the selected cells."""
        self._write_everywhere(PartialDate.of(clock.today()).shown())

    def _write_everywhere(self, text: str) -> None:
        model = self.model
        edits = [
            Edit(index.row(), index.column(), text)
            for index in self._view.selectionModel().selectedIndexes()
            if not self._view.isColumnHidden(index.column()) and not model.is_new(index.row())
        ]
        if edits:
            model.write(edits)

    def fill_down(self) -> None:
        """Repeat the top row of the selection in the rows below it, as Ctrl+D does in Excel."""
        block = self.selected()
        if block.height() > 1:
            self.fill(QRect(block.left(), block.top(), block.width(), 1), block.bottom(), series=False)

    def fill_series_down(self) -> None:
        """Continue the series at the top of each selected column to the bottom of the selection."""
        block = self.selected()
        model = self.model
        for seeds in range(block.height(), 0, -1):
            row = block.top() + seeds - 1
            if not model.is_new(row) and model.cell(row, block.left()).text:
                self.fill(QRect(block.left(), block.top(), block.width(), seeds), block.bottom())
                return

    def fill(self, seed: QRect, bottom: int, *, series: bool = True) -> None:
        """Fill the cells below `seed` down to the row `bottom`, with a series or with copies of the top."""
        model = self.model
        edits = []
        for place in self.shown_columns(seed.left(), seed.right()):
            cells = [model.cell(row, place) for row in range(seed.top(), seed.bottom() + 1)]
            # A hidden number has nothing to edit; masked it is refused, empty it would wipe out others.
            texts = [cell.edit_text or cell.text for cell in cells]
            count = bottom - seed.bottom()
            made = fill_series(texts, count) if series else [texts[0]] * count
            edits += [
                Edit(seed.bottom() + 1 + down, place, text)
                for down, text in enumerate(made)
                if not model.is_new(seed.bottom() + 1 + down)
            ]
        if edits:
            model.write(edits)
        self.select(QRect(seed.left(), seed.top(), seed.width(), bottom - seed.top() + 1))
