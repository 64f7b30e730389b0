"""What every editor of a field has in common, and the line of text that most of them are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.ui.widgets.texts import restyle


class FieldEditor(QWidget):
    """Edits one field. `edited` tells the text that was typed, once, when the clerk leaves the field.

    Filling emits nothing. What holds no text of its own (files, signatures, figures) has `has_text` False.
    """

    edited = Signal(str)

    has_text = True

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.field = field
        self.vocabulary = vocabulary
        self._filled = ""
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)

    def fill(self, text: str) -> None:
        """Show a text; what is being typed stays as long as the stored text is the same."""
        proxy = self.focusProxy()
        typing = proxy is not None and proxy.hasFocus() and self.has_text
        if typing and text == self._filled and self.text() != text:
            return
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

    def take_focus(self) -> None:
        """Take the keyboard as Tab would give it: what stands here is selected."""
        (self.focusProxy() or self).setFocus(Qt.FocusReason.TabFocusReason)

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
