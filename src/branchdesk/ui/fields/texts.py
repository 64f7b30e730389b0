"""Editors for text of several lines and for numbers within bounds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.base import FieldEditor, LineEditor
from branchdesk.ui.look import px


class LongTextEditor(FieldEditor):
    """Text of several lines; Tab and Ctrl+Enter go on to the next field."""

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


class NumberEditor(LineEditor):
    """A number; where it has bounds, they are read in the empty line."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        least, most = field.least, field.most
        if least is not None and most is not None:
            self.line.setPlaceholderText(_("{least} 到 {most}", least=least, most=most))
        elif most is not None:
            self.line.setPlaceholderText(_("最多 {most}", most=most))
        elif least is not None and least > 0:
            self.line.setPlaceholderText(_("至少 {least}", least=least))
