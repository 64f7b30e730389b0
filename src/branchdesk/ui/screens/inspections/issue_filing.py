"""The files that prove a rectification: added, pasted, dropped, opened and taken away, each as a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _
from branchdesk.services.inspections import issue_files
from branchdesk.services.meetings import attaching
from branchdesk.ui.desk import Desk
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.fields.files import AttachmentsEditor


@dataclass(frozen=True)
class RectifiedFile:
    """A file of a problem as the editor of a slot lists it."""

    uid: str
    name: str
    size: int
    slot: str = ""


class IssueFiling(QObject):
    """Keeps the files of one problem and shows them in its `editor`."""

    def __init__(self, desk: Desk, uid: str, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._desk = desk
        self._uid = uid
        made = asked("rectified", "attachments", _("整改材料"), vocabulary)
        assert isinstance(made, AttachmentsEditor)  # noqa: S101 - what the type stands for
        self.editor = made
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.editor.offer_scans(self._desk.preferences)
        self.editor.files_chosen.connect(self._add_files)
        self.editor.picture_pasted.connect(self._add_picture)
        self.editor.open_requested.connect(self._open)
        self.editor.removal_requested.connect(self._remove)

    def _show(self) -> None:
        files = issue_files.issue_files(self._desk.branch, self._uid)
        self.editor.show_files([RectifiedFile(one.uid, one.name, one.size) for one in files])

    def _add_files(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self._desk.do(partial(issue_files.attach_rectified, self._desk.branch, self._uid, path))
        self._show()

    def _add_picture(self, name: str, content: bytes) -> None:
        add = issue_files.attach_rectified_content
        self._desk.do(partial(add, self._desk.branch, self._uid, name, content))
        self._show()

    def _open(self, uid: str) -> None:
        """Open a copy with the program that the system has for it."""
        files = issue_files.issue_files(self._desk.branch, self._uid)
        known = next((one for one in files if one.uid == uid), None)
        content = self._desk.do(partial(attaching.content_of, self._desk.branch, uid))
        if content is not None and known is not None:
            copy = self._desk.scratch_folder() / Path(known.name).name
            copy.write_bytes(content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _remove(self, uid: str) -> None:
        remove = partial(issue_files.remove_issue_file, self._desk.branch, self._uid, uid)
        self._desk.do(remove, _("附件已移到回收站。"))
        self._show()
