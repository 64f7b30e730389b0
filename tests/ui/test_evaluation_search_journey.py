"""Evaluations are found by their words, opened by Enter and printed by Ctrl+Enter."""

from __future__ import annotations

from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.printing import EvaluationPaperChoice
from branchdesk.ui.screens.search import SearchDialog
from support import hands
from support.hands import CTRL, Key
from support.held_evaluations import APPRAISAL, SECRETARY, begun
from support.stage import Stage


def search(stage: Stage, typed: str) -> list[str]:
    """What the search answers, its headings included."""
    hands.press(Key.Key_K, CTRL)
    dialog = stage.dialog(SearchDialog)
    hands.write(typed)
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_an_evaluation_is_found_by_its_title_and_opened_before_another_one(stage: Stage) -> None:
    stage.open()
    uid = begun(stage.desk, APPRAISAL).evaluation.uid
    begun(stage.desk, SECRETARY)
    stage.go("evaluations", "points")
    answers = search(stage, "民主评议党员")
    place = answers.index("评议")
    assert answers[place + 1].startswith("2026 年度民主评议党员")
    assert "进行中" in answers[place + 1]
    hands.press(Key.Key_Return)
    page = stage.window.page
    assert isinstance(page, EvaluationsScreen)
    assert page.front.choice.uid == uid
    assert page.tabs.current in page.of_one


def test_a_paper_of_an_evaluation_is_printed_from_the_search(stage: Stage) -> None:
    stage.open()
    sheet = begun(stage.desk, SECRETARY)
    answers = search(stage, "述职述廉")
    assert "评议" in answers
    hands.press(Key.Key_Return, CTRL)
    choice = stage.printing().findChild(EvaluationPaperChoice)
    assert isinstance(choice, EvaluationPaperChoice)
    assert choice.chosen[0]
    assert sheet.evaluation.title
