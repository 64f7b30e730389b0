"""The tree of organisations and lists beside the roster."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from branchdesk.i18n import _
from branchdesk.services.rosters import Place, TreeNode
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import px

_ICONS = {
    "group": "users",
    "away": "route",
    "suspended": "player-stop",
    "left": "logout",
    "past": "history-toggle",
    "committee": "building-community",
    "general_branch": "building-community",
}


class PlaceTree(QTreeWidget):
    """Organisations, groups and lists with their numbers. `place_chosen` tells what to show."""

    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().setMinimumSectionSize(px(20))
        self.setIndentation(px(14))
        self.setRootIsDecorated(False)
        self.setIconSize(icon_size())
        self.setAccessibleName(_("组织"))
        self.setProperty("role", "plain")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._quiet = False
        self._widths = (0, 0)
        self.itemSelectionChanged.connect(self._tell)

    def fill(self, nodes: Sequence[TreeNode], current: Place | None) -> None:
        """Show the nodes and select the one that shows `current`, without telling anybody."""
        self._quiet = True
        self.clear()
        above: list[QTreeWidgetItem] = []
        chosen = None
        for node in nodes:
            item = QTreeWidgetItem([node.label, str(node.count)])
            item.setIcon(0, icon(_ICONS.get(node.kind, "building"), "text2", selected="sel_text"))
            item.setData(0, Qt.ItemDataRole.UserRole, node.place)
            item.setToolTip(0, node.label)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(
                0, Qt.ItemDataRole.AccessibleTextRole, _("{label}，{n} 人", label=node.label, n=node.count)
            )
            del above[node.depth :]
            if above:
                above[-1].addChild(item)
            else:
                self.addTopLevelItem(item)
            above.append(item)
            if current is None or node.place == current:
                chosen = chosen or item
        self.expandAll()
        widest = max((self.fontMetrics().horizontalAdvance(str(node.count)) for node in nodes), default=0)
        self._widths = self.sizeHintForColumn(0), widest + px(20)
        self.setColumnWidth(1, self._widths[1])
        if chosen is not None:
            self.setCurrentItem(chosen)
        self._quiet = False

    def breadth(self) -> int:
        """How wide the tree would like to be, in pixels."""
        return sum(self._widths)

    @property
    def place(self) -> Place:
        """What is chosen."""
        for item in self.selectedItems():
            found = item.data(0, Qt.ItemDataRole.UserRole)
            if isinstance(found, Place):
                return found
        return Place()

    @property
    def whole(self) -> Place:
        """The first line: the whole branch."""
        item = self.topLevelItem(0)
        found = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Place) else Place()

    def _tell(self) -> None:
        if not self._quiet:
            self.place_chosen.emit(self.place)
