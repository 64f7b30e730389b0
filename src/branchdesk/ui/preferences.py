"""The settings of this person, shared by both windows and kept on every change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from branchdesk.errors import Problem
from branchdesk.settings import Settings, save_settings


class Preferences(QObject):
    """`changed` tells the new settings, `not_kept` the Problem where they could not be written."""

    changed = Signal(object)
    not_kept = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = settings

    @property
    def now(self) -> Settings:
        """The settings in use."""
        return self._now

    def choose(self, **choices: Any) -> None:
        """Change some settings and keep them for the next start."""
        self.keep(replace(self._now, **choices))

    def keep(self, settings: Settings) -> None:
        """Use other settings and keep them for the next start."""
        self._now = settings
        try:
            save_settings(settings)
        except Problem as problem:
            self.not_kept.emit(problem)
        self.changed.emit(settings)
