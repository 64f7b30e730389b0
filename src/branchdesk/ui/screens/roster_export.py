"""Writing the roster to a workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from branchdesk import clock
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress
from branchdesk.reports.papers import RosterChoice, paper_name, roster_workbook
from branchdesk.services.backups import title_of
from branchdesk.services.rosters import ENTERED, FIRST_COLUMNS
from branchdesk.ui.frame import Frame
from branchdesk.whole_files import write_whole


def open_roster_export(window: Frame, choice: RosterChoice | None) -> None:
    """Ask where to, and write what the roster shows."""
    name = paper_name(_("党员名册"), title_of(window.desk.branch), clock.today().strftime("%Y%m%d"))
    path, _kind = QFileDialog.getSaveFileName(
        window, _("导出名册"), f"{name}.xlsx", _("Excel 工作簿 (*.xlsx)")
    )
    if path:
        export_to(window, Path(path), choice or RosterChoice(columns=FIRST_COLUMNS, order=ENTERED))


def export_to(window: Frame, path: Path, choice: RosterChoice) -> None:
    """Write a workbook on the worker."""
    branch = window.desk.branch

    def work(progress: Progress) -> None:
        write_whole(path, roster_workbook(branch, choice, progress))

    window.jobs.run(
        _("正在导出"), work, lambda _nothing: window.toast.say(_("已导出 {name}。", name=path.name))
    )
