"""Attachments on their way into a backup and back: a damaged one is mended or told, never carried along."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from branchdesk.services import attachments, backups
from branchdesk.storage.backup_file import BLOBS, read_manifest
from branchdesk.storage.branch import Branch
from support.branches import PASSWORD, add, clerk_of, sample_people
from support.contents import assert_sound, facts
from support.problems import refused

PHOTO = b"\x89PNG\r\n\x1a\n1"


@pytest.fixture
def filled(branch: Branch) -> Branch:
    """A branch with members and a photo."""
    uids = add(branch, sample_people(5))
    attachments.set_photo(branch, uids[0], "a.png", PHOTO)
    return branch


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "place"


@pytest.fixture
def path(filled: Branch, place: Path) -> Path:
    """A backup of it."""
    return backups.make_backup(filled, place, "测试").path


def with_photo(branch: Branch) -> str:
    """The uid of the member with the photo."""
    return next(str(row["row_uid"]) for row in facts(branch)["attachment"].values())


def the_blob(folder: Path) -> Path:
    """The only attachment below a folder."""
    (blob,) = folder.rglob("*.age")
    return blob


def damage(blob: Path, *, cut: bool = False) -> bytes:
    """Damage the file of an attachment; returns what it was."""
    good = blob.read_bytes()
    blob.write_bytes(good[:-5] if cut else good[:50] + bytes(10) + good[60:])
    return good


# ---- into a backup


@pytest.mark.parametrize("fault", ["gone", "damaged", "cut off"])
@pytest.mark.parametrize("whole", [False, True], ids=["beside", "carried away"])
def test_an_attachment_that_is_gone_or_damaged_is_counted_and_not_carried_along(
    filled: Branch, place: Path, fault: str, *, whole: bool
) -> None:
    blob = the_blob(filled.folder.attachments)
    if fault == "gone":
        blob.unlink()
    else:
        damage(blob, cut=fault == "cut off")
    if whole:
        made = backups.carry_away(filled, place / "all.bdbak")
        with zipfile.ZipFile(made.path) as archive:
            assert not [name for name in archive.namelist() if name.endswith(".age")]
    else:
        made = backups.make_backup(filled, place, "测试")
        assert not list(place.rglob("*.age"))
    assert made.missing == 1
    assert made.manifest.members == 5
    assert backups.left_out(made) == "已备份，但少了 1 个附件：它们的文件不在了或已损坏。"


@pytest.mark.parametrize("fault", ["gone", "damaged", "cut off"])
def test_what_lies_whole_beside_the_backups_is_not_missing_and_not_replaced(
    filled: Branch, place: Path, fault: str
) -> None:
    first = backups.make_backup(filled, place, "测试")
    assert (first.missing, backups.left_out(first)) == (0, "")
    good = the_blob(place).read_bytes()
    blob = the_blob(filled.folder.attachments)
    if fault == "gone":
        blob.unlink()
    else:
        damage(blob, cut=fault == "cut off")
    assert backups.make_backup(filled, place, "测试").missing == 0
    assert the_blob(place).read_bytes() == good


def test_a_cut_off_copy_beside_the_backups_is_made_anew(filled: Branch, place: Path) -> None:
    backups.make_backup(filled, place, "测试")
    good = damage(the_blob(place), cut=True)
    assert backups.make_backup(filled, place, "测试").missing == 0
    assert the_blob(place).read_bytes() == good


def test_the_content_of_another_attachment_in_its_place_is_none(filled: Branch, place: Path) -> None:
    blob = the_blob(filled.folder.attachments)
    attachments.set_photo(filled, with_photo(filled), "b.png", PHOTO + b"2")
    (other,) = set(filled.folder.attachments.rglob("*.age")) - {blob}
    shutil.copy(other, blob)
    assert backups.make_backup(filled, place, "测试").missing == 1


@pytest.mark.parametrize("whole", [False, True], ids=["beside", "carried away"])
def test_a_stick_that_keeps_another_attachment_than_it_was_given_is_noticed(
    filled: Branch, place: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    replace = Path.replace

    def lying(part: Path, target: Path) -> Path:
        content = bytearray(part.read_bytes())
        if b"age-encryption.org/v1" in content:
            content[content.index(b"age-encryption.org/v1") + 180] ^= 1
            part.write_bytes(content)
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", lying)
    with refused("备份写好后核对没有通过", "再备份一次"):
        if whole:
            backups.carry_away(filled, place / "all.bdbak")
        else:
            backups.make_backup(filled, place, "测试")
    assert not [file for file in place.rglob("*") if file.is_file()]


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system takes no advice")
@pytest.mark.parametrize("whole", [False, True], ids=["beside", "carried away"])
def test_what_is_read_back_comes_from_the_disk(
    filled: Branch, place: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    asked: list[int] = []
    advise = os.posix_fadvise

    def noted(file: int, *advice: int) -> None:
        asked.append(os.fstat(file).st_ino)
        advise(file, *advice)

    monkeypatch.setattr(os, "posix_fadvise", noted)
    if whole:
        backups.carry_away(filled, place / "all.bdbak")
    else:
        backups.make_backup(filled, place, "测试")
    assert {file.stat().st_ino for file in place.rglob("*") if file.is_file()} == set(asked)


# ---- back again


def test_attachments_that_cannot_be_brought_back_are_counted_and_the_rest_is_restored(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    shutil.rmtree(path.parent / BLOBS)
    restored = backups.bring_back(path, tmp_path / "back", clerk_of(filled.path).uid, PASSWORD)
    assert restored.missing_attachments == 1
    assert len(facts(restored.branch)["member"]) == 5


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_an_attachment_missing_or_damaged_in_the_one_file_is_counted(
    filled: Branch, tmp_path: Path, fault: str
) -> None:
    whole = backups.carry_away(filled, tmp_path / "all.bdbak").path
    blob = f"{BLOBS}{read_manifest(whole).blobs[0]}.age"
    if fault == "missing":
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "less.bdbak", "w") as new:
            for name in old.namelist():
                if name != blob:
                    new.writestr(name, old.read(name))
        whole = tmp_path / "less.bdbak"
    else:
        content = bytearray(whole.read_bytes())
        content[content.index(b"age-encryption.org/v1") + 200] ^= 1
        whole.write_bytes(content)
    restored = backups.bring_back(whole, tmp_path / "back", clerk_of(filled.path).uid, PASSWORD)
    assert restored.missing_attachments == 1
    assert_sound(restored.branch)


@pytest.mark.parametrize("whole", [False, True], ids=["beside", "carried away"])
@pytest.mark.parametrize("cut", [False, True])
def test_a_damaged_attachment_is_mended_from_the_backup(
    filled: Branch, tmp_path: Path, *, whole: bool, cut: bool
) -> None:
    target = tmp_path / "all.bdbak"
    made = backups.carry_away(filled, target) if whole else backups.make_backup(filled, tmp_path / "p", "x")
    person = filled.person.uid
    filled.close()
    damage(the_blob(filled.folder.attachments), cut=cut)
    restored = backups.bring_back(made.path, filled.path, person, PASSWORD)
    assert restored.missing_attachments == 0
    assert attachments.photo_of(restored.branch, with_photo(restored.branch)) == PHOTO


def test_an_attachment_damaged_beside_the_backup_too_is_counted_and_replaces_nothing(
    filled: Branch, path: Path
) -> None:
    person = filled.person.uid
    filled.close()
    damage(the_blob(path.parent))
    kept = the_blob(filled.folder.attachments)
    good = damage(kept)
    found = kept.read_bytes()
    restored = backups.bring_back(path, filled.path, person, PASSWORD)
    assert restored.missing_attachments == 1
    assert kept.read_bytes() == found
    restored.branch.close()
    kept.write_bytes(good)
    again = backups.bring_back(path, filled.path, person, PASSWORD)
    assert again.missing_attachments == 0, "what lies there whole is not missing"


def test_attachments_that_lie_there_already_are_left_as_they_are(filled: Branch, tmp_path: Path) -> None:
    whole = backups.carry_away(filled, tmp_path / "all.bdbak").path
    kept = the_blob(filled.folder.attachments)
    written, person = kept.stat().st_mtime_ns, filled.person.uid
    filled.close()
    restored = backups.bring_back(whole, filled.path, person, PASSWORD)
    assert restored.missing_attachments == 0
    assert kept.stat().st_mtime_ns == written
