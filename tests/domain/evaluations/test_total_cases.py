"""Totals by the table of cases worked out by hand (domain 6.2, 6.4)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from branchdesk.domain.evaluations.model import Part, PartScore, Scheme
from branchdesk.domain.evaluations.scoring import SubjectTotal, subject_total
from domain.evaluations.making import APPRAISAL, number

TABLE = tomllib.loads(Path(__file__).with_name("total_cases.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]


def by_name(case: dict[str, Any]) -> str:
    return str(case["name"])


def scheme_of(case: dict[str, Any]) -> Scheme:
    parts = []
    for place, (weight, _score, *more) in enumerate(case["parts"], start=1):
        extra = dict(more[0]) if more else {}
        full = Decimal(extra.pop("full", "100"))
        parts.append(Part(f"part{place}", f"第{place}项", Decimal(weight), full=full, **extra))
    return replace(APPRAISAL, decimals=case.get("decimals", 1), parts=tuple(parts))


def scores_of(case: dict[str, Any]) -> list[PartScore]:
    return [
        PartScore("s1", f"part{place}", score=number(score))
        for place, (_weight, score, *_more) in enumerate(case["parts"], start=1)
    ]


def total_of(case: dict[str, Any]) -> SubjectTotal:
    return subject_total(scheme_of(case), scores_of(case))


def test_the_table_is_long_enough_and_every_case_has_its_own_name() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 30
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_total_comes_to_what_the_table_says(case: dict[str, Any]) -> None:
    found = total_of(case)
    assert str(found.total) == str(number(case["total"]))
    assert [one.points for one in found.parts] == list(map(Decimal, case["points"]))
    assert found.missing == tuple(f"part{place}" for place in case.get("missing", []))
    assert found.is_complete == (not case.get("missing"))


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_order_of_the_scores_and_of_the_parts_changes_nothing(case: dict[str, Any]) -> None:
    rows, parts = scores_of(case), list(scheme_of(case).parts)
    Random(6).shuffle(rows)
    Random(7).shuffle(parts)
    assert subject_total(scheme_of(case), rows) == total_of(case)
    assert subject_total(replace(scheme_of(case), parts=tuple(parts)), rows).total == total_of(case).total


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_score_that_was_not_entered_is_one_that_is_empty(case: dict[str, Any]) -> None:
    entered = [one for one in scores_of(case) if one.score is not None]
    assert subject_total(scheme_of(case), entered) == total_of(case)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_points_at_the_weights_used_make_the_total(case: dict[str, Any]) -> None:
    found = total_of(case)
    if found.total is not None:
        assert abs(sum((one.points for one in found.parts), -found.total)) < Decimal("0.51")
        assert abs(sum((one.used_weight for one in found.parts), Decimal(-100))) < Decimal("0.001")
        half = Decimal(5).scaleb(-1 - scheme_of(case).decimals)
        assert abs(found.earned * 100 / found.base - found.total) <= half + Decimal("0.0002")
