"""Connections: writes only through a change, honest transactions, and the disk's refusals in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from branchdesk.services import history, members
from branchdesk.storage import engine
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import LOOK
from branchdesk.storage.keyring import Person, Role
from branchdesk.storage.tables import member, organisation, organisation_version
from support.branches import add, add_one, edit, founded, sample_people, unlocked, value
from support.children import in_child, needs_posix
from support.contents import assert_sound, facts
from support.disks import fill, small_disk
from support.problems import refused


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    with small_disk(tmp_path / "small", 2048) as place:
        yield place


def _write_until_full(branch: Branch) -> None:
    for turn in range(500):
        add(branch, sample_people(20, turn))


def test_a_full_disk_takes_the_change_back_says_so_and_work_goes_on_once_there_is_room(
    disk: Path, open_branches: list[Branch]
) -> None:
    branch = founded(disk)
    uid = add_one(branch, "李明")
    filler = fill(disk)
    with refused("磁盘满了", "没有保存", "清出一些磁盘空间"):
        _write_until_full(branch)
    before = facts(branch)
    with refused("磁盘满了"):
        _write_until_full(branch)
    assert facts(branch) == before, "reading still works, and nothing is there by halves"
    filler.unlink()
    edit(branch, uid, name="李明朗")
    assert value(branch, uid, "name") == "李明朗"
    assert_sound(branch)
    open_branches.remove(branch)
    branch.close()


def test_a_branch_on_a_full_disk_can_still_be_opened_on_the_same_day(
    disk: Path, open_branches: list[Branch]
) -> None:
    branch = founded(disk)
    add_one(branch, "李明")
    branch.close()
    room = disk / "room"
    room.write_bytes(b"\0" * 65_536)  # what SQLite itself needs for its shared memory
    fill(disk)
    room.unlink()
    again = unlocked(branch.path)
    assert [row["name"] for row in facts(again)["member"].values()] == ["李明"]
    again.close()
    open_branches.clear()


def _write_with_little_room(_pipe: Connection, folder: Path) -> int:
    import resource  # noqa: PLC0415 - there only where the limit is

    branch = unlocked(folder)
    kept = len(facts(branch)["member"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
    with refused("没有完成", "以前保存的内容都在", "磁盘满了没有"):
        _write_until_full(branch)
    return kept


@needs_posix
def test_a_file_that_may_not_grow_takes_the_change_back_and_loses_nothing(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    add(branch, sample_people(3))
    branch.close()
    assert in_child(_write_with_little_room, branch.path) == 3
    after = unlocked(branch.path)
    assert len(facts(after)["member"]) >= 3
    assert_sound(after)


def test_a_medium_that_became_read_only_under_the_open_file_says_so_and_loses_nothing(
    branch: Branch,
) -> None:
    add_one(branch, "李明")
    before = facts(branch)
    with refused("不允许写入", "没有保存", "放开权限"), engine.writing(branch._engine) as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.execute(member.delete())
    assert facts(branch) == before


def test_a_file_that_another_operation_holds_says_so(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_WAIT_SECONDS", 0)
    other = engine.open_engine(branch.folder.database, branch.key)
    with (
        branch.change("一") as change,
        refused("正被另一项操作占用", "稍等片刻"),
        engine.writing(other),
    ):
        change.insert(member, {"name": "李明"})
    other.dispose()


def test_an_error_never_quotes_what_was_written(branch: Branch) -> None:
    person = {"uid": "a" * 32, "name": "李明", "id_number": "99999919491231002X"}
    with pytest.raises(IntegrityError) as caught, branch.change("两次") as change:
        change.insert_many(member, [person, person])
    assert "99999919491231002X" not in str(caught.value)
    assert "李明" not in str(caught.value)


def test_a_broken_constraint_is_a_bug_and_never_called_a_full_disk(branch: Branch) -> None:
    with branch.read() as connection:
        uid = connection.scalar(select(organisation.c.uid))
    values = {"organisation_uid": uid, "kind": "branch", "full_name": None}
    with pytest.raises(IntegrityError), branch.change("名称空着") as change:
        change.insert(organisation_version, values)


def test_a_write_outside_a_change_is_refused(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    before = facts(branch)
    writes = (
        member.update().where(member.c.uid == uid).values(name="旁人"),
        member.delete(),
        member.insert().values(uid="x"),
    )
    for write in writes:
        with branch.read() as connection, pytest.raises(RuntimeError, match="every write goes through"):
            connection.execute(write)
    assert facts(branch) == before


def test_sql_text_that_slips_past_the_guard_is_never_kept(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    with branch.read() as connection:
        connection.execute(text("UPDATE member SET name = '旁人'"))
    assert value(branch, uid, "name") == "李明"


def test_a_change_that_fails_in_the_middle_leaves_nothing(branch: Branch) -> None:
    before, entries = facts(branch), len(history.recent_changes(branch))
    with pytest.raises(IntegrityError), branch.change("一半") as change:
        change.insert_many(member, [{"uid": "a", "name": "李明"}, {"uid": "a", "name": "李明"}])
    assert facts(branch) == before
    assert len(history.recent_changes(branch)) == entries


def test_a_viewer_can_look_but_change_nothing(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    branch.person = Person("v", "赵看", Role.VIEWER)
    before = facts(branch)
    with refused("赵看", "查看者", "只能看", "由党务工作者打开"):
        edit(branch, uid, name="李明朗")
    with refused("查看者"):
        members.move_to_bin(branch, [uid], "")
    with refused("查看者"):
        branch.undo(2)
    assert facts(branch) == before
    assert value(branch, uid, "name") == "李明"


def test_what_only_looks_cannot_write_by_the_back_door(branch: Branch) -> None:
    before = facts(branch)
    with pytest.raises(RuntimeError, match="a look writes nothing"), branch.change("看", kind=LOOK) as change:
        change.insert(member, {"name": "李明"})
    assert facts(branch) == before


def test_a_question_sees_one_moment_while_others_write(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    with branch.read() as connection:
        query = select(member.c.name).where(member.c.uid == uid)
        before = connection.scalar(query)
        edit(branch, uid, name="李明朗")
        assert connection.scalar(query) == before
    assert value(branch, uid, "name") == "李明朗"


def test_the_file_is_written_through_to_the_disk_and_encrypted(branch: Branch) -> None:
    add_one(branch, "上官婉儿")
    with branch.raw() as raw:
        pragmas = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in _PRAGMAS}
    assert pragmas == _PRAGMAS
    branch.close()
    content = branch.folder.database.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "上官婉儿".encode() not in content
    assert b"member" not in content


_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2}


@pytest.mark.skipif(os.name == "nt", reason="the engine is the same everywhere; one system is enough")
def test_a_wrong_key_prints_nothing_to_the_terminal(
    branch: Branch, capfd: pytest.CaptureFixture[str]
) -> None:
    branch.close()
    with refused("损坏", "从备份恢复"), engine.translated_errors():
        engine.connect(branch.folder.database, bytes(32)).execute("SELECT * FROM member")
    assert capfd.readouterr() == ("", "")
