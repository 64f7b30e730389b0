"""A superior's workbook filled from an inspection: every cell says what the sheet says, and nothing else."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from branchdesk.domain.inspections.model import Answer, Assessment, InspectionState
from branchdesk.forms.language import shipped_form
from branchdesk.i18n import Language, speak
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.reports.inspections.papers import inspection_matter
from branchdesk.reports.inspections.templates import template_values, write_filled_template
from branchdesk.services.inspections import answering, templates
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.services.inspections.template_proposal import CellChoice
from branchdesk.services.inspections.templates import OpenTemplate, add_template, set_cells
from branchdesk.storage.branch import Branch
from reports.inspection_sheets import ORGANISATION, tiny
from services.meetings.scenes import House, settle
from support.branches import SettableClock
from support.problems import refused
from support.quarter_sheets import (
    QUARTER,
    SMALL,
    begun,
    fed_back,
    inspected,
    line_of,
    problem,
    self_checked,
    step,
)
from support.superior_workbooks import HEAD_ROW, SHEET, superior_workbook

SCHEME = scheme_of(shipped_form(QUARTER))


@pytest.fixture
def house(branch: Branch, the_clock: SettableClock) -> House:
    the_clock.set(2026, 11, 21)
    return settle(branch)


@pytest.fixture
def template(house: House, tmp_path: Path) -> str:
    path = tmp_path / "附件2.xlsx"
    path.write_bytes(superior_workbook(SCHEME))
    return add_template(house.branch, path, QUARTER).uid


def sheet(path: Path, name: str = SHEET) -> Any:
    return openpyxl.load_workbook(path)[name]


def row_of(found: Any, title: str) -> int:
    return next(row for row in range(HEAD_ROW + 1, found.max_row) if title in str(found.cell(row, 3).value))


def test_a_signed_inspection_fills_the_superior_s_sheet(house: House, template: str, tmp_path: Path) -> None:
    uid = fed_back(house.branch)
    matter = inspection_matter(house.branch, uid)
    out = tmp_path / "报上级.xlsx"
    outcome = write_filled_template(house.branch, template, uid, out)
    found = sheet(out)
    assert outcome.without_cell == ()
    assert outcome.cells > 36 * 3
    assert found["C2"].value == matter.organisation
    assert found["F2"].value == "2026年第四季度"
    assert found["A3"].value == f"支部书记：{matter.role('secretary')}"
    scored = Decimal(0)
    for line in SCHEME.indicators:
        if line.points is None or line.bonus:
            continue
        row = row_of(found, line.title.replace("：", ":"))
        final = matter.final(line)
        assert found.cell(row, 4).value == float(line.points)
        if final.applies:
            assert Decimal(str(found.cell(row, 6).value)) == final.score
            scored += final.score or 0
        else:
            assert found.cell(row, 6).value == "不适用"
        assert found.cell(row, 7).value == f"=D{row}-F{row}"
        assert found.cell(row, 10).value == line.post
    c4 = row_of(found, next(one.title for one in SCHEME.indicators if one.number == "C4"))
    assert found.cell(c4, 5).value == found.cell(c4, 6).value == 3.5
    assert "12 月无方案" in found.cell(c4, 8).value
    assert scored == matter.total.earned
    assert str(found["A1"].value).startswith("附件2")


def test_the_filled_sheet_stays_the_same_when_what_was_signed_is_filled_again(
    house: House, template: str, tmp_path: Path, the_clock: SettableClock
) -> None:
    uid = fed_back(house.branch)
    paths = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    write_filled_template(house.branch, template, uid, paths[0])
    the_clock.set(2027, 3, 1)
    speak(Language.ENGLISH)
    try:
        write_filled_template(house.branch, template, uid, paths[1])
    finally:
        speak(Language.CHINESE)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_what_nobody_scored_yet_leaves_its_cell_empty(house: House, template: str, tmp_path: Path) -> None:
    uid = begun(house.branch)
    answering.set_score(
        house.branch, uid, line_of(inspection_matter(house.branch, uid).sheet, "A5"), "self", "1"
    )
    out = tmp_path / "在填.xlsx"
    write_filled_template(house.branch, template, uid, out)
    found = sheet(out)
    row = row_of(found, next(one.title for one in SCHEME.indicators if one.number == "A5").replace("：", ":"))
    assert found.cell(row, 5).value == 1
    assert found.cell(row, 6).value is None


def test_problems_and_sums_can_be_asked_for(house: House, template: str, tmp_path: Path) -> None:
    uid = begun(house.branch)
    self_checked(house.branch, uid)
    inspected(house.branch, uid)
    problem(house.branch, uid)
    step(house.branch, uid, InspectionState.FED_BACK)
    line = next(one for one in SCHEME.indicators if one.number == "C4")
    choices = {
        "K5": f"line:{line.id}:issue",
        "K6": f"line:{line.id}:measures",
        "K7": f"line:{line.id}:score",
        "K8": f"line:{line.id}:lost",
        "K9": f"section:{line.section}:lost",
        "K10": f"section:{line.section}:check",
        "K11": "total:lost",
        "K12": "total:score",
        "K13": "figure:grade",
        "K14": "figure:year",
        "K15": "figure:number",
        "K16": "figure:title",
        "K17": f"line:{line.id}:state",
        "K18": f"line:{line.id}:inspector",
        "K19": "figure:made_on",
    }
    set_cells(house.branch, template, [CellChoice(SHEET, cell, source) for cell, source in choices.items()])
    out = tmp_path / "自选.xlsx"
    outcome = write_filled_template(house.branch, template, uid, out)
    found, matter = sheet(out), inspection_matter(house.branch, uid)
    section = next(one for one in matter.total.sections if one.id == line.section)
    assert found["K5"].value == "12 月主题党日缺活动方案"
    assert found["K6"].value
    assert [found[f"K{row}"].value for row in (7, 8)] == [3.5, 0.5]
    assert Decimal(str(found["K9"].value)) == section.lost
    assert Decimal(str(found["K10"].value)) == section.earned
    assert Decimal(str(found["K11"].value)) == matter.total.lost
    assert Decimal(str(found["K12"].value)) == matter.total.score
    assert found["K13"].value == matter.total.grade.label if matter.total.grade else None
    assert (found["K14"].value, found["K15"].value) == (2026, 4)
    assert found["K16"].value == matter.title
    assert found["K17"].value == "已扣分"
    assert found["K19"].value == "2026年11月21日"
    assert len(outcome.without_cell) == 35


def test_a_new_version_of_the_form_fills_what_it_still_knows(house: House, template: str) -> None:
    """What was chosen for lines that a form no longer has says nothing."""
    matter = tiny({"meet": Answer(self_check=Assessment(score=Decimal(4), reason="缺一次"))})
    opened = templates.open_template(house.branch, template)
    chosen = (
        *(CellChoice(SHEET, "E5", "line:gone:self"), CellChoice(SHEET, "E6", "line:meet:self")),
        *(CellChoice(SHEET, "E7", "head:gone"), CellChoice(SHEET, "E8", "section:gone:self")),
        *(CellChoice(SHEET, "E9", "of the future"), CellChoice(SHEET, "A3", "+figure:organisation")),
        *(CellChoice(SHEET, "A2", "+head:inspectors"), CellChoice(SHEET, "E10", "total:check")),
    )
    known = OpenTemplate(opened.uid, opened.name, opened.form, opened.content, opened.sheets, chosen)
    assert template_values(known, matter) == {
        (SHEET, "E6"): Decimal(4),
        (SHEET, "A3"): f"支部书记：{ORGANISATION}",
    }


def test_what_cannot_be_filled_is_refused_and_nothing_is_written(
    house: House, template: str, tmp_path: Path
) -> None:
    uid, other = begun(house.branch), begun(house.branch, SMALL)
    with refused("不是 .xlsx 文件名"):
        write_filled_template(house.branch, template, uid, tmp_path / "表.xls")
    with refused("要用“党建工作检查表”来填"):
        write_filled_template(house.branch, template, other, tmp_path / "表.xlsx")
    set_cells(house.branch, template, [])
    with refused("还没有设置每一格填什么"):
        write_filled_template(house.branch, template, uid, tmp_path / "表.xlsx")
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        write_filled_template(house.branch, template, uid, tmp_path / "表.xlsx", stopped)
    assert not list(tmp_path.glob("表.*"))


def test_the_filled_workbook_is_the_superior_s_but_for_its_cells(
    house: House, template: str, tmp_path: Path
) -> None:
    uid = fed_back(house.branch)
    out = tmp_path / "报上级.xlsx"
    write_filled_template(house.branch, template, uid, out)
    before = openpyxl.load_workbook(io.BytesIO(superior_workbook(SCHEME)))
    after = openpyxl.load_workbook(out)
    assert after.sheetnames == before.sheetnames
    old, new = before[SHEET], after[SHEET]
    assert str(new.print_area) == str(old.print_area)
    assert sorted(map(str, new.merged_cells.ranges)) == sorted(map(str, old.merged_cells.ranges))
    for row in old.iter_rows():
        for cell in row:
            if cell.value is not None and cell.coordinate != "A3":
                assert new[cell.coordinate].value == cell.value
