"""The evidence of one line: files, what the records say and what they lack; each is opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import HINT, look, px

_PICTURES = {"jpg", "jpeg", "png", "bmp", "gif"}
_ICONS = {"record": "calendar", "member": "user", "organisation": "building", "issue": "alert-triangle"}
_BESIDE, _TONE = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
_MOST_LINES, _GAP, _ICON_AND_GAPS = 6, 8, 48
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ShownProof:
    """One line of the list: what it is, what stands at the right, and what opens it.

    `proof` is the uid of a proof that can be taken away, empty for what the records themselves say;
    `lacking` says what is wrong with it.
    """

    title: str
    beside: str
    entity: str
    target: str
    proof: str = ""
    lacking: str = ""


class _TwoTexts(QStyledItemDelegate):
    """Draws a second text at the right of a line, in the colour of its tone."""

    @staticmethod
    def _beside(rect: QRect, index: _Index) -> str:
        metrics = QFontMetrics(look().font(HINT))
        return metrics.elidedText(
            str(index.data(_BESIDE) or ""), Qt.TextElideMode.ElideRight, rect.width() // 2
        )

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        rect: QRect = option.rect  # type: ignore[attr-defined] # the stubs leave it out
        taken = QFontMetrics(look().font(HINT)).horizontalAdvance(self._beside(rect, index))
        room = rect.width() - taken - px(_ICON_AND_GAPS)
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        text = str(index.data() or "")
        option.text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)  # type: ignore[attr-defined]

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setFont(look().font(HINT))
        painter.setPen(look().color(str(index.data(_TONE) or "text3")))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(0, 0, -px(_GAP), 0), flags, self._beside(rect, index))
        painter.restore()


class ProofList(QListWidget):
    """Lists evidence, as high as it is many. `opened` tells a line, `removing` that Delete was pressed."""

    opened = Signal(object)
    removing = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setObjectName("proofs")
        self.setAccessibleName(label)
        self.setProperty("role", "plain")
        self.setIconSize(icon_size())
        self.setItemDelegate(_TwoTexts(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self._shown: list[ShownProof] = []
        self.itemClicked.connect(self._open)
        self.hide()

    @property
    def chosen(self) -> ShownProof | None:
        """The line that is chosen; None where none is."""
        row = self.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def show_proofs(self, proofs: Sequence[ShownProof]) -> None:
        """Show other lines, keeping the chosen one where its place is still there."""
        if list(proofs) == self._shown:
            return
        chosen = self.currentRow()
        self._shown = list(proofs)
        self.clear()
        for one in self._shown:
            item = QListWidgetItem(one.title)
            item.setIcon(icon(_icon_of(one), "err" if one.lacking else "text2", selected="sel_text"))
            item.setData(_BESIDE, one.lacking or one.beside)
            item.setData(_TONE, "err" if one.lacking else "text3")
            words = "，".join(filter(None, (one.title, one.lacking or one.beside)))
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.addItem(item)
        self.setCurrentRow(min(chosen, self.count() - 1))
        self.setVisible(bool(self._shown))
        self.updateGeometry()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def _open(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        lines = max(1, min(self.count(), _MOST_LINES))
        return QSize(super().sizeHint().width(), lines * self._line_height() + px(4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), self.sizeHint().height())

    def _line_height(self) -> int:
        return look().row_height + px(4)


def _icon_of(one: ShownProof) -> str:
    if one.entity == "attachment":
        return "photo" if one.title.rpartition(".")[2].casefold() in _PICTURES else "file-text"
    return _ICONS.get(one.entity, "alert-circle" if one.lacking else "file-text")
