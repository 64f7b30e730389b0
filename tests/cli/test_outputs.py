"""Files that a command writes: never over another one, never among those of the branch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from branchdesk.cli.outputs import check_target, size
from cli.terminal import Terminal
from support.problems import refused

WRITING = [["print", "roster"], ["print", "member"], ["export-roster"]]
writing = pytest.mark.parametrize("words", WRITING, ids=[" ".join(words) for words in WRITING])


@writing
def test_an_existing_file_is_kept_unless_that_was_asked_for(
    terminal: Terminal, filled: Path, words: list[str]
) -> None:
    target = terminal.folder / "mine"
    target.write_bytes(b"mine")
    answer = terminal.as_clerk(*words, filled, "-o", target)
    assert answer.code == 1
    assert answer.complaints == [
        f"“{target}”已经存在，没有覆盖。",
        "请换一个文件名；要替换它，请加上 --force。",
    ]
    assert target.read_bytes() == b"mine"
    assert terminal.as_clerk(*words, filled, "-o", target, "--force").code == 0
    assert target.read_bytes()[:2] in {b"%P", b"PK"}


@writing
def test_nothing_is_written_among_the_files_of_the_branch(
    terminal: Terminal, filled: Path, words: list[str]
) -> None:
    before = sorted(filled.rglob("*"))
    for target in (filled / "branch.db", filled / "attachments" / "x.pdf"):
        answer = terminal.as_clerk(*words, filled, "-o", target, "--force")
        assert answer.code == 1
        assert answer.complaints[0] == f"“{target}”在支部文件自己的文件夹里。"
    assert sorted(filled.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="making links wants rights there")
def test_a_link_is_no_way_around(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(filled)
    with refused("在支部文件自己的文件夹里"):
        check_target(tmp_path / "link" / "x.pdf", filled, force=True)


def test_a_folder_is_no_file(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("export-roster", filled, "-o", terminal.folder, "--force")
    assert answer.code == 1
    assert answer.complaints == [f"“{terminal.folder}”是文件夹，不是文件。", "请写明文件名。"]


def test_missing_folders_on_the_way_are_made(terminal: Terminal, filled: Path) -> None:
    target = terminal.folder / "2026" / "六月" / "名册.xlsx"
    assert terminal.as_clerk("export-roster", filled, "-o", target).code == 0
    assert [path.name for path in target.parent.iterdir()] == ["名册.xlsx"]


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size(count) for count in (0, 400, 52_000, 1_600_000)] == ["1 KB", "1 KB", "51 KB", "1.5 MB"]
