"""Buttons: one primary per page, the rest plain, ghosts, links and segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget
from typing_extensions import override

from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look as look_in_use
from branchdesk.ui.look import px

_ICON_COLORS = {"primary": "on_brand", "danger": "err", "link": "link"}


class _Button(QPushButton):
    """A push button whose red kind shows the focus by a light ring inside it."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("look") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look_in_use().color("on_brand"), px(2)))
            gap = px(4)
            painter.drawRoundedRect(self.rect().adjusted(gap, gap, -gap, -gap), px(3), px(3))
            painter.end()


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    look: str = "",
    icon_name: str = "",
    tip: str = "",
    name: str = "",
) -> QPushButton:
    """A push button; `look` is primary, danger, ghost, tool, link, small, search or empty.

    `name` is its object name.
    """
    made = _Button(text)
    if look:
        made.setProperty("look", look)
    if icon_name:
        made.setIcon(icon(icon_name, _ICON_COLORS.get(look, "text2")))
        made.setIconSize(icon_size())
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    made.setObjectName(name)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if on_click is not None:
        made.clicked.connect(on_click)
    return made


def menu_button(
    parent: QWidget,
    text: str,
    fill: Callable[[QMenu], object],
    *,
    look: str = "",
    icon_name: str = "",
    name: str = "",
) -> QPushButton:
    """A push button that opens a menu; `fill` makes the menu anew whenever it opens."""
    made = button(text, look=look, icon_name=icon_name, name=name)
    made.setProperty("opens", "menu")
    menu = QMenu(parent)

    def show() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(show)
    made.setMenu(menu)
    return made


class Segments(QWidget):
    """A row of joined buttons of which one is chosen."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], current: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (value, text) in enumerate(choices):
            part = button(text, look="segment", name=f"segment_{value}")
            part.setCheckable(True)
            edge = "first" if place == 0 else "last" if place == len(choices) - 1 else ""
            part.setProperty("edge", edge)
            part.setChecked(value == current)
            self._keep_room(part)
            self._group.addButton(part, place)
            self._buttons[value] = part
            row.addWidget(part)
        self._values = [value for value, _text in choices]
        self._group.idClicked.connect(self._tell)

    @staticmethod
    def _keep_room(part: QPushButton) -> None:
        """Room for the words in the bold letters of the chosen button, so that none are cut."""
        part.ensurePolished()
        bold = part.font()
        bold.setWeight(QFont.Weight.DemiBold)
        breadth = max(QFontMetrics(font).horizontalAdvance(part.text()) for font in (bold, part.font()))
        part.setMinimumWidth(
            part.sizeHint().width() - part.fontMetrics().horizontalAdvance(part.text()) + breadth
        )

    def _tell(self, place: int) -> None:
        self.chosen.emit(self._values[place])

    @property
    def current(self) -> str:
        """The value of the chosen button."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Show `value` as chosen, without telling anybody."""
        self._buttons[value].setChecked(True)
