"""What is done with the meeting in front as a whole: its next step, another one like it, opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from branchdesk.domain.meetings.life import next_states
from branchdesk.domain.meetings.model import Decision, MeetingState
from branchdesk.findings import Severity
from branchdesk.i18n import _
from branchdesk.services.meetings import life, planning, quality
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.findings_dialog import FindingsDialog
from branchdesk.ui.page import Page
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile
from branchdesk.ui.screens.meetings.number_dialog import NumberDialog
from branchdesk.ui.screens.meetings.words import STEPS, heading_of, state_words


class MeetingSteps(QObject):
    """Takes steps, once what is typed is stored.

    `finding_chosen` tells which finding the clerk wants to see, `copied` the uid of another meeting like this
    one, `notice_due` that people are to be told of it, `removed` that it is gone.
    """

    finding_chosen = Signal(object)
    copied = Signal(str)
    notice_due = Signal()
    removed = Signal()

    def __init__(self, edits: MeetingEdits, page: Page) -> None:
        super().__init__(page)
        self._edits = edits
        self._page = page
        self.file: MeetingFile | None = None

    @property
    def verb(self) -> str:
        """What the red button says; empty where nothing is left to do."""
        state = self.file.meeting.state if self.file is not None else MeetingState.ARCHIVED
        return _(STEPS[state][0]) if state in STEPS else ""

    def take_next(self) -> None:
        """The usual next step."""
        self._page.commit()
        state = self.file.meeting.state if self.file is not None else None
        if state not in STEPS:
            return
        to = STEPS[state][1]
        if self.take(to) and to is MeetingState.NOTICED:
            self.notice_due.emit()

    def take(self, to: MeetingState) -> bool:
        """A step to a state, and whether it was taken; finalising looks at the findings first."""
        if to is MeetingState.FINALISED:
            self._ask_to_finalise()
            return False
        done = _("会议现在是“{state}”。", state=state_words(to))
        return self._edits.do(life.move, to, done=done) is not None

    def _ask_to_finalise(self) -> None:
        branch, uid = self._edits.desk.branch, self._edits.uid
        found = self._edits.desk.do(partial(quality.quality, branch, uid))
        if found is None:
            return
        findings = [one for one in found if one.severity > Severity.NOTE]
        left = quality.what_is_dropped(branch, uid)
        may_go_on = not any(one.is_error for one in findings)
        FindingsDialog(
            findings,
            self.finding_chosen.emit,
            self._page,
            heading=_("定稿前检查"),
            on_yes=self._finalise if may_go_on else None,
            verbs=(_("仍然定稿") if findings else _("定稿"), _("先不定稿")),
            notes=_notes_on(left, may_go_on=may_go_on),
        ).open()

    def _finalise(self) -> None:
        self._edits.do(life.finalise, accept=True, done=_("会议记录已定稿。"))

    def show_findings(self) -> None:
        """Everything that there is to say about the minutes."""
        branch, uid = self._edits.desk.branch, self._edits.uid
        found = self._edits.desk.do(partial(quality.quality, branch, uid))
        if found is not None:
            FindingsDialog(found, self.finding_chosen.emit, self._page).open()

    def ask_to_reopen(self) -> None:
        """Open final minutes again; a reason is kept with them."""
        LineDialog(
            _("重新打开"),
            _("原来的定稿会保留，随时可以打印；改完要再定稿一次。"),
            _("为什么要改"),
            _("重新打开"),
            self._reopen,
            self._page,
        ).open()

    def _reopen(self, reason: str) -> None:
        self._edits.do(life.reopen, reason, done=_("已重新打开，可以修改了。"))

    def ask_to_remove(self) -> None:
        """Move the meeting to the recycle bin."""
        text = _("这次会议会移到回收站，{days} 天内可以恢复。", days=bin_days())
        BinDialog(text, self._remove, self._page).open()

    def _remove(self, why: str) -> None:
        work = partial(planning.remove_meetings, self._edits.desk.branch, [self._edits.uid], why)
        if self._edits.desk.do(work, _("会议已移到回收站。")) is not None:
            self.removed.emit()

    def copy_this(self) -> None:
        """Another meeting like this one, without its dates, attendance, votes and text."""
        self._page.commit()
        work = partial(planning.plan_like, self._edits.desk.branch, self._edits.uid)
        outcome = self._edits.desk.do(work, _("已照着这次会议新建一次，时间、签到、表决都是空的。"))
        if outcome is not None:
            self.copied.emit(outcome.uid)

    def ask_for_number(self) -> None:
        """Ask which meeting of the year it is."""
        if self.file is not None:
            NumberDialog(self._edits, self.file.meeting, self._page).open()

    def show_history(self) -> None:
        """What was changed about the meeting, when and by whom."""
        self._page.commit()
        if self.file is not None:
            target = (self.file.meeting.uid, heading_of(self.file.meeting, self.file.form))
            self._edits.desk.screen_requested.emit("record_history", target)

    def fill_menu(self, menu: QMenu) -> None:
        """What may be done with the meeting besides the usual next step."""
        file = self.file
        if file is not None and file.may_write:
            menu.addAction(_("套用这次新建一次"), self.copy_this)
        menu.addAction(_("修改记录…"), self.show_history)
        if file is not None and file.is_open:
            menu.addAction(_("改年度和次数…"), self.ask_for_number)
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


def _notes_on(left: Sequence[Decision], *, may_go_on: bool) -> list[tuple[str, str]]:
    """What else is to be known before minutes become final: what would be left behind, what final means."""
    notes = []
    if left:
        names = "\n".join(f"· {one.text}" for one in left)
        notes = [(_("上次会议没有办结、这次也没有接着写的："), "strong"), (names, "warn")]
    if may_go_on:
        notes.append((_("定稿以后不能直接修改；要改可以“重新打开”，原来的定稿会保留。"), "hint"))
    return notes
