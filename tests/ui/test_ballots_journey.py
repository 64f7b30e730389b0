"""Counting paper ballots in the window: two passes by keys, what differs, what is hidden, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchdesk.services.evaluations import ballot_drafts
from branchdesk.services.open_branch import Role
from branchdesk.ui.dialogs import LineDialog, MessageDialog
from branchdesk.ui.screens.evaluations.ballots.batch_dialog import BatchDialog
from branchdesk.ui.screens.evaluations.ballots.begin_dialog import SUMS, BeginCountingDialog
from branchdesk.ui.screens.evaluations.ballots.count_dialog import CountEntryDialog
from branchdesk.ui.screens.evaluations.ballots.differences_dialog import DifferencesDialog
from branchdesk.ui.screens.evaluations.ballots.entry_dialog import BallotEntryDialog
from branchdesk.ui.screens.evaluations.ballots.pane import BallotsPane
from branchdesk.ui.screens.evaluations.screen import EvaluationsScreen
from support import hands
from support.branches import SettableClock
from support.counted_ballots import (
    FIRST_COUNTER,
    SECOND_COUNTER,
    counted,
    handed_out,
    sheet_of,
    small_appraisal,
)
from support.hands import CTRL, Key
from support.stage import Stage

PILE = ("122", "112", "221", "222", "111", "122")


@pytest.fixture
def uid(stage: Stage, the_clock: SettableClock) -> str:
    """An appraisal with three members on its ballot."""
    del the_clock
    stage.open()
    return small_appraisal(stage.desk)


def pane_of(stage: Stage, uid: str) -> BallotsPane:
    page = stage.go("evaluations", (uid, "ballots"))
    assert isinstance(page, EvaluationsScreen)
    return page.ballots


def begin(stage: Stage, pane: BallotsPane, counter: str) -> BallotEntryDialog:
    """Begin the pass that is wanted next, ballot by ballot."""
    stage.press("count_next", pane)
    asked = stage.dialog(BeginCountingDialog)
    hands.fill(asked.counter, counter)
    stage.press("save", asked)
    return stage.dialog(BallotEntryDialog)


def key_in(pile: tuple[str, ...]) -> None:
    for ballot in pile:
        hands.keys(ballot)
        hands.press(Key.Key_Return)


def count(stage: Stage, pane: BallotsPane, counter: str, pile: tuple[str, ...] = PILE) -> None:
    entry = begin(stage, pane, counter)
    key_in(pile)
    stage.press("finish_counting", entry)


def names_of(stage: Stage, uid: str) -> list[str]:
    return [one.name for one in sheet_of(stage.desk, uid).on_ballot]


def test_a_pile_is_counted_by_two_people_and_then_the_result_is_shown(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    count(stage, pane, FIRST_COUNTER)
    count(stage, pane, SECOND_COUNTER)
    first, second, third = names_of(stage, uid)
    assert hands.lines(pane.table) == [
        ["1", first, "4", "2", "0", "0", "0", "93.3", "优秀"],
        ["2", second, "2", "4", "0", "0", "0", "86.7", "合格"],
        ["3", third, "2", "4", "0", "0", "0", "86.7", "合格"],
    ]
    assert pane.detail.issued_told.text() == "发出 8 = 收回 6 + 未收 2"
    assert pane.detail.returned_told.text() == "收回 6 = 有效 6 + 废票 0"


def test_the_page_says_which_ballot_it_is_and_shows_lines_as_on_paper(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    assert entry.place.text() == "第 1 张，共收回 6 张"
    assert [line[1] for line in hands.lines(entry.lines)] == names_of(stage, uid)
    key_in(PILE[:2])
    assert entry.place.text() == "第 3 张，共收回 6 张"
    key_in(PILE[2:])
    assert "6 张票都录完了" in entry.told.sentence
    assert not entry.lines.isEnabled()
    hands.press(Key.Key_Return)
    assert [one.number for one in sheet_of(stage.desk, uid).evaluation.batches[0].passes] == [1]


def test_nothing_of_the_first_pass_is_shown_before_the_second(stage: Stage, uid: str) -> None:
    counted(stage.desk, uid, handed_out(stage.desk, uid, returned=7), 1, (4, 2, 2))
    pane = pane_of(stage, uid)
    assert not pane.table.isVisible()
    assert "请换一个人来录第二遍" in pane.waiting.text()
    assert not pane.detail.heads["spoiled"].isVisible()
    entry = begin(stage, pane, SECOND_COUNTER)
    assert entry.sum.text() == "已录：有效 0 张，废票 0 张"


def test_the_second_pass_is_refused_to_the_first_counter(stage: Stage, uid: str) -> None:
    counted(stage.desk, uid, handed_out(stage.desk, uid), 1, (4, 2, 2))
    stage.press("count_next", pane_of(stage, uid))
    asked = stage.dialog(BeginCountingDialog)
    assert asked.counter.text() == ""
    hands.fill(asked.counter, "李 敏")
    stage.press("save", asked)
    assert "另一遍也是李敏录的" in asked.wrong.text()
    hands.fill(asked.counter, SECOND_COUNTER)
    stage.press("save", asked)
    stage.dialog(BallotEntryDialog)


def test_one_wrong_digit_is_found_named_and_mended(stage: Stage, uid: str) -> None:
    counted(stage.desk, uid, handed_out(stage.desk, uid), 1, (4, 2, 2))
    pane = pane_of(stage, uid)
    count(stage, pane, SECOND_COUNTER, ("122", "112", "221", "223", "111", "122"))
    found = stage.dialog(DifferencesDialog)
    third = names_of(stage, uid)[2]
    assert hands.lines(found.table) == [
        [third, "合格", "4", "3", "−1"],
        [third, "基本合格", "0", "1", "+1"],
    ]
    assert "两遍不一致" in pane.waiting.text()
    stage.press("count_again_2", found)
    stage.dialog(LineDialog)
    hands.write("第 4 张录错了")
    hands.press(Key.Key_Return)
    asked = stage.dialog(BeginCountingDialog)
    hands.fill(asked.counter, SECOND_COUNTER)
    stage.press("save", asked)
    entry = stage.dialog(BallotEntryDialog)
    key_in(PILE)
    stage.press("finish_counting", entry)
    assert pane.table.isVisible()


def test_missing_lines_are_said_before_they_count_as_left_empty(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    names = names_of(stage, uid)
    hands.keys("1")
    hands.press(Key.Key_Return)
    assert entry.told.sentence == f"{names[1]}、{names[2]}还没有录。再按一次 Enter，就按“未评”计入。"
    assert entry.sums.taken == 0
    assert entry.lines.currentRow() == 1
    hands.press(Key.Key_Return)
    assert entry.sums.taken == 1
    assert [row[""] for row in entry.sums.votes.values()] == [0, 1, 1]


def test_a_ballot_without_any_mark_is_not_taken_by_a_slip_of_enter(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    hands.press(Key.Key_Return, times=3)
    assert entry.sums.taken == 0
    assert "按 F 记为废票" in entry.told.sentence


def test_backspace_goes_back_a_line_which_is_then_marked_anew(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    hands.keys("14")
    hands.press(Key.Key_Backspace)
    hands.keys("220")
    hands.press(Key.Key_Return)
    assert entry.sums.taken == 1
    picked = [next(choice for choice, votes in row.items() if votes) for row in entry.sums.votes.values()]
    assert picked == ["excellent", "qualified", ""]


def test_keys_that_mean_no_grade_do_nothing(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    hands.keys("579qa")
    assert entry.lines.marks == {}
    assert entry.lines.currentRow() == 0


def test_boxes_can_be_clicked_as_well(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    hands.click(entry.lines, entry.lines.model().index(1, 4))
    second = sheet_of(stage.desk, uid).on_ballot[1]
    assert entry.lines.marks == {second.uid: "basic"}


def test_a_spoiled_ballot_is_one_key_and_counts_for_nobody(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    hands.keys("11f")
    assert (entry.sums.valid, entry.sums.spoiled) == (0, 1)
    assert all(votes == 0 for row in entry.sums.votes.values() for votes in row.values())
    assert entry.place.text() == "第 2 张，共收回 6 张"
    key_in(PILE[1:])
    stage.press("finish_counting", entry)
    batch = sheet_of(stage.desk, uid).evaluation.batches[0]
    assert (batch.spoiled, batch.passes[0].ballots) == (1, 5)


def test_the_last_ballot_comes_back_only_until_the_next_begins(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    key_in(PILE[:1])
    hands.press(Key.Key_Z, CTRL)
    assert entry.sums.taken == 0
    assert len(entry.lines.marks) == 3
    assert not any(votes for row in entry.sums.votes.values() for votes in row.values())
    hands.press(Key.Key_Return)
    hands.keys("1")
    assert not entry.back.isEnabled()
    hands.press(Key.Key_Z, CTRL)
    assert entry.sums.taken == 1
    assert entry.sums.last is None


def test_a_pass_with_too_few_ballots_is_asked_about(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    key_in(PILE[:5])
    stage.press("finish_counting", entry)
    question = stage.dialog(MessageDialog)
    assert "还差 1 张" in question.sentence.text()
    stage.press("no", question)
    hands.keys(PILE[5])
    hands.press(Key.Key_Return)
    stage.press("finish_counting", entry)
    assert sheet_of(stage.desk, uid).evaluation.batches[0].passes[0].ballots == 6


def test_who_stops_after_five_goes_on_later_from_sums(stage: Stage, uid: str) -> None:
    batch = handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    entry = begin(stage, pane, FIRST_COUNTER)
    key_in(PILE[:5])
    hands.press(Key.Key_Escape)
    kept = ballot_drafts.counted_so_far(stage.desk.branch, batch.uid, 1)
    assert kept is not None
    assert (kept.counter, kept.valid) == (FIRST_COUNTER, 5)
    stage.wait(lambda: stage.application.activeModalWidget() is None)
    stage.press("count_next", pane)
    asked = stage.dialog(BeginCountingDialog)
    assert "录了 5 张" in asked.told.text()
    stage.press("save", asked)
    entry = stage.dialog(BallotEntryDialog)
    assert entry.place.text() == "第 6 张，共收回 6 张"
    key_in(PILE[5:])
    stage.press("finish_counting", entry)
    assert ballot_drafts.counted_so_far(stage.desk.branch, batch.uid, 1) is None
    assert sheet_of(stage.desk, uid).evaluation.batches[0].passes[0].ballots == 6


def test_somebody_else_does_not_go_on_with_another_ones_sums(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    begin(stage, pane, FIRST_COUNTER)
    key_in(PILE[:5])
    hands.press(Key.Key_Escape)
    stage.wait(lambda: stage.application.activeModalWidget() is None)
    stage.press("count_next", pane)
    asked = stage.dialog(BeginCountingDialog)
    hands.fill(asked.counter, SECOND_COUNTER)
    stage.press("save", asked)
    assert "前面的票是李敏录的" in asked.wrong.text()


def test_fewer_than_five_ballots_are_never_kept(stage: Stage, uid: str) -> None:
    batch = handed_out(stage.desk, uid)
    entry = begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    key_in(PILE[:4])
    assert ballot_drafts.counted_so_far(stage.desk.branch, batch.uid, 1) is None
    hands.press(Key.Key_Escape)
    question = stage.dialog(MessageDialog)
    assert "才录了 4 张" in question.sentence.text()
    stage.press("yes", question)
    assert not entry.isVisible()
    assert ballot_drafts.counted_so_far(stage.desk.branch, batch.uid, 1) is None


def test_what_is_kept_while_counting_holds_sums_alone(stage: Stage, uid: str) -> None:
    batch = handed_out(stage.desk, uid)
    begin(stage, pane_of(stage, uid), FIRST_COUNTER)
    key_in(PILE[:5])
    hands.keys("1")
    ((key, (_when, content)),) = stage.desk.branch.drafts().items()
    assert key == f"ballots:{batch.uid}:1"
    assert set(content) == {"counter", "votes", "valid", "spoiled"}
    assert all(isinstance(votes, int) for row in content["votes"].values() for votes in row.values())
    assert content["valid"] == 5


def test_results_of_fewer_than_five_ballots_stay_hidden(stage: Stage, uid: str) -> None:
    batch = handed_out(stage.desk, uid, returned=4)
    for number in (1, 2):
        counted(stage.desk, uid, batch, number, (4, 2, 2), valid=4)
    pane = pane_of(stage, uid)
    assert "有效票只有 4 张，不到 5 张" in pane.waiting.text()
    assert not pane.table.isVisible()


def test_heads_are_reckoned_while_they_are_typed(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    told, issued = pane.detail.issued_told, pane.detail.heads["issued"]
    issued.setFocus()
    hands.press(Key.Key_A, CTRL)
    hands.keys("5")
    assert told.text() == "收回 6 张，比发出的 5 张还多，请核对。"
    hands.keys("0")
    assert told.text() == "发出 50 = 收回 6 + 未收 44"
    hands.press(Key.Key_Tab)
    assert sheet_of(stage.desk, uid).evaluation.batches[0].issued == 50


def test_sums_that_were_counted_on_paper_are_typed_cell_by_cell(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    stage.press("count_next", pane)
    asked = stage.dialog(BeginCountingDialog)
    stage.press(f"segment_{SUMS}", asked)
    stage.press("save", asked)
    entry = stage.dialog(CountEntryDialog)
    hands.keys("5")
    hands.press(Key.Key_Return)
    hands.keys("2")
    assert entry.told.text() == f"{names_of(stage, uid)[0]}的票多了 1 张。"
    hands.press(Key.Key_Backspace)
    hands.keys("1")
    hands.press(Key.Key_Return, times=3)
    assert (entry.table.currentRow(), entry.table.currentColumn()) == (1, 2)
    hands.keys("6")
    stage.press("save_sums", entry)
    assert f"{names_of(stage, uid)[2]}一票也没有录" in entry.told.text()
    stage.press("save_sums", entry)
    ((stored,),) = [one.passes for one in sheet_of(stage.desk, uid).evaluation.batches]
    third = sheet_of(stage.desk, uid).on_ballot[2].uid
    assert (stored.ballots, [one.votes for one in stored.counts if one.subject == third]) == (6, [6])


def test_a_stored_pass_can_be_undone(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    count(stage, pane_of(stage, uid), FIRST_COUNTER)
    stage.desk.undo()
    assert sheet_of(stage.desk, uid).evaluation.batches[0].passes == ()


def test_without_ballots_a_batch_is_made_first(stage: Stage, uid: str) -> None:
    pane = pane_of(stage, uid)
    assert pane.empty.isVisible()
    pane.begin_entry()
    dialog = stage.dialog(BatchDialog)
    taking_part = sum(one.takes_part for one in sheet_of(stage.desk, uid).evaluation.subjects)
    assert dialog.issued.text() == str(taking_part)
    hands.fill(dialog.issued, "八")
    stage.press("save", dialog)
    assert dialog.wrong.isVisible()
    hands.fill(dialog.issued, "8")
    stage.press("save", dialog)
    assert pane.detail.code.text() == "2026-01"
    assert pane.detail.issued_told.text() == "发出 8 张，收回多少张还没有填。"


def test_a_pass_is_not_begun_before_it_is_known_how_many_came_back(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    hands.fill(pane.detail.heads["returned"], "")
    stage.press("count_next", pane)
    asked = stage.dialog(BeginCountingDialog)
    stage.press("save", asked)
    assert "请填收回了多少张票" in asked.wrong.text()
    hands.fill(asked.returned, "6")
    stage.press("save", asked)
    assert stage.dialog(BallotEntryDialog).place.text() == "第 1 张，共收回 6 张"


def test_a_batch_is_taken_away_with_a_reason_and_comes_back_by_undo(stage: Stage, uid: str) -> None:
    handed_out(stage.desk, uid)
    pane = pane_of(stage, uid)
    pane.deeds.remove_batch()
    stage.dialog(LineDialog)
    hands.write("发错了名单")
    hands.press(Key.Key_Return)
    assert pane.empty.isVisible()
    stage.desk.undo()
    assert pane.detail.code.text() == "2026-01"


def test_who_may_only_look_enters_nothing(stage: Stage, uid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    handed_out(stage.desk, uid)
    branch = stage.desk.branch
    monkeypatch.setattr(branch, "person", replace(branch.person, role=Role.VIEWER))
    pane = pane_of(stage, uid)
    assert not pane.detail.next.isEnabled()
    assert pane.detail.heads["issued"].isReadOnly()
    pane.begin_entry()
    pane.begin_new()
    assert stage.application.activeModalWidget() is None


def test_what_differs_is_found_from_another_segment_and_from_a_narrow_window(stage: Stage, uid: str) -> None:
    batch = handed_out(stage.desk, uid)
    for number, votes in ((1, [3, 3, 3]), (2, [3, 3, 2])):
        counted(stage.desk, uid, batch, number, votes, 6)
    handed_out(stage.desk, uid)
    page = stage.go("evaluations", (uid, "grades"))
    assert isinstance(page, EvaluationsScreen)
    page.notice.pressed.emit()
    assert page.tabs.current == "ballots"
    pane = page.ballots
    assert pane.batch is not None
    assert pane.batch.uid == batch.uid
    if not pane.detail.isHidden():
        assert pane.next.isHidden()
        page.toggle_details()
    assert pane.next.text() == "看不一致的地方…"
    stage.press("count_here", pane)
    assert stage.dialog(DifferencesDialog).table.rowCount() == 2
