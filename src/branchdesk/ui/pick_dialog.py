"""A short list to pick from by typing: names by pinyin initials, phrases by any of their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from branchdesk.domain.names import initials, readings
from branchdesk.i18n import _
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.look import px
from branchdesk.ui.widgets.texts import Note


def fits(words: str, typed: str) -> bool:
    """Whether words hold what was typed, or their pinyin or its initials begin with it."""
    key = typed.strip().casefold()
    if not key or key in words.casefold():
        return True
    spoken = readings(words)[0]
    return initials(spoken).startswith(key) or "".join(spoken).startswith(key)


class PickDialog(SheetDialog):
    """Shows words to pick one from. Arrows choose, Enter takes it, Esc gives up."""

    def __init__(
        self,
        heading: str,
        words: Sequence[str],
        on_pick: Callable[[int], object],
        parent: QWidget,
        *,
        verb: str = "",
        nothing: str = "",
    ) -> None:
        super().__init__(heading, parent, width=460)
        self.setObjectName("pick")
        self._words = list(words)
        self._on_pick = on_pick
        self._composing = False
        self.line = QLineEdit()
        self.line.setAccessibleName(heading)
        self.line.setPlaceholderText(_("打几个字或拼音首字母来找"))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(heading)
        self.list.setMinimumHeight(px(220))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take)
        self._nothing = Note(nothing, "hint")
        self._nothing.setVisible(bool(nothing) and not self._words)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._nothing)
        self.add_button(_("取消"))
        self.add_button(verb or _("插入"), self._take_current, look="primary", name="take")
        self._search("")
        self.line.setFocus()

    def _search(self, typed: str) -> None:
        if self._composing:
            return
        self.list.clear()
        for place, words in enumerate(self._words):
            if fits(words, typed):
                item = QListWidgetItem(words)
                item.setToolTip(words)
                item.setData(Qt.ItemDataRole.UserRole, place)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or self._composing:
            return False
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take_current()
            return True
        return False

    def _take_current(self) -> None:
        item = self.list.currentItem()
        if self.list.currentRow() >= 0:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        place = int(item.data(Qt.ItemDataRole.UserRole))
        self.accept()
        self._on_pick(place)
