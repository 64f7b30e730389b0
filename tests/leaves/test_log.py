"""The short log for error reports."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from branchdesk import log, paths


@pytest.fixture(autouse=True)
def _quiet_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The program's logger without handlers, and given back as it was."""
    root = logging.getLogger("branchdesk")
    kept, level = list(root.handlers), root.level
    for handler in kept:
        root.removeHandler(handler)
    monkeypatch.setattr(log, "_last_lines", log._LastLines())
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "logs")
    yield
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    for handler in kept:
        root.addHandler(handler)
    root.setLevel(level)


def test_the_log_goes_to_a_file_and_the_last_lines_to_the_error_report(tmp_path: Path) -> None:
    log.start_log()
    logging.getLogger("branchdesk.storage").info("opened")
    assert "INFO branchdesk.storage: opened" in (tmp_path / "logs" / "branchdesk.log").read_text("utf-8")
    assert log.last_lines()[-1].endswith("INFO branchdesk.storage: opened")


def test_a_fault_is_noted_with_its_kinds_and_places_and_without_its_words() -> None:
    log.start_log()
    try:
        try:
            int("李明 99999919491231002X")
        except ValueError as cause:
            raise RuntimeError("cannot store 李明") from cause
    except RuntimeError as fault:
        log.note_fault(logging.getLogger("branchdesk.ui"), "a job failed", fault)
    line = log.last_lines()[-1]
    assert "a job failed: RuntimeError < ValueError at test_log.py:" in line
    assert "test_a_fault_is_noted" in line
    assert "李明" not in line


def test_starting_twice_writes_each_line_once() -> None:
    log.start_log()
    log.start_log()
    logging.getLogger("branchdesk").warning("once")
    assert len(log.last_lines()) == 1


def test_the_error_report_holds_only_the_newest_lines() -> None:
    log.start_log()
    for number in range(250):
        logging.getLogger("branchdesk").info("line %d", number)
    lines = log.last_lines()
    assert len(lines) == 200
    assert lines[0].endswith("line 50")
    assert lines[-1].endswith("line 249")


def test_a_folder_that_refuses_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file stands where the folder should be", encoding="utf-8")
    log.start_log()
    logging.getLogger("branchdesk").info("still kept")
    assert log.last_lines()[-1].endswith("still kept")
