"""Room for names in narrow tables: spare columns go first, then the table scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTableWidget

from branchdesk.ui.look import px


def give_room(table: QTableWidget, names: int, spare: Sequence[int], least: int) -> None:
    """Hide spare columns, all of which are shown now, until names have `least` pixels at 100 %.

    Where that does not do names keep so many, and the table scrolls sideways.
    """
    modes = QHeaderView.ResizeMode
    header = table.horizontalHeader()
    others = [column for column in range(table.columnCount()) if column != names]
    for column in [*spare, None]:
        left = table.viewport().width() - sum(table.columnWidth(one) for one in others)
        if left >= px(least):
            header.setSectionResizeMode(names, modes.Stretch)
            return
        if column is not None:
            table.setColumnHidden(column, True)
    header.setSectionResizeMode(names, modes.Interactive)
    table.setColumnWidth(names, px(least))
