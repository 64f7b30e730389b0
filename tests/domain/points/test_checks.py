"""What is found in an entry before it is written for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from branchdesk.domain.points.checks import decision_findings, entry_findings
from branchdesk.domain.points.model import EntryState, PointEntry
from branchdesk.findings import Finding, Severity
from domain.points.making import SCHEME, TODAY, codes, day, entry, sentences, undo

GOOD = entry("e5", "attended", "06-05")
CLAIM = entry("e5", "guarded", "06-05", source="claimed", state="proposed", reviewer="")


def checked(one: PointEntry, *existing: PointEntry, year: int | None = 2026) -> list[Finding]:
    return entry_findings(SCHEME, one, existing, TODAY, year=year)


def test_a_usual_entry_has_nothing_wrong_whether_it_is_in_the_ledger_or_not() -> None:
    assert checked(GOOD) == []
    assert checked(GOOD, GOOD) == []


def test_an_entry_needs_a_person_and_a_rule() -> None:
    assert codes(checked(replace(GOOD, person=""))) == ["no_person"]
    (found,) = checked(replace(GOOD, rule="gone"))
    assert (found.code, found.field, found.is_error) == ("no_such_rule", "rule", True)


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity"])
def test_a_quantity_is_more_than_nothing(quantity: str) -> None:
    (found,) = checked(replace(GOOD, quantity=Decimal(quantity)))
    assert (found.code, found.field) == ("quantity_not_positive", "quantity")
    assert found.sentence == "数量必须大于 0；需要扣分请选择扣分的项目，记错了请冲正。"


def test_a_day_of_another_year_is_an_error_where_the_year_is_known() -> None:
    (found,) = checked(replace(GOOD, on=day("2025-12-31")))
    assert (found.code, found.is_error) == ("other_year", True)
    assert found.sentence == "日期 2025.12.31 不在 2026 年，请核对。"
    assert checked(replace(GOOD, on=day("01-01"))) == []


def test_a_day_of_another_year_is_a_warning_where_it_is_not() -> None:
    (found,) = checked(replace(GOOD, on=day("2025-12-31")), year=None)
    assert (found.code, found.severity) == ("other_year", Severity.WARN)
    assert found.sentence == "日期 2025.12.31 不在今年，这一笔记入 2025 年。"
    assert checked(GOOD, year=None) == []


def test_a_day_to_come_is_an_error_and_today_is_not() -> None:
    assert checked(replace(GOOD, on=TODAY)) == []
    assert sentences(checked(replace(GOOD, on=day("12-21")))) == ["日期 2026.12.21 还没有到，请核对。"]


def test_points_taken_off_need_a_reason_and_are_told_to_the_member() -> None:
    late = entry("e5", "late", "06-05")
    assert codes(checked(replace(late, reason=" "))) == ["no_reason", "tell_the_member"]
    (found,) = checked(replace(late, reason="路上堵车"))
    assert (found.severity, found.sentence) == (Severity.NOTE, "扣分以后请告知王芳本人。")


def test_evidence_is_missed_where_the_rule_wants_it() -> None:
    done = replace(CLAIM, state=EntryState.ACCEPTED, reviewer="李敏")
    (found,) = checked(done)
    assert (found.code, found.severity, found.field) == ("no_evidence", Severity.WARN, "evidence_title")
    assert found.sentence == "“2.1 社区值守”需要佐证，还没有填写。"
    assert checked(replace(done, evidence_title="值守照片")) == []
    assert checked(replace(done, evidence_uid="a1")) == []
    assert codes(checked(replace(done, evidence_title=" "))) == ["no_evidence"]


def test_a_task_just_claimed_has_no_evidence_yet() -> None:
    assert checked(CLAIM) == []


def test_only_tasks_can_be_claimed() -> None:
    assert sentences(checked(replace(CLAIM, rule="attended"))) == ["“1.1 参加组织生活”不是可以认领的任务。"]


def test_a_declined_entry_needs_nothing_but_its_reason() -> None:
    declined = replace(CLAIM, state=EntryState.DECLINED)
    assert codes(checked(declined)) == ["no_reason"]
    assert checked(replace(declined, reason="没有参加")) == []


def test_nobody_should_accept_a_task_of_his_own() -> None:
    own = replace(CLAIM, state=EntryState.ACCEPTED, evidence_title="照片", reviewer="王　芳")
    (found,) = checked(own)
    assert (found.code, found.severity) == ("own_reviewer", Severity.WARN)
    assert found.sentence == "王芳认领的任务由本人审核，应由其他人审核。"
    assert checked(replace(own, name="", reviewer="")) == []
    assert checked(replace(GOOD, reviewer="王芳")) == []


def test_the_same_again_on_one_day_is_asked_about() -> None:
    (found,) = checked(GOOD, replace(GOOD, uid="e1"))
    assert (found.code, found.severity) == ("entered_before", Severity.WARN)
    assert found.sentence == "王芳在 2026.06.05 已经记过这一项，请核对是否重复。"
    assert codes(checked(replace(GOOD, evidence_uid="m1"), replace(GOOD, uid="e1"))) == ["entered_before"]


@pytest.mark.parametrize(
    "other",
    [
        {"person": "p2"},
        {"rule": "studied"},
        {"on": day("06-06")},
        {"state": EntryState.DECLINED},
        {"evidence_uid": "m2"},
        {"reverses": "e0"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_thing_is_not_the_same_again(other: dict[str, Any]) -> None:
    assert checked(replace(GOOD, evidence_uid="m1"), replace(GOOD, uid="e1", **other)) == []


def test_what_was_reversed_may_be_entered_again() -> None:
    wrong = replace(GOOD, uid="e1")
    assert checked(GOOD, wrong, undo("e2", wrong)) == []


def test_a_task_that_is_claimed_and_still_open_is_asked_about() -> None:
    (found,) = checked(CLAIM, replace(CLAIM, uid="e1", on=day("05-05")))
    assert (found.code, found.sentence) == ("claimed_before", "王芳已经认领了这项任务，还没有审核。")
    others = [
        replace(CLAIM, uid="e1", on=day("05-05"), state=EntryState.ACCEPTED),
        replace(CLAIM, uid="e2", on=day("05-05"), rule="attended"),
        replace(CLAIM, uid="e3", on=day("05-05"), person="p2"),
    ]
    assert checked(CLAIM, *others) == []


def test_it_is_told_beforehand_what_a_cap_leaves_of_an_entry() -> None:
    before = entry("e1", "attended", "06-01")
    (found,) = checked(replace(GOOD, quantity=Decimal(2)), before)
    assert (found.code, found.severity) == ("cut_by_cap", Severity.NOTE)
    assert found.sentence == "每月最多 4 分，这个月已有 2 分，这一笔计 2 分。"
    proposed = replace(GOOD, quantity=Decimal(2), state=EntryState.PROPOSED)
    assert codes(checked(proposed, before)) == ["cut_by_cap"]
    assert checked(replace(GOOD, quantity=Decimal(2)), replace(before, person="p2")) == []


def test_it_is_told_beforehand_what_a_cap_leaves_of_points_taken_off() -> None:
    late = entry("e5", "late", "06-05", "3", reason="路上堵车")
    assert sentences(checked(late)) == [
        "扣分以后请告知王芳本人。",
        "每月最多扣 2 分，这个月已扣 0 分，这一笔扣 2 分。",
    ]


# ---- reversals


def reversal(target: PointEntry, *others: PointEntry, **more: Any) -> list[str]:
    return codes(checked(undo("e9", target, **more), target, *others))


def test_an_entry_may_be_reversed_once_with_a_reason() -> None:
    assert reversal(GOOD) == []
    assert reversal(GOOD, reason=" ") == ["no_reason"]
    assert reversal(GOOD, undo("e8", GOOD)) == ["already_reversed"]
    assert reversal(GOOD, undo("e8", GOOD, state=EntryState.PROPOSED)) == ["already_reversed"]
    assert reversal(GOOD, undo("e8", GOOD, state=EntryState.DECLINED)) == []


def test_a_reversal_is_not_reversed() -> None:
    undone = undo("e8", GOOD)
    assert reversal(undone, GOOD) == ["reversal_of_reversal"]
    assert sentences(checked(undo("e9", undone), undone)) == [
        "这一行本身就是冲正，不能再冲正；需要恢复请重新记一笔。"
    ]


def test_what_is_not_there_is_not_reversed() -> None:
    assert codes(checked(undo("e9", GOOD))) == ["nothing_to_reverse"]
    assert codes(checked(undo("e5", GOOD), GOOD)) == ["nothing_to_reverse"]


@pytest.mark.parametrize(("state", "named"), [("proposed", "待审核"), ("declined", "未通过")])
def test_what_does_not_count_is_not_reversed(state: str, named: str) -> None:
    target = replace(GOOD, state=EntryState(state))
    found = checked(undo("e9", target, state=EntryState.ACCEPTED), target)
    assert sentences(found) == [f"这一笔现在是“{named}”，没有计分，不用冲正。"]


@pytest.mark.parametrize("change", [{"person": "p2"}, {"rule": "studied"}, {"quantity": Decimal(2)}])
def test_a_reversal_is_of_the_same_person_rule_and_quantity(change: dict[str, Any]) -> None:
    assert reversal(GOOD, **change) == ["reversal_differs"]


def test_a_reversal_stands_in_the_year_of_its_entry() -> None:
    old = replace(GOOD, on=day("2025-12-05"))
    found = entry_findings(SCHEME, undo("e9", old, on=day("01-05")), [old], TODAY)
    assert sentences(found) == ["冲正应当记在原来那一笔的年度，即 2025 年。"]


def test_a_rule_that_is_gone_can_still_be_reversed() -> None:
    assert reversal(replace(GOOD, rule="gone")) == []


def test_errors_come_first() -> None:
    found = checked(entry("e5", "late", "12-21", "3"), entry("e1", "late", "12-21", reason="堵车"))
    assert codes(found) == ["no_reason", "day_to_come", "entered_before", "tell_the_member", "cut_by_cap"]


# ---- decisions


def decided(to: EntryState, reason: str = "", **more: Any) -> Sequence[str]:
    return codes(decision_findings(replace(CLAIM, **more), to, reason))


def test_what_is_proposed_is_accepted_or_declined_with_a_reason() -> None:
    assert decided(EntryState.ACCEPTED) == []
    assert decided(EntryState.DECLINED, "没有参加") == []
    assert decided(EntryState.DECLINED, " ") == ["no_reason"]
    assert decided(EntryState.PROPOSED) == ["no_decision"]


def test_what_was_decided_is_not_decided_again() -> None:
    accepted = replace(CLAIM, state=EntryState.ACCEPTED)
    assert sentences(decision_findings(accepted, EntryState.DECLINED, "没有参加")) == [
        "这一笔现在是“已记分”，不用再审核；需要改动请冲正。"
    ]
    assert decided(EntryState.ACCEPTED, state=EntryState.DECLINED) == ["already_decided"]
