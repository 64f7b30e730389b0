"""Draws the cells of a grid and opens their editors."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from branchdesk.findings import Severity
from branchdesk.ui.grid.model import Cell, GridTableModel
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.choices import choice_box

Index = QModelIndex | QPersistentModelIndex
_SOFT = {Severity.NOTE: "info_soft", Severity.WARN: "warn_soft", Severity.ERROR: "err_soft"}
_TONE = {Severity.NOTE: "info", Severity.WARN: "warn", Severity.ERROR: "err"}
_ICON = {Severity.NOTE: "info-circle", Severity.WARN: "alert-triangle", Severity.ERROR: "alert-circle"}


_LEAVING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_PRESSES = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}


class _ListKeys(QObject):
    """Enter in the list of completions takes what is chosen there and leaves the cell, with one press."""

    def __init__(self, popup: QAbstractItemView, line: QLineEdit) -> None:
        super().__init__(popup)
        self._popup = popup
        self._line = line
        popup.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        chosen = self._popup.currentIndex()
        if chosen.isValid():
            self._line.setText(str(chosen.data()))
        self._popup.hide()
        # Later, since the cell takes its editor and this list away.
        again = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers())
        QCoreApplication.postEvent(self._line, again)
        return True


class GridDelegate(QStyledItemDelegate):
    """Text, a soft ground and an icon where there is a finding, a ring around the current cell."""

    _composing = False

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, GridTableModel):
            return
        new = model.is_new(index.row())
        cell = Cell() if new else model.cell(index.row(), index.column())
        # The stubs hide what QStyleOption holds.
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "sel" if selected else _SOFT[cell.severity] if cell.severity else "card"
        if ground == "card" and index.row() % 2:
            ground = "zebra"
        ink = "sel_text" if selected else "text3" if model.columns[index.column()].read_only else "text"
        painter.save()
        painter.fillRect(rect, look().color(ground))
        text_rect = rect.adjusted(px(8), 0, -px(6), 0)
        if cell.severity is not None:
            side = px(16)
            tone = "sel_text" if selected and look().theme == "contrast" else _TONE[cell.severity]
            place = text_rect.right() - side
            picture = pixmap(_ICON[cell.severity], tone, 16)
            painter.drawPixmap(place, rect.center().y() - side // 2, picture)
            text_rect.setRight(place - px(2))
        painter.setPen(look().color(ink))
        words = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, text_rect.width())
        painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(look().color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            painter.setPen(QPen(look().color("focus"), max(2, px(2))))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        if not isinstance(model, GridTableModel):
            return QLineEdit(parent)
        column = model.columns[index.column()]
        editor: QWidget
        if column.words is not None:
            box = choice_box(list(column.words))
            box.setParent(parent)
            completer, line = box.completer(), box.lineEdit()
            if completer is not None and line is not None:
                _ListKeys(completer.popup(), line)
            editor = box
        else:
            editor = QLineEdit(parent)
        editor.setProperty("role", "cell")
        editor.setAccessibleName(column.label)
        editor.setFont(look().font())
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setEditText(text)
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, _completed(editor))
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect)

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave Enter and Tab to the grid, which knows where to go, but not while something is composed."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self._composing = False
        elif isinstance(event, QKeyEvent) and event.key() in _LEAVING and event.type() in _PRESSES:
            return self._composing
        return super().eventFilter(editor, event)


def _completed(box: QComboBox) -> str:
    """What was typed, or the only word that begins with it: 预备 is enough for 预备党员."""
    typed = box.currentText().strip()
    if not typed:
        return ""
    words = [box.itemText(place) for place in range(box.count())]
    if typed in words:
        return typed
    fitting = [word for word in words if word.casefold().startswith(typed.casefold())]
    return fitting[0] if len(fitting) == 1 else typed
