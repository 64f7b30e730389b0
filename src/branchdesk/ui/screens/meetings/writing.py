"""The running text of the minutes: stored when it is left, kept as a draft meanwhile, helped by key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.meetings.model import Presence
from branchdesk.i18n import _
from branchdesk.reports.meetings.wording import vote_sentence
from branchdesk.services.meetings import drafts, editing, phrases
from branchdesk.ui.desk import Desk
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile

if TYPE_CHECKING:
    from branchdesk.ui.screens.meetings.minutes_editor import MinutesEditor

MINUTES = "minutes"


class MinutesWriting(QObject):
    """Stores and drafts the text of the meeting in front, and inserts what is asked for.

    `typed` tells that the text on the screen differs from what is stored, `vote_wanted` that another vote is.
    """

    typed = Signal()
    vote_wanted = Signal()

    def __init__(self, edits: MeetingEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._parent = parent
        self.file: MeetingFile | None = None

    @property
    def desk(self) -> Desk:
        """What the meeting lies on."""
        return self._edits.desk

    def store(self, text: str) -> None:
        """Store the text; the draft has done its duty then."""
        if self._edits.do(editing.set_minutes, text) is not None:
            self.drop_draft()

    def keep_draft(self, text: str) -> None:
        """Keep what is typed and not stored, in case the power goes."""
        drafts.keep_draft(self._edits.desk.branch, self._edits.uid, {MINUTES: text})

    def drop_draft(self) -> None:
        """Forget the draft."""
        drafts.drop_draft(self._edits.desk.branch, self._edits.uid)

    # ---- inserting

    def insert_phrase(self, editor: MinutesEditor) -> None:
        """Pick one of the fixed phrases."""
        words = phrases.fixed_phrases(self._edits.desk.branch)

        def take(place: int) -> None:
            editor.insert(words[place])

        self._pick(_("插入常用语"), words, take, editor)

    def insert_speaker(self, editor: MinutesEditor) -> None:
        """Pick who speaks, those present first, and begin a paragraph."""
        names = self._speakers()

        def take(place: int) -> None:
            editor.insert_line(f"{names[place]}：")

        self._pick(_("插入发言人"), names, take, editor)

    def _speakers(self) -> list[str]:
        if self.file is None:
            return []
        people = self.file.meeting.attendance
        ordered = sorted(people, key=lambda one: one.presence is not Presence.PRESENT)
        return list(dict.fromkeys(one.name for one in ordered))

    def insert_vote(self, editor: MinutesEditor) -> None:
        """Pick a vote whose result is written into the text, or begin another."""
        votes = list(self.file.meeting.votes) if self.file is not None else []
        new = _("＋ 新的表决…")
        words = [*(vote.subject for vote in votes), new]

        def take(place: int) -> None:
            if place < len(votes):
                editor.insert_line(vote_sentence(votes[place]))
            else:
                self.vote_wanted.emit()

        if votes:
            self._pick(_("插入表决"), words, take, editor)
        else:
            self.vote_wanted.emit()

    def _pick(
        self, heading: str, words: list[str], take: Callable[[int], object], editor: MinutesEditor
    ) -> None:
        dialog = PickDialog(
            heading,
            words,
            take,
            self._parent,
            nothing=_("这里还没有可以插入的内容。"),
        )
        dialog.finished.connect(partial(_go_back, editor))
        dialog.open()


def _go_back(editor: MinutesEditor, _result: int) -> None:
    editor.box.setFocus()
