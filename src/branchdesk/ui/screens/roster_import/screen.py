"""The import wizard: four steps on one page, each of which can be gone back to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress
from branchdesk.services import backups, roster_import
from branchdesk.services.roster_import import (
    ImportOptions,
    ImportPlan,
    ImportResult,
    SheetChoice,
    Source,
    Verdict,
)
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.roster_import.columns_page import ColumnsPage
from branchdesk.ui.screens.roster_import.done_page import DonePage
from branchdesk.ui.screens.roster_import.file_page import FilePage
from branchdesk.ui.screens.roster_import.problems_page import FixKey, ProblemsPage
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row
from branchdesk.ui.widgets.stepper import Stepper
from branchdesk.ui.widgets.texts import Words

FILE, COLUMNS, PROBLEMS, DONE = range(4)


class RosterImportScreen(Page):
    """ux 2.8: choose a file, agree on columns, look at problems, import."""

    key = "roster_import"
    help_topic = "import"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__(desk, _("导入 Excel 名册"))
        self.jobs = jobs
        self.source: Source | None = None
        self.plan: ImportPlan | None = None
        self._fixes: dict[FixKey, str] = {}
        self._decisions: dict[tuple[int, int], Verdict] = {}
        self.stepper = Stepper([_("选文件"), _("对应列"), _("核对问题"), _("导入")])
        self.stack = QStackedWidget()
        self.file = FilePage()
        self.columns = ColumnsPage()
        self.problems = ProblemsPage()
        self.done = DonePage(desk)
        self.back = button(_("上一步"), self._go_back, name="back")
        self.next = button(_("下一步"), self._go_on, look="primary", name="next")
        self._summary = Words(role="second")
        self._lay_out()
        self.file.file_chosen.connect(self.open_file)
        self.problems.fixed.connect(self._take_fixes)
        self.problems.decided.connect(self._take_decisions)
        self.problems.options_changed.connect(self._replan)
        self.columns.changed.connect(self._show_buttons)
        self.first_focus = self.file
        self._show_step(FILE)

    def _lay_out(self) -> None:
        self.set_buttons([button(_("关闭"), self._leave, icon_name="x", name="close_import")])
        card = frame("card")
        self._box = box = column(margin=16, gap=12, parent=card)
        box.addWidget(self.stepper)
        for page in (self.file, self.columns, self.problems, self.done):
            self.stack.addWidget(page)
        box.addWidget(self.stack, 1)
        self._foot = QWidget()
        foot = row(gap=8, parent=self._foot)
        foot.addWidget(self._summary, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        box.addWidget(self._foot)
        self.body.addWidget(card, 1)

    @override
    def set_low(self, *, low: bool) -> None:
        super().set_low(low=low)
        margin = px(8 if low else 16)
        self._box.setContentsMargins(margin, margin, margin, margin)
        self._box.setSpacing(px(6 if low else 12))
        self.stepper.set_low(low=low)

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        inside: dict[QWidget, tuple[QWidget, ...]] = {
            self.columns: (self.columns.tools, self.columns.table),
            self.problems: (self.problems.banner, self.problems.tools, self.problems.grid),
        }
        page = self.stack.currentWidget()
        step_pane([self.head, *inside.get(page, (page,)), self._foot], backwards=backwards)

    # ---- steps

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.stepper.show_step(step)
        self._show_buttons()
        if self.next.isEnabled():
            self.next.setFocus()

    def _show_buttons(self) -> None:
        step = self.stack.currentIndex()
        self.back.setVisible(step in {COLUMNS, PROBLEMS})
        texts = {
            FILE: "",
            COLUMNS: _("下一步：核对问题"),
            PROBLEMS: _("导入"),
            DONE: _("看名册"),
        }
        self.next.setVisible(bool(texts[step]))
        self.next.setText(texts[step])
        self.next.setAccessibleName(texts[step])
        ready = step == DONE
        if step == COLUMNS:
            wanted = [choice for choice in self.columns.choices if choice.wanted]
            ready = bool(wanted) and all(choice.target for choice in wanted)
            self._summary.setText(self.columns.summary())
        elif step == PROBLEMS and self.plan is not None:
            counts = self.plan.counts()
            ready = counts[Verdict.NEW] + counts[Verdict.UPDATE] > 0
            self._summary.setText(self.problems.summary())
        else:
            self._summary.setText("")
        self.next.setEnabled(ready and self.desk.branch.person.role.may_write)

    def _go_back(self) -> None:
        self._show_step(self.stack.currentIndex() - 1)

    def _go_on(self) -> None:
        step = self.stack.currentIndex()
        if step == COLUMNS:
            self.problems.reset()
            self._replan(then=PROBLEMS)
        elif step == PROBLEMS:
            self._import()
        elif step == DONE:
            self._leave()

    def _leave(self) -> None:
        self._start_again()
        self.desk.screen_requested.emit("rosters", None)

    def _start_again(self) -> None:
        self.source = self.plan = None
        self._fixes.clear()
        self._decisions.clear()
        self.problems.reset()
        self.banner.say("info", "")
        self.subtitle.setText("")
        self._show_step(FILE)

    @override
    def shown(self, target: object = None) -> None:
        if isinstance(target, Path):
            self.open_file(target)

    # ---- 1: the file

    def open_file(self, path: Path) -> None:
        """Read a workbook in the fenced child and propose columns."""
        branch = self.desk.branch

        def work(progress: Progress) -> tuple[Source, list[SheetChoice]]:
            source = roster_import.open_source(path, progress)
            return source, roster_import.propose(branch, source)

        self.jobs.run(_("正在读取 {name}", name=path.name), work, self._show_source, self._refuse_file)

    def _refuse_file(self, problem: Problem) -> None:
        self.banner.say("err", str(problem))

    def _show_source(self, read: tuple[Source, list[SheetChoice]]) -> None:
        self.source, choices = read
        self._fixes.clear()
        self._decisions.clear()
        self.subtitle.setText(self.source.name)
        notes = [note.sentence for note in self.source.workbook.notes]
        self.banner.say("warn", "".join(notes[:3]))
        self.columns.show_choices(choices, roster_import.targets(self.desk.branch, choices))
        self._show_step(COLUMNS)

    # ---- 3: problems

    def _options(self) -> ImportOptions:
        page = self.problems
        return ImportOptions(
            category=page.category.currentData(),
            hidden_rows=page.hidden_rows.isChecked(),
            damaged_numbers=page.damaged.isChecked(),
            missing_groups=page.groups.isChecked(),
        )

    def _replan(self, then: int | None = None) -> None:
        if self.source is None:
            return
        work = partial(
            roster_import.plan_import,
            self.desk.branch,
            self.source,
            list(self.columns.choices),
            self._options(),
            dict(self._fixes),
            dict(self._decisions),
        )
        self.jobs.run(_("正在核对"), lambda progress: work(progress=progress), partial(self._show_plan, then))

    def _show_plan(self, then: int | None, plan: ImportPlan) -> None:
        self.plan = plan
        self.problems.show_plan(plan)
        if then is not None:
            self._show_step(then)
            self.problems.grid.setFocus()
        self._show_buttons()

    def _take_fixes(self, fixes: dict[FixKey, str]) -> None:
        self._fixes.update(fixes)
        self._replan()

    def _take_decisions(self, decisions: dict[tuple[int, int], Verdict]) -> None:
        self._decisions.update(decisions)
        self._replan()

    # ---- 4: the import

    def _import(self) -> None:
        plan, branch = self.plan, self.desk.branch
        if plan is None:
            return
        place = self.desk.settings.backup_folder(branch.path)

        def work(progress: Progress) -> ImportResult:
            backups.make_backup(branch, place, _("导入前"), progress=progress.part(0.0, 0.3))
            return roster_import.apply_import(branch, plan, progress.part(0.3, 1.0))

        self.jobs.run(_("正在导入"), work, partial(self._show_result, plan))

    def _show_result(self, plan: ImportPlan, result: ImportResult) -> None:
        self.desk.adopt(result.changes)
        self.done.show_result(plan, result)
        self._show_step(DONE)

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        if self.stack.currentIndex() == PROBLEMS:
            self.problems.next_finding()
        elif self.stack.currentIndex() == COLUMNS:
            self.columns.next_open()
