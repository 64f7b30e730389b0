"""The list of an inspection: its head, then the lines section by section, as on the paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from branchdesk.domain.inspections.model import Stage
from branchdesk.domain.inspections.scoring import shown
from branchdesk.i18n import _
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look, px
from branchdesk.ui.screens.inspection.file import InspectionFile
from branchdesk.ui.screens.inspection.lines import ShownLine
from branchdesk.ui.screens.inspection.score_block import begins_score
from branchdesk.ui.widgets.chip_column import CHIP_ROOM, TONE, ChipColumn

HEAD = "head"  # what the first row stands for: the fields of the form's head
TITLE, POINTS, SELF, CHECK, LOST, PROOF, POST, STATE = range(8)
_ID = int(Qt.ItemDataRole.UserRole)
_RIGHT = {POINTS, SELF, CHECK, LOST}
# What goes first where the titles would have less room than this; the width is for 100 %.
_SPARE = (POST, PROOF, LOST, POINTS)
_LEAST_TITLE = 190


class InspectionList(QTreeWidget):
    """`chosen` tells the line that comes to the front, `score_begun` a digit typed on it, `entered` Enter."""

    chosen = Signal(str)
    score_begun = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspection_lines")
        self.setAccessibleName(_("检查内容"))
        self.setProperty("role", "plain")
        self.setColumnCount(STATE + 1)
        self.setHeaderLabels(
            [_("检查内容"), _("分值"), _("自评"), _("考核"), _("扣分"), _("佐证"), _("责任人"), _("状态")]
        )
        self.setUniformRowHeights(True)
        self.setIconSize(icon_size())
        self.setIndentation(px(16))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(STATE, ChipColumn(self))
        self._filling = False
        self._shows_check = False
        self._breadths: dict[int, int] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._sections: dict[str, QTreeWidgetItem] = {}
        self._scheme: tuple[str, int, str] | None = None
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in _RIGHT:
            self.headerItem().setTextAlignment(
                column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        self.currentItemChanged.connect(self._tell)

    # ---- showing

    def show_file(self, file: InspectionFile, signs: Collection[str]) -> None:
        """Show an inspection, only the lines that have one of the signs where any are given."""
        one = file.sheet.inspection
        known = (one.kind, one.version, one.uid)
        self._filling = True
        if known != self._scheme:
            self._scheme = known
            self._build(file)
        checked = any(line.check_line.score is not None for line in file.lines)
        self._shows_check = checked or file.stage is Stage.CHECK
        for line in file.lines:
            self._fill(self._items[line.indicator.id], line)
        self._fill_sections(file)
        for line in file.lines:
            self._items[line.indicator.id].setHidden(bool(signs) and not line.signs & set(signs))
        self._items[HEAD].setHidden(bool(signs))
        for section in self._sections.values():
            children = [section.child(place) for place in range(section.childCount())]
            section.setHidden(all(child.isHidden() for child in children))
        self._fit_columns(file.lines)
        self._filling = False

    def _build(self, file: InspectionFile) -> None:
        self.clear()
        self._items, self._sections = {}, {}
        head = QTreeWidgetItem([_("表头和检查组")])
        head.setData(TITLE, _ID, HEAD)
        head.setIcon(TITLE, icon("list-details", selected="sel_text"))
        self.addTopLevelItem(head)
        self._items[HEAD] = head
        for uid, title in file.sheet.scheme.sections:
            section = QTreeWidgetItem([title])
            section.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for column in range(STATE + 1):
                section.setFont(column, look().font(strong=True))
            self.addTopLevelItem(section)
            section.setExpanded(True)
            self._sections[uid] = section
        for line in file.lines:
            item = QTreeWidgetItem()
            item.setData(TITLE, _ID, line.indicator.id)
            self._sections[line.indicator.section].addChild(item)
            self._items[line.indicator.id] = item
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for item in (*self._items.values(), *self._sections.values()):
            for column in _RIGHT:
                item.setTextAlignment(column, right)

    def _fill(self, item: QTreeWidgetItem, line: ShownLine) -> None:
        for column, text in enumerate(line.texts()):
            item.setText(column, text)
            item.setToolTip(column, text)
        item.setToolTip(POST, line.indicator.post)
        item.setData(STATE, TONE, line.state[1])
        alarmed = {PROOF: line.lacking > 0, LOST: bool(line.lost)}
        for column, bad in alarmed.items():
            item.setForeground(column, look().color("err" if bad else "text"))

    def _fill_sections(self, file: InspectionFile) -> None:
        sums = {one.id: one for one in file.sheet.self_total.sections}
        checks = {one.id: one for one in file.sheet.check_total.sections}
        for uid, section in self._sections.items():
            found = sums.get(uid)
            if found is None:
                continue
            section.setText(POINTS, shown(found.base) if found.base else "")
            section.setText(SELF, shown(found.earned) if found.base else shown(found.bonus))
            if self._shows_check and uid in checks:
                section.setText(CHECK, shown(checks[uid].earned) if found.base else shown(checks[uid].bonus))
            section.setText(LOST, shown(found.lost) if found.lost else "")

    # ---- columns

    def _fit_columns(self, lines: Sequence[ShownLine]) -> None:
        rows = [line.texts() for line in lines]
        metrics = self.fontMetrics()
        for column in range(POINTS, STATE + 1):
            heading = metrics.horizontalAdvance(self.headerItem().text(column)) * 1.08
            widest = max((metrics.horizontalAdvance(row[column]) for row in rows), default=0)
            room = px(CHIP_ROOM + 16) if column == STATE else px(20)
            self._breadths[column] = round(max(widest, heading)) + room
            self.setColumnWidth(column, self._breadths[column])
        self._show_fitting()

    def _show_fitting(self) -> None:
        """Let columns go where the titles would have no room."""
        gone = set() if self._shows_check else {CHECK}
        for spare in (None, *_SPARE):
            if spare is not None:
                gone.add(spare)
            taken = sum(width for column, width in self._breadths.items() if column not in gone)
            if self.viewport().width() - taken >= px(_LEAST_TITLE):
                break
        for column in range(POINTS, STATE + 1):
            self.setColumnHidden(column, column in gone)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_fitting()

    # ---- choosing

    def _tell(self) -> None:
        if self.current and not self._filling:
            self.chosen.emit(self.current)

    @property
    def current(self) -> str:
        """The line in front; empty where a section is."""
        return str(self.currentIndex().siblingAtColumn(TITLE).data(_ID) or "")

    def choose(self, line: str) -> None:
        """Bring a line to the front without telling anybody."""
        item = self._items.get(line)
        if item is None:
            return
        self._filling = True
        self.setCurrentItem(item)
        self.scrollToItem(item)
        self._filling = False

    def beside(self, line: str, *, backwards: bool = False) -> str:
        """The line that is shown after or before another one; empty at the ends."""
        order = [name for name, item in self._items.items() if not item.isHidden() or name == line]
        place = order.index(line) + (-1 if backwards else 1) if line in order else 0
        return order[place] if 0 <= place < len(order) else ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if begins_score(event):
            self.score_begun.emit(event.text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
