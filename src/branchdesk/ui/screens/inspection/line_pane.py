"""The pane of one line: its standard, score, rules, words, evidence, and its problems with their steps."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from branchdesk.domain.inspections.explaining import explain_line
from branchdesk.domain.inspections.issues import IssueState
from branchdesk.domain.inspections.model import Stage
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.findings import Finding, gravest
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _
from branchdesk.ui.look import px
from branchdesk.ui.screens.inspection.answers_panel import AnswersPanel
from branchdesk.ui.screens.inspection.check_panel import CheckPanel
from branchdesk.ui.screens.inspection.file import InspectionFile
from branchdesk.ui.screens.inspection.issue_panel import IssuePanel
from branchdesk.ui.screens.inspection.line_foot import LineFoot
from branchdesk.ui.screens.inspection.lines import ShownLine, shown_proof
from branchdesk.ui.screens.inspection.proofs_panel import ProofsPanel
from branchdesk.ui.screens.inspection.rules_panel import RulesPanel
from branchdesk.ui.screens.inspection.score_block import ScoreBlock, begins_score
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row, rule
from branchdesk.ui.widgets.scrolling import GrowingScroll
from branchdesk.ui.widgets.texts import Chip, Note, Words, restyle

_LEAST = 400
# What stands beside the fields: the margins of the card, the scroll bar and the gap before it.
_AROUND_FIELDS = 54
# What is seen above and below the field in which is typed: a reason asked for, what is wrong.
_AROUND_FOCUS = 72


class LinePane(QFrame):
    """Shows and edits one line; what is wanted comes from its parts.

    `stepping` asks for the next line, `stepping_back` for the one before; `stage_changed` tells that the
    score of the other side is to be seen.
    """

    stepping = Signal()
    stepping_back = Signal()
    stage_changed = Signal()

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("line_pane")
        self.setMinimumWidth(px(_LEAST))
        self.line: ShownLine | None = None
        self.stage = self._stage_of_file = Stage.SELF
        self._title = Note("", "heading")
        self.previous = button(
            "", self.stepping_back.emit, look="ghost", icon_name="chevron-left", name="previous_line"
        )
        self.following = button(
            "", self.stepping.emit, look="ghost", icon_name="chevron-right", name="next_line"
        )
        self._state = Chip("")
        self._post = Words("", "hint")
        self._standard = Note("", "second")
        self._remark = Note("", "error")
        self.score = ScoreBlock()
        self.check = CheckPanel()
        self.rules = RulesPanel()
        self.answers = AnswersPanel()
        self.proofs = ProofsPanel()
        self.issues = IssuePanel(vocabulary)
        self.foot = LineFoot()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        whole = column(gap=8, parent=self)
        whole.setContentsMargins(px(14), px(10), px(14), px(10))
        head = row(gap=4)
        head.addWidget(self._title, 1)
        self.previous.setToolTip(_("上一项（Alt+↑）"))
        self.following.setToolTip(_("下一项（Alt+↓）"))
        for one in (self.previous, self.following):
            one.setAccessibleName(one.toolTip())
            head.addWidget(one)
        whole.addLayout(head)
        content = QWidget()
        box = column(gap=10, parent=content)
        box.setContentsMargins(0, 0, px(10), 0)
        signs = QWidget()
        flow = Flow(signs, gap=10)
        flow.addWidget(self._state)
        flow.addWidget(self._post)
        parts: list[QWidget] = [signs, self._standard, self._remark, self.score, self.check, self.rules]
        parts += [self.answers, rule(), self.proofs, rule(), self.issues]
        for part in parts:
            box.addWidget(part)
        box.addStretch(1)
        self._remark.hide()
        self.scrolling = GrowingScroll(content)
        whole.addWidget(self.scrolling, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        self.score.stage_chosen.connect(self._choose_stage)
        for text in self.answers.texts.values():
            text.picture_pasted.connect(self.proofs.take_clipboard)
        for text in self.issues.fields.texts.values():
            text.picture_pasted.connect(self.issues.place.take_clipboard)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what has the focus, however it got it, and again when what opens around it is there."""
        if now is not None and self.isVisible() and self.scrolling.isAncestorOf(now):
            self.scrolling.ensureWidgetVisible(now, px(20), px(40))
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.scrolling.isAncestorOf(focused):
            self.scrolling.ensureWidgetVisible(focused, px(20), px(_AROUND_FOCUS))

    # ---- showing

    def show_line(self, file: InspectionFile, line: ShownLine) -> None:
        """Show a line as it is stored; what is being typed stays."""
        another = self.line is None or self.line.indicator.id != line.indicator.id
        self.line = line
        indicator = line.indicator
        if another or file.stage is not self._stage_of_file:
            self.stage = self._stage_of_file = file.stage
        if another:
            self.scrolling.verticalScrollBar().setValue(0)
        self._title.setText(f"{indicator.number} {indicator.title}".strip())
        words, tone = line.state
        self._state.setText(words)
        restyle(self._state, "chip", tone)
        self._post.setText(_("责任人 {post}", post=line.responsible) if indicator.post else "")
        self._post.setToolTip(indicator.post)
        self._standard.setText(_("检查标准：{standard}", standard=indicator.standard))
        self._standard.setVisible(bool(indicator.standard))
        self._show_score(file)
        self.answers.show_line(line)
        self.answers.set_read_only(read_only=not file.is_open)
        self.proofs.show_proofs([shown_proof(one) for one in line.proofs], indicator.proof)
        self.proofs.set_read_only(read_only=not file.is_open)
        self.issues.show_issues(line.issues, may_write=file.may_write, today=file.sheet.today)
        self.show_foot(file)

    def _show_score(self, file: InspectionFile) -> None:
        line = self.line
        if line is None:
            return
        both = file.stage is Stage.CHECK or line.check_line.score is not None
        self.score.show_line(line, self.stage, both=both)
        self.score.words.setToolTip(explain_line(line.score_at(self.stage)))
        self.rules.show_line(line, self.stage)
        self.check.show_check(line.answer.check)
        self.check.setVisible(self.stage is Stage.CHECK and line.answer.applies)
        for part in (self.score, self.check, self.rules):
            part.set_read_only(read_only=not file.is_open)
        self._say_gravest(file)

    def _say_gravest(self, file: InspectionFile) -> None:
        """What is wrong with the line, in words above its score."""
        line = self.line
        found = [one for one in file.sheet.findings if line is not None and one.field == line.indicator.id]
        worst = gravest(found)
        self._remark.setVisible(worst is not None)
        if worst is not None:
            restyle(self._remark, "role", "error" if worst.is_error else "warn")
            self._remark.setText(worst.sentence)
        asks = worst is not None and _asks_for_reason(worst)
        self.score.ask_for_reason(_("请写一句原因") if asks else "")

    def show_foot(self, file: InspectionFile) -> None:
        """Show the buttons that the line and its problem ask for now."""
        line, issue = self.line, self.issues.issue
        state: IssueState | None = state_of(issue) if issue is not None else None
        waits = line is not None and file.is_open and line.is_unconfirmed
        self.foot.show_steps(issue, state, waits=waits, may_write=file.may_write)

    def _choose_stage(self, stage: str) -> None:
        self.commit()
        self.stage = Stage(stage)
        self.stage_changed.emit()

    # ---- keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit that no field took begins the score."""
        focused = QApplication.focusWidget()
        if begins_score(event) and not isinstance(focused, QLineEdit | QPlainTextEdit):
            self.score.line.begin(event.text())
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.issues.fields.fit(self.width() - px(_AROUND_FIELDS))

    def take_focus(self) -> None:
        """Go to where the score is typed; where there is none, to the plan."""
        target: QWidget = self.score.line if self.score.line.isVisibleTo(self) else self.answers.texts["plan"]
        target.setFocus()
        if target is self.score.line:
            self.score.line.selectAll()

    def paste(self) -> None:
        """Take the files or the picture on the clipboard, for the problem where that is being worked on."""
        focused = QApplication.focusWidget()
        of_issue = self.issues.place.isVisibleTo(self) and focused is not None
        if of_issue and focused is not None and self.issues.isAncestorOf(focused):
            self.issues.place.take_clipboard()
        else:
            self.proofs.take_clipboard()

    def focus_behind_score(self) -> None:
        """Go to the field that comes after the score."""
        self.score.line.setFocus()
        self.focusNextPrevChild(True)

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        for part in (self.score, self.check, self.rules, self.answers, self.issues.fields):
            part.commit()

    def set_low(self, *, low: bool) -> None:
        """Take less height where large letters meet a small screen."""
        self.issues.set_low(low=low)


def _asks_for_reason(finding: Finding) -> bool:
    return finding.code in {"override_without_reason", "score_differs", "deducted_without_reason"}
