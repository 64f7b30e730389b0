"""The boxes of a ballot as they stand on paper: empty, or ticked in large strokes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from branchdesk.ui.look import look, px

TICKED = "✓"
_SIDE, _RADIUS = 24, 4
# The corners of a tick inside a box of side 1.
_TICK = ((0.2, 0.52), (0.42, 0.74), (0.82, 0.26))
Index = QModelIndex | QPersistentModelIndex


class MarkColumn(QStyledItemDelegate):
    """Paints each cell as a box; one whose text is `TICKED` has a tick in it."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined] # the stubs leave it out; the box is painted below

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        colors = look()
        room = QRectF(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        ticked = index.data() == TICKED
        side = px(_SIDE)
        box = QRectF(room.center().x() - side / 2, room.center().y() - side / 2, side, side)
        strokes = colors.color("sel_text" if chosen else "link" if ticked else "line2")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(strokes, px(2 if ticked else 1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush if chosen else colors.color("info_soft" if ticked else "card"))
        painter.drawRoundedRect(box, px(_RADIUS), px(_RADIUS))
        if ticked:
            pen = QPen(strokes, px(3))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corners = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in _TICK]
            painter.drawPolyline(QPolygonF(corners))
        painter.restore()
