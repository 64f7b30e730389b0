"""The pane of the head of the form: secretary, inspectors, dates and opinions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.inspection_words import day_shown
from branchdesk.ui.look import px
from branchdesk.ui.screens.inspection.file import InspectionFile
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.scrolling import GrowingScroll
from branchdesk.ui.widgets.texts import Note, Words

_SHOWN_ELSEWHERE = {"indicator", "signature", "computed"}


class HeadPane(QFrame):
    """Shows and edits the fields that are no lines. `edited` tells a field and what was typed."""

    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("head_pane")
        self.pane: FormPane | None = None
        self._known: tuple[str, int] | None = None
        self._deadlines = Note("", "second")
        whole = column(gap=10, parent=self)
        whole.setContentsMargins(px(14), px(10), px(14), px(10))
        whole.addWidget(Words(_("表头"), "heading"))
        content = QWidget()
        self._box = column(gap=10, parent=content)
        self._box.setContentsMargins(0, 0, px(10), 0)
        self._box.addWidget(self._deadlines)
        self._box.addStretch(1)
        self.scrolling = GrowingScroll(content)
        whole.addWidget(self.scrolling, 1)

    def show_file(self, file: InspectionFile) -> None:
        """Show the head as it is stored; what is being typed stays."""
        form = file.sheet.form
        if self._known != (form.kind, form.version):
            self._known = (form.kind, form.version)
            self._build(form, file.vocabulary)
        days = file.sheet.deadlines
        self._deadlines.setText(
            _(
                "期限：{issue} 前下发，{own} 前自查，{inspect} 前检查打分。",
                issue=day_shown(days.issue_on.isoformat()),
                own=day_shown(days.self_check_on.isoformat()),
                inspect=day_shown(days.inspect_on.isoformat()),
            )
        )
        if self.pane is not None:
            self.pane.fill(file.head_texts())
            self.pane.set_read_only(read_only=not file.is_open)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show what there is to say about what was typed."""
        if self.pane is not None:
            self.pane.set_findings(findings)

    def _build(self, form: Form, vocabulary: Vocabulary) -> None:
        if self.pane is not None:
            self.pane.hide()
            self._box.removeWidget(self.pane)
            self.pane.deleteLater()
        fields = [one for one in form.fields if one.type.name not in _SHOWN_ELSEWHERE]
        self.pane = FormPane(fields, vocabulary, whole=form)
        self.pane.field_edited.connect(self.edited)
        self._box.insertWidget(0, self.pane)

    def take_focus(self) -> None:
        """Go to the first field."""
        if self.pane is not None:
            self.pane.take_focus()

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        if self.pane is not None:
            self.pane.commit()
