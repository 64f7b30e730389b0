"""What belongs to a member besides the file: events of the Party life, and attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from branchdesk.domain.members import EventKind
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services import attachments
from branchdesk.services.members import MemberFile
from branchdesk.services.photos import trimmed_photo
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.drops import DropPlace
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.texts import Note, Words


def event_line(row: Mapping[str, Any], vocabulary: Vocabulary, *, is_here: bool = True) -> str:
    """An event in one line: date, kind, and where to or why; `is_here` says that the member has not left."""
    day = PartialDate.read(row["on_date"])
    if is_here and row["kind"] == EventKind.ARRIVED and day is None:
        words = [_("在本支部（转入日期未填）")]
    else:
        words = [day.shown() if day else _("日期未填"), vocabulary["event"].shown(row["kind"])]
    chosen = {"organisation_uid": "organisation", "group_uid": "group", "ending": "ending"}
    words += [vocabulary[dictionary].shown(row[key]) for key, dictionary in chosen.items() if row[key]]
    words += [row[key] for key in ("place", "document") if row[key]]
    return "  ".join(words)


# What opens every file where nobody knows the day: in which group, and that the member is here at all.
_UNDATED_LAST = (EventKind.GROUPED, EventKind.ARRIVED)
_LEAVING = (EventKind.DEPARTED, EventKind.ENDED, EventKind.DIED)


def _place(row: Mapping[str, Any]) -> int:
    """Behind the others for what only says where the member belongs, and not since when."""
    undated = not row["on_date"] and row["kind"] in _UNDATED_LAST
    return 1 + _UNDATED_LAST.index(row["kind"]) if undated else 0


class EventList(QWidget):
    """The events of a member, and the button that records another."""

    recording_requested = Signal()
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = column(gap=6, parent=self)
        head = row(gap=8)
        head.addWidget(Words(_("党籍记录"), "strong"), 1)
        head.addWidget(
            button(_("登记变动"), self.recording_requested.emit, icon_name="plus", name="record_event")
        )
        box.addLayout(head)
        self.list = QListWidget()
        self.list.setAccessibleName(_("党籍记录"))
        self.list.setFixedHeight(px(120))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setToolTip(_("双击可以更正或删除一条记录"))
        self.list.itemActivated.connect(self._tell)
        box.addWidget(self.list)

    def fill(self, events: Sequence[Mapping[str, Any]], vocabulary: Vocabulary) -> None:
        """Show events in their order; an arrival without its date comes last, unless somebody left since."""
        self.list.clear()
        is_here = not any(event["kind"] in _LEAVING for event in events)
        for event in sorted(events, key=_place) if is_here else events:
            item = QListWidgetItem(event_line(event, vocabulary, is_here=is_here))
            item.setData(Qt.ItemDataRole.UserRole, event["uid"])
            item.setToolTip(" ".join(filter(None, (item.text(), event["note"]))))
            self.list.addItem(item)

    def _tell(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class AttachmentList(DropPlace):
    """The photo and files of a member: add by button or by dropping, open, move to the bin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._file: MemberFile | None = None
        self.files_dropped.connect(self.add_files)
        box = column(gap=8, parent=self)
        box.setContentsMargins(0, px(8), 0, 0)
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(button(_("更换照片"), self._choose_photo, icon_name="photo", name="choose_photo"))
        flow.addWidget(button(_("添加附件"), self._choose_file, icon_name="paperclip", name="choose_file"))
        box.addWidget(line)
        self.list = QListWidget()
        self.list.setAccessibleName(_("附件"))
        self.list.setMinimumHeight(px(64))
        self.list.setIconSize(icon_size())
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Both the beginning of a name and its ending say what a file is.
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemActivated.connect(self._open)
        box.addWidget(self.list, 1)
        self._tools = QWidget()
        flow = Flow(self._tools)
        flow.addWidget(button(_("打开"), self._open_current, name="open_attachment"))
        flow.addWidget(button(_("移到回收站"), self._remove_current, look="ghost", name="remove_attachment"))
        box.addWidget(self._tools)
        box.addWidget(Note(_("也可以把文件拖到这里。附件加密保存在支部文件旁边。"), "hint"))

    def show_member(self, file: MemberFile | None) -> None:
        """Show the attachments of a member."""
        self._file = file
        self.setEnabled(file is not None)
        self.list.clear()
        for attachment in file.attachments if file else ():
            size = max(1, attachment["size"] // 1024)
            item = QListWidgetItem(_("{name}（{size} KB）", name=attachment["name"], size=size))
            item.setToolTip(item.text())
            photo = attachment["role"] == attachments.PHOTO
            item.setIcon(icon("photo" if photo else "file-text", selected="sel_text"))
            item.setData(Qt.ItemDataRole.UserRole, attachment)
            self.list.addItem(item)
        self._tools.setVisible(self.list.count() > 0)

    # ---- adding

    def _choose_photo(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("选择照片"), "", _("照片 (*.jpg *.jpeg *.png *.bmp)")
        )
        if path:
            self.add_photo(Path(path))

    def _choose_file(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(self, _("选择附件"))
        self.add_files([Path(path) for path in paths])

    def add_photo(self, path: Path) -> None:
        """Give the member a photo from a file."""
        file = self._file
        if file is not None:
            branch = self.desk.branch
            self.desk.do(
                lambda: attachments.set_photo(branch, file.uid, path.name, trimmed_photo(path)),
                _("照片已更换。"),
            )

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files to the member."""
        if self._file is None:
            return
        add = partial(attachments.add_attachment, self.desk.branch, self._file.uid)
        for path in paths:
            self.desk.do(partial(add, path))

    # ---- using

    def _current(self) -> Mapping[str, Any] | None:
        for item in self.list.selectedItems():
            found: Mapping[str, Any] = item.data(Qt.ItemDataRole.UserRole)
            return found
        return None

    def _open_current(self) -> None:
        for item in self.list.selectedItems():
            self._open(item)

    def _open(self, item: QListWidgetItem) -> None:
        """Open a copy with the program that the system has for it."""
        attachment = item.data(Qt.ItemDataRole.UserRole)
        content = self.desk.do(lambda: attachments.read_attachment(self.desk.branch, attachment))
        if content is not None:
            copy = self.desk.scratch_folder() / Path(attachment["name"]).name
            copy.write_bytes(content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _remove_current(self) -> None:
        attachment = self._current()
        if attachment is not None:
            self.desk.do(
                lambda: attachments.move_to_bin(self.desk.branch, attachment), _("附件已移到回收站。")
            )
