"""The workbook of the superior: which of its cells are filled with what, and filling it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from branchdesk.domain.inspections.model import Inspection
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.reports.inspections.templates import FilledTemplate, write_filled_template
from branchdesk.services.inspections import reading, templates
from branchdesk.services.inspections.templates import CellChoice, OpenTemplate
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.bug_report import show_bug
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog, SheetDialog, show_problem
from branchdesk.ui.frame import Frame
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.screens.inspections.cell_table import CellTable, read_cell
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.messages import Banner, EmptyState
from branchdesk.ui.widgets.texts import Note

_WIDTH, _HEIGHT = 880, 640
# So many lines without a cell are named.
_MOST_NAMED = 10


class TemplateDialog(SheetDialog):
    """Chooses a workbook, shows what goes into its cells, changes that, and fills it from one inspection."""

    def __init__(self, desk: Desk, inspection: Inspection, parent: QWidget) -> None:
        super().__init__(_("填上级发的表格"), parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("template_dialog")
        self.desk = desk
        self._inspection = inspection
        self._may_write = desk.branch.person.role.may_write
        self.jobs = JobRunner(self)
        self.opened: OpenTemplate | None = None
        self.choice = Choice()
        self.choice.setAccessibleName(_("上级表格"))
        self.banner = Banner()
        self.table = CellTable(may_write=self._may_write)
        self._lay_out()
        self._connect()
        self._list()

    def _lay_out(self) -> None:
        first = button(_("添加表格…"), self._choose_file, icon_name="file-spreadsheet", name="add_template")
        self._empty = EmptyState(
            "file-spreadsheet",
            _("还没有上级发的表格"),
            _("把上级发的 Excel 表格添加进来，程序认出每一格该填什么，核对一遍就能填。"),
            [first],
            _("以后每个季度都能照着填。"),
        )
        self._whole = QWidget()
        box = column(gap=10, parent=self._whole)
        tools = QWidget()
        flow = Flow(tools, gap=8)
        self._again = button(_("重新识别"), self._propose, icon_name="refresh", name="propose_cells")
        self._cell = button(_("加一格…"), self._ask_cell, icon_name="plus", name="add_cell")
        other = button(_("添加表格…"), self._choose_file, icon_name="file-spreadsheet", name="add_another")
        for part in (self.choice, other, self._cell, self._again):
            flow.addWidget(part)
        box.addWidget(tools)
        box.addWidget(self.banner)
        box.addWidget(self.table, 1)
        hint = _("只填列出来的格子，合并、公式、打印范围都不动。Enter 改一格，Delete 不填这一格。")
        box.addWidget(Note(hint, "hint"))
        self.body.addWidget(self._whole, 1)
        self.body.addWidget(self._empty, 1)
        self._adding = (first, other)
        self._remove = self.add_button(_("移到回收站…"), self._ask_remove, name="remove_template", apart=True)
        self.add_button(_("关闭"), name="close")
        self._fill = self.add_button(
            _("填好另存…"), self._choose_target, look="primary", name="fill_template"
        )

    def _connect(self) -> None:
        self.jobs.problem_met.connect(self._tell)
        self.jobs.bug_met.connect(partial(show_bug, parent=self))
        self.finished.connect(self.jobs.stop)
        self.choice.currentIndexChanged.connect(self._open)
        self.table.changed.connect(self._set_cells)

    # ---- showing

    def _list(self, chosen: str = "") -> None:
        """Offer the workbooks that are filled from this kind of inspection, and open one of them."""
        kind = self._inspection.kind
        rows = [one for one in templates.template_list(self.desk.branch) if one.kind == kind]
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in rows:
            self.choice.addItem(one.name, one.uid)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0) if rows else -1)
        self.choice.blockSignals(False)
        self._open()

    @property
    def _uid(self) -> str:
        return str(self.choice.currentData() or "")

    def _open(self) -> None:
        self.opened = None
        self._show()
        if self._uid:
            work = partial(templates.open_template, self.desk.branch, self._uid)
            self.jobs.run(_("正在打开表格"), work, self._show_opened)
        else:
            self._adding[0].setFocus()

    def _show_opened(self, opened: OpenTemplate) -> None:
        self.opened = opened
        self._show()
        count = len(opened.cells)
        said = _n("认出 {n} 格，请核对一遍；不对的按 Enter 改。", count)
        self.banner.say(
            "info" if count else "warn", said if count else _("没有认出要填的格子，请点“加一格…”。")
        )
        self.table.setFocus()

    def _show(self) -> None:
        opened = self.opened
        self.table.show_template(opened)
        there = self.choice.count() > 0
        self._whole.setVisible(there)
        self._empty.setVisible(not there)
        self._remove.setVisible(there)
        for one in self._adding:
            one.setEnabled(self._may_write)
        for one in (self._cell, self._again, self._remove):
            one.setEnabled(opened is not None and self._may_write)
        self._fill.setEnabled(opened is not None and bool(opened.cells))

    # ---- changing

    def _choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("添加表格"), "", _("Excel 工作簿 (*.xlsx)"))
        if path:
            work = partial(templates.add_template, self.desk.branch, Path(path), self._inspection.kind)
            self.jobs.run(_("正在识别表格"), work, self._show_added)

    def _show_added(self, outcome: templates.TemplateOutcome) -> None:
        self.desk.adopt(outcome)
        self._list(outcome.uid)

    def _propose(self) -> None:
        """Put what the program recognises in the place of what was chosen."""
        work = partial(templates.propose, self.desk.branch, self._uid)
        self.jobs.run(_("正在识别表格"), work, self._set_cells)

    def _ask_cell(self) -> None:
        LineDialog(
            _("加一格"),
            _("写出单元格，如 E5；表格里有几张工作表的，写成 附件2!E5。"),
            _("单元格"),
            _("下一步"),
            self._add_cell,
            self,
        ).open()

    def _add_cell(self, typed: str) -> None:
        if self.opened is None:
            return
        try:
            sheet, cell = read_cell(self.opened, typed)
        except Problem as problem:
            self._tell(problem)
            return
        self.table.pick_for(sheet, cell)

    def _set_cells(self, choices: Sequence[CellChoice]) -> None:
        try:
            outcome = templates.set_cells(self.desk.branch, self._uid, choices)
        except Problem as problem:
            self._tell(problem)
            return
        self.desk.adopt(outcome)
        self._open()

    def _ask_remove(self) -> None:
        text = _(
            "把“{name}”移到回收站，{days} 天内可以恢复。", name=self.choice.currentText(), days=bin_days()
        )
        BinDialog(text, self._carry_away, self).open()

    def _carry_away(self, why: str) -> None:
        remove = partial(templates.remove_template, self.desk.branch, self._uid, why)
        if self.desk.do(remove, _("表格已移到回收站。")) is not None:
            self._list()

    # ---- filling

    def _choose_target(self) -> None:
        name = (
            f"{Path(self.choice.currentText()).stem}_{self._inspection.year}-{self._inspection.number}.xlsx"
        )
        path, _kind = QFileDialog.getSaveFileName(self, _("填好另存"), name, _("Excel 工作簿 (*.xlsx)"))
        if path:
            target = Path(path)
            work = partial(write_filled_template, self.desk.branch, self._uid, self._inspection.uid, target)
            self.jobs.run(_("正在填写表格"), work, partial(self._tell_filled, target.name))

    def _tell_filled(self, name: str, made: FilledTemplate) -> None:
        said = _n("已存为 {name}，填了 {n} 格。", made.cells, name=name)
        lines = [one.number for one in made.without_cell]
        named = listed(lines[:_MOST_NAMED]) + (_("等") if len(lines) > _MOST_NAMED else "")
        lacking = _n("有 {n} 项在表格里没有分数格：{lines}。", len(lines), lines=named) if lines else ""
        self.banner.say("warn" if lines else "ok", joined(said, lacking))

    def _tell(self, problem: Problem) -> None:
        show_problem(problem, self)


def open_template_filling(window: Frame, uid: str) -> None:
    """Fill a workbook of the superior from an inspection."""
    inspection = window.desk.do(partial(reading.inspection, window.desk.branch, uid))
    if inspection is not None:
        TemplateDialog(window.desk, inspection, window).open()
