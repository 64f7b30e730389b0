"""Importing a roster in four steps: the file, the columns, the problems, the result."""

from __future__ import annotations

from branchdesk.ui.screens.roster_import.screen import RosterImportScreen

__all__ = ["RosterImportScreen"]
