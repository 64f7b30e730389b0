"""Giving back what was typed and not stored when the program ended."""

from __future__ import annotations

from PySide6.QtCore import QObject

from branchdesk.services.meetings.drafts import MeetingDraft, draft_of
from branchdesk.ui.screens.meetings.editor import HELD, MeetingEditor
from branchdesk.ui.screens.meetings.file import MeetingFile
from branchdesk.ui.screens.meetings.writing import MINUTES, MinutesWriting
from branchdesk.ui.widgets.draft_bar import DraftBar


class MeetingDrafts(QObject):
    """Offers the draft of a meeting that comes to the front, and carries out what the clerk wants."""

    def __init__(self, writing: MinutesWriting, editor: MeetingEditor) -> None:
        super().__init__(editor)
        self._writing = writing
        self._editor = editor
        self.bar = DraftBar()
        self.bar.taken.connect(self._take)
        self.bar.refused.connect(self._refuse)

    def offer(self, file: MeetingFile | None) -> None:
        """Offer what was typed into a meeting and is not what is stored."""
        self.bar.offer(self._found(file))

    def _found(self, file: MeetingFile | None) -> MeetingDraft | None:
        if file is None or not file.is_open:
            return None
        found = draft_of(self._writing.desk.branch, file.meeting.uid)
        if found is not None and found.texts.get(MINUTES) == self._editor.minutes_text():
            self._writing.drop_draft()
            return None
        return found

    def _take(self) -> None:
        draft, page = self.bar.draft, self._editor.pages[HELD]
        self.bar.offer(None)
        if draft is not None and page.minutes is not None:
            self._editor.choose(HELD)
            page.minutes.put(draft.texts.get(MINUTES, ""))
            page.minutes.box.setFocus()
            page.minutes.commit()

    def _refuse(self) -> None:
        self.bar.offer(None)
        self._writing.drop_draft()
