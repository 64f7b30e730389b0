"""Opening a branch file: the folder is locked first, then the keyring tried, then the schema brought up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage import attempts
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import LOOK
from branchdesk.storage.engine import connect, open_engine, translated_errors
from branchdesk.storage.folder import BranchFolder, FolderLock, check_place, locked, make_place
from branchdesk.storage.keyring import (
    RECOVERY,
    Keyring,
    NotOpened,
    Person,
    drop_generations,
    load_keyring,
    save_keyring,
)
from branchdesk.storage.migrations import HEAD
from branchdesk.storage.schema import copy_database, create_schema, refuse_newer, schema_of, upgrade_copy
from branchdesk.whole_files import settle


@contextmanager
def closed_on_failure(branch: Branch) -> Iterator[Branch]:
    """Close a branch that was just opened when what follows fails, so that it can be tried again."""
    try:
        yield branch
    except BaseException:
        branch.close()
        raise


def create_branch(path: Path, keyring: Keyring, key: bytes, person: Person) -> Branch:
    """Make a new branch file in the folder `path` and open it. Raises Problem where one is already."""
    folder = BranchFolder(path)
    if folder.exists:
        raise Problem(
            _("“{folder}”里已经有一个支部文件。", folder=str(path)), _("请换一个文件夹，或直接打开它。")
        )
    make_place(path)
    with locked(folder) as lock:
        part = path / "branch.db.part"
        part.unlink(missing_ok=True)
        with translated_errors():
            create_schema(part, key)
        _fold_journal(part, key)
        save_keyring(keyring, folder.keyring)
        settle(part, folder.database)
        return opened(folder, person, key, lock)


def open_branch(path: Path, person: str, password: str) -> Branch:
    """Open the branch in the folder `path` for a person of its keyring.

    Raises Problem for a wrong password, a damaged or newer file, a second program, a place that refuses.
    """
    folder = _usable(path)
    # The lock comes first: another program that changes the key has its keyrings half in place.
    with locked(folder) as lock:
        attempts.check_attempts(folder.attempts)
        try:
            who, key = _open_with(folder, person, password)
        except NotOpened:
            attempts.note_failure(folder.attempts)
            raise
        branch = opened(folder, who, key, lock)
    with closed_on_failure(branch):
        failures = attempts.forget_failures(folder.attempts).failures
        if failures:
            with branch.change(_("此前有 {n} 次口令输错", n=failures), kind=LOOK):
                pass
    return branch


def _open_with(folder: BranchFolder, person: str, password: str) -> tuple[Person, bytes]:
    """The person and the key; a change of key that a power cut interrupted is finished or dropped.

    A keyring is removed only once the file was seen to open with the other one.
    """
    if not folder.next_keyring.exists():
        return load_keyring(folder.keyring).open(person, password)
    refusal: Problem | None = None
    try:
        renewed = load_keyring(folder.next_keyring)
        who, key = renewed.open(person, password)
    except Problem as problem:
        # Not one of those who keep their access, or a keyring that was cut off while it was written.
        refusal = problem
    else:
        if _fits(folder, key):
            # The new card was never printed, so nobody has it.
            save_keyring(renewed.without(RECOVERY), folder.keyring)
            drop_generations(folder.keyring)
            _drop_next_keyring(folder)
            return who, key
    who, key = load_keyring(folder.keyring).open(person, password)
    if _fits(folder, key):
        _drop_next_keyring(folder)
    elif refusal is not None:
        raise refusal
    return who, key


def _drop_next_keyring(folder: BranchFolder) -> None:
    folder.next_keyring.unlink(missing_ok=True)
    drop_generations(folder.next_keyring)


def _fits(folder: BranchFolder, key: bytes) -> bool:
    """Whether a key opens the file. Raises Problem where the file could not be asked."""
    with translated_errors():
        connection = connect(folder.database, key)
        try:
            schema_of(connection)
        except dbapi2.DatabaseError as error:
            if "not a database" not in str(error):
                raise
            return False
        finally:
            connection.close()
    return True


def open_with_card(path: Path, card: str, person: Person) -> Branch:
    """Open the branch by its recovery card, in the name of `person`, who then needs a new password."""
    folder = _usable(path)
    with locked(folder) as lock:
        key = load_keyring(folder.keyring).open_with_card(card)
        branch = opened(folder, person, key, lock)
    with closed_on_failure(branch):
        attempts.forget_failures(folder.attempts)
        with branch.change(_("用恢复卡打开"), kind=LOOK):
            pass
    return branch


def _usable(path: Path) -> BranchFolder:
    folder = BranchFolder(path)
    if not folder.exists:
        raise Problem(
            _("在“{folder}”里没有找到支部文件。", folder=str(path)),
            _("请检查 U 盘或文件夹是否还在，或从备份恢复。"),
        )
    check_place(path)
    return folder


def opened(folder: BranchFolder, person: Person, key: bytes, lock: FolderLock) -> Branch:
    """Open the file in a folder whose lock was taken; unless this raises, the branch keeps the lock."""
    _bring_up(folder, key)
    engine = open_engine(folder.database, key)
    try:
        branch = Branch(folder, person, key, engine, lock)
        branch.freshen()
    except BaseException:
        engine.dispose()
        raise
    return branch


def _bring_up(folder: BranchFolder, key: bytes) -> None:
    """Look at the schema, and bring an older one up on a copy; the old file stays beside the new one."""
    with translated_errors():
        connection = connect(folder.database, key)
        try:
            schema = schema_of(connection)
        finally:
            connection.close()
    refuse_newer(schema)
    if schema == HEAD:
        return
    part = folder.path / "branch.db.part"
    upgrade_copy(folder.database, part, key)
    _fold_journal(part, key)
    # The old file is copied, not moved: a power cut must never leave the folder without a branch file.
    _fold_journal(folder.database, key)
    connection = connect(folder.database, key)
    try:
        copy_database(connection, folder.path / f"branch-before-{schema}.db", key)
    finally:
        connection.close()
    settle(part, folder.database)


def _fold_journal(path: Path, key: bytes) -> None:
    """Bring the write-ahead log into the file, so that the file alone holds everything."""
    with translated_errors():
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
