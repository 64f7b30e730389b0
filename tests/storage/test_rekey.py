"""Taking somebody's access away: a new key, and a power cut at every step of putting it in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from branchdesk.errors import Problem
from branchdesk.services import branches, history
from branchdesk.storage import branch as branch_module
from branchdesk.storage import rekey as rekeying
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect, translated_errors
from branchdesk.storage.keyring import Person, Role
from support.branches import PASSWORD, add_one, edit, unlocked, value
from support.contents import assert_sound, facts
from support.problems import refused

OTHER_PASSWORD = "other-2026-pw"


class PowerCut(BaseException):
    """Stands for the moment when nothing more happens."""


@dataclass
class Shared:
    """A branch that two people can open."""

    branch: Branch
    other: Person
    member: str


@pytest.fixture
def shared(branch: Branch) -> Shared:
    member = add_one(branch, "李明")
    other = branches.add_person(branch, "刘芳", Role.CLERK, OTHER_PASSWORD, OTHER_PASSWORD)
    return Shared(branch, other, member)


def test_whoever_was_removed_can_no_longer_open_the_file(shared: Shared) -> None:
    branch, old_key = shared.branch, shared.branch.key
    card = branches.remove_person(branch, shared.other, PASSWORD)
    assert branch.key != old_key
    assert [person.name for person in branch.keyring().people()] == ["王敏"]
    assert branch.keyring().open_with_card(card) == branch.key
    assert any(entry.label == "移除使用人 刘芳" for entry in history.recent_changes(branch))
    edit(branch, shared.member, name="李明朗")
    assert_sound(branch)
    branch.close()
    with refused("没有这位使用人"):
        branches.unlock(branch.path, shared.other.uid, OTHER_PASSWORD)
    assert {path.name for path in branch.path.iterdir()} == {
        "branch.db",
        "keyring.json",
        "branch.lock",
        "attempts.json",
    }
    with refused("损坏"), translated_errors():
        connect(branch.folder.database, old_key).execute("SELECT * FROM member")
    assert value(unlocked(branch.path), shared.member, "name") == "李明朗"


def test_the_file_stays_locked_for_others_while_its_key_is_changed(shared: Shared) -> None:
    branches.remove_person(shared.branch, shared.other, PASSWORD)
    with refused("已经打开"):
        unlocked(shared.branch.path)


def test_the_key_is_not_changed_while_another_thread_still_reads(shared: Shared) -> None:
    before, key = facts(shared.branch), shared.branch.key
    with (
        shared.branch.read() as connection,
        refused("正被另一项操作占用", "稍等片刻"),
    ):
        connection.exec_driver_sql("SELECT count(*) FROM member")
        branches.remove_person(shared.branch, shared.other, PASSWORD)
    assert shared.branch.key == key
    assert facts(shared.branch) == before
    shared.branch.close()
    again = branches.unlock(shared.branch.path, shared.other.uid, OTHER_PASSWORD)
    assert facts(again) == before


def test_nobody_removes_themselves_or_somebody_else_without_the_password(shared: Shared) -> None:
    with refused("不能移除正在使用的人", "由另一位使用人"):
        branches.remove_person(shared.branch, shared.branch.person, PASSWORD)
    with refused("口令不对"):
        branches.remove_person(shared.branch, shared.other, "wrong-password")
    shared.branch.person = Person("v", "赵看", Role.VIEWER)
    with refused("查看者"):
        branches.remove_person(shared.branch, shared.other, PASSWORD)
    assert len(shared.branch.keyring().people()) == 2


def _stop_before(owner: Any, name: str, monkeypatch: pytest.MonkeyPatch, when: int = 1) -> None:
    """Cut the power instead of the `when`-th call of a step."""
    step: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def stopped(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == when:
            raise PowerCut
        return step(*arguments, **named)

    monkeypatch.setattr(owner, name, stopped)


# Each step with the moment before which the power is cut.
STEPS = [
    ("copy_database", 1),
    ("examine", 1),
    ("save_keyring", 1),
    ("settle", 1),
    ("save_keyring", 2),
    ("drop_generations", 1),
    ("unlink", 1),
]


def _cut(shared: Shared, name: str, when: int = 1) -> None:
    """Remove the other person, and cut the power before the `when`-th call of a step."""
    with pytest.MonkeyPatch.context() as patch:
        if name == "unlink":
            _stop_unlinking("keyring-next.json", patch)
        else:
            _stop_before(branch_module if name == "settle" else rekeying, name, patch, when)
        with pytest.raises(PowerCut):
            branches.remove_person(shared.branch, shared.other, PASSWORD)
    shared.branch.close()


def _stop_unlinking(file: str, patch: pytest.MonkeyPatch) -> None:
    unlink: Callable[..., None] = Path.unlink

    def stopped(path: Path, **named: bool) -> None:
        if path.name == file:
            raise PowerCut
        unlink(path, **named)

    patch.setattr(Path, "unlink", stopped)


@pytest.mark.parametrize(("name", "when"), STEPS)
def test_a_power_cut_at_any_step_leaves_a_file_that_opens_with_everything_in_it(
    shared: Shared, name: str, when: int
) -> None:
    before = facts(shared.branch)
    _cut(shared, name, when)
    again = unlocked(shared.branch.path)
    assert facts(again) == before
    assert not again.folder.next_keyring.exists()
    assert_sound(again)
    again.close()
    assert facts(unlocked(again.path)) == before


@pytest.mark.parametrize(("name", "when"), STEPS)
def test_after_a_power_cut_the_other_person_opens_the_file_or_is_told_of_having_lost_access(
    shared: Shared, name: str, when: int
) -> None:
    _cut(shared, name, when)
    opened = None
    with suppress(Problem):
        opened = branches.unlock(shared.branch.path, shared.other.uid, OTHER_PASSWORD)
    in_place = (name, when) in STEPS[4:]
    assert (opened is None) == in_place, "access ends with the moment when the new file is in place"
    if opened is not None:
        assert value(opened, shared.member, "name") == "李明"
        opened.close()
    assert value(unlocked(shared.branch.path), shared.member, "name") == "李明"


def test_a_wrong_password_after_a_power_cut_is_still_a_wrong_password(shared: Shared) -> None:
    _cut(shared, "settle")
    with refused("口令不对"):
        unlocked(shared.branch.path, "wrong-password")


def test_after_a_power_cut_no_card_is_believed_to_open_the_file_that_nobody_holds(shared: Shared) -> None:
    _cut(shared, "drop_generations")
    assert not unlocked(shared.branch.path).keyring().has_recovery


def test_a_damaged_file_is_not_put_under_a_new_key(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_arguments: object) -> None:
        raise Problem("备份核对没有通过，里面有损坏的地方。", "x")

    monkeypatch.setattr(rekeying, "examine", damaged)
    key = shared.branch.key
    with refused("没有通过"):
        branches.remove_person(shared.branch, shared.other, PASSWORD)
    assert value(shared.branch, shared.member, "name") == "李明"
    shared.branch.close()
    assert unlocked(shared.branch.path).key == key
