"""Photos and attachments of members."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.services import attachments, members, recycle_bin
from branchdesk.storage import attachments as store
from branchdesk.storage.branch import Branch
from branchdesk.storage.keyring import Person, Role
from support.branches import add_one
from support.contents import facts
from support.problems import refused

PNG, JPEG = b"\x89PNG\r\n\x1a\nx", b"\xff\xd8\xffx"


@pytest.fixture
def uid(branch: Branch) -> str:
    """A member."""
    return add_one(branch, "李明")


def listed(branch: Branch, uid: str) -> list[tuple[str, str, str]]:
    """Name, media type and role of what is attached to a member."""
    file = members.member_file(branch, uid)
    assert file is not None
    return [(row["name"], row["media_type"], row["role"]) for row in file.attachments]


def test_a_file_is_attached_with_its_name_kind_and_note_and_read_back(
    branch: Branch, uid: str, tmp_path: Path
) -> None:
    path = tmp_path / "入党志愿书.pdf"
    path.write_bytes(b"%PDF-1.4 paper")
    changes = attachments.add_attachment(branch, uid, path, " 原件已归档 ")
    assert changes.label == "添加附件 入党志愿书.pdf"
    odd = tmp_path / "没有后缀"
    odd.write_bytes(b"")
    attachments.add_attachment(branch, uid, odd)
    assert listed(branch, uid) == [
        ("入党志愿书.pdf", "application/pdf", "file"),
        ("没有后缀", "application/octet-stream", "file"),
    ]
    file = members.member_file(branch, uid)
    assert file is not None
    assert file.attachments[0]["note"] == "原件已归档"
    assert [attachments.read_attachment(branch, row) for row in file.attachments] == [b"%PDF-1.4 paper", b""]


def test_a_new_photo_replaces_the_old_one_which_waits_in_the_bin(branch: Branch, uid: str) -> None:
    assert attachments.photo_of(branch, uid) is None
    attachments.set_photo(branch, uid, "a.png", PNG)
    attachments.set_photo(branch, uid, "b.jpg", JPEG)
    assert attachments.photo_of(branch, uid) == JPEG
    assert listed(branch, uid) == [("b.jpg", "image/jpeg", "photo")]
    assert [item.name for item in recycle_bin.bin_items(branch)] == ["a.png"]


def test_undoing_a_new_photo_brings_the_old_one_back(branch: Branch, uid: str) -> None:
    attachments.set_photo(branch, uid, "a.png", PNG)
    changes = attachments.set_photo(branch, uid, "b.jpg", JPEG)
    branch.undo(changes.seq)
    assert attachments.photo_of(branch, uid) == PNG


def test_what_is_no_picture_is_refused_by_name(branch: Branch, uid: str) -> None:
    with refused("“简历.doc”不是照片", "JPG 或 PNG"):
        attachments.set_photo(branch, uid, "简历.doc", b"\xd0\xcf\x11\xe0 word")
    assert not facts(branch)["attachment"]


def test_a_file_that_is_gone_or_a_folder_is_refused_by_name(branch: Branch, uid: str, tmp_path: Path) -> None:
    with refused("“没有.pdf”打不开", "是否还在"):
        attachments.add_attachment(branch, uid, tmp_path / "没有.pdf")
    with refused(f"“{tmp_path.name}”打不开"):
        attachments.add_attachment(branch, uid, tmp_path)


def test_a_file_that_is_too_large_is_refused_with_both_sizes(
    branch: Branch, uid: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LARGEST", 2 << 20)
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(3 << 20))
    with refused("附件有 3 MB", "超过了 2 MB", "压缩"):
        attachments.add_attachment(branch, uid, path)
    assert not list(branch.folder.attachments.rglob("*.age"))


def test_a_viewer_attaches_nothing_and_leaves_no_file_behind(
    branch: Branch, uid: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    branch.person = Person("v", "赵看", Role.VIEWER)
    with refused("查看者"):
        attachments.add_attachment(branch, uid, path)
    with refused("查看者"):
        attachments.set_photo(branch, uid, "a.png", PNG)
    assert not list(branch.folder.attachments.rglob("*.age"))


@pytest.mark.parametrize("content", [PNG, JPEG, b"BM..", b"GIF89a", b"RIFF....WEBP"])
def test_pictures_are_known_by_their_first_bytes(content: bytes) -> None:
    assert attachments.is_picture(content)
    assert not attachments.is_picture(b" " + content)
