"""How scores are explained in words, for the paper of 计分过程."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from branchdesk.domain.inspections.explaining import explain_line, explain_total
from branchdesk.domain.inspections.model import Assessment, Stage
from branchdesk.domain.inspections.scoring import total_of
from domain.inspections.making import (
    BONUS,
    BY_HAND,
    C4,
    VETO,
    facts,
    indicator,
    said,
    scheme,
    scored,
)


def why(assessment: Assessment, **whys: str) -> Assessment:
    return replace(assessment, whys=whys)


def test_the_row_of_the_example_is_explained_rule_by_rule() -> None:
    assert explain_line(scored(C4, why(said(r1="0", r2="1"), r2="12月没有方案。"))) == (
        "满分 4 分。缺1次扣1.5：计 0 次，扣 0 分（填报）。"
        "无方案扣0.5：计 1 次，扣 0.5 分（填报：12月没有方案）。得 3.5 分。"
    )


def test_what_the_records_answered_names_them_as_the_source() -> None:
    assert explain_line(scored(C4, known=facts(missing="1"))) == (
        "满分 4 分。缺1次扣1.5：计 1 次，扣 1.5 分（自动：查到 1 次）。得 2.5 分。"
    )


def test_an_overridden_count_prints_both_numbers_and_the_reason() -> None:
    known = facts(missing="1")
    line = scored(C4, why(said(r1="0"), r1="补录了一次"), known)
    assert "缺1次扣1.5：计 0 次，扣 0 分（改数，自动数为 1；原因：补录了一次）。" in explain_line(line)
    assert "（改数，自动数为 1；原因：没有写明）" in explain_line(scored(C4, said(r1="0"), known))


def test_a_percentage_names_its_target() -> None:
    line = scored(
        indicator("C5", "3", ["每低5%扣0.5", "per_percent", "0.5", {"step": "5", "target": "90"}]),
        said(r1="82.4"),
    )
    assert (
        explain_line(line) == "满分 3 分。每低5%扣0.5：达到 82.4%，目标 90%，扣 0.5 分（填报）。得 2.5 分。"
    )


def test_a_cap_and_the_floor_are_named() -> None:
    line = scored(indicator("X", "2", ["每处扣1", "per_time", "1", {"cap": "3"}]), said(r1="7"))
    assert explain_line(line) == (
        "满分 2 分。每处扣1：计 7 次，扣 3 分，已达扣分上限（填报）。共扣 3 分，扣完为止。得 0 分。"
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("per_time", "按次扣分：计 1 次，扣 1 分"),
        ("missing", "按缺项扣分：计 1 次，扣 1 分"),
        ("per_percent", "按比例扣分：达到 1%，目标 100%，扣 99 分"),
        ("manual", "酌情扣分：酌情，扣 1 分"),
    ],
)
def test_a_rule_without_a_label_is_called_by_its_kind(kind: str, words: str) -> None:
    assert f"。{words}（" in explain_line(scored(indicator("X", "2", ["", kind, "1"]), said(r1="1")))


def test_a_typed_score_that_is_not_by_the_rules_says_why() -> None:
    typed = replace(said("4", r1="1"), reason="有特殊情况")
    assert explain_line(scored(C4, typed)).endswith("按标准得 2.5 分，评为 4 分，原因：有特殊情况。")
    assert explain_line(scored(C4, said("4", r1="1"))).endswith("评为 4 分，原因：没有写明。")


def test_a_typed_score_alone_is_told_with_what_was_said_of_it() -> None:
    assert explain_line(scored(BY_HAND, said("1.5"))) == "满分 2 分。评为 1.5 分。"
    noted = replace(said("1.5"), reason="展板旧")
    assert explain_line(scored(BY_HAND, noted)) == "满分 2 分。评为 1.5 分，说明：展板旧。"


def test_a_score_out_of_range_is_told_as_it_was_typed() -> None:
    assert explain_line(scored(BY_HAND, said("3"))) == (
        "满分 2 分。写了 3 分，超出 0 至 2 分，按 2 分计。评为 2 分。"
    )


def test_facts_that_changed_after_they_were_confirmed_are_named() -> None:
    line = scored(C4, replace(said(), confirmed="theme_day.missing=0"), facts(missing="1"))
    assert explain_line(line).endswith("得 2.5 分。核实以后数据有变，请重新核实。")


def test_what_was_not_scored_says_by_whom() -> None:
    assert explain_line(scored(C4)) == "还没有自评。"
    assert explain_line(scored(C4, stage=Stage.CHECK)) == "还没有检查。"


def test_a_line_that_does_not_apply_gives_its_reason() -> None:
    assert explain_line(scored(C4, applies=False, why_not="没有支委会")) == (
        "本项不适用，不计入总分；原因：没有支委会。"
    )


def test_a_veto_is_told_whether_or_not_it_was_broken() -> None:
    assert explain_line(scored(VETO)) == "否决项，没有触犯。"
    assert explain_line(scored(VETO, vetoed=True, veto_reason="瞒报一次")) == "触犯一票否决：瞒报一次。"
    both = scored(replace(C4, veto=True), said("4"), vetoed=True, veto_reason="造假")
    assert explain_line(both) == "触犯一票否决：造假。满分 4 分。评为 4 分。"


def test_a_bonus_gives_its_grounds() -> None:
    assert explain_line(scored(BONUS)) == "没有加分。"
    claimed = replace(said("9"), reason="受上级表彰")
    assert explain_line(scored(BONUS, claimed)) == (
        "写了 9 分，超出 0 至 3 分，按 3 分计。加 3 分，理由：受上级表彰。"
    )
    assert explain_line(scored(BONUS, said("2"))) == "加 2 分，理由：没有写明。"


def test_a_bonus_below_zero_adds_nothing_and_says_so() -> None:
    assert explain_line(scored(BONUS, said("-1"))) == (
        "写了 -1 分，超出 0 至 3 分，按 0 分计。加 0 分，理由：没有写明。"
    )


def test_a_total_of_all_lines_is_told_in_full() -> None:
    form = scheme(indicator("A1", "100"), BONUS, bonus_cap=Decimal(2))
    lines = [scored(indicator("A1", "100"), said("88.5")), scored(BONUS, said("3"))]
    assert explain_total(total_of(form, lines)) == [
        "满分 100 分，得 88.5 分。",
        "加分 3 分，按上限计 2 分。",
        "总分 90.5 分。",
        "等次：优秀。",
    ]


def test_a_total_with_lines_left_out_shows_how_it_was_worked_out() -> None:
    form = scheme(indicator("A1", "96"), replace(C4, title="主题党日"), BONUS)
    lines = [scored(indicator("A1", "96"), said("88.5")), scored(C4, applies=False), scored(BONUS, said("3"))]
    assert explain_total(total_of(form, lines)) == [
        "适用项满分 96 分，得 88.5 分，折算为 88.5 × 100 ÷ 96 = 92.19 分。",
        "加分 3 分。",
        "总分 95.19 分。",
        "等次：优秀。",
    ]


def test_a_total_that_is_not_complete_shows_what_is_filled() -> None:
    form = scheme(indicator("A1", "60"), indicator("A2", "40"))
    lines = [scored(indicator("A1", "60"), said("57")), scored(indicator("A2", "40"))]
    assert explain_total(total_of(form, lines)) == [
        "满分 100 分，得 57 分。",
        "还有 1 项没有得分，按已填项折算 95 分。",
        "总分 57 分。",
    ]


def test_a_veto_and_a_form_of_which_nothing_applies_are_told() -> None:
    form = scheme(C4, VETO)
    lines = [scored(C4, applies=False), scored(VETO, vetoed=True)]
    assert explain_total(total_of(form, lines)) == [
        "没有适用的检查项，不计总分。",
        "总分 0 分。",
        "触犯一票否决“违纪瞒报”，不论得分。",
        "等次：不合格。",
    ]
    assert explain_total(total_of(form, lines[:1]))[-1] == "总分 0 分。"
