"""The papers of the meeting in front: what its print menu offers, and the minutes while they are typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from branchdesk.documents.model import Document
from branchdesk.i18n import _
from branchdesk.reports.meetings.papers import meeting_paper
from branchdesk.ui.desk import Desk
from branchdesk.ui.page import Page
from branchdesk.ui.screens.meetings.file import MeetingFile
from branchdesk.ui.screens.meetings.printing import PAPER_TITLES, papers_in_order


class MeetingPapers(QObject):
    """Asks for papers of the meeting in front, once what is typed is stored.

    `typed` is the running text as it stands on the screen; None where that is what is stored.
    """

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.file: MeetingFile | None = None
        self.typed: str | None = None

    def minutes(self) -> Document:
        """The minutes as they would be printed, with what is being typed; asked for on the worker."""
        assert self.file is not None  # noqa: S101 - nothing is shown otherwise
        return meeting_paper(self._desk.branch, self.file.meeting.uid, "minutes", typed=self.typed)

    def fill_menu(self, menu: QMenu) -> None:
        """Every paper that the meeting can have."""
        file = self.file
        for kind in papers_in_order(file.form, file.meeting) if file is not None else ():
            menu.addAction(_("{paper}…", paper=_(PAPER_TITLES[kind])), partial(self.print_paper, kind))
        menu.addSeparator()
        menu.addAction(_("导出 Excel…"), self.export)

    def export(self) -> None:
        """Everything about the meeting as a workbook."""
        self._page.commit()
        if self.file is not None:
            self._desk.screen_requested.emit("meeting_export", self.file.meeting.uid)

    def print_paper(self, kind: str) -> None:
        """One paper."""
        self._page.commit()
        if self.file is not None:
            self._desk.screen_requested.emit("print_meeting", (self.file.meeting.uid, kind))

    def print_version(self, revision: int) -> None:
        """The minutes as they were finalised an earlier time."""
        if self.file is not None:
            self._desk.screen_requested.emit("print_meeting", (self.file.meeting.uid, "minutes", revision))
