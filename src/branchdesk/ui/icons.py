"""Icons: outlines from resources/icons, tinted for the look in use, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from branchdesk.paths import resource
from branchdesk.ui.look import look


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    svg = _drawing(name).replace("currentColor", color)
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _ratio() -> float:
    return float(QGuiApplication.primaryScreen().devicePixelRatio())


def pixmap(name: str, color: str = "text2", size: int = 18) -> QPixmap:
    """An icon as a picture; `color` names a colour of the theme, `size` is for 100 %."""
    return _pixmap(name, look().colors[color], look().px(size), _ratio())


def icon(name: str, color: str = "text2", *, selected: str = "", checked: str = "", size: int = 18) -> QIcon:
    """An icon; `selected` names its colour on a selection of a list, `checked` in a checked button."""
    made = QIcon(pixmap(name, color, size))
    made.addPixmap(pixmap(name, "disabled", size), QIcon.Mode.Disabled)
    if selected:
        made.addPixmap(pixmap(name, selected, size), QIcon.Mode.Selected)
    if checked:
        chosen = pixmap(name, checked, size)
        made.addPixmap(chosen, QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(chosen, QIcon.Mode.Active, QIcon.State.On)
    return made


def icon_size(size: int = 18) -> QSize:
    """The size of an icon at the scale in use."""
    return QSize(look().px(size), look().px(size))
