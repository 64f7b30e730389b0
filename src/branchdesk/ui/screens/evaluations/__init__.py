"""The window of evaluation: the points of members and what they are exchanged for."""

from __future__ import annotations

from branchdesk.ui.screens.evaluations.screen import EvaluationsScreen

__all__ = ["EvaluationsScreen"]
