"""What is done with an evaluation as a whole: the next deed, making it final, opening it again, menus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from branchdesk.domain.evaluations.deciding import undecided
from branchdesk.domain.evaluations.model import EvaluationState
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.reports.evaluations.papers import paper_kinds
from branchdesk.services.evaluations import life, planning
from branchdesk.services.evaluations.life import NotReady
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog, show_problem
from branchdesk.ui.findings_dialog import FindingsDialog
from branchdesk.ui.screens.evaluations.choosing import BALLOTS, GRADES, SCORES, STARS
from branchdesk.ui.screens.evaluations.drafting import EvaluationDrafts
from branchdesk.ui.screens.evaluations.head_dialog import HeadDialog
from branchdesk.ui.screens.evaluations.step_deeds import StepDeeds, current_step

FINISH, FINALISE, ARCHIVE = "finish", "finalise", "archive"


class EvaluationActions(QObject):
    """Carries out what is wanted of the evaluation in front.

    `segment_wanted` asks for the segment in which the present step is worked on, `entry_wanted` that ballots
    are entered at once; `finding_chosen` tells what the clerk wants to see.
    """

    segment_wanted = Signal(str)
    entry_wanted = Signal()
    finding_chosen = Signal(object)

    def __init__(self, desk: Desk, drafts: EvaluationDrafts, above: QWidget) -> None:
        super().__init__(above)
        self._desk = desk
        self._drafts = drafts
        self._above = above
        self.sheet: EvaluationSheet | None = None
        self.steps = StepDeeds(desk, above)

    def take(self, sheet: EvaluationSheet | None) -> None:
        """Work on another evaluation, or on the same one as it is stored now."""
        self.sheet = self.steps.sheet = sheet

    @property
    def uid(self) -> str:
        """The evaluation in front."""
        return self.sheet.evaluation.uid if self.sheet is not None else ""

    @property
    def may_write(self) -> bool:
        """Whether this person may change anything."""
        return self.sheet is not None and self._desk.branch.person.role.may_write

    # ---- the present step

    @property
    def _wants(self) -> str:
        """What the present step asks for: a segment, that it is finished, or what follows the last step."""
        sheet, step = self.sheet, self.steps.current
        if sheet is None or not self.may_write or sheet.evaluation.state is EvaluationState.ARCHIVED:
            return ""
        if sheet.evaluation.state is EvaluationState.FINAL:
            return ARCHIVE
        if step is None:
            return FINALISE
        if step.ballots and not _is_counted(sheet):
            return BALLOTS
        if step.decides and undecided(sheet.scheme, sheet.evaluation.subjects):
            return GRADES
        return FINISH

    @property
    def verb(self) -> str:
        """What the red button says; empty where nothing is left to do."""
        step = self.steps.current
        words = {
            BALLOTS: _("录入测评票"),
            GRADES: _("去评定等次"),
            FINISH: _("完成“{step}”…", step=step.title) if step is not None else "",
            FINALISE: _("定稿"),
            ARCHIVE: _("归档"),
        }
        return words.get(self._wants, "")

    def take_next(self) -> None:
        """Do what the present step asks for."""
        wants, step = self._wants, self.steps.current
        if wants == BALLOTS:
            self.segment_wanted.emit(BALLOTS)
            self.entry_wanted.emit()
        elif wants == GRADES:
            self.segment_wanted.emit(GRADES)
        elif wants == FINISH and step is not None:
            self.steps.finish(step)
        elif wants == FINALISE:
            self.finalise()
        elif wants == ARCHIVE:
            self._do(partial(life.archive, self._desk.branch, self.uid), _("已归档。"))

    # ---- the whole

    def finalise(self, *, accept: bool = False) -> None:
        """Fix the evaluation; what stands against it is shown, and warnings may be accepted there."""
        try:
            outcome = life.finalise(self._desk.branch, self.uid, accept=accept)
        except NotReady as refused:
            go_on = partial(self.finalise, accept=True) if refused.may_be_accepted else None
            FindingsDialog(
                refused.findings, self.finding_chosen.emit, self._above, on_yes=go_on, refused=True
            ).open()
        except Problem as problem:
            show_problem(problem, self._above.window())
        else:
            self._desk.adopt(outcome)
            self._desk.undo_offered.emit(_("已定稿。打印出来的表以后不会再变。"))

    def show_findings(self) -> None:
        """Everything that is to be mended or looked at."""
        if self.sheet is not None:
            FindingsDialog(self.sheet.findings, self.finding_chosen.emit, self._above).open()

    def ask_to_reopen(self) -> None:
        """Open a fixed evaluation again; a reason is kept."""
        LineDialog(
            _("重新打开"),
            _("定稿时的结果会保留，改完要再定稿一次。"),
            _("为什么要改"),
            _("重新打开"),
            self._reopen,
            self._above.window(),
        ).open()

    def _reopen(self, why: str) -> None:
        self._do(partial(life.reopen, self._desk.branch, self.uid, why), _("已重新打开，可以修改了。"))

    def ask_to_remove(self) -> None:
        """Move the evaluation to the recycle bin."""
        if self.may_write and self.sheet is not None:
            title = self.sheet.evaluation.title
            text = _("“{title}”会移到回收站，{days} 天内可以恢复。", title=title, days=bin_days())
            BinDialog(text, self._remove, self._above.window()).open()

    def _remove(self, why: str) -> None:
        work = partial(planning.remove_evaluations, self._desk.branch, [self.uid], why)
        self._do(work, _("评议已移到回收站。"))

    def refresh_subjects(self) -> None:
        """Take over who joined and who left since the evaluation began."""
        work = partial(planning.refresh_subjects, self._desk.branch, self.uid)
        self._do(work, _("参评名单已按名册更新。"))

    def show_head(self) -> None:
        """The fields of the head of the form."""
        if self.sheet is not None:
            HeadDialog(self._desk, self.sheet, self._drafts, self._above.window()).open()

    def _do(self, work: Callable[[], object], done: str) -> None:
        self._desk.do(work, done)

    # ---- the menus

    def fill_print_menu(self, menu: QMenu, subject: str) -> None:
        """Every paper of the evaluation; of the subject in front where it is one of a subject."""
        sheet = self.sheet
        if sheet is None:
            return
        ask = self._desk.screen_requested.emit
        for kind, title in paper_kinds(sheet):
            target = (self.uid, kind, subject, "")
            menu.addAction(_("{paper}…", paper=title), partial(ask, "print_evaluation", target))
        menu.addSeparator()
        menu.addAction(_("导出 Excel…"), partial(ask, "evaluation_export", self.uid))

    def print_usual(self, subject: str) -> None:
        """The paper of the present step, else the first one."""
        sheet, step = self.sheet, self.steps.current
        kinds = [kind for kind, _title in paper_kinds(sheet)] if sheet is not None else []
        if kinds:
            kind = step.paper if step is not None and step.paper in kinds else kinds[0]
            self._desk.screen_requested.emit("print_evaluation", (self.uid, kind, subject, ""))

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done besides what the present step asks for."""
        sheet = self.sheet
        if sheet is None:
            return
        ask = self._desk.screen_requested.emit
        if sheet.form.fields:
            menu.addAction(_("表头和报告内容…"), self.show_head)
        menu.addAction(_("检查这次评议…"), self.show_findings)
        menu.addAction(_("修改记录…"), partial(ask, "record_history", (self.uid, sheet.evaluation.title)))
        if not self.may_write:
            return
        menu.addSeparator()
        if sheet.evaluation.state is EvaluationState.OPEN:
            menu.addAction(_("按名册更新参评名单"), self.refresh_subjects)
            if self._wants != FINALISE:
                menu.addAction(_("定稿…"), self.finalise)
        else:
            menu.addAction(_("重新打开…"), self.ask_to_reopen)
        menu.addSeparator()
        removing = menu.addAction(_("移到回收站…"), self.ask_to_remove)
        removing.setEnabled(not sheet.is_frozen)


def usual_segment(sheet: EvaluationSheet, segments: list[str]) -> str:
    """Where the work of the present step is done, among the segments that an evaluation has."""
    step = current_step(sheet)
    wanted = [GRADES]
    if step is not None:
        wanted = [BALLOTS] if step.ballots else [GRADES] if step.decides else [SCORES, STARS]
    return next((key for key in (*wanted, *segments) if key in segments), BALLOTS)


def _is_counted(sheet: EvaluationSheet) -> bool:
    """Whether the ballots were counted twice with the same result."""
    return bool(sheet.evaluation.batches) and all(one.counted for one in sheet.tallies.values())
