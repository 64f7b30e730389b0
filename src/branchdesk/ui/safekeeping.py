"""Backups from the window: at once, by themselves when due, and one to carry away."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.services import backups
from branchdesk.ui.desk import Desk
from branchdesk.ui.job_runner import JobRunner

_LOOK_MILLISECONDS = 60_000
# After a try that failed the clerk is left in peace for a while.
_PAUSE = timedelta(minutes=30)
_log = logging.getLogger(__name__)


class Safekeeping(QObject):
    """Makes backups on the worker. `state_shown` tells how things stand."""

    state_shown = Signal(object)

    def __init__(self, desk: Desk, jobs: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._jobs = jobs
        self._window = window
        self._not_before = clock.now()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._back_up_when_due)
        self._timer.start(_LOOK_MILLISECONDS)

    def stop(self) -> None:
        """Look no further."""
        self._timer.stop()

    def place(self) -> Path:
        """Where backups of this branch go."""
        return self._desk.settings.backup_folder(self._desk.branch.path)

    def show_state(self) -> None:
        """Tell how the branch stands with its backups."""
        self.state_shown.emit(backups.backup_status(self._desk.branch))

    def back_up_now(self) -> None:
        """Make a backup at once and say so."""
        place = self.place()
        sentence = _("已备份到 {place}，并核对无误。", place=str(place))
        work = partial(backups.make_backup, self._desk.branch, place, _("手动备份"))
        self._jobs.run(
            _("正在备份"),
            lambda progress: work(progress=progress),
            lambda written: self._done(backups.left_out(written) or sentence),
        )

    def _back_up_when_due(self) -> None:
        now = clock.now()
        if self._jobs.busy or now < self._not_before or not backups.is_due(self._desk.branch):
            return
        self._not_before = now + _PAUSE
        work = partial(backups.make_backup, self._desk.branch, self.place(), _("自动备份"))
        self._jobs.run(
            _("正在备份"),
            lambda progress: work(progress=progress),
            lambda written: self._done(backups.left_out(written)),
            self._note_failure,
            quiet=True,
        )

    def back_up_at_end(self) -> None:
        """A last backup where something changed; one that fails must not keep anybody from leaving."""
        branch = self._desk.branch
        if not backups.backup_status(branch).changed_since:
            return
        try:
            backups.make_backup(branch, self.place(), _("退出时备份"))
        except Problem:
            _log.warning("the backup at the end failed")

    def _done(self, sentence: str) -> None:
        self.show_state()
        if sentence:
            self._desk.toast_requested.emit(sentence)

    def _note_failure(self, problem: Problem) -> None:
        """An automatic backup that failed says so in passing; the status bar grows old with it."""
        _log.warning("automatic backup failed")
        self._desk.toast_requested.emit(problem.sentence)

    def carry_away(self) -> None:
        """Ask where to, and write one backup that holds the attachments too."""
        title = backups.title_of(self._desk.branch)
        day = clock.today().strftime("%Y%m%d")
        path, _kind = QFileDialog.getSaveFileName(
            self._window, _("整份带走"), f"{title}_{day}.bdbak", _("备份文件 (*.bdbak)")
        )
        if path:
            target = Path(path)
            work = partial(backups.carry_away, self._desk.branch, target)
            sentence = _("已写好 {name}，并核对无误。", name=target.name)
            self._jobs.run(
                _("正在写备份"),
                lambda progress: work(progress=progress),
                lambda written: self._done(backups.left_out(written) or sentence),
            )
