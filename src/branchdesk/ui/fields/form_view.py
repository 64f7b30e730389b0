"""A whole form on the screen: sections with fields and tables, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Form, FormTable, Section
from branchdesk.i18n import _, later
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.lines_editor import LinesEditor, ShownLine
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note, Words

HELD_ELSEWHERE = {
    "agenda": later("议程在会议窗口里逐项填写。"),
    "attendance": later("签到在会议窗口里逐人勾选。"),
    "passages": later("会议内容在会议窗口里记录。"),
    "votes": later("表决在会议窗口里逐项登记。"),
    "decisions": later("决议和落实情况在会议窗口里登记。"),
}


class FormView(QWidget):
    """Shows a form. `field_edited` tells id and text.

    Of its own tables `line_edited` tells table, uid, field and text, `line_added` table and texts,
    `lines_removed` table and uids, `line_moved` table, uid and step.
    """

    field_edited = Signal(str, str)
    line_edited = Signal(str, str, str, str)
    line_added = Signal(str, dict)
    lines_removed = Signal(str, list)
    line_moved = Signal(str, str, int)

    def __init__(self, form: Form, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.form = form
        self._vocabulary = vocabulary
        self.panes: list[FormPane] = []
        self.tables: dict[str, LinesEditor] = {}
        box = column(gap=14, parent=self)
        for section in form.sections:
            if not section.hidden:
                self._add_section(section, box)
        self._add_signatures(box)
        box.addStretch(1)

    def _add_section(self, section: Section, box: QVBoxLayout) -> None:
        fields, tables = self.form.in_section(section.id), self.form.tables_in(section.id)
        if not fields and not tables:
            return
        box.addWidget(Words(section.shown(), "heading"))
        if fields:
            pane = FormPane(fields, self._vocabulary, whole=self.form)
            pane.field_edited.connect(self._edited)
            self.panes.append(pane)
            box.addWidget(pane)
        for table in tables:
            box.addWidget(Words(table.shown(), "strong"))
            if table.hint():
                box.addWidget(Note(table.hint(), "hint"))
            box.addWidget(self._table(table))

    def _table(self, table: FormTable) -> QWidget:
        if table.holds != "lines":
            return Note(_(HELD_ELSEWHERE[table.holds]), "hint")
        editor = LinesEditor(table, self._vocabulary)
        editor.setObjectName(f"table_{table.id}")
        editor.line_edited.connect(partial(self.line_edited.emit, table.id))
        editor.line_added.connect(partial(self.line_added.emit, table.id))
        editor.lines_removed.connect(partial(self.lines_removed.emit, table.id))
        editor.line_moved.connect(partial(self.line_moved.emit, table.id))
        self.tables[table.id] = editor
        return editor

    def _add_signatures(self, box: QVBoxLayout) -> None:
        """Where paper is signed; nothing is typed there."""
        if self.form.signatures:
            box.addWidget(Words(_("签名"), "heading"))
            for signature in self.form.signatures:
                words = _("{label}：打印后手签", label=signature.shown())
                box.addWidget(Note(words, "second"))

    def _edited(self, field_id: str, text: str) -> None:
        for pane in self.panes:
            pane.learn({field_id: text})
        self.field_edited.emit(field_id, text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from the last field of a section to the first of the next."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        inside = [place for place, pane in enumerate(self.panes) if pane.isAncestorOf(focused)]
        here = inside[0] if inside else len(self.panes)
        if not any(pane.take_focus() for pane in self.panes[here + 1 :]):
            event.ignore()

    # ---- texts

    def fill(self, texts: Mapping[str, str]) -> None:
        """Show the texts of the fields; nothing is told to anybody."""
        for pane in self.panes:
            pane.fill(texts)

    def fill_lines(self, table: str, lines: Iterable[ShownLine]) -> None:
        """Show the lines of one of the form's own tables."""
        if table in self.tables:
            self.tables[table].fill(lines)

    def texts(self) -> dict[str, str]:
        """The texts as they stand in the editors."""
        return {field_id: text for pane in self.panes for field_id, text in pane.texts().items()}

    def set_figures(self, figures: Mapping[str, str]) -> None:
        """Show the figures that are counted, by the name of the figure."""
        for pane in self.panes:
            pane.set_figures(figures)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show the gravest finding of each field in words below it."""
        for pane in self.panes:
            pane.set_findings(findings)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        for pane in self.panes:
            pane.set_read_only(read_only=read_only)
        for editor in self.tables.values():
            editor.set_read_only(read_only=read_only)

    def commit(self) -> None:
        """Tell whatever was typed and not yet told."""
        for pane in self.panes:
            pane.commit()
