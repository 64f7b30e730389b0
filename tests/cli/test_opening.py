"""Who opens a branch, and where the password comes from."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from pathlib import Path

import pytest

from branchdesk.services import branches
from branchdesk.storage.keyring import Role
from cli.terminal import Terminal
from support.branches import CLERK, PASSWORD, unlocked

SECOND = "周建国"
SECOND_PASSWORD = "shu-ji-ban-2026"


@pytest.fixture
def two_people(filled: Path) -> Path:
    """A branch that two people can open."""
    branch = unlocked(filled)
    branches.add_person(branch, SECOND, Role.CLERK, SECOND_PASSWORD, SECOND_PASSWORD)
    branch.close()
    return filled


def opened_by(terminal: Terminal, folder: Path, *words: object) -> str:
    """The line of `check` that says who opened the branch."""
    answer = terminal.run("check", folder, *words)
    return next(line for line in answer.lines if line.startswith("打开的人"))


def test_the_first_person_opens_unless_another_one_is_named(terminal: Terminal, two_people: Path) -> None:
    own = terminal.password_file(SECOND_PASSWORD)
    assert CLERK in opened_by(terminal, two_people, "--password-file", terminal.passwords)
    assert SECOND in opened_by(terminal, two_people, "--person", SECOND, "--password-file", own)
    assert SECOND in opened_by(terminal, two_people, "--person", "周 建 国", "--password-file", own)


def test_somebody_unknown_is_told_who_there_is(terminal: Terminal, two_people: Path) -> None:
    answer = terminal.as_clerk("check", two_people, "--person", "李四")
    assert answer.code == 1
    assert answer.complaints == ["没有叫“李四”的使用人。", f"可以打开它的人：{CLERK}、{SECOND}。"]


def test_the_prompt_says_whose_password_is_wanted(
    terminal: Terminal, two_people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[str] = []

    def answered(prompt: str) -> str:
        prompts.append(prompt)
        return SECOND_PASSWORD

    monkeypatch.setattr(getpass, "getpass", answered)
    assert terminal.run("history", two_people, "--person", SECOND).code == 0
    assert prompts == [f"{SECOND} 的口令："]


def test_a_wrong_password_opens_nothing(terminal: Terminal, filled: Path) -> None:
    wrong = terminal.password_file("mei-hua-2026")
    answer = terminal.run("history", filled, "--password-file", wrong)
    assert (answer.code, answer.out) == (1, "")
    assert answer.complaints[0] == "口令不对。"
    assert "mei-hua-2026" not in answer.err


@pytest.mark.parametrize(
    "content",
    [PASSWORD.encode(), f"{PASSWORD}\r\n".encode(), f"\ufeff{PASSWORD}\n第二行".encode()],
    ids=["bare", "as Windows ends lines", "as Notepad begins files"],
)
def test_the_password_is_the_first_line_however_the_file_was_written(
    terminal: Terminal, filled: Path, content: bytes
) -> None:
    file = terminal.folder / "other.txt"
    file.write_bytes(content)
    assert terminal.run("history", filled, "--password-file", file).code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "没有找到口令文件“{file}”。"),
        (b"", "口令文件“{file}”的第一行是空的。"),
        (b"\nlan-hua-2026\n", "口令文件“{file}”的第一行是空的。"),
        ("兰花".encode("gb18030"), "口令文件“{file}”不是纯文本。"),
    ],
    ids=["missing", "empty", "first line empty", "not UTF-8"],
)
def test_a_password_file_without_a_password_is_refused(
    terminal: Terminal, filled: Path, content: bytes | None, sentence: str
) -> None:
    file = terminal.folder / "other.txt"
    if content is not None:
        file.write_bytes(content)
    answer = terminal.run("history", filled, "--password-file", file)
    assert (answer.code, answer.out) == (1, "")
    assert answer.complaints[0] == sentence.format(file=file)
    assert len(answer.complaints) == 2, "there is a way out"


def test_a_folder_is_no_password_file(terminal: Terminal, filled: Path) -> None:
    answer = terminal.run("history", filled, "--password-file", terminal.folder)
    assert answer.code == 1
    assert answer.complaints[0].startswith(f"口令文件“{terminal.folder}”打不开：")


@pytest.mark.skipif(os.name == "nt", reason="a terminal cannot be taken away there")
def test_without_a_keyboard_the_way_out_is_a_password_file(terminal: Terminal, filled: Path) -> None:
    program = "import sys; from branchdesk.cli import run; raise SystemExit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, "--language", "zh", "check", str(filled)],
        env={**os.environ, "HOME": str(terminal.folder), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # nor is there a terminal to fall back on
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "这里没有键盘可以输入口令。",
        "请在终端里运行，或用 --password-file 指明一个第一行是口令的文件。",
    ]
