"""A year at a glance: a row for each activity, a column for each month, what was held and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look, px

_MONTHS = 12
_SIGNS = {"ok": "check", "warn": "alert-triangle", "err": "x", "info": "circle", "": "minus"}


@dataclass(frozen=True)
class CalendarCell:
    """One period of a row: its months (1 to 12, the last included), words, tone and an explanation."""

    first: int
    last: int
    words: str
    tone: str = ""
    tip: str = ""


@dataclass(frozen=True)
class CalendarRow:
    """One activity of one organisation or group with its periods."""

    key: str
    label: str
    cells: tuple[CalendarCell, ...]


class YearCalendar(QTableWidget):
    """The cells are gone through with arrows; `chosen` tells the row's key and the months of a cell."""

    chosen = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__(0, _MONTHS)
        self._rows: tuple[CalendarRow, ...] = ()
        self.setAccessibleName(_("年历"))
        self.setObjectName("year_calendar")
        self.setHorizontalHeaderLabels([_("{n}月", n=month) for month in range(1, _MONTHS + 1)])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setIconSize(icon_size(14))
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        side = self.verticalHeader()
        side.setDefaultSectionSize(px(44))
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        side.setHighlightSections(False)
        side.setSectionsClickable(False)
        self.cellActivated.connect(self._tell)

    def show_rows(self, rows: Sequence[CalendarRow]) -> None:
        """Show a year; the cell in front stays."""
        here = (max(self.currentRow(), 0), max(self.currentColumn(), 0))
        self._rows = tuple(rows)
        self.clearSpans()
        self.setRowCount(len(rows))
        self.setVerticalHeaderLabels([row.label for row in rows])
        for number, row in enumerate(rows):
            for month in range(_MONTHS):
                self.setItem(number, month, QTableWidgetItem(""))
            for cell in row.cells:
                self._put(number, row, cell)
        if rows:
            self.setCurrentCell(min(here[0], len(rows) - 1), here[1])

    def _put(self, number: int, row: CalendarRow, cell: CalendarCell) -> None:
        item = QTableWidgetItem(cell.words)
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        tip = cell.tip or cell.words
        item.setToolTip(tip)
        spoken = _(
            "{row}，{first}月至{last}月：{words}", row=row.label, first=cell.first, last=cell.last, words=tip
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setIcon(icon(_SIGNS[cell.tone], cell.tone or "text3", selected="sel_text", size=14))
        colors = look()
        item.setForeground(colors.color(cell.tone or "text3"))
        item.setBackground(colors.color(f"{cell.tone}_soft" if cell.tone else "card"))
        self.setItem(number, cell.first - 1, item)
        if cell.last > cell.first:
            self.setSpan(number, cell.first - 1, 1, cell.last - cell.first + 1)

    def _tell(self, number: int, column: int) -> None:
        row = self._rows[number]
        cell = next((one for one in row.cells if one.first - 1 <= column <= one.last - 1), None)
        if cell is not None:
            self.chosen.emit(row.key, cell.first, cell.last)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self._tell(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)
