"""The list of screens at the left; a rail of icons where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.layouts import column, frame

WIDTH, RAIL = 196, 64
NAMED_KEYS = 9


class _NavigationButton(QPushButton):
    """An entry with a bar at its left while its screen is in front."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().color("brand"))
            bar = QRectF(0, self.height() * 0.2, px(4), self.height() * 0.6)
            painter.drawRoundedRect(bar, px(2), px(2))
            painter.end()


class Navigation(QWidget):
    """Buttons of which one is chosen. `chosen` tells the key of the screen."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str, str, bool]]) -> None:
        """`entries`: key, label, icon, and whether it stands at the bottom."""
        super().__init__()
        self._ground = frame("nav", self)
        outer = column(gap=0, parent=self)
        outer.addWidget(self._ground)
        box = column(gap=4, parent=self._ground)
        box.setContentsMargins(px(8), px(12), px(8), px(12))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._labels: dict[str, str] = {}
        stretched = False
        for place, (key, label, icon_name, at_bottom) in enumerate(entries):
            if at_bottom and not stretched:
                box.addStretch(1)
                stretched = True
            part = _NavigationButton(label)
            part.setProperty("look", "nav")
            part.setObjectName(f"nav_{key}")
            part.setAccessibleName(label)
            part.setCheckable(True)
            part.setIcon(icon(icon_name, "text2", checked="brand_text"))
            part.setIconSize(icon_size())
            tip = _("{label}（Ctrl+{n}）", label=label, n=place + 1) if place < NAMED_KEYS else label
            part.setToolTip(tip)
            self._group.addButton(part, place)
            self._buttons[key] = part
            self._labels[key] = label
            box.addWidget(part)
        if not stretched:
            box.addStretch(1)
        self._keys = [key for key, *_rest in entries]
        self._group.idClicked.connect(self._tell)
        self.set_narrow(narrow=False)

    def _tell(self, place: int) -> None:
        self.chosen.emit(self._keys[place])

    def show_chosen(self, key: str) -> None:
        """Show which screen is in front."""
        self._buttons[key].setChecked(True)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show only icons where there is little room."""
        self.setFixedWidth(px(RAIL if narrow else WIDTH))
        for key, part in self._buttons.items():
            part.setText("" if narrow else self._labels[key])
