"""The fixtures of daily records: a branch with ten people, settled once and copied, on 21 November 2026."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from services.meetings.scenes import House, settle
from support.branches import SettableClock, founded, unlocked
from support.fixtures import branch, cheap_keys, open_branches, the_clock

__all__ = ["branch", "cheap_keys", "house", "open_branches", "the_clock"]


@cache
def _settled() -> tuple[Path, House]:
    """A closed branch with its people, and who they are."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    house = settle(founded(folder))
    house.branch.close()
    return folder / "branch", house


@pytest.fixture
def house(tmp_path: Path, the_clock: SettableClock) -> House:
    """The branch with ten people, a committee of three and two groups."""
    the_clock.set(2026, 11, 21)
    template, known = _settled()
    shutil.copytree(template, tmp_path / "house")
    return replace(known, branch=unlocked(tmp_path / "house"))
