"""The windows of meetings: the list with its year calendar, and the editor of one meeting."""

from __future__ import annotations

from branchdesk.ui.screens.meetings.meeting_screen import MeetingScreen
from branchdesk.ui.screens.meetings.screen import MeetingsScreen

__all__ = ["MeetingScreen", "MeetingsScreen"]
