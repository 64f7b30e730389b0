"""What the tabs of a screen have in common: filters, buttons of the head, a table in a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QPushButton, QWidget

from branchdesk.ui.desk import Desk
from branchdesk.ui.look import px
from branchdesk.ui.widgets.chip_column import CHIP_ROOM, TONE, ChipColumn
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Words

# What the column that takes the rest must have, in pixels at 100 %.
_LEAST_ROOM = 160


class Pane(QFrame):
    """One tab. `refreshed` tells that it shows something else, `sum` is then what stands below the title.

    Subclasses put their filters into `filters`, their buttons of the head into `buttons` (the primary one
    last), and answer the wishes of the screen.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, table: SimpleTable, nothing: str, empty: EmptyState) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk = desk
        self.filters: list[QWidget] = []
        self.buttons: list[QPushButton] = []
        self.sum = ""
        self._low = False
        self.table = table
        self.nothing = Words(nothing, "second")
        self.empty = empty
        self.foot = Words("", "hint")
        self.box = column(margin=12, gap=10, parent=self)
        self.box.addWidget(table, 1)
        self.box.addWidget(self.nothing)
        self.box.addWidget(empty, 1)
        self.box.addWidget(self.foot)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @property
    def may_write(self) -> bool:
        """Whether this person may change anything."""
        return self.desk.branch.person.role.may_write

    def show_what_there_is(self, count: int, *, narrowed: bool) -> None:
        """Show the table; where nothing fits, that; where there is nothing at all, what to do first."""
        self.table.setVisible(count > 0 or narrowed)
        self.nothing.setVisible(not count and narrowed)
        self.empty.setVisible(not count and not narrowed)
        self.foot.setVisible(count > 0 and not self._low)
        focused = cast("QWidget | None", self.window().focusWidget())
        if count and focused is not None and self.empty.isAncestorOf(focused):
            self.table.setFocus()  # else the keyboard would go with the button that was hidden

    def set_low(self, *, low: bool) -> None:
        """Leave the height to the table where large letters meet a small screen."""
        self._low = low
        self.foot.setVisible(not low and self.table.rowCount() > 0)

    def show_filters(self, *, shown: bool) -> None:
        """Show what narrows this tab, or hide it while another tab is in front."""
        for part in self.filters:
            part.setVisible(shown)

    def open_menu(self, point: QPoint) -> None:
        """The menu of what is chosen, at a point of the table."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.table.viewport().mapToGlobal(point))

    # ---- wishes of the screen

    @property
    def parts(self) -> Sequence[QWidget]:
        """What F6 goes to, from the top down."""
        return [self]

    def refresh(self) -> None:
        """Show what is stored now."""
        raise NotImplementedError

    def fill_print_menu(self, menu: QMenu) -> None:
        """The papers of what is chosen, and of all."""
        raise NotImplementedError

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with what is chosen."""
        raise NotImplementedError

    def begin_new(self) -> None:
        """Ctrl+N."""

    def print_here(self) -> None:
        """Ctrl+P."""

    def delete_chosen(self) -> None:
        """Move what is chosen to the recycle bin."""

    def first_filter(self) -> QWidget:
        """Where Ctrl+F goes."""
        return self.filters[0]

    def first_focus(self) -> QWidget:
        """Where work begins: the table, or the first button of the empty state."""
        found = self.empty.findChild(QPushButton) if not self.empty.isHidden() else None
        return found if isinstance(found, QPushButton) and found.isEnabled() else self.table


def put_chips(table: SimpleTable, column: int, tones: Sequence[str]) -> None:
    """Draw the words of a column as chips in the tones given row by row."""
    delegate = table.itemDelegateForColumn(column)
    if not isinstance(delegate, ChipColumn):
        table.setItemDelegateForColumn(column, ChipColumn(table))
    for number, tone in enumerate(tones):
        item = table.item(number, column)
        if item is not None:
            item.setData(TONE, tone)
    table.setColumnWidth(column, table.columnWidth(column) + px(CHIP_ROOM))


def make_room(table: SimpleTable, stretch: int, spare: Sequence[int]) -> None:
    """Hide columns that can be spared, in their order, until the one that takes the rest has enough."""
    for place in spare:
        table.setColumnHidden(place, False)
    for place in spare:
        taken = sum(table.columnWidth(one) for one in range(table.columnCount()) if one != stretch)
        if table.viewport().width() - taken >= px(_LEAST_ROOM):
            return
        table.setColumnHidden(place, True)


def refill(box: QComboBox, entries: Iterable[tuple[str, Any]]) -> None:
    """Offer other entries in a list, keeping what is chosen where it is still there, and telling nobody."""
    listed: Sequence[tuple[str, Any]] = list(entries)
    chosen = box.currentData() if box.count() else (listed[0][1] if listed else None)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    before = box.blockSignals(True)
    box.clear()
    for words, value in listed:
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(before)


def step_row(table: SimpleTable, *, backwards: bool) -> None:
    """Choose the next row of a table, or the one before."""
    if table.rowCount():
        place = table.currentRow() + (-1 if backwards else 1)
        table.selectRow(min(max(place, 0), table.rowCount() - 1))
