"""Entering points by hand, claiming tasks, and reversing what was wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from branchdesk.domain.points.model import EntrySource, EntryState
from branchdesk.domain.points.tally import reversal_of
from branchdesk.errors import Problem
from branchdesk.services import members
from branchdesk.services.points import entering
from branchdesk.services.points.entering import (
    AcceptanceTyped,
    EntryTyped,
    accept,
    add_entries,
    add_entry,
    check_entry,
    claim_task,
    decline,
    reverse_entry,
)
from branchdesk.storage.branch import ChangeConflict
from services.meetings.scenes import House
from services.points.ledgers import (
    ASSIGNED,
    BLOOD,
    DUES,
    LATE,
    NEWS,
    WATCH,
    enter,
    in_bucket,
    points_of,
    sheet_of,
)
from support.branches import SettableClock, reopened
from support.contents import facts


def test_what_was_entered_counts_at_once_and_says_who_entered_it(house: House) -> None:
    typed = EntryTyped(house.people["何静"], WATCH, "2026.4.18", "1.5次", evidence_title="  登记表 ")
    outcome = add_entry(house.branch, house.root, typed)
    assert outcome.changes.label == "何静 记分：3.2 社区值守"
    assert outcome.findings == ()
    entry = sheet_of(house).entry(outcome.uid)
    assert entry is not None
    assert (entry.name, entry.quantity, entry.evidence_title) == ("何静", Decimal("1.5"), "登记表")
    assert (entry.source, entry.state, entry.reviewer) == (
        EntrySource.TYPED,
        EntryState.ACCEPTED,
        "王敏",
    )
    assert points_of(house, "何静").total == 9


def test_without_a_day_it_is_today_and_without_a_quantity_one(house: House) -> None:
    uid = add_entry(house.branch, house.root, EntryTyped(house.people["何静"], ASSIGNED)).uid
    entry = sheet_of(house).entry(uid)
    assert entry is not None
    assert (entry.on.isoformat(), entry.quantity) == ("2026-11-21", Decimal(1))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"person": ""}, "请选择党员。"),
        ({"rule": "gone"}, "现行积分办法里没有这一项"),
        ({"on": "2026.12.1"}, "还没有到"),
        ({"on": "2025.12.31"}, "不在 2026 年"),
        ({"on": "那天"}, "日期没有保存"),
        ({"quantity": "0"}, "数量“0”不对"),
        ({"quantity": "-1"}, "数量“-1”不对"),
        ({"quantity": "很多"}, "数量“很多”不对"),
        ({"quantity": "1.234"}, "数量“1.234”不对"),
        ({"rule": LATE}, "扣分请写明原因"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    house: House, changed: dict[str, str], sentence: str
) -> None:
    typed = replace(EntryTyped(house.people["何静"], ASSIGNED, "2026.6.1"), **changed)
    with pytest.raises(Problem, match=sentence):
        add_entry(house.branch, house.root, typed, 2026)
    assert sheet_of(house).entries == ()


def test_points_taken_off_have_a_reason_and_the_member_is_to_be_told(house: House) -> None:
    typed = EntryTyped(house.people["何静"], LATE, "2026.5.15", reason="迟到 15 分钟")
    outcome = add_entry(house.branch, house.root, typed)
    assert [one.code for one in outcome.findings] == ["tell_the_member"]
    assert points_of(house, "何静").total == -1


def test_missing_evidence_is_a_warning_and_a_cap_is_named_before_anything_is_written(house: House) -> None:
    typed = EntryTyped(house.people["何静"], DUES, "2026.5.12")
    assert check_entry(house.branch, house.root, typed) == []
    add_entry(house.branch, house.root, typed)
    before = facts(house.branch)
    again = check_entry(house.branch, house.root, replace(typed, on="2026.5.13"))
    assert [one.code for one in again] == ["cut_by_cap"]
    unproven = check_entry(house.branch, house.root, EntryTyped(house.people["何静"], BLOOD), 2026)
    assert [one.code for one in unproven] == ["no_evidence"]
    assert facts(house.branch) == before


def test_many_get_the_same_points_in_one_step_that_can_be_undone(house: House) -> None:
    people = [house.people[name] for name in ("何静", "胡强", "何静", "宋伟")]
    outcome = add_entries(house.branch, house.root, people, EntryTyped("", ASSIGNED, "2026.6.1"))
    assert len(outcome.uids) == 3, "nobody twice"
    assert outcome.changes.label == "何静 等 3 人记分：1.4 完成支部交办的工作"
    assert {one.name for one in sheet_of(house).people if one.total} == {"何静", "胡强", "宋伟"}
    house.branch.undo(outcome.changes.seq)
    assert sheet_of(house).entries == ()
    with pytest.raises(Problem, match="请选择党员"):
        add_entries(house.branch, house.root, [], EntryTyped("", ASSIGNED))


def test_nobody_in_the_recycle_bin_gets_points(house: House) -> None:
    members.move_to_bin(house.branch, [house.people["胡强"]], "录重了")
    with pytest.raises(Problem, match="胡强 已在回收站里"):
        enter(house, "胡强", ASSIGNED)


# ---- tasks


def claimed(house: House, rule: str = WATCH) -> str:
    return claim_task(house.branch, house.root, house.people["何静"], rule, "2026.9.1").uid


def test_a_claimed_task_counts_once_it_is_accepted(house: House) -> None:
    uid = claimed(house)
    sheet = sheet_of(house)
    assert [one.uid for one in sheet.waiting] == [uid]
    assert points_of(house, "何静").total == 0
    done = AcceptanceTyped(on="2026.9.20", quantity="2", evidence_title="值守登记表")
    outcome = accept(house.branch, uid, done)
    assert outcome.changes.label == "通过 何静 的任务：3.2 社区值守"
    entry = sheet_of(house).entry(uid)
    assert entry is not None
    assert (entry.applicant, entry.reviewer, entry.on.isoformat()) == ("何静", "王敏", "2026-09-20")
    assert (entry.source, entry.evidence_title) == (EntrySource.CLAIMED, "值守登记表")
    assert points_of(house, "何静").total == 12
    assert points_of(house, "何静").waiting == ()


def test_an_acceptance_without_words_leaves_what_stands_and_warns_of_missing_evidence(house: House) -> None:
    uid = claimed(house)
    assert [one.code for one in accept(house.branch, uid).findings] == ["no_evidence"]
    assert points_of(house, "何静").total == 6


def test_a_task_that_was_turned_down_stays_with_the_reason_and_never_counts(house: House) -> None:
    uid = claimed(house)
    with pytest.raises(Problem, match="请写明不通过的原因"):
        decline(house.branch, uid, "  ")
    decline(house.branch, uid, "没有佐证", "赵立新")
    (entry,) = sheet_of(house).entries
    assert (entry.state, entry.reason, entry.reviewer) == (EntryState.DECLINED, "没有佐证", "赵立新")
    assert points_of(house, "何静").total == 0


def test_what_was_decided_is_not_decided_again(house: House) -> None:
    uid = claimed(house)
    accept(house.branch, uid)
    with pytest.raises(Problem, match="这一笔现在是“已记分”，不用再审核"):
        accept(house.branch, uid)
    with pytest.raises(Problem, match="这一笔现在是“已记分”，不用再审核"):
        decline(house.branch, uid, "晚了")


def test_only_tasks_can_be_claimed_and_an_acceptance_stays_in_its_year(house: House) -> None:
    with pytest.raises(Problem, match="不是可以认领的任务"):
        claimed(house, ASSIGNED)
    with pytest.raises(Problem, match="不在 2026 年"):
        accept(house.branch, claimed(house), AcceptanceTyped(on="2025.9.1"))


def test_an_acceptance_that_is_undone_waits_again(house: House) -> None:
    uid = claimed(house)
    outcome = accept(house.branch, uid, AcceptanceTyped(quantity="3"))
    house.branch.undo(outcome.changes.seq)
    (entry,) = sheet_of(house).waiting
    assert (entry.quantity, entry.reviewer) == (Decimal(1), "")


# ---- reversing


def test_a_reversal_is_a_row_of_its_own_and_the_entry_stays_as_it_was(house: House) -> None:
    uid = enter(house, "何静", WATCH)
    before = sheet_of(house).entry(uid)
    outcome = reverse_entry(house.branch, uid, "重复登记")
    assert outcome.changes.label == "冲正 何静：3.2 社区值守"
    sheet = sheet_of(house)
    assert sheet.entry(uid) == before
    row = sheet.entry(outcome.uid)
    assert row is not None
    assert (row.reverses, row.reason, row.on) == (uid, "重复登记", sheet.entries[0].on)
    assert points_of(house, "何静").total == 0
    assert len(points_of(house, "何静").entries) == 2


def test_a_reversal_needs_a_reason_and_is_made_once(house: House) -> None:
    uid = enter(house, "何静", WATCH)
    with pytest.raises(Problem, match="请写明冲正的原因"):
        reverse_entry(house.branch, uid, " ")
    back = reverse_entry(house.branch, uid, "重复登记").uid
    with pytest.raises(Problem, match="这一笔已经冲正过了"):
        reverse_entry(house.branch, uid, "再来一次")
    with pytest.raises(Problem, match="这一行本身就是冲正"):
        reverse_entry(house.branch, back, "不冲了")
    with pytest.raises(Problem, match="没有计分，不用冲正"):
        reverse_entry(house.branch, claimed(house), "不要了")
    with pytest.raises(Problem, match="这一笔积分已经不在了"):
        reverse_entry(house.branch, "nowhere", "不要了")


def test_an_entry_is_reversed_once_even_by_two_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = enter(house, "何静", WATCH)

    def after_somebody_else(*told: Any, **more: Any) -> Any:
        monkeypatch.setattr(entering, "reversal_of", reversal_of)
        reverse_entry(house.branch, uid, "登记错误")
        return reversal_of(*told, **more)

    monkeypatch.setattr(entering, "reversal_of", after_somebody_else)
    with pytest.raises(Problem, match="已经冲正过了"):
        reverse_entry(house.branch, uid, "登记错误")
    assert len(points_of(house, "何静").entries) == 2


def test_an_entry_that_was_reversed_cannot_be_undone_behind_its_reversal(house: House) -> None:
    typed = EntryTyped(house.people["何静"], NEWS, evidence_title="信息一篇")
    first = add_entry(house.branch, house.root, typed)
    second = reverse_entry(house.branch, first.uid, "重复登记")
    with pytest.raises(ChangeConflict):
        house.branch.undo(first.changes.seq)
    house.branch.undo(second.changes.seq)
    assert in_bucket(house, "何静", "task") == 1
    house.branch.undo(first.changes.seq)
    assert sheet_of(house).entries == ()


def test_a_year_that_is_over_can_still_be_reversed(house: House, the_clock: SettableClock) -> None:
    uid = enter(house, "何静", WATCH)
    the_clock.set(2027, 1, 15)
    reverse_entry(house.branch, uid, "核查后更正")
    assert points_of(house, "何静").total == 0
    assert sheet_of(house, 2027).entries == ()


def test_the_ledger_is_the_same_after_the_file_was_closed_and_opened(house: House) -> None:
    enter(house, "何静", WATCH, "2026.4.18", "1.5")
    claimed(house, BLOOD)
    before = sheet_of(house)
    after = sheet_of(replace(house, branch=reopened(house.branch)))
    assert (after.entries, after.hash) == (before.entries, before.hash)
