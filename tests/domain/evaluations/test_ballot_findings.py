"""Figures of ballots that do not add up (domain 6.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from branchdesk.domain.evaluations.ballot_findings import heads, pass_title
from branchdesk.domain.evaluations.model import Batch
from domain.evaluations.making import APPRAISAL, COUNTED, VOTES, codes, counting, sentences

NAMES = {"s1": "王芳", "s2": "李敏"}
FIRST = COUNTED.passes[0]
EMPTY = Batch("b1", "2026-01")


def found(**more: Any) -> list[str]:
    return sentences(heads(replace(COUNTED, **more), NAMES, APPRAISAL))


def test_a_batch_that_adds_up_says_nothing() -> None:
    assert (COUNTED.issued, COUNTED.returned, COUNTED.not_returned) == (13, 11, 2)
    assert (COUNTED.spoiled, COUNTED.valid) == (1, 10)
    assert found() == []
    assert heads(COUNTED) == []


def test_before_ballots_are_back_nothing_is_asked() -> None:
    assert heads(EMPTY) == []
    assert heads(replace(EMPTY, issued=23)) == []
    assert (EMPTY.not_returned, EMPTY.valid) == (None, None)
    assert (replace(EMPTY, issued=23).not_returned, replace(EMPTY, returned=9).valid) == (None, None)


def test_without_any_ballot_back_zero_adds_up() -> None:
    none = replace(EMPTY, issued=5, returned=0, spoiled=0, passes=(counting(1, "李敏", 0, {}),))
    assert heads(none, NAMES) == []
    assert none.not_returned == 5


def test_more_ballots_never_come_back_than_were_handed_out() -> None:
    assert found(issued=10) == ["收回 11 张，比发出的 10 张还多，请核对。"]
    assert codes(heads(replace(EMPTY, issued=1, returned=2))) == ["more_returned"]


def test_more_ballots_are_never_spoiled_than_came_back() -> None:
    assert found(returned=1, spoiled=3, passes=()) == ["废票 3 张，比收回的 1 张还多，请核对。"]


def test_valid_ballots_are_those_that_came_back_and_are_not_spoiled() -> None:
    assert found(spoiled=2, passes=(FIRST,)) == [
        "第一遍录入有效票 10 张，收回 11 张减去废票 2 张应为 9 张，请核对。"
    ]
    assert codes(heads(replace(COUNTED, spoiled=0))) == ["ballots_differ", "ballots_differ"]


@pytest.mark.parametrize(("head", "title"), [("issued", "发出"), ("returned", "收回"), ("spoiled", "废票")])
def test_heads_are_asked_for_once_something_was_counted(head: str, title: str) -> None:
    assert found(**{head: None}) == [f"还没有填写{title}张数。"]
    negative: dict[str, Any] = {head: -1}
    (first, *_others) = heads(replace(COUNTED, passes=(), **negative))
    assert (first.field, first.sentence) == (head, f"{title}不能是负数，这里写了 -1 张。")


def test_the_votes_on_everybody_are_as_many_as_the_valid_ballots() -> None:
    short = {**VOTES, "s2": {"excellent": 2, "qualified": 5, "basic": 2}}
    assert found(passes=(FIRST, counting(2, "陈志远", 10, short))) == [
        "第二遍李敏的各档票数合计 9 张，应与有效票 10 张相等，请核对。"
    ]


def test_who_was_not_counted_at_all_is_noticed() -> None:
    batch = replace(COUNTED, passes=(counting(1, "李敏", 10, {"s1": VOTES["s1"]}),))
    (one,) = heads(batch, NAMES)
    assert (one.code, one.field) == ("sum_differs", "s2")
    assert one.sentence == "第一遍李敏的各档票数合计 0 张，应与有效票 10 张相等，请核对。"
    assert heads(batch) == []


def test_votes_on_somebody_else_are_noticed() -> None:
    strange = {**VOTES, "s9": {"qualified": 10}}
    batch = replace(COUNTED, passes=(counting(1, "李敏", 10, strange),))
    assert sentences(heads(batch, NAMES)) == ["第一遍有一行不在这张测评票上，请核对。"]
    assert heads(batch) == []


def test_votes_are_never_negative_even_where_the_sum_is_right() -> None:
    negative = {**VOTES, "s1": {"excellent": 11, "qualified": -1}}
    assert found(passes=(counting(1, "李敏", 10, negative),)) == ["第一遍王芳的票数不能是负数。"]


def test_choices_are_grades_of_the_scheme_or_blank() -> None:
    strange = {**VOTES, "s1": {"good": 9, "": 1}}
    batch = replace(COUNTED, passes=(counting(1, "李敏", 10, strange),))
    assert sentences(heads(batch, NAMES, APPRAISAL)) == ["第一遍王芳有现行办法里没有的档次，请核对。"]
    assert heads(batch, NAMES) == []


def test_two_people_count() -> None:
    same = (FIRST, counting(2, " 李　敏 ", 10, VOTES))
    assert found(passes=same) == ["两遍都由李　敏录入，第二遍应由另一个人录入。"]
    assert found(passes=(FIRST, counting(2, " ", 10, VOTES))) == ["第二遍还没有填写计票人。"]
    assert found(passes=(counting(1, "", 10, VOTES), COUNTED.passes[1])) == ["第一遍还没有填写计票人。"]
    assert found(passes=(COUNTED.passes[1],)) == []


def test_passes_have_names() -> None:
    assert [pass_title(one) for one in (1, 2)] == ["第一遍", "第二遍"]
