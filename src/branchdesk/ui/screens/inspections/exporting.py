"""Writing inspections to files: workbooks, and all evidence of an inspection in one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from branchdesk import clock
from branchdesk.domain.inspections.model import Inspection
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.jobs.progress import Progress
from branchdesk.reports.inspections.dossier import Dossier, write_dossier
from branchdesk.reports.inspections.papers import inspection_workbook, ledger_workbook
from branchdesk.reports.papers import paper_name
from branchdesk.services.inspections import reading
from branchdesk.services.inspections.issue_lists import IssueQuery
from branchdesk.ui.dialogs import MessageDialog
from branchdesk.ui.frame import Frame
from branchdesk.ui.paper_saving import save_workbook

# So many lines without evidence are named.
_MOST_NAMED = 12


def file_name(what: str, inspection: Inspection) -> str:
    """What a file of an inspection is called, without its ending."""
    return paper_name(what, inspection.organisation_name, f"{inspection.year}-{inspection.number}")


def open_inspection_export(window: Frame, uid: str) -> None:
    """Ask where to, and write everything about one inspection to a workbook."""
    inspection = window.desk.do(partial(reading.inspection, window.desk.branch, uid))
    if inspection is not None:
        make = partial(inspection_workbook, window.desk.branch, uid)
        save_workbook(window, _("导出检查表"), file_name(_("检查表"), inspection), make)


def open_ledger_export(window: Frame, query: IssueQuery | None) -> None:
    """Ask where to, and write the ledger of problems to a workbook as it is filtered."""
    name = paper_name(_("问题台账"), "", clock.today().strftime("%Y%m%d"))
    make = partial(ledger_workbook, window.desk.branch, query or IssueQuery())
    save_workbook(window, _("导出问题台账"), name, make)


def open_dossier_export(window: Frame, uid: str) -> None:
    """Ask where to, and write all evidence of an inspection into one PDF; it can be stopped on the way."""
    branch = window.desk.branch
    inspection = window.desk.do(partial(reading.inspection, branch, uid))
    if inspection is None:
        return
    name = file_name(_("迎检包"), inspection)
    path, _kind = QFileDialog.getSaveFileName(window, _("另存迎检包"), f"{name}.pdf", _("PDF 文件 (*.pdf)"))
    if not path:
        return
    target = Path(path)

    def work(progress: Progress) -> Dossier:
        return write_dossier(branch, uid, target, progress)

    window.jobs.run(_("正在汇总佐证"), work, partial(_tell_dossier, window, target))


def _tell_dossier(window: Frame, target: Path, made: Dossier) -> None:
    """Say what is in the file, which lines have no evidence, and which files have no pages."""
    said = _("已存为 {name}，共 {pages} 页。", name=target.name, pages=made.pages)
    if not made.without_proof and not made.see_original:
        window.toast.say(said)
        return
    lines = [one.number for one in made.without_proof]
    lacking = _n("{n} 项没有佐证：{lines}。", len(lines), lines=_named(lines)) if lines else ""
    files = made.see_original
    apart = _n("{n} 个文件不能印成页，写着“见原件”：{names}。", len(files), names=_named(files))
    advice = joined(lacking, apart if files else "", _("清单印在最后。"))
    dialog = MessageDialog(_("迎检包"), said, advice, window, tone="info")
    dialog.setObjectName("dossier_made")
    dialog.add_button(_("知道了"), look="primary", default=True, name="understood").setFocus()
    dialog.open()


def _named(names: Sequence[str]) -> str:
    """Names in a row, the first of many."""
    return listed(names[:_MOST_NAMED]) + (_("等") if len(names) > _MOST_NAMED else "")
