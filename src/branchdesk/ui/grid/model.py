"""What a grid shows: columns and cells, asked for one by one and never all at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from branchdesk.findings import Severity
from branchdesk.i18n import _

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid; `width` counts characters."""

    id: str
    label: str
    width: int
    read_only: bool = False
    latin: bool = False
    words: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is shown, what an editor starts with, and what there is to say about it."""

    text: str = ""
    edit_text: str = ""
    severity: Severity | None = None
    sentence: str = ""
    tip: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A text typed into a cell; a row at the end of the list or beyond makes a new record."""

    row: int
    column: int
    text: str


class GridTableModel(QAbstractTableModel):
    """The model of a grid. Subclasses answer for single cells and write edits as one step."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    @abstractmethod
    def records(self) -> int:
        """How many records there are, without the empty row at the end."""

    @abstractmethod
    def cell(self, row: int, column: int) -> Cell:
        """One cell."""

    @abstractmethod
    def write(self, edits: Sequence[Edit]) -> None:
        """Store texts that were typed, pasted or filled, as one step."""

    @property
    def accepts_new(self) -> bool:
        """Whether an empty row for a new record stands at the end."""
        return False

    def is_new(self, row: int) -> bool:
        """Whether a row is the empty one at the end."""
        return row >= self.records()

    def row_label(self, row: int) -> str:
        """What stands at the left of a record."""
        return str(row + 1)

    # ---- Qt

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self.records() + self.accepts_new

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        cell = Cell() if self.is_new(index.row()) else self.cell(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.EditRole:
                return cell.edit_text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.sentence or cell.tip or None
            case _:
                return self._spoken(index, cell)

    def _spoken(self, index: Index, cell: Cell) -> str:
        """The cell as a screen reader says it."""
        column = self.columns[index.column()].label
        if cell.sentence:
            return _(
                "{column} {text}，有问题：{sentence}", column=column, text=cell.text, sentence=cell.sentence
            )
        return f"{column} {cell.text}"

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.columns[index.column()].read_only:
            return False
        text = str(value)
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            self.write([Edit(index.row(), index.column(), text)])
        return True

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].label if section < len(self.columns) else None
        return "＊" if self.is_new(section) else self.row_label(section)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and not self.columns[index.column()].read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


_ROLES = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
}
