"""The keys of a grid, as hands know them from Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from branchdesk.ui.grid.blocks import GridBlocks

if TYPE_CHECKING:
    from branchdesk.ui.grid.view import GridView


class GridKeys:
    """Turns key presses into moves and into actions on blocks of cells."""

    def __init__(self, view: GridView, blocks: GridBlocks) -> None:
        self._view = view
        self._blocks = blocks

    def press(self, event: QKeyEvent) -> bool:
        """Carry out a key; False where it is none of the grid's."""
        key, held = event.key(), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.ControlModifier:
            return self._control(key)
        if held & Qt.KeyboardModifier.AltModifier:
            return self._alt(key)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._move(-1 if shift else 1, 0)
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._move(0, -1 if shift or key == Qt.Key.Key_Backtab else 1)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._blocks.clear()
        elif key == Qt.Key.Key_Space and shift:
            self._view.selectRow(self._view.currentIndex().row())
        else:
            return False
        return True

    def _control(self, key: int) -> bool:
        actions = {
            int(Qt.Key.Key_C): self._blocks.copy,
            int(Qt.Key.Key_X): self._blocks.cut,
            int(Qt.Key.Key_V): self._blocks.paste,
            int(Qt.Key.Key_D): self._blocks.fill_down,
            int(Qt.Key.Key_Semicolon): self._blocks.enter_today,
            int(Qt.Key.Key_A): self._view.selectAll,
            int(Qt.Key.Key_Space): self._blocks.select_column,
        }
        action = actions.get(key)
        if action is None:
            return False
        action()
        return True

    def _alt(self, key: int) -> bool:
        """Alt+Down opens the list of words of the cell."""
        if key != Qt.Key.Key_Down:
            return False
        self._view.edit_current()
        editor = QGuiApplication.focusObject()
        if editor is not self._view:
            alt = Qt.KeyboardModifier.AltModifier
            QGuiApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, alt))
        return True

    def _move(self, down: int, across: int) -> None:
        """Go to a neighbouring cell; at the end of a row on to the next."""
        model, current = self._view.grid_model(), self._view.currentIndex()
        columns = self._blocks.shown_columns(0, len(model.columns) - 1)
        if not current.isValid() or not columns:
            return
        place = columns.index(current.column()) + across
        row = current.row() + down + place // len(columns)
        row = max(0, min(row, model.rowCount() - 1))
        self._view.setCurrentIndex(model.index(row, columns[place % len(columns)]))
