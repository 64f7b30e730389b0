"""Where backups go, making one, and the list of those that are there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services import backups
from branchdesk.ui.desk import Desk
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Elide, Note, Words


class BackupPage(QWidget):
    """Backups of this branch."""

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        box = column(gap=12, parent=self)
        box.addWidget(Words(_("备份放在哪里"), "heading"))
        self._place = Elide()
        box.addWidget(self._place)
        box.addWidget(
            Note(_("最好放在另一个磁盘或 U 盘上。有改动时每小时自动备份；两天内的全部保留，更早的逐渐减少。"))
        )
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(button(_("更改位置"), self._choose_place, icon_name="folder", name="choose_place"))
        flow.addWidget(button(_("打开文件夹"), self._open_place, icon_name="folder-open", name="open_place"))
        flow.addWidget(
            button(_("立即备份"), self._back_up, look="primary", icon_name="database", name="back_up")
        )
        box.addWidget(line)
        box.addWidget(Words(_("已有的备份"), "heading"))
        self.table = SimpleTable([_("时间"), _("原因"), _("人数"), _("文件")], 3)
        self.table.setAccessibleName(_("已有的备份"))
        self.table.setMinimumHeight(px(200))
        box.addWidget(self.table, 1)
        box.addWidget(Note(_("要恢复备份，请用菜单“文件－从备份恢复”；恢复前会先看到备份里有什么。"), "hint"))
        jobs.idle.connect(self._show)

    def _folder(self) -> Path:
        branch = self._desk.branch
        return self._desk.settings.backup_folder(branch.path)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        self._place.setText(str(self._folder()))
        rows = []
        for path, manifest in backups.list_backups(self._folder()):
            if isinstance(manifest, Problem):
                rows.append(("", manifest.sentence, "", path.name))
            else:
                made = manifest.made_at().strftime("%Y.%m.%d %H:%M")
                rows.append((made, manifest.reason, _n("{n} 人", manifest.members), path.name))
        self.table.show_rows(rows)

    def _choose_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("备份放在哪里"), str(self._folder()))
        if chosen:
            settings = self._desk.settings.with_backup_folder(self._desk.branch.path, Path(chosen))
            self._desk.preferences.keep(settings)
            self._show()

    def _open_place(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder())))

    def _back_up(self) -> None:
        branch, place = self._desk.branch, self._folder()
        self._jobs.run(
            _("正在备份"),
            lambda progress: backups.make_backup(branch, place, _("手动备份"), progress=progress),
            lambda written: self._desk.toast_requested.emit(
                backups.left_out(written) or _("已备份，并核对无误。")
            ),
        )
