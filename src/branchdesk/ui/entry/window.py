"""The window before a branch is open. It imports nothing but Qt, so that something shows at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.i18n import Language, _, spoken
from branchdesk.ui.entry.place import CardScroll
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import Flow, column, frame, row
from branchdesk.ui.widgets.texts import Words

_LEAST_WIDTH, _LEAST_HEIGHT = 900, 600


class EntryWindow(QMainWindow):
    """A header, and one page at a time. `painted` tells that it can be seen."""

    closed = Signal()
    painted = Signal()
    language_chosen = Signal(str)
    scale_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("支部台账"))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.stack = QStackedWidget()
        whole = QWidget()
        whole.setObjectName("page")
        box = column(gap=0, parent=whole)
        box.addWidget(self._header())
        box.addWidget(self.stack, 1)
        self.setCentralWidget(whole)

    def _header(self) -> QWidget:
        ground = frame("header")
        line = row(gap=10, parent=ground)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        mark = frame("mark")
        mark.setFixedSize(px(30), px(30))
        sign = QLabel("支")
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(gap=0, parent=mark)
        inside.addWidget(sign)
        line.addWidget(mark)
        line.addWidget(Words(_("支部台账"), "heading"))
        line.addStretch(1)
        choices = QWidget()
        flow = Flow(choices)
        sizes = [("100", _("标准字")), ("125", _("大字")), ("150", _("特大字"))]
        size = Segments(sizes, str(min(look().scale, 150)))
        size.chosen.connect(self._take_scale)
        languages = [(Language.CHINESE.value, "中文"), (Language.ENGLISH.value, "English")]
        language = Segments(languages, spoken().value)
        language.chosen.connect(self.language_chosen)
        flow.addWidget(size)
        flow.addWidget(language)
        choices.setMinimumWidth(flow.sizeHint().width())
        line.addWidget(choices)
        return ground

    def _take_scale(self, value: str) -> None:
        self.scale_chosen.emit(int(value))

    def show_page(self, page: QWidget, *, whole: bool = False) -> None:
        """Put a page into a card in the middle; the one before it goes away.

        A page that takes the `whole` room has a card of its own.
        """
        for _place in range(self.stack.count()):
            old = self.stack.widget(0)
            if old is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
        placed = page if whole else CardScroll(page)
        self.stack.addWidget(placed)
        self.stack.setCurrentWidget(placed)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        placed = self.stack.currentWidget()
        return placed.page if isinstance(placed, CardScroll) else placed

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
