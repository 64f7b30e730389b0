"""`backup` and `restore`: a backup that was tried, and a branch brought back from one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from branchdesk.services import attachments, backups
from cli.terminal import MEMBERS, Terminal, prefer
from support.branches import PASSWORD, add_one, unlocked
from support.contents import assert_sound, facts

PHOTO = b"\x89PNG\r\n\x1a\n1"


@pytest.fixture
def backup(terminal: Terminal, filled: Path) -> Path:
    """A backup of the filled branch."""
    assert terminal.as_clerk("backup", filled, "--to", "备份").code == 0
    (path,) = (terminal.folder / "备份").glob("*.bdbak")
    return path


def names_of(folder: Path) -> list[str]:
    """The names of the members of a branch."""
    branch = unlocked(folder)
    found = sorted(row["name"] for row in facts(branch)["member"].values())
    branch.close()
    return found


# ---- backup


def test_a_backup_goes_where_the_window_puts_it(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("backup", filled)
    assert (answer.code, answer.err) == (0, "")
    (path,) = (filled.parent / "branch-backups").glob("*.bdbak")
    assert re.fullmatch(rf"已备份到 {re.escape(str(path))}，\d+ KB，并核对无误。", answer.lines[0])
    assert answer.lines[1] == "里面有党员 5 名，修改记录 2 步。"
    assert backups.look_into(path)[0].members == 5


def test_the_place_that_was_chosen_in_the_window_is_kept(
    terminal: Terminal, filled: Path, home: Path
) -> None:
    chosen = terminal.folder / "U盘"
    prefer(home / "settings.json", backup_folders={str(filled): str(chosen)})
    assert terminal.as_clerk("backup", filled).code == 0
    assert len(list(chosen.glob("*.bdbak"))) == 1


def test_a_backup_can_go_elsewhere_but_not_among_the_files_of_the_branch(
    terminal: Terminal, filled: Path
) -> None:
    assert terminal.as_clerk("backup", filled, "--to", terminal.folder / "U盘").code == 0
    assert len(list((terminal.folder / "U盘").glob("*.bdbak"))) == 1
    answer = terminal.as_clerk("backup", filled, "--to", filled / "here")
    assert answer.code == 1
    assert answer.complaints[0] == "备份不能放在支部文件自己的文件夹里。"


def test_a_backup_that_could_not_hold_an_attachment_says_so(terminal: Terminal, filled: Path) -> None:
    branch = unlocked(filled)
    attachments.set_photo(branch, add_one(branch, "赵立新"), "a.png", PHOTO)
    next(branch.folder.attachments.rglob("*.age")).unlink()
    branch.close()
    answer = terminal.as_clerk("backup", filled, "--to", "备份")
    assert answer.code == 3
    assert answer.complaints == ["已备份，但少了 1 个附件：它们的文件不在了或已损坏。"]
    assert len(list((terminal.folder / "备份").glob("*.bdbak"))) == 1


# ---- restore


def test_a_backup_is_restored_into_a_new_folder_and_can_be_opened(
    terminal: Terminal, filled: Path, backup: Path
) -> None:
    answer = terminal.as_clerk("restore", backup, "新")
    assert (answer.code, answer.err) == (0, "")
    folder = terminal.folder / "新"
    assert re.fullmatch(
        rf"已把“河西村党支部”\d{{4}}\.\d\d\.\d\d \d\d:\d\d 的备份恢复到 {folder}。", answer.lines[0]
    )
    assert answer.lines[1] == "里面有党员 5 名，修改记录 2 步。"
    assert names_of(folder) == names_of(filled) == sorted(MEMBERS)
    restored = unlocked(folder)
    assert_sound(restored)


def test_a_folder_with_anything_in_it_is_left_alone(terminal: Terminal, backup: Path) -> None:
    folder = terminal.folder / "满"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    answer = terminal.as_clerk("restore", backup, folder)
    assert answer.code == 1
    assert answer.complaints[0] == f"“{folder}”里已经有文件。"
    assert "--force" in answer.complaints[1]
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_with_force_the_branch_that_lay_there_is_kept_beside_the_restored_one(
    terminal: Terminal, filled: Path, backup: Path
) -> None:
    branch = unlocked(filled)
    add_one(branch, "后来的人")
    branch.close()
    answer = terminal.as_clerk("restore", backup, filled, "--force")
    assert answer.code == 0
    assert names_of(filled) == sorted(MEMBERS)
    (kept,) = filled.glob("before-restore-*")
    assert (kept / "branch.db").exists()


@pytest.mark.parametrize("damage", ["cut", "no backup", "missing"])
def test_a_damaged_backup_restores_nothing(terminal: Terminal, backup: Path, damage: str) -> None:
    if damage == "missing":
        backup.unlink()
    else:
        whole = backup.read_bytes()
        backup.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"no backup at all")
    answer = terminal.as_clerk("restore", backup, "新")
    assert (answer.code, answer.out) == (1, "")
    assert backup.name in answer.complaints[0]
    assert len(answer.complaints) == 2, "there is a way out"
    assert not (terminal.folder / "新").exists()


def test_the_password_is_that_of_the_time_of_the_backup(terminal: Terminal, backup: Path) -> None:
    wrong = terminal.password_file("mei-hua-2026")
    answer = terminal.run("restore", backup, "新", "--password-file", wrong)
    assert answer.code == 1
    assert answer.complaints[0] == "口令不对。"
    assert not (terminal.folder / "新" / "branch.db").exists()
    answer = terminal.as_clerk("restore", backup, "新", "--person", "李四")
    assert answer.complaints[0] == "没有叫“李四”的使用人。"


def test_the_prompt_says_of_which_time(
    terminal: Terminal, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[str] = []

    def answered(prompt: str) -> str:
        prompts.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", answered)
    assert terminal.run("restore", backup, "新").code == 0
    made = backups.look_into(backup)[0].made_at()
    assert prompts == [f"王敏 在 {made:%Y.%m.%d %H:%M} 用的口令："]


def test_attachments_that_did_not_come_back_are_counted(terminal: Terminal, filled: Path) -> None:
    branch = unlocked(filled)
    attachments.set_photo(branch, add_one(branch, "赵立新"), "a.png", PHOTO)
    branch.close()
    assert terminal.as_clerk("backup", filled, "--to", "备份").code == 0
    (path,) = (terminal.folder / "备份").glob("*.bdbak")
    shutil.copy(path, terminal.folder / "alone.bdbak")
    answer = terminal.as_clerk("restore", "alone.bdbak", "新")
    assert answer.code == 3
    assert answer.complaints == ["有 1 个附件没有找回来：备份旁边的附件文件夹里没有它们。"]
    assert terminal.as_clerk("restore", path, "另").code == 0
