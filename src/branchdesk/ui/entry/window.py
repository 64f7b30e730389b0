"""The window before a branch is open. It imports nothing but Qt, so that something shows at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.i18n import Language, _, spoken
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import FitScroll, Flow, column, frame, row
from branchdesk.ui.widgets.texts import Words

_CARD = 760
_LEAST_WIDTH, _LEAST_HEIGHT = 900, 600


class EntryWindow(QMainWindow):
    """A header, and one page at a time in a card in the middle."""

    closed = Signal()
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
        middle = QWidget()
        upright = column(gap=0, parent=middle)
        around = row(gap=0)
        card = frame("card")
        card.setMaximumWidth(px(_CARD))
        inside = column(margin=28, gap=14, parent=card)
        inside.addWidget(self.stack)
        around.addStretch(1)
        around.addWidget(card, 100)
        around.addStretch(1)
        upright.setContentsMargins(px(16), px(24), px(16), px(24))
        upright.addStretch(1)
        upright.addLayout(around)
        upright.addStretch(2)
        box.addWidget(FitScroll(middle), 1)
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

    def show_page(self, page: QWidget) -> None:
        """Put a page into the card; the one before it goes away."""
        for _place in range(self.stack.count()):
            old = self.stack.widget(0)
            if old is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self.stack.currentWidget()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
