"""A ring that shows how much of something is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.look import look, px

_SIDE, _LOW_SIDE, _BREADTH = 72, 44, 8
_WHOLE, _TOP = 100, 90  # percent, and where Qt's angles have twelve o'clock
_STEPS = 16  # Qt counts angles in sixteenths of a degree


class Ring(QWidget):
    """A percentage as a ring with its figure in the middle; it is grey, amber, or green where all is done."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._percent = 0
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_percent(0)

    @property
    def percent(self) -> int:
        """What is shown, from 0 to 100."""
        return self._percent

    def show_percent(self, percent: int) -> None:
        """Show another percentage."""
        self._percent = min(max(percent, 0), _WHOLE)
        words = _("{label} {n}%", label=self._label, n=self._percent)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def set_low(self, *, low: bool) -> None:
        """Be smaller where large letters meet a small screen."""
        self._low = low
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = px(_LOW_SIDE if self._low else _SIDE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        breadth = px(_BREADTH * (0.75 if self._low else 1))
        side = min(self.width(), self.height()) - breadth - px(2)
        ring = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(look().color("ring_bg"), breadth))
        painter.drawEllipse(ring)
        if self._percent:
            done = QPen(look().color("ok_g" if self._percent == _WHOLE else "warn_g"), breadth)
            done.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(done)
            painter.drawArc(ring, _TOP * _STEPS, -round(360 * self._percent / _WHOLE * _STEPS))
        painter.setPen(look().color("text"))
        painter.setFont(look().font(10 if self._low else 16, strong=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self._percent}%")
        painter.end()
