"""What screens and dialogs may know of the window that holds them."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow
from typing_extensions import override

from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import opens_list
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.widgets.messages import Toast


class Frame(QMainWindow):
    """A window around an open branch: its desk, its worker, and its short messages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.jobs = JobRunner(self)
        self.toast = Toast(self)

    @override
    def event(self, event: QEvent) -> bool:
        """A list that has the focus gets Alt+Down before the window does."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and opens_list(event) and isinstance(QApplication.focusWidget(), QComboBox):
            event.accept()
            return True
        return bool(super().event(event))
