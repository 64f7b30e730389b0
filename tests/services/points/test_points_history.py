"""The history of points in words that a clerk understands."""

from __future__ import annotations

from branchdesk.services.history import lines_of_change, record_history
from branchdesk.services.points.entering import AcceptanceTyped, EntryTyped, accept, add_entry, claim_task
from branchdesk.services.points.entering import reverse_entry as reverse
from branchdesk.services.points.redeeming import (
    RewardTyped,
    add_reward,
    change_reward,
    redeem,
    remove_rewards,
    sign_redemptions,
)
from services.meetings.scenes import House
from services.points.ledgers import LATE, WATCH, enter


def told(house: House, seq: int) -> list[tuple[str, str, str]]:
    return [(one.field, one.before, one.after) for one in lines_of_change(house.branch, seq)]


def test_an_entry_says_who_what_how_much_and_when(house: House) -> None:
    typed = EntryTyped(house.people["何静"], LATE, "2026.5.15", reason="迟到 15 分钟")
    entered = add_entry(house.branch, house.root, typed)
    words = "何静 2.2 不迟到早退 × 1 2026.05.15 已记分 迟到 15 分钟"
    assert told(house, entered.changes.seq) == [("积分", "", words)]
    back = reverse(house.branch, entered.uid, "记错了人")
    assert told(house, back.changes.seq) == [("冲正积分", "", words.replace("迟到 15 分钟", "记错了人"))]
    undone = house.branch.undo(back.changes.seq)
    assert told(house, undone.seq)[0][:2] == ("冲正积分", words.replace("迟到 15 分钟", "记错了人"))


def test_an_acceptance_says_what_became_of_the_task(house: House) -> None:
    uid = claim_task(house.branch, house.root, house.people["何静"], WATCH, "2026.9.1").uid
    said = AcceptanceTyped("赵立新", "2026.9.20", "2", "值守登记表")
    called = "积分 何静 3.2 社区值守"
    assert set(told(house, accept(house.branch, uid, said).changes.seq)) == {
        (f"{called} 审核", "待审核", "已记分"),
        (f"{called} 日期", "2026.09.01", "2026.09.20"),
        (f"{called} 数量", "1", "2"),
        (f"{called} 审核人", "", "赵立新"),
        (f"{called} 佐证", "", "值守登记表"),
    }
    assert len(record_history(house.branch, uid)) == 6


def test_rewards_and_exchanges_are_told_with_points_and_units(house: House) -> None:
    made = add_reward(house.branch, house.root, RewardTyped("雨伞", "5", "2", "把"))
    assert told(house, made.changes.seq) == [("兑换物品", "", "雨伞 5 分/把")]
    changed = change_reward(house.branch, made.uid, {"points": "6", "stock": ""})
    assert set(told(house, changed.changes.seq)) == {
        ("兑换物品 雨伞 所需积分", "5 分", "6 分"),
        ("兑换物品 雨伞 库存", "2", ""),
    }
    enter(house, "何静", WATCH)
    taken = redeem(house.branch, house.root, house.people["何静"], made.uid, on="2026.9.1")
    assert told(house, taken.changes.seq) == [("积分兑换", "", "何静 雨伞 1 把 6 分 2026.09.01")]
    signed = sign_redemptions(house.branch, [taken.uid])
    assert told(house, signed.changes.seq) == [("积分兑换 何静 雨伞 签字", "否", "是")]
    gone = remove_rewards(house.branch, [made.uid], "不再兑换")
    assert told(house, gone.seq) == [("兑换物品", "", "已移到回收站 不再兑换")]
