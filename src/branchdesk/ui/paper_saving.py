"""Saving a paper for Word, and lists as workbooks: ask where to, write whole, say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress
from branchdesk.ui.dialogs import show_problem
from branchdesk.ui.frame import Frame
from branchdesk.ui.printing import Maker, PrintDialog
from branchdesk.whole_files import write_whole


def offer_word(dialog: PrintDialog, make: Maker, name: str) -> None:
    """A button that saves the paper in front for Word and WPS; `name` is proposed without its ending."""

    def save() -> None:
        path, _kind = QFileDialog.getSaveFileName(
            dialog, _("另存 Word"), f"{name}.docx", _("Word 文档 (*.docx)")
        )
        if path:
            save_word(dialog, make, Path(path))

    dialog.add_button(_("另存 Word"), save, name="save_docx", apart=True)


def save_word(dialog: PrintDialog, make: Maker, path: Path) -> None:
    """Write the paper as a document that can be edited."""
    from branchdesk.documents.docx import write_docx  # noqa: PLC0415 - wanted only here

    try:
        write_whole(path, write_docx(make()))
    except Problem as problem:
        show_problem(problem, dialog)
        return
    dialog.warning.say("ok", _("已存为 {name}。", name=path.name))


def save_workbook(window: Frame, title: str, name: str, make: Callable[[], bytes]) -> None:
    """Ask where to, and write a workbook on the worker."""
    path, _kind = QFileDialog.getSaveFileName(window, title, f"{name}.xlsx", _("Excel 工作簿 (*.xlsx)"))
    if path:
        target = Path(path)

        def work(_progress: Progress) -> None:
            write_whole(target, make())

        window.jobs.run(_("正在导出"), work, partial(_say_exported, window, target))


def _say_exported(window: Frame, target: Path, _nothing: None) -> None:
    window.toast.say(_("已导出 {name}。", name=target.name))
