"""Restoring: everything is tried before anything is replaced, and nothing that lay there is lost."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest

from branchdesk.errors import Problem
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.services import attachments, backups, branches
from branchdesk.services.branches import Founding
from branchdesk.storage.backup import examine
from branchdesk.storage.backup_file import DATABASE, KEYRING, MANIFEST, Manifest, read_manifest
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect
from branchdesk.storage.keyring import load_keyring
from branchdesk.storage.migrations import HEAD, KNOWN
from branchdesk.storage.schema import create_schema
from support.branches import (
    PASSWORD,
    SettableClock,
    add,
    add_one,
    clerk_of,
    edit,
    sample_people,
    unlocked,
)
from support.contents import assert_sound, facts
from support.disks import small_disk
from support.old_files import SCHEMAS, old_branch, told_now, told_then
from support.problems import refused

PHOTO = b"\x89PNG\r\n\x1a\n1"


@pytest.fixture
def filled(branch: Branch) -> Branch:
    """A branch with members and a photo."""
    uids = add(branch, sample_people(5))
    attachments.set_photo(branch, uids[0], "a.png", PHOTO)
    return branch


@pytest.fixture
def path(filled: Branch, tmp_path: Path) -> Path:
    """A backup of it."""
    return backups.make_backup(filled, tmp_path / "place", "测试").path


def back(path: Path, target: Path, password: str = PASSWORD, person: str = "") -> Branch:
    """The restored and opened branch."""
    person = person or backups.look_into(path)[1][0].uid
    return backups.bring_back(path, target, person, password).branch


def with_photo(branch: Branch) -> str:
    """The uid of the member with the photo."""
    return next(str(row["row_uid"]) for row in facts(branch)["attachment"].values())


# ---- into a new folder


def test_a_restored_branch_holds_what_was_backed_up_with_its_attachments(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    before = facts(filled)
    add_one(filled, "后来的人")
    person = filled.person.uid
    restored = backups.bring_back(path, tmp_path / "back", person, PASSWORD)
    assert facts(restored.branch) == before
    assert restored.missing_attachments == 0
    assert restored.manifest == read_manifest(path)
    assert attachments.photo_of(restored.branch, with_photo(restored.branch)) == PHOTO
    assert_sound(restored.branch)
    assert {file.name for file in (tmp_path / "back").iterdir()} >= {"branch.db", "keyring.json"}
    assert not (tmp_path / "back" / "branch.db.part").exists()


def test_what_is_carried_away_as_one_file_is_restored_from_that_file_alone(
    filled: Branch, tmp_path: Path
) -> None:
    backups.carry_away(filled, tmp_path / "stick" / "all.bdbak")
    shutil.move(tmp_path / "stick" / "all.bdbak", tmp_path / "elsewhere.bdbak")
    restored = backups.bring_back(
        tmp_path / "elsewhere.bdbak", tmp_path / "back", clerk_of(filled.path).uid, PASSWORD
    )
    assert restored.missing_attachments == 0
    assert attachments.photo_of(restored.branch, with_photo(restored.branch)) == PHOTO


def test_a_restored_copy_writes_under_a_node_of_its_own(filled: Branch, path: Path, tmp_path: Path) -> None:
    restored = back(path, tmp_path / "back")
    assert restored.remembered()["node"] != filled.remembered()["node"]
    node = restored.remembered()["node"]
    restored.close()
    assert unlocked(tmp_path / "back").remembered()["node"] == node


def test_restoring_in_the_same_place_also_begins_a_new_node(filled: Branch, path: Path) -> None:
    node = filled.remembered()["node"]
    filled.close()
    assert back(path, filled.path).remembered()["node"] != node


def test_the_password_of_the_time_of_the_backup_opens_it(filled: Branch, path: Path, tmp_path: Path) -> None:
    branches.change_password(filled, PASSWORD, "newer-pass-2026", "newer-pass-2026")
    with refused("口令不对"):
        back(path, tmp_path / "back", "newer-pass-2026")
    assert not (tmp_path / "back").exists(), "nothing is touched before the password was right"
    assert back(path, tmp_path / "back").person.name == "王敏"


def _cancelled_after(words: str) -> Progress:
    """A progress that is cancelled once it has said these words."""
    progress = Progress(lambda _share, said: progress.cancel() if said == words else None)
    return progress


@pytest.mark.parametrize("words", ["正在读取备份…", "正在恢复附件…"])
def test_a_cancelled_restore_leaves_the_present_file(filled: Branch, path: Path, words: str) -> None:
    add_one(filled, "后来的人")
    before, person = facts(filled), filled.person.uid
    filled.close()
    with pytest.raises(Cancelled):
        backups.bring_back(path, filled.path, person, PASSWORD, _cancelled_after(words))
    assert not (filled.path / "branch.db.part").exists()
    assert not list(filled.path.glob("before-restore-*"))
    assert facts(unlocked(filled.path)) == before


def test_cancelling_too_late_restores_all_the_same(filled: Branch, path: Path) -> None:
    add_one(filled, "后来的人")
    person = filled.person.uid
    filled.close()
    restored = backups.bring_back(path, filled.path, person, PASSWORD, _cancelled_after("正在打开…"))
    assert len(facts(restored.branch)["member"]) == 5


# ---- in place of what lies there


def test_restoring_over_a_branch_keeps_its_files_beside_and_they_still_open(
    filled: Branch, path: Path, tmp_path: Path, the_clock: SettableClock
) -> None:
    add_one(filled, "后来的人")
    replaced = facts(filled)
    filled.close()
    restored = back(path, filled.path)
    assert len(facts(restored)["member"]) == 5
    stamp = the_clock.moment.astimezone().strftime("%Y%m%d-%H%M%S")
    aside = filled.path / f"before-restore-{stamp}"
    assert {file.name for file in aside.iterdir()} == {"branch.db", "keyring.json"}
    shutil.copytree(aside, tmp_path / "old")
    assert facts(unlocked(tmp_path / "old")) == replaced


@pytest.mark.usefixtures("the_clock")
def test_restoring_twice_in_one_second_keeps_both_files(filled: Branch, path: Path) -> None:
    for number in range(3):
        add_one(filled, f"第{number}次")
        filled.close()
        filled = back(path, filled.path)
    kept = sorted(filled.path.glob("before-restore-*"))
    assert [folder.name[-2:] for folder in kept[1:]] == ["-2", "-3"]
    names = []
    for folder in kept:
        connection = connect(folder / "branch.db", filled.key)
        names.append(connection.execute("SELECT name FROM member WHERE rid = 6").fetchone()[0])
        connection.close()
    assert names == ["第0次", "第1次", "第2次"]


def test_a_write_ahead_log_left_by_a_power_cut_is_kept_with_its_file_and_not_taken_for_the_new_one(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    add_one(filled, "只在日志里")
    shutil.copytree(filled.path, tmp_path / "crashed")
    assert (tmp_path / "crashed" / "branch.db-wal").stat().st_size
    restored = back(path, tmp_path / "crashed")
    assert len(facts(restored)["member"]) == 5
    assert_sound(restored)
    aside = next((tmp_path / "crashed").glob("before-restore-*"))
    shutil.copytree(aside, tmp_path / "old")
    assert len(facts(unlocked(tmp_path / "old"))["member"]) == 6


def test_a_stray_log_without_its_file_is_not_taken_for_one_of_the_restored_file(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    add_one(filled, "只在日志里")
    shutil.copytree(filled.path, tmp_path / "crashed")
    (tmp_path / "crashed" / "branch.db").unlink()
    assert_sound(back(path, tmp_path / "crashed"))


def test_older_keyrings_of_the_replaced_file_never_stand_in_for_the_restored_one(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    other, _card = branches.found_branch(tmp_path / "other", Founding("中共另一支部"), "刘", PASSWORD)
    other.save_keyring(other.keyring())
    other.save_keyring(other.keyring())
    shutil.copy(other.folder.keyring, other.folder.next_keyring)
    other.close()
    restored = back(path, other.path)
    restored.close()
    assert load_keyring(restored.folder.keyring).branch == filled.keyring().branch
    assert {file.name for file in other.path.glob("keyring*")} == {"keyring.json"}


def test_failures_with_the_old_file_do_not_keep_the_restored_one_closed(filled: Branch, path: Path) -> None:
    filled.close()
    for _failure in range(3):
        with refused("口令不对"):
            unlocked(filled.path, "forgotten-password")
    assert back(path, filled.path).person.name == "王敏"


def test_an_open_branch_is_not_replaced(filled: Branch, path: Path) -> None:
    before = facts(filled)
    with refused("已经打开"):
        back(path, filled.path)
    assert facts(filled) == before


def test_a_backup_is_not_restored_into_the_folder_where_backups_lie(path: Path) -> None:
    with refused("不能恢复到存放备份的文件夹里", "另选"):
        back(path, path.parent)


def test_restoring_below_a_file_names_the_place(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with refused("file", "没有写成"):
        back(path, tmp_path / "file" / "deep")


# ---- older and newer


def packed(database: Path, keyring: bytes, key: bytes, target: Path, **parts: object) -> Path:
    """A backup of a closed database file, as the program of its time would have written it."""
    found = examine(database, key)
    content = database.read_bytes()
    manifest = Manifest(
        format=1,
        branch="b",
        title="旧支部",
        made="2026-01-01T00:00:00+00:00",
        number=1,
        reason="旧",
        schema=found.schema,
        program="0.0.1",
        changes=found.changes,
        chain_head=found.chain_head,
        counts=found.counts,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        blobs=(),
        whole=True,
    )
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MANIFEST, json.dumps({**asdict(manifest), **parts}))
        archive.writestr(KEYRING, keyring)
        archive.writestr(DATABASE, content)
    return target


@pytest.mark.parametrize("number", SCHEMAS)
def test_a_backup_of_every_older_schema_is_restored_and_brought_up(tmp_path: Path, number: str) -> None:
    old = old_branch(number, tmp_path / "old")
    keyring = load_keyring(old / "keyring.json")
    person, key = keyring.open(keyring.people()[0].uid, PASSWORD)
    path = packed(old / "branch.db", keyring.written(), key, tmp_path / "old.bdbak")
    restored = backups.bring_back(path, tmp_path / "back", person.uid, PASSWORD).branch
    told = told_then(number)
    assert told_now(restored, list(told["roster_on"])) == told
    assert_sound(restored)
    edit(restored, add_one(restored, "李明"), note="x")
    assert_sound(restored)


@pytest.mark.parametrize("number", KNOWN)
def test_an_empty_file_of_every_known_schema_is_restored(filled: Branch, tmp_path: Path, number: str) -> None:
    create_schema(tmp_path / "empty.db", filled.key, number)
    keyring = filled.keyring().written()
    path = packed(tmp_path / "empty.db", keyring, filled.key, tmp_path / "empty.bdbak")
    restored = back(path, tmp_path / "back")
    assert not facts(restored)["member"]
    with restored.raw() as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_a_backup_of_a_newer_schema_is_refused_before_anything_is_touched(
    filled: Branch, tmp_path: Path
) -> None:
    create_schema(tmp_path / "new.db", filled.key)
    connection = connect(tmp_path / "new.db", filled.key)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    path = packed(tmp_path / "new.db", filled.keyring().written(), filled.key, tmp_path / "new.bdbak")
    person = filled.person.uid
    with refused("更新版本的程序", "9999", "先升级"):
        backups.bring_back(path, tmp_path / "back", person, PASSWORD)
    assert not (tmp_path / "back").exists()


# ---- damaged, foreign, hostile


@pytest.mark.parametrize(
    "parts",
    [
        {"sha256": "0" * 64},
        {"size": 5},
        {"size": 10**9},
        {"changes": 99},
        {"chain_head": "0" * 64},
    ],
)
def test_a_backup_that_does_not_hold_what_it_says_replaces_nothing(
    filled: Branch, tmp_path: Path, parts: dict[str, object]
) -> None:
    copy = tmp_path / "copy.db"
    create_schema(copy, filled.key)
    path = packed(copy, filled.keyring().written(), filled.key, tmp_path / "odd.bdbak", **parts)
    before = facts(filled)
    filled.close()
    if parts.get("size") == 10**9:
        back(path, tmp_path / "other").close()
        return  # smaller than it said, but whole by its hash
    with refused("“odd.bdbak”不是完好的备份文件", "重新拷贝"):
        back(path, filled.path)
    assert facts(unlocked(filled.path)) == before
    assert not list(filled.path.glob("before-restore-*"))


def test_a_backup_with_the_keyring_of_another_branch_replaces_nothing(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    other, _card = branches.found_branch(tmp_path / "other", Founding("中共另一支部"), "刘", PASSWORD)
    swapped = tmp_path / "swapped.bdbak"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(swapped, "w") as new:
        for name in (MANIFEST, DATABASE):
            new.writestr(name, old.read(name))
        new.writestr(KEYRING, other.keyring().written())
    before = facts(filled)
    filled.close()
    with refused("损坏"):
        backups.bring_back(swapped, filled.path, other.person.uid, PASSWORD)
    assert facts(unlocked(filled.path)) == before


def test_a_backup_cut_off_anywhere_is_damaged_and_replaces_nothing(filled: Branch, path: Path) -> None:
    content, person = path.read_bytes(), filled.person.uid
    before = facts(filled)
    filled.close()
    for share in (0.0, 0.001, 0.3, 0.9, 0.999):
        path.write_bytes(content[: int(len(content) * share)])
        with refused("不是完好的备份文件"):
            backups.bring_back(path, filled.path, person, PASSWORD)
        with refused("不是完好的备份文件"):
            backups.look_into(path)
    assert facts(unlocked(filled.path)) == before


def test_flipped_bits_anywhere_end_in_a_sentence_or_change_nothing(
    filled: Branch, path: Path, tmp_path: Path
) -> None:
    content, person, chance = path.read_bytes(), filled.person.uid, random.Random(5)
    before = facts(filled)
    # Mostly where the ZIP and the manifest say what lies where; a few in the database.
    places = [chance.randrange(3000) for _flip in range(150)]
    places += [len(content) - 1 - chance.randrange(300) for _flip in range(150)]
    places += [chance.randrange(len(content)) for _flip in range(20)]
    refusals = 0
    for number, place in enumerate(places):
        damaged = bytearray(content)
        damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        target = tmp_path / f"back-{number}"
        try:
            restored = backups.bring_back(path, target, person, PASSWORD).branch
        except Problem:
            refusals += 1
            assert not (target / "branch.db").exists()
            continue
        assert facts(restored) == before
        restored.close()
    assert refusals > 200


def test_hostile_names_in_a_backup_never_reach_outside_the_folder(filled: Branch, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    create_schema(copy, filled.key)
    evil = "../../../evil"
    path = packed(
        copy, filled.keyring().written(), filled.key, tmp_path / "evil.bdbak", blobs=[evil], whole=False
    )
    (tmp_path / "evil.age").write_bytes(b"evil")
    with refused("不是完好的备份文件"):
        back(path, tmp_path / "a" / "b" / "back", person=filled.person.uid)
    assert not list((tmp_path).rglob("a"))


@pytest.mark.parametrize("kilobytes", [200, 330])
def test_a_disk_that_fills_up_while_restoring_is_named_and_gets_no_half_file(
    filled: Branch, path: Path, tmp_path: Path, kilobytes: int
) -> None:
    attachments.add_attachment(filled, with_photo(filled), path, "放不下")
    path = backups.make_backup(filled, path.parent, "有附件").path
    with small_disk(tmp_path / "small", kilobytes) as disk:
        with refused("磁盘满了", str(disk), "换一个位置"):
            back(path, disk / "back")
        assert not list((disk / "back").rglob("*.part"))
        assert not (disk / "back" / "branch.db").exists()
