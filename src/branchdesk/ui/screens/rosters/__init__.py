"""The roster window: tree, grid, cards and the pane of one member."""

from __future__ import annotations

from branchdesk.ui.screens.rosters.screen import RosterScreen

__all__ = ["RosterScreen"]
