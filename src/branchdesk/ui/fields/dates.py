"""Editors for days and for the time that a meeting takes."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.fields import Surroundings
from branchdesk.forms.language import Field
from branchdesk.forms.time_spans import span_of
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.ui.fields.base import LineEditor
from branchdesk.ui.focus import opens_list
from branchdesk.ui.icons import icon
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Words


class DateEditor(LineEditor):
    """A date as clerks write it; Alt+Down or the icon opens a calendar."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.line.setPlaceholderText(self.example())
        action = QAction(icon("calendar", "text3"), _("打开日历"), self.line)
        action.triggered.connect(self.open_calendar)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.line.installEventFilter(self)

    def example(self) -> str:
        """How it may be written."""
        return _("如 2010.06.29")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not opens_list(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.open_calendar()
            return True
        return False

    def open_calendar(self) -> None:
        """Open a calendar below the field."""
        if self.line.isReadOnly():
            return
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = PartialDate.read(self.line.text().replace(".", "-"))
        if known is not None:
            first = known.first_day()
            calendar.setSelectedDate(QDate(first.year, first.month, first.day))

        def take(day: QDate) -> None:
            calendar.close()
            self.line.setText(day.toString("yyyy.MM.dd"))
            self.commit()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()


class TimeSpanPopup(QFrame):
    """Asks for day, beginning and end. `taken` tells them as a clerk would write them."""

    taken = Signal(str)

    def __init__(self, day: QDate, start: str, end: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = column(margin=10, gap=8, parent=self)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("日期"))
        self.calendar.setSelectedDate(day)
        box.addWidget(self.calendar)
        line = row(gap=8)
        self.start = self._time(_("开始时间"), start, _("如 15:00"))
        self.end = self._time(_("结束时间"), end, _("可不填"))
        for part in (self.start, Words(_("至")), self.end):
            line.addWidget(part)
        self.verb = button(_("确定"), self._take, look="primary", name="take_span")
        line.addWidget(self.verb)
        box.addLayout(line)
        self.calendar.activated.connect(self._go_to_times)
        self.start.returnPressed.connect(self.end.setFocus)
        self.end.returnPressed.connect(self._take)
        for first, second in ((self.calendar, self.start), (self.start, self.end), (self.end, self.verb)):
            QWidget.setTabOrder(first, second)

    @staticmethod
    def _time(label: str, text: str, hint: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(label)
        line.setPlaceholderText(hint)
        line.setMinimumWidth(line.fontMetrics().horizontalAdvance("00:00 00:00 00"))
        return line

    def _go_to_times(self) -> None:
        self.start.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        text = self.calendar.selectedDate().toString("yyyy.MM.dd")
        start, end = self.start.text().strip(), self.end.text().strip()
        if start:
            text = f"{text} {start}-{end}" if end else f"{text} {start}"
        self.close()
        self.taken.emit(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.verb.hasFocus():
            self._take()
            return
        super().keyPressEvent(event)


class TimeSpanEditor(DateEditor):
    """A day with beginning and end; Alt+Down or the icon asks for them one by one."""

    @override
    def example(self) -> str:
        return _("如 2026.11.19 15:00-16:40")

    @override
    def open_calendar(self) -> None:
        """Open day and times below the field."""
        if self.line.isReadOnly():
            return
        around = Surroundings(self.vocabulary, clock.today(), typed=True)
        span = span_of(self.field.type.read(self.field, self.line.text(), around).value)
        day = span.day if span is not None else clock.today()
        start = span.start.strftime("%H:%M") if span is not None and span.start is not None else ""
        end = span.end.strftime("%H:%M") if span is not None and span.end is not None else ""
        popup = TimeSpanPopup(QDate(day.year, day.month, day.day), start, end, self)
        popup.taken.connect(self._take)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()
        popup.calendar.setFocus()

    def _take(self, text: str) -> None:
        self.line.setText(text)
        self.commit()
        self.line.setFocus()
