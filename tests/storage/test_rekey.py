"""Taking somebody's access away: a new key, and a power cut at every step of putting it in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from branchdesk.errors import Problem
from branchdesk.services import backups, branches, history
from branchdesk.storage import backup, keyring, opening, schema, turns
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


# ---- a change of key that was interrupted


def test_a_disk_that_refuses_one_read_is_not_taken_for_a_key_that_does_not_fit(shared: Shared) -> None:
    """The keyring that alone fits must never be removed for that, nor the password be called wrong."""
    before = facts(shared.branch)
    _cut(shared, "save_keyring", 2)
    folder = shared.branch.folder
    asked = count()

    def refuse_once(connection: Any) -> str:
        if not next(asked):
            raise dbapi2.OperationalError("disk I/O error")
        return schema.schema_of(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "schema_of", refuse_once)
        with refused("磁盘读写出错"):
            unlocked(folder.path)
    assert folder.next_keyring.exists()
    assert not folder.attempts.exists()
    assert facts(unlocked(folder.path)) == before


def test_no_keyring_is_removed_while_neither_fits(shared: Shared) -> None:
    _cut(shared, "save_keyring", 2)
    folder = shared.branch.folder
    good = folder.database.read_bytes()
    folder.database.write_bytes(bytes(4096) + good[4096:])
    for _attempt in range(2):
        with refused("损坏"):
            unlocked(folder.path)
    assert not folder.attempts.exists()
    folder.database.write_bytes(good)
    assert value(unlocked(folder.path), shared.member, "name") == "李明"


@pytest.mark.parametrize("content", [b"", bytes(100), b"{", b"[]"])
def test_a_keyring_that_was_cut_off_falls_back_to_the_one_that_fits(shared: Shared, content: bytes) -> None:
    before = facts(shared.branch)
    shared.branch.close()
    folder = shared.branch.folder
    folder.next_keyring.write_bytes(content)
    with refused("口令不对"):
        unlocked(folder.path, "wrong-password")
    again = unlocked(folder.path)
    assert facts(again) == before
    assert not folder.next_keyring.exists()
    assert history.recent_changes(again)[0].label == "此前有 1 次口令输错"


def test_a_damaged_keyring_that_alone_would_fit_is_named_and_counts_as_no_wrong_password(
    shared: Shared,
) -> None:
    _cut(shared, "save_keyring", 2)
    folder = shared.branch.folder
    good = folder.next_keyring.read_bytes()
    folder.next_keyring.write_bytes(bytes(100))
    for _attempt in range(4):
        with refused("钥匙文件损坏"):
            unlocked(folder.path)
    assert not folder.attempts.exists()
    folder.next_keyring.write_bytes(good)
    assert value(unlocked(folder.path), shared.member, "name") == "李明"


def test_after_an_interrupted_change_nothing_of_it_stays(shared: Shared) -> None:
    for _interruption in range(2):
        _cut(shared, "settle")
        shared.branch = unlocked(shared.branch.path)
    assert not list(shared.branch.path.glob("keyring-next*"))


# ---- others who work meanwhile


def during(owner: Any, step: str, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `work` done just before a step."""
    real: Callable[..., Any] = getattr(owner, step)

    def first_the_work(*arguments: Any) -> Any:
        work()
        return real(*arguments)

    monkeypatch.setattr(owner, step, first_the_work)


def test_a_second_program_that_starts_meanwhile_leaves_the_keyrings_alone(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared.branch.path

    def start_another() -> None:
        with refused("已经打开"):
            unlocked(path)
        assert shared.branch.folder.next_keyring.exists()

    during(branch_module, "settle", start_another, monkeypatch)
    branches.remove_person(shared.branch, shared.other, PASSWORD)
    shared.branch.close()
    assert not shared.branch.folder.attempts.exists()
    assert value(unlocked(path), shared.member, "name") == "李明"


def test_what_another_thread_writes_meanwhile_waits_for_the_new_file(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    worker = Thread(target=lambda: written.append(add_one(shared.branch, "王五")))
    during(rekeying, "examine", worker.start, monkeypatch)
    branches.remove_person(shared.branch, shared.other, PASSWORD)
    worker.join()
    assert value(shared.branch, written[0], "name") == "王五"
    assert_sound(shared.branch)
    shared.branch.close()
    assert value(unlocked(shared.branch.path), written[0], "name") == "王五"


def test_who_reads_while_the_file_is_exchanged_reads_the_new_one_and_harms_nothing(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    reading, edited = Event(), Event()

    def read_long() -> None:
        with shared.branch.read() as connection:
            read.append(connection.exec_driver_sql("SELECT name FROM member").scalar())
            reading.set()
            edited.wait()

    reader = Thread(target=read_long)

    def start_reading() -> None:
        reader.start()
        # Whoever were let in to the old file now would later take the log of the new one away.
        assert not reading.wait(0.2)

    during(branch_module, "settle", start_reading, monkeypatch)
    try:
        branches.remove_person(shared.branch, shared.other, PASSWORD)
        edit(shared.branch, shared.member, note="后来")
    finally:
        edited.set()
        reader.join()
    assert read == ["李明"]
    shared.branch.close()
    assert value(unlocked(shared.branch.path), shared.member, "note") == "后来"


def test_a_thread_that_goes_on_writing_puts_the_change_of_key_off(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0)
    began, ended = Event(), Event()

    def write_long() -> None:
        with shared.branch.change("很长"):
            began.set()
            ended.wait()

    worker = Thread(target=write_long)
    worker.start()
    began.wait()
    try:
        with refused("正被另一项操作占用", "稍等片刻"):
            branches.remove_person(shared.branch, shared.other, PASSWORD)
    finally:
        ended.set()
        worker.join()
    assert len(shared.branch.keyring().people()) == 2
    branches.remove_person(shared.branch, shared.other, PASSWORD)
    assert len(shared.branch.keyring().people()) == 1


def test_a_removal_that_was_refused_is_not_in_the_history_and_leaves_nothing_beside(
    shared: Shared,
) -> None:
    before = {path.name for path in shared.branch.path.iterdir()}
    with shared.branch.read() as connection, refused("正被另一项操作占用"):
        connection.exec_driver_sql("SELECT count(*) FROM member")
        branches.remove_person(shared.branch, shared.other, PASSWORD)
    assert {path.name for path in shared.branch.path.iterdir()} - {"branch.db-shm"} == before - {
        "branch.db-shm"
    }
    assert history.recent_changes(shared.branch)[0].label == "增加使用人 刘芳"


def test_a_backup_during_which_the_key_was_changed_is_not_called_a_backup(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    with monkeypatch.context() as patch:
        during(
            backup,
            "examine",
            lambda: branches.remove_person(shared.branch, shared.other, PASSWORD),
            patch,
        )
        with refused("正被另一项操作占用", "稍等片刻"):
            backups.make_backup(shared.branch, place, "自动备份")
    assert not list(place.glob("*"))
    made = backups.make_backup(shared.branch, place, "自动备份").path
    back = backups.bring_back(made, tmp_path / "back", shared.branch.person.uid, PASSWORD).branch
    assert value(back, shared.member, "name") == "李明"


def test_a_backup_that_begins_during_a_change_of_key_holds_what_belongs_together(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    worker = Thread(
        target=lambda: made.append(backups.make_backup(shared.branch, tmp_path / "place", "自动备份").path)
    )
    save = keyring.save_keyring
    calls = count()

    def save_slowly(*arguments: Any) -> None:
        if next(calls):  # the new file is in place, and its keyring not yet
            worker.start()
            worker.join(0.2)
        save(*arguments)

    monkeypatch.setattr(rekeying, "save_keyring", save_slowly)
    branches.remove_person(shared.branch, shared.other, PASSWORD)
    worker.join()
    back = backups.bring_back(made[0], tmp_path / "back", shared.branch.person.uid, PASSWORD).branch
    assert value(back, shared.member, "name") == "李明"
