"""The sums of a pile that was counted on paper: digits go into the cell in front, Enter to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidgetItem
from typing_extensions import override

from branchdesk.domain.evaluations.model import BLANK, Grade, Subject
from branchdesk.i18n import _, _n
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.tables import SimpleTable

_NUMBER, _NAME, _FIRST = range(3)
_MOST_DIGITS = 4
_BESIDE = 28
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CountTable(SimpleTable):
    """One row for each subject, one column of votes for each grade; what is left of the ballots is 未评.

    `changed` tells that a figure was typed, `ended` that Enter was pressed in the last cell.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, subjects: Sequence[Subject], grades: Sequence[Grade]) -> None:
        super().__init__([_("序号"), _("姓名"), *(one.title for one in grades), _("未评")], _NAME)
        self.setObjectName("vote_sums")
        self.setAccessibleName(_("各档票数"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._subjects = list(subjects)
        self._codes = [one.code for one in grades]
        self._typed: dict[tuple[int, int], str] = {}
        self._fresh = True  # the first digit in a cell replaces what stands there
        self.ballots = 0
        self._fill()
        self.currentCellChanged.connect(self._begin_cell)

    def _fill(self) -> None:
        width = self.columnCount() - _FIRST
        rows = [
            (str(number), one.name, *("" for _cell in range(width)))
            for number, one in enumerate(self._subjects, start=1)
        ]
        self.show_rows(rows)
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self._cell(row, column)
                typed = _FIRST <= column < self.columnCount() - 1
                enabled = Qt.ItemFlag.ItemIsEnabled
                item.setFlags(enabled | Qt.ItemFlag.ItemIsSelectable if typed else enabled)
                if column != _NAME:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = self.horizontalHeader().fontMetrics().horizontalAdvance
        for column in range(_FIRST, self.columnCount()):
            heading = self.horizontalHeaderItem(column)
            if heading is not None:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setColumnWidth(column, max(widest(heading.text()) + px(_BESIDE), px(76)))
        self.setCurrentCell(0, _FIRST)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        return item

    # ---- figures

    def set_ballots(self, ballots: int) -> None:
        """How many valid ballots there are; what nobody voted for is 未评."""
        self.ballots = ballots
        for row in range(self.rowCount()):
            self._show_row(row)

    @property
    def votes(self) -> dict[str, dict[str, int]]:
        """Votes by subject and choice; what is left of the ballots is blank, less than 0 where too many."""
        found = {}
        for row, subject in enumerate(self._subjects):
            votes = {code: self._votes(row, place) for place, code in enumerate(self._codes)}
            found[subject.uid] = {**votes, BLANK: self.ballots - sum(votes.values())}
        return found

    @property
    def wrong(self) -> list[str]:
        """What does not add up, row by row."""
        found = []
        for row, one in enumerate(self._subjects):
            left = self._left(row)
            if left < 0:
                found.append(_n("{name}的票多了 {n} 张。", -left, name=one.name))
        return found

    @property
    def untouched(self) -> list[str]:
        """The names of those for whom nothing was typed yet."""
        touched = {row for (row, _column), typed in self._typed.items() if typed}
        return [one.name for row, one in enumerate(self._subjects) if row not in touched]

    def _votes(self, row: int, place: int) -> int:
        return int(self._typed.get((row, place)) or 0)

    def _left(self, row: int) -> int:
        return self.ballots - sum(self._votes(row, place) for place in range(len(self._codes)))

    def _show_row(self, row: int) -> None:
        for place in range(len(self._codes)):
            self._cell(row, _FIRST + place).setText(self._typed.get((row, place), ""))
        left = self._left(row)
        item = self._cell(row, self.columnCount() - 1)
        item.setText(str(left) if left >= 0 else _n("多 {n} 张", -left))
        item.setForeground(look().color("err" if left < 0 else "text2"))

    # ---- keys

    def _begin_cell(self) -> None:
        self._fresh = True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, place = event.key(), (self.currentRow(), self.currentColumn() - _FIRST)
        typed = self._typed.get(place, "")
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            before = "" if self._fresh else typed
            self._type(place, (before + str(key - Qt.Key.Key_0))[-_MOST_DIGITS:])
        elif key == Qt.Key.Key_Backspace and typed:
            self._type(place, typed[:-1])
        elif key == Qt.Key.Key_Delete:
            self._type(place, "")
        elif key in _ENTER:
            self._go_on()
        elif key == Qt.Key.Key_Backspace:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _type(self, place: tuple[int, int], text: str) -> None:
        row, column = place
        if 0 <= row < len(self._subjects) and 0 <= column < len(self._codes):
            self._typed[place] = text and str(int(text))
            self._fresh = False
            self._show_row(row)
            self.changed.emit()

    def _go_on(self) -> None:
        row, place = self.currentRow(), self.currentColumn() - _FIRST + 1
        if place >= len(self._codes):
            row, place = row + 1, 0
        if row >= len(self._subjects):
            self.ended.emit()
        else:
            self.setCurrentCell(row, _FIRST + place)

    def _go_back(self) -> None:
        row, place = self.currentRow(), self.currentColumn() - _FIRST - 1
        if place < 0:
            row, place = row - 1, len(self._codes) - 1
        if row >= 0:
            self.setCurrentCell(row, _FIRST + place)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: a hand that slips must not move the cell."""
