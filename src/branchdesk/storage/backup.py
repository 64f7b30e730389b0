"""Backups: a `.bdbak` file holds the database, its keyring and a manifest; each is tried once written.

Attachments are encrypted files that never change: automatic backups keep them once, in a folder beside
the backups; a backup that is carried away holds them itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from branchdesk import __version__, clock
from branchdesk.domain.backups import BackupMark, backups_to_drop
from branchdesk.errors import Problem
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.storage import journal
from branchdesk.storage.attachments import SUFFIX, blob_path, blobs_in_use, identity_of
from branchdesk.storage.backup_file import (
    BLOBS,
    BROKEN_ARCHIVE,
    DATABASE,
    ENDING,
    FORMAT,
    KEYRING,
    MANIFEST,
    Manifest,
    backup_not_kept,
    read_manifest,
)
from branchdesk.storage.blob_copies import carry_blobs, lies_whole
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import busy, connect, translated_errors
from branchdesk.storage.keyring import Keyring
from branchdesk.storage.schema import copy_database, rows_by_table, schema_of
from branchdesk.whole_files import open_from_disk, problem_of_disk, whole_file

_NUMBER, _LAST_AT, _LAST_SEQ, _LAST_PLACE = "backup_number", "backup_at", "backup_seq", "backup_place"
_NAME = re.compile(r".*_(\d{8}-\d{6})_(\d{6})(_keep)?\.bdbak")
_PIECE = 1024 * 1024
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Examination:
    """What a closed database file turned out to hold: schema, rows by table, length and head of its chain."""

    schema: str
    counts: dict[str, int]
    changes: int
    chain_head: str


@dataclass(frozen=True)
class BackupFile:
    """A backup on disk, and how many attachments it could not hold: their files are gone or damaged."""

    path: Path
    manifest: Manifest
    missing: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """When the last backup was made (None for never), where, and whether anything changed since."""

    made: datetime | None
    place: str
    changed_since: bool


def backup_state(branch: Branch) -> BackupState:
    """How the branch stands with its backups."""
    known = branch.remembered()
    with branch.read() as connection:
        seq, _head = journal.chain_head(connection)
    made = known.get(_LAST_AT)
    return BackupState(
        made=datetime.fromisoformat(made).astimezone() if made else None,
        place=known.get(_LAST_PLACE, ""),
        changed_since=str(seq) != known.get(_LAST_SEQ, "0"),
    )


def back_up(
    branch: Branch,
    place: Path,
    title: str,
    reason: str,
    *,
    whole: bool = False,
    keep: bool = False,
    progress: Progress = SILENT,
) -> BackupFile:
    """Write a backup into the folder `place` and try it; `whole` puts the attachments into the file.

    Raises Problem where the place refuses or the finished backup does not open; older backups stay.
    """
    # A restored branch remembers an older number than the backups that lie there already.
    marks = [mark for path in backups_in(place) if (mark := mark_of(path)) is not None]
    number = max(int(branch.remembered().get(_NUMBER, "0")), *(mark.number for mark in marks), 0) + 1
    stamp = clock.now().astimezone().strftime("%Y%m%d-%H%M%S")
    short = _UNSAFE.sub("", title)[:_LONGEST_NAME] or "branch"
    target = place / f"{short}_{stamp}_{number:06}{'_keep' if keep else ''}{ENDING}"
    written = write_backup(branch, target, title, reason, number=number, whole=whole, progress=progress)
    branch.remember(_NUMBER, str(number))
    branch.remember(_LAST_AT, written.manifest.made)
    branch.remember(_LAST_SEQ, str(written.manifest.changes))
    branch.remember(_LAST_PLACE, str(place))
    return written


def write_backup(
    branch: Branch,
    target: Path,
    title: str,
    reason: str,
    *,
    number: int = 0,
    whole: bool = True,
    progress: Progress = SILENT,
) -> BackupFile:
    """Write a backup to the file `target` and try it.

    Raises Problem where the place refuses, the finished backup does not open, or the key of the branch was
    changed meanwhile.
    """
    with branch.turns.alone():  # else the key may be of after a change, and the keyring of before
        key, keyring = branch.key, branch.keyring()
    copy = target.with_name(target.name + ".db")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        progress.step(0.0, _("正在复制数据库…"))
        with branch.raw() as connection:
            copy_database(connection, copy, key)
        progress.step(0.4, _("正在核对副本…"))
        made = Manifest(
            format=FORMAT,
            branch=keyring.branch,
            title=title,
            made=clock.now().isoformat(),
            number=number,
            reason=reason,
            program=__version__,
            sha256=_sha256(copy),
            size=copy.stat().st_size,
            blobs=tuple(blobs_in_use(branch)),
            whole=whole,
            **asdict(examine(copy, key)),
        )
        progress.step(0.6, _("正在写入备份…"))
        packing = _Packing(branch, key, keyring, made)
        missing = packing.write(copy, target, progress.part(0.6, 1.0))
    except OSError as error:
        raise problem_of_disk(error, target) from error
    finally:
        with suppress(OSError):  # a place that is gone has already been spoken of
            copy.unlink(missing_ok=True)
    return BackupFile(target, read_manifest(target), missing)


def examine(path: Path, key: bytes) -> Examination:
    """Open a closed database file of any schema under `key` and try every page of it.

    Raises Problem where a page is damaged.
    """
    with translated_errors():
        raw = connect(path, key)
        try:
            # First of all, since any other question may fall on a damaged page and end there.
            damaged = raw.execute("PRAGMA cipher_integrity_check").fetchone()
            if damaged is not None or raw.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise Problem(
                    _("备份核对没有通过，里面有损坏的地方。"),
                    _("请换一个磁盘或 U 盘再备份一次；原来的备份都在。"),
                )
            head = raw.execute("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1").fetchone()
            return Examination(schema_of(raw), rows_by_table(raw), *(head or (0, "")))
        finally:
            raw.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True)
class _Packing:
    """Puts one tried copy of the database into a file, with the key and the keyring it was begun with."""

    branch: Branch
    key: bytes
    keyring: Keyring
    manifest: Manifest

    def write(self, copy: Path, target: Path, progress: Progress) -> int:
        """Put the attachments beside the ZIP or inside it, write it, and read it back.

        Returns how many attachments are gone or damaged.
        """
        missing = 0
        if not self.manifest.whole:
            missing = self._carry_blobs(target.parent / BLOBS, progress)
        with whole_file(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1))
            archive.writestr(KEYRING, self.keyring.written())
            archive.write(copy, DATABASE)
            if self.manifest.whole:
                missing = self._pack_blobs(archive, progress)
            if self.branch.key != self.key:
                # Whoever has lost access meanwhile could open this backup, and nobody would expect it.
                raise busy()
        if not self._reads_back(target):
            target.unlink(missing_ok=True)
            raise backup_not_kept()
        return missing

    def _carry_blobs(self, place: Path, progress: Progress) -> int:
        blobs = self.manifest.blobs
        if not blobs:
            return 0
        store = self.branch.folder.attachments
        return carry_blobs(store, place, blobs, identity_of(self.branch), progress)

    def _pack_blobs(self, archive: zipfile.ZipFile, progress: Progress) -> int:
        missing, blobs = 0, self.manifest.blobs
        for blob in progress.over(blobs, len(blobs), _("正在写入附件…")):
            source = blob_path(self.branch.folder.attachments, blob)
            if lies_whole(source, identity_of(self.branch), blob):
                archive.write(source, f"{BLOBS}{blob}{SUFFIX}")
            else:
                missing += 1
        return missing

    def _reads_back(self, path: Path) -> bool:
        """Whether a finished backup holds what was put in, as the disk gives it back."""
        digest = hashlib.sha256()
        try:
            with open_from_disk(path) as stream, zipfile.ZipFile(stream) as archive:
                for name in archive.namelist():
                    with archive.open(name) as stored:  # reading to the end compares the check sums
                        while piece := stored.read(_PIECE):
                            if name == DATABASE:
                                digest.update(piece)
        except BROKEN_ARCHIVE:
            return False
        return digest.hexdigest() == self.manifest.sha256


def mark_of(path: Path) -> BackupMark | None:
    """When and as which number an automatic backup was made, by its name; None for other files."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        made = datetime.strptime(match[1], "%Y%m%d-%H%M%S").astimezone()
    except ValueError:
        return None
    return BackupMark(int(match[2]), made, pinned=match[3] is not None)


def backups_in(place: Path) -> list[Path]:
    """The backups in a folder, newest number first; others' files come last by name."""
    marks = {path: mark_of(path) for path in place.glob(f"*{ENDING}")} if place.is_dir() else {}
    return sorted(marks, key=lambda path: (-(mark.number if (mark := marks[path]) else 0), path.name))


def thin_out(place: Path, branch: str) -> list[Path]:
    """Remove the backups of one branch that the rotation no longer keeps; returns those that are gone.

    Several branches may share a place; what cannot be read is nobody's and stays.
    """
    marked: dict[int, tuple[BackupMark, Path]] = {}
    for path in backups_in(place):
        mark = mark_of(path)
        if mark is not None and _branch_of(path) == branch:
            marked[mark.number] = (mark, path)
    marks = [mark for mark, _path in marked.values()]
    dropped = backups_to_drop(marks, clock.now().astimezone(), shipped_rules())
    removed = []
    for mark in dropped:
        path = marked[mark.number][1]
        with suppress(OSError):  # the new backup is there; one too many does no harm
            path.unlink(missing_ok=True)
            removed.append(path)
    return removed


def _branch_of(path: Path) -> str | None:
    """The branch that a backup is of; None for one that cannot be read."""
    try:
        return read_manifest(path).branch
    except Problem:
        return None
