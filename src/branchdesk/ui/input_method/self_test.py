"""A box in which a clerk sees within seconds whether Chinese can be typed, and what to do when not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.input_method.detection import InputMethod, Kind

if TYPE_CHECKING:
    from branchdesk.ui.input_method.bridge import Bridge

_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS = 3  # so many letters without a Han character show that no input method took them


def standing(method: InputMethod, bridge: Bridge | None) -> str:
    """Whether Chinese can be typed at this computer, in one sentence."""
    if bridge is not None:
        return bridge.status()
    if method.kind is Kind.SYSTEM:
        return _("输入法：由操作系统提供。")
    if method.kind is Kind.IBUS:
        return _("输入法：由 ibus 提供。")
    return _("输入法：未连接，这台电脑现在没有运行 fcitx 或 ibus。")


class _TrialEdit(QLineEdit):
    """A line that tells what the input method put into it; pasted text proves nothing."""

    composed = Signal(str)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString():
            self.composed.emit(event.commitString())


class InputSelfTestBox(QWidget):
    """The standing of the input method, a line to try it, and the verdict.

    Object names for style and tests: `input_standing`, `input_trial`, `input_verdict`; the verdict carries
    the property `passed`, which is true once Han characters were typed.
    """

    def __init__(self, method: InputMethod, bridge: Bridge | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("input_self_test")
        self._method = method
        self._bridge = bridge
        self._passed = False
        self._build()
        self._lay_out()
        self._connect()
        self._show_standing()
        self._show_verdict()

    @property
    def has_passed(self) -> bool:
        """Whether Han characters were typed here by way of the input method."""
        return self._passed

    def _build(self) -> None:
        self._standing = QLabel(self)
        self._standing.setObjectName("input_standing")
        self._standing.setWordWrap(True)
        self._trial = _TrialEdit(self)
        self._trial.setObjectName("input_trial")
        self._trial.setPlaceholderText(_("请在这里打几个汉字试试"))
        self._label = QLabel(_("试打汉字"), self)
        self._label.setBuddy(self._trial)
        self._verdict = QLabel(self)
        self._verdict.setObjectName("input_verdict")
        self._verdict.setWordWrap(True)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self._label, self._trial)
        column = QVBoxLayout(self)
        column.addWidget(self._standing)
        column.addLayout(form)
        column.addWidget(self._verdict)

    def _connect(self) -> None:
        self._trial.composed.connect(self._note_composed)
        self._trial.textEdited.connect(self._show_verdict)
        if self._bridge is not None:
            self._bridge.status_changed.connect(self._show_standing)
            self._bridge.status_changed.connect(self._show_verdict)

    def _note_composed(self, text: str) -> None:
        self._passed = self._passed or _HAN.search(text) is not None
        self._show_verdict()

    def _show_standing(self) -> None:
        self._standing.setText(standing(self._method, self._bridge))

    def _show_verdict(self) -> None:
        self._verdict.setText(self._sentence())
        self._verdict.setProperty("passed", self._passed)
        # A style sheet looks at properties only when asked to.
        self._verdict.style().unpolish(self._verdict)
        self._verdict.style().polish(self._verdict)

    def _sentence(self) -> str:
        if self._passed:
            return _("✓ 可以输入汉字。")
        letters = sum(char.isascii() and char.isalpha() for char in self._trial.text())
        if letters < _LETTERS:
            return _("还没有收到汉字。")
        return "\n".join((_("只收到了字母，没有收到汉字。"), self._advice()))

    def _advice(self) -> str:
        if self._method.kind is Kind.SYSTEM:
            return _("请按 Shift 或 Win+空格 切换到中文输入法，再试一次。")
        if self._method.kind is Kind.NONE:
            return _("请先启动系统的输入法（fcitx 或 ibus），再重新打开本程序。")
        if self._bridge is not None and not self._bridge.is_connected:
            return _("请重新启动系统的输入法，连上以后再试一次。")
        return _("请按 Ctrl+空格 或左边的 Shift 切换到中文输入法，再试一次。")
