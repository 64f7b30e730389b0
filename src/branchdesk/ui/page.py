"""What every screen has: a head with title and buttons, a banner, and a body that fits the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from typing_extensions import override

from branchdesk.ui.desk import Desk
from branchdesk.ui.look import px
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Elide, Words

_LOW = 500


class Page(QWidget):
    """A screen. Subclasses put their content into `body` and answer the wishes of the window."""

    key = ""
    help_topic = ""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.desk = desk
        self._whole = whole = column(gap=12, parent=self)
        self._low = False
        self.head = QWidget()
        line = row(gap=12, parent=self.head)
        texts = column(gap=2)
        self.title = Words(title, "title")
        self.subtitle = Elide(role="hint")
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        line.addLayout(texts, 1)
        self._buttons = QWidget()
        self._button_flow = Flow(self._buttons)
        line.addWidget(self._buttons)
        self.banner = Banner()
        whole.addWidget(self.head)
        whole.addWidget(self.banner)
        self.first_focus: QWidget | None = None
        self.body = column(gap=12)
        whole.addLayout(self.body, 1)
        Page.set_low(self, low=False)

    def set_buttons(self, buttons: Sequence[QPushButton]) -> None:
        """The buttons of the head; the last one is the primary one."""
        for one in buttons:
            self._button_flow.addWidget(one)
        self.fit_buttons()

    def fit_buttons(self) -> None:
        """Make room for the buttons that are shown; to be called where some are hidden or come back."""
        self._buttons.setMinimumWidth(self._button_flow.sizeHint().width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < px(_LOW)
        if low != self._low:
            self._low = low
            self.set_low(low=low)

    def set_low(self, *, low: bool) -> None:
        """Leave the height to the content where large letters meet a small screen."""
        beside, above = (14, 8) if low else (20, 16)
        self._whole.setContentsMargins(px(beside), px(above), px(beside), px(above))
        self._whole.setSpacing(px(8 if low else 12))
        self.subtitle.setVisible(not low)

    # ---- wishes of the window; a screen that has no answer does nothing

    def shown(self, target: object = None) -> None:
        """The screen has come to the front; `target` is what it should show."""

    def take_focus(self) -> None:
        """Put the focus where work begins; does nothing where the focus is already inside."""
        focused = QApplication.focusWidget()
        if self.first_focus is not None and (focused is None or not self.isAncestorOf(focused)):
            self.first_focus.setFocus()

    def toggle_details(self) -> None:
        """F4."""

    def toggle_focus(self) -> None:
        """F11."""

    def next_finding(self, *, backwards: bool = False) -> None:
        """F8 and Shift+F8."""

    def next_pane(self, *, backwards: bool = False) -> None:
        """F6 and Shift+F6."""

    def find_here(self) -> None:
        """Ctrl+F."""

    def begin_new(self) -> None:
        """Ctrl+N."""

    def print_here(self) -> None:
        """Ctrl+P."""

    def delete_selected(self) -> None:
        """Move what is selected to the recycle bin."""

    def record_event(self) -> None:
        """Record what has happened to the member in front."""

    def step_record(self, *, backwards: bool = False) -> None:
        """Alt+Down and Alt+Up."""

    def refresh(self) -> None:
        """F5."""

    def commit(self) -> None:
        """Store what is typed and not yet stored; called before the screen goes away."""
