"""The menu bar, made from the list of commands; it appears with Alt and goes away again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.commands import COMMANDS, MENUS, Command
from branchdesk.ui.frame import Frame
from branchdesk.ui.window_listener import WindowListener

_NOTHING_HELD = Qt.KeyboardModifier.NoModifier


def build_menus(window: Frame) -> None:
    """Give the window its menus and its keys."""
    bar = window.menuBar()
    may_write = window.desk.branch.person.role.may_write
    menus: dict[str, QMenu] = {name: bar.addMenu(_(name)) for name in MENUS}
    for command in COMMANDS:
        action = QAction(_(command.label), window)
        action.setObjectName(f"command_{command.does}")
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setEnabled(may_write or not command.writes)
        action.triggered.connect(partial(window.desk.command_requested.emit, command))
        menus[command.menu].addAction(action)
        # The actions belong to the window too, so that keys work while the bar is hidden.
        window.addAction(action)
    bar.setVisible(False)
    MenuKey(window)


def open_menu(window: Frame, below: QWidget) -> None:
    """Open all menus in one, below a button."""
    whole = QMenu(window)
    whole.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    whole.addActions(window.menuBar().actions())
    whole.popup(below.mapToGlobal(QPoint(0, below.height())))


class MenuKey(WindowListener):
    """Shows and hides the menu bar when Alt is pressed and let go, with nothing else in between."""

    def __init__(self, window: Frame) -> None:
        self._window = window
        self._alone = False
        super().__init__(window)

    @override
    def focus_moved(self, window: QWindow | None) -> None:
        self._alone = False
        super().focus_moved(window)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Alt:
                alone, self._alone = self._alone, False
                if alone and self._window.isActiveWindow():
                    self._toggle()
            else:
                only_alt = event.modifiers() in {_NOTHING_HELD, Qt.KeyboardModifier.AltModifier}
                self._alone = event.key() == Qt.Key.Key_Alt and only_alt
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._alone = False
        return False

    def _toggle(self) -> None:
        bar = self._window.menuBar()
        bar.setVisible(not bar.isVisible())
        if bar.isVisible():
            bar.setFocus()


def keys_of(command: Command) -> str:
    """The keys of a command as the system writes them."""
    return "  ".join(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys
    )
