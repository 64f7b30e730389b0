"""Exchanging points in the window: rewards with their stock, exchanges with signatures, giving back."""

from __future__ import annotations

import pytest

from branchdesk.services.organisations import root_of
from branchdesk.services.points import redeeming
from branchdesk.services.points.redeeming import RewardRow
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import EXCHANGE
from branchdesk.ui.screens.evaluations.points.redeem_dialog import RedeemDialog
from branchdesk.ui.screens.evaluations.points.reward_dialog import RewardDialog
from branchdesk.ui.screens.recycle_bin import RecycleBinScreen
from branchdesk.ui.widgets.texts import Note
from support import hands
from support.branches import SettableClock
from support.entered_points import entered, sheet_of
from support.hands import CTRL, Key
from support.stage import Stage

UMBRELLA, VOUCHER = "雨伞", "体检优惠券"


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> EvaluationsScreen:
    """The tab of exchanges with five rewards."""
    del the_clock
    stage.open()
    entered(stage.desk)
    found = stage.go("evaluations", EXCHANGE)
    assert isinstance(found, EvaluationsScreen)
    return found


def reward(stage: Stage, title: str) -> RewardRow:
    branch = stage.desk.branch
    return next(one for one in redeeming.rewards(branch, root_of(branch)) if one.reward.title == title)


def choose_reward(page: EvaluationsScreen, title: str) -> None:
    titles = [line[0] for line in hands.lines(page.exchange.table)]
    page.exchange.table.selectRow(titles.index(title))


def redeem(stage: Stage, page: EvaluationsScreen, title: str, name: str) -> RedeemDialog:
    choose_reward(page, title)
    stage.press("redeem")
    dialog = stage.dialog(RedeemDialog)
    hands.fill(dialog.person, name)
    return dialog


def richest(stage: Stage) -> str:
    """The member who can exchange most."""
    return max(sheet_of(stage.desk).people, key=lambda one: one.balance).name


def test_rewards_show_what_is_left_and_exchanges_who_has_signed(page: EvaluationsScreen) -> None:
    assert hands.lines(page.exchange.table)[0] == [UMBRELLA, "把", "6", "20", "2", "18"]
    lines = hands.lines(page.exchange.part.table)
    assert {line[5] for line in lines} == {"已签字", "未签字", ""}
    assert sum("冲正" in line[6] for line in lines) == 2


def test_a_reward_is_entered_by_keyboard_and_changed_later(stage: Stage, page: EvaluationsScreen) -> None:
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(RewardDialog)
    for text in ("笔记本", "本", "三"):
        hands.write(text)
        hands.press(Key.Key_Tab)
    stage.press("save", dialog)
    assert "所需积分“三”不对" in dialog.wrong.text()
    hands.fill(dialog.points, "3")
    stage.press("save", dialog)
    assert (reward(stage, "笔记本").reward.unit, reward(stage, "笔记本").left) == ("本", None)
    choose_reward(page, "笔记本")
    page.exchange.table.setFocus()
    hands.press(Key.Key_Return)
    again = stage.dialog(RewardDialog)
    hands.fill(again.stock, "40")
    stage.press("save", again)
    assert reward(stage, "笔记本").left == 40


def test_points_are_exchanged_and_both_points_and_stock_become_less(
    stage: Stage, page: EvaluationsScreen
) -> None:
    name, left = richest(stage), reward(stage, UMBRELLA).left
    before = next(one for one in sheet_of(stage.desk).people if one.name == name)
    assert left is not None
    dialog = redeem(stage, page, UMBRELLA, name)
    assert f"兑换后还有 {before.balance - 6} 分" in dialog.told.text()
    hands.tick(dialog.signed)
    stage.press("save", dialog)
    after = next(one for one in sheet_of(stage.desk).people if one.name == name)
    assert after.balance == before.balance - 6
    assert after.total == before.total
    assert reward(stage, UMBRELLA).left == left - 1
    assert ["2026.11.21", name, UMBRELLA, "1 把", "6", "已签字", ""] in hands.lines(page.exchange.part.table)


def test_nobody_exchanges_more_than_there_is(stage: Stage, page: EvaluationsScreen) -> None:
    before = len(sheet_of(stage.desk).redemptions)
    dialog = redeem(stage, page, VOUCHER, richest(stage))
    dialog.quantity.setValue(6)
    assert "库存还有 5 张" in dialog.told.text()
    assert "不够兑换" in dialog.told.text()
    stage.press("save", dialog)
    assert dialog.wrong.isVisible()
    assert len(sheet_of(stage.desk).redemptions) == before


def test_somebody_has_to_be_named(stage: Stage, page: EvaluationsScreen) -> None:
    choose_reward(page, UMBRELLA)
    stage.press("redeem")
    dialog = stage.dialog(RedeemDialog)
    stage.press("save", dialog)
    assert "请选择党员" in dialog.wrong.text()


def test_signatures_are_noted_with_enter(stage: Stage, page: EvaluationsScreen) -> None:
    table = page.exchange.part.table
    number = next(place for place, line in enumerate(hands.lines(table)) if line[5] == "未签字")
    table.setFocus()
    table.selectRow(number)
    hands.press(Key.Key_Return)
    assert hands.lines(table)[number][5] == "已签字"
    stage.press("sign_redemption")
    assert hands.lines(table)[number][5] == "未签字"


def test_what_is_given_back_is_reversed_with_a_reason(stage: Stage, page: EvaluationsScreen) -> None:
    left = reward(stage, UMBRELLA).left
    assert left is not None
    table = page.exchange.part.table
    number = next(place for place, line in enumerate(hands.lines(table)) if line[2] == UMBRELLA)
    table.selectRow(number)
    stage.press("reverse_redemption")
    stage.dialog(LineDialog)
    hands.write("退回来了")
    hands.press(Key.Key_Return)
    assert reward(stage, UMBRELLA).left == left + 1
    assert "冲正：退回来了" in [line[6] for line in hands.lines(table)]
    void = next(place for place, line in enumerate(hands.lines(table)) if line[6] == "冲正：退回来了")
    table.selectRow(void)
    assert not page.exchange.part.reverse.isEnabled()
    assert not page.exchange.part.sign.isEnabled()


def test_a_reward_that_is_gone_waits_in_the_bin_and_its_exchanges_stay(
    stage: Stage, page: EvaluationsScreen
) -> None:
    lines = hands.lines(page.exchange.part.table)
    choose_reward(page, UMBRELLA)
    page.delete_selected()
    said = [note.text() for note in stage.dialog(BinDialog).findChildren(Note)]
    assert f"把 1 种物品移到回收站，{bin_days()} 天内可以恢复；已经兑换的都留着。" in said
    hands.write("发完了")
    hands.press(Key.Key_Return)
    assert UMBRELLA not in [line[0] for line in hands.lines(page.exchange.table)]
    assert hands.lines(page.exchange.part.table) == lines
    waste = stage.go("recycle_bin")
    assert isinstance(waste, RecycleBinScreen)
    stage.press("restore", waste)
    stage.go("evaluations", EXCHANGE)
    assert UMBRELLA in [line[0] for line in hands.lines(page.exchange.table)]


def test_a_branch_without_rewards_is_told_what_they_are_for(stage: Stage, the_clock: SettableClock) -> None:
    del the_clock
    stage.open()
    page = stage.go("evaluations", EXCHANGE)
    assert isinstance(page, EvaluationsScreen)
    assert page.exchange.empty.isVisible()
    page.take_focus()
    hands.press(Key.Key_Space)
    assert stage.dialog(RewardDialog).heading.text() == "新增兑换物品"
