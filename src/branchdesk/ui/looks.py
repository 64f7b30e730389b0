"""Changing how the window looks while it is open: letters, theme."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from branchdesk.settings import SCALES
from branchdesk.ui.look import look
from branchdesk.ui.preferences import Preferences


class Looks(QObject):
    """Keeps the choice and asks for the window to be built anew in it."""

    rebuilding = Signal()

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences

    def larger(self) -> None:
        """Ctrl+=."""
        self._step(1)

    def smaller(self) -> None:
        """Ctrl+-."""
        self._step(-1)

    def standard(self) -> None:
        """Ctrl+0."""
        self.choose_scale(SCALES[0])

    def _step(self, step: int) -> None:
        place = SCALES.index(look().scale) + step
        if 0 <= place < len(SCALES):
            self.choose_scale(SCALES[place])

    def choose_scale(self, scale: int) -> None:
        """Letters of another size, in percent."""
        self.choose(scale=scale)

    def choose_theme(self, theme: str) -> None:
        """Another theme."""
        self.choose(theme=theme)

    def choose(self, **choices: Any) -> None:
        """Keep choices of looks or language and build the window anew."""
        self._preferences.choose(**choices)
        self.rebuilding.emit()
