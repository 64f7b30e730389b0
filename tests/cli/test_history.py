"""`history`: what was changed, when and by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.domain.identity import masked_identity
from cli.terminal import Terminal, people
from support.branches import SettableClock, add_one, edit, founded


@pytest.fixture
def changed(tmp_path: Path, the_clock: SettableClock) -> Path:
    """A branch in which one member was entered and then changed twice, a day apart."""
    branch = founded(tmp_path)
    uid = add_one(branch, "李明朗", id_number=people()[0]["id_number"], department="办公室")
    add_one(branch, "王芳")
    the_clock.move(days=1)
    edit(branch, uid, department="财务室")
    the_clock.move(days=1)
    edit(branch, uid, id_number=people()[1]["id_number"])
    branch.close()
    return branch.path


def test_the_newest_change_is_on_top_with_who_and_when(
    terminal: Terminal, changed: Path, the_clock: SettableClock
) -> None:
    answer = terminal.as_clerk("history", changed)
    assert (answer.code, answer.err) == (0, "")
    assert len(answer.lines) == 5
    now = the_clock.moment.astimezone().strftime("%Y.%m.%d %H:%M")
    assert answer.lines[0].startswith(f"{now}  王敏  ")
    assert "李明朗" in answer.lines[0]
    assert answer.lines[-1].endswith("建立 河西村党支部（6 条记录）")


def test_no_more_is_shown_than_was_asked_for(terminal: Terminal, changed: Path) -> None:
    assert len(terminal.as_clerk("history", changed, "--limit", "2").lines) == 2
    member = terminal.as_clerk("history", changed, "--member", "李明朗", "--limit", "2")
    assert len(member.lines) == 3, "a line that says who it is, and two changes"


def test_the_history_of_a_member_tells_every_field_and_shows_only_the_ends_of_numbers(
    terminal: Terminal, changed: Path
) -> None:
    answer = terminal.as_clerk("history", changed, "--member", "李明朗")
    assert answer.code == 0
    first, second = (one["id_number"] for one in people()[:2])
    assert answer.lines[0].startswith("李明朗（")
    assert f"身份证号：{masked_identity(first)} → {masked_identity(second)}（" in answer.lines[1]
    assert "办公室 → 财务室" in answer.lines[2]
    assert first not in answer.out
    assert second not in answer.out
    assert "王芳" not in answer.out


def test_namesakes_are_shown_one_below_the_other(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("history", filled, "--member", "王芳")
    heads = [line for line in answer.lines if line.startswith("王芳（")]
    assert len(heads) == len(set(heads)) == 2


def test_what_was_undone_is_marked(terminal: Terminal, tmp_path: Path) -> None:
    branch = founded(tmp_path)
    add_one(branch, "李明")
    branch.undo(2)
    branch.close()
    answer = terminal.as_clerk("history", branch.path)
    assert [line.endswith("，已撤销") for line in answer.lines] == [False, True, False]


def test_nobody_of_that_name_is_a_problem(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("history", filled, "--member", "李四")
    assert (answer.code, answer.out) == (1, "")
    assert answer.complaints[0] == "名册里没有“李四”。"
