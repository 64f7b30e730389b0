"""Schemas: a new file, an older one brought up on a copy, a newer one refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2

from branchdesk.errors import Problem
from branchdesk.services import branches
from branchdesk.storage import opening, schema
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect, open_engine, writing
from branchdesk.storage.migrations import HEAD, KNOWN
from branchdesk.storage.schema import copy_database, create_schema, rows_by_table, schema_of, upgrade_copy
from support.branches import PASSWORD, add_one, clerk_of, unlocked
from support.contents import assert_sound, facts
from support.old_files import SCHEMAS, old_branch, told_now, told_then
from support.problems import refused

KEY = bytes(range(32))
OLDER = [known for known in KNOWN if known != HEAD]


def _set_schema(path: Path, key: bytes, number: str) -> None:
    connection = connect(path, key)
    connection.execute("UPDATE alembic_version SET version_num = ?", (number,))
    connection.close()


def test_every_older_schema_has_a_branch_file_of_its_time() -> None:
    assert set(OLDER) <= set(SCHEMAS), "run tests/data/make_branch_files.py before a schema is changed"


@pytest.mark.parametrize("number", SCHEMAS)
def test_a_branch_file_of_every_released_schema_opens_with_everything_in_it(
    tmp_path: Path, number: str
) -> None:
    folder = old_branch(number, tmp_path / "branch")
    branch = unlocked(folder)
    told = told_then(number)
    assert told_now(branch, list(told["roster_on"])) == told
    with branch.raw() as raw:
        assert schema_of(raw) == HEAD
    assert_sound(branch)
    add_one(branch, "李明")
    assert_sound(branch)


@pytest.mark.parametrize("number", [number for number in SCHEMAS if number != HEAD])
def test_the_old_file_stays_beside_the_new_one_and_can_be_read_as_before(tmp_path: Path, number: str) -> None:
    folder = old_branch(number, tmp_path / "branch")
    branch = unlocked(folder)
    kept = connect(folder / f"branch-before-{number}.db", branch.key)
    assert schema_of(kept) == number
    with branch.raw() as raw:
        before, after = rows_by_table(kept), rows_by_table(raw)
    kept.close()
    assert {name: after[name] for name in before} == before
    again = branch.path
    branch.close()
    assert_sound(unlocked(again))


@pytest.mark.parametrize("number", KNOWN)
def test_an_empty_file_of_every_known_schema_is_brought_up(tmp_path: Path, number: str) -> None:
    create_schema(tmp_path / "old.db", KEY, number)
    upgrade_copy(tmp_path / "old.db", tmp_path / "new.db", KEY)
    create_schema(tmp_path / "fresh.db", KEY)
    assert _shape(tmp_path / "new.db") == _shape(tmp_path / "fresh.db")


def _shape(path: Path) -> list[Any]:
    """Every table, index and trigger of a file as SQLite wrote it down."""
    connection = connect(path, KEY)
    found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    connection.close()
    return list(found)


class PowerCut(BaseException):
    """Stands for the moment when nothing more happens."""


@pytest.mark.parametrize("step", ["upgrade_copy", "_fold_journal", "copy_database", "settle"])
def test_a_power_cut_while_a_file_is_brought_up_leaves_a_file_that_opens(tmp_path: Path, step: str) -> None:
    folder = old_branch(OLDER[0], tmp_path / "branch")

    def stopped(*_arguments: object) -> None:
        raise PowerCut

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, step, stopped)
        with pytest.raises(PowerCut):
            unlocked(folder)
    told = told_then(OLDER[0])
    assert told_now(unlocked(folder), list(told["roster_on"])) == told


def _losing(damage: str) -> Callable[[Connection], None]:
    def migrate_and_lose(connection: Connection) -> None:
        _MIGRATE(connection)
        connection.execute(text(damage))

    return migrate_and_lose


@pytest.mark.parametrize(
    "damage", ["DELETE FROM member_event", "UPDATE member_event SET member_uid = 'nobody'"]
)
def test_an_upgrade_that_would_lose_anything_is_refused_and_the_old_file_stays_in_use(
    tmp_path: Path, damage: str
) -> None:
    folder = old_branch(OLDER[0], tmp_path / "branch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrate", _losing(damage))
        with refused("核对没有通过", "已保留原来的文件", "原来版本的程序"):
            unlocked(folder)
    assert not (folder / "branch.db.part").exists()
    told = told_then(OLDER[0])
    assert told_now(unlocked(folder), list(told["roster_on"])) == told


def _rebuilding(connection: Connection) -> None:
    """A migration that makes tables anew, as SQLite needs it for most changes of a column."""
    operations = Operations(MigrationContext.configure(connection))
    for table in ("member", "change", "change_row"):
        with operations.batch_alter_table(table, recreate="always"):
            pass
    _MIGRATE(connection)


_MIGRATE = schema.migrate


def test_a_migration_that_makes_tables_anew_keeps_what_points_to_them_and_guards_the_journal_again(
    tmp_path: Path,
) -> None:
    folder = old_branch(OLDER[0], tmp_path / "branch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrate", _rebuilding)
        branch = unlocked(folder)
    told = told_then(OLDER[0])
    assert told_now(branch, list(told["roster_on"])) == told
    assert_sound(branch)
    with branch.raw() as raw, pytest.raises(dbapi2.IntegrityError, match="the journal only grows"):
        raw.execute("DELETE FROM change_row")


def test_a_file_of_a_newer_program_is_refused_unchanged(branch: Branch) -> None:
    branch.close()
    _set_schema(branch.folder.database, branch.key, "9999")
    before = branch.folder.database.read_bytes()
    with refused("更新版本的程序", "9999", "先升级", "文件没有被改动"):
        unlocked(branch.path)
    assert branch.folder.database.read_bytes() == before


def test_an_empty_file_is_called_empty_and_not_newer(branch: Branch) -> None:
    branch.close()
    branch.folder.database.write_bytes(b"")
    with refused("支部文件是空的", "拷贝时中断", "从最近的备份恢复"):
        unlocked(branch.path)


@pytest.mark.parametrize("content", [b"just a text", b"SQLite format 3\0" + bytes(8176), b"\xff" * 4096])
def test_a_file_that_is_no_database_is_called_damaged(branch: Branch, content: bytes) -> None:
    branch.close()
    branch.folder.database.write_bytes(content)
    with refused("损坏", "从备份恢复"):
        unlocked(branch.path)
    assert branch.folder.database.read_bytes() == content


def test_a_file_cut_in_the_middle_is_called_damaged(branch: Branch) -> None:
    add_one(branch, "李明")
    branch.close()
    content = branch.folder.database.read_bytes()
    branch.folder.database.write_bytes(content[: len(content) // 2])
    with refused("损坏"):
        facts(unlocked(branch.path))


def test_damaged_pages_are_called_damaged_and_everything_else_is_still_there(branch: Branch) -> None:
    for number in range(30):
        add_one(branch, f"党员{number}", note="很长的备注" * 200)
    branch.close()
    content = bytearray(branch.folder.database.read_bytes())
    for place in range(len(content) // 3, len(content), 4096):
        content[place] ^= 0xFF
    branch.folder.database.write_bytes(content)
    with refused("损坏", "这一部分读不出来", "先不要继续录入"):
        facts(unlocked(branch.path))
    assert clerk_of(branch.path).name == "王敏"


def test_the_journal_of_a_migrated_file_still_refuses_to_be_rewritten(tmp_path: Path) -> None:
    for number in KNOWN:
        create_schema(tmp_path / f"{number}.db", KEY, number)
        connection = connect(tmp_path / f"{number}.db", KEY)
        names = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
        connection.close()
        assert names == {
            f"keep_{table}_{verb}" for table in ("change", "change_row") for verb in ("update", "delete")
        }


def test_a_copy_holds_what_was_there_when_it_began_and_alone(branch: Branch, tmp_path: Path) -> None:
    add_one(branch, "李明")
    target, other = tmp_path / "copy.db", bytes(32)
    target.write_bytes(b"an older file lies here")
    with branch.raw() as raw:
        copy_database(raw, target, other)
    copy = connect(target, other)
    assert copy.execute("SELECT name FROM member").fetchall() == [("李明",)]
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()
    assert not list(tmp_path.glob("copy.db-*"))


def test_copying_to_a_place_that_is_not_there_names_the_place(branch: Branch, tmp_path: Path) -> None:
    with branch.raw() as raw, refused(str(tmp_path / "gone"), "没有写成"):
        copy_database(raw, tmp_path / "gone" / "copy.db", branch.key)


def test_founding_again_after_a_power_cut_in_the_middle_starts_afresh(tmp_path: Path) -> None:
    (tmp_path / "branch").mkdir()
    for leftover in ("branch.db.part", "branch.db.part-wal", "branch.db.part-shm"):
        (tmp_path / "branch" / leftover).write_bytes(b"half of something" * 999)
    branch, _card = branches.found_branch(
        tmp_path / "branch", branches.Founding("中共测试支部"), "王敏", PASSWORD
    )
    assert_sound(branch)


def test_problems_of_opening_an_engine_under_a_wrong_key_are_problems(branch: Branch) -> None:
    branch.close()
    engine = open_engine(branch.folder.database, bytes(32))
    with pytest.raises(Problem, match="损坏"), writing(engine):
        pass
    engine.dispose()
