"""A list of suggestions below a line of text; the keyboard stays in the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem
from typing_extensions import override

from branchdesk.ui.focus import opens_list
from branchdesk.ui.look import px

_MOST_SHOWN = 8
_TAKING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
_LEAVING = {QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize}


class Suggestions(QListWidget):
    """Words below a line. Enter and Tab take the chosen one, Esc leaves things as they are.

    `taken` tells the word. F4 and Alt+Down ask for every word there is, by `wanted`. While the input method
    is composing, its keys are its own.
    """

    taken = Signal(str)
    wanted = Signal()

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._composing = False
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(line.accessibleName())
        self.itemClicked.connect(self._take_item)
        line.installEventFilter(self)

    def offer(self, words: Sequence[str]) -> None:
        """Show words with the first one chosen; without any the list goes away."""
        self.clear()
        self.addItems(list(words))
        if not words or not self._line.isVisible():
            self.hide()
            return
        self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()

    def words(self) -> list[str]:
        """What is offered now; nothing while the list is hidden."""
        return [self.item(place).text() for place in range(self.count())] if self.isVisible() else []

    def _place(self) -> None:
        """Below the line, or above it where the screen ends."""
        height = self.sizeHintForRow(0) * min(self.count(), _MOST_SHOWN) + 2 * self.frameWidth() + px(2)
        width = max(self._line.width(), self.sizeHintForColumn(0) + px(40))
        self.resize(width, height)
        below = self._line.mapToGlobal(QPoint(0, self._line.height()))
        screen = QGuiApplication.screenAt(below) or self._line.screen()
        if below.y() + height > screen.availableGeometry().bottom():
            below = self._line.mapToGlobal(QPoint(0, -height))
        self.move(below)

    def _take_item(self, item: QListWidgetItem) -> None:
        self._take(self.indexFromItem(item))

    def _take(self, index: QModelIndex) -> None:
        self.hide()
        if index.isValid():
            self.taken.emit(str(index.data()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._line:
            return super().eventFilter(watched, event)  # its own scroll bar, which comes with a long list
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif kind in _LEAVING:
            self._composing = False
            self.hide()
        elif isinstance(event, QKeyEvent) and kind in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """Carry out a key of the list; before that, keep the window from taking it for a shortcut."""
        action = self._action(event)
        if action is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        else:
            action()
        return True

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        key = Qt.Key(event.key())
        if self._composing:
            return None
        if opens_list(event) or key == Qt.Key.Key_F4:
            return self._ask
        if not self.isVisible():
            return None
        if key in _MOVES:
            return partial(self._step, _MOVES[key])
        return self._take_current if key in _TAKING else self.hide if key == Qt.Key.Key_Escape else None

    def _step(self, rows: int) -> None:
        self.setCurrentRow(max(0, min(self.currentRow() + rows, self.count() - 1)))

    def _take_current(self) -> None:
        self._take(self.currentIndex())

    def _ask(self) -> None:
        if not self._line.isReadOnly():
            self.wanted.emit()
