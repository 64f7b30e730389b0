"""A restore that ends in the middle: the old branch lies there as before, or is named where it lies."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from branchdesk.services import backups
from branchdesk.storage import restore as restoring
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect
from branchdesk.storage.keyring import load_keyring
from support.branches import PASSWORD, add, add_one, sample_people, unlocked
from support.contents import facts
from support.problems import refused


@pytest.fixture
def filled(branch: Branch) -> Branch:
    """A branch with members."""
    add(branch, sample_people(5))
    return branch


@pytest.fixture
def path(filled: Branch, tmp_path: Path) -> Path:
    """A backup of it."""
    return backups.make_backup(filled, tmp_path / "place", "测试").path


class PowerCut(BaseException):
    """Stands for the moment when nothing more happens."""


@pytest.mark.parametrize("step", ["examine", "_bring_blobs", "set_aside", "save_keyring", "settle", "opened"])
def test_a_power_cut_at_any_step_of_restoring_loses_neither_the_old_file_nor_the_backup(
    filled: Branch, path: Path, step: str
) -> None:
    add_one(filled, "后来的人")
    old = facts(filled)
    person = filled.person.uid
    filled.close()

    def stopped(*_arguments: object) -> None:
        raise PowerCut

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring._Others if step == "set_aside" else restoring, step, stopped)
        patch.setattr(restoring._Others, "put_back", lambda _others: None)  # without power nobody does
        with pytest.raises(PowerCut):
            backups.bring_back(path, filled.path, person, PASSWORD)
    asides = list(filled.path.glob("before-restore-*"))
    if not asides:
        assert facts(unlocked(filled.path)) == old
        return
    _who, key = load_keyring(asides[0] / "keyring.json").open(person, PASSWORD)
    connection = connect(asides[0] / "branch.db", key)
    assert connection.execute("SELECT count(*) FROM member").fetchone() == (6,)
    connection.close()
    assert len(facts(backups.bring_back(path, filled.path, person, PASSWORD).branch)["member"]) == 5


@pytest.mark.parametrize("step", ["save_keyring", "settle", "opened"])
def test_a_restore_that_fails_late_leaves_the_old_branch_in_its_place(
    filled: Branch, path: Path, step: str
) -> None:
    add_one(filled, "后来的人")
    old, person = facts(filled), filled.person.uid
    filled.close()
    before = sorted(file.name for file in filled.path.iterdir())

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, step, refuse)
        with refused("磁盘满了"):
            backups.bring_back(path, filled.path, person, PASSWORD)
    assert sorted(file.name for file in filled.path.iterdir()) == before
    assert facts(unlocked(filled.path)) == old


def test_a_restore_that_cannot_move_all_old_files_moves_none(filled: Branch, path: Path) -> None:
    filled.save_keyring(filled.keyring())
    old, person = facts(filled), filled.person.uid
    filled.close()
    before = sorted(file.name for file in filled.path.iterdir())
    replace = Path.replace

    def refuse(file: Path, target: Path) -> Path:
        if file.name == "keyring.json.1" and "before-restore" in str(target):
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(file, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with refused("不允许写入"):
            backups.bring_back(path, filled.path, person, PASSWORD)
    assert sorted(file.name for file in filled.path.iterdir()) == before
    assert facts(unlocked(filled.path)) == old


def test_a_disk_that_even_refuses_to_put_the_old_files_back_says_where_they_lie(
    filled: Branch, path: Path
) -> None:
    person = filled.person.uid
    filled.close()
    replace = Path.replace

    def gone(file: Path, target: Path) -> Path:
        if "before-restore" not in str(target):
            raise OSError(errno.EIO, "Input/output error")
        return replace(file, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", gone)
        with refused("恢复没有完成", "before-restore-", f"移回“{filled.path}”"):
            backups.bring_back(path, filled.path, person, PASSWORD)
    (aside,) = filled.path.glob("before-restore-*")
    assert {file.name for file in aside.iterdir()} == {"branch.db", "keyring.json"}
