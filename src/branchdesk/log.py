"""A short log for error reports; it holds what the program did, never what clerks typed."""

from __future__ import annotations

import logging
from collections import deque
from logging.handlers import RotatingFileHandler

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
