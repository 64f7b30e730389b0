"""What reaches the windows of the program is heard wherever the keyboard is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from branchdesk.ui.window_listener import WindowListener


class Listener(WindowListener):
    """Keeps the kinds of events that it hears."""

    def __init__(self, parent: QObject) -> None:
        self.heard: list[QEvent.Type] = []
        super().__init__(parent)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard.append(event.type())
        return False


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.setCentralWidget(QLineEdit())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press_a_key(widget: QWidget) -> None:
    handle = widget.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)


def test_a_key_that_a_widget_takes_is_heard(window: QMainWindow) -> None:
    listener = Listener(window)
    press_a_key(window)
    line = window.centralWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == "a"
    assert QEvent.Type.KeyPress in listener.heard


def test_a_click_is_heard(window: QMainWindow) -> None:
    listener = Listener(window)
    handle = window.windowHandle()
    assert handle is not None
    nothing_held = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, nothing_held, QPoint(10, 10))
    assert QEvent.Type.MouseButtonPress in listener.heard


def test_a_key_in_a_dialog_that_opens_later_is_heard(qtbot: QtBot, window: QMainWindow) -> None:
    listener = Listener(window)
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    listener.heard.clear()
    press_a_key(dialog)
    assert QEvent.Type.KeyPress in listener.heard


def test_what_widgets_say_to_each_other_is_not_asked_about(window: QMainWindow) -> None:
    listener = Listener(window)
    for text in ("一", "二", "三"):
        window.centralWidget().setToolTip(text)
    assert listener.heard == []
