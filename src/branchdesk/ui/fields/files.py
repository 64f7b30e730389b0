"""The editor of an evidence slot: files are added, pasted, dropped, opened and taken away.

It keeps nothing itself; whoever shows the form stores the files and fills the list anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _, _n
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.fields.scans import ScanDialog, choose_scan_folder, kinds_shown
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look, px
from branchdesk.ui.preferences import Preferences
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.drops import DropPlace
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.texts import Note

_PICTURES = {"jpg", "jpeg", "png", "bmp"}
_MOST_LINES = 5


class ListedFile(Protocol):
    """A file as a slot lists it; AttachedFile of a meeting is one."""

    @property
    def uid(self) -> str:
        """By what the file is known."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def slot(self) -> str:
        """The field that it belongs to."""

    @property
    def size(self) -> int:
        """Its size in bytes; 0 where nobody knows."""


class _FileList(QListWidget):
    """The files of a slot; as high as they are many."""

    pasting = Signal()
    removing = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasting.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(look().color("text3"))
            room = self.viewport().rect().adjusted(px(10), 0, -px(10), 0)
            words = painter.fontMetrics().elidedText(
                _("还没有文件，可拖到这里。"), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
            painter.end()

    @override
    def sizeHint(self) -> QSize:
        lines = max(1, min(self.count(), _MOST_LINES))
        return QSize(super().sizeHint().width(), lines * look().row_height + px(10))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), self.sizeHint().height())


class AttachmentsEditor(FieldEditor):
    """The files of one evidence slot.

    `files_chosen` tells paths of this computer, `picture_pasted` the name and PNG content of a picture that
    lay on the clipboard, `open_requested` and `removal_requested` the uid of a file. Whoever knows where
    scans are put offers them with `offer_scans`.
    """

    files_chosen = Signal(list)
    picture_pasted = Signal(str, bytes)
    open_requested = Signal(str)
    removal_requested = Signal(str)

    has_text = False

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self._preferences: Preferences | None = None
        self.place = DropPlace()
        self.list = _FileList()
        self.remark = Note("", "hint")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.show_files(())

    def _lay_out(self) -> None:
        box = column(gap=6, parent=self.place)
        self.list.setAccessibleName(self.field.shown())
        self.list.setIconSize(icon_size())
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        box.addWidget(self.list)
        line = QWidget()
        flow = Flow(line, gap=4)
        name = self.field.id
        self.add = button(_("添加"), self._choose, look="small", icon_name="paperclip", name=f"add_{name}")
        self.paste = button(
            _("粘贴"), self.take_clipboard, look="small", icon_name="clipboard", name=f"paste_{name}"
        )
        self.scan = button(
            _("从扫描文件夹…"), self._choose_scans, look="small", icon_name="folder-open", name=f"scan_{name}"
        )
        self.scan.hide()
        self.open = button(_("打开"), self._open, look="small", icon_name="eye", name=f"open_{name}")
        self.remove = button(_("移除"), self._remove, look="small", icon_name="x", name=f"remove_{name}")
        for one in (self.add, self.scan, self.paste, self.open, self.remove):
            flow.addWidget(one)
        box.addWidget(line)
        box.addWidget(self.remark)
        self.row.addWidget(self.place)

    def _connect(self) -> None:
        self.place.files_dropped.connect(self._take)
        self.list.pasting.connect(self.take_clipboard)
        self.list.removing.connect(self._remove)
        self.list.itemActivated.connect(self._open)
        self.list.itemSelectionChanged.connect(self._look_at_choice)

    # ---- showing

    def show_files(self, files: Sequence[ListedFile]) -> None:
        """Show the files of this slot."""
        chosen = self.list.currentRow()
        self.list.clear()
        for file in files:
            shown = file.name
            if file.size:
                shown = _("{name}（{size} KB）", name=file.name, size=max(1, file.size // 1024))
            item = QListWidgetItem(shown)
            item.setToolTip(shown)
            picture = file.name.rpartition(".")[2].casefold() in _PICTURES
            item.setIcon(icon("photo" if picture else "file-text", selected="sel_text"))
            item.setData(Qt.ItemDataRole.UserRole, file.uid)
            self.list.addItem(item)
        self.list.setCurrentRow(min(chosen, self.list.count() - 1))
        self.list.updateGeometry()
        self._look_at_choice()
        self.say("")

    def say(self, sentence: str) -> None:
        """Say what is wrong with what was to be added; without a sentence, what the slot takes."""
        self.remark.setText(sentence or self._rule())

    def _rule(self) -> str:
        slot = self.field.slot
        rules = []
        if slot is not None and slot.kinds:
            rules.append(_("可放 {kinds}。", kinds=kinds_shown(slot.kinds)))
        if slot is not None and slot.most:
            rules.append(_n("最多 {n} 个。", slot.most))
        return "".join([*rules, _("可拖入或粘贴。")])

    def _look_at_choice(self) -> None:
        chosen = bool(self.list.selectedItems())
        locked = not self.place.acceptDrops()
        self.open.setEnabled(chosen)
        self.remove.setEnabled(chosen and not locked)
        for one in (self.add, self.scan, self.paste):
            one.setEnabled(not locked and self._room() > 0)

    def _room(self) -> int:
        slot = self.field.slot
        return slot.most - self.list.count() if slot is not None and slot.most else 1000

    # ---- adding

    def offer_scans(self, preferences: Preferences) -> None:
        """Offer the files of the scan folder of a person too."""
        self._preferences = preferences
        self.scan.show()

    def _choose_scans(self) -> None:
        """Let the clerk tick files of the scan folder, which is asked for the first time."""
        preferences, slot = self._preferences, self.field.slot
        if preferences is None:
            return
        if preferences.now.scan_folder or choose_scan_folder(preferences, self) is not None:
            kinds = slot.kinds if slot is not None else ()
            ScanDialog(preferences, kinds, self._room(), self._take, self.window()).open()

    def _choose(self) -> None:
        slot = self.field.slot
        pattern = " ".join(f"*.{kind}" for kind in slot.kinds) if slot is not None and slot.kinds else "*"
        wanted = f"{self.field.shown()} ({pattern})"
        paths, _kind = QFileDialog.getOpenFileNames(self, self.field.shown(), "", wanted)
        self._take([Path(path) for path in paths])

    def _take(self, paths: Sequence[Path]) -> None:
        """Tell the files that the slot takes; say why it does not take the others."""
        slot = self.field.slot
        kinds = {kind.casefold() for kind in slot.kinds} if slot is not None else set()
        fitting = [path for path in paths if not kinds or path.suffix.lstrip(".").casefold() in kinds]
        strange = [path for path in paths if path not in fitting]
        most = self._room()
        if strange:
            self.say(
                _(
                    "“{name}”不是这里能放的文件，这里可放 {kinds}。",
                    name=strange[0].name,
                    kinds=kinds_shown(slot.kinds) if slot is not None else "",
                )
            )
        elif len(fitting) > most:
            self.say(_n("这里只能再放 {n} 个文件，其余没有添加。", most))
        if fitting[:most]:
            self.files_chosen.emit(fitting[:most])

    def take_clipboard(self) -> None:
        """Add the files or the picture on the clipboard."""
        content = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
        files = [path for path in paths if path.is_file()]
        if files:
            self._take(files)
        elif content.hasImage():
            picture = QGuiApplication.clipboard().image()
            name = _("粘贴的图片 {time}", time=f"{clock.now().astimezone():%m%d-%H%M%S}")
            self.picture_pasted.emit(f"{name}.png", _png(picture))
        else:
            self.say(_("剪贴板里没有文件，也没有图片。"))

    # ---- using

    def _chosen(self) -> str:
        return next((str(one.data(Qt.ItemDataRole.UserRole)) for one in self.list.selectedItems()), "")

    def _open(self) -> None:
        if self._chosen():
            self.open_requested.emit(self._chosen())

    def _remove(self) -> None:
        if self._chosen() and self.place.acceptDrops():
            self.removal_requested.emit(self._chosen())

    # ---- FieldEditor

    @override
    def text(self) -> str:
        return ""

    @override
    def _put(self, text: str) -> None:
        """Files are shown by `show_files`."""

    @override
    def set_read_only(self, *, read_only: bool) -> None:
        self.place.setAcceptDrops(not read_only)
        self._look_at_choice()


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want the format as bytes, Qt a text
    return bytes(buffer.data().data())
