"""The life of the meeting in front: the next step, finalising after a look, opening again with a reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from branchdesk.domain.meetings.life import next_states
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.findings import Severity
from branchdesk.i18n import _
from branchdesk.services.meetings import life, planning, quality
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile
from branchdesk.ui.screens.meetings.findings_dialog import FindingsDialog
from branchdesk.ui.screens.meetings.words import STEPS, state_words


class MeetingSteps(QObject):
    """Takes steps. `finding_chosen` tells which finding the clerk wants to see, `removed` that it is gone."""

    finding_chosen = Signal(object)
    removed = Signal()

    def __init__(self, edits: MeetingEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._parent = parent
        self.file: MeetingFile | None = None

    @property
    def verb(self) -> str:
        """What the red button says; empty where nothing is left to do."""
        state = self.file.meeting.state if self.file is not None else MeetingState.ARCHIVED
        return _(STEPS[state][0]) if state in STEPS else ""

    def take_next(self) -> None:
        """The usual next step."""
        if self.file is not None and self.file.meeting.state in STEPS:
            self.take(STEPS[self.file.meeting.state][1])

    def take(self, to: MeetingState) -> None:
        """A step to a state; finalising looks at the findings first."""
        if to is MeetingState.FINALISED:
            self._ask_to_finalise()
            return
        done = _("会议现在是“{state}”。", state=state_words(to))
        self._edits.do(life.move, to, done=done)

    def _ask_to_finalise(self) -> None:
        branch, uid = self._edits.desk.branch, self._edits.uid
        found = self._edits.desk.do(partial(quality.quality, branch, uid))
        if found is None:
            return
        findings = [one for one in found if one.severity > Severity.NOTE]
        left = quality.what_is_dropped(branch, uid)
        FindingsDialog(findings, left, self.finding_chosen.emit, self._parent, self._finalise).open()

    def _finalise(self) -> None:
        self._edits.do(life.finalise, accept=True, done=_("会议记录已定稿。"))

    def show_findings(self) -> None:
        """Everything that there is to say about the minutes."""
        branch, uid = self._edits.desk.branch, self._edits.uid
        found = self._edits.desk.do(partial(quality.quality, branch, uid))
        if found is not None:
            FindingsDialog(found, [], self.finding_chosen.emit, self._parent).open()

    def ask_to_reopen(self) -> None:
        """Open final minutes again; a reason is kept with them."""
        LineDialog(
            _("重新打开"),
            _("原来的定稿会保留，随时可以打印；改完要再定稿一次。"),
            _("为什么要改"),
            _("重新打开"),
            self._reopen,
            self._parent,
        ).open()

    def _reopen(self, reason: str) -> None:
        self._edits.do(life.reopen, reason, done=_("已重新打开，可以修改了。"))

    def ask_to_remove(self) -> None:
        """Move the meeting to the recycle bin."""
        LineDialog(
            _("移到回收站"),
            _("这次会议会移到回收站，180 天内可以恢复。"),
            _("为什么"),
            _("移到回收站"),
            self._remove,
            self._parent,
        ).open()

    def _remove(self, why: str) -> None:
        work = partial(planning.remove_meetings, self._edits.desk.branch, [self._edits.uid], why)
        if self._edits.desk.do(work, _("会议已移到回收站。")) is not None:
            self.removed.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """What may be done with the meeting besides the usual next step."""
        file = self.file
        if file is None or not file.may_write:
            return
        state = file.meeting.state
        usual = STEPS[state][1] if state in STEPS else None
        for target in next_states(state):
            if target is not usual:
                words = _("改为“{state}”", state=state_words(target))
                menu.addAction(words, partial(self.take, target))
        if state.is_locked:
            menu.addAction(_("重新打开…"), self.ask_to_reopen)
        menu.addAction(_("检查这次会议…"), self.show_findings)
        if file.is_open:
            menu.addSeparator()
            menu.addAction(_("移到回收站…"), self.ask_to_remove)
