"""`meetings`, `meeting`, `print-meeting`, `print-volume`: a year of a branch at the terminal."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest

from branchdesk.services.meetings.sample_year import sample_meetings
from cli.terminal import Terminal, people
from documents.pdfa_checks import faults_of, pages_of, text_of
from support.branches import FIRST_GROUP, add, founded

YEAR = 2025
ASSEMBLY = "2025-支部党员大会-1"


@cache
def _template() -> Path:
    """A closed branch with five members and the meetings of a year that is over."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    add(branch, people())
    sample_meetings(branch, YEAR)
    branch.close()
    return branch.path


@pytest.fixture
def busy_year(tmp_path: Path) -> Path:
    """The folder of a branch with sixty meetings."""
    return shutil.copytree(_template(), tmp_path / "branch")


def test_the_list_names_every_meeting_of_the_year(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("meetings", busy_year, "--year", YEAR)
    assert answer.code == 0, answer.err
    assert answer.lines[0].split() == ["编号", "时间", "地点", "主持人", "实到/应到", "状态"]
    named = [line for line in answer.lines if line.startswith(f"{YEAR}-")]
    assert len(named) == 60
    assert any(line.startswith(f"{ASSEMBLY} ") for line in named)
    assert answer.lines[-1] == "2025 年共 60 次。"


def test_the_list_can_be_narrowed_to_a_kind_and_to_a_group(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("meetings", busy_year, "--year", YEAR, "--kind", "支部党员大会")
    named = [line for line in answer.lines if line.startswith(f"{YEAR}-")]
    assert named
    assert all("支部党员大会" in line for line in named)
    of_group = terminal.as_clerk("meetings", busy_year, "--year", YEAR, "--place", FIRST_GROUP)
    assert {line.split("-")[1] for line in of_group.lines if line.startswith(f"{YEAR}-")} == {"党小组会"}


def test_an_unknown_kind_is_answered_with_those_there_are(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("meetings", busy_year, "--kind", "茶话会")
    assert answer.code == 1
    assert "没有叫“茶话会”的会议类型。" in answer.err
    assert "支部党员大会" in answer.err


def test_the_counts_say_what_was_due_and_what_is_missing(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("meetings", busy_year, "--year", YEAR, "--counts")
    head = next(place for place, line in enumerate(answer.lines) if line.startswith("会议 "))
    counted = answer.lines[head + 1 :]
    assert any(line.startswith("支部党员大会") and "第一季度" in line for line in counted), counted[:4]


def test_one_meeting_is_told_with_who_was_there_and_what_was_said(
    terminal: Terminal, busy_year: Path
) -> None:
    answer = terminal.as_clerk("meeting", busy_year, ASSEMBLY)
    assert answer.code == 0, answer.err
    assert answer.lines[0].startswith("支部党员大会")
    assert "状态：已归档" in answer.out or "状态：已定稿" in answer.out
    assert "出席情况：" in answer.out
    assert "（到会）" in answer.out
    assert "一、" in answer.out


@pytest.mark.parametrize("code", ["4", "2025-支部党员大会", "支部党员大会-1", "2025--1"])
def test_what_is_no_number_of_a_meeting_is_explained(terminal: Terminal, busy_year: Path, code: str) -> None:
    answer = terminal.as_clerk("meeting", busy_year, code)
    assert answer.code == 1
    assert f"“{code}”不是会议编号。" in answer.err


def test_a_meeting_that_was_not_held_is_said_not_to_be_there(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("meeting", busy_year, "2025-支部党员大会-99")
    assert answer.code == 1
    assert "没有编号是“2025-支部党员大会-99”的会议。" in answer.err


def test_meetings_of_two_groups_with_one_number_are_told_apart_by_their_place(
    terminal: Terminal, busy_year: Path
) -> None:
    answer = terminal.as_clerk("meeting", busy_year, "2025-党小组会-1")
    assert answer.code == 1
    assert "有 2 次会议的编号是“2025-党小组会-1”。" in answer.err
    assert FIRST_GROUP in answer.err
    assert terminal.as_clerk("meeting", busy_year, "2025-党小组会-1", "--place", FIRST_GROUP).code == 0


def test_minutes_are_printed_as_pdf_and_as_a_document_for_word(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("print-meeting", busy_year, ASSEMBLY, "-o", "记录.pdf")
    assert (answer.code, answer.err) == (0, "")
    written = (terminal.folder / "记录.pdf").read_bytes()
    assert faults_of(written) == []
    assert "支部党员大会会议记录" in text_of(written)
    answer = terminal.as_clerk("print-meeting", busy_year, ASSEMBLY, "-o", "记录.docx")
    assert answer.code == 0, answer.err
    with zipfile.ZipFile(terminal.folder / "记录.docx") as archive:
        content = archive.read("word/document.xml").decode()
    assert "支部党员大会会议记录" in re.sub("<[^>]+>", "", content)


@pytest.mark.parametrize(
    ("paper", "title"),
    [("notice", "通知"), ("sign_in", "签到表"), ("summary", "纪要"), ("votes", "计票结果")],
)
def test_every_paper_can_be_asked_for(terminal: Terminal, busy_year: Path, paper: str, title: str) -> None:
    answer = terminal.as_clerk("print-meeting", busy_year, ASSEMBLY, "--paper", paper, "-o", "p.pdf")
    assert answer.code == 0, answer.err
    assert title in text_of((terminal.folder / "p.pdf").read_bytes())


def test_a_year_is_bound_into_one_file(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("print-volume", busy_year, "--year", YEAR, "-o", "一册.pdf")
    assert answer.code == 0, answer.err
    written = (terminal.folder / "一册.pdf").read_bytes()
    assert pages_of(written) > 60
    assert "目　录" in text_of(written) or "目录" in "".join(text_of(written).split())


def test_a_year_without_meetings_has_no_volume(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("print-volume", busy_year, "--year", "2019", "-o", "v.pdf")
    assert answer.code == 1
    assert "2019 年没有可以装订的会议记录。" in answer.err
    assert not (terminal.folder / "v.pdf").exists()


def test_what_is_no_year_is_refused(terminal: Terminal, busy_year: Path) -> None:
    answer = terminal.as_clerk("meetings", busy_year, "--year", "去年")
    assert answer.code == 2
    assert "“去年”不是年份，请写 2026 这样的四位数。" in answer.err
