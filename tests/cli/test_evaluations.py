"""`evaluations`, `evaluation` and `print-evaluation`."""

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

from branchdesk.cli.paper_choices import EVALUATION_PAPERS
from branchdesk.reports.evaluations.papers import EVALUATION_PAPERS as PAPERS
from branchdesk.services.evaluations import ballots, planning, reading
from branchdesk.services.organisations import root_of
from cli.terminal import Terminal, people
from documents.pdfa_checks import faults_of
from support.branches import add, founded
from support.papers import text_of

CODE = "2026-民主评议党员-1"


@cache
def _template() -> Path:
    """A closed branch with five members and an appraisal, one batch counted twice and one too small."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    add(branch, people())
    uid = planning.start_evaluation(branch, "evaluation.appraisal", root_of(branch), 2026).uid
    for ballots_counted in (5, 3):
        batch = ballots.add_batch(branch, uid, ballots_counted).line
        figures = {"issued": str(ballots_counted), "returned": str(ballots_counted), "spoiled": "0"}
        ballots.set_heads(branch, batch, figures)
        sheet = reading.sheet(branch, uid)
        votes = {one.uid: {"excellent": 1, "qualified": ballots_counted - 1} for one in sheet.on_ballot}
        for number, counter in ((1, "王敏"), (2, "孙晓燕")):
            ballots.count_pass(branch, batch, number, counter, ballots_counted, votes)
    branch.close()
    return branch.path


@pytest.fixture
def evaluated(tmp_path: Path) -> Path:
    """The folder of a branch with an appraisal."""
    return shutil.copytree(_template(), tmp_path / "branch")


def test_the_papers_of_the_table_are_those_that_there_are() -> None:
    assert EVALUATION_PAPERS == PAPERS


def test_the_list_names_every_evaluation_with_its_step(terminal: Terminal, evaluated: Path) -> None:
    answer = terminal.as_clerk("evaluations", evaluated, "--year", 2026)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[1].split()[0] == CODE
    assert "进行中" in answer.lines[1]
    assert "2026 年共 1 次评议。" in answer.lines
    empty = terminal.as_clerk("evaluations", evaluated, "--year", 2025)
    assert "2025 年共 0 次评议。" in empty.out


def test_an_evaluation_is_shown_with_votes_of_the_batches_that_may_be_known(
    terminal: Terminal, evaluated: Path
) -> None:
    answer = terminal.as_clerk("evaluation", evaluated, CODE)
    assert (answer.code, answer.err) == (0, "")
    assert "个人自评：" in answer.out
    assert "有效票 5 张。" in answer.out
    assert "有效票不足 5 张，不列票数。" in answer.out
    line = next(line for line in answer.lines if line.startswith("李明朗"))
    assert "优秀 1" in line
    assert "合格 4" in line
    assert "还没有评定" in line


@pytest.mark.parametrize("paper", ["form", "ballot", "tally", "registration", "summary", "explanation"])
def test_papers_are_printed(terminal: Terminal, evaluated: Path, paper: str) -> None:
    answer = terminal.as_clerk("print-evaluation", evaluated, CODE, "--paper", paper, "-o", "纸.pdf")
    assert (answer.code, answer.err) == (0, "")
    assert faults_of((terminal.folder / "纸.pdf").read_bytes()) == []


def test_one_person_and_one_batch_can_be_asked_for(terminal: Terminal, evaluated: Path) -> None:
    command = ("print-evaluation", evaluated, CODE)
    answer = terminal.as_clerk(*command, "--paper", "registration", "--name", "欧阳雪", "-o", "登记表.pdf")
    assert "共 1 页" in answer.out
    assert "李明朗" not in text_of((terminal.folder / "登记表.pdf").read_bytes())
    answer = terminal.as_clerk(*command, "--paper", "tally", "--batch", "2026-02", "-o", "汇总.pdf")
    assert "有效票不足" in text_of((terminal.folder / "汇总.pdf").read_bytes())


def test_names_and_batches_that_there_are_not_are_told(terminal: Terminal, evaluated: Path) -> None:
    command = ("print-evaluation", evaluated, CODE, "-o", "a.pdf")
    nobody = terminal.as_clerk(*command, "--paper", "card", "--name", "欧阳雪")
    assert "没有这种材料" in nobody.err
    nobody = terminal.as_clerk(*command, "--paper", "feedback", "--name", "没有这人")
    assert "这次评议里没有“没有这人”。" in nobody.err
    twins = terminal.as_clerk(*command, "--paper", "feedback", "--name", "王芳")
    assert "这次评议里有 2 个“王芳”。" in twins.err
    none = terminal.as_clerk(*command, "--paper", "ballot", "--batch", "9")
    assert "没有批次“9”。" in none.err
    assert not (terminal.folder / "a.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--paper", "summary", "--name", "欧阳雪", "-o", "a.pdf"),
        ("--paper", "summary", "--batch", "2026-01", "-o", "a.pdf"),
        ("--name", "欧阳雪", "-o", "a.xlsx"),
    ],
)
def test_options_of_another_paper_are_refused(
    terminal: Terminal, evaluated: Path, words: tuple[str, ...]
) -> None:
    answer = terminal.as_clerk("print-evaluation", evaluated, CODE, *words)
    assert answer.code == 2
    assert "一起用" in answer.err
    assert not (terminal.folder / words[-1]).exists()


def test_numbers_that_name_nothing_are_told(terminal: Terminal, evaluated: Path) -> None:
    for typed, said in (
        ("民主评议", "不是评议编号"),
        ("2026-没有-1", "没有叫“没有”的评议办法。"),
        ("2026-民主评议党员-9", "没有编号是“2026-民主评议党员-9”的评议。"),
    ):
        answer = terminal.as_clerk("evaluation", evaluated, typed)
        assert answer.code == 1
        assert said in answer.err


def test_an_evaluation_is_written_for_word_and_for_excel(terminal: Terminal, evaluated: Path) -> None:
    command = ("print-evaluation", evaluated, CODE, "--paper", "summary")
    assert terminal.as_clerk(*command, "-o", "表.docx").code == 0
    with zipfile.ZipFile(terminal.folder / "表.docx") as archive:
        assert "word/document.xml" in archive.namelist()
    assert terminal.as_clerk("print-evaluation", evaluated, CODE, "-o", "表.xlsx").code == 0
    book = openpyxl.load_workbook(io.BytesIO((terminal.folder / "表.xlsx").read_bytes()))
    assert book.sheetnames[0] == "评定"
    book.close()
