"""Rows of sheets that are no people: totals, notes, titles, groups."""

from __future__ import annotations

import pytest

from branchdesk.domain.sheet_rows import Reason
from branchdesk.domain.sheets import understand
from support.sheet_grids import ID, KNOWN, grid, people, reasons, roster

# ---- rows that are no people


@pytest.mark.parametrize(
    "row",
    [
        "合计",
        "合　计|7",
        "|总计：|7人",
        "小计|||3",
        "本页小计",
        "1|合计7人",
        "合计（人）|7",
        "第一|支部合计|5",
    ],
)
def test_totals_are_left_out(row: str) -> None:
    layout = roster(f"1|李敏|{ID}|2003|139", row)
    assert people(layout) == [2]
    assert reasons(layout) == {3: Reason.TOTAL}


@pytest.mark.parametrize(
    "row",
    [
        "注：本表一式两份",
        "备注: 见附件",
        "注1.填写说明",
        "填表人：李敏||审核人：周建国",
        "|填表人（签字）：李敏",
        "党支部书记签字：",
        "单位负责人：||填表日期：2026年1月1日",
        "第1页，共3页",
        "|||（盖章）",
        "||||2026年10月8日",
        "以下空白",
        "||这是一段很长很长的说明文字用来说明这张表怎么填写才是对的",
    ],
)
def test_notes_and_signatures_are_left_out(row: str) -> None:
    layout = roster(f"1|李敏|{ID}|2003|139", row)
    assert people(layout) == [2]
    assert reasons(layout) == {3: Reason.NOTE}


def test_numbered_lines_behind_a_note_belong_to_it() -> None:
    layout = roster("1|李敏||2003|139", "注：1.按月填写", "2.按季上报", "|3、年底归档", "2.按季上报")
    assert reasons(layout) == {3: Reason.NOTE, 4: Reason.NOTE, 5: Reason.NOTE, 6: Reason.NOTE}
    layout = roster("1|李敏||2003|139", "|2.按季上报")
    assert people(layout) == [2, 3]


@pytest.mark.parametrize(
    "row", [f"1|合计|{ID}|2003|139", f"注：转入|李敏|{ID}", "1|李敏||小计", "1|注册|男|2003|139", "|书记|||"]
)
def test_people_are_never_left_out_for_a_word(row: str) -> None:
    assert people(roster(row)) == [2]


def test_the_heading_and_the_title_again_on_every_page_are_left_out() -> None:
    page = ("党员名册", "填报单位：一支部", "姓名|身份证号|入党时间")
    layout = understand(grid(*page, f"李敏|{ID}|2003", *page, f"王明|{ID}|2004"), KNOWN)
    assert people(layout) == [4, 8]
    assert reasons(layout) == {
        1: Reason.TITLE,
        2: Reason.TITLE,
        5: Reason.TITLE,
        6: Reason.TITLE,
        7: Reason.REPEATED_HEADER,
    }


def test_a_title_beside_running_numbers_is_still_a_title() -> None:
    layout = understand(grid("党员名册|2026", "序号|姓名", "1|李敏", "党员名册", "2|王明", "备考"), KNOWN)
    assert people(layout) == [3, 5]
    assert reasons(layout) == {1: Reason.TITLE, 4: Reason.TITLE, 6: Reason.NOTE}


@pytest.mark.parametrize("row", ["1|2|3|4|5", "甲|乙|1|2|3"])
def test_the_numbers_of_the_columns_are_left_out_only_below_the_headings(row: str) -> None:
    layout = understand(grid("姓名|性别|学历|电话|备注", row, "李敏|女|大学|139|"), KNOWN)
    assert reasons(layout) == {2: Reason.COLUMN_NUMBERS}
    layout = understand(grid("姓名|性别|学历|电话|备注", "李敏|女|大学|139|", row), KNOWN)
    assert people(layout) == [2, 3]


@pytest.mark.parametrize("row", ["甲|乙|丙||", "李敏|2|3||", "5|4|3||", "1|2||", "1|x|3||"])
def test_other_first_rows_are_people(row: str) -> None:
    assert people(understand(grid("姓名|性别|学历|电话|备注", row), KNOWN)) == [2]


def test_rows_with_nothing_but_a_running_number_are_left_out() -> None:
    layout = roster("1|李敏||2003|139", "2", "3||", "", "4|||| ")
    assert people(layout) == [2]
    assert reasons(layout) == {3: Reason.NUMBER_ONLY, 4: Reason.NUMBER_ONLY, 6: Reason.NUMBER_ONLY}


def test_a_row_with_nothing_but_a_name_is_a_person() -> None:
    assert people(roster("|李敏", "|第一党小组")) == [2, 3]


def test_groups_as_lines_of_their_own_stand_over_their_people() -> None:
    layout = roster(
        "第一党小组（3人）",
        "1|李敏",
        "2|王明",
        "机关党支部",
        "1|赵立新",
        "一、离退休",
        "1|周建国",
        merged=["A2:E2", "A7:E7"],
    )
    assert [(row.number, row.section) for row in layout.table_rows] == [
        (3, "第一党小组（3人）"),
        (4, "第一党小组（3人）"),
        (6, "机关党支部"),
        (8, "一、离退休"),
    ]
    assert set(reasons(layout).values()) == {Reason.SECTION}


def test_a_line_across_the_sheet_that_names_no_group_is_a_note() -> None:
    layout = roster("1|李敏", "|离退休人员另表填报", merged=["B3:E3"])
    assert reasons(layout) == {3: Reason.NOTE}


def test_the_name_of_a_group_across_the_name_column_is_a_section() -> None:
    sheet = grid("姓名|性别|电话", "第一党小组", "李敏|女|139", merged=["A2:C2"])
    assert understand(sheet, KNOWN).table_rows[0].section == "第一党小组"
