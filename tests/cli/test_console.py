"""What the terminal shows: lines, columns of Chinese, the progress of long work."""

from __future__ import annotations

import io
import os
import signal
import sys

import pytest
from typing_extensions import override

from branchdesk.cli.console import (
    complain,
    display_width,
    long_work,
    padded,
    ready_streams,
    say,
    warn,
    wrapped,
)
from branchdesk.errors import Problem
from branchdesk.jobs.progress import Cancelled


class Screen(io.StringIO):
    """A terminal that somebody looks at."""

    @override
    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal behind both streams."""
    made = Screen()
    monkeypatch.setattr(sys, "stdout", made)
    monkeypatch.setattr(sys, "stderr", made)
    return made


# ---- lines


def test_the_answer_and_what_wants_a_look_go_different_ways(capsys: pytest.CaptureFixture[str]) -> None:
    say("办完了")
    warn("看一看")
    assert capsys.readouterr() == ("办完了\n", "看一看\n")


def test_a_problem_is_its_sentence_and_below_it_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    complain(Problem("磁盘满了。", "请删掉一些文件。"))
    complain(Problem("口令不对。"))
    assert capsys.readouterr().err == "磁盘满了。\n请删掉一些文件。\n口令不对。\n"


def test_a_name_out_of_a_strange_workbook_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say("第 2 行（李\x1b[2J明\x9b0m）\t看一看\n第 3 行")
    assert capsys.readouterr().out == "第 2 行（李\ufffd[2J明\ufffd0m）\t看一看\n第 3 行\n"


def test_what_a_terminal_cannot_show_comes_out_as_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    ready_streams()
    say("A党")
    assert written.getvalue() == b"A\\u515a\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_who_left_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        say("第一行")
        say("第二行")


# ---- columns


def test_chinese_takes_two_columns() -> None:
    assert display_width("A党，") == 5
    assert padded("党员", 6) == "党员  "


def test_chinese_breaks_anywhere_but_closing_marks_stay_with_their_word() -> None:
    assert wrapped("一二三四五。六", 10) == ["一二三四五。", "六"]
    assert wrapped("一二三四--force五", 12) == ["一二三四", "--force五"]
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("", 10) == [""]


# ---- long work


def test_progress_is_one_line_that_is_gone_before_anything_else_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = watched(monkeypatch)
    with long_work() as progress:
        progress.step(0.5, "正在核对…")
        progress.step(0.504)  # nothing new to see
        say("第一行")
        progress.step(1.0)
    shown = " 50% 正在核对…"
    blank = "\r" + " " * display_width(shown) + "\r"
    assert screen.getvalue() == f"{shown}{blank}第一行\n100% 正在核对…{blank}"


def test_nothing_of_progress_is_written_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with long_work() as progress:
        progress.step(0.5, "正在核对…")
    assert capsys.readouterr() == ("", "")


def stopped_at_half() -> None:
    """Long work that a full disk ends."""
    with long_work() as progress:
        progress.step(0.5, "正在核对…")
        raise Problem("磁盘满了。")


def test_a_command_that_stops_leaves_no_progress_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watched(monkeypatch)
    with pytest.raises(Problem):
        stopped_at_half()
    assert screen.getvalue().endswith("\r")


def test_ctrl_c_stops_long_work_at_its_next_step_and_means_the_same_as_ever_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with long_work() as progress:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            progress.part(0.0, 0.5).step(0.1)
    assert signal.getsignal(signal.SIGINT) is before
