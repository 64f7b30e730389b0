"""What else the row under the cursor says, asked below the rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.forms.language import Form
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.shown import meant_values, shown_texts
from branchdesk.ui.screens.form_designer.questions import Question
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words


class RowDetails(QWidget):
    """Asks about one row. `changed` tells the form with the answer."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._asked: dict[str, Question] = {}
        self._shape: tuple[object, ...] = ()
        self.pane: FormPane | None = None
        self._name = Words("", "second")
        self._box = column(gap=6, parent=self)
        self._box.addWidget(self._name)

    def show_row(self, form: Form, row: Hashable, heading: str, asked: Sequence[Question]) -> None:
        """Ask about a row; where the same is asked of the same row, only the answers are shown anew."""
        self._form = form
        self._asked = {one.field.id: one for one in asked}
        self._name.setText(heading)
        shape = (row, *(one.shape for one in asked))
        if shape != self._shape or self.pane is None:
            self._shape = shape
            self._renew()
        self._fill()

    def _fill(self) -> None:
        fields = [one.field for one in self._asked.values()]
        texts = shown_texts(fields, {one.field.id: one.value for one in self._asked.values()}, {})
        if self.pane is not None and any(texts[name] != text for name, text in self.pane.texts().items()):
            self.pane.fill(texts)

    def _renew(self) -> None:
        if self.pane is not None:
            self._box.removeWidget(self.pane)
            self.pane.hide()
            self.pane.deleteLater()
        self.pane = FormPane([one.field for one in self._asked.values()], {})
        self.pane.field_edited.connect(self._answer)
        self._box.addWidget(self.pane)

    def _answer(self, name: str, text: str) -> None:
        question, before = self._asked.get(name), self._form
        if question is None or before is None:
            return
        self.changed.emit(question.change(before, meant_values([question.field], {name: text}, {})[name]))
        if self._form is before:
            self._fill()  # an answer that changes nothing is shown as it was

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        if self.pane is not None:
            self.pane.commit()
