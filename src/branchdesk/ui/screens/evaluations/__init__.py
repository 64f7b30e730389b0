"""The window of evaluation: evaluations with their steps, the points of members and their exchange."""

from __future__ import annotations

from branchdesk.ui.screens.evaluations.screen import EvaluationsScreen

__all__ = ["EvaluationsScreen"]
