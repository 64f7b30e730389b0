"""Folders for copies that other programs open; those of runs that crashed are removed at the next start."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QLockFile

_PREFIX = "branchdesk-"
_MARK = "in-use.lock"


class ScratchFolder:
    """A folder of this run; the lock in it tells other runs that it is in use. Empty it by `remove`."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._mark = _mark_in(self.path)
        self._mark.tryLock(0)

    def remove(self) -> None:
        """Remove the folder with everything in it; what another program still holds is left for later."""
        self._mark.unlock()
        shutil.rmtree(self.path, ignore_errors=True)


def _mark_in(folder: Path) -> QLockFile:
    mark = QLockFile(str(folder / _MARK))
    mark.setStaleLockTime(0)  # only the end of its process makes it void, never its age
    return mark


def remove_stale_folders() -> None:
    """Remove what earlier runs of this person left, where the run ended without doing so itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if not _is_ours(folder):
            continue
        mark = _mark_in(folder)
        if mark.tryLock(0):
            mark.unlock()
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether a folder was made by this program for this person; in a shared place it may be anybody's."""
    try:
        if folder.is_symlink() or not (folder / _MARK).is_file():
            return False
        return os.name == "nt" or folder.stat().st_uid == os.getuid()
    except OSError:
        return False
