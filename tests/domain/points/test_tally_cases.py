"""Points by the table of cases worked out by hand (domain 6.3)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from branchdesk.domain.points.model import Bucket, PointEntry, PointScheme
from branchdesk.domain.points.tally import Tally, months, tally
from domain.points.making import day, entry, number, rule, scheme

TABLE = tomllib.loads(Path(__file__).with_name("tally_cases.toml").read_text(encoding="utf-8"))
CASES = TABLE["case"]
ONE_BUCKET = {"task": ["0", "-", False]}


def by_name(case: dict[str, Any]) -> str:
    return str(case["name"])


def scheme_of(case: dict[str, Any]) -> PointScheme:
    buckets = [
        Bucket(name, f"{name}分", Decimal(begin), number(cap), may_be_negative=may_be_negative)
        for name, (begin, cap, may_be_negative) in case.get("buckets", ONE_BUCKET).items()
    ]
    rules = []
    for name, (points, *more) in case["rules"].items():
        extra = {"bucket": buckets[0].id, **(more[0] if more else {})}
        rules.append(rule(name, extra.pop("bucket"), points, **extra))
    return scheme(*rules, buckets=buckets)


def entries_of(case: dict[str, Any]) -> list[PointEntry]:
    return [
        entry(
            **{"uid": f"e{place:02}", "of": of, "on": on, "quantity": quantity, **(more[0] if more else {})}
        )
        for place, (of, on, quantity, *more) in enumerate(case["entries"], start=1)
    ]


def tally_of(case: dict[str, Any], entries: Sequence[PointEntry]) -> Tally:
    until = day(case["until"]) if "until" in case else None
    return tally(scheme_of(case), entries, 2026, until)


def test_the_table_is_long_enough_and_every_case_has_its_own_name() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 30
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_ledger_comes_to_what_the_table_says(case: dict[str, Any]) -> None:
    found = tally_of(case, entries_of(case))
    assert [(one.counted, one.cut_by) for one in found.lines] == [
        (Decimal(points), cut_by) for points, cut_by in case["lines"]
    ]
    assert [one.counted for one in found.buckets] == [Decimal(held) for held in case["held"]]
    assert str(found.total) == str(Decimal(case["total"]).quantize(Decimal("0.01")))
    if "order" in case:
        assert [one.entry.uid for one in found.lines] == case["order"]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_order_of_the_rows_changes_nothing(case: dict[str, Any]) -> None:
    rows = entries_of(case)
    shuffled = list(rows)
    Random(6).shuffle(shuffled)
    assert tally_of(case, shuffled) == tally_of(case, rows) == tally_of(case, rows[::-1])


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_months_add_up_to_the_total(case: dict[str, Any]) -> None:
    found = tally_of(case, entries_of(case))
    parts = months(found)
    begin = sum(one.begin for one in found.buckets)
    assert begin + sum(one.counted for one in parts) == found.exact
    assert parts[-1].total == found.total
