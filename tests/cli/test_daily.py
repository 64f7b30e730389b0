"""`daily` and `print-daily`."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from branchdesk.cli.paper_choices import DAILY_PAPERS
from branchdesk.reports.daily.papers import DAILY_PAPERS as PAPERS
from branchdesk.services.daily.sample_daily import sample_daily
from branchdesk.services.meetings.sample_year import sample_meetings
from cli.terminal import MEMBERS, Terminal, people
from documents.pdfa_checks import faults_of, text_of
from support.branches import add, founded


@cache
def _template() -> Path:
    """A closed branch with five members, a year of meetings, and their records."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    add(branch, people())
    sample_meetings(branch, 2026)
    sample_daily(branch)
    branch.close()
    return branch.path


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """The folder of a branch with daily records."""
    return shutil.copytree(_template(), tmp_path / "branch")


def test_the_list_names_everybody_with_every_month(terminal: Terminal, recorded: Path) -> None:
    answer = terminal.as_clerk("daily", recorded, "--year", 2026)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0].split() == ["姓名", *map(str, range(1, 13))]
    lines = answer.lines[1 : 1 + len(MEMBERS)]
    assert sorted(line.split()[0] for line in lines) == sorted(MEMBERS)
    assert all(line.split()[1] == "定" for line in lines), "January was signed long ago"
    assert any("已定稿" in line for line in answer.lines)


def test_a_member_s_month_tells_figures_and_what_is_written(terminal: Terminal, recorded: Path) -> None:
    answer = terminal.as_clerk("daily", recorded, "--name", "欧阳雪", "--month", 7)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0] == "欧阳雪"
    assert "7 月：已定稿" in answer.lines
    said = answer.out.replace("\n", "")
    assert "参加组织生活：应到" in said
    assert "岗位业绩：" in said
    assert "支部评价：" in said
    year = terminal.as_clerk("daily", recorded, "--name", "欧阳雪", "王芳")
    assert year.lines.count("1 月：已定稿") == 3, "namesakes are told as well"


def test_a_month_without_a_name_is_refused(terminal: Terminal, recorded: Path) -> None:
    answer = terminal.as_clerk("daily", recorded, "--month", 7)
    assert answer.code == 2
    assert "一起用" in answer.err


def test_the_papers_of_the_table_are_those_that_there_are() -> None:
    assert tuple(DAILY_PAPERS) == PAPERS


@pytest.mark.parametrize(("paper", "words"), [("month", "本人签字"), ("year", "年度汇总表")])
def test_every_paper_is_printed(terminal: Terminal, recorded: Path, paper: str, words: str) -> None:
    answer = terminal.as_clerk("print-daily", recorded, "--paper", paper, "-o", "纸.pdf")
    assert (answer.code, answer.err) == (0, "")
    assert "已写成 纸.pdf" in answer.out
    written = (terminal.folder / "纸.pdf").read_bytes()
    assert faults_of(written) == []
    assert words in text_of(written)


def test_one_member_and_one_month_are_printed_alone_for_word(terminal: Terminal, recorded: Path) -> None:
    asked = ("print-daily", recorded, "--month", 3, "--name", "欧阳雪")
    assert "共 1 页" in terminal.as_clerk(*asked, "-o", "页.pdf").out
    assert "2026年3月" in text_of((terminal.folder / "页.pdf").read_bytes())
    assert terminal.as_clerk(*asked, "-o", "页.docx").code == 0
    with zipfile.ZipFile(terminal.folder / "页.docx") as archive:
        assert "word/document.xml" in archive.namelist()


def test_the_year_is_written_for_excel(terminal: Terminal, recorded: Path) -> None:
    answer = terminal.as_clerk("print-daily", recorded, "-o", "年.xlsx")
    assert (answer.code, answer.err) == (0, "")
    book = openpyxl.load_workbook(io.BytesIO((terminal.folder / "年.xlsx").read_bytes()))
    assert book.sheetnames == ["年度统计", "逐月写实"]


@pytest.mark.parametrize(
    "words",
    [
        ("--paper", "year", "--month", "3", "-o", "a.pdf"),
        ("--month", "3", "-o", "a.xlsx"),
        ("--name", "欧阳雪", "-o", "a.xlsx"),
    ],
)
def test_options_of_another_paper_are_refused(
    terminal: Terminal, recorded: Path, words: tuple[str, ...]
) -> None:
    answer = terminal.as_clerk("print-daily", recorded, *words)
    assert answer.code == 2
    assert "一起用" in answer.err
    assert not (terminal.folder / words[-1]).exists()
