"""Keeping what is typed into an inspection and its problems, and giving it back after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject

from branchdesk.i18n import _
from branchdesk.services.inspections import answering, drafts, issues
from branchdesk.services.inspections.drafts import InspectionDraft
from branchdesk.ui.screens.inspection.file import InspectionEdits, InspectionFile
from branchdesk.ui.screens.inspection.line_pane import LinePane
from branchdesk.ui.widgets.draft_bar import DraftBar
from branchdesk.ui.widgets.drafted_text import DraftedText

_LINE, _ISSUE = "line", "issue"


class InspectionDrafts(QObject):
    """Drafts are named `line.<indicator>.<plan or record>` and `issue.<uid>.<field>`."""

    def __init__(self, edits: InspectionEdits, pane: LinePane) -> None:
        super().__init__(pane)
        self._edits = edits
        self._pane = pane
        self.file: InspectionFile | None = None
        self.bar = DraftBar()
        self._connect()

    def _connect(self) -> None:
        for text in (*self._pane.answers.texts.values(), *self._pane.issues.fields.texts.values()):
            text.draft_due.connect(self.keep)
            text.entered.connect(self.drop)
        self.bar.taken.connect(self._take)
        self.bar.refused.connect(self._refuse)

    def _places(self) -> dict[str, DraftedText]:
        """The texts on the screen by the names of their drafts."""
        line = self._pane.line.indicator.id if self._pane.line is not None else ""
        problem = self._pane.issues.fields.uid
        found = {f"{_LINE}.{line}.{key}": text for key, text in self._pane.answers.texts.items()}
        if self._pane.issues.issue is not None:
            found |= {
                f"{_ISSUE}.{problem}.{key}": text for key, text in self._pane.issues.fields.texts.items()
            }
        return found

    def keep(self) -> None:
        """Keep what is typed and not stored, in case the power goes."""
        unstored = {name: text.toPlainText() for name, text in self._places().items() if text.is_unstored}
        if unstored:
            drafts.keep_draft(self._edits.desk.branch, self._edits.uid, unstored)

    def drop(self) -> None:
        """Forget the draft, once what was typed is stored."""
        drafts.drop_draft(self._edits.desk.branch, self._edits.uid)

    def offer(self) -> None:
        """Offer what was typed into the inspection in front and is not what is stored."""
        self.bar.offer(self._found())

    def _found(self) -> InspectionDraft | None:
        if self.file is None or not self.file.may_write:
            return None
        return drafts.draft_of(self._edits.desk.branch, self._edits.uid)

    def _take(self) -> None:
        draft = self.bar.draft
        self.bar.offer(None)
        if draft is not None:
            self._store(draft.texts)

    def _store(self, texts: Mapping[str, str]) -> None:
        """Store each text in its place; a place that is gone by now is passed over."""
        branch, lines = self._edits.desk.branch, set()
        for name, text in texts.items():
            kind, uid, key = name.split(".", 2)
            if kind == _LINE:
                refused = self._edits.attempt(answering.write_line, uid, {key: text})
                lines.add(uid)
            else:
                refused = self._edits.attempt_work(partial(issues.change_issue, branch, uid, {key: text}))
            if refused is not None:
                self._edits.desk.problem_met.emit(refused)
        self.drop()
        self._edits.desk.undo_offered.emit(_("没有存的内容已经接上。"))

    def _refuse(self) -> None:
        self.bar.offer(None)
        self.drop()
