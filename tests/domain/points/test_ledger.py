"""Rows that make others void, and the hash of what decides over totals."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from branchdesk.domain.points.model import EntrySource, EntryState
from branchdesk.domain.points.tally import (
    SOURCE_LABELS,
    STATE_LABELS,
    input_hash,
    reversal_of,
    source_label,
    state_label,
    tally,
)
from domain.points.making import LATE, OFF, SCHEME, TASK, TODAY, day, entry, scheme

ROWS = [
    entry("e1", "attended", "03-05", "2"),
    entry("e2", "guarded", "03-06"),
    entry("e3", "late", "03-07", reason="路上堵车"),
]


def test_every_source_and_state_has_its_name() -> None:
    assert [source_label(one) for one in EntrySource] == ["手工", "自动", "认领"]
    assert [state_label(one) for one in EntryState] == ["待审核", "已记分", "未通过"]
    assert set(SOURCE_LABELS) == set(EntrySource)
    assert set(STATE_LABELS) == set(EntryState)


def test_a_reversal_stands_on_the_day_of_its_entry_and_takes_it_out() -> None:
    wrong = entry(
        "e1",
        "guarded",
        "03-05",
        source="claimed",
        evidence_title="照片",
        evidence_entity="attachment",
        evidence_uid="a1",
        applicant="王芳",
        reviewer="赵敏",
    )
    undone = reversal_of(wrong, "e9", " 记错人 ", TODAY, reviewer="李敏")
    assert (undone.uid, undone.reverses, undone.reason) == ("e9", "e1", "记错人")
    assert (undone.on, undone.entered_on) == (day("03-05"), TODAY)
    assert (undone.person, undone.rule, undone.quantity) == ("p1", "guarded", Decimal(1))
    assert (undone.source, undone.state) == (EntrySource.TYPED, EntryState.ACCEPTED)
    assert (undone.has_evidence, undone.applicant, undone.reviewer) == (False, "", "李敏")
    assert tally(SCHEME, [wrong, undone], 2026).total == 60


def test_the_hash_is_the_same_for_ever() -> None:
    form = replace(scheme(LATE, buckets=[TASK, OFF]), redeem=("task",))
    rows = [entry("e2", "late", "03-07", "2.50"), entry("e1", "late", "03-05", reverses="e0")]
    written = (
        '{"entries":[["e1","p1","late","2026-03-05","1","accepted","e0"],'
        '["e2","p1","late","2026-03-07","2.5","accepted",""]],'
        '"scheme":{"buckets":{"off":["0","",true],"task":["0","40",false]},'
        '"kind":"points.two_scores","redeem":["task"],'
        '"rules":{"late":["off","-1","","2","",""]},"version":1}}'
    )
    assert input_hash(form, rows) == hashlib.sha256(written.encode()).hexdigest()


def test_the_hash_does_not_ask_for_order_or_spelling() -> None:
    turned = replace(
        SCHEME,
        rules=SCHEME.rules[::-1],
        buckets=SCHEME.buckets[::-1],
        redeem=SCHEME.redeem[::-1],
        title="双积分管理办法",
    )
    spelled = [replace(ROWS[0], quantity=Decimal("2.00"), name="王 芳"), *ROWS[1:]]
    assert input_hash(turned, spelled[::-1]) == input_hash(SCHEME, ROWS)


@pytest.mark.parametrize(
    "change",
    [
        {"uid": "e8"},
        {"person": "p2"},
        {"rule": "studied"},
        {"on": day("03-08")},
        {"quantity": Decimal(3)},
        {"state": EntryState.DECLINED},
        {"reverses": "e2"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_hash_changes_with_everything_that_decides_over_the_total(change: dict[str, Any]) -> None:
    assert input_hash(SCHEME, [replace(ROWS[0], **change), *ROWS[1:]]) != input_hash(SCHEME, ROWS)


def test_the_hash_changes_with_the_scheme() -> None:
    first, *others = SCHEME.rules
    known = {
        input_hash(one, ROWS)
        for one in (
            SCHEME,
            replace(SCHEME, version=2),
            replace(SCHEME, kind="points.other"),
            replace(SCHEME, redeem=("task",)),
            replace(SCHEME, rules=(replace(first, points=Decimal(3)), *others)),
            replace(SCHEME, rules=(replace(first, cap_month=None), *others)),
            replace(SCHEME, rules=(replace(first, cap_month=Decimal(0)), *others)),
            replace(SCHEME, rules=(replace(first, bucket="reward"), *others)),
            replace(SCHEME, buckets=(replace(SCHEME.buckets[0], begin=Decimal(50)), *SCHEME.buckets[1:])),
        )
    }
    assert len(known) == 9
