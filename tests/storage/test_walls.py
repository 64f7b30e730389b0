"""Who may touch the branch file: only the room `storage`, and of the file itself only SQLite."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import branchdesk
from branchdesk.domain.members import EventKind
from branchdesk.services import attachments, backups, branches, history, members, organisations
from branchdesk.services.rosters import Roster
from branchdesk.storage.branch import Branch
from branchdesk.storage.keyring import Role
from support.branches import PASSWORD, add, edit, founding, record, sample_card, sample_people
from support.contents import assert_sound

SOURCE = Path(branchdesk.__file__).parent
ENGINES = {"sqlalchemy", "sqlcipher3", "alembic", "sqlite3"}


def imported(path: Path) -> set[str]:
    """The top names of everything that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
    return {name.split(".")[0] for name in found}


def modules_outside_storage() -> list[Path]:
    """Every module of the program but those of the room `storage`."""
    return [path for path in SOURCE.rglob("*.py") if SOURCE / "storage" not in path.parents]


def test_no_room_but_storage_speaks_sql() -> None:
    used = {path.relative_to(SOURCE): imported(path) & ENGINES for path in modules_outside_storage()}
    offenders = {path: names for path, names in used.items() if names}
    assert offenders == {}


def test_one_sqlite_library_is_loaded_and_no_other() -> None:
    storage = set().union(*(imported(path) for path in (SOURCE / "storage").rglob("*.py")))
    assert "sqlite3" not in storage
    assert "sqlcipher3" in storage


class _Watch:
    """Notes every file that Python itself opens; SQLite's own doings are not Python's."""

    def __init__(self) -> None:
        self.open_databases: set[str] = set()
        self.offences: list[str] = []
        self.watching = False
        sys.addaudithook(self._hear)  # cannot be taken off again, so it stands idle afterwards

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.watching or event != "open":
            return
        path = str(arguments[0])
        live = {f"{database}{ending}" for database in self.open_databases for ending in ("", "-wal", "-shm")}
        if path in live:
            self.offences.append(path)


_watch = _Watch()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Watch]:
    """The watch, told which branch files are open at the moment."""
    begin: Any = Branch.__init__
    end, replace = Branch.close, Branch.replace_file

    def opened(self: Branch, *arguments: Any) -> None:
        begin(self, *arguments)
        _watch.open_databases.add(str(self.folder.database))

    def closed(self: Branch) -> None:
        end(self)
        _watch.open_databases.discard(str(self.folder.database))

    def replaced(self: Branch, part: Path, key: bytes) -> None:
        # Its connections are closed while the file is exchanged.
        _watch.open_databases.discard(str(self.folder.database))
        replace(self, part, key)
        _watch.open_databases.add(str(self.folder.database))

    monkeypatch.setattr(Branch, "__init__", opened)
    monkeypatch.setattr(Branch, "close", closed)
    monkeypatch.setattr(Branch, "replace_file", replaced)
    _watch.watching = True
    yield _watch
    _watch.watching = False
    _watch.open_databases.clear()
    _watch.offences.clear()


def test_while_a_branch_is_open_nothing_but_sqlite_opens_its_file(tmp_path: Path, watch: _Watch) -> None:
    """Closing any other handle on the file would let go of SQLite's locks, and changes would be lost."""
    branch, _card = branches.found_branch(tmp_path / "branch", founding(), "王敏", PASSWORD)
    uids = add(branch, sample_people(5))
    edit(branch, uids[0], name="李明")
    record(branch, uids[1], EventKind.DEPARTED, "2021.5.1")
    attachments.set_photo(branch, uids[2], "a.png", b"\x89PNG\r\n\x1a\n")
    made = backups.make_backup(branch, tmp_path / "place", "测试")
    backups.carry_away(branch, tmp_path / "stick" / "all.bdbak")
    Roster(branch).reload()
    members.move_to_bin(branch, uids[3:4], "")
    branch.undo(history.recent_changes(branch)[0].seq)
    branches.change_password(branch, PASSWORD, "second-pass-2026", "second-pass-2026")
    other = branches.add_person(branch, "刘芳", Role.CLERK, "third-pass-2026", "third-pass-2026")
    branches.remove_person(branch, other, "second-pass-2026")
    organisations.organisation_file(branch, organisations.root_of(branch))
    assert_sound(branch)
    branch.close()
    restored = backups.bring_back(made.path, tmp_path / "branch", branch.person.uid, PASSWORD).branch
    edit(restored, uids[0], name="李明朗")
    restored.close()
    assert watch.offences == []


def test_the_watch_would_notice(tmp_path: Path, watch: _Watch) -> None:
    branch, card = branches.found_branch(tmp_path / "branch", founding(), "王敏", PASSWORD)
    assert card != sample_card()
    with branch.folder.database.open("rb"):
        pass
    assert watch.offences == [str(branch.folder.database)]
