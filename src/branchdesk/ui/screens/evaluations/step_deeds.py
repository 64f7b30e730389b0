"""What is done with the steps of an evaluation: finishing one, taking that back, leaving one out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from branchdesk.domain.evaluations.model import Step
from branchdesk.domain.evaluations.steps import StepProgress, StepState
from branchdesk.i18n import _
from branchdesk.services.evaluations import steps
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations.step_bar import ShownStep
from branchdesk.ui.screens.evaluations.step_dialog import FinishStepDialog
from branchdesk.ui.screens.evaluations.words import day_shown


class StepDeeds(QObject):
    """Works on the steps of the evaluation in front."""

    def __init__(self, desk: Desk, above: QWidget) -> None:
        super().__init__(above)
        self._desk = desk
        self._above = above
        self.sheet: EvaluationSheet | None = None

    @property
    def _uid(self) -> str:
        return self.sheet.evaluation.uid if self.sheet is not None else ""

    @property
    def current(self) -> Step | None:
        """The present step; None where all are done or left out."""
        return current_step(self.sheet) if self.sheet is not None else None

    def shown(self) -> list[ShownStep]:
        """The steps for the bar."""
        states = self.sheet.progress if self.sheet is not None else ()
        return [
            ShownStep(one.step.id, one.step.title, one.state.value, day_shown(one.done_on)) for one in states
        ]

    # ---- the menu of a step

    def open_menu(self, step: str, corner: QPoint) -> None:
        """What can be done with a step, at a point of the screen."""
        menu = QMenu(self._above)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, step)
        if menu.actions():
            menu.popup(corner)

    def fill_menu(self, menu: QMenu, step: str) -> None:
        """Finish a step, take that back, or leave it out; the paper of it."""
        sheet = self.sheet
        one = next((one for one in sheet.progress if one.step.id == step), None) if sheet else None
        if sheet is None or one is None:
            return
        if self._desk.branch.person.role.may_write and not sheet.is_frozen:
            self._fill_deeds(menu, one)
        if one.step.paper:
            target = (self._uid, one.step.paper, "", "")
            show = partial(self._desk.screen_requested.emit, "print_evaluation", target)
            menu.addAction(_("打印这一步的材料…"), show)

    def _fill_deeds(self, menu: QMenu, one: StepState) -> None:
        step = one.step
        if one.state is StepProgress.DONE:
            menu.addAction(_("“{step}”重新做…", step=step.title), partial(self.reopen, step))
            return
        if one.state is StepProgress.SKIPPED:
            menu.addAction(_("还是要做“{step}”", step=step.title), partial(self._take_up, step))
            return
        menu.addAction(_("完成“{step}”…", step=step.title), partial(self.finish, step))
        if step.days and (one.done is None or one.done.begun_on is None):
            menu.addAction(_("今天开始公示"), partial(self._begin_publicity, step))
        if step.optional:
            menu.addAction(_("不做“{step}”…", step=step.title), partial(self.skip, step))

    # ---- deeds

    def finish(self, step: Step) -> None:
        """Ask when a step was done."""
        if self.sheet is not None:
            FinishStepDialog(self._desk, self.sheet, step, self._above.window()).open()

    def _begin_publicity(self, step: Step) -> None:
        self._do(
            partial(steps.begin_step, self._desk.branch, self._uid, step.id), _("今天开始公示，已登记。")
        )

    def reopen(self, step: Step) -> None:
        """Take back that a step is done; a reason is kept."""
        text = _("“{step}”会改回没有完成，后面已完成的步骤不变。", step=step.title)
        self._ask_why(_("重新做这一步"), text, _("重新做"), partial(self._reopen, step))

    def _reopen(self, step: Step, why: str) -> None:
        work = partial(steps.reopen_step, self._desk.branch, self._uid, step.id, why)
        self._do(work, _("已改回没有完成。"))

    def skip(self, step: Step) -> None:
        """Leave a step out; a reason is kept."""
        text = _("本单位不做“{step}”的，写明原因后跳过，打印时也会写明。", step=step.title)
        self._ask_why(_("不做这一步"), text, _("不做"), partial(self._skip, step))

    def _skip(self, step: Step, why: str) -> None:
        work = partial(steps.skip_step, self._desk.branch, self._uid, step.id, skipped=True, why=why)
        self._do(work, _("已跳过这一步。"))

    def _take_up(self, step: Step) -> None:
        work = partial(steps.skip_step, self._desk.branch, self._uid, step.id, skipped=False, why="")
        self._do(work, _("这一步要做。"))

    def _ask_why(self, heading: str, text: str, verb: str, on_why: Callable[[str], object]) -> None:
        LineDialog(heading, text, _("为什么"), verb, on_why, self._above.window()).open()

    def _do(self, work: Callable[[], object], done: str) -> None:
        self._desk.do(work, done)


def current_step(sheet: EvaluationSheet) -> Step | None:
    """The present step of an evaluation; None where all are done or left out."""
    return next((one.step for one in sheet.progress if one.state is StepProgress.CURRENT), None)
