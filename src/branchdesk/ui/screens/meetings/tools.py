"""What the segments of the editor hand over: files, the running text, and everything that needs a dialog."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.ui.screens.meetings.asking import MeetingAsks
from branchdesk.ui.screens.meetings.filing import MeetingFiling
from branchdesk.ui.screens.meetings.writing import MinutesWriting


@dataclass(frozen=True)
class Tools:
    """The three of them, for one editor."""

    filing: MeetingFiling
    writing: MinutesWriting
    asks: MeetingAsks
