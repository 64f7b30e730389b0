"""Scrolls a form whose height changes while it is filled in, since fields come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from branchdesk.ui.widgets.layouts import FitScroll


class FormScroll(FitScroll):
    """Gives its content the height that it needs, whenever its layout changes."""

    # Qt filters events before the base class is done.
    _breadth = 0

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._breadth = event.size().width()
        super().resizeEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._breadth and watched is self.widget():
            self._fit(self._breadth)
        return bool(super().eventFilter(watched, event))
