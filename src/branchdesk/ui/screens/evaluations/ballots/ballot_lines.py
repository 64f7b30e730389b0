"""The lines of one ballot in the order of the paper; number keys mark a line and go on to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableWidgetItem
from typing_extensions import override

from branchdesk.domain.evaluations.model import BLANK, Grade, Subject
from branchdesk.i18n import _
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.ballots.mark_column import TICKED, MarkColumn
from branchdesk.ui.widgets.tables import SimpleTable

_ROW = 46  # large letters: ballots are read across a desk
_NUMBER, _NAME, _FIRST = range(3)
_BESIDE, _LEAST_BESIDE, _BOX = 24, 20, 128
_SPOILED_KEYS = {Qt.Key.Key_F, Qt.Key.Key_Asterisk}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class BallotLines(SimpleTable):
    """One row for each subject, one column for each grade, and one for lines that were left empty.

    `marked` tells that a line was marked, `finished` that the ballot is to be taken (Enter), `spoiled`
    that it is void, `take_back_wanted` that the last one is to come back. `marks` hold choices by subject.
    """

    marked = Signal()
    finished = Signal()
    spoiled = Signal()
    take_back_wanted = Signal()

    def __init__(self, subjects: Sequence[Subject], grades: Sequence[Grade]) -> None:
        blank = _("未评")
        headings = [f"{place} {one.title}" for place, one in enumerate(grades, start=1)]
        super().__init__([_("序号"), _("姓名"), *headings, f"0 {blank}"], _NAME)
        self.setObjectName("ballot_lines")
        self.setAccessibleName(_("测评票"))
        self._subjects = list(subjects)
        self._choices = [*(one.code for one in grades), BLANK]
        self.marks: dict[str, str] = {}
        self._wear_large_letters()
        self._fill()

    def _wear_large_letters(self) -> None:
        self.setProperty("letters", "large")
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        name = self.horizontalHeaderItem(_NAME)
        if name is not None:
            name.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        boxes = MarkColumn(self)
        for column in range(_FIRST, self.columnCount()):
            self.setItemDelegateForColumn(column, boxes)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fill(self) -> None:
        rows = [
            (str(number), one.name, *("" for _choice in self._choices))
            for number, one in enumerate(self._subjects, start=1)
        ]
        self.show_rows(rows)
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self._cell(row, column)
                item.setFlags(plain)  # nothing to edit here, so no input method swallows the keys
                if column != _NAME:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit_boxes()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_boxes()

    def _fit_boxes(self) -> None:
        """Wide boxes that stand near to names, so that no eye slips into another line; names come first."""
        self.ensurePolished()
        self.horizontalHeader().ensurePolished()
        widest = self.horizontalHeader().fontMetrics().horizontalAdvance
        names = max((self.fontMetrics().horizontalAdvance(one.name) for one in self._subjects), default=0)
        number = widest(_("序号")) + px(_BESIDE)
        self.setColumnWidth(_NUMBER, number)
        room = (self.viewport().width() - number - names - px(_BESIDE)) // len(self._choices)
        for column in range(_FIRST, self.columnCount()):
            heading = self.horizontalHeaderItem(column)
            least = widest(heading.text()) + px(_LEAST_BESIDE) if heading is not None else 0
            self.setColumnWidth(column, max(least, min(room, px(_BOX))))

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        return item

    # ---- marks

    @property
    def missing(self) -> list[Subject]:
        """The subjects whose lines have no mark yet, from the top down."""
        return [one for one in self._subjects if one.uid not in self.marks]

    def show_ballot(self, marks: dict[str, str]) -> None:
        """Show a ballot from its first line; an empty one for no marks."""
        self.marks = dict(marks)
        for row in range(self.rowCount()):
            self._show_line(row)
        self.go_to_line(0)

    def mark(self, row: int, place: int) -> None:
        """Mark a line with the choice at a place and go on to the next line."""
        if not (0 <= row < len(self._subjects) and 0 <= place < len(self._choices)):
            return
        self.marks[self._subjects[row].uid] = self._choices[place]
        self._show_line(row)
        if row + 1 < self.rowCount():
            self.go_to_line(row + 1)
        self.marked.emit()

    def _show_line(self, row: int) -> None:
        subject = self._subjects[row].uid
        for place, choice in enumerate(self._choices):
            ticked = self.marks.get(subject) == choice
            self._cell(row, _FIRST + place).setText(TICKED if ticked else "")

    def go_to_line(self, row: int) -> None:
        """Bring a line to the front, with the one after it in sight."""
        self.selectRow(row)
        for near in (max(row - 1, 0), min(row + 1, self.rowCount() - 1), row):
            self.scrollTo(self.model().index(near, _NAME))

    def go_to_subject(self, uid: str) -> None:
        """Bring the line of a subject to the front."""
        self.go_to_line([one.uid for one in self._subjects].index(uid))

    # ---- keys and the mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_Z:
                self.take_back_wanted.emit()
            else:
                super().keyPressEvent(event)
        elif key in {Qt.Key.Key_0, Qt.Key.Key_Space}:
            self.mark(self.currentRow(), len(self._choices) - 1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._mark_by_number(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Backspace:
            self.go_to_line(max(self.currentRow() - 1, 0))
        elif key in _ENTER:
            self.finished.emit()
        elif key in _SPOILED_KEYS:
            self.spoiled.emit()
        else:
            super().keyPressEvent(event)

    def _mark_by_number(self, place: int) -> None:
        if place < len(self._choices) - 1:
            self.mark(self.currentRow(), place)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: a hand that slips must not move the line."""

    def mark_clicked(self, row: int, column: int) -> None:
        """Mark the box that was clicked."""
        if column >= _FIRST:
            self.mark(row, column - _FIRST)
