"""What the panel of problems asks for, carried out: raising, changing, ordering, completing, verifying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.domain.inspections.issues import IssueState
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.domain.inspections.scoring import shown
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections import issue_files, issues
from branchdesk.services.inspections.issues import IssueEntry
from branchdesk.ui.screens.inspection.file import InspectionEdits, InspectionFile
from branchdesk.ui.screens.inspection.line_pane import LinePane
from branchdesk.ui.screens.inspection.lines import ShownLine


class IssueDeeds(QObject):
    """Works on the problem in the pane; what was refused is said below its fields."""

    def __init__(self, edits: InspectionEdits, pane: LinePane, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._pane = pane
        self._panel = pane.issues
        self.file: InspectionFile | None = None
        self._connect()

    def _connect(self) -> None:
        panel, foot = self._panel, self._pane.foot
        panel.raising_requested.connect(self.raise_issue)
        panel.edited.connect(self._change)
        panel.printing_requested.connect(self._print)
        panel.removing_requested.connect(self._remove)
        panel.files_added.connect(self._attach)
        panel.picture_pasted.connect(self._attach_picture)
        panel.file_removed.connect(self._remove_file)
        panel.issue_chosen.connect(self.show_files)
        foot.order_requested.connect(self._order)
        foot.done_requested.connect(self._complete)
        foot.pass_requested.connect(partial(self._verify, passed=True))
        foot.fail_requested.connect(partial(self._verify, passed=False))

    @property
    def _uid(self) -> str:
        """The problem in front."""
        return self._panel.issue.uid if self._panel.issue is not None else ""

    def show_files(self, uid: str) -> None:
        """Show the files of a problem, and what may be done with it."""
        self._panel.show_files(issue_files.issue_files(self._edits.desk.branch, uid))
        if self.file is not None:
            self._pane.show_foot(self.file)

    # ---- finding and changing

    def raise_issue(self) -> None:
        """Another problem of the line in front, in the words that are there already."""
        line, file = self._pane.line, self.file
        if line is None or file is None:
            return
        self._pane.commit()
        one = file.sheet.inspection
        entry = IssueEntry(
            _first_words(line), basis=f"{line.indicator.number} {line.indicator.title}".strip()
        )
        if line.lost:
            entry = IssueEntry(entry.text, basis=entry.basis, lost_points=shown(line.lost))
        work = partial(
            issues.raise_issue,
            self._edits.desk.branch,
            one.organisation,
            entry,
            found_in=one.uid,
            indicator=line.indicator.id,
        )
        outcome = self._edits.carry_out(work)
        if outcome is not None:
            self._panel.choose(outcome.uid)
            text = self._panel.fields.texts["text"]
            text.setFocus()
            text.selectAll()

    def _attempt(self, service: Callable[..., Any], uid: str, *arguments: Any, **named: Any) -> bool:
        branch = self._edits.desk.branch
        refused = self._edits.attempt_work(partial(service, branch, uid, *arguments, **named))
        self._panel.say(_both(refused))
        return refused is None

    def _change(self, uid: str, key: str, text: str) -> None:
        self._attempt(issues.change_issue, uid, {key: text})

    def _remove(self, uid: str) -> None:
        work = partial(issues.remove_issues, self._edits.desk.branch, [uid], "")
        self._edits.carry_out(work, _("问题已移到回收站。"))

    # ---- steps

    def _order(self) -> None:
        self._panel.fields.commit()
        self._attempt(issues.order, self._uid)

    def _complete(self) -> None:
        """Done today unless another day stands there."""
        fields = self._panel.fields
        fields.commit()
        issue = self._panel.issue
        if issue is None:
            return
        if not issue.measures.strip():
            self._panel.say(_("请先写整改措施。"))
            fields.texts["measures"].setFocus()
            return
        typed = fields.editors["done_on"].text().strip()
        again = state_of(issue) is IssueState.REOPENED
        day = typed if typed and not again else PartialDate.of(clock.today()).shown()
        if self._attempt(issues.complete, issue.uid, day, fields.texts["result"].toPlainText()):
            fields.editors["verifier"].take_focus()

    def _verify(self, *, passed: bool) -> None:
        verifier, on, opinion = self._panel.fields.verification()
        if not verifier:
            self._panel.say(_("请填写验证人；责任人、协助人不能验证自己的整改。"))
            self._panel.fields.editors["verifier"].take_focus()
            return
        if not passed and not opinion:
            self._panel.say(_("不通过的，请写明还差什么。"))
            self._panel.fields.editors["opinion"].take_focus()
            return
        self._attempt(issues.verify, self._uid, verifier, on, passed=passed, opinion=opinion)

    def _print(self, uid: str) -> None:
        """The order, numbered first where it is not yet; the slip of what is verified."""
        self._panel.fields.commit()
        issue = self._panel.issue
        if issue is None:
            return
        verified = state_of(issue) is IssueState.VERIFIED
        if issue.number is None and not verified and not self._attempt(issues.order, uid):
            return
        self._edits.desk.screen_requested.emit("print_issue", (uid, "slip" if verified else "order"))

    # ---- files

    def _attach(self, uid: str, paths: Sequence[Path]) -> None:
        for path in paths:
            self._attempt(issue_files.attach_rectified, uid, path)
        self.show_files(uid)

    def _attach_picture(self, uid: str, name: str, content: bytes) -> None:
        self._attempt(issue_files.attach_rectified_content, uid, name, content)
        self.show_files(uid)

    def _remove_file(self, uid: str, file: str) -> None:
        self._attempt(issue_files.remove_issue_file, uid, file)
        self.show_files(uid)


def _first_words(line: ShownLine) -> str:
    """What a problem begins with: the reason of a deduction, what the records lack, or the line itself."""
    reasons = [line.answer.check.reason, line.answer.self_check.reason]
    lacking = [f"{one.evidence.title}：{one.evidence.lacking}" for one in line.proofs if one.evidence.lacking]
    rules = [one.rule.label for one in line.final.taken if one.points]
    found = next((one for one in (*reasons, "；".join(lacking), "；".join(rules)) if one), "")
    return found or line.indicator.title


def _both(problem: Problem | None) -> str:
    return f"{problem.sentence}{problem.advice}" if problem is not None else ""
