"""Opening a workbook through the fence: whatever is in the file, the program goes on with a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from branchdesk.documents.workbook_opening import open_workbook
from branchdesk.documents.workbook_problems import Reason, problem_of
from branchdesk.errors import Problem
from branchdesk.jobs import fenced
from branchdesk.jobs.fenced import FenceProblem, Limits
from branchdesk.jobs.progress import Cancelled, Progress
from support.workbook_parts import read_here, sheet_xml, workbook_parts, write_package

SAMPLES = Path(__file__).parent.parent / "data" / "workbooks"
STAND_IN = Path(__file__).parent.parent / "jobs" / "child_stand_in.py"


@pytest.mark.parametrize("name", ["two_row_header.xlsx", "title_and_unit_libreoffice.xls", "gb18030.csv"])
def test_the_child_reads_what_the_file_holds(name: str) -> None:
    assert open_workbook(SAMPLES / name) == read_here(SAMPLES / name)


def test_what_is_wrong_with_a_file_comes_back_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xls"
    path.write_bytes(b"<html><table><tr><td>x</td></tr></table></html>")
    with pytest.raises(Problem) as caught:
        open_workbook(path)
    assert caught.value.args == problem_of(Reason.WEB_PAGE, "花名册.xls").args


def test_a_cell_at_the_far_end_of_the_sheet_hurts_nobody(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    workbook = open_workbook(write_package(tmp_path / "far.xlsx", workbook_parts(sheet_xml(rows))))
    assert [row.number for row in workbook.sheets[0].rows] == [1]
    assert len(workbook.notes) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not hold the memory of a process")
def test_a_workbook_that_needs_too_much_memory_is_too_large(tmp_path: Path) -> None:
    strings = "".join(f"<si><t>{number:050}</t></si>" for number in range(200_000))
    parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), strings=strings)
    path = write_package(tmp_path / "大.xlsx", parts)
    with pytest.raises(Problem, match="“大.xlsx”太大") as caught:  # noqa: RUF043  # the point stands for itself
        open_workbook(path, limits=Limits(memory_bytes=80 << 20))
    assert caught.value.advice


@pytest.mark.parametrize("manner", ["garbage", "mute_death", "two_items", "deep"])
def test_a_child_that_fails_makes_the_file_unreadable_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, manner: str
) -> None:
    monkeypatch.setattr(fenced, "child_command", lambda: [sys.executable, str(STAND_IN), manner])
    with pytest.raises(Problem, match="已损坏，没有读完"):
        open_workbook(SAMPLES / "plain.xlsx")


def test_a_child_that_cannot_start_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fenced, "child_command", lambda: ["/nowhere/python"])
    with pytest.raises(FenceProblem, match="没有启动"):
        open_workbook(SAMPLES / "plain.xlsx")


def test_reading_can_be_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        open_workbook(SAMPLES / "plain.xlsx", progress)


def test_progress_names_the_sheet_that_is_being_read() -> None:
    told: set[str] = set()
    open_workbook(SAMPLES / "branches.xlsx", Progress(lambda _share, doing: told.add(doing)))
    assert "正在读取工作表“后勤”" in told


def test_every_reason_has_a_sentence_that_names_the_file_and_a_way_out() -> None:
    for reason in Reason:
        problem = problem_of(reason, "名册.xlsx", 7)
        assert problem.sentence.startswith(("“名册.xlsx”", "找不到“名册.xlsx”"))
        assert problem.sentence.endswith("。")
        assert problem.advice.endswith("。")
        assert "{" not in str(problem)
