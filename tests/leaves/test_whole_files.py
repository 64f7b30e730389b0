"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from branchdesk.errors import Problem
from branchdesk.whole_files import (
    PART,
    open_from_disk,
    problem_of_disk,
    sync_folder,
    whole_file,
    write_whole,
)

POSIX = pytest.mark.skipif(os.name == "nt", reason="asks the system in the way of POSIX")
NOBODY = 65534
CHILD = """
import os, signal, sys
from pathlib import Path
from branchdesk.whole_files import whole_file
with whole_file(Path(sys.argv[1])) as stream:
    stream.write(b"new" * 100_000)
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
FULL_CHILD = """
import resource, sys
from pathlib import Path
from branchdesk.errors import Problem
from branchdesk.whole_files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path(sys.argv[1]), b"new" * 100_000)
except Problem as problem:
    sys.stdout.buffer.write(str(problem).encode())
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file with an older content."""
    path = tmp_path / "名册.pdf"
    path.write_bytes(b"old")
    return path


@contextmanager
def without_rights_of_root() -> Iterator[None]:
    """Do something as a person whom a folder can refuse."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def refusal(path: Path, content: bytes = b"new") -> str:
    with pytest.raises(Problem) as caught:
        write_whole(path, content)
    assert caught.value.advice
    return caught.value.sentence


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "名册.pdf"
    write_whole(path, b"content")
    assert path.read_bytes() == b"content"
    assert names(path.parent) == ["名册.pdf"]


def test_an_older_file_is_replaced_only_when_everything_is_written(target: Path) -> None:
    with whole_file(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert names(target.parent) == [target.name]


def test_a_mistake_in_the_middle_leaves_the_old_file_and_no_rest(target: Path) -> None:
    def write_half() -> None:
        with whole_file(target) as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


@POSIX
def test_a_program_killed_in_the_middle_leaves_the_old_file(target: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CHILD, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"old"
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert names(target.parent) == [target.name]


@POSIX
def test_a_disk_without_room_is_said_and_the_old_file_stays(target: Path) -> None:
    command = [sys.executable, "-c", FULL_CHILD, str(target)]
    said = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    assert said.startswith(f"“{target.parent}”所在的磁盘满了，文件没有写成。")
    assert "原有的内容没有变" in said
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_the_error_of_a_full_device_is_understood(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space") as caught, Path("/dev/full").open("wb", buffering=0) as device:
        device.write(b"x")
    assert problem_of_disk(caught.value, tmp_path / "x").sentence.endswith("磁盘满了，文件没有写成。")


@POSIX
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    with without_rights_of_root():
        assert refusal(folder / "名册.pdf") == f"“{folder}”不允许写入。"
    assert names(folder) == []


def test_a_read_only_medium_is_told_apart_from_other_errors(tmp_path: Path) -> None:
    path = tmp_path / "名册.pdf"
    read_only = OSError(errno.EROFS, "Read-only file system")
    assert problem_of_disk(read_only, path).sentence == f"“{tmp_path}”不允许写入。"
    other = OSError(errno.EIO, "Input/output error")
    assert problem_of_disk(other, path).sentence == f"“{path}”没有写成：Input/output error。"
    assert "没有写成：odd。" in problem_of_disk(OSError("odd"), path).sentence


def test_a_file_where_a_folder_should_be_is_a_sentence(target: Path) -> None:
    assert "没有写成" in refusal(target / "名册.pdf")
    assert target.read_bytes() == b"old"


def test_a_folder_where_the_file_should_be_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "名册.pdf"
    folder.mkdir()
    (folder / "inside").write_bytes(b"kept")
    assert "没有写成" in refusal(folder)
    assert names(tmp_path) == ["名册.pdf"]
    assert (folder / "inside").read_bytes() == b"kept"


@POSIX
def test_a_name_too_long_for_the_disk_is_a_sentence(tmp_path: Path) -> None:
    assert "没有写成" in refusal(tmp_path / ("长" * 100))
    assert names(tmp_path) == []


@POSIX
def test_a_stick_pulled_out_in_the_middle_is_a_sentence(tmp_path: Path) -> None:
    stick = tmp_path / "stick"

    def write_while_pulled() -> None:
        with whole_file(stick / "名册.pdf") as stream:
            stream.write(b"half")
            for part in stick.glob(f"*{PART}"):
                part.unlink()
            stick.rmdir()

    with pytest.raises(Problem) as caught:
        write_while_pulled()
    assert "U 盘是否还在" in caught.value.advice


@POSIX
def test_what_a_crash_left_is_removed_and_what_others_still_write_is_not(target: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CHILD, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = target.parent.glob(f"*{PART}")
    running = target.with_name(f"{target.name}.{os.getppid()}-1{PART}")
    another = target.with_name(f"别的{left.name}")
    for path in (running, another):
        path.write_bytes(b"half")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert names(target.parent) == sorted([target.name, running.name, another.name])


def test_two_who_write_the_same_file_at_a_time_leave_it_whole(target: Path) -> None:
    with whole_file(target) as first:
        first.write(b"first" * 1000)
        with whole_file(target) as second:
            second.write(b"second")
        assert target.read_bytes() == b"second"
        first.write(b"first" * 1000)
    assert target.read_bytes() == b"first" * 2000
    assert names(target.parent) == [target.name]


def test_a_name_that_only_looks_like_a_part_is_left_alone(target: Path) -> None:
    others = [
        f"{target.name}.{middle}{PART}" for middle in ("x-1", "1-x", "1", "-", "99999999999999999999-1")
    ]
    for name in others:
        target.with_name(name).write_bytes(b"mine")
    write_whole(target, b"new")
    assert names(target.parent) == sorted([target.name, *others])


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system takes no advice")
def test_a_file_to_be_compared_is_read_from_the_disk_itself(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    advised = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _file, *advice: advised.append(advice))
    with open_from_disk(target) as stream:
        assert stream.read() == b"old"
    assert advised == [(0, 0, os.POSIX_FADV_DONTNEED)]
    monkeypatch.delattr(os, "posix_fadvise")
    with open_from_disk(target) as stream:
        assert stream.read() == b"old"


def test_windows_has_no_folders_to_sync(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sync_folder(tmp_path)
    monkeypatch.setattr("branchdesk.whole_files.os.name", "nt")
    sync_folder(tmp_path / "missing")
