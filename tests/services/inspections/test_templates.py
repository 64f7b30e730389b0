"""A superior's workbook: kept with what goes into its cells, proposed from its own words, never half."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from branchdesk.documents.template_workbook import read_template
from branchdesk.forms.language import Form, shipped_form
from branchdesk.i18n import Language, speak
from branchdesk.services import history, recycle_bin
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.services.inspections.template_proposal import CellChoice, proposed
from branchdesk.services.inspections.template_sources import (
    BEHIND,
    SCORES,
    Figure,
    LineColumn,
    figure_source,
    head_source,
    line_source,
    read_source,
    section_source,
    source_labels,
    sources_of,
    total_source,
)
from branchdesk.services.inspections.templates import (
    add_template,
    open_template,
    propose,
    remove_template,
    set_cells,
    template_list,
)
from branchdesk.services.integrity import check_integrity
from branchdesk.storage.branch import Branch
from support.contents import assert_sound
from support.problems import refused
from support.quarter_sheets import QUARTER, SMALL
from support.superior_workbooks import HEAD_ROW, SHEET, superior_workbook

FORM = shipped_form(QUARTER)
SCHEME = scheme_of(FORM)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "附件2：检查考核表.xlsx"
    path.write_bytes(superior_workbook(SCHEME))
    return path


def by_cell(choices: list[CellChoice], sheet: str = SHEET) -> dict[str, str]:
    return {one.cell: one.source for one in choices if one.sheet == sheet}


def sheet_of(rows: Sequence[Any], *merged: str) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def proposal(content: bytes, form: Form = FORM) -> dict[str, str]:
    return by_cell(proposed(read_template("表.xlsx", content), form), "Sheet")


# ---- what is proposed


def test_every_line_of_the_shipped_form_is_found_in_a_superior_s_wording() -> None:
    found = by_cell(proposed(read_template("表.xlsx", superior_workbook(SCHEME)), FORM))
    counted = [one for one in SCHEME.indicators if one.points and not one.bonus]
    assert len(counted) == 36
    workbook: Any = openpyxl.load_workbook(io.BytesIO(superior_workbook(SCHEME)))[SHEET]
    by_title = {f"{one.title.replace('：', ':')}。": one.id for one in counted}
    rows = [
        (row, by_title[str(workbook.cell(row, 3).value).partition("．")[2]])
        for row in range(HEAD_ROW + 1, workbook.max_row)
        if workbook.cell(row, 3).value
    ]
    assert len(rows) == 36
    for row, line in rows:
        assert found[f"E{row}"] == line_source(line, LineColumn.SELF)
        assert found[f"F{row}"] == line_source(line, LineColumn.CHECK)
        assert found[f"H{row}"] == line_source(line, LineColumn.REASON)
        assert found[f"I{row}"] == line_source(line, LineColumn.PROOF)
        assert found[f"J{row}"] == line_source(line, LineColumn.POST)
        assert f"G{row}" not in found  # computed by the workbook


def test_head_sums_and_totals_are_proposed_and_places_to_sign_are_not() -> None:
    content = superior_workbook(SCHEME, sums=False)
    found = by_cell(proposed(read_template("表.xlsx", content), FORM))
    assert found["C2"] == figure_source(Figure.ORGANISATION)
    assert found["F2"] == figure_source(Figure.PERIOD)
    assert found["I2"] == head_source("inspected_on")
    assert found["A3"] == BEHIND + head_source("secretary")
    workbook: Any = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    last = workbook.max_row - 2
    assert workbook.cell(last, 1).value == "合 计"
    assert [found[f"{letter}{last}"] for letter in "EFG"] == [
        total_source(column) for column in (LineColumn.SELF, LineColumn.CHECK, LineColumn.LOST)
    ]
    assert found[f"B{last + 1}"] == figure_source(Figure.GRADE)
    assert not {cell for cell in found if cell.endswith(str(last + 2))}
    sums = [row for row in range(1, last) if workbook.cell(row, 2).value == "小计"]
    assert [found[f"E{row}"] for row in sums] == [
        section_source(section, LineColumn.SELF)
        for section, _title in SCHEME.sections
        if section not in {"bonus", "veto"}
    ]


def test_lines_are_found_by_number_where_the_words_differ() -> None:
    found = proposal(
        sheet_of([["编号", "要求", "得分"], ["C4", "活动有方案有记录有影像", None], ["c1.", "大会", None]])
    )
    lines = {one.number: one.id for one in SCHEME.indicators}
    assert found == {
        "C2": line_source(lines["C4"], LineColumn.SCORE),
        "C3": line_source(lines["C1"], LineColumn.SCORE),
    }


def test_words_go_before_numbers_that_mean_something_else() -> None:
    lines = {one.number: one for one in SCHEME.indicators}
    found = proposal(sheet_of([["编号", "检查内容", "自评得分"], ["A1", lines["C2"].title, None]]))
    assert found == {"C2": line_source(lines["C2"].id, LineColumn.SELF)}


def test_names_of_parts_and_rows_about_nothing_known_get_nothing() -> None:
    rows = [
        ["项目", "内容", "自评分"],
        ["一、组织建设", "食堂卫生和消防检查情况良好", None],
        ["组织生活", "", None],
        ["党员", "绿化", None],
    ]
    assert proposal(sheet_of(rows)) == {}


def test_a_sheet_without_a_column_of_scores_gets_nothing() -> None:
    title = SCHEME.indicators[0].title
    assert proposal(sheet_of([["内容", "责任人"], [title, None], ["党支部：", None]])) == {}


def test_headings_on_two_rows_belong_together() -> None:
    title = SCHEME.indicators[0].title
    rows = [["内容", "得分", None, "备注"], [None, "自评", "考核得分", None], [title, None, None, None]]
    found = proposal(sheet_of(rows, "A1:A2", "B1:C1", "D1:D2"))
    line = SCHEME.indicators[0].id
    assert found == {
        "B3": line_source(line, LineColumn.SELF),
        "C3": line_source(line, LineColumn.CHECK),
    }


def test_the_score_beside_the_branch_s_own_is_that_of_the_inspectors() -> None:
    title, line = SCHEME.indicators[0].title, SCHEME.indicators[0].id
    found = proposal(sheet_of([["内容", "自评分", "得分（分）"], [title, None, None]]))
    assert found["C2"] == line_source(line, LineColumn.CHECK)


def test_what_stands_in_a_cell_already_is_not_written_over() -> None:
    first, second = SCHEME.indicators[:2]
    rows = [["内容", "自评分", "责任人"], [first.title, None, "书记"], [second.title, 2, None]]
    assert proposal(sheet_of(rows)) == {
        "B2": line_source(first.id, LineColumn.SELF),
        "C3": line_source(second.id, LineColumn.POST),
    }


def test_a_joined_score_cell_is_filled_once() -> None:
    first, second = SCHEME.indicators[:2]
    rows = [["内容", "自评分"], [first.title, None], [second.title, None]]
    assert proposal(sheet_of(rows, "B2:B3")) == {"B2": line_source(first.id, LineColumn.SELF)}


def test_hidden_sheets_get_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(superior_workbook(SCHEME)))
    book[SHEET].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    assert proposed(read_template("表.xlsx", file.getvalue()), FORM) == []


# ---- codes


def test_every_source_has_a_code_that_is_read_back_and_words_of_its_own() -> None:
    choices = sources_of(FORM)
    assert len({one.code for one in choices}) == len(choices)
    assert len({(one.group, one.label) for one in choices}) == len(choices)
    for one in choices:
        found = read_source(one.code)
        assert found is not None
        assert found.code == one.code
        behind = read_source(BEHIND + one.code)
        assert behind is not None
        assert behind.behind
        assert behind.code == BEHIND + one.code
    labels = source_labels(FORM)
    line = SCHEME.indicators[0]
    assert labels[line_source(line.id, LineColumn.SELF)] == f"{line.number} {line.title}：自评分"
    assert labels[BEHIND + figure_source(Figure.ORGANISATION)] == "党支部名称（接在原有文字后面）"
    assert len([one for one in choices if one.group == "总分"]) == len(SCORES)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "line",
        "line:a",
        "line:a:b",
        "line::self",
        "total:reason",
        "section:a:post",
        "figure:x",
        "head:",
        "x:y",
    ],
)
def test_codes_of_other_programs_mean_nothing(code: str) -> None:
    assert read_source(code) is None


# ---- keeping


def test_a_workbook_is_kept_with_its_proposal_as_one_change(branch: Branch, file: Path) -> None:
    outcome = add_template(branch, file, QUARTER)
    (row,) = template_list(branch)
    assert (row.uid, row.name, row.kind, row.kind_label) == (outcome.uid, file.name, QUARTER, FORM.title)
    assert row.size == file.stat().st_size
    opened = open_template(branch, outcome.uid)
    assert opened.content == file.read_bytes()
    assert list(opened.cells) == propose(branch, outcome.uid)
    assert row.cells == len(opened.cells) > 36 * 4
    title = next(one for one in opened.cells if one.cell == "A3")
    assert opened.standing(title) == "支部书记：＿＿＿＿＿＿"
    assert outcome.changes.label == f"添加上级表格 {file.name}"
    assert_sound(branch)
    assert not check_integrity(branch).findings
    branch.undo(outcome.changes.seq)
    assert template_list(branch) == []
    assert_sound(branch)


def test_the_same_workbook_is_kept_once_for_each_kind(branch: Branch, file: Path) -> None:
    add_template(branch, file, QUARTER)
    other = file.with_name("又一份.xlsx")
    other.write_bytes(file.read_bytes())
    with refused("“又一份.xlsx”已经添加过了", file.name):
        add_template(branch, other, QUARTER)
    add_template(branch, other, SMALL)
    assert len(template_list(branch)) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("表.xlsx", b"PK\x03\x04 broken", "表.xlsx"),
        ("表.xlsx", b"", "是空文件"),
        ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "不是 .xlsx 工作簿"),
        ("表.txt", b"x", "不是 .xlsx 工作簿"),
    ],
)
def test_what_is_no_workbook_is_not_kept(
    branch: Branch, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with refused(words):
        add_template(branch, path, QUARTER)
    assert template_list(branch) == []


def test_a_file_that_is_gone_and_a_form_that_is_none_are_named(branch: Branch, file: Path) -> None:
    with refused("没有这种检查表"):
        add_template(branch, file, "meeting.assembly")
    with refused("打不开"):
        add_template(branch, file.with_name("没有.xlsx"), QUARTER)


def test_choices_replace_each_other_and_what_stays_is_left_alone(branch: Branch, file: Path) -> None:
    uid = add_template(branch, file, QUARTER).uid
    line = SCHEME.indicators[0].id
    first = [
        CellChoice(SHEET, "D2", figure_source(Figure.ORGANISATION)),  # inside of C2:D2
        CellChoice(SHEET, "E5", line_source(line, LineColumn.SELF)),
    ]
    outcome = set_cells(branch, uid, first)
    assert outcome.changes.label == f"设置上级表格 {file.name} 的填写内容"
    assert [one.cell for one in open_template(branch, uid).cells] == ["C2", "E5"]
    again = set_cells(branch, uid, first)
    assert not again.changes
    last = set_cells(branch, uid, [CellChoice(SHEET, "E5", line_source(line, LineColumn.CHECK))])
    assert list(open_template(branch, uid).cells) == [
        CellChoice(SHEET, "E5", line_source(line, LineColumn.CHECK))
    ]
    branch.undo(last.changes.seq)
    assert len(open_template(branch, uid).cells) == 2
    assert_sound(branch)


REFUSED = (
    (CellChoice("没有", "A1", "total:self"), "没有工作表“没有”的 A1"),
    (CellChoice(SHEET, "1A", "total:self"), "的 1A 单元格"),
    (CellChoice(SHEET, "G5", "total:self"), "的 G5 是公式"),
    (CellChoice(SHEET, "B2", "nothing"), "A2 选的内容在检查表里没有"),
    (CellChoice(SHEET, "K9", "line:other:self"), "K9 选的内容在检查表里没有"),
    (CellChoice(SHEET, "K9", "head:other"), "K9 选的内容在检查表里没有"),
)


def test_choices_that_cannot_be_filled_are_refused(branch: Branch, file: Path) -> None:
    uid = add_template(branch, file, QUARTER).uid
    before = open_template(branch, uid).cells
    for choice, words in REFUSED:
        with refused(words):
            set_cells(branch, uid, [choice])
    with refused("要填两样内容"):
        set_cells(
            branch, uid, [CellChoice(SHEET, "C2", "total:self"), CellChoice(SHEET, "D2", "total:check")]
        )
    assert open_template(branch, uid).cells == before


def test_a_template_goes_into_the_bin_and_comes_back_whole(branch: Branch, file: Path) -> None:
    uid = add_template(branch, file, QUARTER).uid
    cells = open_template(branch, uid).cells
    remove_template(branch, uid, "旧表")
    assert template_list(branch) == []
    with refused("已在回收站里"):
        open_template(branch, uid)
    with refused("已在回收站里"):
        remove_template(branch, uid)
    (item,) = recycle_bin.bin_items(branch)
    assert item.name == file.name
    recycle_bin.take_back(branch, [item])
    assert open_template(branch, uid).cells == cells
    with refused("已经不在了"):
        open_template(branch, "nothing")
    assert_sound(branch)


def test_the_history_names_what_was_done(branch: Branch, file: Path) -> None:
    outcome = add_template(branch, file, QUARTER)
    assert history.recent_changes(branch)[0].label == f"添加上级表格 {file.name}"
    assert history.lines_of_change(branch, outcome.changes.seq)


def test_words_of_sources_follow_the_language() -> None:
    speak(Language.ENGLISH)
    try:
        labels = source_labels(FORM)
    finally:
        speak(Language.CHINESE)
    line = SCHEME.indicators[0]
    assert labels[line_source(line.id, LineColumn.SELF)] != f"{line.number} {line.title}：自评分"
