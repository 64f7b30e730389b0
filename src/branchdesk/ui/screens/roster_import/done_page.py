"""The last step of the import: what was taken in, taking it back, and the rows that were left out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from branchdesk.i18n import _, _n
from branchdesk.reports.papers import paper_name
from branchdesk.services import roster_import
from branchdesk.services.roster_import import ImportPlan, ImportResult, Verdict
from branchdesk.ui.desk import Desk
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Note
from branchdesk.whole_files import write_whole


class DonePage(QWidget):
    """Says how the import ended."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: ImportPlan | None = None
        self._result: ImportResult | None = None
        self.outcome = Note("", "heading")
        self._details = Note(_("原来的文件已加密存档。导入前已自动备份。"), "second")
        self.undo = button(_("撤销整批导入"), self._undo, icon_name="arrow-back-up", name="undo_import")
        self._save_refused = button(
            _("把没有导入的行存成 Excel"), self._ask_where, icon_name="file-export", name="save_refused"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        box = column(gap=12, parent=self)
        box.addStretch(1)
        for note in (self.outcome, self._details):
            note.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(note)
        line = row(gap=10)
        line.addStretch(1)
        line.addWidget(self.undo)
        line.addWidget(self._save_refused)
        line.addStretch(1)
        box.addLayout(line)
        box.addStretch(2)

    def show_result(self, plan: ImportPlan, result: ImportResult) -> None:
        """Say what a plan has come to."""
        self._plan, self._result = plan, result
        refused = result.counts[Verdict.REFUSED]
        self.outcome.setText(result.sentence())
        self._save_refused.setVisible(refused > 0)
        self._save_refused.setText(_n("把没有导入的 {n} 行存成 Excel", refused))
        self.undo.setEnabled(bool(result.changes))

    def _undo(self) -> None:
        if self._result is None:
            return
        work = partial(self._desk.branch.undo, self._result.changes.seq)
        if self._desk.do(work, _("整批导入已撤销。")) is not None:
            self.outcome.setText(_("整批导入已撤销，名册和导入前一样。"))
            self.undo.setEnabled(False)

    def _ask_where(self) -> None:
        if self._plan is None:
            return
        name = paper_name(_("没有导入的行"), self._plan.source.path.stem)
        path, _kind = QFileDialog.getSaveFileName(
            self, _("存成 Excel"), f"{name}.xlsx", _("Excel 工作簿 (*.xlsx)")
        )
        if path:
            self.write_refused(Path(path))

    def write_refused(self, path: Path) -> None:
        """Write the refused rows with their reasons to a workbook."""
        plan = self._plan
        if plan is not None:
            self._desk.do(
                lambda: write_whole(path, roster_import.refused_workbook(plan)),
                _("已存为 {name}。", name=path.name),
            )
