"""Headings of sheets: what they mean, and in which rows they stand."""

from __future__ import annotations

import pytest

from branchdesk.domain.sheet_grid import Grid, column_letters
from branchdesk.domain.sheet_headings import Certainty, Headings, heading_key
from branchdesk.domain.sheet_rows import Reason
from branchdesk.domain.sheets import describe, understand
from support.sheet_grids import ID, KNOWN, fields, grid, people, reasons, roster

# ---- headings


@pytest.mark.parametrize(
    "written",
    ["姓名", " 姓　名 ", "姓\n名", "*姓名", "姓名＊：", "1.姓名", "（2）姓名", "姓\u200b名", "姓名（必填）"],
)
def test_a_heading_is_known_however_it_is_written(written: str) -> None:
    match = Headings(KNOWN).match(written)
    assert (match.field, match.certainty) == ("name", Certainty.SURE)


@pytest.mark.parametrize(
    ("written", "field", "certainty"),
    [
        ("月党费（元）", "dues_monthly", Certainty.SURE),
        ("入党时间(年月日)[必填]", "admitted_on", Certainty.SURE),
        ("身份证号(18位)", "id_number", Certainty.SURE),
        ("学历(学位)", "education", Certainty.SURE),
        ("党籍状态(正式党员或预备党员)", "category", Certainty.SURE),
        ("学历（最高）", "education", Certainty.DOUBTFUL),
        ("本人电话", "mobile", Certainty.DOUBTFUL),
        ("党员姓名", "name", Certainty.DOUBTFUL),
        ("学历情况", "education", Certainty.DOUBTFUL),
        ("手机/电话", "mobile", Certainty.DOUBTFUL),
        ("序 号", None, Certainty.RUNNING_NUMBER),
        ("NO.", None, Certainty.RUNNING_NUMBER),
        ("爱好", None, Certainty.UNKNOWN),
        ("电话号码归属地", None, Certainty.UNKNOWN),
    ],
)
def test_what_is_not_sure_is_to_be_confirmed(written: str, field: str | None, certainty: Certainty) -> None:
    match = Headings(KNOWN).match(written)
    assert (match.field, match.certainty) == (field, certainty)


def test_a_form_that_knows_a_number_column_gets_it() -> None:
    assert Headings({"编号": "staff_number"}).match("编号").field == "staff_number"


@pytest.mark.parametrize(
    ("group", "written", "field", "certainty"),
    [
        ("全日制教育", "学历", "fulltime_education", Certainty.SURE),
        ("全日制教育", "学位", "fulltime_degree", Certainty.SURE),
        ("学历", "在职", "parttime_education", Certainty.SURE),
        ("党内情况", "入党时间", "admitted_on", Certainty.SURE),
        ("联系方式", "手机", "mobile", Certainty.SURE),
        ("家庭成员情况", "姓名", "name", Certainty.DOUBTFUL),
        ("介绍人", "电话", "mobile", Certainty.DOUBTFUL),
        ("别的", "爱好", None, Certainty.UNKNOWN),
        ("别的", "序号", None, Certainty.RUNNING_NUMBER),
        ("姓名", "", "name", Certainty.SURE),
        ("", "姓名", "name", Certainty.SURE),
    ],
)
def test_a_heading_under_a_group_means_what_both_say(
    group: str, written: str, field: str | None, certainty: Certainty
) -> None:
    match = Headings(KNOWN).match_under(group, written)
    assert (match.field, match.certainty) == (field, certainty)


def test_a_numbering_is_taken_off_but_a_year_is_not() -> None:
    assert heading_key("3、学历") == "学历"
    assert heading_key("2024.1") == "2024.1"
    assert heading_key("10.1") == "10.1"


def test_columns_have_the_letters_of_tables() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 255, 16_383)] == ["A", "Z", "AA", "IV", "XFD"]


# ---- where the headings are


def test_headings_in_the_first_row() -> None:
    layout = roster(f"1|李敏|{ID}|2003.06.28|139")
    assert layout.header_rows == (1,)
    assert fields(layout) == {"A": None, "B": "name", "C": "id_number", "D": "admitted_on", "E": "mobile"}
    assert people(layout) == [2]


def test_headings_below_a_title_and_far_down_when_nothing_is_nearer() -> None:
    titles = ["党员名册"] * 12
    layout = understand(grid(*titles, "姓名|性别", "李敏|女"), KNOWN)
    assert layout.header_rows == (13,)
    assert understand(grid(*(["党员名册"] * 25), "姓名|性别", "李敏|女"), KNOWN).header_rows == ()


def test_the_row_that_knows_most_is_the_header() -> None:
    layout = understand(grid("姓名|性别", "姓名|性别|学历|电话", "李敏|女|大学|139"), KNOWN)
    assert layout.header_rows == (2,)


def test_one_known_heading_is_enough_only_when_nothing_unknown_stands_beside_it() -> None:
    assert understand(grid("序号|姓名", "1|李敏"), KNOWN).header_rows == (1,)
    assert understand(grid("姓名", "李敏"), KNOWN).header_rows == (1,)
    assert understand(grid("姓名|张三|爱好", "李敏|女|书法"), KNOWN).header_rows == ()


@pytest.mark.parametrize("sheet", [grid(), grid("", ""), grid("李敏|女")])
def test_a_sheet_without_headings_says_so(sheet: Grid) -> None:
    layout = understand(sheet, KNOWN)
    assert not layout.is_found
    assert not (layout.table_rows)
    assert not (layout.columns)
    assert not (layout.open_columns)
    assert describe(layout).startswith("没有找到表头")


def test_a_person_may_name_the_row_of_headings() -> None:
    sheet = grid("姓名|性别", "称呼|爱好", "李敏|书法")
    layout = understand(sheet, KNOWN, header_row=2)
    assert layout.header_rows == (2,)
    assert people(layout) == [3]
    assert understand(sheet, KNOWN, header_row=9).header_rows == ()


# ---- headings in two rows

TWO_ROWS = ("姓名|全日制教育||在职教育|", "|学历|学位|学历|学位", "李敏|大学|学士|研究生|硕士")
TWO_ROWS_FIELDS = {
    "A": "name",
    "B": "fulltime_education",
    "C": "fulltime_degree",
    "D": "parttime_education",
    "E": "degree",
}


def test_groups_over_headings_joined_across_and_names_joined_down() -> None:
    layout = understand(grid(*TWO_ROWS, merged=["A1:A2", "B1:C1", "D1:E1"]), KNOWN)
    assert layout.header_rows == (1, 2)
    assert fields(layout) == TWO_ROWS_FIELDS
    assert layout.columns[1].heading == "全日制教育 · 学历"
    assert [column.letters for column in layout.open_columns] == ["E"]
    assert people(layout) == [3]


def test_groups_in_a_file_that_cannot_join_cells() -> None:
    layout = understand(grid(*TWO_ROWS), KNOWN)
    assert layout.header_rows == (1, 2)
    assert fields(layout) == TWO_ROWS_FIELDS


def test_a_group_row_that_adds_nothing_is_a_title() -> None:
    layout = understand(grid("基本情况||", "姓名|性别|电话", "李敏|女|139", merged=["A1:C1"]), KNOWN)
    assert layout.header_rows == (2,)
    assert reasons(layout) == {1: Reason.TITLE}


def test_names_joined_down_make_two_rows_even_where_the_second_is_unknown() -> None:
    sheet = grid("姓名|性别|党费", "||2024年", "李敏|女|20", merged=["A1:A2", "B1:B2"])
    assert understand(sheet, KNOWN).header_rows == (1, 2)


def test_a_row_of_people_is_never_taken_for_headings() -> None:
    layout = understand(grid("姓名|性别|党小组", "学历|男|第一党小组", "李敏|女|"), KNOWN)
    assert layout.header_rows == (1,)
    joined = understand(grid("姓名|性别|学历", "李敏|女|大学", "王明|男|", merged=["C2:C3"]), KNOWN)
    assert joined.header_rows == (1,)


def test_a_second_row_that_knows_less_is_none_even_below_joined_cells() -> None:
    sheet = grid("姓名|家庭成员||性别", "|电话|学历|", "李敏|139|大学|女", merged=["A1:A2", "B1:C1", "D1:D2"])
    assert understand(sheet, KNOWN).header_rows == (1, 2)
    odd = grid("姓名|家庭|学历|电话", "甲|x|y|z", merged=["A1:A2", "B1:D1"])
    assert understand(odd, KNOWN).header_rows == (1,)
