"""A year at a glance: a row for each activity, a column for each month, what was held and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import look, px

_MONTHS = 12
_TONE = int(Qt.ItemDataRole.UserRole)
_SIGN_SIZE = 14
_LEAST_MONTH = 34  # a sign and a number
Index = QModelIndex | QPersistentModelIndex
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


class CalendarDelegate(QStyledItemDelegate):
    """Paints a period: its soft ground, and icon and words together in its middle."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = str(index.data(_TONE) or "")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        colors = look()
        ground = "sel" if chosen else f"{tone}_soft" if tone else "card"
        ink = "sel_text" if chosen else tone or "text3"
        words = str(index.data() or "")
        painter.save()
        painter.fillRect(rect, colors.color(ground))
        if words:
            sign = pixmap(_SIGNS[tone], ink, _SIGN_SIZE)
            side, gap = px(_SIGN_SIZE), px(4)
            words = _fitting(words, painter, rect.width() - side - 2 * gap)
            breadth = painter.fontMetrics().horizontalAdvance(words)
            left = rect.center().x() - (side + gap + breadth) // 2
            painter.drawPixmap(left, rect.center().y() - side // 2, sign)
            painter.setPen(colors.color(ink))
            room = QRect(left + side + gap, rect.y(), breadth + 1, rect.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if option.state & QStyle.StateFlag.State_HasFocus:  # type: ignore[attr-defined]
            painter.setPen(QPen(colors.color("focus"), px(2)))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


def _fitting(words: str, painter: QPainter, room: int) -> str:
    """The words where there is room for them, else their number: the sign beside it says the rest."""
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(words) <= room:
        return words
    number = "".join(letter for letter in words if letter.isdigit())
    return number or metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


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
        self.setItemDelegate(CalendarDelegate(self))
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(px(_LEAST_MONTH))
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
        tip = cell.tip or cell.words
        item.setToolTip(tip)
        spoken = _(
            "{row}，{first}月至{last}月：{words}", row=row.label, first=cell.first, last=cell.last, words=tip
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setData(_TONE, cell.tone)
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
