"""The window of one inspection: its lines with score, evidence and problems."""

from __future__ import annotations

from branchdesk.ui.screens.inspection.screen import InspectionScreen

__all__ = ["InspectionScreen"]
