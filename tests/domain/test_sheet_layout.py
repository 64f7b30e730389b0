"""What the clerk is told about a sheet."""

from __future__ import annotations

from branchdesk.domain.sheet_layout import SheetLayout, TableRow, describe, row_ranges
from branchdesk.domain.sheets import understand
from support.sheet_grids import ID, KNOWN, grid, roster

# ---- what the clerk is told


def test_the_picture_is_described_in_its_words() -> None:
    sheet = grid(
        "党员花名册",
        "填报单位：一支部",
        "序号|姓名|性别|身份证号|入党时间|爱好|特长",
        f"1|李敏|女|{ID}|2003|书法|唱歌",
        "合计|1",
    )
    assert describe(understand(sheet, KNOWN)) == (
        "自动认出 4 列；请确认 2 列。第 1–2 行是标题，已跳过；最后一行“合计”已跳过。"
    )


def test_nothing_left_out_is_said_in_one_sentence() -> None:
    assert describe(understand(grid("姓名|性别", "李敏|女"), KNOWN)) == "自动认出 2 列。"


def test_every_reason_is_told() -> None:
    layout = roster("1|李敏", "小计|1", "2|王明", "合计|2", "注：完", "3")
    assert describe(layout) == (
        "自动认出 4 列。第 3、5 行是合计，已跳过；第 6 行是说明或签字，已跳过；第 7 行只有序号，已跳过。"
    )
    alone = SheetLayout("x", (1,), table_rows=(TableRow(2), TableRow(3, shifted=1)))
    assert describe(alone) == "自动认出 0 列。第 3 行像是错开了一列，请核对。"


def test_many_rows_are_told_in_short() -> None:
    assert row_ranges([1, 2, 5, 9, 10, 11]) == "1–2、5、9–11"
    assert row_ranges([1, 3, 5, 7, 9, 11, 13]) == "1、3、5、7、9…"
