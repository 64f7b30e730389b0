"""Verifying a rectification: who looked at it, when, and whether it will do."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.rectification import label_of, state_of
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections import issue_lists, issues
from branchdesk.services.members import vocabulary_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.frame import Frame
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Note


class VerifyDialog(FormDialog):
    """Verifies one rectification; a failed one opens the problem again with a new deadline."""

    def __init__(self, desk: Desk, issue: Issue, parent: QWidget) -> None:
        super().__init__(_("验证整改结果"), _("确定"), parent, width=680)
        self.setObjectName("verify_issue")
        self._desk = desk
        self._issue = issue
        vocabulary = vocabulary_of(desk.branch)
        self.body.insertWidget(0, Note(issue.text, "strong"))
        told = _told(issue)
        if told:
            self.body.insertWidget(1, Note(told))
        hint = _("责任人、协助人以外的人")
        self.verifier = asked("verifier", "member", _("验证人"), vocabulary, hint)
        self.on = asked("on", "date", _("验证日期"), vocabulary)
        self.on.fill(PartialDate.of(clock.today()).shown())
        self.passed, self.failed = QRadioButton(_("通过，销号")), QRadioButton(_("不通过，重新整改"))
        self.passed.setChecked(True)
        self._group = QButtonGroup(self)
        for one in (self.passed, self.failed):
            self._group.addButton(one)
        verdict = QWidget()
        line = row(gap=16, parent=verdict)
        line.addWidget(self.passed)
        line.addWidget(self.failed)
        line.addStretch(1)
        self.opinion = asked("opinion", "text", _("验证意见"), vocabulary)
        self.due_on = asked("due_on", "date", _("新的时限"), vocabulary)
        for label, field in (
            (_("验证人"), self.verifier),
            (_("验证日期"), self.on),
            (_("结论"), verdict),
            (_("验证意见"), self.opinion),
            (_("新的时限"), self.due_on),
        ):
            self.form.addRow(label, field)
        self.failed.toggled.connect(self._show_fitting)
        self._show_fitting()
        self.verifier.take_focus()

    def _show_fitting(self) -> None:
        self.form.setRowVisible(self.due_on, self.failed.isChecked())

    @override
    def act(self) -> None:
        outcome = issues.verify(
            self._desk.branch,
            self._issue.uid,
            self.verifier.text().strip(),
            self.on.text().strip(),
            passed=self.passed.isChecked(),
            opinion=self.opinion.text().strip(),
            due_on=self.due_on.text().strip(),
        )
        self._desk.adopt(outcome)


def _told(issue: Issue) -> str:
    """What was done about the problem, as far as it is written down."""
    return "\n".join(
        filter(
            None,
            (
                _("责任人：{name}", name=issue.responsible) if issue.responsible else "",
                _("整改措施：{text}", text=issue.measures) if issue.measures else "",
                _("整改结果：{text}", text=issue.result) if issue.result else "",
            ),
        )
    )


def open_verify(window: Frame, uid: str) -> None:
    """Verify the rectification of a problem."""
    issue = window.desk.do(partial(issue_lists.issue, window.desk.branch, uid))
    if issue is None:
        return
    state = state_of(issue)
    if state is not IssueState.DONE:
        advice = _("请先打开这个问题，填写完成日期和整改结果。")
        window.desk.problem_met.emit(
            Problem(_("这个问题现在是“{state}”，还不能验证。", state=label_of(state)), advice)
        )
        return
    VerifyDialog(window.desk, issue, window).open()
