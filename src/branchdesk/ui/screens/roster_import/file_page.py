"""The first step of the import: choosing the workbook, or dropping it here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from branchdesk.i18n import _
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.drops import DropPlace
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.messages import EmptyState

_FILES = "*.xlsx *.xls *.et *.csv *.txt"


class FilePage(DropPlace):
    """Asks for a file. `file_chosen` tells its path."""

    file_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.files_dropped.connect(self._take_first)
        choose = button(_("选文件…"), self._choose, look="primary", icon_name="folder-open", name="choose")
        self.setFocusProxy(choose)
        box = column(parent=self)
        box.addWidget(
            EmptyState(
                "file-spreadsheet",
                _("选一个名册文件"),
                _("可以是 Excel、WPS 的 .xlsx、.xls、.et，也可以是 .csv。原来的文件不会被改动。"),
                [choose],
                _("也可以把文件拖到这里。导入前先看一遍，导入后还可以整批撤销。"),
            )
        )

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("选名册文件"), "", _("名册 ({files})", files=_FILES)
        )
        if path:
            self.file_chosen.emit(Path(path))

    def _take_first(self, files: list[Path]) -> None:
        self.file_chosen.emit(files[0])
