"""The head of the form of an evaluation in a dialog: dates, places, long texts, its own tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.services.evaluations import heads, reading
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.services.members import vocabulary_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.fields.form_view import FormView
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.fields.shown import shown_texts
from branchdesk.ui.fields.texts import LongTextEditor
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.drafting import HEAD, DialogDrafts, EvaluationDrafts
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.scrolling import GrowingScroll

_WIDTH, _HEIGHT, _LEAST = 760, 640, 260


class HeadDialog(SheetDialog):
    """Shows and edits the fields of the head; each is stored when it is left."""

    def __init__(self, desk: Desk, sheet: EvaluationSheet, drafts: EvaluationDrafts, parent: QWidget) -> None:
        heading = _("{title} · 表头", title=sheet.evaluation.title)
        super().__init__(heading, parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("evaluation_head")
        self._desk = desk
        self._sheet = sheet
        self._vocabulary = vocabulary_of(desk.branch)
        self.view = FormView(sheet.form, self._vocabulary)
        content = QWidget()
        box = column(gap=10, parent=content)
        box.setContentsMargins(0, 0, px(10), 0)
        box.addWidget(self.view)
        scrolling = GrowingScroll(content)
        scrolling.setMinimumHeight(px(_LEAST))
        self.body.addWidget(scrolling, 1)
        self.add_button(_("关闭"), self._close, look="primary", name="close")
        self._connect()
        self._show()
        self._drafts = DialogDrafts(drafts, self._long_texts(), self._stored_texts(), self)
        for pane in self.view.panes:
            if pane.take_focus():
                break

    def _connect(self) -> None:
        self.view.field_edited.connect(self._store)
        self.view.line_edited.connect(self._set_in_line)
        self.view.line_added.connect(self._add_line)
        self.view.lines_removed.connect(self._remove_lines)
        for editor in self.view.tables.values():
            # Lines stand in the order in which they were written.
            editor.up.hide()
            editor.down.hide()

    def _long_texts(self) -> dict[str, QPlainTextEdit]:
        """The boxes of long texts by the names of their drafts."""
        editors = (one for pane in self.view.panes for one in pane.editors.items())
        return {f"{HEAD}.{field}": one.box for field, one in editors if isinstance(one, LongTextEditor)}

    def _stored_texts(self) -> dict[str, str]:
        return {name: box.toPlainText() for name, box in self._long_texts().items()}

    def _show(self) -> None:
        form, sheet = self._sheet.form, self._sheet
        self.view.fill(shown_texts(form.fields, sheet.evaluation.values, self._vocabulary))
        for table in form.tables:
            lines = [
                ShownLine(one.uid, shown_texts(table.fields, one.values, self._vocabulary))
                for one in sheet.lines.get(table.id, ())
            ]
            self.view.fill_lines(table.id, lines)
        self.view.set_read_only(read_only=sheet.is_frozen or not self._desk.branch.person.role.may_write)

    # ---- storing

    def _do(self, service: Callable[..., EvaluationOutcome], *arguments: object) -> None:
        """Carry out one service, and show what is stored by then."""
        branch, uid = self._desk.branch, self._sheet.evaluation.uid
        outcome = self._desk.do(partial(service, branch, uid, *arguments))
        sheet = self._desk.do(partial(reading.sheet, branch, uid))
        if sheet is not None:
            self._sheet = sheet
            self._show()
        self.view.set_findings(outcome.findings if outcome is not None else ())

    def _store(self, field: str, text: str) -> None:
        self._do(heads.set_head, {field: text})
        self._drafts.note_stored(f"{HEAD}.{field}", text)

    def _set_in_line(self, table: str, line: str, field: str, text: str) -> None:
        self._do(heads.set_line, table, line, {field: text})

    def _add_line(self, table: str, texts: dict[str, str]) -> None:
        self._do(heads.add_line, table, texts)

    def _remove_lines(self, table: str, lines: list[str]) -> None:
        self._do(heads.remove_lines, table, lines)

    # ---- leaving

    def _close(self) -> None:
        self.view.commit()
        self.accept()

    @override
    def reject(self) -> None:
        """Esc stores what is typed, too: nothing here waits to be saved."""
        self.view.commit()
        super().reject()
