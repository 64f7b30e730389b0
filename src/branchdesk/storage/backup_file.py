"""What a `.bdbak` file is: a ZIP with a manifest, the database, its keyring, and the attachments or not."""

from __future__ import annotations

import json
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from branchdesk.errors import Problem
from branchdesk.i18n import _

FORMAT = 1
ENDING = ".bdbak"
MANIFEST, DATABASE, KEYRING, BLOBS = "manifest.json", "branch.db", "keyring.json", "attachments/"
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


def backup_not_kept() -> Problem:
    """The sentence for a place that gives back something else than it was given."""
    return Problem(_("备份写好后核对没有通过。"), _("请换一个磁盘或 U 盘再备份一次；原来的备份都在。"))
