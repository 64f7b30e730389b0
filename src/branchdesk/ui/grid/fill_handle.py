"""The little square at the corner of the selection, by which cells are filled downwards."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from branchdesk.ui.grid.blocks import GridBlocks
from branchdesk.ui.look import look, px


class FillHandle:
    """Takes the mouse from the moment it presses the square until it lets go."""

    def __init__(self, view: QTableView, blocks: GridBlocks) -> None:
        self._view = view
        self._blocks = blocks
        self._seed: QRect | None = None

    def _square(self) -> QRect:
        block = self._blocks.selected()
        if block.isEmpty() or self._blocks.model.is_new(block.bottom()):
            return QRect()
        corner = self._view.visualRect(self._blocks.model.index(block.bottom(), block.right()))
        side = px(7)
        return QRect(corner.right() - side // 2, corner.bottom() - side // 2, side, side)

    def paint(self, covered: int) -> None:
        """Draw the square, unless it lies under the `covered` pixels at the left."""
        square = self._square()
        if square.isEmpty() or square.left() < covered:
            return
        painter = QPainter(self._view.viewport())
        painter.fillRect(square, look().color("focus"))
        painter.end()

    def press(self, point: QPoint) -> bool:
        """Begin where the square was hit; False elsewhere."""
        grown = self._square().adjusted(-px(3), -px(3), px(3), px(3))
        if not grown.contains(point):
            return False
        self._seed = self._blocks.selected()
        return True

    def drag(self, point: QPoint) -> bool:
        """Show how far the mouse has come; False where nothing was begun."""
        if self._seed is None:
            return False
        row = self._view.rowAt(point.y())
        if row >= self._seed.top():
            self._blocks.select(self._seed.united(QRect(self._seed.left(), row, 1, 1)))
        return True

    def release(self) -> bool:
        """Fill down to where the mouse let go; False where nothing was begun."""
        seed, self._seed = self._seed, None
        if seed is None:
            return False
        bottom = self._blocks.selected().bottom()
        if bottom > seed.bottom():
            self._blocks.fill(seed, bottom)
        return True
