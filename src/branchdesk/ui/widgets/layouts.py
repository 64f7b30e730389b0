"""Layouts that survive small screens and large letters (ux 4.6)."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from branchdesk.ui.look import px


class Flow(QLayout):
    """Lays widgets in a row and goes on in the next row where they no longer fit."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem:
        # Qt asks for places beyond the end and takes None for an answer, which its stubs do not know.
        return self._items.pop(index) if 0 <= index < len(self._items) else cast("QLayoutItem", None)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() + self._gap for item in self._visible()) - self._gap
        height = max((item.sizeHint().height() for item in self._visible()), default=0)
        return QSize(max(width, 0), height)

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._visible():
            size = size.expandedTo(item.minimumSize())
        return size

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            x = rect.x()
            for item in line:
                size = item.sizeHint()
                if move:
                    top = y + (height - size.height()) // 2
                    width = min(size.width(), rect.width())
                    item.setGeometry(QRect(QPoint(x, top), QSize(width, size.height())))
                x += size.width() + self._gap
            y += height + self._gap
        return max(0, y - self._gap - rect.y())

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        """The items line by line."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._visible():
            width = item.sizeHint().width()
            if not lines or left < width:
                lines.append([])
                left = room
            lines[-1].append(item)
            left -= width + self._gap
        return lines


class FitScroll(QScrollArea):
    """Scrolls its content down, never sideways, and gives wrapped notes the height they need.

    A plain scroll area takes the preferred height as soon as one label wraps; this one asks the content
    for the height that it needs at its real width.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("role", "clear")
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(content)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Asking for the viewport itself would make the bindings load every kind of widget at the first start.
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        layout = self.widget().layout()
        if layout is None:
            return
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        self.widget().setMinimumHeight(max(needed, layout.totalMinimumSize().height(), 0))


def column(*, margin: int = 0, gap: int = 12, parent: QWidget | None = None) -> QVBoxLayout:
    """A vertical layout with margins and gaps given for 100 %."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
    made.setSpacing(px(gap))
    return made


def row(*, margin: int = 0, gap: int = 8, parent: QWidget | None = None) -> QHBoxLayout:
    """A horizontal layout with margins and gaps given for 100 %."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
    made.setSpacing(px(gap))
    return made


def form_rows() -> QFormLayout:
    """A layout of labels with their fields; a label goes above its field where the width does not do."""
    made = QFormLayout()
    made.setHorizontalSpacing(px(12))
    made.setVerticalSpacing(px(10))
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    return made


def frame(role: str, parent: QWidget | None = None) -> QFrame:
    """A frame whose `role` the style sheet knows: card, panel, header, nav, status or rule."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    """A hairline across."""
    made = frame("rule")
    made.setFixedHeight(max(1, px(1)))
    return made
