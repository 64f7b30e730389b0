"""The states of an inspection from drafted to archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.issues import Issue
from branchdesk.domain.inspections.model import Inspection, InspectionState, Stage
from branchdesk.domain.inspections.scoring import LineScore
from branchdesk.domain.inspections.states import (
    LABELS,
    REOPENED_AS,
    label_of,
    may_move,
    next_states,
    reopening_findings,
)
from branchdesk.findings import Finding, Severity
from domain.inspections.making import (
    BONUS,
    BY_HAND,
    C4,
    VETO,
    facts,
    indicator,
    inspection,
    issue,
    said,
    scored,
    sentences,
    unverified,
)

S = InspectionState
READY = (scored(C4, said("4")), scored(C4, said("4"), stage=Stage.CHECK))


def step(
    start: InspectionState,
    to: InspectionState,
    lines: Sequence[LineScore] = READY,
    issues: Sequence[Issue] = (),
) -> list[Finding]:
    return may_move(inspection(state=start), lines, issues, to)


def test_every_state_has_its_name() -> None:
    assert [label_of(state) for state in InspectionState] == [
        "编制中",
        "已下发",
        "已自查",
        "已检查",
        "已反馈",
        "整改中",
        "已验证",
        "已归档",
    ]
    assert set(LABELS) == set(InspectionState)


def test_the_usual_way_goes_through_every_state_in_order() -> None:
    way = [S.DRAFTED]
    while next_states(way[-1]):
        way.append(next_states(way[-1])[0])
    assert way == list(InspectionState)


@pytest.mark.parametrize("start", list(InspectionState))
def test_every_step_that_is_offered_may_be_taken_and_no_other(start: InspectionState) -> None:
    allowed = {to for to in InspectionState if not step(start, to, issues=[issue()])}
    assert allowed == set(next_states(start))


def test_a_step_that_is_no_step_names_those_that_are() -> None:
    assert sentences(step(S.ISSUED, S.ARCHIVED)) == [
        "检查表现在是“已下发”，不能改为“已归档”；下一步可以是：已自查、编制中。"
    ]
    assert sentences(step(S.ARCHIVED, S.VERIFIED)) == [
        "检查表现在是“已归档”，这是最后一步，不能再改为“已验证”。"
    ]


@pytest.mark.parametrize("start", [state for state in InspectionState if state.is_scored])
def test_what_was_fed_back_is_scored_again_only_by_being_re_opened(start: InspectionState) -> None:
    found = step(start, S.INSPECTED)
    assert sentences(found) == [
        f"检查表现在是“{label_of(start)}”，分数已经反馈，不能直接退回；需要改动请先“重新打开”并写明原因。"
    ]
    assert not reopening_findings(inspection(state=start), "漏记一次会议")
    assert REOPENED_AS is S.INSPECTED


def test_re_opening_needs_a_reason_and_something_that_is_closed() -> None:
    assert sentences(reopening_findings(inspection(state=S.ARCHIVED), " ")) == [
        "请写明重新打开的原因；已经反馈的分数会保留。"
    ]
    assert sentences(reopening_findings(inspection(state=S.ISSUED), "原因")) == [
        "检查表现在是“已下发”，可以直接修改，不用重新打开。"
    ]


def test_the_self_check_ends_when_every_line_is_filled_or_confirmed() -> None:
    empty, waiting = scored(BY_HAND), scored(C4, known=facts(missing="0"))
    found = step(S.ISSUED, S.SELF_CHECKED, [empty, waiting, scored(BONUS), scored(VETO), READY[0]])
    assert [(one.sentence, one.field, one.severity) for one in found] == [
        ("还有 1 项没有自评：A5。", "A5", Severity.ERROR),
        ("还有 1 项自动取数没有核实：C4。", "C4", Severity.ERROR),
    ]


def test_facts_that_changed_are_confirmed_again_before_the_self_check_ends() -> None:
    changed = scored(C4, replace(said(), confirmed="old"), facts(missing="0"))
    assert sentences(step(S.ISSUED, S.SELF_CHECKED, [changed])) == ["还有 1 项自动取数没有核实：C4。"]


def test_only_the_first_of_many_lines_are_named() -> None:
    five = [scored(indicator(f"A{place}")) for place in range(1, 6)]
    assert sentences(step(S.ISSUED, S.SELF_CHECKED, five)) == ["还有 5 项没有自评：A1、A2、A3、A4、A5。"]
    six = [*five, scored(indicator("A6"))]
    assert sentences(step(S.ISSUED, S.SELF_CHECKED, six)) == ["还有 6 项没有自评：A1、A2、A3、A4、A5等。"]


def test_lines_of_the_check_do_not_hold_up_the_self_check_nor_the_way_back() -> None:
    unchecked = scored(C4, stage=Stage.CHECK)
    assert not step(S.ISSUED, S.SELF_CHECKED, [READY[0], unchecked])
    assert not step(S.ISSUED, S.DRAFTED, [scored(C4)])
    assert not step(S.INSPECTED, S.SELF_CHECKED, [scored(C4), unchecked])


def test_feedback_warns_of_lines_that_nobody_checked() -> None:
    lines = [READY[0], scored(C4, stage=Stage.CHECK), scored(BONUS, stage=Stage.CHECK)]
    found = step(S.INSPECTED, S.FED_BACK, lines)
    assert [(one.sentence, one.severity) for one in found] == [
        ("还有 1 项没有考核得分：C4；反馈后这些项按自评分计。", Severity.WARN)
    ]


def test_feedback_is_refused_while_a_line_has_no_score_at_all() -> None:
    checked = (scored(C4, stage=Stage.CHECK), scored(BY_HAND, stage=Stage.CHECK))
    found = step(S.INSPECTED, S.FED_BACK, [*READY[:1], scored(BY_HAND), *checked])
    assert [(one.sentence, one.severity, one.field) for one in found] == [
        ("还有 1 项既没有考核得分，也没有自评得分：A5。", Severity.ERROR, BY_HAND.id)
    ]


def test_going_back_to_the_feedback_asks_no_scores() -> None:
    assert not step(S.RECTIFYING, S.FED_BACK, [scored(C4, stage=Stage.CHECK)], [issue()])


def test_nothing_is_rectified_where_no_problem_was_found() -> None:
    assert sentences(step(S.FED_BACK, S.RECTIFYING)) == [
        "这张检查表没有登记问题，不用整改；可以直接改为“已验证”。"
    ]
    assert not step(S.FED_BACK, S.VERIFIED)
    assert not step(S.FED_BACK, S.RECTIFYING, issues=[issue()])


def test_problems_are_verified_before_the_inspection_is() -> None:
    waiting = [issue(), unverified(uid="w2"), unverified(uid="w3")]
    assert sentences(step(S.RECTIFYING, S.VERIFIED, issues=waiting)) == [
        "还有 2 个问题没有验证销号，不能改为“已验证”。"
    ]
    assert sentences(step(S.VERIFIED, S.ARCHIVED, issues=waiting[1:2])) == [
        "还有 1 个问题没有验证销号，不能改为“已归档”。"
    ]
    assert not step(S.RECTIFYING, S.VERIFIED, issues=[issue()])
    assert not step(S.VERIFIED, S.RECTIFYING, issues=waiting)


def test_nothing_is_checked_before_its_period_has_begun() -> None:
    one: Inspection = inspection(state=S.ISSUED)
    early, first = date(2026, 9, 30), date(2026, 10, 1)
    period = Period(2026, 4)
    assert sentences(may_move(one, READY, (), S.SELF_CHECKED, early, period=period)) == [
        "2026年第四季度从 2026.10.01 开始，还没有到，不能改为“已自查”。"
    ]
    assert not may_move(one, READY, (), S.SELF_CHECKED, first, period=period)
    assert not may_move(one, READY, (), S.SELF_CHECKED, early)
    assert not may_move(one, READY, (), S.SELF_CHECKED, period=period)
    assert not may_move(inspection(state=S.DRAFTED), READY, (), S.ISSUED, early, period=period)
