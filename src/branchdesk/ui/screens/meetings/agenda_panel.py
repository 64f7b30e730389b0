"""The points of the agenda, one line each: added, moved and taken out by key or button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.meetings.model import AgendaItem
from branchdesk.i18n import _, _n
from branchdesk.ui.fields.typed_line import TypedLine
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Chip, Note, Words

_CTRL = Qt.KeyboardModifier.ControlModifier


class _AgendaLine(QWidget):
    """One point with its number and what can be done with it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.item: AgendaItem | None = None
        line = row(gap=6, parent=self)
        line.addWidget(Words(_("{n}.", n=number), "second"))
        self.line = TypedLine(f"agenda_{number}", _("议题 {n}", n=number), goes_on=False)
        line.addWidget(self.line, 1)
        self.carried = Chip(_("上次未办结"), "warn")
        line.addWidget(self.carried)
        self.remove = button("", look="ghost", icon_name="x", tip=_("删除议题 {n}", n=number))
        self.remove.setObjectName(f"remove_agenda_{number}")
        line.addWidget(self.remove)

    def show_item(self, item: AgendaItem | None, *, read_only: bool) -> None:
        """Show a point; None is the line in which a new one is written."""
        self.item = item
        self.line.fill(item.title if item is not None else "")
        self.line.setPlaceholderText(_("写下一个议题") if item is None else "")
        self.line.setReadOnly(read_only)
        self.carried.setVisible(item is not None and item.carried_from is not None)
        self.remove.setVisible(item is not None and not read_only)


class AgendaPanel(QWidget):
    """The agenda. `changed` tells the whole list of (uid or None, title) after each change of a line."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_AgendaLine] = []
        self._read_only = False
        box = column(gap=6, parent=self)
        head = row(gap=8)
        head.addWidget(Words(_("议题"), "heading"))
        self._count = Words("", "hint")
        head.addWidget(self._count)
        head.addStretch(1)
        box.addLayout(head)
        self._places = column(gap=6)
        box.addLayout(self._places)
        self._hint = Note(_("Enter 下一条；Ctrl+↑、Ctrl+↓ 移动；清空一条就是删除。"), "hint")
        box.addWidget(self._hint)

    def show_items(self, items: Sequence[AgendaItem], *, read_only: bool = False) -> None:
        """Show the agenda with an empty line behind it; lines stay, so that the cursor does too."""
        self._read_only = read_only
        wanted: list[AgendaItem | None] = [*items] if read_only else [*items, None]
        for gone in self.lines[len(wanted) :]:
            gone.line.blockSignals(True)
            gone.hide()
            self._places.removeWidget(gone)
            gone.deleteLater()
        del self.lines[len(wanted) :]
        while len(self.lines) < len(wanted):
            self._add_line()
        for one, item in zip(self.lines, wanted, strict=True):
            one.show_item(item, read_only=read_only)
        self._count.setText(_n("{n} 项", len(items)) if items else "")
        self._hint.setVisible(not read_only)

    def _add_line(self) -> None:
        made = _AgendaLine(len(self.lines) + 1)
        made.line.entered.connect(self._tell)
        made.line.returnPressed.connect(self._go_on)
        made.line.installEventFilter(self)
        made.remove.clicked.connect(self._remove)
        self.lines.append(made)
        self._places.addWidget(made)

    def _go_on(self) -> None:
        """From one point to the next, and to a new one behind the last."""
        place = next((number for number, one in enumerate(self.lines) if one.line is self.sender()), -1)
        self.lines[place].line.commit()
        if place + 1 < len(self.lines):
            self.lines[place + 1].line.setFocus()
        else:
            self.focusNextChild()

    def focus_first_empty(self) -> None:
        """Go to the line in which a new point is written."""
        if self.lines:
            self.lines[-1].line.setFocus()

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for one in self.lines:
            one.line.commit()

    def _titles(self) -> list[tuple[str | None, str]]:
        return [
            (one.item.uid if one.item is not None else None, one.line.text().strip()) for one in self.lines
        ]

    def _emit(self, titles: Sequence[tuple[str | None, str]]) -> None:
        self.changed.emit([(uid, title) for uid, title in titles if title])

    def _tell(self) -> None:
        self._emit(self._titles())

    def _remove(self) -> None:
        button_pressed = self.sender()
        self._emit(
            [
                pair
                for one, pair in zip(self.lines, self._titles(), strict=True)
                if one.remove is not button_pressed
            ]
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.modifiers() != _CTRL:
            return False
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
        if step is None or self._read_only or not isinstance(watched, QLineEdit):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._move(watched, step)
        event.accept()
        return event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}

    def _move(self, line: QLineEdit, step: int) -> None:
        place = next(number for number, one in enumerate(self.lines) if one.line is line)
        target = place + step
        titles = self._titles()
        if not 0 <= target < len(titles) or not titles[place][1] or not titles[target][1]:
            return
        titles[place], titles[target] = titles[target], titles[place]
        self.lines[target].line.setFocus()
        self._emit(titles)
