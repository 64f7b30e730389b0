"""Texts of a few lines that are stored when they are left, and drafted meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from branchdesk.ui.focus import leaves
from branchdesk.ui.look import px

DRAFT_MILLISECONDS, LONGEST_WAIT_MILLISECONDS = 2000, 5000
_MOST_LINES = 6


class DraftedText(QPlainTextEdit):
    """A short text, `least` lines high or more.

    `entered` tells it when the clerk leaves, `draft_due` that two to five seconds have passed since a key.
    `picture_pasted` tells that a picture lies on the clipboard, which is no text. Filling emits nothing, and
    what is being typed and not yet told stays.
    """

    entered = Signal(str)
    draft_due = Signal()
    picture_pasted = Signal()

    def __init__(self, name: str, spoken: str, hint: str = "", *, least: int = 1) -> None:
        super().__init__()
        self._least = least
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._stored = ""
        self._filling = False
        self._soon = self._timer(DRAFT_MILLISECONDS)
        self._at_last = self._timer(LONGEST_WAIT_MILLISECONDS)
        self.textChanged.connect(self._note)
        self.installEventFilter(self)
        self._grow()

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self._tell_draft)
        return made

    @property
    def is_unstored(self) -> bool:
        """Whether the text on the screen is not what is stored."""
        return self.toPlainText().strip() != self._stored

    def fill(self, text: str, *, fresh: bool = False) -> None:
        """Show the stored text; a `fresh` one belongs to another place, and nothing that was typed stays."""
        typing = self.is_unstored and (self.hasFocus() or text == self._stored)
        if fresh or not typing:
            self.put(text)
        self._stored = text

    def put(self, text: str) -> None:
        """Show a text, keeping the cursor where it was."""
        if text == self.toPlainText():
            return
        place = self.textCursor().position()
        self._filling = True
        self.setPlainText(text)
        self._filling = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)
        self._grow()

    def commit(self) -> None:
        """Tell the text where it differs from what is stored."""
        self._soon.stop()
        self._at_last.stop()
        if self.is_unstored:
            self._stored = self.toPlainText().strip()
            self.entered.emit(self._stored)

    def _note(self) -> None:
        self._grow()
        if self._filling:
            return
        self._soon.start()
        if not self._at_last.isActive():
            self._at_last.start()

    def _grow(self) -> None:
        """As high as the text, within limits."""
        # Qt gives the height of a plain text in lines, wrapped ones included.
        lines = min(max(round(self.document().size().height()), self._least), _MOST_LINES)
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if lines == _MOST_LINES else bars.ScrollBarAlwaysOff
        )
        wanted = lines * self.fontMetrics().lineSpacing() + px(20)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._grow()

    def _tell_draft(self) -> None:
        self._soon.stop()
        self._at_last.stop()
        if self.is_unstored:
            self.draft_due.emit()

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or bool(super().canInsertFromMimeData(source))

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasImage() and not source.hasText():
            self.picture_pasted.emit()
        else:
            super().insertFromMimeData(source)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if leaves(event):
            self.commit()
        return bool(super().eventFilter(watched, event))
