"""The menu bar, made from the list of commands; it appears with Alt and goes away again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from branchdesk.i18n import _
from branchdesk.ui.commands import COMMANDS, MENUS, Command

if TYPE_CHECKING:
    from branchdesk.ui.window import MainWindow


def build_menus(window: MainWindow) -> None:
    """Give the window its menus and its keys."""
    bar = window.menuBar()
    may_write = window.desk.branch.person.role.may_write
    menus: dict[str, QMenu] = {name: bar.addMenu(_(name)) for name in MENUS}
    for command in COMMANDS:
        action = QAction(_(command.label), window)
        action.setObjectName(f"command_{command.does}")
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setEnabled(may_write or not command.writes)
        action.triggered.connect(partial(window.carry_out, command))
        menus[command.menu].addAction(action)
        # The actions belong to the window too, so that keys work while the bar is hidden.
        window.addAction(action)
    bar.setVisible(False)


def keys_of(command: Command) -> str:
    """The keys of a command as the system writes them."""
    return "  ".join(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys
    )
