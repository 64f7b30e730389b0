"""What an edit of a meeting needs a dialog for: one person, one vote, candidates, people to expect."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.meetings.model import Vote
from branchdesk.i18n import _
from branchdesk.services.meetings import attending
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.screens.meetings.candidates_dialog import CandidatesDialog
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile
from branchdesk.ui.screens.meetings.person_dialog import PersonDialog
from branchdesk.ui.screens.meetings.vote_dialog import VoteDialog


class MeetingAsks(QObject):
    """Opens the dialogs of the meeting in front. `vote_added` tells the uid of a new vote."""

    vote_added = Signal(str)

    def __init__(self, edits: MeetingEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._parent = parent
        self.file: MeetingFile | None = None

    def show_person(self, uid: str) -> None:
        """One person of those who are expected."""
        file = self.file
        person = next((one for one in file.meeting.attendance if one.uid == uid), None) if file else None
        if file is not None and person is not None and file.may_write:
            words = file.form.meeting
            is_chosen = words is not None and words.expected == "chosen"
            PersonDialog(self._edits, person, self._parent, is_open=file.is_open, is_chosen=is_chosen).open()

    def add_people(self) -> None:
        """Add somebody to a meeting whose people are chosen one by one."""
        file = self.file
        if file is None:
            return
        there = {one.person for one in file.meeting.attendance}
        members = [one for one in file.around.vocabulary["member"].entries if one.code not in there]

        def take(place: int) -> None:
            self._edits.do(attending.add_expected, [members[place].code])

        PickDialog(
            _("添加应到的人"), [one.shown() for one in members], take, self._parent, verb=_("添加")
        ).open()

    def _vote(self, uid: str) -> Vote | None:
        votes = self.file.meeting.votes if self.file is not None else ()
        return next((one for one in votes if one.uid == uid), None)

    def add_vote(self) -> None:
        """Another vote."""
        if self.file is not None and self.file.is_open:
            VoteDialog(self._edits, self.file, None, self._parent, self.vote_added.emit).open()

    def show_vote(self, uid: str) -> None:
        """Everything about a vote."""
        vote = self._vote(uid)
        if self.file is not None and self.file.is_open and vote is not None:
            VoteDialog(self._edits, self.file, vote, self._parent).open()

    def show_candidates(self, uid: str) -> None:
        """The candidates of an election."""
        vote = self._vote(uid)
        if self.file is not None and self.file.is_open and vote is not None:
            CandidatesDialog(self._edits, self.file, vote, self._parent).open()
