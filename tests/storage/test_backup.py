"""Backups: written whole, tried at once, numbered, thinned out, and refused where they cannot be kept."""

from __future__ import annotations

import errno
import json
import tempfile
import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.services import attachments, backups, branches, organisations
from branchdesk.services.branches import Founding
from branchdesk.storage.backup import backups_in, examine, mark_of, thin_out
from branchdesk.storage.backup_file import BLOBS, DATABASE, KEYRING, MANIFEST, Manifest, read_manifest
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect
from branchdesk.storage.journal import chain_head
from branchdesk.storage.migrations import HEAD
from branchdesk.storage.schema import copy_database
from support.branches import (
    PASSWORD,
    SettableClock,
    add,
    clerk_of,
    founded,
    record,
    sample_people,
)
from support.children import as_nobody, in_child, needs_posix
from support.disks import small_disk
from support.problems import refused

PHOTO = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "place"


@pytest.fixture
def filled(branch: Branch) -> Branch:
    """A branch with members, an event and a photo."""
    uids = add(branch, sample_people(5))
    record(branch, uids[0], EventKind.DEPARTED, "2020.1.1")
    attachments.set_photo(branch, uids[1], "a.png", PHOTO + b"1")
    return branch


def made(branch: Branch, place: Path, reason: str = "测试") -> Path:
    """The path of a fresh backup."""
    return backups.make_backup(branch, place, reason).path


# ---- writing


def test_a_backup_holds_database_keyring_and_what_it_says_about_itself(
    filled: Branch, place: Path, the_clock: SettableClock
) -> None:
    path = made(filled, place)
    assert path.name == "河西村党支部_{}_000001.bdbak".format(
        the_clock.moment.astimezone().strftime("%Y%m%d-%H%M%S")
    )
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [MANIFEST, KEYRING, DATABASE]
        assert archive.testzip() is None
        assert archive.read(KEYRING) == filled.folder.keyring.read_bytes()
    manifest = read_manifest(path)
    with filled.read() as connection:
        assert (manifest.changes, manifest.chain_head) == chain_head(connection)
    assert (manifest.title, manifest.reason, manifest.schema, manifest.number) == (
        "河西村党支部",
        "测试",
        HEAD,
        1,
    )
    assert (manifest.members, manifest.counts["attachment"]) == (5, 1)
    assert manifest.made_at() == the_clock.moment
    assert manifest.branch == filled.keyring().branch
    leftovers = {file.name for file in place.iterdir()} - {path.name, "attachments"}
    assert not leftovers


def test_the_database_in_a_backup_is_encrypted_under_the_same_key_and_whole(
    filled: Branch, place: Path, tmp_path: Path
) -> None:
    path = made(filled, place)
    with zipfile.ZipFile(path) as archive:
        (tmp_path / "copy.db").write_bytes(archive.read(DATABASE))
    assert not (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")
    found = examine(tmp_path / "copy.db", filled.key)
    assert (found.schema, found.counts["member"]) == (HEAD, 5)


def test_automatic_backups_keep_each_attachment_once_beside_them(filled: Branch, place: Path) -> None:
    made(filled, place)
    kept = [path for path in (place / BLOBS).rglob("*") if path.is_file()]
    assert len(kept) == 1
    written = kept[0].stat().st_mtime_ns
    made(filled, place)
    assert kept[0].stat().st_mtime_ns == written
    assert kept[0].read_bytes() == next(filled.folder.attachments.rglob("*.age")).read_bytes()


def test_a_backup_to_be_carried_away_holds_the_attachments_itself(filled: Branch, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "整份.bdbak"
    backups.carry_away(filled, target)
    manifest = read_manifest(target)
    assert manifest.whole
    assert len(manifest.blobs) == 1
    with zipfile.ZipFile(target) as archive:
        assert f"{BLOBS}{manifest.blobs[0]}.age" in archive.namelist()
    assert [path.name for path in target.parent.iterdir()] == ["整份.bdbak"]


def test_a_missing_attachment_does_not_keep_the_rest_from_being_backed_up(
    filled: Branch, place: Path, tmp_path: Path
) -> None:
    next(filled.folder.attachments.rglob("*.age")).unlink()
    assert read_manifest(made(filled, place)).members == 5
    assert backups.carry_away(filled, tmp_path / "whole.bdbak").manifest.members == 5


def test_progress_is_told_and_a_cancelled_backup_leaves_nothing(filled: Branch, place: Path) -> None:
    told: dict[str, float] = {}
    backups.make_backup(
        filled, place, "一", progress=Progress(lambda share, words: told.update({words: share}))
    )
    assert list(told) == ["正在复制数据库…", "正在核对副本…", "正在写入备份…", "正在复制附件…"]
    assert list(told.values()) == sorted(told.values())
    before = sorted(place.iterdir())
    for words in list(told)[:-1]:
        with pytest.raises(Cancelled):
            backups.make_backup(filled, place, "二", progress=_cancelled_after(words))
        assert sorted(place.iterdir()) == before
    assert backups.backup_status(filled).changed_since is False


def _cancelled_after(words: str) -> Progress:
    """A progress that is cancelled once it has said these words."""
    progress = Progress(lambda _share, said: progress.cancel() if said == words else None)
    return progress


def test_a_change_while_a_backup_is_written_is_in_it_or_not_but_never_by_halves(
    filled: Branch, place: Path
) -> None:
    def write(_share: float, _words: str) -> None:
        add(filled, sample_people(1))

    written = backups.make_backup(filled, place, "一", progress=Progress(write))
    assert read_manifest(written.path).members >= 5


# ---- where backups cannot go


def test_a_backup_never_goes_into_the_branch_s_own_folder(filled: Branch) -> None:
    for place in (filled.path, filled.path / "attachments" / "deep"):
        with refused("不能放在支部文件自己的文件夹里", "另一个磁盘"):
            backups.make_backup(filled, place, "x")
    with refused("不能放在支部文件自己的文件夹里"):
        backups.carry_away(filled, filled.path / "x.bdbak")


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A stick with less room than a backup needs."""
    with small_disk(tmp_path / "stick", 400) as stick:
        yield stick


def test_a_full_stick_is_named_keeps_older_backups_and_gets_no_half_file(
    filled: Branch, small_stick: Path
) -> None:
    older = small_stick / "older.bdbak"
    older.write_bytes(b"an older backup")
    for room in (100, 350):
        filler = small_stick / "filler"
        filler.write_bytes(bytes((390 - room) * 1024))
        with refused("磁盘满了", str(small_stick), "换一个位置"):
            backups.make_backup(filled, small_stick, "x")
        filler.unlink()
        assert {path.name for path in small_stick.iterdir()} <= {"older.bdbak", "attachments"}
        assert not list(small_stick.rglob("*.part"))
    assert older.read_bytes() == b"an older backup"
    assert backups.backup_status(filled).made is None


def _backup_as_nobody(_pipe: Connection, branch_path: Path, person: str, place: Path) -> None:
    branch = branches.unlock(branch_path, person, PASSWORD)
    as_nobody()
    backups.make_backup(branch, place, "x")


@needs_posix
def test_a_read_only_stick_is_named() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        branch = founded(Path(folder))
        place = Path(folder) / "stick"
        place.mkdir()
        place.chmod(0o555)
        person = clerk_of(branch.path).uid
        branch.close()
        with refused("不允许写入", str(place), "换一个文件夹"):
            in_child(_backup_as_nobody, branch.path, person, place)
        assert not list(place.iterdir())


def test_a_stick_that_was_pulled_out_is_named(filled: Branch, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("a file where the stick was", encoding="utf-8")
    with refused("stick", "没有写成"):
        backups.make_backup(filled, tmp_path / "stick", "x")


def test_a_damaged_branch_file_is_not_backed_up_over_good_ones(filled: Branch, place: Path) -> None:
    good = made(filled, place)
    filled.close()
    content = bytearray(filled.folder.database.read_bytes())
    for offset in range(8192 + 100, len(content), 4096):
        content[offset] ^= 0xFF
    filled.folder.database.write_bytes(content)
    connection = connect(filled.folder.database, filled.key)
    with refused("损坏"):
        copy_database(connection, place / "copy.db", filled.key)
    connection.close()
    assert read_manifest(good).members == 5


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_copy_with_a_damaged_page_does_not_pass_its_examination(
    filled: Branch, tmp_path: Path, share: float
) -> None:
    with filled.raw() as raw:
        copy_database(raw, tmp_path / "copy.db", filled.key)
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[int(len(content) * share)] ^= 1
    (tmp_path / "copy.db").write_bytes(content)
    with refused("核对没有通过", "原来的备份都在"):
        examine(tmp_path / "copy.db", filled.key)


def test_a_stick_that_keeps_something_else_than_it_was_given_is_noticed(
    filled: Branch, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = made(filled, place)
    replace = Path.replace

    def lying(part: Path, target: Path) -> Path:
        if target.suffix == ".bdbak":
            content = bytearray(part.read_bytes())
            content[len(content) // 2] ^= 1
            part.write_bytes(content)
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", lying)
    with refused("备份写好后核对没有通过", "再备份一次"):
        made(filled, place)
    assert backups_in(place) == [good]


# ---- reading


def test_a_stick_that_keeps_another_keyring_than_it_was_given_is_noticed(
    filled: Branch, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def lying(part: Path, target: Path) -> Path:
        if target.suffix == ".bdbak":
            content = bytearray(part.read_bytes())
            content[content.index(b'"wrapped"') + 15] ^= 1
            part.write_bytes(content)
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", lying)
    with refused("备份写好后核对没有通过"):
        made(filled, place)
    assert backups_in(place) == []


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"not a zip at all" * 99, b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0"]
)
def test_a_file_that_is_no_backup_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "照片.bdbak"
    path.write_bytes(content)
    with refused("“照片.bdbak”不是完好的备份文件", "没有拷贝完整"):
        read_manifest(path)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with refused("“没有.bdbak”打不开", "U 盘"):
        read_manifest(tmp_path / "没有.bdbak")


def rewritten(path: Path, target: Path, **entries: bytes | None) -> Path:
    """A backup in which entries were exchanged or left out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = entries.get(name.replace(".", "_"), old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def manifest_with(path: Path, **parts: object) -> bytes:
    """The manifest of a backup with other values."""
    with zipfile.ZipFile(path) as archive:
        return json.dumps({**json.loads(archive.read(MANIFEST)), **parts}).encode()


def test_a_backup_of_a_newer_program_is_named_before_anything_is_touched(
    filled: Branch, place: Path, tmp_path: Path
) -> None:
    path = made(filled, place)
    newer = rewritten(path, tmp_path / "new.bdbak", manifest_json=manifest_with(path, format=2))
    with refused("“new.bdbak”是用更新版本的程序做的备份", "先升级"):
        read_manifest(newer)


@pytest.mark.parametrize(
    "parts",
    [
        {"made": "yesterday"},
        {"made": 5},
        {"blobs": 5},
        {"blobs": ["../../evil"]},
        {"size": "large"},
        {"size": -1},
        {"number": None},
        {"format": "1"},
        {"counts": []},
        {"changes": "x"},
        {"sha256": 7},
        {"unknown": 1},
        {"whole": "yes"},
    ],
)
def test_a_manifest_that_no_program_of_ours_writes_is_a_damaged_backup(
    filled: Branch, place: Path, tmp_path: Path, parts: dict[str, object]
) -> None:
    path = made(filled, place)
    odd = rewritten(path, tmp_path / "odd.bdbak", manifest_json=manifest_with(path, **parts))
    with refused("“odd.bdbak”不是完好的备份文件"):
        read_manifest(odd)


@pytest.mark.parametrize("missing", ["manifest_json", "keyring_json", "branch_db"])
def test_a_backup_without_one_of_its_parts_is_damaged(
    filled: Branch, place: Path, tmp_path: Path, missing: str
) -> None:
    incomplete = rewritten(made(filled, place), tmp_path / "part.bdbak", **{missing: None})
    with refused("不是完好的备份文件"):
        read_manifest(incomplete)


def test_a_backup_in_which_a_part_stands_twice_is_damaged(filled: Branch, place: Path) -> None:
    path = made(filled, place)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(DATABASE, b"another database")
    with refused("不是完好的备份文件"):
        read_manifest(path)


# ---- rotation


def test_backups_are_listed_by_their_number_whatever_the_clock_said(
    filled: Branch, place: Path, the_clock: SettableClock
) -> None:
    for days in (0, 5, -400, 2):
        the_clock.move(days=days)
        made(filled, place)
    (place / "别人的.bdbak").write_bytes(b"x")
    (place / "x_20269999-999999_000009.bdbak").write_bytes(b"x")
    (place / "notes.txt").write_bytes(b"x")
    numbers = [mark.number if (mark := mark_of(path)) else None for path in backups_in(place)]
    assert numbers == [4, 3, 2, 1, None, None]
    told = [manifest for _path, manifest in backups.list_backups(place)]
    assert [isinstance(manifest, Manifest) for manifest in told] == [True] * 4 + [False] * 2
    assert backups_in(place / "nowhere") == []


def test_old_backups_are_thinned_out_and_pinned_ones_stay_for_ever(
    filled: Branch, place: Path, the_clock: SettableClock
) -> None:
    pinned = backups.make_backup(filled, place, "年底", keep=True).path
    first = made(filled, place)
    same_day = made(filled, place)
    the_clock.move(days=3)
    made(filled, place)
    assert not first.exists(), "of one day only the newest stays"
    assert same_day.exists()
    for _month in range(30):
        the_clock.move(days=31)
        made(filled, place)
    assert pinned.exists()
    assert not same_day.exists()
    assert len(backups_in(place)) == 25, "two years of months and the pinned one"


def test_a_branch_that_shares_a_stick_never_thins_out_the_backups_of_another(
    filled: Branch, place: Path, tmp_path: Path, the_clock: SettableClock
) -> None:
    other, _card = branches.found_branch(tmp_path / "other", Founding("中共另一支部"), "刘", PASSWORD)
    theirs = [made(other, place) for _copy in range(3)]
    the_clock.move(days=400)
    ours = [made(filled, place) for _copy in range(3)]
    the_clock.move(days=400)
    made(filled, place)
    assert [path.exists() for path in theirs] == [True, True, True]
    assert [path.exists() for path in ours] == [False, False, True]
    made(other, place)
    assert [path.exists() for path in theirs] == [False, False, True]
    assert ours[-1].exists()


def test_a_damaged_backup_stands_for_no_day_and_is_left_alone(
    filled: Branch, place: Path, the_clock: SettableClock
) -> None:
    good = made(filled, place)
    damaged = made(filled, place)
    damaged.write_bytes(damaged.read_bytes()[:1000])
    the_clock.move(days=5)
    made(filled, place)
    assert good.exists()
    assert damaged.exists()


def test_after_a_restore_numbers_go_on_behind_those_that_lie_there(
    filled: Branch, place: Path, tmp_path: Path, the_clock: SettableClock
) -> None:
    oldest = made(filled, place)
    for _copy in range(4):
        the_clock.move(hours=1)
        made(filled, place)
    restored = backups.bring_back(oldest, tmp_path / "back", clerk_of(filled.path).uid, PASSWORD).branch
    the_clock.move(days=10)
    newest = made(restored, place)
    mark = mark_of(newest)
    assert mark is not None
    assert mark.number == 6
    assert backups_in(place)[0] == newest
    for _day in range(5):
        the_clock.move(days=1)
        made(restored, place)
    assert newest.exists(), "the days after the restore must not lose against the days before it"


def test_an_old_backup_that_cannot_be_removed_does_not_keep_the_new_one_from_being_made(
    filled: Branch, place: Path, the_clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [made(filled, place) for _copy in range(3)]
    the_clock.move(days=5)
    unlink = Path.unlink

    def refuse(path: Path, **named: bool) -> None:
        if path == old[0]:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        unlink(path, **named)

    monkeypatch.setattr(Path, "unlink", refuse)
    new = made(filled, place)
    assert backups_in(place) == [new, old[2], old[0]]


def test_thinning_out_an_empty_place_removes_nothing(place: Path) -> None:
    assert thin_out(place, "x") == []


def test_the_name_of_a_backup_is_safe_and_short(place: Path, tmp_path: Path) -> None:
    branch = founded(tmp_path / "named", groups=())
    organisations.set_profile(branch, organisations.root_of(branch), {"short_name": 'a/b:c*"<>|' + "长" * 50})
    name = made(branch, place).name
    assert name.startswith("abc" + "长" * 21 + "_")
    assert len(name.encode()) < 130
