"""Understanding sheets: columns, joined cells and slipped rows."""

from __future__ import annotations

import pytest

from branchdesk.domain.sheet_headings import Certainty
from branchdesk.domain.sheets import Grid, Reason, describe, understand
from support.sheet_grids import ID, KNOWN, fields, grid, people, reasons, roster

# ---- columns


def test_of_two_equal_headings_the_first_is_offered_and_both_are_to_be_confirmed() -> None:
    layout = understand(grid("姓名|学历|性别|学历", "李敏|大专|女|大学"), KNOWN)
    assert fields(layout) == {"A": "name", "B": "education", "C": "sex", "D": None}
    assert [column.letters for column in layout.open_columns] == ["B", "D"]


def test_of_two_headings_for_one_field_the_forms_own_is_offered() -> None:
    layout = understand(grid("姓名|联系电话|手机", "李敏|027|139"), KNOWN)
    assert fields(layout) == {"A": "name", "B": None, "C": "mobile"}


def test_a_filled_column_comes_before_an_empty_one_and_a_sure_one_before_a_doubtful() -> None:
    layout = understand(grid("姓名|手机|联系电话", "李敏||139"), KNOWN)
    assert fields(layout) == {"A": "name", "B": None, "C": "mobile"}
    assert layout.open_columns == ()
    layout = understand(grid("姓名|本人电话|联系电话", "李敏|027|139"), KNOWN)
    assert fields(layout) == {"A": "name", "B": None, "C": "mobile"}
    assert [column.letters for column in layout.open_columns] == ["B"]
    layout = understand(grid("姓名|性别|手机|联系电话", "李敏|女||"), KNOWN)
    assert fields(layout) == {"A": "name", "B": "sex", "C": "mobile", "D": None}


def test_unknown_headings_are_open_only_where_they_hold_something() -> None:
    layout = understand(grid("姓名|性别|爱好|特长", "李敏|女|书法|"), KNOWN)
    assert [(column.heading, column.filled) for column in layout.columns] == [
        ("姓名", 1),
        ("性别", 1),
        ("爱好", 1),
        ("特长", 0),
    ]
    assert [column.heading for column in layout.open_columns] == ["爱好"]
    assert layout.column_of("sex") == layout.columns[1]
    assert layout.column_of("employer") is None


def test_a_column_without_heading_is_a_running_number_or_to_be_named() -> None:
    rows = [f"{n}|李敏|女|x|" for n in range(1, 6)]
    layout = understand(grid("|姓名|性别", *rows), KNOWN)
    assert [(column.letters, column.certainty) for column in layout.columns] == [
        ("A", Certainty.RUNNING_NUMBER),
        ("B", Certainty.SURE),
        ("C", Certainty.SURE),
        ("D", Certainty.UNKNOWN),
    ]


def test_a_column_without_heading_that_only_notes_fill_is_no_column() -> None:
    layout = understand(grid("姓名|性别", "李敏|女", "注：这是说明|||见附件"), KNOWN)
    assert [column.letters for column in layout.columns] == ["A", "B"]


def test_a_heading_joined_across_finds_its_texts_in_the_later_column() -> None:
    rows = ("姓名||身份证号|||性别", f"|李敏||{ID}||女", f"|王明||{ID}||男")
    layout = understand(grid(*rows, merged=["A1:B1", "C1:E1", "F1:G1"]), KNOWN)
    assert fields(layout) == {"B": "name", "D": "id_number", "F": "sex"}
    assert [row.shifted for row in layout.table_rows] == [0, 0]


def test_a_heading_joined_across_without_any_text_stays_in_its_place() -> None:
    layout = understand(grid("姓名|性别|备注|", "李敏|女", merged=["C1:D1"]), KNOWN)
    assert fields(layout) == {"A": "name", "B": "sex", "C": "note"}


def test_hidden_columns_and_rows_are_marked() -> None:
    sheet = grid("姓名|性别", "李敏|女", "王明|男", hidden=[3])
    layout = understand(Grid(sheet.name, sheet.rows, (), frozenset({1})), KNOWN)
    assert [column.hidden for column in layout.columns] == [False, True]
    assert [row.hidden for row in layout.table_rows] == [False, True]
    assert describe(layout).endswith("第 3 行在原表中是隐藏的，请留意；B 列在原表中是隐藏的，请留意。")


# ---- joined cells and slipped rows


def test_a_group_joined_down_is_lent_to_every_row() -> None:
    rows = ("党小组|姓名|性别", "第一党小组|李敏|女", "|王明|男", "|赵立新|男", "第二党小组|周建国|男")
    layout = understand(grid(*rows, merged=["A2:A4", "C3:C3"]), KNOWN)
    assert [dict(row.borrowed) for row in layout.table_rows] == [{}, {0: 2}, {0: 2}, {}]
    assert "“党小组”的合并单元格已算到其中每一行" in describe(layout)


def test_joined_cells_that_cannot_be_right_lend_nothing() -> None:
    rows = ("党小组|姓名|性别", "一组|李敏|女", "|王明|男", "三组|赵立新|男", "|周建国|男")
    merged = ["A2:A3", "A3:A5", "B9:B12", "C1:C2", "A1:A1", "D2:D5"]
    layout = understand(grid(*rows, merged=merged), KNOWN)
    assert [dict(row.borrowed) for row in layout.table_rows] == [{}, {0: 2}, {}, {}]


def test_a_text_under_joined_cells_is_not_replaced() -> None:
    layout = understand(grid("党小组|姓名", "一组|李敏", "二组|王明", merged=["A2:A3"]), KNOWN)
    assert [dict(row.borrowed) for row in layout.table_rows] == [{}, {}]


def test_running_numbers_are_not_lent() -> None:
    layout = roster("1|李敏|x|2003|1", "|王明|y|2004|1", merged=["A2:A3"])
    assert [dict(row.borrowed) for row in layout.table_rows] == [{}, {}]


def test_a_person_over_two_rows_is_one_person() -> None:
    layout = understand(
        grid("姓名|身份证号|学历|学位", f"李敏|{ID}|大学|学士", "||研究生|硕士", merged=["A2:A3", "B2:B3"]),
        KNOWN,
    )
    assert people(layout) == [2]
    assert reasons(layout) == {3: Reason.CONTINUATION}
    assert "第 3 行与上一行合并，是同一个人，已跳过" in describe(layout)


def test_a_row_with_its_own_number_is_its_own_person_even_under_a_joined_name() -> None:
    layout = understand(grid("姓名|身份证号", f"李敏|{ID}", f"|{ID}", merged=["A2:A3"]), KNOWN)
    assert people(layout) == [2, 3]
    assert dict(layout.table_rows[1].borrowed) == {0: 2}


@pytest.mark.parametrize(
    ("row", "shifted"),
    [
        (f"1|李敏|{ID}|2003|139", 0),
        (f"1|李敏||{ID}|2003", 1),
        (f"李敏|{ID}|2003|139", -1),
        (f"1|李敏|||{ID}", 2),
        ("1|李敏||2003|139", 0),
        ("1|李敏|9.99999E+17|2003|139", 0),
    ],
)
def test_a_row_that_has_slipped_is_told_by_its_number(row: str, shifted: int) -> None:
    assert roster(row).table_rows[0].shifted == shifted


def test_a_number_in_the_first_column_cannot_have_slipped_further() -> None:
    layout = understand(grid("身份证号|姓名", f"{ID}|李敏", f"|{ID}|王明"), KNOWN)
    assert [row.shifted for row in layout.table_rows] == [0, 1]
