"""What is done with the inspection in front as a whole: its next step, opening it again, the menus."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.states import label_of, next_states
from branchdesk.i18n import _
from branchdesk.services.inspections import answering, life, planning, reading
from branchdesk.services.inspections.life import NotReady
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.dialogs import LineDialog, show_problem
from branchdesk.ui.findings_dialog import FindingsDialog
from branchdesk.ui.inspection_words import PAPER_TITLES, SHEET, day_shown
from branchdesk.ui.page import Page
from branchdesk.ui.screens.inspection.file import InspectionEdits, InspectionFile
from branchdesk.ui.screens.inspection.line_words import STEPS, WITHOUT_ISSUES


class InspectionSteps(QObject):
    """Takes steps, once what is typed is stored.

    `finding_chosen` tells which finding the clerk wants to see, `removed` that the inspection is gone,
    `confirming_all` that every fact is to be confirmed.
    """

    finding_chosen = Signal(object)
    removed = Signal()
    confirming_all = Signal()

    def __init__(self, edits: InspectionEdits, page: Page) -> None:
        super().__init__(page)
        self._edits = edits
        self._page = page
        self.file: InspectionFile | None = None

    @property
    def _usual(self) -> tuple[str, InspectionState] | None:
        """The words of the next step and the state that follows; None where nothing is left to do."""
        file = self.file
        if file is None or not file.may_write:
            return None
        if file.state is InspectionState.FED_BACK and not file.sheet.issues:
            return WITHOUT_ISSUES
        return STEPS.get(file.state)

    @property
    def verb(self) -> str:
        """What the red button says; empty where nothing is left to do."""
        return _(self._usual[0]) if self._usual is not None else ""

    def take_next(self) -> None:
        """The usual next step."""
        self._page.commit()
        if self._usual is not None:
            self.take(self._usual[1])

    def take(self, to: InspectionState, *, accept: bool = False) -> None:
        """A step to a state; what stands against it is shown, and warnings may be accepted there."""
        self._page.commit()
        done = _("检查表现在是“{state}”。", state=label_of(to))
        refused = self._edits.attempt(life.move, to, accept=accept)
        if isinstance(refused, NotReady):
            self._show_refusal(refused, to)
        elif refused is not None:
            show_problem(refused, self._page.window())
        else:
            self._edits.desk.undo_offered.emit(done)

    def _show_refusal(self, refused: NotReady, to: InspectionState) -> None:
        go_on = partial(self.take, to, accept=True) if refused.may_be_accepted else None
        FindingsDialog(
            refused.findings, self.finding_chosen.emit, self._page, on_yes=go_on, refused=True
        ).open()

    def show_findings(self) -> None:
        """Everything that is to be mended or looked at."""
        self._page.commit()
        if self.file is not None:
            FindingsDialog(self.file.sheet.findings, self.finding_chosen.emit, self._page).open()

    def ask_to_reopen(self) -> None:
        """Open a scored inspection again; a reason is kept with it."""
        LineDialog(
            _("重新打开"),
            _("已经反馈的分数会保留，随时可以打印；改完要再反馈签字一次。"),
            _("为什么要改"),
            _("重新打开"),
            self._reopen,
            self._page,
        ).open()

    def _reopen(self, reason: str) -> None:
        self._edits.do(life.reopen, reason, done=_("已重新打开，可以修改分数了。"))

    def ask_to_remove(self) -> None:
        """Move the inspection to the recycle bin."""
        text = _("这张检查表会移到回收站，{days} 天内可以恢复；已登记的问题不受影响。", days=bin_days())
        BinDialog(text, self._remove, self._page).open()

    def _remove(self, why: str) -> None:
        work = partial(planning.remove_inspections, self._edits.desk.branch, [self._edits.uid], why)
        if self._edits.desk.do(work, _("检查表已移到回收站。")) is not None:
            self.removed.emit()

    def take_over_scores(self) -> None:
        """Let the check agree with the branch wherever nothing was checked yet."""
        self._page.commit()
        self._edits.do(answering.take_over_self_scores, done=_("没有考核得分的项，已按自评分填好。"))

    # ---- menus

    def fill_menu(self, menu: QMenu) -> None:
        """What may be done with the inspection besides the usual next step."""
        file = self.file
        if file is None:
            return
        ask = self._edits.desk.screen_requested.emit
        if file.is_open:
            menu.addAction(_("自动取数全部核实"), self.confirming_all.emit)
            menu.addAction(_("考核得分沿用自评"), self.take_over_scores)
            menu.addSeparator()
        menu.addAction(_("检查这张表…"), self.show_findings)
        menu.addAction(_("和上期、去年同期对照…"), partial(ask, "compare_inspection", file.uid))
        menu.addAction(
            _("修改记录…"), partial(ask, "record_history", (file.uid, file.sheet.inspection.title))
        )
        if not file.may_write:
            return
        menu.addSeparator()
        usual = self._usual[1] if self._usual is not None else None
        for target in next_states(file.state):
            if target is not usual:
                menu.addAction(_("改为“{state}”", state=label_of(target)), partial(self.take, target))
        if file.state.is_scored:
            menu.addAction(_("重新打开…"), self.ask_to_reopen)
        else:
            menu.addAction(_("移到回收站…"), self.ask_to_remove)

    def fill_print_menu(self, menu: QMenu) -> None:
        """Every paper of the inspection."""
        file = self.file
        if file is None:
            return
        ask = self._edits.desk.screen_requested.emit
        for kind, words in PAPER_TITLES.items():
            menu.addAction(_("{paper}…", paper=_(words)), partial(ask, "print_inspection", (file.uid, kind)))
        for one in reading.versions(self._edits.desk.branch, file.uid):
            if one.reopened_on:
                label = _("{day} 签字、后来重新打开的检查表…", day=day_shown(one.signed_on))
                menu.addAction(label, partial(ask, "print_inspection", (file.uid, SHEET, one.revision)))
        menu.addSeparator()
        menu.addAction(_("迎检包（全部佐证合成一个 PDF）…"), partial(ask, "dossier_export", file.uid))
        menu.addAction(_("填上级发的表格…"), partial(ask, "fill_template", file.uid))
        menu.addAction(_("导出 Excel…"), partial(ask, "inspection_export", file.uid))
