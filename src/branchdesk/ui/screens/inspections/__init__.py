"""The overview of inspections: their list, the ledger of problems, spot checks, and their dialogs."""

from __future__ import annotations

from branchdesk.ui.screens.inspections.screen import InspectionsScreen

__all__ = ["InspectionsScreen"]
