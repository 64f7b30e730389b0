"""The tree of a form: its sections with fields and tables, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from branchdesk.forms.declarations import INDICATOR
from branchdesk.forms.editing import can_be_hidden, can_be_taken_out, is_hidden
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import (
    BUCKET,
    COLUMN,
    FIELD,
    GROUP,
    POINT_RULE,
    SECTION,
    SIGNATURE,
    TABLE,
    THE_FORM,
    Part,
    part_of,
    parts_of,
)
from branchdesk.forms.point_words import PointRuleWords
from branchdesk.i18n import _
from branchdesk.ui.look import HINT, look, px
from branchdesk.ui.screens.form_designer.wording import kind_word, name_of
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import Flow, column

_UP, _DOWN = -1, 1
_PART = Qt.ItemDataRole.UserRole


class _Tree(QTreeWidget):
    """The tree with its keys; each tells what it asks for."""

    pressed_key = Signal(str)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = {
            int(Qt.Key.Key_Insert): FIELD,
            int(Qt.Key.Key_Delete): "remove",
            int(Qt.Key.Key_F2): "rename",
            int(Qt.Key.Key_Return): "rename",
            int(Qt.Key.Key_Enter): "rename",
        }
        moves = {int(Qt.Key.Key_Up): "up", int(Qt.Key.Key_Down): "down"}
        wish = (moves if held else plain).get(event.key())
        if wish is None:
            super().keyPressEvent(event)
        else:
            self.pressed_key.emit(wish)


class StructureTree(QWidget):
    """Shows the parts of a form. `chosen` tells the Part that is looked at.

    `add_requested` tells what kind of part is wanted, `move_requested` how far, `hide_requested` whether to
    hide or show, `removal_requested` and `rename_requested` speak of the part that is chosen.
    """

    chosen = Signal(object)
    add_requested = Signal(str)
    move_requested = Signal(int)
    hide_requested = Signal(bool)
    removal_requested = Signal()
    rename_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._released: Form | None = None
        self._filling = False
        self.tree = _Tree()
        self.tree.setAccessibleName(_("表单的结构"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(px(12))
        self.tree.setExpandsOnDoubleClick(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.add = menu_button(
            self, _("添加"), self._fill_menu, look="tool", icon_name="plus", name="add_part"
        )
        self.up = button(
            _("上移"), partial(self.move_requested.emit, _UP), look="tool", tip="Ctrl+↑", name="part_up"
        )
        self.down = button(
            _("下移"), partial(self.move_requested.emit, _DOWN), look="tool", tip="Ctrl+↓", name="part_down"
        )
        self.hide_button = button(_("隐藏"), self._toggle, look="tool", name="hide_part")
        self.remove = button(
            _("删除"), self.removal_requested.emit, look="tool", tip="Delete", name="remove_part"
        )
        self._lay_out()
        self.tree.currentItemChanged.connect(self._tell)
        self.tree.pressed_key.connect(self._press)
        self.tree.itemDoubleClicked.connect(self._ask_for_name)
        self.setFocusProxy(self.tree)

    def _lay_out(self) -> None:
        box = column(gap=8, parent=self)
        tools = QWidget()
        flow = Flow(tools, gap=2)
        for one in (self.add, self.up, self.down, self.hide_button, self.remove):
            flow.addWidget(one)
        box.addWidget(tools)
        box.addWidget(self.tree, 1)
        self.tree.setMinimumHeight(px(120))

    # ---- showing

    def show_form(self, form: Form, released: Form | None, chosen: Part) -> None:
        """Show the parts of a form with one of them chosen, telling nobody."""
        folded = {part for part, item in self._items().items() if item.childCount() and not item.isExpanded()}
        self._form, self._released = form, released
        self._filling = True
        self.tree.clear()
        holders: dict[Part, QTreeWidgetItem] = {}
        for part in parts_of(form):
            item = self._item(form, part)
            above = self._holder(form, part)
            holder = holders.get(above) if above is not None else None
            if holder is None:
                self.tree.addTopLevelItem(item)
            else:
                holder.addChild(item)
            holders[part] = item
        for part, item in holders.items():
            item.setExpanded(part not in folded)
        current = holders.get(chosen) or holders[THE_FORM]
        self.tree.setCurrentItem(current)
        self._filling = False
        self._look_at(self.part)

    @staticmethod
    def _holder(form: Form, part: Part) -> Part | None:
        """Below what a part stands in the tree; None for the form itself."""
        if part.kind == COLUMN:
            return Part(TABLE, part.table)
        if part.kind in {FIELD, TABLE}:
            section = (form.by_id if part.kind == FIELD else form.tables_by_id)[part.id].section
            return Part(SECTION, section)
        if part.kind == POINT_RULE:
            rule = part_of(form, part)
            return Part(BUCKET, rule.bucket) if isinstance(rule, PointRuleWords) else THE_FORM
        return None if part == THE_FORM else THE_FORM

    def _item(self, form: Form, part: Part) -> QTreeWidgetItem:
        found = part_of(form, part)
        words = name_of(form, part)
        if isinstance(found, Field) and found.required:
            words += " *"
        gone = is_hidden(form, part)
        kind = _("已隐藏") if gone else kind_word(form, part)
        item = QTreeWidgetItem([words, kind])
        item.setData(0, _PART, part)
        item.setToolTip(0, words)
        item.setForeground(1, look().color("text3"))
        item.setFont(1, look().font(HINT))
        if gone:
            item.setForeground(0, look().color("text3"))
        if part.kind in {SECTION, BUCKET, GROUP, "form"}:
            font = item.font(0)
            font.setWeight(font.Weight.DemiBold)
            item.setFont(0, font)
        return item

    def _items(self) -> dict[Part, QTreeWidgetItem]:
        found: dict[Part, QTreeWidgetItem] = {}
        waiting = [self.tree.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            found[item.data(0, _PART)] = item
            waiting += [item.child(place) for place in range(item.childCount())]
        return found

    @property
    def part(self) -> Part:
        """The part that is chosen."""
        chosen = self.tree.selectedItems()
        found = chosen[0].data(0, _PART) if chosen else None
        return found if isinstance(found, Part) else THE_FORM

    @property
    def another(self) -> str:
        """What Insert adds: another column, line of an inspection or rule of points, a row, else a field."""
        part, form = self.part, self._form
        if form is not None and form.points is not None:
            return POINT_RULE
        if part.kind == GROUP:
            return GROUP
        found = part_of(form, part) if form is not None else None
        if part.kind == FIELD and isinstance(found, Field) and found.type.name == INDICATOR:
            return INDICATOR
        inside = part.kind == SECTION and form is not None and self._is_scored(form, part)
        return COLUMN if part.kind == COLUMN else INDICATOR if inside else FIELD

    @staticmethod
    def _is_scored(form: Form, section: Part) -> bool:
        """Whether a section of an inspection holds its lines."""
        return any(one.section == section.id for one in form.indicators)

    def choose(self, part: Part) -> None:
        """Choose a part as a click would."""
        item = self._items().get(part)
        if item is not None:
            self.tree.setCurrentItem(item)

    def _tell(self) -> None:
        if not self._filling:
            self._look_at(self.part)
            self.chosen.emit(self.part)

    def _look_at(self, part: Part) -> None:
        """Offer what can be done with a part."""
        form = self._form
        if form is None:
            return
        hidden = is_hidden(form, part)
        self.hide_button.setText(_("显示") if hidden else _("隐藏"))
        self.hide_button.setAccessibleName(self.hide_button.text())
        self.hide_button.setEnabled(can_be_hidden(form, part))
        self.remove.setEnabled(can_be_taken_out(form, part, self._released))
        for one in (self.up, self.down):
            one.setEnabled(part.kind not in {"form", GROUP})

    # ---- wishes

    def _fill_menu(self, menu: QMenu) -> None:
        for words, kind, offered in self._wishes():
            action = menu.addAction(words, partial(self.add_requested.emit, kind))
            action.setObjectName(f"add_{kind}")
            action.setEnabled(offered)

    def _wishes(self) -> list[tuple[str, str, bool]]:
        """What can be added: its words, its kind, and whether it can be here."""
        part, form = self.part, self._form
        if form is not None and form.points is not None:
            return [(_("一个积分项目"), POINT_RULE, True), (_("一类积分"), BUCKET, True)]
        own = form is not None and (
            part.kind == COLUMN or (part.kind == TABLE and form.tables_by_id[part.id].holds == "lines")
        )
        inspected = form is not None and form.inspection is not None
        return [
            *([(_("一个检查项"), INDICATOR, True)] if inspected else []),
            *([(_("这一组的一行"), GROUP, True)] if part.kind == GROUP else []),
            (_("一栏"), FIELD, True),
            (_("一部分"), SECTION, True),
            (_("一张表"), TABLE, True),
            (_("表格的一列"), COLUMN, own),
            (_("签名处"), SIGNATURE, True),
        ]

    def _press(self, wish: str) -> None:
        wishes: dict[str, Callable[[], object]] = {
            FIELD: partial(self.add_requested.emit, self.another),
            "remove": self._remove_or_hide,
            "rename": self.rename_requested.emit,
            "up": partial(self.move_requested.emit, _UP),
            "down": partial(self.move_requested.emit, _DOWN),
        }
        wishes[wish]()

    def _remove_or_hide(self) -> None:
        if self.remove.isEnabled():
            self.removal_requested.emit()
        elif self.hide_button.isEnabled() and self._form is not None and not is_hidden(self._form, self.part):
            self.hide_requested.emit(True)

    def _toggle(self) -> None:
        if self._form is not None:
            self.hide_requested.emit(not is_hidden(self._form, self.part))

    def _ask_for_name(self) -> None:
        self.rename_requested.emit()
