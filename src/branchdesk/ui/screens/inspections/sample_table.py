"""The lines of a spot check: what was drawn, and what was found, noted in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidgetItem
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.look import look
from branchdesk.ui.widgets.tables import SimpleTable

_FINDING = 3


@dataclass(frozen=True)
class SampleLine:
    """One line: what was drawn, its day in words, what was found, and the problem that was made of it."""

    uid: str
    item: str
    on: str = ""
    finding: str = ""
    issue: str = ""


class SampleTable(SimpleTable):
    """`noted` tells the uid of a line with what was typed as its finding."""

    noted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            [_("序号"), _("抽到的对象"), _("日期"), _("发现的问题"), _("整改单")], stretch=_FINDING
        )
        self.setAccessibleName(_("抽到的样本"))
        self.setObjectName("sample")
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.lines: list[SampleLine] = []
        self._filling = False
        self.itemChanged.connect(self._tell)
        self.currentCellChanged.connect(self._stay_in_column)

    def show_lines(self, lines: Sequence[SampleLine], *, may_write: bool) -> None:
        """Show the lines of a spot check; the line in front stays."""
        self.lines = list(lines)
        self._filling = True
        self.show_rows(
            [
                (str(number), one.item, one.on, one.finding, one.issue)
                for number, one in enumerate(lines, start=1)
            ]
        )
        for number in range(len(self.lines)):
            for place in range(self.columnCount()):
                self._set_editable(self.item(number, place), editable=may_write and place == _FINDING)
        self._filling = False
        self._stay_in_column()

    @staticmethod
    def _set_editable(item: QTableWidgetItem | None, *, editable: bool) -> None:
        if item is not None:
            flags = item.flags() & ~Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if editable else flags)
            if item.text() and item.column() == _FINDING:
                item.setForeground(look().color("err"))

    @property
    def current_line(self) -> SampleLine | None:
        """The line in front."""
        place = self.currentRow()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def _stay_in_column(self) -> None:
        """Keys belong to the finding, wherever in the line the mouse went."""
        if self.currentRow() >= 0 and self.currentColumn() != _FINDING:
            self.setCurrentCell(self.currentRow(), _FINDING)

    def _tell(self, item: QTableWidgetItem) -> None:
        if self._filling or item.column() != _FINDING:
            return
        line = self.lines[item.row()]
        if item.text().strip() != line.finding:
            self.noted.emit(line.uid, item.text().strip())

    def _editable_finding(self) -> QTableWidgetItem | None:
        item = self.item(self.currentRow(), _FINDING)
        return item if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 write a finding, Delete takes it out."""
        item = self._editable_finding()
        if self.state() == QAbstractItemView.State.EditingState or item is None:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.editItem(item)
        elif event.key() == Qt.Key.Key_Delete:
            item.setText("")
        else:
            super().keyPressEvent(event)
