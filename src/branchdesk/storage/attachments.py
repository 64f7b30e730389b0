"""The store of attachments: age-encrypted files beside the database, named by a keyed hash of their content.

The names tell nobody without the key what lies there, equal content is kept once, and nothing is ever
overwritten, so that backups copy only what is new.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519
from sqlalchemy import select

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.branch import Branch, refuse_viewer
from branchdesk.storage.engine import connect, translated_errors
from branchdesk.storage.tables import attachment, meta
from branchdesk.whole_files import whole_file

LARGEST = 200 * 1024 * 1024
IDENTITY = "attachment_identity"
_PIECE = 256 * 1024
SUFFIX = ".age"


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """Where a content lies: the name of its file, its SHA-256 and its size in bytes."""

    blob: str
    sha256: str
    size: int


def blob_path(folder: Path, blob: str) -> Path:
    """The file of a blob below an attachment folder."""
    return folder / blob[:2] / f"{blob}{SUFFIX}"


def identity_of(branch: Branch) -> x25519.Identity:
    """What the attachments of a branch are encrypted to; the first who asks makes it."""
    stored = _stored_identity(branch)
    if stored is None:
        # What two threads made at the same time would be two, and the attachments under one of them lost.
        with branch.turns.alone():
            stored = _stored_identity(branch)
            if stored is None:
                stored = str(x25519.Identity.generate())
                branch.remember(IDENTITY, stored)
    return x25519.Identity.from_str(stored)


def _stored_identity(branch: Branch) -> str | None:
    with branch.read() as connection:
        return connection.scalar(select(meta.c.value).where(meta.c.key == IDENTITY))


def identity_in(path: Path, key: bytes) -> x25519.Identity | None:
    """What the attachments of a closed database file are encrypted to; None where it has had none."""
    with translated_errors():
        connection = connect(path, key, read_only=True)
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (IDENTITY,)).fetchone()
        finally:
            connection.close()
    return x25519.Identity.from_str(row[0]) if row else None


def blob_name(identity: x25519.Identity, digest: bytes) -> str:
    """The name of a content by its SHA-256: a keyed hash, which only this branch can find."""
    return hmac.new(str(identity).encode(), digest, hashlib.sha256).hexdigest()


def store_content(branch: Branch, content: bytes) -> StoredBlob:
    """Keep `content` and say where.

    Raises Problem for a viewer, where it is too large, or where the disk refuses.
    """
    return _store(branch, io.BytesIO(content), len(content))


def store_file(branch: Branch, path: Path) -> StoredBlob:
    """Keep the content of a file of the clerk's.

    Raises Problem as `store_content` does, and for a file that cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return _store(branch, stream, path.stat().st_size)
    except OSError as error:
        raise Problem(
            _("“{name}”打不开：{reason}。", name=path.name, reason=error.strerror or str(error)),
            _("请检查文件是否还在、是否正被其他程序占用。"),
        ) from error


def _store(branch: Branch, stream: BinaryIO, size: int) -> StoredBlob:
    refuse_viewer(branch.person)
    if size > LARGEST:
        raise Problem(
            _("附件有 {size} MB，超过了 {most} MB。", size=size >> 20, most=LARGEST >> 20),
            _("请压缩或分成几份再添加。"),
        )
    identity = identity_of(branch)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    stream.seek(0)
    blob = blob_name(identity, digest.digest())
    target = blob_path(branch.folder.attachments, blob)
    if not _lies_well(branch, blob, digest.hexdigest()):
        with whole_file(target) as out:
            pyrage.encrypt_io(stream, out, [identity.to_public()])
    return StoredBlob(blob, digest.hexdigest(), size)


def _lies_well(branch: Branch, blob: str, sha256: str) -> bool:
    """Whether a content is kept already; a damaged file is written anew."""
    try:
        load_content(branch, blob, sha256)
    except Problem:
        return False
    return True


def load_content(branch: Branch, blob: str, sha256: str) -> bytes:
    """The content of a blob. Raises Problem for one that is missing or damaged."""
    path = blob_path(branch.folder.attachments, blob)
    out = io.BytesIO()
    try:
        with path.open("rb") as stream:
            pyrage.decrypt_io(stream, out, [identity_of(branch)])
    except FileNotFoundError:
        raise Problem(_("这个附件的文件不在了。"), _("请从备份恢复；备份文件夹里存有附件。")) from None
    except (OSError, pyrage.DecryptError) as error:
        raise _damaged() from error
    content = out.getvalue()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged()
    return content


def _damaged() -> Problem:
    return Problem(_("这个附件的文件损坏了。"), _("请从备份恢复，或重新添加原来的文件。"))


def blobs_in_use(branch: Branch) -> list[str]:
    """The blobs that records point to, those in the recycle bin included."""
    with branch.read() as connection:
        return sorted(set(connection.scalars(select(attachment.c.blob))))
