"""A tab that lists things that have a uid: which are chosen, choosing one again, opening one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from branchdesk.ui.desk import Desk
from branchdesk.ui.look import look
from branchdesk.ui.pane import Pane, make_room
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.tables import SimpleTable


class Listed(Protocol):
    """What a row stands for."""

    @property
    def uid(self) -> str:
        """Its uid."""
        ...


ListedT = TypeVar("ListedT", bound=Listed)


class ListPane(Pane, Generic[ListedT]):
    """A tab with one row for each of `rows`.

    The column `stretch` takes the rest; where there is little room, those in `spare` go first, in order.
    Subclasses say what `open_row` does and what `show_chosen` shows of what is chosen.
    """

    def __init__(
        self,
        desk: Desk,
        headings: Sequence[str],
        nothing: str,
        empty: EmptyState,
        *,
        stretch: int,
        spare: Sequence[int] = (),
        several: bool = True,
    ) -> None:
        super().__init__(desk, SimpleTable(headings, stretch, several=several), nothing, empty)
        self.rows: list[ListedT] = []
        self._stretch, self._spare = stretch, spare
        self.table.cellActivated.connect(self._open)
        self.table.itemSelectionChanged.connect(self.show_chosen)
        self.table.customContextMenuRequested.connect(self.open_menu)

    @property
    def chosen(self) -> list[ListedT]:
        """What is chosen, from the top down."""
        return [self.rows[number] for number in self.table.chosen_rows if number < len(self.rows)]

    @property
    def current_uid(self) -> str:
        """The uid of what is in front; empty where nothing is."""
        chosen = self.chosen
        return chosen[0].uid if chosen else ""

    def choose(self, uid: str) -> bool:
        """Choose the row of a uid, and whether there is one."""
        uids = [row.uid for row in self.rows]
        if uid in uids:
            self.table.selectRow(uids.index(uid))
        return uid in uids

    def make_room(self) -> None:
        """Hide what can be spared, so that the column that takes the rest has enough."""
        make_room(self.table, self._stretch, self._spare)

    def warn(self, number: int, column: int) -> None:
        """Show a cell in the colour of what is wrong."""
        item = self.table.item(number, column)
        if item is not None:
            item.setForeground(look().color("err"))

    def show_chosen(self) -> None:
        """Show what belongs to what is chosen, and what can be done with it."""
        raise NotImplementedError

    def open_row(self, uid: str) -> None:
        """Open what stands in a row."""
        raise NotImplementedError

    def _open(self, number: int, _column: int) -> None:
        if 0 <= number < len(self.rows):
            self.open_row(self.rows[number].uid)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()
