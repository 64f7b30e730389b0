"""Fixtures for every room that opens branch files; a room's conftest imports those that it needs."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from branchdesk.storage import branch as branch_module
from branchdesk.storage import keyring
from branchdesk.storage.branch import Branch
from support.branches import SettableClock, founded, unlocked
from support.growth import cost_of_first_page, grow

CHEAP_COST = {"memory": 64, "passes": 1, "lanes": 1}


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are derived in no time; the real cost is the point of one test only."""
    monkeypatch.setattr(keyring, "_COST", CHEAP_COST)


@pytest.fixture(autouse=True)
def open_branches(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Branch]]:
    """Every branch that a test opens, closed when the test is over, however it ends."""
    opened: list[Branch] = []
    begin: Callable[..., None] = branch_module.Branch.__init__

    def note(self: Branch, *arguments: object) -> None:
        opened.append(self)
        begin(self, *arguments)

    monkeypatch.setattr(branch_module.Branch, "__init__", note)
    yield opened
    for branch in opened:
        branch.close()


@pytest.fixture
def the_clock(monkeypatch: pytest.MonkeyPatch) -> SettableClock:
    """A clock that stands at noon of 21 November 2026 in China."""
    return SettableClock(monkeypatch, datetime(2026, 11, 21, 4, tzinfo=UTC))


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    """A newly founded branch with two groups and no members."""
    return founded(tmp_path)


GROWN = 10_000


@cache
def _grown() -> tuple[Path, dict[int, dict[str, int]]]:
    """A closed branch that grew to 100, 1,000 and 10,000 members, and what questions cost on the way."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    costs = {}
    for size in (100, 1000, GROWN):
        grow(branch, size)
        costs[size] = cost_of_first_page(branch)
    branch.close()
    return folder / "branch", costs


@pytest.fixture
def grown_branch(tmp_path: Path) -> Branch:
    """A branch of 10,000 members with little more than names."""
    folder, _costs = _grown()
    shutil.copytree(folder, tmp_path / "grown")
    return unlocked(tmp_path / "grown")


@pytest.fixture
def first_page_costs() -> dict[int, dict[str, int]]:
    """What the first page of a roster costs by number of members: statements, and steps by order."""
    return _grown()[1]
