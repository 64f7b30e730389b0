"""Figures suggest a grade, people decide it, and say why where they differ (domain 6.1)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from branchdesk.domain.evaluations.ballots import tally
from branchdesk.domain.evaluations.deciding import (
    decision_findings,
    procedures_of,
    suggestion,
    undecided,
    undecided_findings,
)
from branchdesk.domain.evaluations.model import Grade, Part, Subject
from branchdesk.domain.evaluations.scoring import subject_total
from branchdesk.findings import Finding, Severity
from domain.evaluations.making import (
    APPRAISAL,
    COUNTED,
    FIVE_STARS,
    GRADES,
    codes,
    scores,
    sentences,
    subject,
)

WORK = replace(
    APPRAISAL,
    grades=tuple(
        Grade(one.code, one.title, one.value, least)
        for one, least in zip(GRADES, (Decimal(90), Decimal(60), None, Decimal(0)), strict=True)
    ),
    parts=(Part("work", "完成度", Decimal(80), missing="zero"), Part("mass", "群众满意度", Decimal(20))),
)
ROWS = tally(APPRAISAL, COUNTED, 5).rows


def decided(
    grade: str, suggested: str = "qualified", reason: str = "", one: Subject | None = None
) -> list[Finding]:
    return decision_findings(APPRAISAL, one or subject(), suggested, grade, reason)


def test_what_the_ballots_suggest_needs_no_reason() -> None:
    assert decided("qualified") == []


def test_another_grade_than_the_ballots_suggest_needs_a_reason() -> None:
    (found,) = decided("excellent")
    assert (found.code, found.severity, found.field) == ("no_reason", Severity.ERROR, "reason")
    assert found.sentence == "王芳的测评建议是“合格”，评为“优秀”请写明理由。"
    assert codes(decided("excellent", reason=" ")) == ["no_reason"]
    assert decided("excellent", reason="防汛一线表现突出") == []


def test_without_a_suggestion_every_grade_needs_a_reason() -> None:
    assert sentences(decided("qualified", "")) == ["王芳没有可以参照的测评建议，评为“合格”请写明理由。"]
    assert decided("qualified", "", "平时表现良好") == []


def test_a_decision_may_be_taken_back() -> None:
    assert decided("") == []


def test_probationary_members_take_part_but_get_no_grade() -> None:
    probationary = subject(graded=False, category="probationary", why_not="预备党员参加评议，不评定等次。")
    (found,) = decided("qualified", reason="表现好", one=probationary)
    assert (found.code, found.field) == ("not_graded", "grade")
    assert found.sentence == "王芳参加评议，但不评定等次。原因：预备党员参加评议，不评定等次。"
    assert sentences(decided("qualified", one=subject(graded=False))) == ["王芳参加评议，但不评定等次。"]


def test_who_does_not_take_part_gets_no_grade() -> None:
    away = subject(takes_part=False, why_not="在流入地参加评议")
    assert sentences(decided("qualified", one=away)) == [
        "王芳没有参加这次评议，不能评定等次。原因：在流入地参加评议。"
    ]


def test_a_grade_must_be_one_of_the_scheme() -> None:
    assert sentences(decided("good", reason="好")) == ["现行办法里没有“good”这个等次，请重新选择。"]


def test_where_nobody_decides_no_grade_is_decided() -> None:
    found = decision_findings(FIVE_STARS, subject(), "", "qualified", "好")
    assert sentences(found) == ["“五星党员”不评定等次。"]


# ---- suggestions


def test_ballots_suggest_the_grade_of_most_votes() -> None:
    assert suggestion(APPRAISAL, ROWS["s1"]) == "excellent"
    assert suggestion(APPRAISAL, ROWS["s2"]) == "qualified"


def test_equally_many_votes_suggest_nothing_even_with_a_total() -> None:
    total = subject_total(WORK, scores(work="95", mass="95"))
    assert suggestion(WORK, replace(ROWS["s1"], suggested=""), total) == ""


@pytest.mark.parametrize(
    ("work", "mass", "grade"),
    [
        ("95", "95", "excellent"),
        ("90", "90", "excellent"),
        ("89.94", "89.94", "qualified"),
        ("89.95", "89.95", "excellent"),
        ("60", "60", "qualified"),
        ("59.9", "59.9", "unqualified"),
        ("0", "0", "unqualified"),
        ("92", "-", "excellent"),
        ("-", "95", ""),
        ("-", "-", ""),
    ],
)
def test_without_ballots_the_total_suggests(work: str, mass: str, grade: str) -> None:
    assert suggestion(WORK, None, subject_total(WORK, scores(work=work, mass=mass))) == grade


def test_nothing_suggests_nothing() -> None:
    assert suggestion(APPRAISAL, None) == ""
    assert suggestion(APPRAISAL, None, subject_total(APPRAISAL, [])) == ""
    too_low = replace(WORK, grades=WORK.grades[:2])
    assert suggestion(too_low, None, subject_total(too_low, scores(work="10", mass="10"))) == ""


# ---- who is still undecided, and what follows


def test_it_is_said_who_still_needs_a_grade() -> None:
    people = [
        subject("s1", "王芳"),
        subject("s2", "李敏", grade="qualified"),
        subject("s3", "何静", graded=False),
        subject("s4", "宋伟", takes_part=False),
        subject("s5", "高峰"),
    ]
    assert [one.name for one in undecided(APPRAISAL, people)] == ["王芳", "高峰"]
    (found,) = undecided_findings(APPRAISAL, people)
    assert (found.severity, found.sentence) == (Severity.ERROR, "还有 2 人没有评定等次：王芳、高峰。")
    assert undecided_findings(APPRAISAL, people[1:4]) == []
    assert undecided(FIVE_STARS, people) == ()


def test_of_many_only_the_first_are_named() -> None:
    people = [subject(f"s{place}", f"党员{place}") for place in range(1, 8)]
    assert sentences(undecided_findings(APPRAISAL, people)) == [
        "还有 7 人没有评定等次：党员1、党员2、党员3、党员4、党员5等。"
    ]


def test_what_follows_a_grade_is_a_list_and_nothing_more() -> None:
    assert [one.title for one in procedures_of(APPRAISAL, "unqualified")] == ["教育转化", "限期改正"]
    assert [one.title for one in procedures_of(APPRAISAL, "basic")] == ["指出差距"]
    assert procedures_of(APPRAISAL, "qualified") == ()
