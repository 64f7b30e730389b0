"""An open branch file: questions, changes, undo, and letting go of it again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage import attempts, derived, journal
from branchdesk.storage.changes import (
    EDIT,
    INSERT,
    LOOK,
    NOTHING,
    REDO,
    REMOVE,
    UNDO,
    Author,
    Change,
    Changes,
)
from branchdesk.storage.engine import connect, open_engine, reading, translated_errors, writing
from branchdesk.storage.folder import BranchFolder, FolderLock, check_place, make_place
from branchdesk.storage.keyring import (
    RECOVERY,
    Keyring,
    Person,
    drop_generations,
    load_keyring,
    save_keyring,
)
from branchdesk.storage.migrations import HEAD
from branchdesk.storage.schema import copy_database, create_schema, refuse_newer, schema_of, upgrade_copy
from branchdesk.storage.tables import JOURNALLED, draft, meta
from branchdesk.storage.tables import change as change_table
from branchdesk.uids import new_uid
from branchdesk.whole_files import problem_of_disk, settle

_NODE, _HOME = "node", "home"


class ChangeConflict(Problem):
    """An undo that a later change stands in the way of; `conflicts` name the fields."""

    def __init__(self, conflicts: list[journal.Conflict]) -> None:
        sentence = _("后来录入的内容要用到这一步建立的内容，不能直接撤销。")
        if conflicts:
            later = conflicts[0].later_label
            sentence = _("这一步之后又有修改（{label}），不能直接撤销。", label=later)
        super().__init__(sentence, _("可以在“修改历史”里逐项恢复，或先撤销后面的修改。"))
        self.conflicts = conflicts


def refuse_viewer(person: Person) -> None:
    """Raise Problem for a person who may only look."""
    if not person.role.may_write:
        raise Problem(
            _("{name} 的身份是查看者，只能看，不能改。", name=person.name),
            _("需要修改时，请由党务工作者打开。"),
        )


class Branch:
    """An open branch file in the hands of one person. Close it to let others in."""

    def __init__(
        self, folder: BranchFolder, person: Person, key: bytes, engine: Engine, lock: FolderLock
    ) -> None:
        self.folder = folder
        self.person = person
        self.key = key
        self._engine = engine
        self._lock = lock
        self._node = self._note_home()

    @property
    def path(self) -> Path:
        """The folder of this branch."""
        return self.folder.path

    def close(self) -> None:
        """Let the file and its lock go."""
        self._engine.dispose()
        self._lock.release()

    # ---- questions

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for questions, which sees one moment."""
        with reading(self._engine) as connection:
            yield connection

    # ---- changes

    @contextmanager
    def change(self, label: str, *, kind: str = EDIT, undoes: int | None = None) -> Iterator[Change]:
        """One labelled change; its `result` says what it touched once the block has ended.

        Raises Problem for a person who may only look.
        """
        if kind != LOOK:
            refuse_viewer(self.person)
        with writing(self._engine) as connection:
            change = Change(connection, label, kind, undoes)
            yield change
            derived.refresh(connection, change)
            change.result = change.seal(Author(self.person.uid, self.person.name, self._node))

    def undo(self, seq: int) -> Changes:
        """Take change `seq` back by a new change.

        Raises ChangeConflict where a later change touched the same fields. Undoing an undo is a redo.
        """
        with self.read() as connection:
            query = select(change_table.c.label, change_table.c.kind).where(change_table.c.seq == seq)
            label, kind = connection.execute(query).one()
            if seq in journal.undoings(connection, seq):
                return NOTHING
        redo = kind == UNDO
        plain = label.split("：", 1)[-1] if kind in {UNDO, REDO} else label
        new_label = _("恢复：{label}", label=plain) if redo else _("撤销：{label}", label=plain)
        try:
            with self.change(new_label, kind=REDO if redo else UNDO, undoes=seq) as change:
                steps, conflicts = journal.plan_undo(change.connection, seq)
                if conflicts:
                    raise ChangeConflict(conflicts)
                _take_back(change, steps)
        except IntegrityError as error:
            raise ChangeConflict([]) from error
        return change.result

    # ---- what the program itself remembers

    def keep_draft(self, key: str, content: Mapping[str, Any]) -> None:
        """Keep an unfinished entry; drafts are not journalled."""
        row = {
            "key": key,
            "saved_at": clock.milliseconds(),
            "person": self.person.uid,
            "content": json.dumps(content, ensure_ascii=False),
        }
        with writing(self._engine) as connection:
            connection.execute(draft.delete().where(draft.c.key == key))
            connection.execute(draft.insert(), row)

    def drop_draft(self, key: str) -> None:
        """Forget an unfinished entry."""
        with writing(self._engine) as connection:
            connection.execute(draft.delete().where(draft.c.key == key))

    def drafts(self) -> dict[str, tuple[int, dict[str, Any]]]:
        """The unfinished entries of this person by key: when they were kept, and what they hold."""
        with self.read() as connection:
            rows = connection.execute(select(draft).where(draft.c.person == self.person.uid))
            return {row.key: (row.saved_at, json.loads(row.content)) for row in rows}

    def remember(self, key: str, value: str) -> None:
        """Keep something of the program's own; not journalled."""
        with writing(self._engine) as connection:
            connection.execute(meta.delete().where(meta.c.key == key))
            connection.execute(meta.insert().values(key=key, value=value))

    def remembered(self) -> dict[str, str]:
        """Everything that `remember` kept."""
        with self.read() as connection:
            return dict(connection.execute(select(meta.c.key, meta.c.value)).all())

    def rebuild_derived(self) -> None:
        """Write everything that follows from the facts anew."""
        with writing(self._engine) as connection:
            derived.rebuild(connection)

    def freshen(self) -> None:
        """Bring what depends on today or on the program's edition up to date."""
        with writing(self._engine) as connection:
            derived.freshen(connection)

    # ---- the file itself

    def keyring(self) -> Keyring:
        """The keyring as it lies beside the file."""
        return load_keyring(self.folder.keyring)

    def save_keyring(self, keyring: Keyring) -> None:
        """Replace the keyring beside the file."""
        save_keyring(keyring, self.folder.keyring)

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """The DB-API connection, for copying and checking the file as a whole."""
        with translated_errors(), self._engine.connect() as connection:
            yield connection.connection.dbapi_connection

    def replace_file(self, part: Path, key: bytes) -> None:
        """Put a finished database under another key in the place of the file; the lock stays held.

        Raises Problem while another thread still has a connection: its write-ahead log would be taken for
        one of the new file.
        """
        self._engine.dispose()
        database = self.folder.database
        if database.with_name(database.name + "-wal").exists():
            raise Problem(_("支部文件正被另一项操作占用。"), _("请稍等片刻再试。"))
        try:
            settle(part, database)
        except OSError as error:
            raise problem_of_disk(error, database) from error
        self.key = key
        self._engine = open_engine(self.folder.database, key)

    def begin_new_copy(self) -> None:
        """Write under a new node from now on; called after a restore, so that stamps never repeat."""
        with writing(self._engine) as connection:
            self._node = _new_node(connection, self.path)

    def _note_home(self) -> str:
        """The node of this copy; a folder that was copied elsewhere becomes a node of its own."""
        known = self.remembered()
        if known.get(_HOME) == _home(self.path):
            return known[_NODE]
        with writing(self._engine) as connection:
            return _new_node(connection, self.path)


def _home(path: Path) -> str:
    return hashlib.sha256(f"{platform.node()}\n{path.resolve()}".encode()).hexdigest()


def _new_node(connection: Connection, path: Path) -> str:
    node = new_uid()
    connection.execute(meta.delete().where(meta.c.key.in_([_NODE, _HOME])))
    connection.execute(meta.insert(), [{"key": _NODE, "value": node}, {"key": _HOME, "value": _home(path)}])
    return node


def _take_back(change: Change, steps: list[journal.Inverse]) -> None:
    """Apply inverse steps in their order, neighbours of one sort together."""
    position = 0
    while position < len(steps):
        first = steps[position]
        run = [first]
        seen = {first.row_uid}
        for step in steps[position + 1 :]:
            if (step.entity, step.op) != (first.entity, first.op) or step.row_uid in seen:
                break
            run.append(step)
            seen.add(step.row_uid)
        table = JOURNALLED[first.entity]
        if first.op == INSERT:
            change.insert_many(table, [step.values for step in run])
        elif first.op == REMOVE:
            change.remove(table, [step.row_uid for step in run])
        else:
            change.update_many(table, {step.row_uid: step.values for step in run})
        position += len(run)


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
    part = path / "branch.db.part"
    part.unlink(missing_ok=True)
    with translated_errors():
        create_schema(part, key)
    _fold_journal(part, key)
    save_keyring(keyring, folder.keyring)
    settle(part, folder.database)
    return _opened(folder, person, key)


def open_branch(path: Path, person: str, password: str) -> Branch:
    """Open the branch in the folder `path` for a person of its keyring.

    Raises Problem for a wrong password, a damaged or newer file, a second program, a place that refuses.
    """
    folder = _usable(path)
    attempts.check_attempts(folder.attempts)
    keyring = load_keyring(folder.keyring)
    try:
        who, key = _open_with(folder, keyring, person, password)
    except Problem:
        attempts.note_failure(folder.attempts)
        raise
    branch = _opened(folder, who, key)
    failures = attempts.forget_failures(folder.attempts).failures
    if failures:
        with closed_on_failure(branch), branch.change(_("此前有 {n} 次口令输错", n=failures), kind=LOOK):
            pass
    return branch


def _open_with(folder: BranchFolder, keyring: Keyring, person: str, password: str) -> tuple[Person, bytes]:
    """The person and the key; a change of key that a power cut interrupted is finished or dropped."""
    if not folder.next_keyring.exists():
        return keyring.open(person, password)
    renewed = load_keyring(folder.next_keyring)
    try:
        who, key = renewed.open(person, password)
    except Problem:
        # Not one of those who keep their access; until the new key is in place the old keyring holds.
        who, key = keyring.open(person, password)
        if _fits(folder, key):
            return who, key
        raise
    if _fits(folder, key):
        # The new card was never printed, so nobody has it.
        save_keyring(renewed.without(RECOVERY), folder.keyring)
        drop_generations(folder.keyring)
    else:
        who, key = keyring.open(person, password)
    folder.next_keyring.unlink()
    return who, key


def _fits(folder: BranchFolder, key: bytes) -> bool:
    connection = connect(folder.database, key)
    try:
        schema_of(connection)
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def open_with_card(path: Path, card: str, person: Person) -> Branch:
    """Open the branch by its recovery card, in the name of `person`, who then needs a new password."""
    folder = _usable(path)
    key = load_keyring(folder.keyring).open_with_card(card)
    branch = _opened(folder, person, key)
    attempts.forget_failures(folder.attempts)
    with closed_on_failure(branch), branch.change(_("用恢复卡打开"), kind=LOOK):
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


def _opened(folder: BranchFolder, person: Person, key: bytes) -> Branch:
    lock = FolderLock(folder)
    lock.take()
    try:
        _bring_up(folder, key)
        engine = open_engine(folder.database, key)
        branch = Branch(folder, person, key, engine, lock)
        branch.freshen()
    except BaseException:
        lock.release()
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


__all__ = [
    "Branch",
    "ChangeConflict",
    "Changes",
    "closed_on_failure",
    "create_branch",
    "open_branch",
    "open_with_card",
    "refuse_viewer",
]
