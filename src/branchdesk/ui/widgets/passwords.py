"""A line for a password: hidden, with an eye, a warning for Caps Lock, and how strong it looks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.passwords import STRENGTHS, password_problem, password_strength
from branchdesk.i18n import _
from branchdesk.ui.icons import icon
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Note


def _least_length() -> int:
    """The length of the rule. Rules are read when a password is chosen, not in the first window."""
    from branchdesk.forms.rules import shipped_rules  # noqa: PLC0415

    return shipped_rules().at("password_length", clock.today()).value


class PasswordLine(QWidget):
    """`changed` tells every key, `confirmed` that Enter was pressed."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, label: str, *, strength: bool = False) -> None:
        super().__init__()
        box = column(gap=4, parent=self)
        line = row(gap=4)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText)
        self._eye = button("", look="ghost", icon_name="eye", tip=_("显示口令"), name="show_password")
        self._eye.setCheckable(True)
        self._eye.clicked.connect(self._show)
        line.addWidget(self.line, 1)
        line.addWidget(self._eye)
        box.addLayout(line)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximum(STRENGTHS)
        self._bar.setFixedWidth(px(120))
        self._bar.setAccessibleName(_("口令强度"))
        self._bar.setVisible(strength)
        self._remark = Note("", "hint")
        self._remark.hide()
        box.addWidget(self._bar)
        box.addWidget(self._remark)
        self._strength = strength
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._judge)
        self.line.returnPressed.connect(self.confirmed)
        self.line.installEventFilter(self)

    def text(self) -> str:
        """The password as typed."""
        return self.line.text()

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()

    def _show(self, visible: bool) -> None:  # noqa: FBT001 - a signal's argument
        mode = QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._eye.setIcon(icon("eye-off" if visible else "eye"))

    def _judge(self, typed: str) -> None:
        self.changed.emit()
        if not self._strength:
            return
        least = _least_length()
        strength = password_strength(typed, least)
        self._bar.setValue(strength)
        words = (_("太弱"), _("较弱"), _("一般"), _("较强"), _("很强"))[strength]
        self._say(password_problem(typed, least) or _("强度：{words}", words=words) if typed else "")

    def _say(self, sentence: str) -> None:
        self._remark.setText(sentence)
        self._remark.setVisible(bool(sentence))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice letters that only Caps Lock makes, and full-width signs of an input method."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._strength:
            typed = event.text()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if typed.isalpha() and typed.isascii():
                capital = typed.isupper() != shift
                self._say(_("大写锁定可能打开了。") if capital else "")
        return False
