"""The windows of inspections: the overview with the ledger of problems, and one inspection."""

from __future__ import annotations

from branchdesk.ui.screens.inspections.inspection_screen import InspectionScreen
from branchdesk.ui.screens.inspections.screen import InspectionsScreen

__all__ = ["InspectionScreen", "InspectionsScreen"]
