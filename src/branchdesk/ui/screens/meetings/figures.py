"""Boxes for whole numbers as clerks type them: digits only, Enter goes on, the wheel changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from branchdesk.ui.look import px

_WIDTH = 56


class FigureBox(QLineEdit):
    """One number or nothing. `entered` tells the text when the clerk leaves the box and it differs.

    Enter goes on to the next field, unless whoever shows the box sees to that.
    """

    entered = Signal(str)

    def __init__(self, name: str, spoken: str, value: int | None = None, *, goes_on: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(px(_WIDTH))
        self._filled = ""
        self.fill(value)
        if goes_on:
            self.returnPressed.connect(self._go_on)

    def fill(self, value: int | None) -> None:
        """Show a number; nothing is told."""
        self._filled = "" if value is None else str(value)
        if not self.hasFocus() or not self.isModified():
            self.setText(self._filled)

    def commit(self) -> None:
        """Tell what was typed."""
        text = self.text().strip()
        if text != self._filled:
            self._filled = text
            self.setModified(False)
            self.entered.emit(text)

    def _go_on(self) -> None:
        self.commit()
        self.focusNextChild()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText(self._filled)
            self.setModified(False)
            return
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # the box has gone on by itself; a dialog must not go on once more
