"""The running text of the minutes, with what is inserted by key: phrases, speakers, votes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.focus import leaves
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.texts import Words

DRAFT_MILLISECONDS, LONGEST_WAIT_MILLISECONDS = 2000, 5000
_LEAST, _MOST = 190, 440
PHRASE_KEY, SPEAKER_KEY, VOTE_KEY = "F7", "F9", "F12"


class MinutesEditor(QWidget):
    """Edits a text. `committed` tells it when the clerk leaves, `draft_due` two to five seconds after a key.

    Filling emits nothing.
    """

    committed = Signal(str)
    typed = Signal()
    draft_due = Signal(str)
    phrase_requested = Signal()
    speaker_requested = Signal()
    vote_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stored = ""
        self._filling = False
        box = column(gap=6, parent=self)
        head = QWidget()
        flow = Flow(head, gap=12)
        flow.addWidget(Words(_("会议内容"), "heading"))
        self._tools = [
            button(words, signal.emit, look="link", icon_name=icon_name, tip=f"{words}（{key}）", name=name)
            for words, signal, icon_name, key, name in (
                (_("插入常用语"), self.phrase_requested, "list", PHRASE_KEY, "insert_phrase"),
                (_("插入发言人"), self.speaker_requested, "user", SPEAKER_KEY, "insert_speaker"),
                (_("插入表决"), self.vote_requested, "clipboard", VOTE_KEY, "insert_vote"),
            )
        ]
        for one in self._tools:
            flow.addWidget(one)
        box.addWidget(head)
        self.box = QPlainTextEdit()
        self.box.setObjectName("minutes")
        self.box.setAccessibleName(_("会议内容"))
        self.box.setTabChangesFocus(True)
        self.box.setMinimumHeight(px(_LEAST))
        box.addWidget(self.box, 1)
        self._soon = self._timer(DRAFT_MILLISECONDS)
        self._at_last = self._timer(LONGEST_WAIT_MILLISECONDS)
        self.box.textChanged.connect(self._note)
        self.box.installEventFilter(self)
        for key, one in zip((PHRASE_KEY, SPEAKER_KEY, VOTE_KEY), self._tools, strict=True):
            shortcut = QShortcut(QKeySequence(key), self.box, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(one.click)

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self._tell_draft)
        return made

    # ---- the text

    def fill(self, text: str) -> None:
        """Show the stored text; what is being typed and not yet told stays."""
        if self.box.toPlainText() == self._stored or not self.box.hasFocus():
            self.put(text)
        self._stored = text

    def put(self, text: str) -> None:
        """Show a text, keeping the cursor where it was."""
        if text == self.box.toPlainText():
            return
        place = self.box.textCursor().position()
        self._filling = True
        self.box.setPlainText(text)
        self._filling = False
        cursor = self.box.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.box.setTextCursor(cursor)
        self._grow()

    def text(self) -> str:
        """The text as it stands in the box."""
        return self.box.toPlainText()

    def commit(self) -> None:
        """Tell the text where it differs from what is stored."""
        self._soon.stop()
        self._at_last.stop()
        text = self.text()
        if text != self._stored:
            self._stored = text
            self.committed.emit(text)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        self.box.setReadOnly(read_only)
        for one in self._tools:
            one.setEnabled(not read_only)

    def insert(self, text: str) -> None:
        """Put a text at the cursor and go on behind it."""
        self.box.setFocus()
        self.box.textCursor().insertText(text)

    def insert_line(self, text: str) -> None:
        """Begin a paragraph with a text, below the one the cursor is in unless that is empty."""
        cursor = self.box.textCursor()
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.box.setTextCursor(cursor)
            text = "\n" + text
        self.insert(text)

    def _note(self) -> None:
        self._grow()
        if self._filling:
            return
        self._soon.start()
        if not self._at_last.isActive():
            self._at_last.start()
        self.typed.emit()

    def _grow(self) -> None:
        """As high as the text, within limits, so that two scroll bars are rarely needed."""
        lines = self.box.document().blockCount() + self.box.document().characterCount() // 40
        wanted = lines * self.box.fontMetrics().lineSpacing() + px(24)
        self.box.setMinimumHeight(min(max(wanted, px(_LEAST)), px(_MOST)))

    def _tell_draft(self) -> None:
        self._soon.stop()
        self._at_last.stop()
        if self.text() != self._stored:
            self.draft_due.emit(self.text())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if leaves(event):
            self.commit()
        return False
