"""Attachments on their way into a backup and back; each is opened first, for a damaged one is none."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyrage
from pyrage import x25519
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.storage.attachments import blob_name, blob_path
from branchdesk.storage.backup_file import BROKEN_ARCHIVE, backup_not_kept
from branchdesk.whole_files import open_from_disk, whole_file

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_PIECE = 1024 * 1024


class _Hash(io.BytesIO):
    """Takes a content of any size and keeps nothing but its SHA-256."""

    def __init__(self) -> None:
        super().__init__()
        self.sha256 = hashlib.sha256()

    @override
    def write(self, piece: ReadableBuffer, /) -> int:
        self.sha256.update(piece)
        return len(memoryview(piece))


def opens_well(stream: BinaryIO, identity: x25519.Identity, blob: str) -> bool:
    """Whether a stream holds the content that `blob` is named after, every byte of it."""
    content = _Hash()
    try:
        pyrage.decrypt_io(stream, content, [identity])
    # Of a ZIP that is damaged too, or a disk that no longer reads; for a cut-off end pyrage raises OSError.
    except (pyrage.DecryptError, OSError, *BROKEN_ARCHIVE):
        return False
    return blob_name(identity, content.sha256.digest()) == blob


def lies_whole(path: Path, identity: x25519.Identity, blob: str) -> bool:
    """Whether the file of an attachment is there and whole."""
    try:
        with path.open("rb") as stream:
            return opens_well(stream, identity, blob)
    except OSError:
        return False


def carry_blobs(
    source: Path, target: Path, blobs: Iterable[str], identity: x25519.Identity, progress: Progress = SILENT
) -> int:
    """Copy into the folder beside the backups what is not there yet; returns how many are whole nowhere.

    Raises Problem where the place refuses or does not keep what it is given.
    """
    missing, wanted = 0, list(blobs)
    for blob in progress.over(wanted, len(wanted), _("正在复制附件…")):
        here, there = blob_path(source, blob), blob_path(target, blob)
        # Opening all of them every hour would take too long; a cut-off file has another size.
        if _size(there) == _size(here) is not None:
            continue
        if lies_whole(here, identity, blob):
            _copy(here, there)
        elif not lies_whole(there, identity, blob):
            missing += 1
    return missing


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.exists() else None


def _copy(here: Path, there: Path) -> None:
    written = hashlib.sha256()
    with here.open("rb") as stream, whole_file(there) as out:
        while piece := stream.read(_PIECE):
            written.update(piece)
            out.write(piece)
    with open_from_disk(there) as stream:
        kept = hashlib.file_digest(stream, "sha256")
    if kept.digest() != written.digest():
        there.unlink(missing_ok=True)
        raise backup_not_kept()


def bring_blobs(
    source: Callable[[str], BinaryIO],
    target: Path,
    blobs: Iterable[str],
    identity: x25519.Identity,
    progress: Progress = SILENT,
) -> int:
    """Bring back what is not whole in `target`; returns how many are whole nowhere.

    `source` opens an attachment of the backup; it raises OSError or KeyError for one that is not there.
    """
    missing, wanted = 0, list(blobs)
    for blob in progress.over(wanted, len(wanted), _("正在恢复附件…")):
        there = blob_path(target, blob)
        if not lies_whole(there, identity, blob) and not _taken(source, there, identity, blob):
            missing += 1
    return missing


def _taken(source: Callable[[str], BinaryIO], target: Path, identity: x25519.Identity, blob: str) -> bool:
    try:
        stream = source(blob)
    except (OSError, *BROKEN_ARCHIVE):
        return False
    with stream:
        if not opens_well(stream, identity, blob):
            return False
        stream.seek(0)
        with whole_file(target) as out:
            shutil.copyfileobj(stream, out, _PIECE)
    return True
