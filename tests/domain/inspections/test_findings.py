"""What is missing or wrong in an inspection, line by line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from branchdesk.domain.inspections.findings import inspection_findings
from branchdesk.domain.inspections.model import Answer, Evidence, Fact, Indicator, InspectionState, Stage
from branchdesk.domain.inspections.scoring import LineScore, score_line
from branchdesk.findings import Finding, Severity
from domain.inspections.making import (
    BONUS,
    BY_HAND,
    C4,
    NO_FACTS,
    RULES,
    VETO,
    codes,
    facts,
    indicator,
    inspection,
    proof,
    said,
    scheme,
    sentences,
)

DAY = date(2026, 12, 31)


def found(
    one: Indicator,
    answer: Answer,
    known: dict[str, Fact] | None = None,
    *,
    stage: Stage = Stage.SELF,
    inspectors: Collection[str] = ("李明", "王芳"),
    **more: Any,
) -> list[Finding]:
    """What is found on one line."""
    line = score_line(one, answer, stage, NO_FACTS if known is None else known)
    whole = inspection(answers={one.id: answer}, **more)
    return inspection_findings(whole, scheme(one), [line], rules=RULES, day=DAY, inspectors=inspectors)


def own(*words: str, reason: str = "", confirmed: str = "", **counts: str) -> Answer:
    """What a branch wrote of itself."""
    written = replace(said(*words, **counts), reason=reason, confirmed=confirmed)
    return Answer(self_check=replace(written, whys={}))


def test_a_flawed_record_proves_and_what_was_not_held_does_not() -> None:
    assert Evidence("主题党日", "record", "m1", lacking="没有活动方案", held=True).proves
    assert not Evidence("主题党日", "record", "m2", lacking="到期没有记录").proves
    assert Evidence("何静", "member", "p1").proves
    assert not Evidence("主题党日 11月", lacking="没有记录").proves


def test_a_line_with_proof_and_full_marks_needs_nothing() -> None:
    assert not found(C4, own("4"), proofs=(proof("C4"),))


def test_a_line_that_nobody_filled_is_no_finding() -> None:
    assert not found(C4, Answer())


def test_full_marks_without_proof_are_a_warning() -> None:
    warned = found(C4, own("4"))
    assert [(one.code, one.severity, one.field) for one in warned] == [
        ("full_without_proof", Severity.WARN, "C4")
    ]
    assert sentences(warned) == ["C4 评了满分，还没有佐证。"]


def test_the_evidence_of_the_records_is_proof() -> None:
    assert not found(C4, own(confirmed="theme_day.missing=0"), facts(missing="0"))
    held = facts(missing="0")["theme_day.missing"]
    for evidence in ((), (Evidence("12月主题党日", lacking="没有记录"),)):
        bare = {held.name: replace(held, evidence=evidence)}
        assert codes(found(C4, Answer(), bare)) == ["full_without_proof"]


def test_a_form_that_asks_for_no_proof_misses_none() -> None:
    assert not found(replace(C4, proof=""), own("4"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("5", "C4 最多 4 分，这里写了 5 分。"), ("-1", "C4 不能是负分，这里写了 -1 分。")],
)
def test_a_score_out_of_range_is_an_error(typed: str, sentence: str) -> None:
    error = found(C4, own(typed, reason="说明"))[0]
    assert (error.code, error.severity, error.sentence) == ("score_out_of_range", Severity.ERROR, sentence)


def test_a_count_against_the_records_needs_its_reason() -> None:
    known = facts(missing="1")
    error = found(C4, own(r1="0"), known)[0]
    assert (error.code, error.severity) == ("override_without_reason", Severity.ERROR)
    assert error.sentence == "C4 的“缺1次扣1.5”自动数为 1，改成了 0，请写明原因。"
    explained = Answer(self_check=replace(said(r1="0"), whys={"r1": "已补录"}))
    assert not found(C4, explained, known)
    assert not found(C4, own(r1="1"), known)


def test_a_score_against_the_records_needs_its_reason() -> None:
    known = facts(missing="1")
    error = found(C4, own("3.5"), known)[0]
    assert (error.code, error.severity) == ("override_without_reason", Severity.ERROR)
    assert error.sentence == "C4 按标准得 2.5 分，评为 3.5 分，请写明原因。"
    assert not found(C4, own("3.5", reason="补开"), known)
    assert not found(C4, own("2.5"), known)


def test_a_score_against_counts_of_people_is_a_warning() -> None:
    warned = found(C4, own("4", r1="1"), proofs=(proof("C4"),))
    assert [(one.code, one.severity) for one in warned] == [("score_differs", Severity.WARN)]


def test_a_check_that_agrees_with_the_branch_needs_no_reason_of_its_own() -> None:
    answer = Answer(self_check=replace(said(r1="0"), whys={"r1": "已补录"}), check=said("4"))
    known = facts(missing="1")
    own_line, checked = (score_line(C4, answer, stage, known) for stage in Stage)
    whole, form = inspection(answers={"C4": answer}), scheme(C4)

    def against(*lines: LineScore) -> list[str]:
        return codes(inspection_findings(whole, form, lines, rules=RULES, day=DAY, inspectors=("甲", "乙")))

    assert not against(own_line, checked)
    strict = score_line(C4, replace(answer, check=said("3.5")), Stage.CHECK, known)
    assert against(own_line, strict) == ["override_without_reason"]


def test_points_taken_off_without_a_word_are_a_warning() -> None:
    warned = found(C4, own("3.5"))
    assert [(one.code, one.severity) for one in warned] == [("deducted_without_reason", Severity.WARN)]
    assert sentences(warned) == ["C4 扣了 0.5 分，请写明扣分原因。"]
    assert not found(C4, own("3.5", reason="12月没有方案"))
    assert not found(C4, own(r2="1"))


def test_facts_that_changed_are_to_be_confirmed_again() -> None:
    warned = found(C4, own(confirmed="theme_day.missing=0"), facts(missing="1"))
    assert [(one.code, one.severity) for one in warned] == [("facts_changed", Severity.WARN)]
    assert sentences(warned) == ["C4 的数据在核实以后有变，请重新核实。"]


def test_a_line_that_does_not_apply_says_why() -> None:
    assert sentences(found(C4, Answer(applies=False))) == ["C4 写了不适用，请写明原因。"]
    assert not found(C4, Answer(applies=False, why_not="没有开展"))


def test_a_line_that_has_to_apply_cannot_be_left_out() -> None:
    refused = found(BY_HAND, Answer(applies=False, why_not="没有阵地"))
    assert [(one.code, one.severity) for one in refused] == [("must_apply", Severity.ERROR)]
    assert sentences(refused) == ["A5 不能写不适用，仍按原分值计分。"]


def test_a_broken_veto_says_what_happened_and_cannot_be_left_out() -> None:
    assert sentences(found(VETO, Answer(vetoed=True))) == ["否决1 触犯一票否决，请写明情况。"]
    assert not found(VETO, Answer(vetoed=True, veto_reason="瞒报"))
    both = found(
        replace(VETO, may_not_apply=True),
        Answer(vetoed=True, veto_reason="瞒报", applies=False, why_not="没有"),
    )
    assert [(one.code, one.severity) for one in both] == [("veto_not_applicable", Severity.ERROR)]


def test_a_bonus_needs_proof_and_no_bonus_needs_none() -> None:
    assert sentences(found(BONUS, own("2"))) == ["加分1 加了 2 分，还没有佐证。"]
    assert not found(BONUS, own("2"), proofs=(proof("加分1"),))
    assert not found(BONUS, Answer())
    assert codes(found(BONUS, own("9"))) == ["score_out_of_range", "bonus_without_proof"]


def test_a_line_without_a_number_is_called_by_its_title() -> None:
    assert sentences(found(replace(C4, number="", title="主题党日"), own("4"))) == [
        "主题党日 评了满分，还没有佐证。"
    ]


def test_a_check_by_one_inspector_is_a_warning() -> None:
    checked = Answer(check=said("3.5", r2="1"))
    warned = found(C4, checked, stage=Stage.CHECK, inspectors=("李明", "李明"))
    assert [(one.code, one.severity, one.rule) for one in warned] == [
        ("few_inspectors", Severity.WARN, "程序约定：检查人不少于 2 人，可改")
    ]
    assert sentences(warned) == ["检查人不少于 2 人，请补填。"]
    assert not found(C4, checked, stage=Stage.CHECK)


def test_inspectors_are_asked_for_once_there_is_a_check() -> None:
    assert not found(C4, Answer(), inspectors=())
    assert not found(C4, Answer(), inspectors=(), stage=Stage.CHECK)
    assert not found(C4, own(r1="1"), inspectors=())
    assert codes(found(C4, Answer(), inspectors=(), state=InspectionState.INSPECTED)) == ["few_inspectors"]


def test_errors_come_first_and_each_finding_once_in_the_order_of_the_form() -> None:
    first, second, third = (indicator(name) for name in ("A1", "A2", "A3"))
    answers = {"A1": own("4"), "A2": Answer(self_check=said("9"), check=said("9")), "A3": own("2")}
    form = scheme(first, second, third)
    lines = [
        score_line(one, answers[one.id], stage, NO_FACTS)
        for stage in (Stage.CHECK, Stage.SELF)
        for one in (third, second, first)
    ]
    every = inspection_findings(inspection(answers=answers), form, lines, rules=RULES, day=DAY)
    assert [(one.code, one.field) for one in every] == [
        ("score_out_of_range", "A2"),
        ("full_without_proof", "A1"),
        ("full_without_proof", "A2"),
        ("deducted_without_reason", "A3"),
        ("few_inspectors", ""),
    ]
