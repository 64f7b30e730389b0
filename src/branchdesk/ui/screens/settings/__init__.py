"""The settings: looks, safety, backups, dictionaries, rules, input method."""

from __future__ import annotations

from branchdesk.ui.screens.settings.screen import SettingsScreen

__all__ = ["SettingsScreen"]
