"""A scroll area for content that grows while it is worked on: votes, decisions and reasons are added."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.ui.widgets.layouts import FitScroll


class GrowingScroll(FitScroll):
    """Gives its content the height that it needs whenever that changes."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        content.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit(self.widget().width())
        return bool(super().eventFilter(watched, event))
