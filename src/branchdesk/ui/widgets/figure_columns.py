"""Columns of figures: numbers and their headings stand at the right."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def align_figures(table: QTableWidget, columns: Iterable[int]) -> None:
    """Put the headings and cells of some columns to the right."""
    for column in columns:
        heading = table.horizontalHeaderItem(column)
        if heading is not None:
            heading.setTextAlignment(RIGHT)
        for number in range(table.rowCount()):
            item = table.item(number, column)
            if item is not None:
                item.setTextAlignment(RIGHT)
