"""One quarterly inspection filled, confirmed, proven and signed for, by keyboard, in large letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage

from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.model import Stage as Side
from branchdesk.domain.inspections.scoring import LineScore, LineState
from branchdesk.services.inspections import answering, life, reading
from branchdesk.settings import Settings
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.findings_dialog import FindingsDialog
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspection.line_list import CHECK, POST, STATE
from branchdesk.ui.screens.inspection.rule_row import RuleRow
from branchdesk.ui.screens.meetings import MeetingScreen
from support import hands
from support.branches import SettableClock
from support.filled_inspection import begun_inspection, filled_inspection, line_id
from support.hands import ALT, CTRL, Key
from support.held_meetings import held_assembly
from support.stage import SMALL_SCREEN, Stage

_MOST_TABS = 60
_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def small(stage: Stage, the_clock: SettableClock) -> Stage:
    """The sample branch in large letters on a small screen, on 21 November 2026."""
    del the_clock
    stage.open(Settings(scale=125), SMALL_SCREEN)
    return stage


def opened(stage: Stage, uid: str, number: str = "") -> InspectionScreen:
    target = (uid, line_id(stage.desk, uid, number)) if number else uid
    page = stage.go("inspection", target)
    assert isinstance(page, InspectionScreen)
    return page


def tab_to(name: str) -> None:
    """Press Tab until something of that name has the focus."""
    for _press in range(_MOST_TABS):
        if hands.focused().objectName() == name:
            return
        hands.press(Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name}; it stays at {hands.focused().objectName()}")


def line_of(stage: Stage, uid: str, number: str, side: Side = Side.SELF) -> LineScore:
    return reading.sheet(stage.desk.branch, uid).line(line_id(stage.desk, uid, number), side)


def score_of(stage: Stage, uid: str, number: str) -> str:
    score = line_of(stage, uid, number).score
    return "" if score is None else f"{score:f}"


def title_of(page: InspectionScreen) -> str:
    return page.board.pane._title.text()


def column_of(page: InspectionScreen, number: str, column: int) -> str:
    items = page.board.list.findItems(
        f"{number} ", Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive
    )
    return items[0].text(column)


# ---- scores


def test_scores_are_entered_one_after_another_in_the_order_of_the_paper(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    small.press("entry_mode", page)
    for typed in ("3", "1.5", "1", "3.5", "2"):
        hands.keys(typed)
        hands.press(Key.Key_Return)
    assert [score_of(small, uid, number) for number in ("A1", "A2", "A3", "A4", "A5")] == [
        *("3", "1.5", "1", "3.5", "2")
    ]
    assert title_of(page).startswith("B1 ")
    assert hands.focused() is page.board.pane.score.line


def test_enter_in_an_empty_score_leaves_the_line_as_it_is(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "B2")
    small.press("entry_mode", page)
    hands.press(Key.Key_Return)
    assert score_of(small, uid, "B2") == ""
    assert title_of(page).startswith("B3 ")


def test_a_digit_on_the_list_begins_the_score_of_its_line(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    assert hands.focused() is page.board.list
    hands.press(Key.Key_Down)
    hands.keys("1.5")
    hands.press(Key.Key_Return)
    assert score_of(small, uid, "A2") == "1.5"
    assert title_of(page).startswith("A2 ")


def test_points_of_an_input_method_count_as_points(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    page.board.pane.score.line.setFocus()
    hands.write("2。5")
    hands.press(Key.Key_Return)
    assert score_of(small, uid, "A1") == "2.5"


def test_a_key_gives_its_points(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    small.press("score_key_1", page)
    assert score_of(small, uid, "A1") == "2"
    assert page.board.pane.score.words.text() == "满分 3，扣 1"


def test_a_score_that_cannot_be_is_said_beside_it_and_not_stored(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    small.press("entry_mode", page)
    hands.keys("5")
    hands.press(Key.Key_Return)
    assert "A1 最多 3 分，这里写了 5 分。" in page.board.pane.score.wrong.text()
    assert title_of(page).startswith("A1 ")
    assert score_of(small, uid, "A1") == ""
    hands.press(Key.Key_A, CTRL)
    hands.keys("3")
    hands.press(Key.Key_Return)
    assert score_of(small, uid, "A1") == "3"
    assert title_of(page).startswith("A2 ")


def test_alt_and_arrows_step_through_the_lines_and_store_what_is_typed(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    page.board.pane.answers.texts["plan"].setFocus()
    hands.write("二季度换届")
    hands.press(Key.Key_Down, ALT)
    assert title_of(page).startswith("A2 ")
    assert page.board.pane.answers.texts["plan"].toPlainText() == ""
    hands.write("分工公示")
    hands.press(Key.Key_Up, ALT)
    answers = reading.inspection(small.desk.branch, uid).answers
    assert answers[line_id(small.desk, uid, "A1")].plan == "二季度换届"
    assert answers[line_id(small.desk, uid, "A2")].plan == "分工公示"
    assert page.board.pane.answers.texts["plan"].toPlainText() == "二季度换届"


def test_undo_takes_a_score_back(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    hands.keys("2")
    hands.press(Key.Key_Return)
    page.board.list.setFocus()
    hands.press(Key.Key_Z, CTRL)
    assert score_of(small, uid, "A1") == ""
    assert page.board.pane.score.line.text() == ""


# ---- facts


def test_ctrl_enter_confirms_what_the_records_say(small: Stage) -> None:
    held_assembly(small.desk)
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "C1")
    assert line_of(small, uid, "C1").state is LineState.AUTO
    hands.press(Key.Key_Return, CTRL)
    assert line_of(small, uid, "C1").state is LineState.FILLED
    assert column_of(page, "C1", STATE) == "已填"


def rule_rows(page: InspectionScreen) -> list[RuleRow]:
    return page.board.pane.rules.rows


def test_a_count_of_the_records_is_changed_only_with_a_reason_asked_for_in_its_place(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A4")
    row = rule_rows(page)[0]
    counted = line_of(small, uid, "A4").score
    tab_to(row.change.objectName())
    hands.press(Key.Key_Space)
    hands.keys("1")
    hands.press(Key.Key_Return)
    assert line_of(small, uid, "A4").score == counted
    assert hands.focused() is row.why
    hands.write("赵立新手机号已核对")
    hands.press(Key.Key_Return)
    taken = line_of(small, uid, "A4").taken[0]
    assert (str(taken.count), taken.why) == ("1", "赵立新手机号已核对")
    small.press(row.undo.objectName(), page)
    assert line_of(small, uid, "A4").score == counted


def test_a_changed_count_is_kept_without_a_reason_and_stands_against_the_next_step(small: Stage) -> None:
    uid = whole(small)
    page = opened(small, uid, "A4")
    row = rule_rows(page)[0]
    tab_to(row.change.objectName())
    hands.press(Key.Key_Space)
    hands.keys("1")
    hands.press(Key.Key_Return)
    assert hands.focused() is row.why
    hands.press(Key.Key_Tab)
    taken = line_of(small, uid, "A4").taken[0]
    assert (str(taken.count), taken.why) == ("1", "")
    assert "请写明原因" in page.board.pane._remark.text()
    small.press("next_step", page)
    dialog = small.dialog(FindingsDialog)
    assert any(one.is_error and one.code == "override_without_reason" for one in dialog.findings)


def test_a_changed_count_is_kept_when_the_clerk_steps_to_the_next_line(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A4")
    rule_rows(page)[0].change.click()
    hands.keys("1")
    hands.press(Key.Key_Down, ALT)
    assert title_of(page).startswith("A5 ")
    assert str(line_of(small, uid, "A4").taken[0].count) == "1"
    hands.press(Key.Key_Up, ALT)
    assert rule_rows(page)[0].count.text() == "1"
    page.board.list.setFocus()
    hands.press(Key.Key_Z, CTRL)
    assert line_of(small, uid, "A4").taken[0].source == "fact"


def test_who_answers_for_a_line_is_named(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    assert column_of(page, "A1", POST) == "周建国"
    assert page.board.pane._post.text() == "责任人 周建国"
    assert page.board.pane._post.toolTip() == "书记"
    assert column_of(page, "C3", POST) == "各小组长"


def test_what_does_not_apply_asks_for_its_reason_in_its_place(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "C3")
    tick = page.board.pane.answers.not_applicable
    hands.tick(tick.box)
    assert line_of(small, uid, "C3").applies
    assert hands.focused() is tick.why
    hands.write("没有设党小组")
    hands.press(Key.Key_Return)
    assert not line_of(small, uid, "C3").applies
    assert column_of(page, "C3", STATE) == "不适用"
    assert not page.board.pane.score.line.isVisible()


def test_a_veto_asks_for_its_facts_in_its_place_and_fails_the_form(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "D1")
    veto = page.board.pane.answers.veto
    hands.tick(veto.box)
    hands.write("材料造假一件，已查实")
    hands.press(Key.Key_Return)
    assert line_of(small, uid, "D1").state is LineState.VETOED
    assert page.board.summary.grade.text() == "不合格"
    hands.press(Key.Key_Z, CTRL)
    assert line_of(small, uid, "D1").state is not LineState.VETOED
    assert not veto.box.isChecked()


def test_chips_narrow_the_list(small: Stage) -> None:
    uid = filled_inspection(small.desk)
    page = opened(small, uid, "A1")
    small.press("filter_problem", page)
    assert title_of(page).startswith("B4 ")
    assert not page.board.step()
    small.press("filter_problem", page)
    assert page.board.step()


# ---- evidence


def test_the_evidence_of_a_fact_opens_its_meeting(small: Stage) -> None:
    meeting = held_assembly(small.desk)
    uid = begun_inspection(small.desk)
    opened(small, uid, "C1")
    tab_to("proofs")
    hands.press(Key.Key_Return)
    page = small.window.page
    assert isinstance(page, MeetingScreen)
    assert page.edits.uid == meeting
    hands.press(Key.Key_Escape)
    page = small.window.page
    assert isinstance(page, InspectionScreen)
    assert title_of(page).startswith("C1 ")
    assert hands.focused() is page.board.list


def test_a_meeting_opened_from_its_list_leads_back_to_the_list(small: Stage) -> None:
    meeting = held_assembly(small.desk)
    opened(small, begun_inspection(small.desk), "C1")
    tab_to("proofs")
    hands.press(Key.Key_Return)
    small.go("meetings")
    small.go("meeting", meeting)
    hands.press(Key.Key_Escape)
    assert small.window.page.key == "meetings"


def test_a_record_is_picked_as_evidence_and_taken_away(small: Stage) -> None:
    held_assembly(small.desk)
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "B1")
    small.press("pick_proof", page)
    small.dialog(PickDialog)
    hands.press(Key.Key_Return)
    small.bring_to_front(small.window)
    found = reading.sheet(small.desk.branch, uid).proofs(line_id(small.desk, uid, "B1"))
    assert [one.entity for one in found] == ["record"]
    page.board.pane.proofs.list.setFocus()
    hands.press(Key.Key_Delete)
    assert not reading.sheet(small.desk.branch, uid).proofs(line_id(small.desk, uid, "B1"))


def test_a_picture_is_pasted_as_evidence_also_from_a_text(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A5")
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    page.board.pane.answers.texts["record"].setFocus()
    hands.press(Key.Key_V, CTRL)
    page.board.list.setFocus()
    hands.press(Key.Key_V, CTRL)
    found = reading.sheet(small.desk.branch, uid).proofs(line_id(small.desk, uid, "A5"))
    assert [one.entity for one in found] == ["attachment", "attachment"]
    assert page.board.pane.answers.texts["record"].toPlainText() == ""


def test_a_dropped_file_lies_in_the_slot_in_front_and_opens(
    small: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A5")
    file = tmp_path / "公开栏.pdf"
    file.write_bytes(_PDF)
    small.press("segment_plan", page.board.pane.proofs)
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file))])
    place = page.board.pane.proofs
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place.dropEvent(QDropEvent(QPoint(5, 5), copy, content, left, hands.PLAIN))
    found = reading.sheet(small.desk.branch, uid).proofs(line_id(small.desk, uid, "A5"))
    assert [(one.title, one.slot) for one in found] == [("公开栏.pdf", "plan")]
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    place.list.setFocus()
    hands.press(Key.Key_Return)
    assert [Path(one).read_bytes() for one in shown] == [_PDF]


# ---- the life of an inspection


def test_what_is_missing_before_the_next_step_is_listed_and_leads_to_its_line(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid)
    small.press("next_step", page)
    dialog = small.dialog(FindingsDialog)
    assert any("没有自评" in one.sentence for one in dialog.findings)
    first = dialog.findings[0].field
    hands.press(Key.Key_Return)
    small.bring_to_front(small.window)
    assert reading.inspection(small.desk.branch, uid).state is InspectionState.ISSUED
    assert page.board.current == first


def whole(stage: Stage) -> str:
    """An inspection whose self check is complete, every fact confirmed."""
    branch, uid = stage.desk.branch, begun_inspection(stage.desk)
    shown = reading.sheet(branch, uid)
    for line in shown.self_lines:
        if line.counts and line.score is None:
            score = answering.set_score(branch, uid, line.indicator.id, Side.SELF, str(line.points))
            stage.desk.adopt(score)
    stage.desk.adopt(answering.confirm(branch, uid, [one.indicator.id for one in shown.self_lines]))
    return uid


def take_step(stage: Stage, page: InspectionScreen) -> None:
    """Press the red button and accept the warnings that stand against the step."""
    stage.press("next_step", page)
    shown = [one for one in stage.application.topLevelWidgets() if one.isVisible()]
    if any(isinstance(one, FindingsDialog) for one in shown):
        stage.press("yes", stage.dialog(FindingsDialog))
        stage.bring_to_front(stage.window)


def test_an_inspection_is_checked_signed_for_and_opened_again_with_a_reason(small: Stage) -> None:
    branch, uid = small.desk.branch, whole(small)
    page = opened(small, uid, "A1")
    take_step(small, page)
    assert reading.inspection(branch, uid).state is InspectionState.SELF_CHECKED
    assert page.board.pane.stage is Side.CHECK
    page.board.list.setFocus()
    hands.keys("2")
    hands.press(Key.Key_Return)
    assert str(line_of(small, uid, "A1", Side.CHECK).score) == "2"
    assert column_of(page, "A1", CHECK) == "2"
    page.steps.take_over_scores()
    take_step(small, page)
    take_step(small, page)
    assert reading.inspection(branch, uid).state is InspectionState.FED_BACK
    assert "只能查看" in page.banner.sentence
    assert page.board.pane.score.line.isReadOnly()
    page.board.list.setFocus()
    hands.keys("1")
    assert str(line_of(small, uid, "A1", Side.CHECK).score) == "2"
    page.steps.ask_to_reopen()
    small.dialog(LineDialog)
    hands.write("A1 打错了")
    hands.press(Key.Key_Return)
    small.bring_to_front(small.window)
    assert reading.inspection(branch, uid).state is InspectionState.INSPECTED
    assert not page.board.pane.score.line.isReadOnly()


def test_without_problems_the_signed_inspection_goes_straight_to_verified(small: Stage) -> None:
    branch, uid = small.desk.branch, whole(small)
    for state in (InspectionState.SELF_CHECKED, InspectionState.INSPECTED, InspectionState.FED_BACK):
        small.desk.adopt(life.move(branch, uid, state, accept=True))
    page = opened(small, uid)
    assert page.steps.verb == "没有问题，转为已验证"
    take_step(small, page)
    assert reading.inspection(branch, uid).state is InspectionState.VERIFIED
    take_step(small, page)
    assert reading.inspection(branch, uid).state is InspectionState.ARCHIVED
    assert page.steps.verb == ""


def test_the_head_of_the_form_is_filled_from_field_to_field(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    page = opened(small, uid, "A1")
    hands.press(Key.Key_Home)
    assert page.board.detail.currentWidget() is page.board.head
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    hands.write("王立")
    hands.press(Key.Key_Return)
    assert reading.inspection(small.desk.branch, uid).values["leader"] == "王立"


def test_f8_leads_from_finding_to_finding(small: Stage) -> None:
    uid = filled_inspection(small.desk)
    page = opened(small, uid)
    hands.press(Key.Key_F8)
    first = page.board.current
    hands.press(Key.Key_F8)
    assert first
    assert page.board.current != first


def test_esc_goes_back_to_the_list(small: Stage) -> None:
    uid = begun_inspection(small.desk)
    opened(small, uid)
    hands.press(Key.Key_Escape)
    assert small.window.page.key == "inspections"
