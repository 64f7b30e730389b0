"""Opens a workbook that a clerk chose: a child process with limits reads it, nothing of it runs here."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from branchdesk.documents.workbook_cells import Garbled, Workbook, assemble
from branchdesk.documents.workbook_problems import Reason, problem_of
from branchdesk.jobs.fenced import FenceProblem, Limits, Trouble, stream_fenced
from branchdesk.jobs.progress import SILENT, Progress

WORKBOOK_LIMITS = Limits(memory_bytes=1 << 30, cpu_seconds=120, wall_seconds=180, reply_bytes=512 << 20)
_READER = "branchdesk.documents.workbook_reader:read_workbook"
# What a child that failed means for the file.
TROUBLES = {
    Trouble.MEMORY: Reason.TOO_LARGE,
    Trouble.TIME: Reason.TOO_LARGE,
    Trouble.SIZE: Reason.TOO_LARGE,
    Trouble.CRASH: Reason.DAMAGED,
    Trouble.GARBAGE: Reason.DAMAGED,
}


def open_workbook(path: Path, progress: Progress = SILENT, limits: Limits = WORKBOOK_LIMITS) -> Workbook:
    """The workbook at `path`.

    Raises Problem with a sentence that names the file for whatever is wrong with it, and Cancelled.
    """
    try:
        with closing(stream_fenced(_READER, {"path": str(path)}, limits, progress)) as pieces:
            return assemble(pieces)
    except FenceProblem as failure:
        reason = TROUBLES.get(failure.trouble)
        if reason is None:
            raise
        raise problem_of(reason, path.name) from failure
    except Garbled as error:
        raise problem_of(Reason.DAMAGED, path.name) from error
