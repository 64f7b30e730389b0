"""Branches that take long to fill: filled once in the life of a test run, and copied for each test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from branchdesk.storage.branch import Branch
from support.branches import founded, unlocked

Made = TypeVar("Made")
_FILLED: dict[Callable[[Branch], Any], tuple[Path, Any]] = {}


def prepared(folder: Path, fill: Callable[[Branch], Made]) -> tuple[Branch, Made]:
    """A branch in `folder`/branch as `fill` leaves it, and what `fill` gave back, such as uids.

    The clock has to show the same day each time that a branch is filled in one way.
    """
    if fill not in _FILLED:
        home = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        branch = founded(home)
        made = fill(branch)
        branch.close()
        _FILLED[fill] = (home / "branch", made)
    template, made = _FILLED[fill]
    shutil.copytree(template, folder / "branch")
    return unlocked(folder / "branch"), made
