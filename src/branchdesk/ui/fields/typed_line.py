"""Lines of text that tell what was typed when the clerk leaves them, and labels beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.ui.fields.suggestions import Suggestions
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Words


class TypedLine(QLineEdit):
    """One line. `entered` tells its text once, where it differs from what was filled in.

    Enter goes on to the next field, unless whoever shows the line sees to that.
    """

    entered = Signal(str)

    def __init__(
        self, name: str, spoken: str, text: str = "", hint: str = "", *, goes_on: bool = True
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self._filled = ""
        self._words: list[str] = []
        self._suggestions: Suggestions | None = None
        self.fill(text)
        self.editingFinished.connect(self.commit)
        if goes_on:
            self.returnPressed.connect(self._go_on)

    def fill(self, text: str) -> None:
        """Show a text; what is being typed stays, and nothing is told."""
        self._filled = text
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)

    def offer(self, words: Sequence[str]) -> None:
        """Offer words with Alt+Down; never by themselves, so that Tab stores what was typed."""
        if self._suggestions is None:
            self._suggestions = Suggestions(self)
            self._suggestions.wanted.connect(self._open)
            self._suggestions.taken.connect(self._take)
        self._words = list(words)

    def _open(self) -> None:
        typed = self.text().strip()
        fitting = [word for word in self._words if typed in word]
        if self._suggestions is not None:
            self._suggestions.offer(fitting or self._words)

    def _take(self, word: str) -> None:
        self.setText(word)
        self.commit()

    def commit(self) -> None:
        """Tell what was typed."""
        text = self.text().strip()
        if text != self._filled:
            self._filled = text
            self.setModified(False)
            self.entered.emit(text)

    def _go_on(self) -> None:
        self.focusNextChild()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # the line has gone on by itself; a dialog must not go on once more


def labelled(label: str, field: QWidget) -> QWidget:
    """A field with its label at the left."""
    whole = QWidget()
    line = row(gap=6, parent=whole)
    words = Words(label, "second")
    words.setBuddy(field)
    line.addWidget(words)
    line.addWidget(field)
    return whole
