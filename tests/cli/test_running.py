"""Every end of a command has a sentence and an exit code."""

from __future__ import annotations

import getpass
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from branchdesk.i18n import Language, spoken
from branchdesk.jobs.progress import Progress
from branchdesk.services import branches, roster_import
from branchdesk.services.open_branch import Branch
from branchdesk.services.roster_import import ImportPlan, ImportResult
from cli.terminal import PLAIN, Terminal, prefer
from support.branches import add_one, unlocked
from support.contents import facts


def test_what_is_done_without_anything_to_look_at_is_0(terminal: Terminal, filled: Path) -> None:
    answer = terminal.run("people", filled)
    assert (answer.code, answer.lines, answer.err) == (0, ["王敏（党务工作者）"], "")


def test_a_problem_is_1_with_a_sentence_and_the_way_out(terminal: Terminal) -> None:
    answer = terminal.as_clerk("check", "nowhere")
    assert answer.code == 1
    assert answer.out == ""
    assert answer.complaints == [
        f"在“{terminal.folder / 'nowhere'}”里没有找到支部文件。",
        "请检查 U 盘或文件夹是否还在，或从备份恢复。",
    ]


def test_wrong_usage_is_2_and_names_the_page_to_read(terminal: Terminal) -> None:
    answer = terminal.run("print", "roster", "somewhere")
    assert answer.code == 2
    assert answer.complaints == ["还缺少：-o/--output。", "写法见 branchdesk print --help"]


def test_what_is_done_but_wants_a_look_is_3(terminal: Terminal, empty: Path) -> None:
    branch = unlocked(empty)
    add_one(branch, "李明", mobile="139")
    branch.close()
    assert terminal.as_clerk("check", empty).code == 3


def test_a_bug_is_70_and_neither_screen_nor_log_quotes_a_person(
    terminal: Terminal, filled: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_folder: Path) -> None:
        raise LookupError("李明 999999198001011232") from ValueError("李明")

    monkeypatch.setattr(branches, "people_of", broken)
    answer = terminal.as_clerk("check", filled)
    assert answer.code == 70
    assert answer.complaints == [
        "程序自己出错了；已经保存的内容都在。",
        f"请把 {home / 'log' / 'branchdesk.log'} 交给维护人员；里面没有党员信息。",
    ]
    logged = (home / "log" / "branchdesk.log").read_text(encoding="utf-8")
    assert "LookupError < ValueError at test_running.py" in logged
    assert "opened" in logged, "the places in the program are named"
    assert "李明" not in logged
    assert "999999" not in logged


def test_ctrl_c_at_the_password_is_130_and_nothing_has_changed(
    terminal: Terminal, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(getpass, "getpass", interrupted)
    answer = terminal.run("check", filled)
    assert answer.code == 130
    assert answer.complaints == ["", "已停止，什么都没有改动。"]


def test_ctrl_c_during_an_import_takes_all_of_it_back(
    terminal: Terminal, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = unlocked(empty)
    before = facts(branch)
    branch.close()
    apply = roster_import.apply_import

    def interrupted(branch: Branch, plan: ImportPlan, progress: Progress) -> ImportResult:
        signal.raise_signal(signal.SIGINT)
        return apply(branch, plan, progress)

    monkeypatch.setattr(roster_import, "apply_import", interrupted)
    answer = terminal.as_clerk("import-roster", empty, PLAIN)
    assert answer.code == 130
    assert answer.complaints[-1] == "已停止，什么都没有改动。"
    assert facts(unlocked(empty)) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names in other words")
def test_what_the_system_refuses_is_told_calmly(terminal: Terminal) -> None:
    answer = terminal.as_clerk("check", "支" * 200)
    assert answer.code == 1
    assert answer.complaints[0].startswith("系统没有允许用“")
    assert answer.complaints[1] == "请核对文件名和权限，看看磁盘或 U 盘是否还在。"


def test_somebody_else_has_the_branch_open(terminal: Terminal, filled: Path) -> None:
    branch = unlocked(filled)
    answer = terminal.as_clerk("check", filled)
    branch.close()
    assert answer.code == 1
    assert re.match(r"这个支部文件已经打开（\d\d:\d\d 起，在电脑 .+ 上）。", answer.complaints[0])
    assert terminal.as_clerk("check", filled).code == 0


@pytest.mark.parametrize("damage", ["branch.db", "keyring.json"])
def test_a_damaged_file_is_told_calmly(terminal: Terminal, filled: Path, damage: str) -> None:
    (filled / damage).write_bytes(b"\x00" * 8192)
    answer = terminal.as_clerk("check", filled)
    assert answer.code == 1
    assert len(answer.complaints) == 2, "a sentence and the way out"
    assert "Traceback" not in answer.err


def test_the_language_is_that_of_the_window_unless_another_one_is_asked_for(
    terminal: Terminal, filled: Path, home: Path
) -> None:
    prefer(home / "settings.json", language="en")
    terminal.run("people", filled)
    assert spoken() is Language.ENGLISH
    terminal.run("--language", "zh", "people", filled)
    assert spoken() is Language.CHINESE
    terminal.run("people", filled, "--language=en")
    assert spoken() is Language.ENGLISH


def test_the_version_is_shown(terminal: Terminal) -> None:
    answer = terminal.run("--version")
    assert answer.code == 0
    assert re.fullmatch(r"BranchDesk \d+\.\d+\.\d+\n", answer.out)


def test_a_second_command_in_the_same_process_logs_each_line_once(terminal: Terminal, home: Path) -> None:
    for _time in range(2):
        terminal.run("check", "支" * 200, "--password-file", terminal.passwords)
    lines = (home / "log" / "branchdesk.log").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if "a command failed" in line]) == 2


LOADED = """
import sys
from branchdesk.cli import run
assert run({words!r}) == {code}
heavy = sorted({{name.partition(".")[0] for name in sys.modules}} & set({heavy!r}))
assert heavy == [], heavy
"""


@pytest.mark.parametrize(
    ("words", "code", "heavy"),
    [
        (["--help"], 0, ["PySide6", "sqlalchemy", "reportlab", "openpyxl"]),
        (["people", "nowhere"], 1, ["PySide6"]),
    ],
)
def test_qt_is_never_loaded_and_the_help_waits_for_nothing(
    terminal: Terminal, words: list[str], code: int, heavy: list[str]
) -> None:
    program = LOADED.format(words=words, code=code, heavy=heavy)
    environment = {**os.environ, "HOME": str(terminal.folder), "PYTHONIOENCODING": "utf-8"}
    for name in [name for name in environment if name.startswith("XDG_")]:
        del environment[name]
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
