"""Restoring a backup: into a new folder, or in place of the present file, which is kept beside it."""

from __future__ import annotations

import hashlib
import itertools
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.storage.attachments import SUFFIX, blob_path
from branchdesk.storage.attempts import forget_failures
from branchdesk.storage.backup import (
    BLOBS,
    BROKEN_ARCHIVE,
    DATABASE,
    KEYRING,
    Manifest,
    copy_blobs,
    damaged_backup,
    examine,
    read_entry,
    read_manifest,
)
from branchdesk.storage.branch import Branch, closed_on_failure, open_branch
from branchdesk.storage.folder import BranchFolder, FolderLock, make_place
from branchdesk.storage.keyring import Keyring, Person, generations, read_keyring, save_keyring
from branchdesk.storage.schema import refuse_newer
from branchdesk.whole_files import PART, problem_of_disk, settle, whole_file

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
    before anything is replaced. Raises Problem for a damaged or newer backup or a wrong password.
    """
    if path.resolve().parent == target.resolve():
        raise Problem(_("不能恢复到存放备份的文件夹里。"), _("请另选一个文件夹。"))
    manifest = preview(path)
    keyring = _keyring_of(path)
    _who, key = keyring.open(person, password)
    folder = BranchFolder(target)
    make_place(target)
    lock = FolderLock(folder)
    lock.take()
    try:
        part = _unpacked(path, folder, manifest, progress.part(0.0, 0.6))
        found = examine(part, key)
        if (found.changes, found.chain_head) != (manifest.changes, manifest.chain_head):
            raise damaged_backup(path)
        missing = _bring_blobs(path, folder, manifest, progress.part(0.6, 0.9))
        # The last moment to cancel: what follows is done whole.
        progress.step(0.95, _("正在打开…"))
        _set_aside(folder)
        save_keyring(keyring, folder.keyring)
        settle(part, folder.database)
        forget_failures(folder.attempts)  # they were failures with the file that lay here before
    except OSError as error:
        raise problem_of_disk(error, folder.database) from error
    finally:
        with suppress(OSError):
            folder.database.with_name(DATABASE + PART).unlink(missing_ok=True)
        lock.release()
    with closed_on_failure(open_branch(target, person, password)) as branch:
        branch.begin_new_copy()
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


def _bring_blobs(path: Path, folder: BranchFolder, manifest: Manifest, progress: Progress) -> int:
    """Bring back attachments from the backup or from the folder beside it; returns how many are missing."""
    if not manifest.whole:
        return copy_blobs(path.parent / BLOBS, folder.attachments, manifest.blobs, progress)
    missing = 0
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for blob in progress.over(manifest.blobs, len(manifest.blobs), _("正在恢复附件…")):
            target = blob_path(folder.attachments, blob)
            name = f"{BLOBS}{blob}{SUFFIX}"
            if target.exists():
                continue
            if name not in names:
                missing += 1
                continue
            try:
                with archive.open(name) as stored, whole_file(target) as out:
                    while piece := stored.read(_PIECE):
                        out.write(piece)
            except BROKEN_ARCHIVE:
                missing += 1
    return missing


def _set_aside(folder: BranchFolder) -> None:
    """Give the files of the branch that lies here another name; they are never deleted.

    A stray write-ahead log or keyring must not be taken for one of the restored file.
    """
    database = folder.database
    files = [
        database,
        database.with_name(database.name + "-wal"),
        database.with_name(database.name + "-shm"),
        folder.next_keyring,
        *generations(folder.keyring),
    ]
    present = [file for file in files if file.exists()]
    if not present:
        return
    stamp = clock.now().astimezone().strftime("%Y%m%d-%H%M%S")
    aside = folder.path / f"before-restore-{stamp}"
    for number in itertools.count(2):
        if not aside.exists():
            break
        aside = folder.path / f"before-restore-{stamp}-{number}"
    aside.mkdir()
    for file in present:
        file.replace(aside / file.name)


def preview(path: Path) -> Manifest:
    """What a backup holds, for the clerk to look at before restoring. Raises Problem as `restore` would."""
    manifest = read_manifest(path)
    refuse_newer(manifest.schema)
    return manifest
