"""The widths of columns and the size of a table, judged by its first rows."""

from __future__ import annotations

import pytest

from branchdesk.documents.columns import fit_columns
from branchdesk.documents.model import Align, Column, Table
from branchdesk.documents.surface import MM

A4 = 267 * MM
GROUP = Column("党小组", 1.0)
UNIT = Column("工作单位及职务", 6.0, Align.LEFT)
DATE = Column("入党日期", 1.0, fits="0000.00.00")
LONG = "某某省某某市阳光区经济和信息化委员会综合规划科副科长，兼任机关工会委员会委员"


def test_the_widths_fill_the_measure() -> None:
    for rows in ((), (("第一党小组", LONG, "2026.11.21"),) * 30):
        _size, found = fit_columns(Table((GROUP, UNIT, DATE), rows), A4)
        assert sum(found) == pytest.approx(A4)


def test_what_is_short_keeps_its_line_and_what_is_long_wraps() -> None:
    columns = (GROUP, UNIT, *(DATE,) * 10)
    rows = (("第一党小组", LONG, *("2026.11.21",) * 10),) * 30
    size, found = fit_columns(Table(columns, rows), A4)
    assert found[0] >= 5 * size
    assert found[1] < len(LONG) * size
    assert all(width >= 10 * 0.33 * size for width in found[2:])


def test_a_column_is_not_widened_for_a_single_long_text() -> None:
    rows = (("第一党小组", "短", "2026.11.21"),) * 60
    usual = fit_columns(Table((GROUP, UNIT, DATE), rows), A4)[1]
    odd = fit_columns(Table((GROUP, UNIT, DATE), (*rows, ("一个特别特别长的党小组名称",) * 3)), A4)[1]
    assert odd == usual


def test_the_one_long_text_of_a_few_rows_keeps_its_line() -> None:
    names = "孙晓燕、郑海涛、何静、朱玉梅、黄文博"
    columns = (Column("序号", 1.0, fits="00"), Column("等次"), Column("人数"), Column("名单", 3.0))
    rows = (("1", "优秀", "5", names), *((str(n), "合格", "0", "") for n in range(2, 5)))
    size, found = fit_columns(Table(columns, rows, (10.5,)), 160 * MM)
    assert found[-1] >= len(names) * size


def test_type_becomes_smaller_only_when_that_saves_lines() -> None:
    rows = (("第一党小组", "东风机械厂", "2026.11.21"),) * 30
    assert fit_columns(Table((GROUP, UNIT, DATE), rows), A4)[0] == 10.0
    crowded = (GROUP,) * 9
    assert fit_columns(Table(crowded, (("第一二三党小组",) * 9,) * 30), A4)[0] == 10.0
    assert 8.0 <= fit_columns(Table((GROUP,) * 13, (("第一二三党小组",) * 13,) * 30), A4)[0] < 10.0


def test_type_never_becomes_hard_to_read_for_the_sake_of_lines_alone() -> None:
    rows = ((LONG,) * 12,) * 30
    assert fit_columns(Table((UNIT,) * 12, rows), A4)[0] >= 8.0


def test_numbers_that_must_not_be_broken_come_before_size() -> None:
    columns = (Column("号", fits="0" * 18),) * 9
    size, found = fit_columns(Table(columns, (("9" * 18,) * 9,)), A4)
    assert size < 8.0
    assert min(found) > 18 * 0.5 * size


def test_marks_without_a_shape_and_line_breaks_do_not_widen_a_column() -> None:
    plain = fit_columns(Table((GROUP, UNIT), (("甲", "乙"),)), A4)
    assert fit_columns(Table((GROUP, UNIT), (("甲\u200b", "乙\n乙"),)), A4) == plain
