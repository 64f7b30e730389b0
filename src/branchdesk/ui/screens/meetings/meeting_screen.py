"""The screen of one meeting: its head with the next step, the editor, and the paper beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from branchdesk.documents.model import Document
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.reports.meetings.papers import meeting_paper
from branchdesk.services.meetings import drafts, planning, reading
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
from branchdesk.ui.screens.meetings.draft_bar import DraftBar
from branchdesk.ui.screens.meetings.editor import HELD, MeetingEditor
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile, load_file
from branchdesk.ui.screens.meetings.filing import MeetingFiling
from branchdesk.ui.screens.meetings.preview_pane import PreviewPane
from branchdesk.ui.screens.meetings.printing import PAPER_TITLES, papers_of
from branchdesk.ui.screens.meetings.steps import MeetingSteps
from branchdesk.ui.screens.meetings.tools import Tools
from branchdesk.ui.screens.meetings.words import TONES, heading_of, state_words
from branchdesk.ui.screens.meetings.writing import MINUTES, MinutesWriting
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Chip, restyle

_ROOM_FOR_PREVIEW = 1100
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
        self.draft_bar = DraftBar()
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
        self._copy = button(_("套用上次"), self._copy_this, icon_name="copy", name="copy_last")
        self._print = menu_button(self, _("打印"), self._fill_print_menu, icon_name="printer", name="print")
        self._more = menu_button(self, _("更多"), self.steps.fill_menu, name="more_steps")
        self._next = button("", self._take_next, look="primary", icon_name="check", name="next_step")
        self._reopen = button(_("重新打开"), self.steps.ask_to_reopen, icon_name="lock-open", name="reopen")
        self._button_flow.addWidget(self.chip)
        self.set_buttons([self._copy, self._print, self._more, self._reopen, self._next])
        self.body.addWidget(self.draft_bar)
        line = row(gap=12)
        line.addWidget(self.editor, 4)
        line.addWidget(self.preview, 3)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.edits.refused.connect(self._reload)
        self.banner.pressed.connect(self.steps.ask_to_reopen)
        self.draft_bar.taken.connect(self._take_draft)
        self.draft_bar.refused.connect(self._refuse_draft)
        self.writing.typed.connect(self.preview.want_rebuild)
        self.writing.vote_wanted.connect(self.asks.add_vote)
        self.asks.vote_added.connect(self._show_vote)
        self.steps.finding_chosen.connect(self._show_finding)
        self.steps.removed.connect(self.go_back)
        self.editor.sign_pressed.connect(self._press_sign)
        self.editor.version_requested.connect(self._print_version)
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
        self.draft_bar.offer(self._draft())
        self.preview.show_paper(self._paper)
        self._check()
        self.editor.take_focus()

    def _load(self, uid: str) -> bool:
        file = self.desk.do(partial(load_file, self.desk.branch, uid))
        if file is None:
            return False
        self.file = file
        self.edits.begin(uid)
        for part in (self.writing, self.asks, self.filing, self.steps):
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
        self.subtitle.setText(" · ".join(part for part in (*parts, self._saved()) if part))
        self.chip.setText(state_words(state))
        restyle(self.chip, "chip", TONES[state])
        self._next.setText(self.steps.verb)
        self._next.setAccessibleName(self.steps.verb)
        self._next.setVisible(bool(self.steps.verb) and file.may_write)
        self._reopen.setVisible(state.is_locked and file.may_write)
        self._copy.setEnabled(file.may_write)
        locked = _("会议记录已定稿，只能查看；落实情况仍然可以填写。") if state.is_locked else ""
        self.banner.say("info", locked)
        self.editor.show_file(file, self.findings, self.edits.remarks, figures(file.form, file.meeting))

    def _saved(self) -> str:
        at = self.desk.saved_at
        return _("自动保存于 {time}", time=f"{at:%H:%M}") if at is not None else ""

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
            self.preview.want_rebuild()
            self._look_again.start()

    def _paper(self) -> Document:
        """The minutes as they would be printed, with what is being typed; asked for on the worker."""
        assert self.file is not None  # noqa: S101 - nothing is shown otherwise
        return meeting_paper(self.desk.branch, self.file.meeting.uid, "minutes", draft=self._typed())

    def _typed(self) -> str | None:
        page = self.editor.pages.get(HELD)
        minutes = page.minutes if page is not None else None
        return minutes.text() if minutes is not None and self.file is not None and self.file.is_open else None

    # ---- drafts

    def _draft(self) -> drafts.MeetingDraft | None:
        file = self.file
        if file is None or not file.is_open:
            return None
        found = drafts.draft_of(self.desk.branch, file.meeting.uid)
        if found is not None and found.texts.get(MINUTES) == self._typed():
            self.writing.drop_draft()
            return None
        return found

    def _take_draft(self) -> None:
        draft, page = self.draft_bar.draft, self.editor.pages[HELD]
        self.draft_bar.offer(None)
        if draft is not None and page.minutes is not None:
            self.editor.choose(HELD)
            page.minutes.put(str(draft.texts.get(MINUTES, "")))
            page.minutes.box.setFocus()
            page.minutes.commit()

    def _refuse_draft(self) -> None:
        self.draft_bar.offer(None)
        self.writing.drop_draft()

    # ---- doing

    def go_back(self) -> None:
        """To the list."""
        self.desk.setProperty(_OPEN, None)
        self.desk.screen_requested.emit("meetings", None)

    def _take_next(self) -> None:
        self.commit()
        self.steps.take_next()

    def _copy_this(self) -> None:
        self.commit()
        if self.file is not None:
            outcome = self.desk.do(
                partial(planning.plan_like, self.desk.branch, self.file.meeting.uid),
                _("已照着这次会议新建一次，时间、签到、表决都是空的。"),
            )
            if outcome is not None:
                self.shown(outcome.uid)

    def _fill_print_menu(self, menu: QMenu) -> None:
        votes = self.file is not None and bool(self.file.meeting.votes)
        for kind in papers_of(votes=votes):
            menu.addAction(_(PAPER_TITLES[kind]) + "…", partial(self._print_paper, kind))

    def _print_paper(self, kind: str) -> None:
        self.commit()
        if self.file is not None:
            self.desk.screen_requested.emit("print_meeting", (self.file.meeting.uid, kind))

    def _print_version(self, revision: int) -> None:
        if self.file is not None:
            target = (self.file.meeting.uid, "minutes", revision)
            self.desk.screen_requested.emit("print_meeting", target)

    @override
    def print_here(self) -> None:
        self._print_paper("minutes")

    @override
    def delete_selected(self) -> None:
        if self.file is not None and self.file.is_open:
            self.steps.ask_to_remove()

    @override
    def begin_new(self) -> None:
        self._copy_this()

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
            self._show_finding(Finding("", Severity.NOTE, "", name))

    def _show_finding(self, finding: Finding) -> None:
        self.editor.show_finding(finding)

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        if not self.findings:
            self.desk.toast_requested.emit(_("没有需要核对的地方。"))
            return
        self._place = (self._place + (-1 if backwards else 1)) % len(self.findings)
        finding = self.findings[self._place]
        self._show_finding(finding)
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
        self.preview.setVisible(wanted and not self._focus_mode)
        self.editor.setVisible(not (wanted and not room))
        self.head.setVisible(not self._focus_mode)
