"""The screen of one meeting: its head with the next step, the editor, and the paper beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.services.meetings import reading
from branchdesk.services.meetings.figures import figures
from branchdesk.services.meetings.quality import quality
from branchdesk.services.meetings.reading import MeetingQuery
from branchdesk.services.open_branch import Changes
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.meetings.asking import MeetingAsks
from branchdesk.ui.screens.meetings.drafting import MeetingDrafts
from branchdesk.ui.screens.meetings.editor import HELD, MeetingEditor
from branchdesk.ui.screens.meetings.file import HoldsFile, MeetingEdits, MeetingFile, load_file
from branchdesk.ui.screens.meetings.filing import MeetingFiling
from branchdesk.ui.screens.meetings.paper_menu import MeetingPapers
from branchdesk.ui.screens.meetings.preview_pane import PreviewPane
from branchdesk.ui.screens.meetings.screen import NEW
from branchdesk.ui.screens.meetings.steps import MeetingSteps
from branchdesk.ui.screens.meetings.tools import Tools
from branchdesk.ui.screens.meetings.words import TONES, heading_of, state_words
from branchdesk.ui.screens.meetings.writing import MinutesWriting
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.tab_order import TabOrder
from branchdesk.ui.widgets.texts import Chip, restyle

_ROOM_FOR_PREVIEW = 1100
# The arrow and the gaps at the left of the buttons, and what the buttons keep where titles are long.
_BESIDE_THE_TITLE, _LEAST_HEAD = 92, 320
_LOOK_AGAIN_MILLISECONDS = 300
_OPEN = "open_meeting"  # what the desk remembers while the window is built anew in another look


class MeetingScreen(Page):
    """P4a: one meeting."""

    key = "meeting"
    help_topic = "meetings"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__(desk, _("会议"))
        self.file: MeetingFile | None = None
        self.findings: list[Finding] = []
        self.edits = MeetingEdits(desk, self)
        self.writing = MinutesWriting(self.edits, self)
        self.asks = MeetingAsks(self.edits, self)
        self.filing = MeetingFiling(self.edits)
        self.steps = MeetingSteps(self.edits, self)
        self.editor = MeetingEditor(self.edits, Tools(self.filing, self.writing, self.asks))
        self.preview = PreviewPane(jobs)
        self.drafts = MeetingDrafts(self.writing, self.editor)
        self.papers = MeetingPapers(desk, self)
        self._tabs = TabOrder()
        self._wants_preview: bool | None = None
        self._focus_mode = False
        self._place = -1
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(_LOOK_AGAIN_MILLISECONDS)
        self._lay_out()
        self._connect()

    # ---- building

    def _lay_out(self) -> None:
        back = button(
            "", self.go_back, look="ghost", icon_name="arrow-left", tip=_("回到会议列表（Esc）"), name="back"
        )
        head = self.head.layout()
        assert head is not None  # noqa: S101 - every page has one
        head.insertWidget(0, back)  # type: ignore[attr-defined] # a row
        self.chip = Chip("")
        self._copy = button(_("套用上次"), self.steps.copy_this, icon_name="copy", name="copy_last")
        self._print = menu_button(self, _("打印"), self.papers.fill_menu, icon_name="printer", name="print")
        self._more = menu_button(self, _("更多"), self.steps.fill_menu, name="more_steps")
        self._next = button("", self.steps.take_next, look="primary", icon_name="check", name="next_step")
        self._reopen = button(_("重新打开"), self.steps.ask_to_reopen, icon_name="lock-open", name="reopen")
        self._button_flow.addWidget(self.chip)
        self.set_buttons([self._copy, self._print, self._more, self._reopen, self._next])
        self.body.addWidget(self.drafts.bar)
        line = row(gap=12)
        line.addWidget(self.editor, 4)
        line.addWidget(self.preview, 3)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.edits.refused.connect(self._reload)
        self.banner.pressed.connect(self.steps.ask_to_reopen)
        self.writing.typed.connect(self._note_typing)
        self.writing.vote_wanted.connect(self.asks.add_vote)
        self.asks.vote_added.connect(self._show_vote)
        self.steps.finding_chosen.connect(self.editor.show_finding)
        self.steps.copied.connect(self.shown)
        self.steps.notice_due.connect(partial(self.papers.print_paper, "notice"))
        self.steps.removed.connect(self.go_back)
        self.editor.sign_pressed.connect(self._press_sign)
        self.editor.version_requested.connect(self.papers.print_version)
        self.preview.print_requested.connect(self.print_here)
        self._look_again.timeout.connect(self._check)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, context=context).activated.connect(self.go_back)

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        uid = target if isinstance(target, str) and target else self.desk.property(_OPEN)
        if not isinstance(uid, str) or not self._load(uid):
            QTimer.singleShot(0, self, self.go_back)
            return
        self.desk.setProperty(_OPEN, uid)
        self.papers.typed = None
        self.drafts.offer(self.file)
        self.preview.show_paper(self.papers.minutes)
        self._check()
        self.editor.take_focus()

    def _load(self, uid: str) -> bool:
        file = self.desk.do(partial(load_file, self.desk.branch, uid))
        if file is None:
            return False
        self.file = file
        self.edits.begin(uid)
        part: HoldsFile
        for part in (self.writing, self.asks, self.filing, self.steps, self.papers):
            part.file = file
        self._show()
        return True

    def _reload(self) -> None:
        if self.file is not None and not self._load(self.file.meeting.uid):
            self.go_back()

    def _show(self) -> None:
        file = self.file
        if file is None:
            return
        state = file.meeting.state
        self.title.setText(heading_of(file.meeting, file.form))
        parts = [file.meeting.title if file.meeting.title != file.form.title else "", file.role_text("when")]
        self.subtitle.setText(" · ".join(part for part in parts if part))
        self.chip.setText(state_words(state))
        restyle(self.chip, "chip", TONES[state])
        self._next.setText(self.steps.verb)
        self._next.setAccessibleName(self.steps.verb)
        self._next.setVisible(bool(self.steps.verb) and file.may_write)
        self._fit_head(file)
        locked = _("会议记录已定稿，只能查看；落实情况仍然可以填写。") if state.is_locked else ""
        self.banner.say("info", locked)
        self.editor.show_file(file, self.findings, self.edits.remarks, figures(file.form, file.meeting))
        self._tabs.follow([self.head, self.banner, self.drafts.bar, self.editor, self.preview])

    def _fit_head(self, file: MeetingFile) -> None:
        """What the menu 更多 offers too goes from the head where there is no room for it."""
        self._reopen.setVisible(file.meeting.state.is_locked and file.may_write)
        self._copy.setVisible(file.may_write)
        room = self.head.width() - self.title.sizeHint().width() - px(_BESIDE_THE_TITLE)
        for spare in (self._reopen, self._copy):
            if self._button_flow.sizeHint().width() > room:
                spare.hide()
        self._buttons.setMinimumWidth(min(self._button_flow.sizeHint().width(), max(room, px(_LEAST_HEAD))))

    def _check(self) -> None:
        """Look at the minutes as a whole; a moment after the last change, since it takes longer."""
        file = self.file
        if file is None or not self.isVisible():
            return
        try:
            self.findings = quality(self.desk.branch, file.meeting.uid)
        except Problem:
            return  # the meeting has just gone; whoever shows the list says so
        self._show()

    def _follow_change(self, changes: Changes) -> None:
        if self.file is not None and changes and self.isVisible():
            self._reload()
            self._note_typing()
            self._look_again.start()

    def _note_typing(self) -> None:
        # The paper is made on the worker, which must not look into widgets.
        self.papers.typed = self.editor.minutes_text()
        self.preview.want_rebuild()

    # ---- doing

    def go_back(self) -> None:
        """To the list, or to where the meeting was opened as evidence."""
        self.desk.setProperty(_OPEN, None)
        self.desk.go_back_from(self.key, "meetings")

    @override
    def print_here(self) -> None:
        self.papers.print_paper("minutes")

    @override
    def delete_selected(self) -> None:
        if self.file is not None and self.file.is_open:
            self.steps.ask_to_remove()

    @override
    def begin_new(self) -> None:
        self.desk.screen_requested.emit("meetings", NEW)

    def _show_vote(self, _uid: str) -> None:
        page = self.editor.pages[HELD]
        if page.votes is not None:
            self.editor.choose(HELD)
            page.votes.focus_last()

    # ---- findings

    def _press_sign(self, name: str) -> None:
        if name in {"errors", "warnings", "clean"}:
            self.steps.show_findings()
        else:
            self.editor.show_finding(Finding("", Severity.NOTE, "", name))

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        if not self.findings:
            self.desk.toast_requested.emit(_("没有需要核对的地方。"))
            return
        self._place = (self._place + (-1 if backwards else 1)) % len(self.findings)
        finding = self.findings[self._place]
        self.editor.show_finding(finding)
        self.desk.toast_requested.emit(finding.sentence)

    # ---- wishes of the window

    @override
    def commit(self) -> None:
        if self.file is not None:
            self.editor.commit()

    @override
    def refresh(self) -> None:
        self._reload()
        self._check()
        self.preview.want_rebuild()

    @override
    def take_focus(self) -> None:
        if self.file is not None:
            super().take_focus()

    @override
    def find_here(self) -> None:
        self.editor.take_focus()

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        """The next or previous meeting of the same kind."""
        file = self.file
        if file is None:
            return
        self.commit()
        rows = reading.meeting_list(self.desk.branch, MeetingQuery(kind=file.meeting.kind))
        uids = [one.uid for one in rows]
        place = uids.index(file.meeting.uid) + (-1 if backwards else 1)
        if 0 <= place < len(uids):
            self.shown(uids[place])

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        panes: list[QWidget] = [self.editor.head, self.editor.stack, self.preview, self.head]
        step_pane(panes, backwards=backwards)

    # ---- panes that come and go

    @override
    def toggle_details(self) -> None:
        self._wants_preview = not self.preview.isVisible()
        self._fit()

    @override
    def toggle_focus(self) -> None:
        self._focus_mode = not self._focus_mode
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The paper goes where there is no room for it and comes back when there is, or with F4."""
        room = self.width() >= px(_ROOM_FOR_PREVIEW)
        wanted = room if self._wants_preview is None else self._wants_preview
        if self.file is not None:
            self._fit_head(self.file)
        self.preview.setVisible(wanted and not self._focus_mode)
        self.editor.setVisible(not (wanted and not room))
        self.head.setVisible(not self._focus_mode)
