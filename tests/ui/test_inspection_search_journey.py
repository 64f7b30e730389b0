"""Inspections and problems are found by their words, opened by Enter and printed by Ctrl+Enter."""

from __future__ import annotations

from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.search import SearchDialog
from support import hands
from support.hands import CTRL, Key
from support.inspected_quarters import problems, spot_checked
from support.papers import text_of
from support.stage import Stage


def search(stage: Stage, typed: str) -> list[str]:
    """What the search answers, its headings included."""
    hands.press(Key.Key_K, CTRL)
    dialog = stage.dialog(SearchDialog)
    hands.write(typed)
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_an_inspection_is_found_by_its_title_and_opened(stage: Stage) -> None:
    stage.open()
    uid = problems(stage.desk)[0]
    answers = search(stage, "第三季度")
    assert answers[0] == "检查与整改"
    assert answers[1].startswith("2026年第三季度党建工作检查表")
    hands.press(Key.Key_Return)
    page = stage.window.page
    assert isinstance(page, InspectionScreen)
    assert page.file is not None
    assert uid in {one.uid for one in page.file.sheet.issues}


def test_a_problem_is_found_by_its_words_and_shown_in_the_ledger(stage: Stage) -> None:
    stage.open()
    uid = problems(stage.desk)[2]
    answers = search(stage, "公开栏 没有更新")
    assert answers[:2] == ["问题", "群众反映公开栏两个月没有更新。   未整改"]
    hands.press(Key.Key_Return)
    page = stage.window.page
    assert isinstance(page, InspectionsScreen)
    assert page.issues.current_uid == uid


def test_a_spot_check_leads_to_its_tab(stage: Stage) -> None:
    stage.open()
    spot_checked(stage.desk)
    assert search(stage, "随机抽查")[1].startswith("2026年第1次随机抽查")
    hands.press(Key.Key_Return)
    page = stage.window.page
    assert isinstance(page, InspectionsScreen)
    assert page.pane is page.spot_checks


def test_an_order_is_printed_from_the_search(stage: Stage) -> None:
    stage.open()
    problems(stage.desk)
    search(stage, "只有签到和照片")
    hands.press(Key.Key_Return, CTRL)
    dialog = stage.dialog(PrintDialog)
    stage.wait(lambda: bool(dialog.pdf))
    assert "整改通知单" in text_of(dialog.pdf)
