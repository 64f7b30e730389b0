"""`check`: whether a branch file is whole, and what in it wants a look."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.services import attachments
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect
from cli.terminal import Terminal
from support.branches import SettableClock, add, add_one, sample_people, unlocked

PHOTO = b"\x89PNG\r\n\x1a\n1"


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file of a branch with its bytes, but for the lock, which says who held it last."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "branch.lock")
    return {path.name: path.read_bytes() for path in files}


def go_behind_its_back(branch: Branch, *statements: str) -> None:
    """Write to a closed branch file as somebody who has the key."""
    branch.close()
    raw = connect(branch.folder.database, branch.key)
    for statement in statements:
        raw.execute(statement)
    raw.close()


def test_a_whole_branch_is_said_to_be_whole(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("check", filled)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[:2] == [f"河西村党支部（{filled}）", "打开的人：王敏（党务工作者）"]
    assert answer.lines[2].startswith("数据库：")
    assert answer.lines[3:] == [
        "修改记录：共 2 步，环环相扣，没有断。",
        "照片和附件：没有。",
        "党员：共 5 名，其中 0 名有要核对的地方。",
        "党组织：没有要核对的。",
        "备份：还没有备份过。",
        "检查完了，没有发现问题。",
    ]


def test_a_check_changes_nothing(terminal: Terminal, filled: Path) -> None:
    terminal.as_clerk("check", filled)
    before = everything_in(filled)
    terminal.as_clerk("check", filled)
    assert everything_in(filled).keys() == before.keys()
    answer = terminal.as_clerk("history", filled)
    assert len(answer.lines) == 2, "founding and entering; a check is no change"


def test_findings_are_counted_and_listed_where_that_was_asked_for(terminal: Terminal, filled: Path) -> None:
    branch = unlocked(filled)
    add_one(branch, "赵立新", mobile="139")
    branch.close()
    answer = terminal.as_clerk("check", filled)
    assert answer.code == 3
    assert "党员：共 6 名，其中 1 名有要核对的地方。" in answer.lines
    assert answer.lines[-1] == "检查完了，有要核对的，见上面。"
    assert "赵立新" not in answer.out
    listed = terminal.as_clerk("check", filled, "--findings")
    assert listed.code == 3
    assert any(line.startswith("　赵立新 手机号：手机号应为 11 位") for line in listed.lines)


def test_findings_of_the_organisation_are_counted_too(terminal: Terminal, empty: Path) -> None:
    branch = unlocked(empty)
    add(branch, [one for one in sample_people(9) if one["category"] == "正式党员"])
    branch.close()
    answer = terminal.as_clerk("check", empty, "--findings")
    assert answer.code == 3
    assert "党组织：有 1 处要核对。" in answer.lines
    assert any("应当设立支部委员会" in line for line in answer.lines)


def test_a_change_behind_the_back_of_the_program_is_found(terminal: Terminal, filled: Path) -> None:
    branch = unlocked(filled)
    add_one(branch, "赵立新")
    go_behind_its_back(
        branch,
        "DROP TRIGGER keep_change_update",
        "UPDATE change SET person_name = '别人' WHERE seq = 2",
    )
    answer = terminal.as_clerk("check", filled)
    assert answer.code == 3
    assert answer.complaints[:2] == [
        "修改记录：第 2 步对不上，文件可能被别的程序改过。",
        "请不要继续录入，先从较早的备份恢复到另一个文件夹，对照核对。",
    ]
    assert any(line.startswith("党员：共 6 名") for line in answer.lines), "the other looks go on"


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_an_attachment_that_cannot_be_opened_is_named(terminal: Terminal, filled: Path, damage: str) -> None:
    branch = unlocked(filled)
    attachments.set_photo(branch, add_one(branch, "赵立新", admitted_on="2001.7.1"), "a.png", PHOTO)
    branch.close()
    assert "照片和附件：1 个，都打得开。" in terminal.as_clerk("check", filled).lines
    (blob,) = [path for path in (filled / "attachments").rglob("*") if path.is_file()]
    if damage == "missing":
        blob.unlink()
    else:
        blob.write_bytes(b"damaged")
    answer = terminal.as_clerk("check", filled)
    assert answer.code == 3
    assert any("赵立新 的附件“a.png”" in line for line in answer.complaints)


def test_a_damaged_page_is_found_and_the_way_out_is_named(terminal: Terminal, filled: Path) -> None:
    with (filled / "branch.db").open("r+b") as stream:
        stream.seek(-100, 2)
        stream.write(b"damaged")
    answer = terminal.as_clerk("check", filled)
    assert answer.code == 3
    assert answer.complaints[0] == "数据库：有 1 页损坏，读不出来。"
    assert "请不要继续录入，先从较早的备份恢复到另一个文件夹，对照核对。" in answer.complaints
    assert answer.lines[-1] == "检查完了，有要核对的，见上面。"


def test_the_last_backup_is_told(terminal: Terminal, filled: Path, the_clock: SettableClock) -> None:
    terminal.as_clerk("backup", filled, "--to", "备份")
    made = the_clock.moment.astimezone().strftime("%Y.%m.%d %H:%M")
    place = terminal.folder / "备份"
    told = f"备份：最近一次是 {made}，放在 {place}，之后没有修改。"
    assert told in terminal.as_clerk("check", filled).lines
    branch = unlocked(filled)
    add_one(branch, "赵立新")
    branch.close()
    told = f"备份：最近一次是 {made}，放在 {place}，之后又有修改。"
    assert told in terminal.as_clerk("check", filled).lines
