"""Restoring a backup: into a new folder, or in place of the present file, which is kept beside it."""

from __future__ import annotations

import hashlib
import itertools
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, cast

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.storage.attachments import SUFFIX, blob_path, identity_in
from branchdesk.storage.attempts import forget_failures
from branchdesk.storage.backup import examine
from branchdesk.storage.backup_file import (
    BLOBS,
    BROKEN_ARCHIVE,
    DATABASE,
    KEYRING,
    Manifest,
    damaged_backup,
    read_entry,
    read_manifest,
)
from branchdesk.storage.blob_copies import bring_blobs
from branchdesk.storage.branch import Branch
from branchdesk.storage.folder import BranchFolder, locked, make_place
from branchdesk.storage.keyring import Keyring, Person, generations, read_keyring, save_keyring
from branchdesk.storage.opening import closed_on_failure, opened
from branchdesk.storage.schema import refuse_newer
from branchdesk.whole_files import PART, problem_of_disk, settle

_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """An opened restored branch: what the backup said, and how many attachments it could not bring back."""

    branch: Branch
    manifest: Manifest
    missing_attachments: int


def people_of_backup(path: Path) -> list[Person]:
    """Who can open a backup with the password of that time."""
    return _keyring_of(path).people()


def _keyring_of(path: Path) -> Keyring:
    try:
        with zipfile.ZipFile(path) as archive:
            return read_keyring(read_entry(archive, KEYRING))
    except (*BROKEN_ARCHIVE, OSError) as error:
        raise damaged_backup(path) from error


def restore(path: Path, target: Path, person: str, password: str, progress: Progress = SILENT) -> Restored:
    """Bring the backup at `path` back into the folder `target` and open it for a person of that time.

    Where a branch lies in `target` already, its files stay there under another name. Everything is tried
    before anything is replaced, and put back where it fails after that. Raises Problem for a damaged or
    newer backup or a wrong password.
    """
    if path.resolve().parent == target.resolve():
        raise Problem(_("不能恢复到存放备份的文件夹里。"), _("请另选一个文件夹。"))
    manifest = preview(path)
    keyring = _keyring_of(path)
    who, key = keyring.open(person, password)
    folder = BranchFolder(target)
    make_place(target)
    with locked(folder) as lock:
        try:
            part = _unpacked(path, folder, manifest, progress.part(0.0, 0.6))
            found = examine(part, key)
            if (found.changes, found.chain_head) != (manifest.changes, manifest.chain_head):
                raise damaged_backup(path)
            missing = _bring_blobs(path, part, key, folder, manifest, progress.part(0.6, 0.9))
            # The last moment to cancel: what follows is done whole.
            progress.step(0.95, _("正在打开…"))
            with _others_aside(folder):
                save_keyring(keyring, folder.keyring)
                settle(part, folder.database)
                with closed_on_failure(opened(folder, who, key, lock)) as branch:
                    branch.begin_new_copy()
                    forget_failures(folder.attempts)  # with the file that lay here before
        except OSError as error:
            raise problem_of_disk(error, folder.database) from error
        finally:
            with suppress(OSError):
                folder.database.with_name(DATABASE + PART).unlink(missing_ok=True)
    return Restored(branch, manifest, missing)


def _unpacked(path: Path, folder: BranchFolder, manifest: Manifest, progress: Progress) -> Path:
    """The database of a backup as a part file, compared with the manifest while it is read."""
    part = folder.database.with_name(DATABASE + PART)
    digest, size = hashlib.sha256(), 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(DATABASE) as stored, part.open("wb") as out:
            while piece := stored.read(_PIECE):
                size += len(piece)
                if size > manifest.size:
                    raise damaged_backup(path)
                digest.update(piece)
                out.write(piece)
                progress.step(size / manifest.size, _("正在读取备份…"))
    except BROKEN_ARCHIVE as error:
        raise damaged_backup(path) from error
    except OSError as error:
        raise problem_of_disk(error, part) from error
    if digest.hexdigest() != manifest.sha256:
        raise damaged_backup(path)
    return part


def _bring_blobs(
    path: Path, part: Path, key: bytes, folder: BranchFolder, manifest: Manifest, progress: Progress
) -> int:
    """Bring back attachments from the backup or from the folder beside it; returns how many are missing."""
    if not manifest.blobs:
        return 0
    identity = identity_in(part, key)
    if identity is None:
        return len(manifest.blobs)
    if not manifest.whole:
        beside = partial(_open_beside, path.parent / BLOBS)
        return bring_blobs(beside, folder.attachments, manifest.blobs, identity, progress)
    with zipfile.ZipFile(path) as archive:
        inside = partial(_open_inside, archive)
        return bring_blobs(inside, folder.attachments, manifest.blobs, identity, progress)


def _open_beside(place: Path, blob: str) -> BinaryIO:
    return blob_path(place, blob).open("rb")


def _open_inside(archive: zipfile.ZipFile, blob: str) -> BinaryIO:
    stored: IO[bytes] = archive.open(f"{BLOBS}{blob}{SUFFIX}")
    return cast("BinaryIO", stored)


class _Others:
    """The files of the branch that lies in a folder already; they are never deleted.

    A stray write-ahead log or keyring must not be taken for one of the restored file.
    """

    def __init__(self, folder: BranchFolder) -> None:
        database = folder.database
        self._files = [
            database,
            database.with_name(database.name + "-wal"),
            database.with_name(database.name + "-shm"),
            folder.next_keyring,
            *generations(folder.keyring),
        ]
        self._folder = folder.path
        self._aside = folder.path
        self._left = [file for file in self._files if file.exists()]
        self._moved: list[Path] = []

    def set_aside(self) -> None:
        """Put them into a folder of their own beside the restored file."""
        if not self._left:
            return
        stamp = clock.now().astimezone().strftime("%Y%m%d-%H%M%S")
        aside = self._folder / f"before-restore-{stamp}"
        for number in itertools.count(2):
            if not aside.exists():
                break
            aside = self._folder / f"before-restore-{stamp}-{number}"
        aside.mkdir()
        self._aside = aside
        for file in tuple(self._left):
            file.replace(aside / file.name)
            self._left.remove(file)
            self._moved.append(file)

    def put_back(self) -> None:
        """Give them their place again, and remove what was restored half.

        Raises Problem that names where they lie, if the disk refuses that too.
        """
        try:
            for file in self._files:
                if file not in self._left:
                    file.unlink(missing_ok=True)
            # The database comes last: without its log it would open with less in it.
            for file in reversed(self._moved):
                (self._aside / file.name).replace(file)
            if self._aside != self._folder:
                self._aside.rmdir()
        except OSError as error:
            raise Problem(
                _("恢复没有完成，原来的支部文件还在“{folder}”里。", folder=str(self._aside)),
                _("请把里面的文件移回“{folder}”，再打开。", folder=str(self._folder)),
            ) from error


@contextmanager
def _others_aside(folder: BranchFolder) -> Iterator[None]:
    """Put away the branch that lies in a folder; where the block fails, it lies there again as before."""
    others = _Others(folder)
    try:
        others.set_aside()
        yield
    except BaseException:
        others.put_back()
        raise


def preview(path: Path) -> Manifest:
    """What a backup holds, for the clerk to look at before restoring. Raises Problem as `restore` would."""
    manifest = read_manifest(path)
    refuse_newer(manifest.schema)
    return manifest
