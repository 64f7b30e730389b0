"""`points` and `print-points`."""

from __future__ import annotations

import atexit
import io
import re
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from branchdesk.cli.paper_choices import POINTS_PAPERS
from branchdesk.reports.points.papers import POINTS_PAPERS as PAPERS
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.points.sample_points import sample_points
from cli.terminal import MEMBERS, Terminal, people
from documents.pdfa_checks import faults_of, text_of
from support.branches import add, founded


@cache
def _template() -> Path:
    """A closed branch with five members, a year of meetings, and their points."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    add(branch, people())
    sample_meetings(branch, 2026)
    sample_points(branch)
    branch.close()
    return branch.path


@pytest.fixture
def pointed(tmp_path: Path) -> Path:
    """The folder of a branch with points."""
    return shutil.copytree(_template(), tmp_path / "branch")


def test_the_list_names_everybody_with_every_bucket_and_the_total(terminal: Terminal, pointed: Path) -> None:
    answer = terminal.as_clerk("points", pointed, "--year", 2026)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0].split() == ["姓名", "基础分", "任务分", "奖励分", "扣减", "总积分", "可兑换"]
    assert sorted(line.split()[0] for line in answer.lines[1 : 1 + len(MEMBERS)]) == sorted(MEMBERS)
    for line in answer.lines[1 : 1 + len(MEMBERS)]:
        *buckets, total, _left = [float(text.replace("−", "-")) for text in line.split()[1:]]
        assert sum(buckets) == total
    assert "2026 年共 5 人有积分。" in answer.lines


def test_a_member_is_explained_line_by_line_namesakes_with_him(terminal: Terminal, pointed: Path) -> None:
    answer = terminal.as_clerk("points", pointed, "--name", "王芳", "欧阳雪")
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines.count("王芳") == 2
    assert answer.lines.count("欧阳雪") == 1
    assert re.search(r"总积分 [\d.]+ 分。", answer.out.replace("\n", ""))
    assert "还可以兑换" in answer.out.replace("\n", "")
    nobody = terminal.as_clerk("points", pointed, "--name", "没有这人")
    assert nobody.code == 1
    assert "名册里没有“没有这人”。" in nobody.err


def test_the_papers_of_the_table_are_those_that_there_are() -> None:
    assert tuple(POINTS_PAPERS) == PAPERS


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ("publicity", "公示期"),
        ("member", "逐笔记录"),
        ("duties", "共性清单"),
        ("tasks", "个性清单"),
        ("redemptions", "领取人签字"),
        ("rewards", "所需积分"),
    ],
)
def test_every_paper_of_points_is_printed(terminal: Terminal, pointed: Path, paper: str, words: str) -> None:
    answer = terminal.as_clerk("print-points", pointed, "--paper", paper, "-o", "纸.pdf")
    assert (answer.code, answer.err) == (0, "")
    written = (terminal.folder / "纸.pdf").read_bytes()
    assert faults_of(written) == []
    assert words in text_of(written)


def test_a_month_can_be_named_and_must_be_one(terminal: Terminal, pointed: Path) -> None:
    answer = terminal.as_clerk("print-points", pointed, "--month", 3, "--year", 2026, "-o", "三月.pdf")
    assert (answer.code, answer.err) == (0, "")
    assert "2026年3月党员积分公示表" in text_of((terminal.folder / "三月.pdf").read_bytes())
    for typed in ("0", "13", "三月"):
        wrong = terminal.as_clerk("print-points", pointed, "--month", typed, "-o", "错.pdf")
        assert f"“{typed}”不是月份" in wrong.err


def test_the_page_of_one_member_is_printed_alone(terminal: Terminal, pointed: Path) -> None:
    answer = terminal.as_clerk(
        *("print-points", pointed, "--paper", "member", "--name", "欧阳雪", "-o", "页.pdf")
    )
    assert "共 1 页" in answer.out
    assert "李明朗" not in text_of((terminal.folder / "页.pdf").read_bytes())


@pytest.mark.parametrize(
    "words",
    [
        ("--paper", "tasks", "--month", "3", "-o", "a.pdf"),
        ("--paper", "publicity", "--name", "王芳", "-o", "a.pdf"),
        ("--paper", "tasks", "-o", "a.xlsx"),
    ],
)
def test_options_of_another_paper_are_refused(
    terminal: Terminal, pointed: Path, words: tuple[str, ...]
) -> None:
    answer = terminal.as_clerk("print-points", pointed, *words)
    assert answer.code == 2
    assert "一起用" in answer.err
    assert not (terminal.folder / words[-1]).exists()


def test_publicity_and_ledger_are_written_for_word_and_for_excel(terminal: Terminal, pointed: Path) -> None:
    for paper, first in (("publicity", "积分公示"), ("redemptions", "积分汇总")):
        command = ("print-points", pointed, "--paper", paper, "--force")
        answer = terminal.as_clerk(*command, "-o", "表.docx")
        assert answer.code == 0, answer.err
        with zipfile.ZipFile(terminal.folder / "表.docx") as archive:
            assert "word/document.xml" in archive.namelist()
        answer = terminal.as_clerk(*command, "-o", "表.xlsx")
        assert answer.code == 0, answer.err
        book = openpyxl.load_workbook(io.BytesIO((terminal.folder / "表.xlsx").read_bytes()))
        assert book.sheetnames[0] == first
        book.close()


def test_a_year_without_exchanges_has_no_ledger_to_print(terminal: Terminal, pointed: Path) -> None:
    answer = terminal.as_clerk(
        *("print-points", pointed, "--paper", "redemptions", "--year", 2025, "-o", "旧.pdf")
    )
    assert answer.code == 1
    assert "2025 年没有兑换过，台账是空的。" in answer.err
