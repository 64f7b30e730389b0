"""The files of a meeting: adding, opening and taking them away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from branchdesk.domain.meetings.model import AttachedFile
from branchdesk.i18n import _
from branchdesk.services.meetings import attaching
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile


class MeetingFiling(QObject):
    """Keeps files in the evidence slots of the meeting in front."""

    def __init__(self, edits: MeetingEdits) -> None:
        super().__init__(edits)
        self._edits = edits
        self.file: MeetingFile | None = None

    def add_files(self, slot: str, paths: Sequence[Path]) -> None:
        """Add files of this computer to a slot, each as a step of its own: one refusal stops no other."""
        for path in paths:
            self._edits.do(attaching.attach, path, slot)

    def add_picture(self, slot: str, name: str, content: bytes) -> None:
        """Add a picture that was pasted."""
        self._edits.do(attaching.attach_content, name, content, slot)

    def open_file(self, uid: str) -> None:
        """Open a copy with the program that the system has for it."""
        known = self._known(uid)
        desk = self._edits.desk
        content = desk.do(partial(attaching.content_of, desk.branch, uid))
        if content is not None and known is not None:
            copy = desk.scratch_folder() / Path(known.name).name
            copy.write_bytes(content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _known(self, uid: str) -> AttachedFile | None:
        files = self.file.meeting.files if self.file is not None else ()
        return next((one for one in files if one.uid == uid), None)

    def remove_file(self, uid: str) -> None:
        """Move a file to the recycle bin."""
        self._edits.do(attaching.remove_file, uid, done=_("附件已移到回收站。"))
