"""Dialogs of one shape: a heading, some content, buttons with verbs; never blocking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Note, Words


class SheetDialog(QDialog):
    """A dialog over its window. Fill `body`, add buttons with `add_button`, then call `open`."""

    def __init__(self, heading: str, parent: QWidget | None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.setMinimumWidth(px(width))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = column(margin=20, gap=14, parent=self)
        self.heading = Words(heading, "heading")
        whole.addWidget(self.heading)
        self.body: QVBoxLayout = column(gap=10)
        whole.addLayout(self.body, 1)
        self.buttons: QHBoxLayout = row(gap=8)
        self.buttons.addStretch(1)
        whole.addLayout(self.buttons)

    def add_button(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        look: str = "",
        name: str = "",
        default: bool = False,
    ) -> QPushButton:
        """A button at the bottom; without `on_click` it closes the dialog."""
        made = button(text, on_click or self.reject, look=look, name=name)
        made.setDefault(default)
        self.buttons.addWidget(made)
        return made

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the field or button that has the focus: half-filled dialogs are never submitted.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)


class MessageDialog(SheetDialog):
    """A sentence and an advice, with one or two buttons."""

    def __init__(
        self, heading: str, sentence: str, advice: str, parent: QWidget | None, *, tone: str = "warn"
    ) -> None:
        super().__init__(heading, parent, width=460)
        icons = {"warn": "alert-triangle", "err": "alert-circle", "info": "info-circle"}
        line = row(gap=14)
        picture = QLabel()
        picture.setPixmap(pixmap(icons[tone], tone, 32))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        texts = column(gap=6)
        self.sentence = Note(sentence, "strong")
        texts.addWidget(self.sentence)
        if advice:
            texts.addWidget(Note(advice))
        line.addLayout(texts, 1)
        self.body.addLayout(line)


def show_problem(problem: Problem, parent: QWidget | None) -> MessageDialog:
    """Show a problem calmly."""
    dialog = MessageDialog(_("请看一下"), problem.sentence, problem.advice, parent)
    dialog.setObjectName("problem")
    dialog.add_button(_("知道了"), look="primary", default=True, name="understood").setFocus()
    dialog.open()
    return dialog


def ask(
    parent: QWidget | None,
    heading: str,
    sentence: str,
    advice: str,
    verb: str,
    on_yes: Callable[[], object],
    *,
    verb_no: str = "",
) -> MessageDialog:
    """Ask before something that cannot be undone; the safe answer has the focus."""
    dialog = MessageDialog(heading, sentence, advice, parent)
    dialog.setObjectName("question")

    def agree() -> None:
        dialog.accept()
        on_yes()

    dialog.add_button(verb, agree, look="danger", name="yes")
    dialog.add_button(verb_no or _("先不"), default=True, name="no").setFocus()
    dialog.open()
    return dialog


class ReasonDialog(SheetDialog):
    """Asks for a reason in one line before something that is kept in the records."""

    def __init__(
        self, heading: str, explanation: str, verb: str, on_reason: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(heading, parent)
        self.setObjectName("reason")
        self._on_reason = on_reason
        self.body.addWidget(Note(explanation))
        self.line = QLineEdit()
        self.line.setAccessibleName(_("理由"))
        self.line.setPlaceholderText(_("写一句理由"))
        self.body.addWidget(self.line)
        self.add_button(_("取消"))
        self._yes = self.add_button(verb, self._agree, look="primary", name="yes")
        self._yes.setEnabled(False)
        self.line.textChanged.connect(self._look_at)
        self.line.setFocus()

    def _look_at(self, text: str) -> None:
        self._yes.setEnabled(bool(text.strip()))

    def _agree(self) -> None:
        reason = self.line.text().strip()
        self.accept()
        self._on_reason(reason)
