"""Shows the steps of a wizard: done, present, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import look, px

_CIRCLE = 26


class Stepper(QWidget):
    """Numbered circles on a line, each with its words below."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._labels = list(labels)
        self._current = 0
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Show which step is the present one, from 0; one behind the last where all are done."""
        self._current = step
        step = min(step, len(self._labels) - 1)
        self.setAccessibleName(
            _(
                "第 {n} 步，共 {count} 步：{label}",
                n=step + 1,
                count=len(self._labels),
                label=self._labels[step],
            )
        )
        self.update()

    def set_low(self, *, low: bool) -> None:
        """Show the circles without their words."""
        self._low = low
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(110) * len(self._labels), px(_CIRCLE) + px(4 if self._low else 30))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(70) * len(self._labels), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self.width() / len(self._labels)
        side, top = px(_CIRCLE), px(2)
        for place, label in enumerate(self._labels):
            middle = cell * (place + 0.5)
            done, here = place < self._current, place == self._current
            if place + 1 < len(self._labels):
                painter.setPen(QPen(look().color("ok_g" if done else "line2"), px(2)))
                y = top + side / 2
                painter.drawLine(
                    round(middle + side * 0.7), round(y), round(middle + cell - side * 0.7), round(y)
                )
            circle = QRectF(middle - side / 2, top, side, side)
            ring = "brand" if here else "ok_g" if done else "line2"
            painter.setPen(QPen(look().color(ring), px(2)))
            painter.setBrush(look().color("brand" if here else "ok_soft" if done else "card"))
            painter.drawEllipse(circle)
            if done:
                picture = pixmap("check", "ok", 16)
                corner = circle.center()
                painter.drawPixmap(round(corner.x() - px(8)), round(corner.y() - px(8)), picture)
            else:
                painter.setPen(look().color("on_brand" if here else "text2"))
                painter.setFont(look().font(13, strong=True))
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(place + 1))
            if self._low:
                continue
            painter.setPen(look().color("text" if here or done else "text2"))
            painter.setFont(look().font(13, strong=here))
            words = QRectF(cell * place, top + side + px(4), cell, px(22))
            text = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, round(cell))
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
        painter.end()
