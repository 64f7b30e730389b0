"""Evaluations in the window: beginning one, scores as in Excel, deciding grades, keys, records."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from branchdesk import paths
from branchdesk.findings import Severity
from branchdesk.ui.commands import COMMANDS
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.card_dialog import CardDialog
from branchdesk.ui.screens.evaluations.choosing import BALLOTS, GRADES, NONE, POINTS, SCORES
from branchdesk.ui.screens.evaluations.printing import EvaluationPaperChoice
from branchdesk.ui.screens.evaluations.score_model import FIRST_PART
from branchdesk.ui.screens.evaluations.start_dialog import StartDialog
from support import hands
from support.branches import SettableClock
from support.entered_points import entered
from support.evaluation_page import (
    FIRST,
    SECOND,
    THIRD,
    choose,
    go_to_cell,
    grade_shown,
    model_of,
    now,
    opened,
    reason_given,
    shown,
    subject,
)
from support.form_folders import add_kind, forget_forms
from support.hands import CTRL, SHIFT, Key
from support.held_evaluations import APPRAISAL, KEY_WORK, begun
from support.papers import pages_of
from support.stage import Stage

COUNTED = "evaluation.counted"


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> EvaluationsScreen:
    """The screen of a branch that has evaluated nothing yet."""
    del the_clock
    stage.open()
    found = stage.go("evaluations", NONE)
    assert isinstance(found, EvaluationsScreen)
    return found


# ---- beginning


def test_an_evaluation_is_begun_by_keyboard_and_lists_everybody_on_the_roster(
    stage: Stage, page: EvaluationsScreen
) -> None:
    assert page.pane is None
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(StartDialog)
    hands.pick(dialog.kind, "民主评议党员")
    hands.press(Key.Key_Return, times=4)
    sheet = now(stage, page)
    assert sheet.evaluation.kind == APPRAISAL
    assert len(sheet.evaluation.subjects) == 24
    assert page.steps.steps[0].state == "current"
    assert page.tabs.current in {BALLOTS, GRADES}
    hands.press(Key.Key_Z, CTRL)
    assert not page.front.choice.rows
    assert page.front.sheet is None


def test_the_dialog_says_which_steps_an_evaluation_has(stage: Stage, page: EvaluationsScreen) -> None:
    page.begin_new()
    dialog = stage.dialog(StartDialog)
    hands.pick(dialog.kind, "民主评议党员")
    assert "党员互评 → 民主测评" in dialog.told.text()


def test_only_the_segments_that_an_evaluation_has_are_offered(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    assert [key for key in (SCORES, BALLOTS, GRADES, POINTS) if page.tabs.is_shown(key)] == [
        BALLOTS,
        GRADES,
        POINTS,
    ]
    opened(stage, page, KEY_WORK, SCORES)
    assert page.tabs.is_shown(SCORES)
    assert page.tabs.current == SCORES


def test_another_evaluation_is_chosen_in_the_list(stage: Stage, page: EvaluationsScreen) -> None:
    first = begun(stage.desk, APPRAISAL)
    opened(stage, page, KEY_WORK, SCORES)
    hands.pick(page.front.choice, first.evaluation.title)
    assert page.front.sheet is not None
    assert page.front.sheet.evaluation.uid == first.evaluation.uid
    assert page.tabs.current in {BALLOTS, GRADES}


# ---- scores


def test_scores_are_typed_like_in_excel_and_come_to_a_total(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    parts = [one.id for one in model_of(page).parts]
    go_to_cell(page, FIRST, parts[0])
    hands.keys("90")
    hands.press(Key.Key_Return)
    hands.keys("80")
    hands.press(Key.Key_Return)
    assert (shown(page, FIRST, FIRST_PART), shown(page, SECOND, FIRST_PART)) == ("90", "80")
    # Without the satisfaction of the masses (15 %), which nobody gave yet: 27 and 24 of 85.
    assert (shown(page, FIRST, 1), shown(page, SECOND, 1)) == ("31.8", "28.2")
    assert page.scores.detail.name.text() == THIRD
    hands.press(Key.Key_Z, CTRL)
    assert shown(page, SECOND, FIRST_PART) == ""
    assert shown(page, FIRST, FIRST_PART) == "90"


def test_tab_goes_on_to_the_next_part_and_the_total_is_weighted(
    stage: Stage, page: EvaluationsScreen
) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    for text in ("90", "80", "100", "70", "60", "50"):
        hands.keys(text)
        hands.press(Key.Key_Tab)
    # 30 % of 90, 20 % of 80, 15 % of 100, 10 % of 70 and of 60, 15 % of 50.
    assert shown(page, FIRST, 1) == "78.5"
    assert "27" in str(page.scores.detail.parts.texts)


def test_a_text_that_is_no_score_is_kept_and_explained_until_it_is_put_right(
    stage: Stage, page: EvaluationsScreen
) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    hands.keys("900")
    hands.press(Key.Key_Return)
    cell = model_of(page).cell(0, FIRST_PART)
    assert (cell.text, cell.severity) == ("900", Severity.ERROR)
    assert "100" in cell.sentence
    assert not now(stage, page).evaluation.scores
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    hands.keys("90")
    hands.press(Key.Key_Return)
    assert model_of(page).cell(0, FIRST_PART).severity is None
    assert now(stage, page).evaluation.scores[0].score == Decimal(90)


def test_a_block_pasted_from_excel_is_one_step(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    hands.put_on_clipboard("90\t91\n80\t81\n")
    hands.press(Key.Key_V, CTRL)
    assert len(now(stage, page).evaluation.scores) == 4
    hands.press(Key.Key_Z, CTRL)
    assert not now(stage, page).evaluation.scores


def test_in_a_block_with_something_wrong_the_rest_is_stored(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    hands.put_on_clipboard("90\t很好\n80\t81\n")
    hands.press(Key.Key_V, CTRL)
    assert sorted(int(one.score or 0) for one in now(stage, page).evaluation.scores) == [80, 81, 90]
    assert model_of(page).cell(0, FIRST_PART + 1).text == "很好"
    assert model_of(page).refused == [(0, FIRST_PART + 1)]
    hands.press(Key.Key_Z, CTRL)
    assert not now(stage, page).evaluation.scores, "the good cells are one step"


def test_the_card_says_what_a_score_rests_on(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    hands.press(Key.Key_Return, CTRL)
    dialog = stage.dialog(CardDialog)
    hands.fill(dialog.score, "95")
    hands.fill(dialog.actual, "办结 12 件")
    hands.fill(dialog.evidence, "三季度通报")
    dialog.act()
    dialog.accept()
    cell = model_of(page).cell(0, FIRST_PART)
    assert cell.text == "95"
    assert "三季度通报" in cell.tip
    assert "办结 12 件" in page.scores.card_lines.text()


def test_somebody_is_left_out_with_a_reason_and_comes_back(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, SECOND, model_of(page).parts[0].id)
    page.scores.change_taking_part()
    reason_given(stage, "长期病休")
    assert not subject(stage, page, SECOND).takes_part
    assert shown(page, SECOND, FIRST_PART) == "—"
    hands.keys("80")
    assert not now(stage, page).evaluation.scores
    page.scores.change_taking_part()
    assert subject(stage, page, SECOND).takes_part


# ---- grades


def test_a_key_decides_a_grade_asks_why_and_goes_on(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, FIRST)
    hands.keys("1")
    assert (
        "没有测评建议"
        in stage.dialog(LineDialog).findChildren(type(page.grades.decision.suggestion))[0].text()
    )
    reason_given(stage, "实绩突出")
    assert grade_shown(page, FIRST) == "优秀"
    one = subject(stage, page, FIRST)
    assert (one.grade, one.reason) == ("excellent", "实绩突出")
    hands.press(Key.Key_Z, CTRL)
    assert grade_shown(page, FIRST) == ""


def test_giving_no_reason_leaves_the_grade_as_it_was(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, FIRST)
    hands.keys("1")
    hands.press(Key.Key_Escape)
    assert not subject(stage, page, FIRST).grade
    assert page.grades.decision.grade.currentData() == ""


def test_several_are_decided_together_in_one_step(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, FIRST, SECOND, THIRD)
    hands.keys("2")
    reason_given(stage, "支委会研究")
    assert {grade_shown(page, name) for name in (FIRST, SECOND, THIRD)} == {"合格"}
    hands.press(Key.Key_Z, CTRL)
    assert {grade_shown(page, name) for name in (FIRST, SECOND, THIRD)} == {""}


def test_the_list_in_the_detail_decides_as_well(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, SECOND)
    hands.pick(page.grades.decision.grade, "2 合格")
    reason_given(stage, "支委会研究")
    assert subject(stage, page, SECOND).grade == "qualified"
    choose(page, SECOND)
    hands.keys("0")
    assert not subject(stage, page, SECOND).grade


def test_who_takes_part_without_a_grade_gets_none(stage: Stage, page: EvaluationsScreen) -> None:
    sheet = opened(stage, page, APPRAISAL, GRADES)
    one = next(one for one in sheet.evaluation.subjects if not one.graded)
    choose(page, one.name)
    hands.keys("1")
    assert not subject(stage, page, one.name).grade
    assert "不评等次" in stage.window.toast.sentence
    assert not page.grades.decision.grade.isEnabled()


def test_more_than_a_third_excellent_is_said_and_the_reason_is_kept(
    stage: Stage, page: EvaluationsScreen
) -> None:
    sheet = opened(stage, page, APPRAISAL, GRADES)
    graded = [one.name for one in sheet.evaluation.subjects if one.graded]
    choose(page, *graded[: len(graded) // 3 + 1])
    hands.keys("1")
    reason_given(stage, "支委会研究")
    assert "优秀" in page.notice.sentence
    stage.press("explain_quota", page)
    reason_given(stage, "承担了重点任务")
    assert "优秀" not in page.notice.sentence


def test_opinion_improvement_and_the_day_of_telling_are_stored(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, FIRST)
    decision = page.grades.decision
    hands.fill(decision.texts["opinion"], "作用发挥好")
    hands.fill(decision.texts["improvement"], "多带新人")
    hands.fill(decision.told_on, "11.20")
    one = subject(stage, page, FIRST)
    assert (one.opinion, one.improvement) == ("作用发挥好", "多带新人")
    assert one.told_on is not None


def test_what_follows_a_grade_is_listed_and_not_done(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, FIRST)
    hands.keys("4")
    reason_given(stage, "民主评议大会评定")
    choose(page, FIRST)
    assert "程序不会自动处理" in page.grades.decision.procedures.text()


# ---- keys of the window


def test_f8_walks_through_what_is_to_be_looked_at(stage: Stage, page: EvaluationsScreen) -> None:
    sheet = opened(stage, page, APPRAISAL, GRADES)
    graded = [one.name for one in sheet.evaluation.subjects if one.graded]
    choose(page, *graded[:12])
    hands.keys("1")
    reason_given(stage, "支委会研究")
    assert page.notice.findings
    hands.press(Key.Key_F8)
    hands.press(Key.Key_F8, SHIFT)
    assert page.notice.sentence


def test_f4_hides_the_detail_and_brings_it_back(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    hidden = page.grades.detail.isHidden()
    hands.press(Key.Key_F4)
    assert page.grades.detail.isHidden() is not hidden
    hands.press(Key.Key_F4)
    assert page.grades.detail.isHidden() is hidden


def test_ctrl_p_prints_the_sheet_of_the_member_in_front(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, SECOND)
    hands.press(Key.Key_P, CTRL)
    choice = stage.printing().findChild(EvaluationPaperChoice)
    assert isinstance(choice, EvaluationPaperChoice)
    kind, one, _batch, _both_sides = choice.chosen
    assert (kind, one) == ("registration", subject(stage, page, SECOND).uid)
    assert SECOND in choice.whom.currentText()


def test_printed_on_both_sides_every_member_begins_on_a_new_sheet(
    stage: Stage, page: EvaluationsScreen
) -> None:
    sheet = opened(stage, page, APPRAISAL, GRADES)
    stage.window.show_screen("print_evaluation", (sheet.evaluation.uid, "registration", "", ""))
    dialog = stage.printing()
    choice = dialog.findChild(EvaluationPaperChoice)
    assert isinstance(choice, EvaluationPaperChoice)
    single = dialog.pdf
    hands.tick(choice.both_sides)
    stage.wait(lambda: dialog.pdf != single and not dialog.jobs.busy)
    assert len(pages_of(dialog.pdf)) == 2 * len(pages_of(single)) - 1


def test_points_and_evaluations_stand_side_by_side(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    one = subject(stage, page, FIRST)
    page.grades.detail.points_wanted.emit(one.person)
    assert page.tabs.current == POINTS
    assert page.points.current_person == one.person
    assert page.steps.isHidden()
    assert QApplication.focusWidget() is not None


# ---- from records, and from elsewhere in the window


@pytest.fixture
def with_points(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """One more kind of evaluation, whose first part is the ledger of points."""
    shipped = (paths.form_folder() / KEY_WORK / "form.toml").read_text(encoding="utf-8")
    counted = shipped.replace(KEY_WORK, COUNTED).replace('source = "typed"', 'source = "points"', 1)
    add_kind(monkeypatch, tmp_path, COUNTED, counted)
    yield COUNTED
    monkeypatch.undo()
    forget_forms()


def test_a_part_from_the_ledger_is_taken_over_and_leads_back_to_it(with_points: str, stage: Stage) -> None:
    stage.open()
    entered(stage.desk)
    page = stage.go("evaluations", NONE)
    assert isinstance(page, EvaluationsScreen)
    opened(stage, page, with_points, SCORES)
    part = model_of(page).parts[0]
    menu = QMenu()
    page.scores.fill_records_menu(menu)
    menu.actions()[0].trigger()
    go_to_cell(page, FIRST, part.id)
    one = model_of(page).score_of(subject(stage, page, FIRST).uid, part.id)
    assert one is not None
    assert one.score is not None
    assert "双积分" in model_of(page).cell(0, FIRST_PART).tip
    hands.keys("5")
    assert now(stage, page).evaluation.scores_of(one.subject)[0].score == one.score
    hands.press(Key.Key_Return, CTRL)
    assert page.tabs.current == POINTS
    assert page.points.current_person == subject(stage, page, FIRST).person


def test_the_list_of_commands_leads_to_the_segments(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, BALLOTS)
    command = next(one for one in COMMANDS if one.does == "screen:evaluations:grades")
    stage.desk.command_requested.emit(command)
    assert page.tabs.current == GRADES
    begin = next(one for one in COMMANDS if one.does == "screen:evaluations:new_evaluation")
    stage.desk.command_requested.emit(begin)
    assert stage.dialog(StartDialog).kind.count() > 1


def test_in_another_look_the_same_evaluation_is_in_front(stage: Stage, page: EvaluationsScreen) -> None:
    first = begun(stage.desk, APPRAISAL)
    opened(stage, page, KEY_WORK, SCORES)
    hands.pick(page.front.choice, first.evaluation.title)
    before = stage.window
    stage.desk.looks.choose_scale(125)
    stage.wait(lambda: stage.window is not before)
    again = stage.go("evaluations")
    assert isinstance(again, EvaluationsScreen)
    assert again is not page
    assert again.front.choice.uid == first.evaluation.uid


def test_coming_from_another_screen_the_keys_are_in_the_table(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    stage.go("rosters")
    stage.go("evaluations")
    assert hands.focused() is page.grades.table
    hands.press(Key.Key_1)
    assert stage.dialog(LineDialog).isVisible()


def test_f8_leads_to_a_text_that_could_not_be_stored_and_says_why(
    stage: Stage, page: EvaluationsScreen
) -> None:
    opened(stage, page, KEY_WORK, SCORES)
    go_to_cell(page, FIRST, model_of(page).parts[0].id)
    hands.put_on_clipboard("90\t很好\n80\t太多\n")
    hands.press(Key.Key_V, CTRL)
    go_to_cell(page, THIRD, model_of(page).parts[0].id)
    assert page.scores.foot.text().startswith("有 2 格不是分数")
    hands.press(Key.Key_F8)
    assert hands.focused() is page.scores.grid
    assert (page.scores.grid.currentIndex().row(), page.scores.grid.currentIndex().column()) == (0, 3)
    assert "不是分数" in page.scores.foot.text() or "数字" in page.scores.foot.text()
    hands.press(Key.Key_F8)
    assert page.scores.grid.currentIndex().row() == 1
    hands.keys("81")
    hands.press(Key.Key_Return)
    assert page.scores.foot.text().startswith("有 1 格不是分数")


def test_the_red_button_goes_to_the_first_who_has_no_grade_yet(stage: Stage, page: EvaluationsScreen) -> None:
    opened(stage, page, APPRAISAL, GRADES)
    choose(page, FIRST)
    hands.keys("2")
    reason_given(stage, "支委会研究")
    choose(page, FIRST)
    page.tabs.setFocus()
    page.work.segment_wanted.emit(GRADES)
    assert hands.focused() is page.grades.table
    assert page.grades.subject == subject(stage, page, SECOND).uid
