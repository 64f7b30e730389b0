"""How totals are explained, to the last point and on one page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from branchdesk.domain.points.model import PointRule
from branchdesk.domain.points.tally import explain, explain_line, tally
from domain.points.making import ATTENDED, GUARDED, LATE, OFF, SCHEME, TASK, entry, rule, scheme, undo


def test_a_whole_page_explains_every_line_every_bucket_and_the_total() -> None:
    wrong = entry("e5", "guarded", "05-01")
    rows = [
        entry("e1", "attended", "03-05", evidence_title="3月主题党日"),
        entry("e2", "attended", "03-12"),
        entry("e3", "attended", "03-19"),
        entry("e4", "late", "04-02", "2", reason="路上堵车。"),
        wrong,
        undo("e6", wrong, reason="记错人"),
    ]
    assert explain(tally(SCHEME, rows, 2026)) == [
        "“基础分”年初 60 分，加 0 分，共 60 分。",
        "2026.03.05“1.1 参加组织生活”：1 次，每次 2 分，计 2 分。依据：3月主题党日。",
        "2026.03.12“1.1 参加组织生活”：1 次，每次 2 分，计 2 分。",
        "2026.03.19“1.1 参加组织生活”：1 次，每次 2 分，应得 2 分；每月最多 4 分，这个月已有 4 分，计 0 分。",
        "“任务分”年初 0 分，加 4 分，共 4 分。",
        "“奖励分”年初 0 分，加 0 分，共 0 分。",
        "2026.04.02“4.1 迟到”：2 次，每次扣 1 分，扣 2 分。原因：路上堵车。",
        "“扣减”年初 0 分，扣 2 分，共 −2 分。",
        "2026.05.01“2.1 社区值守”：已经冲正，不计分。原因：记错人。",
        "基础分 60 分，任务分 4 分，奖励分 0 分，扣减 −2 分，总积分 62 分。",
    ]


@pytest.mark.parametrize(
    ("cap", "days", "words"),
    [
        ("cap_once", ["03-05"], "应得 4 分；每次最多 3 分，计 3 分。"),
        ("cap_month", ["03-05", "03-31"], "应得 4 分；每月最多 3 分，这个月已有 3 分，计 0 分。"),
        ("cap_quarter", ["01-05", "03-31"], "应得 4 分；每季度最多 3 分，这个季度已有 3 分，计 0 分。"),
        ("cap_year", ["01-05", "12-31"], "应得 4 分；全年最多 3 分，今年已有 3 分，计 0 分。"),
    ],
)
def test_a_line_names_the_cap_that_cut_it(cap: str, days: list[str], words: str) -> None:
    one = rule("a", "task", "4", title="任务", **{cap: "3"})
    assert last_line(one, days).endswith(f"每次 4 分，{words}")


@pytest.mark.parametrize(
    ("cap", "days", "words"),
    [
        ("cap_once", ["03-05"], "应扣 4 分；每次最多扣 3 分，扣 3 分。"),
        ("cap_month", ["03-05", "03-31"], "应扣 4 分；每月最多扣 3 分，这个月已扣 3 分，扣 0 分。"),
        ("cap_quarter", ["01-05", "03-31"], "应扣 4 分；每季度最多扣 3 分，这个季度已扣 3 分，扣 0 分。"),
        ("cap_year", ["01-05", "12-31"], "应扣 4 分；全年最多扣 3 分，今年已扣 3 分，扣 0 分。"),
    ],
)
def test_a_line_of_points_taken_off_names_the_cap_too(cap: str, days: list[str], words: str) -> None:
    one = rule("a", "off", "-4", title="扣减项", **{cap: "3"})
    assert last_line(one, days).endswith(f"每次扣 4 分，{words}")


def last_line(one: PointRule, days: list[str], **bucket: Any) -> str:
    own = replace(TASK if one.points > 0 else OFF, **bucket)
    rows = [entry(f"e{place}", "a", on) for place, on in enumerate(days)]
    return explain_line(tally(scheme(one, buckets=[own]), rows, 2026).lines[-1])


def test_a_line_names_the_bucket_that_was_full() -> None:
    line = last_line(rule("a", "task", "4"), ["01-05", "02-05"], cap=Decimal(6))
    assert line.endswith("应得 4 分；“任务分”最高 6 分，已有 4 分，计 2 分。")


def test_a_line_names_the_floor_of_the_bucket() -> None:
    line = last_line(rule("a", "off", "-4"), ["01-05", "02-05"], may_be_negative=False, begin=Decimal(6))
    assert line.endswith("应扣 4 分；“扣减”最低 0 分，已到 2 分，扣 2 分。")


def test_a_line_that_nothing_cut_has_no_remark() -> None:
    (line,) = tally(SCHEME, [entry("e1", "attended", "03-05")], 2026).lines
    assert line.note == ""


def test_the_unit_of_the_rule_is_spoken() -> None:
    (line,) = tally(SCHEME, [entry("e1", "studied", "03-05", "1.5")], 2026).lines
    assert explain_line(line) == "2026.03.05“1.2 集中学习”：1.5 学时，每学时 0.5 分，计 0.75 分。"


def test_what_does_not_count_says_why() -> None:
    rows = [
        entry("e1", "attended", "02-01", state="proposed"),
        entry("e2", "attended", "02-02", state="declined", reason="没有参加"),
        entry("e3", "gone", "02-03"),
    ]
    told = explain(tally(scheme(ATTENDED, buckets=[TASK]), rows, 2026))
    assert told[1:-1] == [
        "2026.02.01“1.1 参加组织生活”：还没有审核，不计分。",
        "2026.02.02“1.1 参加组织生活”：审核没有通过，不计分。原因：没有参加。",
        "2026.02.03“gone”：现行办法没有这一项，不计分。",
    ]


def test_a_total_that_was_rounded_says_so() -> None:
    form = scheme(replace(GUARDED, points=Decimal("0.125")), LATE, buckets=[TASK, OFF])
    told = explain(tally(form, [entry("e1", "guarded", "03-05")], 2026))
    assert told[-1] == "任务分 0.125 分，扣减 0 分，合计 0.125 分，四舍五入，总积分 0.13 分。"
