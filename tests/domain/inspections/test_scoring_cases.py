"""Points by the table of cases worked out by hand (domain 7.1, 7.2)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.inspections.model import (
    NOTHING_SAID,
    Answer,
    Assessment,
    Fact,
    Indicator,
    Stage,
)
from branchdesk.domain.inspections.scoring import LineScore, Total, score_line, total_of
from domain.inspections.making import NO_FACTS, VETO, indicator, points_of, said, scheme

TABLE = tomllib.loads(Path(__file__).with_name("scoring_cases.toml").read_text(encoding="utf-8"))
EXAMPLE = {row[0]: indicator(*row) for row in TABLE["example"]}


def by_name(case: dict[str, Any]) -> str:
    return str(case["name"])


def line_of(case: dict[str, Any]) -> Indicator:
    one = EXAMPLE[case["of"]] if "of" in case else indicator(*case["indicator"])
    return replace(
        one,
        bonus=case.get("bonus", False),
        veto=case.get("veto", False),
        may_not_apply=case.get("may_not_apply", False),
    )


def assessment_of(case: dict[str, Any]) -> Assessment:
    written = said(case.get("typed", ""), **case.get("counts", {}))
    return replace(written, confirmed=case.get("confirmed", ""))


def facts_of(case: dict[str, Any]) -> dict[str, Fact]:
    return {
        name: Fact(name, None if value == "?" else Decimal(value), "查到的。")
        for name, value in case.get("facts", {}).items()
    }


def score_of(case: dict[str, Any]) -> LineScore:
    stage = Stage(case.get("stage", "self"))
    written = assessment_of(case)
    answer = Answer(
        applies=case.get("applies", True),
        vetoed=case.get("vetoed", False),
        self_check=written if stage is Stage.SELF else said(**case.get("own", {})),
        check=written if stage is Stage.CHECK else NOTHING_SAID,
    )
    return score_line(line_of(case), answer, stage, facts_of(case))


def filled(one: Indicator, score: str) -> LineScore:
    """A line with a score as a table of totals writes it."""
    answer = Answer(applies=score != "n", self_check=said("" if score in "?n" else score))
    return score_line(replace(one, may_not_apply=True), answer, Stage.SELF, NO_FACTS)


def total_of_case(case: dict[str, Any]) -> Total:
    lines = [filled(indicator(f"A{place}", row[0]), row[1]) for place, row in enumerate(case["lines"])]
    for place, row in enumerate(case.get("bonus", [])):
        lines.append(filled(indicator(f"J{place}", row[0], bonus=True), row[1]))
    if case.get("vetoed"):
        lines.append(score_line(VETO, Answer(vetoed=True), Stage.SELF, NO_FACTS))
    cap = Decimal(case.get("bonus_cap", "5"))
    return total_of(scheme(*(one.indicator for one in lines), bonus_cap=cap), lines)


def check_total(total: Total, expected: dict[str, Any]) -> None:
    grade = total.grade.label if total.grade else "-"
    assert (total.base, total.earned) == (Decimal(expected["base"]), Decimal(expected["earned"]))
    assert (total.score, grade) == (Decimal(expected["score"]), expected["grade"])
    assert total.bonus == Decimal(expected.get("bonus", "0"))
    assert total.empty == expected.get("empty", 0)
    if "filled" in expected:
        assert total.filled_score == Decimal(expected["filled"])
    if "claimed" in expected:
        assert total.claimed == Decimal(expected["claimed"])


def test_the_table_is_long_enough_and_every_case_has_its_own_name() -> None:
    names = [case["name"] for kind in ("line", "total", "quarter") for case in TABLE[kind]]
    assert len(names) >= 100
    assert len(set(names)) == len(names)


def test_the_example_has_36_lines_and_100_points() -> None:
    form = scheme(*EXAMPLE.values())
    sums = [
        sum(one.points or 0 for one in form.indicators if one.section == part)
        for part, _title in form.sections
    ]
    assert len(form.indicators) == 36
    assert form.full == 100
    assert sums == [12, 14, 27, 18, 13, 8, 8]


@pytest.mark.parametrize("case", TABLE["line"], ids=by_name)
def test_a_line_earns_what_the_table_says(case: dict[str, Any]) -> None:
    found = score_of(case)
    score, state, taken = case["expected"]
    assert (found.score, found.state) == (points_of(score), state)
    assert [one.points for one in found.taken] == [Decimal(one) for one in taken]


@pytest.mark.parametrize("case", TABLE["total"], ids=by_name)
def test_lines_come_to_what_the_table_says(case: dict[str, Any]) -> None:
    check_total(total_of_case(case), case["expected"])


def quarter(case: dict[str, Any], order: Sequence[Indicator]) -> Total:
    left_out = case.get("not_applicable", [])
    lines = [
        score_line(
            replace(one, may_not_apply=True),
            Answer(
                applies=one.id not in left_out,
                self_check=replace(said(**case["lines"].get(one.id, {})), confirmed="-"),
            ),
            Stage.SELF,
            NO_FACTS,
        )
        for one in order
    ]
    return total_of(scheme(*EXAMPLE.values()), lines)


@pytest.mark.parametrize("case", TABLE["quarter"], ids=by_name)
def test_a_whole_quarter_comes_to_what_the_table_says(case: dict[str, Any]) -> None:
    found = quarter(case, list(EXAMPLE.values()))
    check_total(found, case["expected"])
    assert [one.earned for one in found.sections] == [Decimal(one) for one in case["sections"]]
    assert sum(one.lost for one in found.sections) == found.lost


@pytest.mark.parametrize("case", TABLE["quarter"], ids=by_name)
def test_the_order_of_the_lines_changes_nothing(case: dict[str, Any]) -> None:
    lines = list(EXAMPLE.values())
    assert quarter(case, lines[::-1]) == quarter(case, lines)
