"""The fixtures of the windows: one application, a home of its own for every test, a stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branchdesk import paths
from branchdesk.app import make_application
from support.fixtures import cheap_keys, open_branches, the_clock
from support.stage import Stage

__all__ = ["cheap_keys", "open_branches", "the_clock"]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which the program was never started."""
    monkeypatch.setattr(paths, "user_folder", lambda: tmp_path / "home" / "branches")
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "home" / "settings.json")
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "home" / "log")
    return tmp_path / "home"


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication, open_branches: list[object]) -> Iterator[Stage]:
    """The program, to be opened in the test."""
    del open_branches  # closed after the windows
    made = Stage(qtbot, qapp)
    yield made
    made.end()
