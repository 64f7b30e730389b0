"""Evaluations for tests, made from few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk.domain.evaluations.model import (
    Batch,
    Count,
    Dimension,
    Evaluation,
    Grade,
    Part,
    PartScore,
    Pass,
    Procedure,
    Quota,
    Scheme,
    Star,
    Step,
    StepDone,
    Subject,
)
from branchdesk.domain.evaluations.thresholds import thresholds_at
from branchdesk.findings import Finding
from branchdesk.rulebook import Rule, RuleBook

TODAY = date(2026, 12, 20)
GRADES = (
    Grade("excellent", "优秀", Decimal(100)),
    Grade("qualified", "合格", Decimal(80)),
    Grade("basic", "基本合格", Decimal(60)),
    Grade("unqualified", "不合格", Decimal(30)),
)
STEPS = (
    Step("self", "个人自评"),
    Step("ballot", "民主测评", ballots=True),
    Step("decide", "组织评定", decides=True),
    Step("publicity", "公示", optional=True, days="publicity_days"),
    Step("report", "上报"),
)
APPRAISAL = Scheme(
    "evaluation.appraisal",
    1,
    "民主评议党员",
    takes_part=("full", "probationary"),
    graded=("full",),
    decision=True,
    grades=GRADES,
    quotas=(Quota("excellent"),),
    steps=STEPS,
    procedures=(
        Procedure("basic", "gap", "指出差距"),
        Procedure("unqualified", "educate", "教育转化"),
        Procedure("unqualified", "deadline", "限期改正"),
    ),
)
FIVE_STARS = Scheme(
    "evaluation.stars",
    1,
    "五星党员",
    disqualifiers=("discipline", "appraisal_below_qualified", "absence_over"),
    parts=(
        Part("self", "自评", Decimal(10)),
        Part("mutual", "互评", Decimal(20)),
        Part("committee", "支部评价", Decimal(40)),
        Part("superior", "党委评价", Decimal(30)),
    ),
    steps=(
        Step("self", "党员自评"),
        Step("recommend", "支部推荐"),
        Step("review", "党委审核"),
        Step("approve", "党组研究", optional=True),
        Step("publicity", "群众监督", days="publicity_days"),
    ),
    dimensions=(
        Dimension("excel", "争先创优", "争先创优之星", 2),
        Dimension("master", "业务攻坚", "业务攻坚之星"),
    ),
)


def rule(rule_id: str, value: int) -> Rule:
    """A rule in force since ever."""
    return Rule(rule_id, value, "", "1", date(2018, 10, 28), None, f"约定：{rule_id}", "program")


RULES = RuleBook(
    (
        rule("ballots_least", 5),
        rule("publicity_days", 5),
        rule("deeds_longest", 1500),
        rule("absence_most", 30),
        rule("excellent_share_parts", 3),
        rule("longer_days", 7),
    )
)
THRESHOLDS = thresholds_at(RULES, TODAY, "longer_days")


def day(text: str) -> date:
    """A day of 2026 from month and day."""
    return date.fromisoformat(f"2026-{text}")


def number(text: str) -> Decimal | None:
    """A number as a table of cases writes it; "-" stands for none."""
    return None if text == "-" else Decimal(text)


def subject(uid: str = "s1", name: str = "王芳", **more: Any) -> Subject:
    """A full member who takes part and gets a grade."""
    return replace(Subject(uid, 1, f"p{uid}", name, category="full"), **more)


def subjects(count: int, excellent: int = 0, **more: Any) -> list[Subject]:
    """So many members, the first of them excellent and the others passed."""
    return [
        subject(
            f"s{place:02}", f"党员{place}", grade="excellent" if place < excellent else "qualified", **more
        )
        for place in range(count)
    ]


def scores(of: str = "s1", dimension: str = "", **points: str) -> list[PartScore]:
    """The scores of one subject by part."""
    return [PartScore(of, part, dimension, number(text)) for part, text in points.items()]


def counting(one: int, counter: str, ballots: int, votes: Mapping[str, Mapping[str, int]]) -> Pass:
    """A pass from votes by subject and choice."""
    return Pass(
        one,
        counter,
        ballots,
        tuple(
            Count(whom, choice, how_many) for whom, own in votes.items() for choice, how_many in own.items()
        ),
    )


def batch(votes: Mapping[str, Mapping[str, int]], ballots: int = 10, spoiled: int = 1, **more: Any) -> Batch:
    """A batch counted twice alike by two people; two more ballots were handed out than came back."""
    whole = Batch(
        "b1",
        "2026-01",
        issued=ballots + spoiled + 2,
        returned=ballots + spoiled,
        spoiled=spoiled,
        printed_on=day("11-20"),
        passes=(counting(1, "李敏", ballots, votes), counting(2, "陈志远", ballots, votes)),
    )
    return replace(whole, **more)


VOTES = {
    "s1": {"excellent": 6, "qualified": 3, "": 1},
    "s2": {"excellent": 2, "qualified": 5, "basic": 2, "unqualified": 1},
}
COUNTED = batch(VOTES)


def star(uid: str = "t1", **more: Any) -> Star:
    """王芳 declared herself for the star of hard tasks."""
    return replace(Star(uid, "s1", "master"), **more)


def done(**days: str) -> tuple[StepDone, ...]:
    """Steps done, each on a day of 2026."""
    return tuple(StepDone(step, day(text)) for step, text in days.items())


def evaluation(**more: Any) -> Evaluation:
    """An evaluation of 2026 in which nothing was entered."""
    return replace(Evaluation("v1", "evaluation.appraisal", 1, "o1", 2026), **more)


def codes(findings: Sequence[Finding]) -> list[str]:
    """The codes of findings in their order."""
    return [found.code for found in findings]


def sentences(findings: Sequence[Finding]) -> list[str]:
    """What findings say."""
    return [found.sentence for found in findings]
