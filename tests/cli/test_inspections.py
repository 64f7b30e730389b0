"""`inspections`, `inspection`, `print-inspection`, `print-ledger`, `dossier` and `fill-template`."""

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

from branchdesk.cli.endings import Ending
from branchdesk.services.inspections.sample_quarter import sample_inspections
from branchdesk.services.inspections.templates import add_template
from branchdesk.services.meetings.sample_year import sample_meetings
from cli.terminal import Terminal, people, written_workbook
from documents.pdfa_checks import faults_of, text_of
from support.branches import add, founded

FINISHED, RUNNING = "2026-党建工作检查表-3", "2026-党建工作检查表-4"
TEMPLATE = "季度检查评分表.xlsx"
HEAD = ("序号", "检查内容", "分值", "自评得分", "考核得分", "扣分原因")


@cache
def _template() -> Path:
    """A closed branch with five members, a year of meetings, two inspections, and a superior's workbook."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    add(branch, people())
    sample_meetings(branch, 2026)
    sample_inspections(branch)
    rows = [HEAD, ("C1", "党员大会", 5, None, None, None), ("C4", "主题党日", 4, None, None, None)]
    add_template(branch, written_workbook(folder / TEMPLATE, rows), "inspection.quarter")
    branch.close()
    return branch.path


@pytest.fixture
def inspected(tmp_path: Path) -> Path:
    """The folder of a branch with one inspection that is over and one that is under way."""
    return shutil.copytree(_template(), tmp_path / "branch")


def test_the_list_names_every_inspection_with_its_scores_and_state(
    terminal: Terminal, inspected: Path
) -> None:
    answer = terminal.as_clerk("inspections", inspected, "--year", 2026)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0].split() == ["编号", "党组织", "自评", "考核", "等次", "未销号", "状态"]
    named = [line for line in answer.lines if line.startswith("2026-")]
    assert sorted(line.split()[0] for line in named) == [FINISHED, RUNNING]
    assert answer.lines[-1] == "2026 年共 2 份检查表。"
    earlier = terminal.as_clerk("inspections", inspected, "--year", 2025)
    assert earlier.lines[-1] == "2025 年共 0 份检查表。"


def test_open_problems_are_listed_with_who_answers_for_them(terminal: Terminal, inspected: Path) -> None:
    answer = terminal.as_clerk("inspections", inspected, "--issues")
    assert answer.code == 0, answer.err
    head = next(place for place, line in enumerate(answer.lines) if line.startswith("问题 "))
    assert answer.lines[head].split() == ["问题", "责任人", "时限", "状态", "逾期天数"]
    told = re.fullmatch(r"还有 (\d+) 个问题没有销号。", answer.lines[-1])
    assert told is not None
    assert len(answer.lines[head + 1 : -1]) == int(told[1]) > 0


def test_one_inspection_is_told_line_by_line_with_its_total(terminal: Terminal, inspected: Path) -> None:
    answer = terminal.as_clerk("inspection", inspected, FINISHED)
    assert (answer.code, answer.err) == (0, "")
    assert "2026年第三季度" in answer.lines[0]
    assert answer.lines[1].startswith("状态：")
    assert "三、组织生活" in answer.lines
    line = next(line for line in answer.lines if line.startswith("C4 "))
    assert "（4 分）：自评 " in line
    assert "考核 " in line
    assert re.search(r"^总分 \d+(\.\d+)? 分，等次：(优秀|良好|合格)。$", answer.out, re.MULTILINE)
    assert "发现的问题：" in answer.lines
    running = terminal.as_clerk("inspection", inspected, RUNNING)
    assert "J1 违纪问题瞒报不报（一票否决）：" in running.out


@pytest.mark.parametrize("code", ["3", "2026-党建工作检查表", "党建工作检查表-3", "26-党建工作检查表-3"])
def test_what_is_no_number_of_an_inspection_is_explained(
    terminal: Terminal, inspected: Path, code: str
) -> None:
    answer = terminal.as_clerk("inspection", inspected, code)
    assert answer.code == 1
    assert f"“{code}”不是检查表编号。" in answer.err


def test_an_inspection_that_is_not_there_is_said_not_to_be_there(terminal: Terminal, inspected: Path) -> None:
    answer = terminal.as_clerk("inspection", inspected, "2026-党建工作检查表-1")
    assert answer.code == 1
    assert "没有编号是“2026-党建工作检查表-1”的检查表。" in answer.err
    answer = terminal.as_clerk("inspection", inspected, "2026-安全检查表-1")
    assert answer.code == 1
    assert "没有叫“安全检查表”的检查表。" in answer.err
    assert "党建工作检查表" in answer.err


@pytest.mark.parametrize(
    ("paper", "words"),
    [("sheet", "考核得分"), ("explanation", "计分过程"), ("summary", "小结"), ("blank", "扣分及原因")],
)
def test_every_paper_of_an_inspection_is_printed(
    terminal: Terminal, inspected: Path, paper: str, words: str
) -> None:
    answer = terminal.as_clerk("print-inspection", inspected, FINISHED, "--paper", paper, "-o", "纸.pdf")
    assert (answer.code, answer.err) == (0, "")
    written = (terminal.folder / "纸.pdf").read_bytes()
    assert faults_of(written) == []
    assert words in text_of(written)


def test_a_sheet_and_the_ledger_are_written_for_word_and_for_excel(
    terminal: Terminal, inspected: Path
) -> None:
    for command in (("print-inspection", inspected, FINISHED), ("print-ledger", inspected)):
        answer = terminal.as_clerk(*command, "-o", "表.docx", "--force")
        assert answer.code == 0, answer.err
        with zipfile.ZipFile(terminal.folder / "表.docx") as archive:
            assert "word/document.xml" in archive.namelist()
        answer = terminal.as_clerk(*command, "-o", "表.xlsx", "--force")
        assert answer.code == 0, answer.err
        assert re.search(r"^已写成 表.xlsx，\d+ KB。$", answer.out, re.MULTILINE)
        book = openpyxl.load_workbook(io.BytesIO((terminal.folder / "表.xlsx").read_bytes()))
        assert len(list(book.worksheets[0].rows)) > 2
        book.close()


def test_the_ledger_can_be_narrowed_to_what_is_still_open(terminal: Terminal, inspected: Path) -> None:
    texts = {}
    for name, more in (("all", ()), ("open", ("--open",))):
        answer = terminal.as_clerk("print-ledger", inspected, "-o", f"{name}.pdf", *more)
        assert (answer.code, answer.err) == (0, "")
        texts[name] = text_of((terminal.folder / f"{name}.pdf").read_bytes())
    assert "台账" in texts["all"]
    assert len(texts["open"]) < len(texts["all"])
    none = terminal.as_clerk("print-ledger", inspected, "-o", "以前.pdf", "--year", 2024)
    assert none.code == 1
    assert not (terminal.folder / "以前.pdf").exists()


def test_the_dossier_is_bound_and_lines_without_proof_are_named(terminal: Terminal, inspected: Path) -> None:
    answer = terminal.as_clerk("dossier", inspected, RUNNING, "-o", "迎检包.pdf")
    assert answer.code == Ending.LOOK, answer.err
    told = re.search(r"已写成 迎检包.pdf，共 (\d+) 页，佐证 (\d+) 份。", answer.out)
    assert told is not None
    assert int(told[1]) > int(told[2]) > 0
    assert (terminal.folder / "迎检包.pdf").read_bytes().startswith(b"%PDF")
    assert re.search(r"有 \d+ 项没有佐证：", answer.err)


def test_a_workbook_of_the_superior_is_filled_and_what_it_has_no_cell_for_is_named(
    terminal: Terminal, inspected: Path
) -> None:
    answer = terminal.as_clerk(
        *("fill-template", inspected, TEMPLATE.removesuffix(".xlsx"), FINISHED, "-o", "填好.xlsx")
    )
    assert re.search(r"^已写成 填好.xlsx，填了 \d+ 格。$", answer.out, re.MULTILINE), answer.err
    assert re.search(r"有 34 项在这张表里没有得分格：", answer.err)
    book = openpyxl.load_workbook(terminal.folder / "填好.xlsx")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert rows[0] == HEAD
    assert isinstance(rows[1][3], int | float)
    unknown = terminal.as_clerk("fill-template", inspected, "别的表", FINISHED, "-o", "另.xlsx")
    assert unknown.code == 1
    assert "没有叫“别的表”的上级表格。" in unknown.err
    assert TEMPLATE in unknown.err


def test_nothing_is_written_over_another_file(terminal: Terminal, inspected: Path) -> None:
    (terminal.folder / "表.pdf").write_text("已有")
    answer = terminal.as_clerk("print-inspection", inspected, FINISHED, "-o", "表.pdf")
    assert answer.code == 1
    assert "“表.pdf”已经存在，没有覆盖。" in answer.err
