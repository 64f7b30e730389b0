"""The evidence under one line with what can be done: pick from the records, add, drop and paste files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from branchdesk import clock
from branchdesk.domain.inspections.model import ProofSlot
from branchdesk.i18n import _, _n
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.screens.inspection.line_words import SLOT_WORDS
from branchdesk.ui.screens.inspection.proof_list import ProofList, ShownProof
from branchdesk.ui.widgets.buttons import Segments, button
from branchdesk.ui.widgets.drops import DropPlace
from branchdesk.ui.widgets.layouts import Flow, column, frame, row
from branchdesk.ui.widgets.texts import Note, Words


def png_of(picture: QImage) -> bytes:
    """A picture as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want the format as bytes, Qt a text
    return bytes(buffer.data().data())


class FilePlace(DropPlace):
    """Takes files that are dropped, pasted or chosen. `pasted` tells the name and content of a picture."""

    pasted = Signal(str, bytes)

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self._read_only = False
        self.area = frame("drop")
        self._words = Note(hint, "hint")
        self.box = column(gap=6, parent=self)
        self.line = line = row(gap=8, parent=self.area)
        line.setContentsMargins(px(10), px(4), px(6), px(4))
        picture = QLabel()
        picture.setPixmap(pixmap("photo", "text3", 18))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)

    def say(self, sentence: str) -> None:
        """Say what is wrong with what was to be added; without a sentence, what can be done here."""
        self._words.setText(sentence or self._hint)

    def choose_files(self) -> None:
        """Ask for files of this computer."""
        paths, _kind = QFileDialog.getOpenFileNames(self.window(), _("添加文件"))
        if paths:
            self.files_dropped.emit([Path(path) for path in paths])

    def take_clipboard(self) -> None:
        """Take the files or the picture on the clipboard."""
        if self._read_only:
            return
        content = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
        files = [path for path in paths if path.is_file()]
        if files:
            self.files_dropped.emit(files)
        elif content.hasImage():
            name = _("粘贴的图片 {time}", time=f"{clock.now().astimezone():%m%d-%H%M%S}")
            self.pasted.emit(f"{name}.png", png_of(QGuiApplication.clipboard().image()))
        else:
            self.say(_("剪贴板里没有文件，也没有图片。"))

    def set_read_only(self, *, read_only: bool) -> None:
        """Take nothing more."""
        self._read_only = read_only
        self.setAcceptDrops(not read_only)
        self.area.setVisible(not read_only)


class ProofsPanel(FilePlace):
    """`opened` tells a line of the list, `removing_requested` the uid of a proof.

    `picking` asks for records to pick from. What is added belongs to the slot in front.
    """

    opened = Signal(object)
    removing_requested = Signal(str)
    picking = Signal()

    def __init__(self) -> None:
        super().__init__(_("把材料拖到这里，或按 Ctrl+V 粘贴截图"))
        self.slot = Segments([(slot.value, _(words)) for slot, words in SLOT_WORDS.items()], ProofSlot.RECORD)
        self.list = ProofList(_("佐证材料"))
        self.pick = button(
            _("从档案挑选"), self.picking.emit, look="link", icon_name="archive", name="pick_proof"
        )
        self.add = button(
            _("添加文件"), self.choose_files, look="link", icon_name="paperclip", name="add_proof"
        )
        self.paste = button(
            "",
            self.take_clipboard,
            look="link",
            icon_name="clipboard",
            tip=_("粘贴截图或文件"),
            name="paste_proof",
        )
        self.remove = button(_("移除"), self._remove, look="link", icon_name="x", name="remove_proof")
        self._count = Words("", "hint")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QWidget()
        flow = Flow(head, gap=8)
        flow.addWidget(Words(_("佐证材料"), "heading"))
        flow.addWidget(self._count)
        for one in (self.pick, self.add, self.paste, self.remove):
            flow.addWidget(one)
        self.line.addWidget(self.slot)
        self.box.addWidget(head)
        self.box.addWidget(self.list)
        self.box.addWidget(self.area)

    def _connect(self) -> None:
        self.list.opened.connect(self.opened)
        self.list.removing.connect(self._remove)
        self.list.currentRowChanged.connect(self._look_at_choice)

    def show_proofs(self, proofs: Sequence[ShownProof], wanted: str) -> None:
        """Show other evidence; `wanted` says what the form asks for."""
        self.list.show_proofs(proofs)
        count = sum(1 for one in proofs if not one.lacking)
        self._count.setText(_n("{n} 件", count) if count else _("还没有"))
        self._hint = _("把材料拖到这里，或按 Ctrl+V 粘贴截图")
        if wanted:
            self._hint = _("应有：{proof}。把材料拖到这里，或按 Ctrl+V 粘贴截图", proof=wanted)
        self.say("")
        self._look_at_choice()

    def _look_at_choice(self) -> None:
        chosen = self.list.chosen
        self.remove.setVisible(chosen is not None and bool(chosen.proof) and not self._read_only)

    def _remove(self) -> None:
        chosen = self.list.chosen
        if chosen is not None and chosen.proof and not self._read_only:
            self.removing_requested.emit(chosen.proof)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look and open, but add and remove nothing."""
        super().set_read_only(read_only=read_only)
        for one in (self.pick, self.add, self.paste):
            one.setVisible(not read_only)
        self._look_at_choice()
