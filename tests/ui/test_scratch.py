"""Copies that other programs open never outlive the run that made them by more than one start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from branchdesk.ui.scratch import ScratchFolder, remove_stale_folders

RUN = """
import sys, time
from branchdesk.ui.scratch import ScratchFolder
folder = ScratchFolder()
(folder.path / "申请书.txt").write_text("李明", encoding="utf-8")
print(folder.path, flush=True)
time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system keeps what is for the time being."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_crashed_run_left_is_removed_and_what_a_running_one_has_is_not(place: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(place), "TEMP": str(place)}
    command = [sys.executable, "-c", RUN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        theirs = Path(run.stdout.readline().strip())
        ours = ScratchFolder()
        remove_stale_folders()
        assert (theirs / "申请书.txt").read_text("utf-8") == "李明"
        assert ours.path.is_dir()
        run.kill()
    remove_stale_folders()
    assert not theirs.exists()
    assert ours.path.is_dir()
    ours.remove()
    assert list(place.iterdir()) == []


def test_folders_of_others_are_left_alone(place: Path) -> None:
    kept = [place / "branchdesk-mine", place / "other"]
    for folder in kept:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (place / "branchdesk-file").write_text("x", encoding="utf-8")
    remove_stale_folders()
    assert all((folder / "notes.txt").exists() for folder in kept)
    assert (place / "branchdesk-file").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_is_not_followed(place: Path) -> None:
    target = place / "documents"
    target.mkdir()
    (target / "in-use.lock").write_text("", encoding="utf-8")
    (place / "branchdesk-link").symlink_to(target)
    remove_stale_folders()
    assert target.is_dir()
