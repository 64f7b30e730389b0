"""The fields of a problem step by step: what was found, the plan, what was done, who looked at it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.fields.base import FieldEditor, LineEditor
from branchdesk.ui.inspection_words import day_shown
from branchdesk.ui.screens.inspection.paired_fields import PairedFields, fit_together
from branchdesk.ui.widgets.drafted_text import DraftedText
from branchdesk.ui.widgets.layouts import column

FOUND, PLAN, DONE, VERIFY = "found", "plan", "done", "verify"
# Which parts are worked on in each state; those before stay to be read and mended.
PARTS = {
    IssueState.OPEN: (FOUND, PLAN),
    IssueState.RECTIFYING: (FOUND, PLAN, DONE),
    IssueState.REOPENED: (FOUND, PLAN, DONE),
    IssueState.DONE: (FOUND, PLAN, DONE, VERIFY),
    IssueState.VERIFIED: (FOUND, PLAN, DONE, VERIFY),
}
_TEXTS = ("text", "measures", "result")
_DATES = ("due_on", "done_on", "fed_back_on")


class IssueFields(QWidget):
    """Edits a problem. `edited` tells a field and what was typed, when the clerk leaves it."""

    edited = Signal(str, str)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.uid = ""
        self._vocabulary = vocabulary
        self.texts: dict[str, DraftedText] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.parts: dict[str, PairedFields] = {}
        self._room = 0
        self._box = column(gap=8, parent=self)
        self._build()
        self._connect()

    def _build(self) -> None:
        found = self._part(FOUND)
        found.add_field(_("问题"), self._text("text", _("问题"), _("写清楚哪里不符合要求")), wide=True)
        plan = self._part(PLAN)
        plan.add_field(_("措施"), self._text("measures", _("整改措施"), _("怎么改、改到什么程度")), wide=True)
        plan.add_field(_("责任人"), self._field("responsible", "member", _("责任人")))
        plan.add_field(_("期限"), self._field("due_on", "date", _("整改期限")))
        plan.add_field(_("协助人"), self._field("assistant", "member", _("协助人")))
        plan.add_field(_("失分"), self._field("lost_points", "text", _("关联失分")))
        done = self._part(DONE)
        done.add_field(_("结果"), self._text("result", _("整改结果"), _("做了什么、改好没有")), wide=True)
        done.add_field(_("完成"), self._field("done_on", "date", _("完成日期")))
        verify = self._part(VERIFY)
        verify.add_field(_("验证人"), self._field("verifier", "member", _("验证人")))
        verify.add_field(_("日期"), self._field("verified_on", "date", _("验证日期")))
        verify.add_field(_("意见"), self._field("opinion", "text", _("验证意见")), wide=True)
        # There is no room for an example of a day; today is meant where none is written.
        for key, hint in (("due_on", ""), ("done_on", _("今天")), ("verified_on", _("今天"))):
            line = self.editors[key]
            if isinstance(line, LineEditor):
                line.line.setPlaceholderText(hint)

    def _part(self, name: str) -> PairedFields:
        self.parts[name] = made = PairedFields()
        self._box.addWidget(made)
        return made

    def fit(self, room: int) -> None:
        """Put two fields to a row or one, as a width in pixels allows."""
        if room != self._room:
            self._room = room
            fit_together(list(self.parts.values()), room)

    def _text(self, key: str, label: str, hint: str) -> DraftedText:
        made = DraftedText(f"issue_{key}", label, hint)
        self.texts[key] = made
        return made

    def _field(self, key: str, kind: str, label: str) -> FieldEditor:
        made = asked(f"issue_{key}", kind, label, self._vocabulary)
        self.editors[key] = made
        return made

    def _connect(self) -> None:
        for key, text in self.texts.items():
            text.entered.connect(partial(self.edited.emit, key))
        for key, editor in self.editors.items():
            if key not in _OF_VERIFICATION:
                editor.edited.connect(partial(self.edited.emit, key))

    def show_issue(self, issue: Issue, state: IssueState) -> None:
        """Show a problem as it is stored, with the parts that its state asks for."""
        another, self.uid = issue.uid != self.uid, issue.uid
        for key, text in self.texts.items():
            text.fill(getattr(issue, key), fresh=another)
        for key, editor in self.editors.items():
            if key not in _OF_VERIFICATION:
                editor.fill(_shown(issue, key))
        last = issue.verifications[-1] if issue.verifications else None
        if state is IssueState.VERIFIED and last is not None:
            for key, stored in (
                ("verifier", last.verifier),
                ("verified_on", day_shown(last.on)),
                ("opinion", last.opinion),
            ):
                self.editors[key].fill(stored)
        elif another:
            for key in _OF_VERIFICATION:
                self.editors[key].fill("")
        for name, part in self.parts.items():
            part.setVisible(name in PARTS[state])

    def verification(self) -> tuple[str, str, str]:
        """Verifier, day and opinion as they are typed."""
        verifier, on, opinion = (self.editors[key].text().strip() for key in _OF_VERIFICATION)
        return verifier, on, opinion

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        for text in self.texts.values():
            text.setReadOnly(read_only)
        for editor in self.editors.values():
            editor.set_read_only(read_only=read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for text in self.texts.values():
            text.commit()
        for key, editor in self.editors.items():
            if key not in _OF_VERIFICATION:
                editor.commit()


_OF_VERIFICATION = ("verifier", "verified_on", "opinion")


def _shown(issue: Issue, key: str) -> str:
    value = getattr(issue, key)
    text = "" if value is None else str(value)
    return day_shown(text) if key in _DATES else text
