"""The keys of a grid, as hands know them from Excel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QTableView

from branchdesk.ui.focus import opens_list
from branchdesk.ui.grid.blocks import GridBlocks

# How many rows down and columns to the right.
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}

# So many cells are looked at for the end of a filled block; behind them the end of the list is meant.
_FARTHEST = 2000


class GridKeys:
    """Turns key presses into moves and into actions on blocks of cells."""

    def __init__(self, view: QTableView, blocks: GridBlocks, edit_current: Callable[[], object]) -> None:
        self._view = view
        self._blocks = blocks
        self._edit_current = edit_current

    def press(self, event: QKeyEvent) -> bool:
        """Carry out a key; False where it is none of the grid's."""
        key, held = event.key(), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.ControlModifier:
            return self._jump(key, select=shift) or self._control(key)
        if opens_list(event):
            self._open_list()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._move(-1 if shift else 1, 0)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._blocks.clear()
        elif key == Qt.Key.Key_Space and shift:
            self._view.selectRow(self._view.currentIndex().row())
        else:
            return False
        return True

    def step_aside(self, *, forwards: bool) -> None:
        """Go to the cell at the right or left."""
        self._move(0, 1 if forwards else -1)

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

    def _jump(self, key: int, *, select: bool) -> bool:
        """Ctrl and an arrow: to the end of the filled cells, else to the next filled one, as in Excel."""
        if key not in _ARROWS:
            return False
        current = self._view.currentIndex()
        if not current.isValid():
            return True
        target = _edge(self._blocks, current.row(), current.column(), *_ARROWS[Qt.Key(key)])
        index = self._blocks.model.index(*target)
        chosen, flags = self._view.selectionModel(), QItemSelectionModel.SelectionFlag
        if select:
            chosen.select(QItemSelection(current, index), flags.Select)
        chosen.setCurrentIndex(index, flags.NoUpdate if select else flags.ClearAndSelect)
        self._view.scrollTo(index)
        return True

    def _open_list(self) -> None:
        """Open the list of words of the cell."""
        self._edit_current()
        editor = QGuiApplication.focusObject()
        if editor is not self._view:
            alt = Qt.KeyboardModifier.AltModifier
            QGuiApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, alt))

    def _move(self, down: int, across: int) -> None:
        """Go to a neighbouring cell; at the end of a row on to the next."""
        model, current = self._blocks.model, self._view.currentIndex()
        columns = self._blocks.shown_columns(0, len(model.columns) - 1)
        if not current.isValid() or not columns:
            return
        place = columns.index(current.column()) + across
        column = columns[place % len(columns)]
        wanted = max(0, current.row() + down + place // len(columns))
        here = model.index(min(wanted, model.rowCount() - 1), column) == current
        if here or model.is_new(current.row()):
            # An editor stores what is typed when it loses the focus; in the new row that adds a row.
            self._view.setFocus()
        self._view.setCurrentIndex(model.index(min(wanted, model.rowCount() - 1), column))


def _edge(blocks: GridBlocks, row: int, column: int, down: int, across: int) -> tuple[int, int]:
    """Where Ctrl and an arrow lead from a cell: the last filled one in a row of them, else the next."""
    model = blocks.model
    if across:
        line = [(row, place) for place in blocks.shown_columns(0, len(model.columns) - 1)]
    else:
        line = [(place, column) for place in range(model.records())]
    here = line.index((row, column)) if (row, column) in line else len(line) - 1
    ahead = line[here + 1 :] if down + across > 0 else line[:here][::-1]
    if not ahead:
        return row, column
    inside = bool(model.cell(*ahead[0]).text) and bool(model.cell(*line[here]).text)
    before = ahead[0]
    for place in ahead[:_FARTHEST]:
        if bool(model.cell(*place).text) is not inside:
            return before if inside else place
        before = place
    return ahead[-1]
