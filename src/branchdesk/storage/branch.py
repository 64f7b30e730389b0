"""An open branch file: questions, changes, undo, and letting go of it again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage import derived, drafts, journal
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
from branchdesk.storage.engine import busy, open_engine, reading, writing
from branchdesk.storage.folder import BranchFolder, FolderLock
from branchdesk.storage.keyring import Keyring, Person, load_keyring, save_keyring
from branchdesk.storage.tables import JOURNALLED, meta
from branchdesk.storage.turns import Turns
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
        self.turns = Turns()
        self._engine = engine
        self._lock = lock
        known = self.remembered()
        self._node = known.get(_NODE, "")
        if known.get(_HOME) != _home(self.path):  # a folder that was copied elsewhere is a node of its own
            self.begin_new_copy()

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
        with ExitStack() as stack:
            with self.turns.connecting():
                connection = stack.enter_context(reading(self._engine))
            yield connection

    # ---- changes

    @contextmanager
    def change(self, label: str, *, kind: str = EDIT, undoes: int | None = None) -> Iterator[Change]:
        """One labelled change; its `result` says what it touched once the block has ended.

        Raises Problem for a person who may only look.
        """
        if kind != LOOK:
            refuse_viewer(self.person)
        with self._write() as connection:
            change = Change(connection, label, kind, undoes)
            yield change
            derived.refresh(connection, change)
            change.result = change.seal(Author(self.person.uid, self.person.name, self._node))

    def undo(self, seq: int) -> Changes:
        """Take change `seq` back by a new change.

        Raises ChangeConflict where a later change touched the same fields. Undoing an undo is a redo.
        """
        with self.read() as connection:
            kind, label = journal.kind_and_label(connection, seq)
            if seq in journal.undoings(connection, seq):
                return NOTHING
        redo = kind == UNDO
        new_label = _("恢复：{label}", label=label) if redo else _("撤销：{label}", label=label)
        try:
            with self.change(new_label, kind=REDO if redo else UNDO, undoes=seq) as change:
                steps, conflicts = journal.plan_undo(change.connection, seq)
                if conflicts:
                    raise ChangeConflict(conflicts)
                _take_back(change, steps)
        except IntegrityError as error:
            raise ChangeConflict([]) from error
        return change.result

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """A connection in one transaction that is not journalled; other threads wait for their turn."""
        with self.turns.alone(), writing(self._engine) as connection:
            yield connection

    # ---- what the program itself remembers

    def keep_draft(self, key: str, content: Mapping[str, Any]) -> None:
        """Keep an unfinished entry of this person; drafts are not journalled, and another's stays."""
        with self._write() as connection:
            drafts.keep(connection, self.person.uid, key, content)

    def drop_draft(self, key: str) -> None:
        """Forget an unfinished entry of this person."""
        with self._write() as connection:
            drafts.drop(connection, self.person.uid, key)

    def drafts(self) -> dict[str, tuple[int, dict[str, Any]]]:
        """The unfinished entries of this person by key: when they were kept, and what they hold."""
        with self.read() as connection:
            return drafts.of_person(connection, self.person.uid)

    def remember(self, key: str, value: str) -> None:
        """Keep something of the program's own; not journalled."""
        with self._write() as connection:
            connection.execute(meta.delete().where(meta.c.key == key))
            connection.execute(meta.insert().values(key=key, value=value))

    def remembered(self) -> dict[str, str]:
        """Everything that `remember` kept."""
        with self.read() as connection:
            return dict(connection.execute(select(meta.c.key, meta.c.value)).all())

    def rebuild_derived(self) -> None:
        """Write everything that follows from the facts anew."""
        with self._write() as connection:
            derived.rebuild(connection)

    def freshen(self) -> None:
        """Bring what depends on today or on the program's edition up to date."""
        with self._write() as connection:
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
        with self.read() as connection:
            yield connection.connection.dbapi_connection

    def replace_file(self, part: Path, key: bytes) -> None:
        """Put a finished database under another key in the place of the file; the lock stays held.

        Raises Problem while another thread still has a connection: its write-ahead log would be taken for
        one of the new file.
        """
        database = self.folder.database
        with self.turns.exchanging():
            self._engine.dispose()
            if database.with_name(database.name + "-wal").exists():
                raise busy()
            try:
                settle(part, database)
            except OSError as error:
                raise problem_of_disk(error, database) from error
            self.key = key
            self._engine = open_engine(database, key)

    def begin_new_copy(self) -> None:
        """Write under a new node from now on, so that the stamps of two copies are never the same."""
        with self._write() as connection:
            self._node = _new_node(connection, self.path)


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


__all__ = ["Branch", "ChangeConflict", "Changes", "refuse_viewer"]
