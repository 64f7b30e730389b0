"""Rewards, and exchanging points for them: with balance, stock and signatures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from branchdesk.domain.points.model import Reward
from branchdesk.errors import Problem
from branchdesk.services import recycle_bin
from branchdesk.services.points import redeeming
from branchdesk.services.points.entering import reverse_entry
from branchdesk.services.points.redeeming import (
    RewardTyped,
    add_reward,
    change_reward,
    check_redemption,
    redeem,
    remove_rewards,
    reverse_redemption,
    rewards,
    sign_redemptions,
)
from branchdesk.storage.changes import NOTHING
from services.meetings.scenes import House
from services.points.ledgers import ASSIGNED, WATCH, enter, points_of, sheet_of
from support.branches import SettableClock
from support.contents import assert_sound


def umbrella(house: House, stock: str = "2") -> str:
    return add_reward(house.branch, house.root, RewardTyped("雨伞", "5", stock, "把")).uid


def rich(house: House, name: str = "何静") -> str:
    """Somebody with twelve points that can be exchanged."""
    enter(house, name, WATCH, "2026.4.18", "2")
    return house.people[name]


def listed(house: House) -> list[tuple[Reward, int | None, int]]:
    return [(one.reward, one.left, one.taken) for one in rewards(house.branch, house.root)]


# ---- rewards


def test_a_reward_is_listed_with_what_is_left_of_it(house: House) -> None:
    uid = umbrella(house)
    plain = add_reward(house.branch, house.root, RewardTyped("图书", "2.5分")).uid
    redeem(house.branch, house.root, rich(house), uid)
    assert listed(house) == [
        (Reward(uid, "雨伞", "把", Decimal(5), 2), 1, 1),
        (Reward(plain, "图书", "件", Decimal("2.5")), None, 0),
    ]
    assert sheet_of(house).stock(sheet_of(house).rewards[0]) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (RewardTyped(" ", "5"), "请写明兑换什么"),
        (RewardTyped("雨伞", ""), "所需积分“”不对"),
        (RewardTyped("雨伞", "0"), "所需积分“0”不对"),
        (RewardTyped("雨伞", "-5"), "所需积分“-5”不对"),
        (RewardTyped("雨伞", "5", "几把"), "库存“几把”不对"),
        (RewardTyped("雨伞", "5", "1.5"), "库存“1.5”不对"),
        (RewardTyped("雨伞", "5", "1", "一二三四五六七八九十一"), "单位“一二三四五六七八九十一”太长"),
    ],
)
def test_a_reward_that_cannot_be_is_refused(house: House, typed: RewardTyped, sentence: str) -> None:
    with pytest.raises(Problem, match=sentence):
        add_reward(house.branch, house.root, typed)
    assert rewards(house.branch, house.root) == []


def test_a_change_of_price_leaves_what_was_exchanged(house: House) -> None:
    uid, who = umbrella(house), rich(house)
    redeem(house.branch, house.root, who, uid)
    change_reward(house.branch, uid, {"points": "7", "title": "折叠伞", "stock": "3把"})
    (row,) = points_of(house, "何静").redemptions
    assert (row.points, row.title, row.unit) == (Decimal(5), "雨伞", "把")
    assert points_of(house, "何静").balance == 7
    assert listed(house) == [(Reward(uid, "折叠伞", "把", Decimal(7), 3), 2, 1)]
    with pytest.raises(KeyError, match="color"):
        change_reward(house.branch, uid, {"color": "red"})


def test_a_stock_is_never_less_than_what_was_exchanged(house: House) -> None:
    uid, who = umbrella(house), rich(house)
    redeem(house.branch, house.root, who, uid, "2 把")
    with pytest.raises(Problem, match="“雨伞”已经兑换出去的比库存多 1"):
        change_reward(house.branch, uid, {"stock": "1"})
    change_reward(house.branch, uid, {"stock": ""})
    assert listed(house)[0][1:] == (None, 2)


def test_a_reward_waits_in_the_recycle_bin_and_comes_back(house: House) -> None:
    uid = umbrella(house)
    assert remove_rewards(house.branch, [], "") is NOTHING
    assert remove_rewards(house.branch, [uid], "不再兑换").label == "删除兑换物品：雨伞"
    assert rewards(house.branch, house.root) == []
    (item,) = recycle_bin.bin_items(house.branch)
    assert (item.kind, item.name, item.why, item.days_left) == ("兑换物品", "雨伞", "不再兑换", 180)
    with pytest.raises(Problem, match="“雨伞”已在回收站里"):
        redeem(house.branch, house.root, rich(house), uid)
    recycle_bin.take_back(house.branch, [item])
    assert len(rewards(house.branch, house.root)) == 1


def test_what_was_exchanged_stays_when_its_reward_is_gone_for_good(
    house: House, the_clock: SettableClock
) -> None:
    uid, other = umbrella(house), add_reward(house.branch, house.root, RewardTyped("图书", "2")).uid
    redeem(house.branch, house.root, rich(house), uid)
    label = remove_rewards(house.branch, [uid, other], "不再兑换").label
    assert label == "删除兑换物品：雨伞 等 2 种"
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    (row,) = points_of(house, "何静").redemptions
    assert (row.title, row.points, row.reward) == ("雨伞", Decimal(5), "")
    assert points_of(house, "何静").balance == 7
    with pytest.raises(Problem, match="这个兑换物品已经不在了"):
        change_reward(house.branch, uid, {"stock": "1"})
    assert_sound(house.branch)


# ---- exchanging


def test_points_are_exchanged_and_the_total_stays(house: House) -> None:
    uid, who = umbrella(house), rich(house)
    outcome = redeem(house.branch, house.root, who, uid, "2", "2026.9.1", signed=True)
    assert outcome.changes.label == "何静 兑换 雨伞 2 把"
    he = points_of(house, "何静")
    assert (he.total, he.redeemed, he.balance) == (Decimal(12), Decimal(10), Decimal(2))
    assert he.findings == []
    (row,) = he.redemptions
    assert (row.quantity, row.points, row.on.isoformat(), row.signed) == (2, Decimal(10), "2026-09-01", True)


def test_base_points_are_not_exchanged(house: House) -> None:
    enter(house, "何静", ASSIGNED, quantity="5")
    assert points_of(house, "何静").total == 5
    codes = [
        one.code for one in check_redemption(house.branch, house.root, house.people["何静"], umbrella(house))
    ]
    assert codes == ["balance_short"]


@pytest.mark.parametrize(
    ("quantity", "on", "sentence"),
    [
        ("3", "", "库存还有 2 把，不够兑换 3 把"),
        ("0", "", "兑换数量“0”不对"),
        ("半", "", "兑换数量“半”不对"),
        ("1", "2026.12.1", "兑换日期 2026.12.01 还没有到"),
        ("1", "2025.12.1", "需要 5 分，可兑换的积分还有 0 分"),
    ],
)
def test_an_exchange_that_cannot_be_is_refused(house: House, quantity: str, on: str, sentence: str) -> None:
    uid, who = umbrella(house), rich(house)
    with pytest.raises(Problem, match=sentence):
        redeem(house.branch, house.root, who, uid, quantity, on)
    assert sheet_of(house).redemptions == ()


def test_nobody_exchanges_more_than_the_points_or_the_stock_of_all_years(
    house: House, the_clock: SettableClock
) -> None:
    uid = umbrella(house)
    redeem(house.branch, house.root, rich(house), uid, "2")
    with pytest.raises(Problem, match="不够兑换"):
        redeem(house.branch, house.root, house.people["何静"], uid)
    the_clock.set(2027, 3, 1)
    enter(house, "胡强", WATCH, "2027.2.1")
    with pytest.raises(Problem, match="库存还有 0 把"):
        redeem(house.branch, house.root, house.people["胡强"], uid)
    with pytest.raises(Problem, match="请选择党员"):
        redeem(house.branch, house.root, "nobody", uid)


def test_signatures_are_noted_and_missing_ones_counted(house: House) -> None:
    uid, who = umbrella(house), rich(house)
    rows = [redeem(house.branch, house.root, who, uid).uid for _turn in range(2)]
    assert [one.sentence for one in points_of(house, "何静").findings] == ["还有 2 笔兑换没有签字。"]
    assert sign_redemptions(house.branch, rows[:1]).changes.label == "何静 的兑换已签字"
    assert sign_redemptions(house.branch, rows).changes.label == "标注 2 笔兑换的签字"
    assert points_of(house, "何静").findings == []
    assert sign_redemptions(house.branch, rows[:1], signed=False).changes.label == "何静 的兑换没有签字"
    assert sign_redemptions(house.branch, []).changes is NOTHING


def test_an_exchange_is_given_back_by_a_row_of_its_own_with_a_reason(house: House) -> None:
    uid, who = umbrella(house), rich(house)
    taken = redeem(house.branch, house.root, who, uid, signed=True).uid
    with pytest.raises(Problem, match="请写明冲正的原因"):
        reverse_redemption(house.branch, taken, "")
    back = reverse_redemption(house.branch, taken, "物品退回")
    assert back.changes.label == "冲正 何静 的兑换：雨伞"
    he = points_of(house, "何静")
    assert (he.balance, len(he.redemptions), he.redemptions[-1].reason) == (Decimal(12), 2, "物品退回")
    assert he.redemptions[0].signed
    assert listed(house)[0][1:] == (2, 0)
    for gone in (taken, back.uid):
        with pytest.raises(Problem, match="冲正"):
            reverse_redemption(house.branch, gone, "再来一次")
    with pytest.raises(Problem, match="这一笔兑换已经不在了"):
        reverse_redemption(house.branch, "nowhere", "错了")


def test_points_that_were_reversed_after_the_exchange_leave_a_debt_that_is_named(house: House) -> None:
    entry = enter(house, "何静", WATCH, "2026.4.18", "2")
    redeem(house.branch, house.root, house.people["何静"], umbrella(house), "2", signed=True)
    reverse_entry(house.branch, entry, "核查后更正")
    he = points_of(house, "何静")
    assert (he.balance, [one.code for one in he.findings]) == (Decimal(-10), ["overdrawn"])


def test_two_who_redeem_at_once_never_take_more_than_there_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have asked before one of them writes: the other finds points or stock gone."""
    uid, who = umbrella(house), rich(house)
    asked = redeeming._asked  # the question before the change

    def with_somebody_else(*told: Any) -> Any:
        answer = asked(*told)
        monkeypatch.setattr(redeeming, "_asked", asked)
        redeem(house.branch, house.root, who, uid, "2")
        return answer

    monkeypatch.setattr(redeeming, "_asked", with_somebody_else)
    with pytest.raises(Problem, match="库存还有 0 把"):
        redeem(house.branch, house.root, who, uid, "2")
    assert points_of(house, "何静").balance == 2
    assert listed(house)[0][1:] == (0, 2)
    assert_sound(house.branch)


def test_an_exchange_is_given_back_once_even_by_two_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid, who = umbrella(house), rich(house)
    row = redeem(house.branch, house.root, who, uid).uids[0]

    def after_somebody_else(*told: Any, **more: Any) -> Any:
        monkeypatch.setattr(redeeming, "replace", replace)
        reverse_redemption(house.branch, row, "物品退回")
        return replace(*told, **more)

    monkeypatch.setattr(redeeming, "replace", after_somebody_else)
    with pytest.raises(Problem, match="已经冲正过了"):
        reverse_redemption(house.branch, row, "登记错误")
    assert len(sheet_of(house).redemptions) == 2
