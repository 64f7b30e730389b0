"""Files that are there whole or not at all: written under another name, then renamed."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from branchdesk.errors import Problem
from branchdesk.i18n import _

PART = ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_numbers = itertools.count(1)
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def problem_of_disk(error: OSError, path: Path) -> Problem:
    """The calm sentence for what the disk refused at `path`."""
    if error.errno in _FULL:
        return Problem(
            _("“{folder}”所在的磁盘满了，文件没有写成。", folder=str(path.parent)),
            _("请删掉一些不用的文件，或换一个位置再试；原有的内容没有变。"),
        )
    if error.errno in _REFUSED:
        return Problem(
            _("“{folder}”不允许写入。", folder=str(path.parent)),
            _("请换一个文件夹，或请管理员放开写入权限。"),
        )
    return Problem(
        _("“{path}”没有写成：{reason}。", path=str(path), reason=error.strerror or str(error)),
        _("请检查磁盘或 U 盘是否还在，再试一次。"),
    )


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` safe against power loss where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(part: Path, path: Path) -> None:
    """Give the finished `part` its name; the final file is synced again, as FAT needs it."""
    part.replace(path)
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
    sync_folder(path.parent)


def _new_part(path: Path) -> Path:
    """A name that no other process, and no other thread of this one, writes `path` under meanwhile."""
    return path.with_name(f"{path.name}.{os.getpid()}-{next(_numbers)}{PART}")


def _drop_stale_parts(path: Path) -> None:
    """Remove the parts of `path` that programs left which ended in the middle."""
    start = f"{path.name}."
    with suppress(OSError):  # what cannot be looked through or removed is in nobody's way
        for other in path.parent.iterdir():
            name = other.name
            if name.startswith(start) and name.endswith(PART):
                process, _dash, number = name[len(start) : -len(PART)].partition("-")
                if process.isdecimal() and number.isdecimal() and not _runs(int(process)):
                    other.unlink()


def _runs(process: int) -> bool:
    """Whether a process may still write; Windows itself refuses to remove what somebody has open."""
    if process == os.getpid():
        return True
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's, or no number of a process
        return True
    return True


def open_from_disk(path: Path) -> BufferedReader:
    """Open a finished file for comparing: what is read comes from the disk where the system can do that.

    Else a page that the system still holds in memory would hide what the disk made of it.
    """
    stream = path.open("rb")
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):  # a file system that knows no such advice is read all the same
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return stream


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write `path` so that it exists only when everything was written; an older one stays until then.

    Raises Problem where the disk is full, read-only or gone.
    """
    part = _new_part(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _drop_stale_parts(path)
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        settle(part, path)
    except OSError as error:
        raise problem_of_disk(error, path) from error
    finally:
        # A disk that is gone or read-only has no part to take away, and has already been spoken of.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` whole or not at all."""
    with whole_file(path) as stream:
        stream.write(content)
