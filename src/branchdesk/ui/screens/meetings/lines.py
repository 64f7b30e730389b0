"""Lines of text that tell what was typed when the clerk leaves them, and labels beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Words


class TypedLine(QLineEdit):
    """One line. `entered` tells its text once, where it differs from what was filled in; Enter goes on."""

    entered = Signal(str)

    def __init__(self, name: str, spoken: str, text: str = "", hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self._filled = ""
        self.fill(text)
        self.editingFinished.connect(self.commit)
        self.returnPressed.connect(self._go_on)

    def fill(self, text: str) -> None:
        """Show a text; what is being typed stays, and nothing is told."""
        self._filled = text
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)

    def offer(self, words: Sequence[str]) -> None:
        """Offer words that complete what is typed."""
        completer = QCompleter(list(words), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def commit(self) -> None:
        """Tell what was typed."""
        text = self.text().strip()
        if text != self._filled:
            self._filled = text
            self.setModified(False)
            self.entered.emit(text)

    def _go_on(self) -> None:
        self.focusNextChild()


def labelled(label: str, field: QWidget) -> QWidget:
    """A field with its label at the left."""
    whole = QWidget()
    line = row(gap=6, parent=whole)
    words = Words(label, "second")
    words.setBuddy(field)
    line.addWidget(words)
    line.addWidget(field)
    return whole
