"""A dialog in front, the bridge in place, a fcitx on the bus, and somebody who types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTableWidget, QTableWidgetItem, QVBoxLayout
from pytestqt.qtbot import QtBot

from branchdesk.ui.input_method.bridge import Bridge
from branchdesk.ui.input_method.protocol import dialects
from branchdesk.ui.input_method.session import Patience
from support.fcitx_stand_in import FcitxStandIn

PATIENT = Patience(first=20.0, later=20.0)
HASTY = Patience(first=20.0, later=0.25)
_KEYS = {" ": Qt.Key.Key_Space, "\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\x1b": Qt.Key.Key_Escape}


class TypingDesk:
    """The dialog has one line; tests add what they need to its `column`."""

    def __init__(self, qtbot: QtBot, application: QApplication, address: str) -> None:
        self.qtbot = qtbot
        self.application = application
        self.address = address
        self.fcitx = FcitxStandIn(address, 5)
        self.window = QDialog()
        self.line = QLineEdit()
        self.column = QVBoxLayout(self.window)
        self.column.addWidget(self.line)
        qtbot.addWidget(self.window)
        self.bridge: Bridge | None = None

    def start(self, patience: Patience = PATIENT) -> Bridge:
        """Put the bridge in place and bring the dialog to the front, with the keyboard in the line."""
        self.bridge = Bridge(self.application, self.address, dialects({}), patience)
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is self.window.windowHandle())
        self.line.setFocus()
        return self.bridge

    def replace_fcitx(self, generation: int) -> None:
        """Have the other generation of fcitx on the bus."""
        self.fcitx.die()
        self.fcitx = FcitxStandIn(self.address, generation)

    def type(self, text: str) -> None:
        """Press the keys that write `text`, in the window that is in front."""
        for char in text:
            self.press(_KEYS.get(char) or Qt.Key[f"Key_{char.upper()}"])

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press and release one key."""
        QTest.keyClick(QGuiApplication.focusWindow(), key, modifiers)

    def end(self) -> None:
        """Take everything away again."""
        if self.bridge is not None:
            self.bridge.close()
        self.fcitx.die()


def add_table(desk: TypingDesk) -> QTableWidget:
    """A table below the line, empty but for its first cell; it has the keyboard only when a test gives it."""
    table = QTableWidget(3, 2)
    table.setItem(0, 0, QTableWidgetItem("旧内容"))
    desk.column.addWidget(table)
    return table


def enter_cell(table: QTableWidget, row: int, column: int) -> None:
    """Give a closed cell the keyboard."""
    table.setCurrentCell(row, column)
    table.setFocus()
