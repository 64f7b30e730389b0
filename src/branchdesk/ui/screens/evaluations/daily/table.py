"""The grid of members and months: what is written of whom, what is final, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidgetItem
from typing_extensions import override

from branchdesk.domain.daily import MONTHS, DailyRecord
from branchdesk.i18n import _
from branchdesk.services.daily.reading import DailyPerson, DailyYear
from branchdesk.ui.look import look, px
from branchdesk.ui.screens.evaluations.daily.words import MARK_COLORS, STATES, mark, month_words
from branchdesk.ui.widgets.tables import SimpleTable

NAME, GROUP, FIRST_MONTH = range(3)
_LEAST_NAME, _BESIDE = 90, 12


class DailyTable(SimpleTable):
    """One row for each member, one column for each month; single cells are chosen, several at will."""

    def __init__(self) -> None:
        months = [_("{month} 月", month=month) for month in MONTHS]
        super().__init__([_("姓名"), _("党小组"), *months], NAME, several=True)
        self.setObjectName("daily")
        self.setAccessibleName(_("日常写实"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.keep_room(3)
        self.people: list[DailyPerson] = []
        self._usual_month = 0
        self._with_groups = False
        # Months that were left out for want of room come when the keys go there.
        self.currentCellChanged.connect(self.fit_columns)
        for column in range(FIRST_MONTH, self.columnCount()):
            heading = self.horizontalHeaderItem(column)
            if heading is not None:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_year(self, year: DailyYear, people: Sequence[DailyPerson]) -> None:
        """Show members and their months; what is chosen stays."""
        self.people, self._usual_month = list(people), year.last_month
        self.setRowCount(len(people))
        for number, one in enumerate(people):
            self._say(number, NAME, one.name, "" if one.here else "text3")
            self._say(number, GROUP, one.group, "")
            for month in MONTHS:
                state = year.state(one, month)
                item = self._say(number, FIRST_MONTH + month - 1, mark(state), MARK_COLORS[state])
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                what = month_words(year.year, month)
                tip = _("{name} {month}：{state}", name=one.name, month=what, state=_(STATES[state]))
                item.setToolTip(tip)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, tip)
        self._with_groups = any(one.group for one in people)
        self.fit_columns()

    def _say(self, number: int, column: int, text: str, tone: str) -> QTableWidgetItem:
        item = self.item(number, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(number, column, item)
        item.setText(text)
        item.setForeground(look().color(tone or "text"))
        if column < FIRST_MONTH:
            item.setToolTip(text)
        return item

    @property
    @override
    def chosen_rows(self) -> list[int]:
        """The rows of which some cell is chosen, from the top down."""
        return sorted({index.row() for index in self.selectedIndexes()})

    # ---- what is in front, and what is chosen

    @property
    def month(self) -> int:
        """The month of the cell in front; beside the months the last one that has begun, 0 where none has."""
        return _month_of(self.currentColumn()) or (self._usual_month if self.person is not None else 0)

    @property
    def person(self) -> DailyPerson | None:
        """The member in front; None where there is none."""
        place = self.currentRow()
        return self.people[place] if 0 <= place < len(self.people) else None

    @property
    def record(self) -> DailyRecord | None:
        """The record of the cell in front; None where none was begun."""
        person = self.person
        return person.record(self.month) if person is not None else None

    @property
    def chosen(self) -> list[DailyPerson]:
        """The members of whom a cell is chosen."""
        return [self.people[number] for number in self.chosen_rows if number < len(self.people)]

    @property
    def chosen_records(self) -> list[DailyRecord]:
        """The records of all cells that are chosen."""
        cells = {(cell.row(), _month_of(cell.column()) or self.month) for cell in self.selectedIndexes()}
        found = {
            record.uid: record
            for place, month in sorted(cells)
            if place < len(self.people) and (record := self.people[place].record(month))
        }
        return list(found.values())

    def choose_cell(self, row: int, month: int) -> None:
        """Choose the cell of a member and a month alone."""
        column = FIRST_MONTH + month - 1
        self.setColumnHidden(column, False)
        index = self.model().index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.fit_columns()
        self.scrollTo(index)

    @override
    def selectRow(self, row: int) -> None:
        """Going from member to member stays in the month."""
        self.choose_cell(row, self.month or 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Months as wide as their heading. Where names have no room, groups go, then months far from here."""
        header = self.horizontalHeader()
        breadth = header.fontMetrics().horizontalAdvance(_("{month} 月", month=12)) + px(_BESIDE)
        header.setMinimumSectionSize(min(px(_LEAST_NAME), breadth))
        texts = [item.text() for row in range(self.rowCount()) if (item := self.item(row, GROUP)) is not None]
        group = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0) + px(28)
        self.setColumnWidth(GROUP, group)
        room = self.viewport().width() - px(_LEAST_NAME)
        self.setColumnHidden(GROUP, not self._with_groups or room < len(MONTHS) * breadth + group)
        count = min(max(room // breadth, 1), len(MONTHS))
        here = _month_of(self.currentColumn()) or self._usual_month or 1
        first = min(max(here - count // 2, 1), len(MONTHS) - count + 1)
        for month in MONTHS:
            column = FIRST_MONTH + month - 1
            self.setColumnWidth(column, breadth)
            self.setColumnHidden(column, not first <= month < first + count)


def _month_of(column: int) -> int:
    """The month of a column; 0 beside the months."""
    return max(column - FIRST_MONTH + 1, 0)
