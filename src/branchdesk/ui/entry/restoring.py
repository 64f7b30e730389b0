"""Restoring a backup: choose it, look at what it holds, give the password of that time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services import backups
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column, form_rows
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.passwords import PasswordLine
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Elide, Note, Words


class RestorePage(QWidget):
    """`restore_requested` tells backup, folder, person and password."""

    restore_requested = Signal(object, object, str, str)
    back_requested = Signal()

    def __init__(self, folder: Path | None, place: Path | None) -> None:
        super().__init__()
        self._backups: list[Path] = []
        self._chosen: Path | None = None
        self._target = folder
        box = column(gap=10, parent=self)
        box.addWidget(Words(_("从备份恢复"), "title"))
        self.banner = Banner()
        box.addWidget(self.banner)
        self.table = SimpleTable([_("时间"), _("支部"), _("原因"), _("人数"), _("文件")], 4)
        self.table.setAccessibleName(_("备份"))
        self.table.setMinimumHeight(px(160))
        self.table.itemSelectionChanged.connect(self._take_row)
        box.addWidget(self.table, 1)
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(
            button(_("别处的备份文件…"), self._choose_file, icon_name="folder-open", name="choose_backup")
        )
        box.addWidget(line)
        self.details = Note(_("请选一份备份。"), "strong")
        box.addWidget(self.details)
        form = form_rows()
        self.person = Choice()
        self.person.setAccessibleName(_("使用人"))
        self.password = PasswordLine(_("当时的口令"))
        form.addRow(_("使用人"), self.person)
        form.addRow(_("当时的口令"), self.password)
        box.addLayout(form)
        self.target = Elide(str(folder) if folder else _("新的文件夹"), "second")
        form.addRow(_("恢复到"), self.target)
        kept = Note(_("原来的支部文件会改名留在旁边，不会丢。"), "hint")
        kept.setVisible(folder is not None)
        box.addWidget(kept)
        foot = QWidget()
        flow = Flow(foot)
        flow.addWidget(button(_("返回"), self.back_requested.emit, name="back"))
        self.go = button(_("开始恢复"), self._ask, look="primary", name="restore")
        self.go.setEnabled(False)
        flow.addWidget(self.go)
        box.addWidget(foot)
        if place is not None:
            self._list(place)

    def _list(self, place: Path) -> None:
        rows = []
        for path, manifest in backups.list_backups(place):
            self._backups.append(path)
            if isinstance(manifest, Problem):
                rows.append(("", "", manifest.sentence, "", path.name))
            else:
                made = manifest.made_at().strftime("%Y.%m.%d %H:%M")
                people = _n("{n} 人", manifest.members)
                rows.append((made, manifest.title, manifest.reason, people, path.name))
        self.table.show_rows(rows)
        if self._backups:
            self._take_row()

    def _take_row(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._backups):
            self.choose(self._backups[row])

    def _choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选备份文件"), "", _("备份文件 (*.bdbak)"))
        if path:
            self.choose(Path(path))

    def choose(self, path: Path) -> None:
        """Look into a backup and show what it holds."""
        self._chosen = None
        self.go.setEnabled(False)
        try:
            manifest, people = backups.look_into(path)
        except Problem as problem:
            self.banner.say("err", str(problem))
            return
        self.banner.say("info", "")
        self._chosen = path
        self.details.setText(
            _(
                "{title}，{made} 备份，党员 {members} 名，共 {changes} 步修改记录。",
                title=manifest.title,
                made=manifest.made_at().strftime("%Y.%m.%d %H:%M"),
                members=manifest.members,
                changes=manifest.changes,
            )
        )
        self.person.clear()
        for person in people:
            self.person.addItem(person.name, person.uid)
        self.go.setEnabled(True)
        self.password.setFocus()

    def _ask(self) -> None:
        if self._chosen is not None:
            self.restore_requested.emit(
                self._chosen, self._target, str(self.person.currentData()), self.password.text()
            )
