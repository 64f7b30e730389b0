"""Keys and clicks as the system hands them to the windows of the program, before any widget has them."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class WindowListener(QObject):
    """Its `eventFilter` is asked about what reaches a window of the program, dialogs included.

    A filter of the whole application is asked about every event of every widget, which costs a quarter of
    the time that opening a branch takes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.focus_moved)
            self.focus_moved(application.focusWindow())

    def focus_moved(self, window: QWindow | None) -> None:
        """Another window has the keyboard, or none; listen to it from now on."""
        if window is not None:
            window.installEventFilter(self)
