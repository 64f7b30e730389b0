"""Messages inside a page: the banner, the toast with 撤销, and the empty state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Note, Words, restyle

_ICONS = {"info": "info-circle", "ok": "circle-check", "warn": "alert-triangle", "err": "alert-circle"}
_TOAST_MILLISECONDS = 8000
# Clear of the status bar, the counts below a list and its scroll bar.
_ABOVE_THE_FOOT = 124


class Banner(QFrame):
    """One message across a page with an icon, a sentence, and perhaps a button."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._text = Note(role="")
        self._button = button("", self.pressed.emit)
        line = row(gap=10, parent=self)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        self.hide()

    def say(self, tone: str, sentence: str, button_text: str = "") -> None:
        """Show a sentence; `tone` is info, ok, warn or err. An empty sentence hides the banner."""
        self.setVisible(bool(sentence))
        restyle(self, "banner", tone)
        self._icon.setPixmap(pixmap(_ICONS[tone], tone, 20))
        self._text.setText(sentence)
        self._button.setText(button_text)
        self._button.setAccessibleName(button_text)
        self._button.setVisible(bool(button_text))

    @property
    def sentence(self) -> str:
        """What the banner says; empty while it is hidden."""
        return self._text.text() if not self.isHidden() else ""


class Toast(QFrame):
    """A short message over a window that goes away by itself; it may offer to take back what was done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "toast")
        self._action: Callable[[], object] | None = None
        self._text = Words()
        self._button: QPushButton = button("", self._act)
        line = row(gap=12, parent=self)
        line.setContentsMargins(px(16), px(8), px(12), px(8))
        line.addWidget(self._text)
        line.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOAST_MILLISECONDS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, action_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Show a sentence for eight seconds."""
        self._action = action
        most = max(px(200), self._window.width() - px(240))
        self._text.setText(self.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, most))
        self._text.setToolTip(sentence)
        self._button.setText(action_text)
        self._button.setVisible(action is not None)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    @property
    def sentence(self) -> str:
        """What the toast says; empty while it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _place(self) -> None:
        left = (self._window.width() - self.width()) // 2
        self.move(left, self._window.height() - self.height() - px(_ABOVE_THE_FOOT))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


class EmptyState(QWidget):
    """What stands where a list is still empty: one sentence what it is for, and what to do first."""

    def __init__(
        self,
        icon_name: str,
        heading: str,
        sentence: str,
        buttons: list[QPushButton],
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = column(gap=12, parent=self)
        middle.addStretch(1)
        picture = QLabel()
        picture.setPixmap(pixmap(icon_name, "text3", 44))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(picture)
        for text, role in ((heading, "heading"), (sentence, "second"), (hint, "hint")):
            if text:
                label = Note(text, role)
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                if role == "hint":
                    middle.addLayout(self._line(buttons))
                middle.addWidget(label)
        if not hint:
            middle.addLayout(self._line(buttons))
        middle.addStretch(1)

    @staticmethod
    def _line(buttons: list[QPushButton]) -> QHBoxLayout:
        line = row(gap=10)
        line.addStretch(1)
        for one in buttons:
            line.addWidget(one)
        line.addStretch(1)
        return line
