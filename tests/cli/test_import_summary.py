"""What an import would do, in words: sheet by sheet, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from cli.terminal import PLAIN, WORKBOOKS, Answer, Terminal, written_workbook

FULL = ("--category", "正式党员")
HEAD = ("姓名", "人员类别", "入党时间", "联系电话")


def told(terminal: Terminal, folder: Path, rows: Iterable[Iterable[object]], *words: str) -> Answer:
    """What is said about a workbook with these rows, which is not imported."""
    workbook = written_workbook(terminal.folder / "r.xlsx", rows)
    return terminal.as_clerk("import-roster", folder, workbook, "--dry-run", *words)


def test_a_finding_names_row_person_column_and_heading(terminal: Terminal, empty: Path) -> None:
    answer = told(terminal, empty, [HEAD, ("李明", "正式党员", "2001.07.01", "139")])
    assert answer.code == 3
    place = answer.lines.index("  要核对的内容：")
    assert answer.lines[place + 1].startswith("    第 2 行（李明）：D 列“联系电话”：手机号应为 11 位")


def test_rows_that_share_a_sentence_are_told_together_and_none_is_left_out(
    terminal: Terminal, empty: Path
) -> None:
    wrong = {2, 3, 4, 6, 9, 10}
    rows = [
        (f"李{'一二三四五六七八九'[row - 2]}", "正式党员", "2001.07.01", "139" if row in wrong else None)
        for row in range(2, 11)
    ]
    answer = told(terminal, empty, [HEAD, *rows])
    assert any(line.strip().startswith("第 2–4、6、9–10 行：D 列") for line in answer.lines)


def test_a_column_that_nobody_knows_is_told_with_what_it_would_lose(terminal: Terminal, empty: Path) -> None:
    rows = [(*HEAD, "鞋码"), *((f"李{sign}", "正式党员", "2001.07.01", None, 42) for sign in "一二三")]
    answer = told(terminal, empty, rows)
    assert answer.code == 3
    assert "  E 列“鞋码”不认识，3 行的内容没有导入。" in answer.lines


def test_a_column_that_was_guessed_is_told(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk("import-roster", empty, WORKBOOKS / "education.xlsx", "--dry-run", *FULL)
    assert answer.code == 3
    assert any("列“" in line and "导入，请核对。" in line and "当作" in line for line in answer.lines)


def test_groups_that_will_be_founded_are_named_once(terminal: Terminal, empty: Path) -> None:
    rows = [("姓名", "人员类别", "党小组"), *((f"李{sign}", "正式党员", "第三党小组") for sign in "一二")]
    answer = told(terminal, empty, rows)
    assert "将一起设立：第三党小组。" in answer.lines


def test_sheets_without_people_are_told_with_the_reason(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk("import-roster", empty, WORKBOOKS / "branches.xlsx", "--dry-run")
    assert any(line.startswith("工作表“填表说明”没有导入：没有找到表头") for line in answer.lines)
    assert [line for line in answer.lines if line.startswith("工作表“机关党支部”：")]


def test_a_hidden_sheet_with_people_wants_a_look(terminal: Terminal, empty: Path) -> None:
    path = terminal.folder / "r.xlsx"
    book = openpyxl.load_workbook(PLAIN)
    hidden = book.create_sheet("旧名册")
    hidden.append(HEAD)
    hidden.append(("李明", "正式党员", "2001.07.01", None))
    hidden.sheet_state = "hidden"
    book.save(path)
    book.close()
    answer = terminal.as_clerk("import-roster", empty, path, "--dry-run")
    assert "新增 12 人" in answer.lines[1]
    assert "工作表“旧名册”没有导入：在原表中是隐藏的。" in answer.lines
    assert answer.code == 3


def test_titles_totals_and_notes_are_counted_as_skipped(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk(
        "import-roster", empty, WORKBOOKS / "totals_and_notes.xlsx", "--dry-run", *FULL
    )
    assert answer.lines[1].strip() == (
        "新增 6 人，更新 0 人，没有变化 0 人；存疑 0 行，不导入 0 行，跳过 9 行。"
    )


def test_a_row_that_slipped_is_refused_and_never_taken_for_a_doubt(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk(
        "import-roster",
        empty,
        WORKBOOKS / "sections_and_shifts.xlsx",
        "--dry-run",
        "--doubtful",
        "new",
        *FULL,
    )
    assert answer.code == 3
    place = answer.lines.index("  不导入的行：")
    assert answer.lines[place + 1] == "    第 9、13 行：这一行的内容好像错开了 1 列，请对照原表核对。"
    assert "存疑 0 行，不导入 2 行" in answer.out


@pytest.mark.parametrize(
    "name",
    [
        "dates.xlsx",
        "everything_libreoffice.xls",
        "excel_unicode.txt",
        "formulas_without_results.xlsx",
        "gb18030.csv",
        "merged_groups.xlsx",
        "wide.xlsx",
    ],
)
def test_workbooks_of_every_kind_are_told_calmly(terminal: Terminal, empty: Path, name: str) -> None:
    answer = terminal.as_clerk("import-roster", empty, WORKBOOKS / name, "--dry-run", *FULL)
    assert answer.code in {0, 1, 3}
    if answer.code == 1:
        assert len(answer.complaints) == 2
    else:
        assert answer.lines[-1] == "这一遍只是看看，什么都没有改动。"
    assert "{" not in answer.out + answer.err
