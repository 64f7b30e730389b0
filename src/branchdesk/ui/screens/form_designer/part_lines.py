"""Rows below the questions about a part: what it has several of, added, changed, moved and taken away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.forms.declarations import FormTable
from branchdesk.forms.editing import with_part
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import Part, part_of
from branchdesk.ui.fields.lines_editor import LinesEditor
from branchdesk.ui.fields.shown import meant_values
from branchdesk.ui.widgets.layouts import column


class PartLines(QWidget):
    """Rows of a part of a form. `changed` tells the form with other ones."""

    changed = Signal(object)

    def __init__(self, table: FormTable, *, movable: bool = True) -> None:
        super().__init__()
        self._form: Form | None = None
        self._part: Part | None = None
        self._table = table
        self.lines = LinesEditor(table, {}, movable=movable)
        self.box = column(gap=8, parent=self)
        self.box.addWidget(self.lines)
        self.setFocusProxy(self.lines)
        self.lines.line_edited.connect(self._edit)
        self.lines.line_added.connect(self._add_texts)
        self.lines.lines_removed.connect(self.remove)
        self.lines.line_moved.connect(self.move_line)

    def show_part(self, form: Form, part: Part) -> None:
        """Show the rows of a part."""
        self._form, self._part = form, part
        self.fill()

    def _edit(self, row: str, name: str, text: str) -> None:
        self.change(row, name, self._meant(name, text))

    def _add_texts(self, texts: dict[str, str]) -> None:
        meant = {name: self._meant(name, text) for name, text in texts.items()}
        if meant.get("label"):
            self.add(meant)

    def _meant(self, name: str, text: str) -> str:
        return meant_values([self._table.by_id[name]], {name: text.strip()}, {})[name] or ""

    def commit(self) -> None:
        """Tell what was typed beside the rows and not yet told; most kinds ask nothing there."""

    # ---- what each kind of row does

    def fill(self) -> None:
        """Show the rows as they stand."""
        raise NotImplementedError

    def change(self, row: str, name: str, value: str) -> None:
        """Give one cell of a row another value."""
        raise NotImplementedError

    def add(self, values: dict[str, str]) -> None:
        """Add a row that has a label."""
        raise NotImplementedError

    def remove(self, rows: list[str]) -> None:
        """Take rows away."""
        raise NotImplementedError

    def move_line(self, row: str, step: int) -> None:
        """Put a row some places further down."""
        raise NotImplementedError


class FieldLines(PartLines):
    """Rows of a field or column."""

    def field(self) -> Field | None:
        """The field whose rows they are."""
        found = part_of(self._form, self._part) if self._form is not None and self._part is not None else None
        return found if isinstance(found, Field) else None

    def take(self, change: Callable[[Field], Field]) -> None:
        """Tell the form with the field as `change` makes it."""
        if self._form is not None and self._part is not None and self.field() is not None:
            self.changed.emit(with_part(self._form, self._part, partial(_of_field, change)))


def _of_field(change: Callable[[Field], Field], field: Field) -> Field:
    return change(field)
