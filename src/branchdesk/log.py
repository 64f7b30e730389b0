"""A short log for error reports; it holds what the program did, never what clerks typed."""

from __future__ import annotations

import logging
import traceback
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

from branchdesk import paths

_KEPT_LINES = 200
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _LastLines(logging.Handler):
    """Keeps the last lines in memory for the error report."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


_last_lines = _LastLines()


def last_lines() -> list[str]:
    """The newest lines of the log, oldest first."""
    return list(_last_lines.lines)


def note_fault(log: logging.Logger, words: str, fault: BaseException) -> None:
    """Put into a log what happened and where; never the text of an error, which may quote a person."""
    kinds = []
    cause: BaseException | None = fault
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(fault.__traceback__)
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    log.error("%s: %s at %s", words, " < ".join(kinds), places)


def start_log() -> None:
    """Write the program's log to the person's log folder; a folder that refuses is done without."""
    root = logging.getLogger("branchdesk")
    if _last_lines in root.handlers:
        return
    root.setLevel(logging.INFO)
    _last_lines.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(_last_lines)
    try:
        paths.log_folder().mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            paths.log_folder() / "branchdesk.log", maxBytes=500_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return
    file.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(file)
