"""When the fault is ours: one dialog, and a report without anything that clerks typed."""

from __future__ import annotations

import platform
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QFileDialog, QWidget

from branchdesk import __version__, clock, log
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.ui.dialogs import MessageDialog, show_problem
from branchdesk.ui.look import font_in_use, look
from branchdesk.whole_files import write_whole

_PARTS = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "cryptography", "openpyxl")


def _version_of(part: str) -> str:
    try:
        return version(part)
    except PackageNotFoundError:
        return "?"


def diagnosis() -> str:
    """Versions, system and looks, for a report; nothing of the branch."""
    lines = [
        f"BranchDesk {__version__}",
        f"{clock.now().isoformat()}",
        f"Python {sys.version.split()[0]}, Qt {qVersion()}, {platform.platform()}",
        f"{look().theme} {look().scale} % {font_in_use()}",
        *(f"{part} {_version_of(part)}" for part in _PARTS),
    ]
    return "\n".join(lines)


def report_of(bug: BaseException) -> str:
    """A report on a bug: versions, where it happened, and the last lines of the log.

    The message of the exception is left out, since it may quote what somebody typed.
    """
    frames = traceback.extract_tb(bug.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    chain = []
    cause: BaseException | None = bug
    while cause is not None:
        chain.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    return "\n".join([diagnosis(), "", " < ".join(chain), *places, "", *log.last_lines()]) + "\n"


def save_report(text: str, parent: QWidget | None) -> None:
    """Ask where to, and write a report."""
    name = f"BranchDesk-{clock.now().strftime('%Y%m%d-%H%M%S')}.txt"
    path, _kind = QFileDialog.getSaveFileName(parent, _("保存错误报告"), name, _("文本文件 (*.txt)"))
    if path:
        try:
            write_whole(Path(path), text.encode())
        except Problem as problem:
            show_problem(problem, parent)


def show_bug(bug: BaseException, parent: QWidget | None) -> MessageDialog:
    """Tell that the program made a mistake, and offer to save a report."""
    dialog = MessageDialog(
        _("程序出错了"),
        _("这是程序的错误，不是您的操作问题。已经保存的内容都在。"),
        _("请保存错误报告交给维护人员；报告里没有党员信息。可以继续工作，建议先重新打开程序。"),
        parent,
        tone="err",
    )
    dialog.setObjectName("bug")
    text = report_of(bug)

    def save() -> None:
        save_report(text, dialog)

    dialog.add_button(_("保存错误报告"), save, name="save_report")
    dialog.add_button(_("继续工作"), look="primary", default=True, name="go_on")
    dialog.open()
    return dialog
