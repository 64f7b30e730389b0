"""The roster as cards: name, membership, group and telephone at a glance."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.look import look, px
from branchdesk.ui.screens.rosters.model import RosterTableModel

_WIDTH, _HEIGHT = 216, 112
_LINES = ("group", "posts", "mobile")


class _CardDelegate(QStyledItemDelegate):
    """Draws one card."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        room = view.viewport().width() - px(2) if isinstance(view, QListView) else px(_WIDTH)
        return QSize(room // max(1, room // px(_WIDTH)), px(_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, RosterTableModel) or model.is_new(index.row()):
            return
        # The stubs hide what QStyleOption holds.
        outer: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        rect = outer.adjusted(px(4), px(4), -px(4), -px(4))
        texts = {field.id: model.cell(index.row(), place) for place, field in enumerate(model.fields)}
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("focus" if selected else "line2"), px(2) if selected else 1))
        painter.setBrush(look().color("sel" if selected else "card"))
        painter.drawRoundedRect(rect, px(8), px(8))
        ink = "sel_text" if selected else "text"
        inner = rect.adjusted(px(12), px(8), -px(12), -px(8))
        painter.setPen(look().color(ink))
        painter.setFont(look().font(13))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(inner, right, texts["category"].text)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(texts["category"].text) - px(6)
        painter.setFont(look().font(17, strong=True))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        name = painter.fontMetrics().elidedText(texts["name"].text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, flags, name)
        painter.setFont(look().font(13))
        painter.setPen(look().color("sel_text" if selected else "text2"))
        top = inner.top() + px(28)
        for key in _LINES:
            line = painter.fontMetrics().elidedText(
                texts[key].text, Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(QRect(inner.left(), top, inner.width(), px(20)), flags, line)
            top += px(20)
        painter.restore()


class CardList(QListView):
    """Cards over the same list as the grid."""

    current_row_changed = Signal(int)

    def __init__(self, model: RosterTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(_("党员卡片"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setItemDelegate(_CardDelegate(self))
        self.selectionModel().currentChanged.connect(self._tell)

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_row_changed.emit(current.row())
