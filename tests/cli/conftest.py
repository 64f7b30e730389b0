"""The fixtures of this room: a terminal, a home of its own, and closed branch files to work on."""

from __future__ import annotations

import atexit
import logging
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from branchdesk import log, paths
from branchdesk.i18n import Language, speak
from cli.terminal import MEMBERS, Terminal, people
from support.branches import add, founded
from support.fixtures import cheap_keys, open_branches, the_clock

__all__ = ["cheap_keys", "open_branches", "the_clock"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A computer on which the program was never started; it speaks Chinese again afterwards."""
    place = tmp_path / "home"
    monkeypatch.setattr(paths, "user_folder", lambda: place / "branches")
    monkeypatch.setattr(paths, "settings_file", lambda: place / "settings.json")
    monkeypatch.setattr(paths, "log_folder", lambda: place / "log")
    monkeypatch.setattr(log, "_last_lines", log._LastLines())
    logger = logging.getLogger("branchdesk")
    kept, level = list(logger.handlers), logger.level
    logger.handlers.clear()
    yield place
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:] = kept
    logger.setLevel(level)
    speak(Language.CHINESE)


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Terminal(folder, capsys)


@cache
def _template(members: int) -> Path:
    """A closed branch with the first of the members of `terminal.people`; it is copied for every test."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    if members:
        add(branch, people()[:members])
    branch.close()
    return branch.path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The folder of a branch with two groups and nobody in it."""
    return shutil.copytree(_template(0), tmp_path / "branch")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The folder of a branch with two groups and five members, see `terminal.people`."""
    return shutil.copytree(_template(len(MEMBERS)), tmp_path / "branch")
