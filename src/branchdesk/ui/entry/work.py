"""Long work of the entry window, on a worker that is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from branchdesk.errors import Problem
from branchdesk.ui.entry.window import EntryWindow

if TYPE_CHECKING:
    from branchdesk.jobs.progress import Progress
    from branchdesk.ui.job_runner import JobRunner


class EntryWork:
    """Does one thing at a time for the entry window, and tells what stood in the way."""

    def __init__(self, window: EntryWindow) -> None:
        self._window = window
        self._jobs: JobRunner | None = None

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
    ) -> None:
        """Do long work on the worker."""
        from branchdesk.ui.bug_report import show_bug  # noqa: PLC0415 - after the first window
        from branchdesk.ui.job_runner import JobRunner  # noqa: PLC0415

        if self._jobs is None:
            self._jobs = JobRunner(self._window)
            self._jobs.bug_met.connect(partial(show_bug, parent=self._window))
        self._jobs.run(title, work, done, failed)

    def tell(self, problem: Problem) -> None:
        """Show a problem calmly."""
        from branchdesk.ui.dialogs import show_problem  # noqa: PLC0415

        show_problem(problem, self._window)

    def stop(self) -> None:
        """End the worker."""
        if self._jobs is not None:
            self._jobs.stop()
            self._jobs = None
