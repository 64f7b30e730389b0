"""What pages of the entry window stand in: a card in the middle, which scrolls, and a foot, which stays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import FitScroll, column, frame, row
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Words

_CARD = 760


def in_the_middle(content: QWidget) -> QHBoxLayout:
    """A row that keeps its content in the middle and no wider than a card."""
    line = row(gap=0)
    content.setMaximumWidth(px(_CARD))
    line.addStretch(1)
    line.addWidget(content, 100)
    line.addStretch(1)
    return line


class CardScroll(FitScroll):
    """A card around a page. Where the page becomes higher or lower, so does the card."""

    def __init__(self, page: QWidget) -> None:
        middle = QWidget()
        super().__init__(middle)
        self.page = page
        upright = column(gap=0, parent=middle)
        card = frame("card")
        inside = column(margin=28, gap=14, parent=card)
        inside.addWidget(page)
        upright.setContentsMargins(px(16), px(24), px(16), px(24))
        upright.addStretch(1)
        upright.addLayout(in_the_middle(card))
        upright.addStretch(2)

    def go_to_top(self) -> None:
        """Show the beginning of the page."""
        self.verticalScrollBar().setValue(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The content tells that its needs have changed; its least height is one of its own making.
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit(self.widget().width())
        return super().eventFilter(watched, event)


class StepFoot(QFrame):
    """What is wrong and the buttons of a step, below the card, where nothing scrolls them away."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "status")
        around = column(parent=self)
        around.setContentsMargins(px(16), px(8), px(16), px(8))
        middle = QWidget()
        box = column(gap=8, parent=middle)
        self.banner = Banner()
        self.back = button(_("上一步"), name="back")
        self.hint = Words("", "hint")
        self.next = button(_("下一步"), look="primary", name="next")
        line = row(gap=8)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.hint)
        line.addWidget(self.next)
        box.addWidget(self.banner)
        box.addLayout(line)
        around.addLayout(in_the_middle(middle))
