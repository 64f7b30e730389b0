"""Photos and attachments of a record: adding them, looking at them, moving them to the bin."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from branchdesk.errors import Problem
from branchdesk.forms.spelling import cleaned
from branchdesk.i18n import _
from branchdesk.services.file_contents import refuse_disguised, refuse_disguised_file
from branchdesk.storage import attachments as store
from branchdesk.storage import members as questions
from branchdesk.storage.branch import Branch, refuse_viewer
from branchdesk.storage.changes import Changes
from branchdesk.storage.tables import attachment, member

PHOTO, FILE = "photo", "file"
_PICTURE_SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"GIF8", b"RIFF")


def is_picture(content: bytes) -> bool:
    """Whether bytes begin like a picture that the program can show."""
    return content.startswith(_PICTURE_SIGNS)


def add_attachment(
    branch: Branch, uid: str, path: Path, note: str = "", *, entity: str = member.name, role: str = FILE
) -> Changes:
    """Add a file to a member, or to a row of another table.

    Raises Problem for a file that cannot be read, is too large or is not what its name says.
    """
    refuse_viewer(branch.person)
    refuse_disguised_file(path)
    blob = store.store_file(branch, path)
    row = _row(uid, role, path.name, _media_type(path.name), blob, entity) | {"note": note.strip() or None}
    with branch.change(_("添加附件 {name}", name=one_name(path.name))) as change:
        change.insert(attachment, row)
    return change.result


def add_content(
    branch: Branch, uid: str, name: str, content: bytes, *, entity: str = member.name, role: str = FILE
) -> Changes:
    """Add what was pasted or scanned under a name.

    Raises Problem for content that is too large or is not what the name says.
    """
    refuse_viewer(branch.person)
    refuse_disguised(name, content)
    blob = store.store_content(branch, content)
    with branch.change(_("添加附件 {name}", name=one_name(name))) as change:
        change.insert(attachment, _row(uid, role, name, _media_type(name), blob, entity))
    return change.result


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def set_photo(branch: Branch, uid: str, name: str, photo: bytes) -> Changes:
    """Give a member a photo (JPEG or PNG bytes, already trimmed); the earlier one goes to the bin.

    Raises Problem for bytes that are no picture.
    """
    if not is_picture(photo):
        raise Problem(_("“{name}”不是照片。", name=name), _("请选择 JPG 或 PNG 格式的照片。"))
    blob = store.store_content(branch, photo)
    media_type = "image/png" if photo.startswith(_PICTURE_SIGNS[1]) else "image/jpeg"
    with branch.read() as connection:
        earlier = [
            row["uid"]
            for row in questions.attachments_of(connection, member.name, uid)
            if row["role"] == PHOTO
        ]
    with branch.change(_("更换照片")) as change:
        change.put_in_bin(attachment, earlier, _("换了新照片"), branch.person.name)
        change.insert(attachment, _row(uid, PHOTO, name, media_type, blob))
    return change.result


def _row(
    uid: str, role: str, name: str, media_type: str, blob: store.StoredBlob, entity: str = member.name
) -> dict[str, Any]:
    return {
        "entity": entity,
        "row_uid": uid,
        "role": role,
        "name": one_name(name),
        "media_type": media_type,
        "size": blob.size,
        "sha256": blob.sha256,
        "blob": blob.blob,
    }


def one_name(name: str) -> str:
    """A file name as it can be stored: no bytes that are no text, nothing that nobody sees."""
    return " ".join(cleaned(name).split()) or _("附件")


def photo_of(branch: Branch, uid: str) -> bytes | None:
    """The bytes of a member's photo; None where there is none. Raises Problem for a damaged one."""
    with branch.read() as connection:
        photos = [
            row for row in questions.attachments_of(connection, member.name, uid) if row["role"] == PHOTO
        ]
    return read_attachment(branch, photos[-1]) if photos else None


def read_attachment(branch: Branch, row: Mapping[str, Any]) -> bytes:
    """The content of an attachment. Raises Problem for a missing or damaged one."""
    return store.load_content(branch, row["blob"], row["sha256"])


def move_to_bin(branch: Branch, row: Mapping[str, Any], why: str = "") -> Changes:
    """Put an attachment into the recycle bin."""
    with branch.change(_("删除附件 {name}", name=row["name"])) as change:
        change.put_in_bin(attachment, [row["uid"]], why, branch.person.name)
    return change.result
