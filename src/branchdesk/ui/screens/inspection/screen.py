"""The screen of one inspection: its head with the next step, the list of lines, and the line in front."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.inspections.states import label_of
from branchdesk.findings import Severity
from branchdesk.i18n import _
from branchdesk.services.inspections import answering, proofs
from branchdesk.services.members import vocabulary_of
from branchdesk.services.open_branch import Changes
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.inspection_words import INSPECTION_TONES, SHEET, day_shown, next_step_words
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.inspection.board import InspectionBoard
from branchdesk.ui.screens.inspection.drafting import InspectionDrafts
from branchdesk.ui.screens.inspection.file import InspectionEdits, InspectionFile, load_inspection
from branchdesk.ui.screens.inspection.issue_deeds import IssueDeeds
from branchdesk.ui.screens.inspection.line_deeds import LineDeeds
from branchdesk.ui.screens.inspection.proof_list import ShownProof
from branchdesk.ui.screens.inspection.steps import InspectionSteps
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.tab_order import TabOrder
from branchdesk.ui.widgets.texts import Chip, restyle

# What the desk remembers while the window is built anew in another look.
_OPEN = "open_inspection"
_SCREENS = {"record": "meeting", "member": "rosters", "organisation": "organisations"}
_BESIDE_THE_TITLE, _LEAST_HEAD = 92, 320


class InspectionScreen(Page):
    """P7: one inspection."""

    key = "inspection"
    help_topic = "inspections"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        del jobs  # nothing here takes long
        super().__init__(desk, _("检查表"))
        self.file: InspectionFile | None = None
        self.edits = InspectionEdits(desk, self)
        self.board = InspectionBoard(vocabulary_of(desk.branch))
        self.lines = LineDeeds(self.edits, self.board.pane, self)
        self.issues = IssueDeeds(self.edits, self.board.pane, self)
        self.steps = InspectionSteps(self.edits, self)
        self.drafts = InspectionDrafts(self.edits, self.board.pane)
        self._tabs = TabOrder()
        self._place = -1
        self._focus_mode = False
        self._lay_out()
        self._connect()

    # ---- building

    def _lay_out(self) -> None:
        back = button(
            "",
            self.go_back,
            look="ghost",
            icon_name="arrow-left",
            tip=_("回到检查表列表（Esc）"),
            name="back",
        )
        head = self.head.layout()
        assert head is not None  # noqa: S101 - every page has one
        head.insertWidget(0, back)  # type: ignore[attr-defined] # a row
        self.chip = Chip("")
        self._compare = button(_("对照上期"), self._show_comparison, icon_name="history", name="compare")
        self._print = menu_button(
            self, _("打印"), self.steps.fill_print_menu, icon_name="printer", name="print"
        )
        self._more = menu_button(self, _("更多"), self.steps.fill_menu, name="more_steps")
        self._reopen = button(_("重新打开…"), self.steps.ask_to_reopen, icon_name="lock-open", name="reopen")
        self._next = button("", self.steps.take_next, look="primary", icon_name="check", name="next_step")
        self._button_flow.addWidget(self.chip)
        self.set_buttons([self._compare, self._print, self._more, self._reopen, self._next])
        self.body.addWidget(self.drafts.bar)
        self.body.addWidget(self.board, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.edits.refused.connect(self._reload)
        self.lines.went_on.connect(self.board.go_on)
        self.steps.finding_chosen.connect(self.board.show_finding)
        self.steps.removed.connect(self.go_back)
        self.steps.confirming_all.connect(self.lines.confirm_all)
        self.board.summary.findings_requested.connect(self.steps.show_findings)
        self.board.head.edited.connect(self._set_head)
        self.board.pane.proofs.opened.connect(self._open)
        self.board.pane.issues.file_opened.connect(self._open_file)
        self.board.line_shown.connect(self._order_tabs)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Esc", self.go_back),
            ("Ctrl+V", self.board.paste),
            ("Ctrl+Return", self._confirm),
            ("Ctrl+Enter", self._confirm),
        ):
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(act)

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        wanted = target if target is not None else self.desk.property(_OPEN)
        uid, line = wanted if isinstance(wanted, tuple) else (wanted, "")
        if not isinstance(uid, str) or not uid or not self._load(uid):
            QTimer.singleShot(0, self, self.go_back)
            return
        self.desk.setProperty(_OPEN, uid)
        self._place = -1
        self.drafts.offer()
        self.board.show_all()
        if line:
            self.board.choose(str(line))
        self._order_tabs()
        self.board.list.setFocus()

    def _load(self, uid: str) -> bool:
        file = self.desk.do(partial(load_inspection, self.desk.branch, uid))
        if file is None:
            return False
        self.file = file
        self.edits.uid = uid
        for part in (self.lines, self.issues, self.steps, self.drafts):
            part.file = file
        self._show(file)
        return True

    def _reload(self) -> None:
        if self.file is not None and not self._load(self.file.uid):
            self.go_back()

    def _show(self, file: InspectionFile) -> None:
        self.title.setText(file.sheet.inspection.title)
        self.subtitle.setText(_subtitle(file))
        self.chip.setText(label_of(file.state))
        restyle(self.chip, "chip", INSPECTION_TONES[file.state])
        self._next.setText(self.steps.verb)
        self._next.setAccessibleName(self.steps.verb)
        self._next.setVisible(bool(self.steps.verb))
        scored = file.state.is_scored
        locked = _("分数已反馈签字，只能查看；问题和整改仍然可以填写。") if scored else ""
        self.banner.say("info", locked)
        self.board.show_file(file)
        self._fit_head()
        self._order_tabs()

    def _fit_head(self) -> None:
        """What the menu 更多 offers too goes from the head where there is no room for it."""
        file = self.file
        if file is None:
            return
        self._reopen.setVisible(file.state.is_scored and file.may_write)
        self._compare.setVisible(True)
        room = self.head.width() - self.title.sizeHint().width() - px(_BESIDE_THE_TITLE)
        for spare in (self._compare, self._reopen):
            if self._button_flow.sizeHint().width() > room:
                spare.hide()
        self._buttons.setMinimumWidth(min(self._button_flow.sizeHint().width(), max(room, px(_LEAST_HEAD))))

    def _order_tabs(self) -> None:
        self._tabs.follow([self.head, self.banner, self.drafts.bar, self.board])

    def _follow_change(self, changes: Changes) -> None:
        if self.file is not None and changes and self.isVisible():
            self._reload()

    # ---- doing

    def go_back(self) -> None:
        """To the list."""
        self.desk.setProperty(_OPEN, None)
        self.desk.screen_requested.emit("inspections", None)

    def _confirm(self) -> None:
        self.lines.confirm()
        if self.board.is_entering:
            self.board.go_on()

    def _set_head(self, field: str, text: str) -> None:
        outcome = self.edits.do(answering.set_head, {field: text})
        if outcome is not None:
            self.board.head.set_findings(outcome.findings)

    def _show_comparison(self) -> None:
        if self.file is not None:
            self.desk.screen_requested.emit("compare_inspection", self.file.uid)

    def _open(self, one: ShownProof) -> None:
        """Open a piece of evidence where it is at home."""
        if one.entity == "attachment":
            self._open_file(one.target)
        elif one.entity == "issue":
            if not self.board.show_issue(one.target):
                self.desk.screen_requested.emit("issue", one.target)
        elif one.entity in _SCREENS and one.target:
            back = (self.key, (self.edits.uid, self.board.current))
            self.desk.visit(_SCREENS[one.entity], one.target, back)
        else:
            self.desk.toast_requested.emit(_("档案里还没有：{what}。", what=one.title))

    def _open_file(self, uid: str) -> None:
        """Open a copy with the program that the system has for it."""
        found = self.desk.do(partial(proofs.content_of, self.desk.branch, uid))
        if found is not None:
            name, content = found
            copy = self.desk.scratch_folder() / Path(name).name
            copy.write_bytes(content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    # ---- wishes of the window

    @override
    def print_here(self) -> None:
        self.commit()
        if self.file is not None:
            self.desk.screen_requested.emit("print_inspection", (self.file.uid, SHEET))

    @override
    def delete_selected(self) -> None:
        if self.file is not None and self.file.is_open:
            self.steps.ask_to_remove()

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        findings = self.file.sheet.findings if self.file is not None else ()
        wanted = [one for one in findings if one.severity > Severity.NOTE]
        if not wanted:
            self.desk.toast_requested.emit(_("没有需要核对的地方。"))
            return
        self._place = (self._place + (-1 if backwards else 1)) % len(wanted)
        self.board.show_finding(wanted[self._place])
        self.desk.toast_requested.emit(wanted[self._place].sentence)

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        """The next or previous line."""
        self.board.step(backwards=backwards)

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        panes: list[QWidget] = [self.board.list, self.board.detail, self.board.summary, self.head]
        step_pane(panes, backwards=backwards)

    @override
    def commit(self) -> None:
        if self.file is not None:
            self.board.commit()

    @override
    def refresh(self) -> None:
        self._reload()

    @override
    def take_focus(self) -> None:
        if self.file is not None:
            super().take_focus()

    @override
    def find_here(self) -> None:
        self.board.list.setFocus()

    @override
    def toggle_details(self) -> None:
        self.board.detail.setVisible(not self.board.detail.isVisible())

    @override
    def toggle_focus(self) -> None:
        self._focus_mode = not self._focus_mode
        self.head.setVisible(not self._focus_mode)
        self.board.summary.setVisible(not self._focus_mode)

    @override
    def set_low(self, *, low: bool) -> None:
        super().set_low(low=low)
        self.board.set_low(low=low)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()


def _subtitle(file: InspectionFile) -> str:
    """Whose inspection it is, and by when the present step is due."""
    sheet = file.sheet
    due = next_step_words(file.state, sheet.deadlines)
    signed = _("{day} 反馈签字", day=day_shown(sheet.frozen_on)) if sheet.frozen_on else ""
    version = _("第 {n} 版表", n=sheet.form.version)
    return " · ".join(part for part in (sheet.inspection.organisation_name, due, signed, version) if part)
