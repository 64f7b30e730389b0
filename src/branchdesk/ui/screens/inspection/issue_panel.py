"""The problems of one line: which of them is in front, how far it has come, its fields and its next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.rectification import (
    STEPS,
    label_of,
    last_verification,
    overdue_days,
    state_of,
    step_of,
)
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _, _n
from branchdesk.services.inspections.issue_files import IssueFile
from branchdesk.ui.inspection_words import ISSUE_TONES, day_shown
from branchdesk.ui.screens.inspection.issue_parts import IssueFields
from branchdesk.ui.screens.inspection.line_words import issue_number
from branchdesk.ui.screens.inspection.proof_list import ProofList, ShownProof
from branchdesk.ui.screens.inspection.proofs_panel import FilePlace
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.stepper import Stepper
from branchdesk.ui.widgets.texts import Chip, Note, Words, restyle

_ALL_DONE = len(STEPS)


class IssuePanel(QWidget):
    """`edited` tells the uid of a problem, a field and what was typed; the others tell the uid of a problem.

    Of files `files_added` and `picture_pasted` tell what is to be put there, `file_opened` and `file_removed`
    the uid of one.
    """

    edited = Signal(str, str, str)
    raising_requested = Signal()
    printing_requested = Signal(str)
    removing_requested = Signal(str)
    files_added = Signal(str, list)
    picture_pasted = Signal(str, str, bytes)
    file_opened = Signal(str)
    file_removed = Signal(str, str)
    issue_chosen = Signal(str)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.issue: Issue | None = None
        self._issues: tuple[Issue, ...] = ()
        self._may_write = False
        self.number = Chip("", "err")
        self.state = Chip("")
        self.raising = button(
            _("记一个问题"), self.raising_requested.emit, look="link", icon_name="plus", name="raise_issue"
        )
        self.previous = button(
            "", self._go_back, look="ghost", icon_name="chevron-left", name="previous_issue"
        )
        self._which = Words("", "hint")
        self.following = button("", self._go_on, look="ghost", icon_name="chevron-right", name="next_issue")
        self.printing = button(
            _("打印整改单"), self._print, look="link", icon_name="printer", name="print_issue"
        )
        self.remove = button("", self._remove, look="ghost", icon_name="trash", name="remove_issue")
        self.stepper = Stepper([_(step) for step in STEPS])
        self.fields = IssueFields(vocabulary)
        self.place = FilePlace(_("把整改后的材料拖到这里，或按 Ctrl+V 粘贴截图"))
        self.files = ProofList(_("整改材料"))
        self.add_file = button(
            _("添加文件"), self.place.choose_files, look="small", icon_name="paperclip", name="add_issue_file"
        )
        self.wrong = Note("", "error")
        self.story = Note("", "warn")
        self._whole = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        box = column(gap=8, parent=self)
        head = QWidget()
        flow = Flow(head, gap=4)
        flow.addWidget(Words(_("问题与整改"), "heading"))
        self._pager = QWidget()
        pager = Flow(self._pager, gap=2)
        self.previous.setToolTip(_("上一个问题"))
        self.following.setToolTip(_("下一个问题"))
        self.remove.setToolTip(_("把这个问题移到回收站"))
        for one in (self.previous, self.following, self.remove):
            one.setAccessibleName(one.toolTip())
        paged: list[QWidget] = [self.previous, self._which, self.following]
        for part in paged:
            pager.addWidget(part)
        signs: list[QWidget] = [self.number, self.state, self._pager]
        for part in (*signs, self.raising, self.printing, self.remove):
            flow.addWidget(part)
        box.addWidget(head)
        inner = column(gap=8, parent=self._whole)
        files = column(gap=4)
        files.addWidget(self.files)
        self.place.box.insertLayout(0, files)
        self.place.box.addWidget(self.place.area)
        self.place.line.addWidget(self.add_file)
        parts: list[QWidget] = [self.stepper, self.fields, self.place, self.wrong, self.story]
        for part in parts:
            inner.addWidget(part)
        box.addWidget(self._whole)

    def _connect(self) -> None:
        self.fields.edited.connect(self._tell)
        self.place.files_dropped.connect(self._take_files)
        self.place.pasted.connect(self._take_picture)
        self.files.opened.connect(self._open)
        self.files.removing.connect(self._remove_file)

    # ---- showing

    def show_issues(self, issues: Sequence[Issue], *, may_write: bool, today: date | None = None) -> None:
        """Show the problems of a line; the one in front stays there."""
        self._issues, self._may_write = tuple(issues), may_write
        before = self.issue.uid if self.issue is not None else ""
        waiting = [one for one in issues if state_of(one) is not IssueState.VERIFIED]
        found = [one for one in issues if one.uid == before] or waiting or list(issues)
        self._show(found[0] if found else None, today or clock.today())

    def choose(self, uid: str) -> None:
        """Bring a problem of the line to the front."""
        found = next((one for one in self._issues if one.uid == uid), None)
        if found is not None:
            self._show(found, clock.today())

    def _show(self, issue: Issue | None, today: date) -> None:
        another = issue is not None and (self.issue is None or issue.uid != self.issue.uid)
        self.issue = issue
        self._whole.setVisible(issue is not None)
        self.raising.setVisible(self._may_write)
        self.raising.setText(_("记一个问题"))
        several = len(self._issues) > 1
        self._pager.setVisible(several)
        for one in (self.number, self.state, self.printing, self.remove):
            one.setVisible(issue is not None)
        if issue is None:
            return
        state = state_of(issue)
        self._which.setText(f"{self._issues.index(issue) + 1}/{len(self._issues)}")
        self.number.setText(issue_number(issue))
        self.number.setVisible(issue.number is not None)
        late = overdue_days(issue, today)
        words = label_of(state)
        self.state.setText(_n("{state}，逾期 {n} 天", late, state=words) if late else words)
        restyle(self.state, "chip", "err" if late else ISSUE_TONES[state])
        # The stepper tells the other states.
        self.state.setVisible(late > 0 or state is IssueState.REOPENED)
        self.raising.setText(_("再记一个"))
        verified = state is IssueState.VERIFIED
        self.printing.setText(_("打印验证单") if verified else _("打印整改单"))
        self.remove.setVisible(self._may_write and not verified)
        self.stepper.show_step(_ALL_DONE if verified else step_of(issue))
        self.fields.show_issue(issue, state)
        self.fields.set_read_only(read_only=not self._may_write or verified)
        self.place.setVisible(state is not IssueState.OPEN)
        self.place.set_read_only(read_only=not self._may_write)
        self.story.setText(_story(issue))
        self.story.setVisible(bool(self.story.text()))
        if another:
            self.say("")
            self.issue_chosen.emit(issue.uid)

    def show_files(self, files: Sequence[IssueFile]) -> None:
        """Show the files of the problem in front."""
        self.files.show_proofs([ShownProof(one.name, "", "attachment", one.uid, one.uid) for one in files])

    def say(self, sentence: str) -> None:
        """Say what is wrong with what was typed; an empty sentence takes it back."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def set_low(self, *, low: bool) -> None:
        """Take less height where large letters meet a small screen."""
        self.stepper.set_low(low=low)

    # ---- doing

    def _tell(self, key: str, text: str) -> None:
        if self.issue is not None:
            self.edited.emit(self.issue.uid, key, text)

    def _step(self, by: int) -> None:
        self.fields.commit()
        if self.issue is not None:
            place = (self._issues.index(self.issue) + by) % len(self._issues)
            self._show(self._issues[place], clock.today())

    def _go_back(self) -> None:
        self._step(-1)

    def _go_on(self) -> None:
        self._step(1)

    def _print(self) -> None:
        if self.issue is not None:
            self.printing_requested.emit(self.issue.uid)

    def _remove(self) -> None:
        if self.issue is not None:
            self.removing_requested.emit(self.issue.uid)

    def _take_files(self, paths: list[object]) -> None:
        if self.issue is not None:
            self.files_added.emit(self.issue.uid, paths)

    def _take_picture(self, name: str, content: bytes) -> None:
        if self.issue is not None:
            self.picture_pasted.emit(self.issue.uid, name, content)

    def _open(self, one: ShownProof) -> None:
        self.file_opened.emit(one.target)

    def _remove_file(self) -> None:
        chosen = self.files.chosen
        if self.issue is not None and chosen is not None and self._may_write:
            self.file_removed.emit(self.issue.uid, chosen.target)


def _story(issue: Issue) -> str:
    """What the last verification found wanting; empty where there was none."""
    last = last_verification(issue)
    if last is None or last.passed:
        return ""
    opinion = last.opinion or _("没有写明原因")
    return _("{day} {who}验证不通过：{opinion}", day=day_shown(last.on), who=last.verifier, opinion=opinion)
