"""What stands above the headings of a sheet, and whose sheet it is."""

from __future__ import annotations

import pytest

from branchdesk.domain.sheets import understand, understand_all
from support.sheet_grids import KNOWN, grid

# ---- what stands above


@pytest.mark.parametrize(
    ("rows", "title", "unit", "as_of"),
    [
        (
            ["党员花名册", "填报单位：一支部|填报时间：2026年10月31日"],
            "党员花名册",
            "一支部",
            "2026年10月31日",
        ),
        (["党员花名册", "填报单位：一支部   填报时间：2026.10.31"], "党员花名册", "一支部", "2026.10.31"),
        (
            ["填报单位（盖章）：|中共一支部（直属）|日期：|2026年"],
            "",
            "中共一支部（直属）",
            "2026年",
        ),
        (["党员花名册（2026年10月）"], "党员花名册（2026年10月）", "", "2026年10月"),
        (["党员花名册(截至二〇二六年九月)"], "党员花名册(截至二〇二六年九月)", "", "二〇二六年九月"),
        (["党支部名称: 一支部\n填表日期: 2026-10-31"], "", "一支部", "2026-10-31"),
        (["单位：|填表人：李敏", "名册"], "名册", "", ""),
        (["单位："], "", "", ""),
        ([], "", "", ""),
    ],
)
def test_the_title_the_unit_and_the_day_are_kept_as_written(
    rows: list[str], title: str, unit: str, as_of: str
) -> None:
    layout = understand(grid(*rows, "姓名|性别", "李敏|女"), KNOWN)
    assert (layout.title, layout.unit, layout.as_of) == (title, unit, as_of)


# ---- several sheets


def test_sheets_that_are_built_alike_may_bear_the_names_of_their_branches() -> None:
    rows = ("姓名|性别", "李敏|女")
    layouts = understand_all(
        [
            grid(*rows, name="机关"),
            grid(*rows, name="后勤党支部"),
            grid(*rows, name="Sheet3"),
            grid(*rows, name="汇总"),
            grid("姓名|学历", "李敏|大学", name="学历"),
            grid("说明", name="填表说明"),
        ],
        KNOWN,
    )
    assert [layout.organisation for layout in layouts] == ["机关", "后勤党支部", "", "", "", ""]


def test_a_single_sheet_bears_the_name_of_a_branch_only_where_it_says_so() -> None:
    rows = ("姓名|性别", "李敏|女")
    assert understand(grid(*rows, name="机关"), KNOWN).organisation == ""
    assert understand(grid(*rows, name="机关第一党支部"), KNOWN).organisation == "机关第一党支部"
