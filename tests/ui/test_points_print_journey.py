"""The papers of points from the window: print, Word, Excel."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QMenu

from branchdesk.ui.pane import Pane
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import EXCHANGE, POINTS
from branchdesk.ui.screens.evaluations.points.printing import PointsPaperChoice
from support import hands
from support.branches import SettableClock
from support.entered_points import entered
from support.hands import CTRL, Key
from support.papers import text_of
from support.stage import Stage

FIRST, SECOND = "周建国", "陈志远"


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> EvaluationsScreen:
    """The screen with a year of points."""
    del the_clock
    stage.open()
    entered(stage.desk)
    found = stage.go("evaluations", POINTS)
    assert isinstance(found, EvaluationsScreen)
    return found


def words(stage: Stage) -> str:
    """What the paper in front says, without gaps."""
    return "".join(text_of(stage.printing().pdf).split())


def choices(stage: Stage) -> PointsPaperChoice:
    found = stage.dialog(PrintDialog).findChild(PointsPaperChoice)
    assert isinstance(found, PointsPaperChoice)
    return found


def print_entry(pane: Pane, words: str) -> None:
    """Choose an entry of the print menu of a tab."""
    menu = QMenu()
    pane.fill_print_menu(menu)
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()


def printed_anew(stage: Stage, before: bytes) -> str:
    dialog = stage.dialog(PrintDialog)
    stage.wait(lambda: dialog.pdf not in {b"", before} and not dialog.jobs.busy)
    return words(stage)


def test_ctrl_p_prints_the_publicity_of_the_last_whole_month_and_of_another(
    stage: Stage, page: EvaluationsScreen
) -> None:
    assert page.points.people
    hands.press(Key.Key_P, CTRL)
    assert "2026年10月党员积分公示" in words(stage)
    assert choices(stage).whom.isHidden()
    before = stage.printing().pdf
    hands.pick(choices(stage).month, "2026 年 3 月")
    assert "2026年3月党员积分公示" in printed_anew(stage, before)


def test_the_month_that_is_looked_at_is_the_one_that_is_printed(
    stage: Stage, page: EvaluationsScreen
) -> None:
    hands.pick(page.points.narrowing.until, "截至 6 月底")
    page.print_here()
    assert "2026年6月党员积分公示" in words(stage)


def test_the_page_of_a_member_and_of_everybody(stage: Stage, page: EvaluationsScreen) -> None:
    names = [line[1] for line in hands.lines(page.points.table)]
    page.points.table.selectRow(names.index(FIRST))
    print_entry(page.points, "党员积分明细")
    text = words(stage)
    assert FIRST in text
    assert SECOND not in text
    assert choices(stage).month.isHidden()
    before = stage.printing().pdf
    hands.pick(choices(stage).whom, "全体党员，每人一页")
    assert SECOND in printed_anew(stage, before)


@pytest.mark.parametrize(
    ("title", "said"), [("共性清单", "按月足额交纳党费"), ("个性清单", "结对帮扶困难家庭")]
)
def test_the_lists_of_duties_and_tasks_are_printed(
    stage: Stage, page: EvaluationsScreen, title: str, said: str
) -> None:
    print_entry(page.points, title)
    assert said in words(stage)


def test_the_tab_of_exchanges_prints_its_own_papers(stage: Stage, page: EvaluationsScreen) -> None:
    stage.press(f"segment_{EXCHANGE}")
    hands.press(Key.Key_P, CTRL)
    assert "积分兑换台账" in words(stage)
    stage.close_dialogs()
    print_entry(page.exchange, "兑换物品清单")
    assert "雨伞" in words(stage)


def test_points_are_written_to_a_workbook(
    stage: Stage, page: EvaluationsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "积分.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(target), ""))
    print_entry(page.points, "导出 Excel")
    stage.wait_for_jobs()
    cells = [
        str(cell.value) for sheet in openpyxl.load_workbook(target) for row in sheet.rows for cell in row
    ]
    assert FIRST in "".join(cells).replace(" ", "").replace("\u3000", "")
    assert stage.window.toast.sentence == "已导出 积分.xlsx。"


def test_a_paper_is_printed_from_the_menu_without_anything_chosen(
    stage: Stage, page: EvaluationsScreen
) -> None:
    del page
    stage.go("rosters")
    stage.window.show_screen("print_points")
    assert "党员积分公示" in words(stage)
