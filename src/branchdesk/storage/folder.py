"""The folder of a branch: which files lie in it, whether it can be used, and who is using it."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.whole_files import problem_of_disk

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NETWORK_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs"}
_LOCKED_BYTE = 1 << 20  # far behind the text, so that others can read who holds the lock
_REMOTE_DRIVE = 4


@dataclass(frozen=True, slots=True)
class BranchFolder:
    """The places inside one branch folder."""

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted database. Nobody but SQLite may open it while the branch is open (storage 1)."""
        return self.path / "branch.db"

    @property
    def keyring(self) -> Path:
        """The keyring that opens it."""
        return self.path / "keyring.json"

    @property
    def next_keyring(self) -> Path:
        """The keyring of a new key that is just being put in place."""
        return self.path / "keyring-next.json"

    @property
    def attachments(self) -> Path:
        """The encrypted attachments, named by their content."""
        return self.path / "attachments"

    @property
    def attempts(self) -> Path:
        """How often somebody failed to open it lately."""
        return self.path / "attempts.json"

    @property
    def lock(self) -> Path:
        """The file whose lock says that the branch is open."""
        return self.path / "branch.lock"

    @property
    def exists(self) -> bool:
        """Whether a branch lies here."""
        return self.database.is_file()


def network_system(path: Path, mounts: str) -> str:
    """The network file system that holds `path`, by a text like /proc/mounts; empty for a local one."""
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (str(path) + "/").startswith(point.rstrip("/") + "/") and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind if kind in _NETWORK_SYSTEMS else ""


def _is_remote(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there only

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return bool(network_system(path.resolve(), mounts))


def check_place(path: Path) -> None:
    """Raise Problem where a branch file cannot live: a network share, or a folder that refuses writing."""
    if _is_remote(path):
        raise Problem(
            _("“{folder}”在网络共享上，支部文件放在那里会损坏。", folder=str(path)),
            _("请把支部文件放在本机硬盘；要给别人，请用备份或 U 盘。"),
        )
    probe = path / ".branchdesk-probe"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise problem_of_disk(error, probe) from error


def make_place(path: Path) -> None:
    """Make the folder of a branch where it is missing. Raises Problem as `check_place` does."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem_of_disk(error, path) from error
    check_place(path)


class FolderLock:
    """The lock that keeps a second program out; the system lets it go when the process ends."""

    def __init__(self, folder: BranchFolder) -> None:
        self._path = folder.lock
        self._stream: FileIO | None = None

    def take(self) -> None:
        """Take the lock. Raises Problem that says who has it."""
        stream = self._path.open("ab+", buffering=0)
        try:
            _lock(stream)
        except OSError:
            stream.close()
            raise self._taken() from None
        self._stream = stream
        holder = {"computer": platform.node(), "process": os.getpid(), "since": clock.now().isoformat()}
        with suppress(OSError):  # the lock holds on a full disk too; only its words are missing there
            stream.truncate(0)
            stream.write(json.dumps(holder).encode())

    def release(self) -> None:
        """Let the lock go."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _taken(self) -> Problem:
        try:
            holder = json.loads(self._path.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(holder["since"]).astimezone()
            sentence = _(
                "这个支部文件已经打开（{time} 起，在电脑 {computer} 上）。",
                time=since.strftime("%H:%M"),
                computer=holder["computer"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            sentence = _("这个支部文件已经在另一个窗口打开。")
        return Problem(sentence, _("请切换到那个窗口；如果它已经没有反应，请先关掉再打开。"))


@contextmanager
def locked(folder: BranchFolder) -> Iterator[FolderLock]:
    """Take the lock of a folder for whoever opens its branch in the block and keeps it.

    A block that raises lets it go. Raises Problem where somebody else has it.
    """
    lock = FolderLock(folder)
    lock.take()
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _lock(stream: FileIO) -> None:
    if sys.platform == "win32":
        stream.seek(_LOCKED_BYTE)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        stream.seek(0)
    else:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
