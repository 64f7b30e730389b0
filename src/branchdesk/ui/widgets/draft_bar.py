"""What was typed when the program ended and was not stored: taken back or let go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from branchdesk.i18n import _
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Note


class Draft(Protocol):
    """Texts that were typed and not stored, by the name of the place they were typed into."""

    @property
    def saved_at(self) -> datetime:
        """When they were kept."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts."""


class DraftBar(QFrame):
    """Offers a draft with its time. `taken` and `refused` tell what the clerk wants."""

    taken = Signal()
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        self.setObjectName("draft_bar")
        self.draft: Draft | None = None
        line = row(gap=10, parent=self)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        picture = QLabel()
        picture.setPixmap(pixmap("history", "warn", 20))
        line.addWidget(picture)
        self._text = Note(role="")
        line.addWidget(self._text, 1)
        self.take = button(_("接着写"), self.taken.emit, name="take_draft")
        self.refuse = button(_("不要"), self.refused.emit, look="ghost", name="drop_draft")
        line.addWidget(self.take)
        line.addWidget(self.refuse)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says; empty while it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def offer(self, draft: Draft | None) -> None:
        """Offer a draft; None hides the bar."""
        self.draft = draft
        if draft is not None:
            when = f"{draft.saved_at:%m.%d %H:%M:%S}"
            self._text.setText(_("{when} 打的字没有来得及存，要接着写吗？", when=when))
        self.setVisible(draft is not None)
