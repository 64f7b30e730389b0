"""Backups: a `.bdbak` file holds the database, its keyring and a manifest; each is tried once written.

Attachments are encrypted files that never change: automatic backups keep them once, in a folder beside
the backups; a backup that is carried away holds them itself.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from branchdesk import __version__, clock
from branchdesk.domain.backups import BackupMark, backups_to_drop
from branchdesk.errors import Problem
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.storage import journal
from branchdesk.storage.attachments import SUFFIX, blob_path, blobs_in_use
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect, translated_errors
from branchdesk.storage.schema import copy_database, rows_by_table, schema_of
from branchdesk.whole_files import PART, problem_of_disk, settle, whole_file

FORMAT = 1
ENDING = ".bdbak"
MANIFEST, DATABASE, KEYRING, BLOBS = "manifest.json", "branch.db", "keyring.json", "attachments/"
_NUMBER, _LAST_AT, _LAST_SEQ, _LAST_PLACE = "backup_number", "backup_at", "backup_seq", "backup_place"
_NAME = re.compile(r".*_(\d{8}-\d{6})_(\d{6})(_keep)?\.bdbak")
_PIECE = 1024 * 1024
_BLOB = re.compile(r"[0-9a-f]{64}")
_LARGEST_ENTRY = 64 * 1024 * 1024  # of the manifest and the keyring, which fit into memory
# What reading a ZIP raises that was cut off, flipped, locked with a password or packed in another way.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 24


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `made` is an ISO moment in UTC; `counts` are rows by table."""

    format: int
    branch: str
    title: str
    made: str
    number: int
    reason: str
    schema: str
    program: str
    changes: int
    chain_head: str
    counts: dict[str, int]
    sha256: str
    size: int
    blobs: tuple[str, ...]
    whole: bool

    def made_at(self) -> datetime:
        """When it was made, in local time."""
        return datetime.fromisoformat(self.made).astimezone()

    def check(self) -> None:
        """Raise ValueError or TypeError for values that no program of ours writes."""
        datetime.fromisoformat(self.made)
        numbers: list[Any] = [self.format, self.number, self.changes, self.size, *self.counts.values()]
        texts: list[Any] = [self.branch, self.title, self.reason, self.schema, self.chain_head, self.sha256]
        flag: Any = self.whole
        if not (
            all(type(number) is int and number >= 0 for number in numbers)
            and all(isinstance(text, str) for text in texts)
            and isinstance(flag, bool)
        ):
            raise ValueError("a part of the manifest is of another kind")
        if not all(re.fullmatch(_BLOB, blob) for blob in self.blobs):
            raise ValueError("a name that no attachment has")

    @property
    def members(self) -> int:
        """How many rows of members it holds."""
        return self.counts.get("member", 0)


@dataclass(frozen=True, slots=True)
class Examination:
    """What a closed database file turned out to hold: schema, rows by table, length and head of its chain."""

    schema: str
    counts: dict[str, int]
    changes: int
    chain_head: str


@dataclass(frozen=True)
class BackupFile:
    """A backup on disk."""

    path: Path
    manifest: Manifest


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
    """Write a backup to the file `target` and try it."""
    copy = target.with_name(target.name + ".db")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        progress.step(0.0, _("正在复制数据库…"))
        with branch.raw() as connection:
            copy_database(connection, copy, branch.key)
        progress.step(0.4, _("正在核对副本…"))
        manifest = _examined(branch, copy, title, reason, number, whole=whole)
        progress.step(0.6, _("正在写入备份…"))
        _pack(branch, copy, target, manifest, progress.part(0.6, 1.0))
    except OSError as error:
        raise problem_of_disk(error, target) from error
    finally:
        with suppress(OSError):  # a place that is gone has already been spoken of
            copy.unlink(missing_ok=True)
    return BackupFile(target, read_manifest(target))


def _examined(branch: Branch, copy: Path, title: str, reason: str, number: int, *, whole: bool) -> Manifest:
    """The manifest of a database copy, after trying that it opens, is whole, and holds its chain."""
    found = examine(copy, branch.key)
    return Manifest(
        format=FORMAT,
        branch=branch.keyring().branch,
        title=title,
        made=clock.now().isoformat(),
        number=number,
        reason=reason,
        schema=found.schema,
        program=__version__,
        changes=found.changes,
        chain_head=found.chain_head,
        counts=found.counts,
        sha256=_sha256(copy),
        size=copy.stat().st_size,
        blobs=tuple(blobs_in_use(branch)),
        whole=whole,
    )


def examine(path: Path, key: bytes) -> Examination:
    """Open a closed database file of any schema under `key` and try every page of it.

    Raises Problem where a page is damaged.
    """
    with translated_errors():
        raw = connect(path, key)
        try:
            schema = schema_of(raw)
            damaged = raw.execute("PRAGMA cipher_integrity_check").fetchone()
            whole = raw.execute("PRAGMA quick_check").fetchone()[0]
            if damaged is not None or whole != "ok":
                raise Problem(
                    _("备份核对没有通过，里面有损坏的地方。"),
                    _("请换一个磁盘或 U 盘再备份一次；原来的备份都在。"),
                )
            head = raw.execute("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1").fetchone()
            return Examination(schema, rows_by_table(raw), *(head or (0, "")))
        finally:
            raw.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pack(branch: Branch, copy: Path, target: Path, manifest: Manifest, progress: Progress) -> None:
    """Put the attachments beside the ZIP or inside it, write it, and read it back."""
    if not manifest.whole:
        copy_blobs(branch.folder.attachments, target.parent / BLOBS, manifest.blobs, progress)
    with whole_file(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        archive.writestr(KEYRING, branch.keyring().written())
        archive.write(copy, DATABASE)
        if manifest.whole:
            for blob in progress.over(manifest.blobs, len(manifest.blobs), _("正在写入附件…")):
                source = blob_path(branch.folder.attachments, blob)
                if source.exists():
                    archive.write(source, f"{BLOBS}{blob}{SUFFIX}")
    if not _reads_back(target, manifest.sha256):
        target.unlink(missing_ok=True)
        raise Problem(_("备份写好后核对没有通过。"), _("请换一个磁盘或 U 盘再备份一次；原来的备份都在。"))


def _reads_back(path: Path, sha256: str) -> bool:
    """Whether the database in a finished backup is the one that was put in."""
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(DATABASE) as stored:
            while piece := stored.read(_PIECE):
                digest.update(piece)
    except BROKEN_ARCHIVE:
        return False
    return digest.hexdigest() == sha256


def copy_blobs(source: Path, target: Path, blobs: Iterable[str], progress: Progress = SILENT) -> int:
    """Copy attachments that are not yet in `target`; returns how many were missing in `source`."""
    missing = 0
    wanted = list(blobs)
    for blob in progress.over(wanted, len(wanted), _("正在复制附件…")):
        there, here = blob_path(target, blob), blob_path(source, blob)
        if there.exists():
            continue
        if not here.exists():
            missing += 1
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        part = there.with_name(there.name + PART)
        with here.open("rb") as stream, part.open("wb") as out:
            while piece := stream.read(_PIECE):
                out.write(piece)
        settle(part, there)
    return missing


def read_manifest(path: Path) -> Manifest:
    """What a backup file says it holds. Raises Problem for a file that is damaged or no backup."""
    try:
        with zipfile.ZipFile(path) as archive:
            raw: Any = json.loads(read_entry(archive, MANIFEST))
            names = archive.namelist()
        manifest = Manifest(**{**raw, "blobs": tuple(raw["blobs"])})
        manifest.check()
    except (*BROKEN_ARCHIVE, TypeError, AttributeError) as error:
        raise damaged_backup(path) from error
    except OSError as error:
        raise Problem(
            _("“{name}”打不开：{reason}。", name=path.name, reason=error.strerror or str(error)),
            _("请检查 U 盘或文件夹是否还在。"),
        ) from error
    if manifest.format > FORMAT:
        raise Problem(
            _("“{name}”是用更新版本的程序做的备份。", name=path.name), _("请先升级本机的程序再恢复。")
        )
    if not {DATABASE, KEYRING} <= set(names) or len(names) != len(set(names)):
        raise damaged_backup(path)
    return manifest


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small entry of a backup. Raises one of BROKEN_ARCHIVE where it is none."""
    if archive.getinfo(name).file_size > _LARGEST_ENTRY:
        raise ValueError("far too large")
    return archive.read(name)


def damaged_backup(path: Path) -> Problem:
    """The sentence for a backup that cannot be used."""
    return Problem(
        _("“{name}”不是完好的备份文件。", name=path.name),
        _("可能没有拷贝完整；请换一份备份，或从原来的位置重新拷贝。"),
    )


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
    """Remove the backups of one branch that the rotation no longer keeps; returns them.

    Several branches may share a place; what cannot be read is nobody's and stays.
    """
    marked: dict[int, tuple[BackupMark, Path]] = {}
    for path in backups_in(place):
        mark = mark_of(path)
        if mark is not None and _branch_of(path) == branch:
            marked[mark.number] = (mark, path)
    marks = [mark for mark, _path in marked.values()]
    dropped = backups_to_drop(marks, clock.now().astimezone(), shipped_rules())
    paths = [marked[mark.number][1] for mark in dropped]
    for path in paths:
        path.unlink(missing_ok=True)
    return paths


def _branch_of(path: Path) -> str | None:
    """The branch that a backup is of; None for one that cannot be read."""
    try:
        return read_manifest(path).branch
    except Problem:
        return None
