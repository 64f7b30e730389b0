"""The signs of how far a star has come: each has its own shape and word, so nobody depends on colours."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.model import StarState
from branchdesk.i18n import _, later
from branchdesk.ui.look import look, px

NONE = ""  # the sign of a dimension in which nobody declared anything
SIDE = 17
_WORDS = {
    StarState.DECLARED: later("自评"),
    StarState.RECOMMENDED: later("推荐"),
    StarState.REVIEWED: later("审核"),
    StarState.APPROVED: later("研究"),
    StarState.AWARDED: later("授星"),
    StarState.DECLINED: later("未授"),
}
_TONES: dict[str, str] = {
    StarState.AWARDED: "warn_g",
    StarState.REVIEWED: "warn_g",
    StarState.APPROVED: "warn_g",
    StarState.RECOMMENDED: "warn_g",
    StarState.DECLARED: "text2",
}
# The legend of the matrix, the furthest first.
LEGEND = (
    (StarState.AWARDED, later("授星")),
    (StarState.REVIEWED, later("审核、研究")),
    (StarState.RECOMMENDED, later("支部推荐")),
    (StarState.DECLARED, later("自评")),
    (StarState.DECLINED, later("未授")),
    (NONE, later("未申报")),
)
_CORNERS, _INNER = 5, 0.42


def word_of(state: StarState) -> str:
    """The state of a star in two letters."""
    return _(_WORDS[state])


def tone_of(state: str) -> str:
    """The colour of a sign."""
    return _TONES.get(state, "text3")


def paint_sign(painter: QPainter, room: QRectF, state: str, color: QColor) -> None:
    """Paint the sign of a state: a full, half or empty star, a circle, a cross, a dash."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, max(1.0, px(3) / 2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle, half = room.center(), room.width() / 2
    if state in {StarState.AWARDED, StarState.RECOMMENDED, StarState.REVIEWED, StarState.APPROVED}:
        _paint_star(painter, room, state, color)
    elif state == StarState.DECLARED:
        painter.drawEllipse(middle, half * 0.62, half * 0.62)
    elif state == StarState.DECLINED:
        arm = half * 0.5
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
    else:
        painter.drawLine(middle + QPointF(-half * 0.5, 0), middle + QPointF(half * 0.5, 0))
    painter.restore()


def _paint_star(painter: QPainter, room: QRectF, state: str, color: QColor) -> None:
    shape = _star(room)
    if state == StarState.AWARDED:
        painter.setBrush(color)
    elif state != StarState.RECOMMENDED:
        painter.save()
        painter.setClipRect(QRectF(room.left(), room.top(), room.width() / 2, room.height()))
        painter.setBrush(color)
        painter.drawPolygon(shape)
        painter.restore()
    painter.drawPolygon(shape)


def _star(room: QRectF) -> QPolygonF:
    """A star with five corners, one of them up."""
    middle, radius = room.center(), room.width() / 2 * 0.95
    points = []
    for corner in range(2 * _CORNERS):
        far = radius * (_INNER if corner % 2 else 1)
        angle = -pi / 2 + corner * pi / _CORNERS
        points.append(QPointF(middle.x() + far * cos(angle), middle.y() + far * sin(angle)))
    return QPolygonF(points)


class Sign(QWidget):
    """One sign of the legend."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(SIDE), px(SIDE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sign(painter, QRectF(self.rect()), self._state, look().color(tone_of(self._state)))
        painter.end()
