"""Plain tables for looking: whole rows are chosen, the last column takes what is left."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from branchdesk.ui.look import look, px

_SAMPLE_ROWS = 50


class SimpleTable(QTableWidget):
    """A table that nobody edits. Columns fit their content when it is filled with `show_rows`.

    Of `several` rows more than one can be chosen at a time.
    """

    def __init__(self, labels: Sequence[str], stretch: int = -1, *, several: bool = False) -> None:
        super().__init__(0, len(labels))
        self._stretch = stretch % len(labels)
        self.setHorizontalHeaderLabels(list(labels))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look().row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)

    def keep_room(self, rows: int) -> None:
        """Never become lower than so many rows below the head."""
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + rows * look().row_height + 2 * self.frameWidth())

    @override
    def selectRow(self, row: int) -> None:
        """Choose one row, whatever keys are held: Qt itself would toggle it while Ctrl is down."""
        index = self.model().index(row, max(self.currentColumn(), 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    @property
    def chosen_rows(self) -> list[int]:
        """The rows that are chosen, from the top down."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def show_rows(self, rows: Sequence[Sequence[str]], past: Collection[int] = ()) -> None:
        """Show texts, keeping the chosen row where it is still there; rows that are `past` are grey."""
        chosen = max(self.currentRow(), 0)
        self.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if number in past:
                    item.setForeground(look().color("text3"))
                self.setItem(number, column, item)
        self._fit(rows)
        if rows:
            self.selectRow(min(chosen, len(rows) - 1))

    def _fit(self, rows: Sequence[Sequence[str]]) -> None:
        metrics = self.fontMetrics()
        for column in range(self.columnCount()):
            if column == self._stretch:
                continue
            heading = self.horizontalHeaderItem(column)
            texts = [heading.text() if heading else ""] + [row[column] for row in rows[:_SAMPLE_ROWS]]
            widest = max(metrics.horizontalAdvance(text) for text in texts)
            self.setColumnWidth(column, min(widest + px(28), px(320)))
