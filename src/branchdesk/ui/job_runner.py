"""Long work on one worker thread: progress after half a second, cancel, and the result back on the window."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.log import note_fault
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.widgets.texts import Elide

_SHOW_AFTER_MILLISECONDS = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One piece of long work and what to do with its result."""

    title: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], object]
    failed: Callable[[Problem], object] | None
    progress: Progress
    quiet: bool = False


class _Worker(QObject):
    """Lives on the worker thread and does one job at a time."""

    finished = Signal(object, object)
    failed = Signal(object, object)

    @Slot(object)
    def carry_out(self, job: Job) -> None:
        """Do a job; everything it raises comes back as a signal."""
        try:
            result = job.work(job.progress)
        except (Problem, Cancelled) as stopped:
            self.failed.emit(job, stopped)
        except Exception as bug:  # noqa: BLE001 - the one place where a worker's bug is caught and passed on
            note_fault(_log, "a job failed", bug)
            self.failed.emit(job, bug)
        else:
            self.finished.emit(job, result)


class ProgressDialog(SheetDialog):
    """Shows how far a job is and lets the clerk stop it."""

    def __init__(self, job: Job, parent: QWidget) -> None:
        super().__init__(job.title, parent, width=420)
        self.setObjectName("progress")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximum(1000)
        self.bar.setAccessibleName(job.title)
        self.sentence = Elide(role="hint")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.sentence)
        self.add_button(_("停止"), job.progress.cancel, name="stop")

    def show_step(self, share: float, sentence: str) -> None:
        """Show how far the job is."""
        self.bar.setValue(round(share * 1000))
        if sentence:
            self.sentence.setText(sentence)


class JobRunner(QObject):
    """Runs jobs one after the other for one window."""

    problem_met = Signal(object)
    bug_met = Signal(object)
    cancelled = Signal()
    idle = Signal()
    _handed_over = Signal(object)
    _stepped = Signal(float, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: ProgressDialog | None = None
        self._running: Job | None = None
        self._waiting: deque[Job] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self._show_dialog)
        self._thread = QThread()
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._handed_over.connect(self._worker.carry_out)
        self._worker.finished.connect(self._finish)
        self._worker.failed.connect(self._fail)
        self._stepped.connect(self._show_step)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._running is not None

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Hand a job to the worker, where it waits for its turn; a `quiet` one shows no dialog."""
        self._waiting.append(Job(title, work, done, failed, Progress(self._stepped.emit), quiet))
        self._go_on()

    def _go_on(self) -> None:
        """Begin the next job where none is running."""
        if self._running is None and self._waiting:
            self._running = self._waiting.popleft()
            self._timer.start()
            self._handed_over.emit(self._running)

    def stop(self) -> None:
        """Cancel what is running, forget what waits and end the worker; called when the window closes."""
        self._waiting.clear()
        if self._running is not None:
            self._running.progress.cancel()
        self._thread.quit()
        self._thread.wait()

    def _show_dialog(self) -> None:
        if self._running is not None and (self._waiting or not self._running.quiet):
            self._dialog = ProgressDialog(self._running, self._window)
            self._dialog.open()

    def _show_step(self, share: float, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_step(share, sentence)

    def _end(self) -> None:
        self._timer.stop()
        self._running = None
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None

    @Slot(object, object)
    def _finish(self, job: Job, result: Any) -> None:
        self._end()
        job.done(result)
        self._settle()

    @Slot(object, object)
    def _fail(self, job: Job, error: BaseException) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        elif isinstance(error, Problem):
            (job.failed or self.problem_met.emit)(error)
        else:
            self.bug_met.emit(error)
        self._settle()

    def _settle(self) -> None:
        self._go_on()
        if self._running is None:
            self.idle.emit()
