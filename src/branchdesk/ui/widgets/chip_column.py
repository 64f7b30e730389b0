"""A column of a list whose words stand in chips: a border and a soft ground in the tone of the word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from branchdesk.ui.look import HINT, look, px

TONE = int(Qt.ItemDataRole.UserRole) + 1
# What a chip takes beside its words: its padding, its border and the padding of the cell.
CHIP_ROOM = 12
_PADDING, _GAP, _RADIUS, _HEIGHT = 8, 6, 4, 22
Index = QModelIndex | QPersistentModelIndex


class ChipColumn(QStyledItemDelegate):
    """Paints the words of a cell as a chip; its tone (ok, warn, err, info or empty) lies in the role `TONE`.

    Cells without a tone are painted as usual.
    """

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(TONE) is not None:
            option.text = ""  # type: ignore[attr-defined] # the stubs leave it out; the chip is painted below

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        words, tone = str(index.data() or ""), index.data(TONE)
        if not words or tone is None:
            return
        colors = look()
        room: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(colors.font(HINT))
        metrics = painter.fontMetrics()
        most = room.width() - 2 * px(_GAP)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most - 2 * px(_PADDING))
        breadth = min(metrics.horizontalAdvance(words) + 2 * px(_PADDING), most)
        height = min(px(_HEIGHT), room.height() - 2)
        chip = QRect(room.left() + px(_GAP), room.center().y() - height // 2, breadth, height)
        painter.setPen(QPen(colors.color(tone or "line2"), 1))
        painter.setBrush(colors.color(f"{tone}_soft" if tone else "mute_soft"))
        painter.drawRoundedRect(chip, px(_RADIUS), px(_RADIUS))
        painter.setPen(colors.color(tone or "text2"))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()
