"""The store of attachments: encrypted, named by nothing that tells, kept once, and honest about damage."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from threading import Barrier, Thread, local

import pytest

from branchdesk.services import attachments as services
from branchdesk.storage import attachments as storage
from branchdesk.storage.attachments import (
    StoredBlob,
    blob_path,
    blobs_in_use,
    load_content,
    store_content,
    store_file,
)
from branchdesk.storage.branch import Branch
from support.branches import PASSWORD, add_one, clerk_of, founded, reopened, unlocked
from support.children import as_nobody, in_child, needs_posix
from support.problems import refused

CONTENT = "李明 的入党志愿书".encode() * 1000


def path_of(branch: Branch, blob: StoredBlob) -> Path:
    """The file in which a content lies."""
    return blob_path(branch.folder.attachments, blob.blob)


def files(branch: Branch) -> list[Path]:
    """Every file of the store."""
    return [path for path in branch.folder.attachments.rglob("*") if path.is_file()]


def test_what_is_stored_is_read_back_after_opening_again(branch: Branch) -> None:
    blob = store_content(branch, CONTENT)
    assert blob.size == len(CONTENT)
    assert load_content(reopened(branch), blob.blob, blob.sha256) == CONTENT


def test_equal_content_is_kept_once_however_it_comes(branch: Branch, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(CONTENT)
    first = store_content(branch, CONTENT)
    written = path_of(branch, first).stat().st_mtime_ns
    assert store_file(branch, tmp_path / "a.pdf") == first
    assert path_of(branch, first).stat().st_mtime_ns == written
    assert files(branch) == [path_of(branch, first)]


def test_neither_names_nor_files_tell_what_lies_there(branch: Branch, tmp_path: Path) -> None:
    blob = store_content(branch, CONTENT)
    content = path_of(branch, blob).read_bytes()
    assert CONTENT[:20] not in content
    assert content.startswith(b"age-encryption.org/v1")
    assert blob.sha256 not in path_of(branch, blob).name, "who has the content cannot find it by its hash"
    other = founded(tmp_path / "other")
    assert store_content(other, CONTENT).blob != blob.blob


def test_an_empty_file_is_content_too(branch: Branch) -> None:
    blob = store_content(branch, b"")
    assert load_content(branch, blob.blob, blob.sha256) == b""


def test_a_missing_file_says_so_and_where_to_find_it(branch: Branch) -> None:
    blob = store_content(branch, CONTENT)
    path_of(branch, blob).unlink()
    with refused("文件不在了", "从备份恢复"):
        load_content(branch, blob.blob, blob.sha256)


@pytest.mark.parametrize("place", [0, 30, 120, 250, -1, -20])
def test_a_damaged_file_says_so_and_adding_it_again_mends_it(branch: Branch, place: int) -> None:
    blob = store_content(branch, CONTENT)
    path = path_of(branch, blob)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with refused("文件损坏", "重新添加原来的文件"):
        load_content(branch, blob.blob, blob.sha256)
    assert store_content(branch, CONTENT) == blob
    assert load_content(branch, blob.blob, blob.sha256) == CONTENT


@pytest.mark.parametrize("kept", [0, 10, 100, 200, 1000])
def test_a_cut_off_file_says_so(branch: Branch, kept: int) -> None:
    blob = store_content(branch, CONTENT)
    path = path_of(branch, blob)
    path.write_bytes(path.read_bytes()[:kept])
    with refused("文件损坏"):
        load_content(branch, blob.blob, blob.sha256)


def test_the_file_of_another_content_in_its_place_is_noticed(branch: Branch) -> None:
    blob, other = store_content(branch, CONTENT), store_content(branch, b"something else")
    path_of(branch, blob).write_bytes(path_of(branch, other).read_bytes())
    with refused("文件损坏"):
        load_content(branch, blob.blob, blob.sha256)


def test_the_file_of_another_branch_is_not_taken_for_ours(branch: Branch, tmp_path: Path) -> None:
    blob = store_content(branch, CONTENT)
    other = founded(tmp_path / "other")
    theirs = store_content(other, CONTENT)
    path_of(branch, blob).write_bytes(path_of(other, theirs).read_bytes())
    with refused("文件损坏"):
        load_content(branch, blob.blob, blob.sha256)


def test_two_threads_that_store_the_first_attachments_can_both_read_theirs(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, asked = Barrier(2), local()
    stored = storage._stored_identity

    def seen_by_both(branch: Branch) -> str | None:
        found = stored(branch)
        if not hasattr(asked, "once"):
            asked.once = True
            both.wait()
        return found

    kept: dict[bytes, StoredBlob] = {}
    workers = [
        Thread(target=lambda content=content: kept.update({content: store_content(branch, content)}))
        for content in (b"one", b"two")
    ]
    with monkeypatch.context() as patch:
        patch.setattr(storage, "_stored_identity", seen_by_both)
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    for content in (b"one", b"two"):
        assert load_content(branch, kept[content].blob, kept[content].sha256) == content


def test_threads_that_store_equal_content_at_a_time_leave_it_whole(branch: Branch) -> None:
    store_content(branch, b"first")
    content, kept = CONTENT * 100, []
    workers = [Thread(target=lambda: kept.append(store_content(branch, content))) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(kept) == 4
    assert load_content(branch, kept[0].blob, kept[0].sha256) == content
    assert len(files(branch)) == 2


def test_the_contents_in_use_include_those_in_the_bin(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    services.set_photo(branch, uid, "a.png", b"\x89PNG\r\n\x1a\n1")
    services.set_photo(branch, uid, "b.png", b"\x89PNG\r\n\x1a\n2")
    store_content(branch, b"never used")
    assert len(blobs_in_use(branch)) == 2
    assert len(files(branch)) == 3


def _store_without_rights(_pipe: Connection, path: Path, person: str) -> None:
    from branchdesk.services import branches  # noqa: PLC0415 - in the child

    branch = branches.unlock(path, person, PASSWORD)
    branch.folder.attachments.mkdir()
    branch.folder.attachments.chmod(0o555)
    as_nobody()
    store_content(branch, CONTENT)


@needs_posix
def test_a_store_that_refuses_writing_is_named(branch: Branch) -> None:
    branch.close()
    with refused("不允许写入", "attachments"):
        in_child(_store_without_rights, branch.path, clerk_of(branch.path).uid)
    assert store_content(unlocked(branch.path), b"").size == 0
