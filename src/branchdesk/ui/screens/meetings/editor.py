"""The card in which one meeting is edited: three segments, chips of what is there, and the pages below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.ui.focus import first_inside
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile
from branchdesk.ui.screens.meetings.phase_page import PhasePage
from branchdesk.ui.screens.meetings.quality_strip import QualityStrip, Sign
from branchdesk.ui.screens.meetings.tools import Tools
from branchdesk.ui.screens.meetings.versions_panel import VersionsPanel
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import FitScroll, Flow, column
from branchdesk.ui.widgets.scrolling import GrowingScroll

BEFORE, HELD, AFTER = "before", "held", "after"
PHASES = (BEFORE, HELD, AFTER)
_FIRST = {MeetingState.PLANNED: BEFORE, MeetingState.NOTICED: BEFORE}


class MeetingEditor(QFrame):
    """Shows a meeting in segments. `sign_pressed` tells which chip was pressed."""

    sign_pressed = Signal(str)
    version_requested = Signal(int)

    def __init__(self, edits: MeetingEdits, tools: Tools) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("meeting_editor")
        self._edits = edits
        self._tools = tools
        self.file: MeetingFile | None = None
        self.pages: dict[str, PhasePage] = {}
        self.versions = VersionsPanel()
        self.versions.chosen.connect(self.version_requested)
        box = column(margin=12, gap=10, parent=self)
        head = QWidget()
        flow = Flow(head, gap=10)
        self.segments = Segments(
            [(BEFORE, _("会前准备")), (HELD, _("会议记录")), (AFTER, _("会后落实"))], HELD
        )
        self.segments.chosen.connect(self.choose)
        self.strip = QualityStrip()
        self.strip.pressed.connect(self.sign_pressed)
        flow.addWidget(self.segments)
        flow.addWidget(self.strip)
        box.addWidget(head)
        self.head = head
        self.stack = QStackedWidget()
        box.addWidget(self.stack, 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what has the focus, however it got it."""
        page = self.stack.currentWidget()
        if now is not None and isinstance(page, FitScroll) and page.isAncestorOf(now):
            page.ensureWidgetVisible(now)

    # ---- showing

    @property
    def phase(self) -> str:
        """The segment in front."""
        return self.segments.current

    def show_file(
        self,
        file: MeetingFile,
        findings: Sequence[Finding],
        remarks: Sequence[Finding],
        figures: dict[str, str],
    ) -> None:
        """Show a meeting; another one begins at the segment that its state asks for."""
        before = self.file.meeting if self.file is not None else None
        if before is None or before.uid != file.meeting.uid:
            self._build(file)
        elif before.state in _FIRST and file.meeting.state not in _FIRST:
            self.choose(HELD)  # it has just been held: attendance and minutes come next
        self.file = file
        shown = [*remarks, *findings]
        for page in self.pages.values():
            page.show_file(file, shown, figures)
        self.versions.show_meeting(file)
        self.strip.show_signs(_signs(file, findings))

    def _build(self, file: MeetingFile) -> None:
        while self.stack.count():
            old = self.stack.widget(0)
            self.stack.removeWidget(old)
            old.deleteLater()
        self.versions.setParent(self)
        for phase in PHASES:
            page = PhasePage(file.form, phase, file.around.vocabulary, self._edits, self._tools)
            self.pages[phase] = page
            content = QWidget()
            inner = column(gap=14, parent=content)
            inner.setContentsMargins(0, 0, 12, 0)
            inner.addWidget(page)
            if phase == AFTER:
                inner.addWidget(self.versions)
            inner.addStretch(1)
            self.stack.addWidget(GrowingScroll(content))
        phase = _FIRST.get(file.meeting.state, HELD)
        self.segments.choose(phase)
        self.stack.setCurrentIndex(PHASES.index(phase))

    def choose(self, phase: str) -> None:
        """Bring a segment to the front; what was typed in the one before is stored."""
        self.commit()
        self.segments.choose(phase)
        self.stack.setCurrentIndex(PHASES.index(phase))

    @property
    def page(self) -> PhasePage:
        """The page of the segment in front."""
        return self.pages[self.phase]

    def minutes_text(self) -> str | None:
        """The running text as it stands on the screen; None where nobody can be typing it."""
        page = self.pages.get(HELD)
        if page is None or page.minutes is None or self.file is None or not self.file.is_open:
            return None
        return page.minutes.text()

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        for page in self.pages.values():
            page.commit()

    def take_focus(self) -> None:
        """Go to the first field of the segment in front."""
        first = first_inside(self.stack.currentWidget())
        if first is not None:
            first.setFocus()

    def show_finding(self, finding: Finding) -> None:
        """Go to what a finding speaks of, where there is such a place."""
        phase = self._phase_of(finding.field)
        if phase:
            self.choose(phase)
        page = self.page
        for pane in page.panes:
            editor = pane.editors.get(finding.field)
            if editor is not None:
                editor.take_focus()
                return
        self._go_to_panel(finding.field)

    def _phase_of(self, field: str) -> str:
        for phase, page in self.pages.items():
            if any(field in pane.editors for pane in page.panes) or getattr(page, field, None) is not None:
                return phase
        return ""

    def _go_to_panel(self, name: str) -> None:
        page = self.page
        if name == "attendance" and page.attendance is not None:
            page.attendance.board.focus_first_unmarked()
        elif name in {"votes", "decisions", "agenda", "minutes"}:
            panel = getattr(page, name)
            first = first_inside(panel) if panel is not None else None
            if first is not None:
                first.setFocus()


def _signs(file: MeetingFile, findings: Sequence[Finding]) -> list[Sign]:
    """What is there and what is missing, in a few chips."""
    meeting = file.meeting
    heads = heads_of(meeting)
    signs = []
    if file.form.table_of("agenda") is not None:
        count = len(meeting.agenda)
        signs.append(
            Sign("agenda", "ok" if count else "warn", _n("议题 {n}", count) if count else _("还没有议题"))
        )
    if file.form.table_of("attendance") is not None and heads.expected:
        words = _n("缺签到 {n}", heads.unmarked) if heads.unmarked else _("签到齐了")
        signs.append(Sign("attendance", "warn" if heads.unmarked else "ok", words))
    if meeting.files:
        signs.append(Sign("files", "ok", _n("附件 {n}", len(meeting.files))))
    errors = [one for one in findings if one.is_error]
    warnings = [one for one in findings if one.severity is Severity.WARN]
    if errors:
        signs.append(Sign("errors", "err", _n("要改 {n} 处", len(errors)), _listed(errors)))
    if warnings:
        signs.append(Sign("warnings", "warn", _n("提醒 {n} 处", len(warnings)), _listed(warnings)))
    if not errors and not warnings:
        signs.append(Sign("clean", "ok", _("检查通过")))
    return signs


def _listed(findings: Sequence[Finding]) -> str:
    return "\n".join(f"· {one.sentence}" for one in findings)
