"""Files that are there whole or not at all: written under another name, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from branchdesk.errors import Problem
from branchdesk.i18n import _

PART = ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
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


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write `path` so that it exists only when everything was written; an older one stays until then.

    Raises Problem where the disk is full, read-only or gone.
    """
    part = path.with_name(path.name + PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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
