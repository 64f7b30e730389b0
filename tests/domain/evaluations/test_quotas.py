"""How many may be excellent, and what is said when more are (domain 6.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchdesk.domain.evaluations.model import Quota, Scheme
from branchdesk.domain.evaluations.quotas import base_of, given, places, quota_findings
from branchdesk.findings import Severity
from domain.evaluations.making import APPRAISAL, THRESHOLDS, codes, sentences, subject, subjects

# Members graded, and how many of them a third is: worked out by hand.
THIRDS = [
    (1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 2), (7, 2), (8, 2), (9, 3), (10, 3),
    (11, 3), (12, 4), (13, 4), (14, 4), (15, 5), (16, 5), (17, 5), (18, 6), (19, 6), (20, 6),
    (21, 7), (22, 7), (23, 7), (24, 8), (25, 8), (26, 8), (27, 9), (28, 9), (29, 9), (30, 10),
]  # fmt: skip


def of(quota: Quota) -> Scheme:
    return replace(APPRAISAL, quotas=(quota,))


@pytest.mark.parametrize(("members", "most"), THIRDS)
def test_a_third_is_rounded_down(members: int, most: int) -> None:
    assert places(1, 3, members) == most
    assert codes(quota_findings(APPRAISAL, subjects(members, most))) == (["quota_full"] if most else [])
    assert codes(quota_findings(APPRAISAL, subjects(members, most + 1))) == ["quota_exceeded"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "members", "most"),
    [
        (15, 100, 20, 3),
        (15, 100, 19, 2),
        (2, 5, 9, 3),
        (2, 5, 10, 4),
        (1, 1, 7, 7),
        (0, 1, 7, 0),
        (1, 3, 0, 0),
    ],
)
def test_other_shares_are_rounded_down_too(numerator: int, denominator: int, members: int, most: int) -> None:
    assert places(numerator, denominator, members) == most


def test_a_soft_quota_warns_and_asks_for_a_reason() -> None:
    (found,) = quota_findings(APPRAISAL, subjects(23, 8), source=THRESHOLDS.excellent_share.source)
    assert (found.code, found.severity, found.field) == ("quota_exceeded", Severity.WARN, "excellent")
    assert found.rule == "约定：excellent_share_parts"
    assert found.sentence == (
        "“优秀”已评 8 名，应评定等次 23 人，按三分之一上限为 7 名，超出 1 名，请调下或者写明理由。"
    )


def test_a_soft_quota_with_a_reason_is_a_remark() -> None:
    (found,) = quota_findings(APPRAISAL, subjects(9, 4), " 防汛一线表现突出，经上级同意。 ")
    assert (found.code, found.severity) == ("quota_explained", Severity.NOTE)
    assert found.sentence == (
        "“优秀”已评 4 名，应评定等次 9 人，按三分之一上限为 3 名，超出 1 名；"
        "理由：防汛一线表现突出，经上级同意。"
    )


def test_a_hard_quota_is_an_error_whatever_the_reason() -> None:
    scheme = of(Quota("excellent", 15, 100, hard=True))
    (found,) = quota_findings(scheme, subjects(20, 5), "表现突出")
    assert (found.code, found.severity) == ("quota_exceeded", Severity.ERROR)
    assert found.sentence == ("“优秀”已评 5 名，应评定等次 20 人，按 15/100 上限为 3 名，超出 2 名，请调下。")


def test_when_all_places_are_taken_it_is_said() -> None:
    (found,) = quota_findings(APPRAISAL, subjects(23, 7))
    assert (found.code, found.severity) == ("quota_full", Severity.NOTE)
    assert found.sentence == (
        "“优秀”已评 7 名，应评定等次 23 人，按三分之一上限为 7 名；名额已满，再评需先调下一名。"
    )
    assert quota_findings(APPRAISAL, subjects(23, 6)) == []


def test_probationary_members_and_absent_ones_are_not_in_the_base() -> None:
    people = [
        *subjects(8, 2),
        subject("p1", graded=False),
        subject("a1", takes_part=False, grade="excellent"),
    ]
    assert base_of(Quota("excellent"), people) == 8
    assert given("excellent", people) == 2
    assert codes(quota_findings(APPRAISAL, people)) == ["quota_full"]


def test_a_quota_may_be_of_all_who_take_part() -> None:
    people = [*subjects(8, 2), subject("p1", graded=False), subject("a1", takes_part=False)]
    quota = Quota("excellent", base="taking_part")
    assert base_of(quota, people) == 9
    assert quota_findings(of(quota), people) == []
    assert sentences(quota_findings(of(replace(quota, denominator=9)), people)) == [
        "“优秀”已评 2 名，参加评议 9 人，按 1/9 上限为 1 名，超出 1 名，请调下或者写明理由。"
    ]


def test_a_scheme_without_quotas_says_nothing() -> None:
    assert quota_findings(replace(APPRAISAL, quotas=()), subjects(3, 3)) == []
