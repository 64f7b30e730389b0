"""The folder of a branch: where it cannot live, and who has it open."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from branchdesk.services import branches
from branchdesk.storage import folder as folders
from branchdesk.storage.branch import Branch
from branchdesk.storage.folder import BranchFolder, FolderLock, check_place, network_system
from support.branches import PASSWORD, clerk_of, founded, founding, unlocked
from support.children import as_nobody, in_child, needs_posix
from support.problems import refused

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/office nfs4 rw 0 0
//pc/public /mnt/public\\040files cifs rw 0 0
/dev/sdb1 /mnt/office/local ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/clerk/branch", ""),
        ("/mnt/office/branch", "nfs4"),
        ("/mnt/officer/branch", ""),
        ("/mnt/public files/branch", "cifs"),
        ("/mnt/office/local/branch", ""),
    ],
)
def test_the_network_share_that_holds_a_folder_is_found_by_its_longest_mount(path: str, kind: str) -> None:
    assert network_system(Path(path), MOUNTS) == kind


def test_a_branch_cannot_live_on_a_network_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "network_system", lambda _path, _mounts: "cifs")
    with refused("网络共享", str(tmp_path), "本机硬盘"):
        branches.found_branch(tmp_path / "branch", founding(), "王敏", PASSWORD)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that everybody may look into; the folders that pytest gives are for its own user alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the drive, not a list of mounts")
def test_a_system_that_does_not_list_its_mounts_is_trusted_to_be_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_arguments: object, **_named: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", unreadable)
    check_place(tmp_path)


def _open_without_rights(_pipe: Connection, path: Path, person: str) -> None:
    as_nobody()
    branches.unlock(path, person, PASSWORD).close()


def _found_without_rights(_pipe: Connection, path: Path) -> None:
    as_nobody()
    branches.found_branch(path, founding(), "王敏", PASSWORD)


@needs_posix
def test_a_folder_that_refuses_writing_is_named_before_anything_is_opened(public_folder: Path) -> None:
    branch = founded(public_folder)
    person = branch.person.uid
    branch.close()
    before = branch.folder.database.read_bytes()
    for inside in public_folder.rglob("*"):
        inside.chmod(0o755 if inside.is_dir() else 0o644)
    with refused("不允许写入", str(branch.path), "放开写入权限"):
        in_child(_open_without_rights, branch.path, person)
    assert branch.folder.database.read_bytes() == before
    unlocked(branch.path).close()


@needs_posix
def test_founding_in_a_place_that_refuses_says_so(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    with refused("不允许写入", str(public_folder), "换一个文件夹"):
        in_child(_found_without_rights, public_folder / "new")
    assert not (public_folder / "new").exists()


def test_founding_where_a_file_lies_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with refused("file", "没有写成"):
        branches.found_branch(tmp_path / "file" / "branch", founding(), "王敏", PASSWORD)


_OPEN = """
import sys
from pathlib import Path
from branchdesk.errors import Problem
from branchdesk.services import branches
try:
    branches.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
except Problem as problem:
    sys.stdout.buffer.write(f"{problem.sentence}|{problem.advice}".encode())
"""


def _second_program(branch: Branch) -> str:
    """What a second program says that opens the same folder."""
    command = [sys.executable, "-c", _OPEN, str(branch.path), branch.person.uid, PASSWORD]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def test_a_second_program_is_kept_out_and_told_who_has_the_file(branch: Branch) -> None:
    said = _second_program(branch)
    assert "已经打开" in said
    assert "在电脑" in said
    assert "请切换到那个窗口" in said
    branch.close()
    assert _second_program(branch) == ""


def test_a_second_window_of_the_same_program_is_kept_out_too(branch: Branch) -> None:
    with refused("已经打开", "请切换到那个窗口"):
        unlocked(branch.path)
    branch.close()
    unlocked(branch.path).close()


@pytest.mark.parametrize("words", ["", "{", '{"since": 5}', '{"since": "yesterday", "computer": "x"}'])
def test_a_lock_whose_words_are_missing_still_keeps_others_out(branch: Branch, words: str) -> None:
    branch.folder.lock.write_text(words, encoding="utf-8")
    with refused("已经在另一个窗口打开", "请切换到那个窗口"):
        unlocked(branch.path)


def test_a_lock_file_left_by_a_power_cut_locks_nobody_out(branch: Branch) -> None:
    branch.close()
    holder = {"computer": "old", "process": 1, "since": "2026-01-01T00:00:00+00:00"}
    branch.folder.lock.write_text(json.dumps(holder), encoding="utf-8")
    unlocked(branch.path).close()


def test_a_lock_is_let_go_twice_without_harm(tmp_path: Path) -> None:
    lock = FolderLock(BranchFolder(tmp_path))
    lock.take()
    lock.release()
    lock.release()
    again = FolderLock(BranchFolder(tmp_path))
    again.take()
    again.release()


def test_a_failed_opening_lets_the_lock_go(branch: Branch) -> None:
    branch.close()
    kept = branch.folder.database.read_bytes()
    branch.folder.database.write_bytes(b"\0" * 8192)
    with refused("损坏"):
        unlocked(branch.path)
    branch.folder.database.write_bytes(kept)
    unlocked(branch.path).close()


def test_a_folder_without_a_branch_says_where_it_looked(tmp_path: Path) -> None:
    with refused("没有找到支部文件", str(tmp_path), "从备份恢复"):
        branches.unlock(tmp_path, "x", PASSWORD)
    with refused("没有找到支部文件", str(tmp_path)):
        branches.people_of(tmp_path)


def test_a_second_branch_is_not_founded_over_the_first(branch: Branch) -> None:
    branch.close()
    before = branch.folder.database.read_bytes()
    with refused("已经有一个支部文件", str(branch.path), "换一个文件夹"):
        branches.found_branch(branch.path, founding(), "别人", PASSWORD)
    assert branch.folder.database.read_bytes() == before


def test_checking_a_place_leaves_nothing_there(tmp_path: Path) -> None:
    check_place(tmp_path)
    assert not list(tmp_path.iterdir())


def _node(branch: Branch) -> str:
    return branch.remembered()["node"]


def test_a_copied_folder_writes_under_a_name_of_its_own_and_the_original_keeps_its_name(
    tmp_path: Path, branch: Branch
) -> None:
    before = _node(branch)
    branch.close()
    shutil.copytree(branch.path, tmp_path / "copy")
    copy = unlocked(tmp_path / "copy")
    assert _node(copy) != before
    assert _node(unlocked(branch.path)) == before
    copied = _node(copy)
    copy.close()
    assert _node(unlocked(tmp_path / "copy")) == copied
    assert clerk_of(copy.path) == clerk_of(branch.path)
