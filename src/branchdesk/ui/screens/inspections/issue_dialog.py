"""One problem with everything about it: how it was found, who rectifies it by when, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.inspections.issues import Issue, IssueSource, IssueState, Verification
from branchdesk.domain.inspections.rectification import STEPS, state_of, step_of
from branchdesk.errors import Problem
from branchdesk.i18n import _, later
from branchdesk.services.inspections import issue_lists, issues
from branchdesk.services.inspections.issues import IssueEntry
from branchdesk.services.members import vocabulary_of
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.fields.asked import FieldGrid, asked, fill, texts_of
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.frame import Frame
from branchdesk.ui.inspection_words import day_shown, order_number, source_words
from branchdesk.ui.screens.inspections.issue_filing import IssueFiling
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import FitScroll, column
from branchdesk.ui.widgets.stepper import Stepper
from branchdesk.ui.widgets.texts import Note, Words

Asked = tuple[str, str, str, str]
# The fields of a problem step by step: name, kind, label, hint.
_FOUND: tuple[Asked, ...] = (
    ("text", "long_text", later("问题"), ""),
    ("basis", "text", later("依据条款"), later("可不填")),
    ("found_on", "date", later("发现日期"), ""),
)
_TOLD: tuple[Asked, ...] = (
    ("fed_back_on", "date", later("反馈日期"), ""),
    ("acknowledged_on", "date", later("签收日期"), ""),
)
_MEASURES: tuple[Asked, ...] = (
    ("responsible", "member", later("责任人"), ""),
    ("assistant", "member", later("协助人"), ""),
    ("measures", "long_text", later("整改措施"), ""),
    ("due_on", "date", later("时限"), ""),
    ("lost_points", "text", later("关联失分"), later("如 0.5")),
)
_DONE: tuple[Asked, ...] = (
    ("progress", "long_text", later("进展"), ""),
    ("result", "long_text", later("整改结果"), ""),
    ("done_on", "date", later("完成日期"), ""),
)
_DATES = {"found_on", "fed_back_on", "acknowledged_on", "due_on", "done_on"}
# What is written next in each state.
_FIRST = {
    IssueState.OPEN: "measures",
    IssueState.RECTIFYING: "result",
    IssueState.REOPENED: "result",
    IssueState.DONE: "result",
    IssueState.VERIFIED: "text",
}
_WIDTH, _HEIGHT, _LOW = 820, 680, 600


class IssueDialog(SheetDialog):
    """Shows and changes one problem; without one, notes down a new one and tells its uid to `on_made`."""

    def __init__(
        self,
        desk: Desk,
        issue: Issue | None,
        parent: QWidget,
        on_made: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(_heading(issue), parent, width=_WIDTH, height=_HEIGHT if issue else _LOW)
        self.setObjectName("issue_dialog")
        self.desk = desk
        self.issue = issue
        self._on_made = on_made
        self._vocabulary = vocabulary_of(desk.branch)
        verified = issue is not None and state_of(issue) is IssueState.VERIFIED
        self.may_write = desk.branch.person.role.may_write and not verified
        self.editors: dict[str, FieldEditor] = {}
        self.source = Choice()
        self.wrong = Note("", "error")
        self._lay_out()
        self._show_issue()
        self.first = self.editors[_FIRST[state_of(issue)] if issue is not None else "text"]
        self.first.take_focus()

    # ---- layout

    def _lay_out(self) -> None:
        content = QWidget()
        box = column(gap=8, parent=content)
        found = self._grid(_FOUND)
        self.source.setAccessibleName(_("来源"))
        found.add_field(_("来源"), self.source)
        plan = self._grid(_MEASURES)
        parts = [(_("发现问题"), found), (_("整改方案"), plan)]
        if self.issue is not None:
            self._grid(_TOLD, found)
            self.body.addWidget(self._stepper(self.issue))
            parts.append((_("整改完成"), self._grid(_DONE)))
        for heading, grid in parts:
            box.addWidget(Words(heading, "strong"))
            box.addLayout(grid)
            if grid is plan:
                box.addWidget(Note(_("失分只作记录，不会自动变成任何处理。"), "hint"))
        if self.issue is not None:
            self.files = IssueFiling(self.desk, self.issue.uid, self._vocabulary)
            parts[-1][1].add_field(_("整改材料"), self.files.editor, wide=True)
            self.files.editor.set_read_only(read_only=not self.desk.branch.person.role.may_write)
            self.verdicts = [_verdict(one) for one in self.issue.verifications]
            box.addWidget(Words(_("验证销号"), "strong"))
            box.addWidget(Note("\n".join(self.verdicts) or _("还没有验证。")))
        box.addStretch(1)
        self.reading = FitScroll(content)
        self.body.addWidget(self.reading, 1)
        self.body.addWidget(self.wrong)
        self._add_buttons()

    @staticmethod
    def _stepper(issue: Issue) -> Stepper:
        made = Stepper([_(step) for step in STEPS])
        made.show_step(step_of(issue))
        return made

    def _grid(self, fields: tuple[Asked, ...], grid: FieldGrid | None = None) -> FieldGrid:
        """Add editors for fields to a grid, or to a new one."""
        grid = grid or FieldGrid()
        for name, kind, label, hint in fields:
            made = asked(name, kind, _(label), self._vocabulary, _(hint) if hint else "")
            self.editors[name] = made
            grid.add_field(_(label), made)
        return grid

    def _add_buttons(self) -> None:
        if self.issue is not None:
            self.add_button(_("验证…"), self._verify, name="verify_issue", apart=True).setEnabled(
                self.may_write
            )
            self.add_button(_("打印整改通知单…"), self._print, name="print_order", apart=True)
        if not self.may_write:
            self.add_button(_("关闭"), look="primary", name="close")
            return
        self.add_button(_("取消"))
        verb = _("保存") if self.issue is not None else _("登记")
        self.add_button(verb, self._save, look="primary", name="save")

    # ---- showing

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the problem has come to."""
        super().showEvent(event)
        self.reading.ensureWidgetVisible(self.first, 0, self.first.height())

    def _show_issue(self) -> None:
        issue = self.issue
        self.wrong.hide()
        for source in IssueSource if issue is not None else (IssueSource.SUPERIOR, IssueSource.PUBLIC):
            self.source.addItem(source_words(source), source)
        if issue is not None:
            self.source.setCurrentIndex(self.source.findData(issue.source))
            fill(self.editors, {name: self._shown(issue, name) for name in self.editors})
        self.source.setEnabled(self.may_write and (issue is None or issue.found_in is None))
        for editor in self.editors.values():
            editor.set_read_only(read_only=not self.may_write)

    @staticmethod
    def _shown(issue: Issue, name: str) -> str:
        value = getattr(issue, name)
        text = "" if value is None else str(value)
        return day_shown(text) if name in _DATES else text

    # ---- doing

    def _typed(self) -> dict[str, str]:
        """What differs from what is stored."""
        texts = texts_of(self.editors)
        if self.issue is None:
            return texts
        issue, source = self.issue, str(self.source.currentData())
        changed = {name: text for name, text in texts.items() if text != self._shown(issue, name)}
        return changed if source == issue.source else {**changed, "source": source}

    def _store(self) -> bool:
        """Store what was typed; False where something is wrong with it, which is said then."""
        typed = self._typed()
        if self.issue is not None and (not typed or not self.may_write):
            return True
        branch = self.desk.branch
        try:
            if self.issue is None:
                entry = IssueEntry(source=self.source.currentData(), **typed)
                outcome = issues.raise_issue(branch, root_of(branch), entry)
            else:
                outcome = issues.change_issue(branch, self.issue.uid, typed)
        except Problem as problem:
            self.wrong.setText(str(problem))
            self.wrong.show()
            return False
        self.desk.adopt(outcome)
        if self._on_made is not None:
            self._on_made(outcome.uid)
        return True

    def _save(self) -> None:
        if self._store():
            self.accept()

    def _print(self) -> None:
        if self.issue is not None and self._store():
            self.accept()
            print_order(self.desk, self.issue.uid)

    def _verify(self) -> None:
        if self.issue is not None and self._store():
            self.accept()
            self.desk.screen_requested.emit("verify_issue", self.issue.uid)


def _heading(issue: Issue | None) -> str:
    if issue is None:
        return _("登记问题")
    if issue.number is None:
        return _("问题和整改")
    return _("整改单 {number}", number=order_number(issue))


def _verdict(one: Verification) -> str:
    words = _("{day} {who}：通过，销号", day=day_shown(one.on), who=one.verifier)
    if not one.passed:
        words = _("{day} {who}：不通过，重新整改", day=day_shown(one.on), who=one.verifier)
    return _("{verdict}（{opinion}）", verdict=words, opinion=one.opinion) if one.opinion else words


def print_order(desk: Desk, uid: str) -> None:
    """Print the rectification order of a problem, which gets its number now where it has none yet."""
    issue = desk.do(partial(issue_lists.issue, desk.branch, uid))
    if issue is None:
        return
    waits = issue.number is None and state_of(issue) is not IssueState.VERIFIED
    if (
        waits
        and desk.branch.person.role.may_write
        and desk.do(partial(issues.order, desk.branch, uid)) is None
    ):
        return
    desk.screen_requested.emit("print_issue", (uid, "order"))


def open_issue(window: Frame, uid: str) -> None:
    """Show one problem, wherever it was found."""
    issue = window.desk.do(partial(issue_lists.issue, window.desk.branch, uid))
    if issue is not None:
        IssueDialog(window.desk, issue, window).open()
