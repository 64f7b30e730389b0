"""Imports the heavy rooms on a thread while the person types."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

_HEAVY = ("branchdesk.ui.entry.founding", "branchdesk.ui.window")


class WarmUp(QObject):
    """Runs once in the life of a program; `when_done` waits for it."""

    _done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_done = False
        self._waiting: list[Callable[[], object]] = []
        self._thread: threading.Thread | None = None
        self._done.connect(self._finish)

    def begin(self) -> None:
        """Start importing; does nothing where it has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._import, name="warm-up", daemon=True)
            self._thread.start()

    def _import(self) -> None:
        for name in _HEAVY:
            importlib.import_module(name)
        self._done.emit()

    def _finish(self) -> None:
        self._is_done = True
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    def when_done(self, action: Callable[[], object]) -> None:
        """Carry out `action` on the window's thread, as soon as everything is imported."""
        if self._is_done:
            action()
        else:
            self._waiting.append(action)
