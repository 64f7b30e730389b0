"""The widgets that edit one field: they show a stored value and tell what was typed, nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.ui.focus import opens_list
from branchdesk.ui.icons import icon
from branchdesk.ui.look import px
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.texts import restyle


class FieldEditor(QWidget):
    """Edits one field. `edited` tells the text that was typed, once, when the clerk leaves the field.

    Filling emits nothing.
    """

    edited = Signal(str)

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.field = field
        self.vocabulary = vocabulary
        self._filled = ""
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)

    def fill(self, text: str) -> None:
        """Show a text."""
        self._filled = text
        self._put(text)

    def text(self) -> str:
        """The text as it stands in the widget."""
        raise NotImplementedError

    def _put(self, text: str) -> None:
        raise NotImplementedError

    def commit(self) -> None:
        """Tell the text where it differs from what was filled in."""
        text = self.text()
        if text != self._filled:
            self._filled = text
            self.edited.emit(text)

    def mark(self, finding: Finding | None) -> None:
        """Show by its border that there is something to say about the value."""
        state = "" if finding is None else "err" if finding.is_error else "warn"
        restyle(self.focusProxy() or self, "state", state)
        self.setToolTip(finding.sentence if finding else self.field.hint())

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        proxy = self.focusProxy()
        if isinstance(proxy, QLineEdit | QPlainTextEdit):
            proxy.setReadOnly(read_only)
        elif proxy is not None:
            proxy.setEnabled(not read_only)


class LineEditor(FieldEditor):
    """One line of text; also numbers, amounts, telephone and identity numbers."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.line = QLineEdit()
        self.line.setAccessibleName(field.shown())
        self.line.setToolTip(field.hint())
        self.row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self.commit)

    @override
    def text(self) -> str:
        return self.line.text()

    @override
    def _put(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)


class DateEditor(LineEditor):
    """A date as clerks write it; Alt+Down or the icon opens a calendar."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.line.setPlaceholderText(_("如 2010.06.29"))
        action = QAction(icon("calendar", "text3"), _("打开日历"), self.line)
        action.triggered.connect(self.open_calendar)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.line.installEventFilter(self)

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


class LongTextEditor(FieldEditor):
    """Text of several lines; Tab goes on to the next field."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.box = QPlainTextEdit()
        self.box.setAccessibleName(field.shown())
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(px(84))
        self.row.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return False

    @override
    def text(self) -> str:
        return self.box.toPlainText()

    @override
    def _put(self, text: str) -> None:
        self.box.setPlainText(text)


class ChoiceEditor(FieldEditor):
    """One word of a dictionary; typing its beginning is enough, and anything else typed is kept."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.box = choice_box(self._words())
        self.box.setAccessibleName(field.shown())
        self.box.setToolTip(field.hint())
        self.row.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self.commit)
        line = self.box.lineEdit()
        if line is not None:
            line.setAccessibleName(field.shown())
            line.editingFinished.connect(self.commit)

    def _words(self) -> list[str]:
        # Branches may have groups of the same name; a member's own branch decides which is meant.
        return list(dict.fromkeys(entry.shown() for entry in self.vocabulary[self.field.dictionary].entries))

    @override
    def text(self) -> str:
        return self.box.currentText()

    @override
    def _put(self, text: str) -> None:
        self.box.setCurrentIndex(self.box.findText(text))
        self.box.setEditText(text)


class YesNoEditor(ChoiceEditor):
    """Yes, no or not filled in."""

    @override
    def _words(self) -> list[str]:
        return [_("是"), _("否")]


class ChoicesEditor(LineEditor):
    """Several words of a dictionary, ticked in a menu or typed with 、 between them."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        action = QAction(icon("chevron-down", "text3"), _("打开列表"), self.line)
        action.triggered.connect(self.open_menu)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def open_menu(self) -> None:
        """Open the list with what is chosen ticked."""
        if self.line.isReadOnly():
            return
        chosen = self.line.text().split("、")
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in self.vocabulary[self.field.dictionary].entries:
            action = menu.addAction(entry.shown())
            action.setCheckable(True)
            action.setChecked(entry.shown() in chosen)
        menu.triggered.connect(self._take)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take(self, action: QAction) -> None:
        chosen = [word for word in self.line.text().split("、") if word and word != action.text()]
        if action.isChecked():
            chosen.append(action.text())
        self.line.setText("、".join(chosen))
        self.commit()


def choice_box(words: list[str]) -> QComboBox:
    """An editable list of words that completes by their beginning and opens with Alt+Down."""
    box = Choice()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    # Its longest word must not decide how wide a form gets.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.addItems(["", *words])
    completer = QCompleter(words, box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
    box.setCompleter(completer)
    return box


# Every field type has its editor; a test fails where one is missing.
FIELD_EDITORS: dict[str, Callable[[Field, Vocabulary], FieldEditor]] = {
    "text": LineEditor,
    "person_name": LineEditor,
    "long_text": LongTextEditor,
    "date": DateEditor,
    "choice": ChoiceEditor,
    "choices": ChoicesEditor,
    "yes_no": YesNoEditor,
    "number": LineEditor,
    "money": LineEditor,
    "phone": LineEditor,
    "id_number": LineEditor,
}


def field_editor(field: Field, vocabulary: Vocabulary) -> FieldEditor:
    """The widget for a field."""
    made = FIELD_EDITORS[field.type.name](field, vocabulary)
    made.setObjectName(f"field_{field.id}")
    return made
