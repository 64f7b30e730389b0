"""What a total says in words, whose it is, and scores that cannot be (domain 6.2, 6.4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from branchdesk.domain.evaluations.model import Dimension, Part, PartScore
from branchdesk.domain.evaluations.scoring import (
    explain,
    half_up,
    score_findings,
    subject_total,
    subject_totals,
)
from domain.evaluations.making import APPRAISAL, FIVE_STARS, codes, evaluation, scores, sentences, subject

WORK = replace(
    APPRAISAL,
    parts=(
        Part("completion", "完成度", Decimal(60), full=Decimal(10), missing="zero"),
        Part("quality", "质量", Decimal(25)),
        Part("mass", "群众满意度", Decimal(15)),
    ),
)


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(249, 100), 1, "2.5"),
        (Fraction(245, 100), 1, "2.5"),
        (Fraction(2449, 1000), 1, "2.4"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(0), 1, "0.0"),
        (Fraction(-1005, 1000), 2, "-1.01"),
        (Fraction(10**30 + 1), 1, f"{10**30 + 1}.0"),
    ],
)
def test_half_goes_up_and_away_from_zero(number: Fraction, decimals: int, rounded: str) -> None:
    assert str(half_up(number, decimals)) == rounded


def test_a_total_can_be_counted_again_from_its_words() -> None:
    total = subject_total(WORK, scores(completion="9", quality="88", mass="93"))
    assert explain(total) == [
        "完成度：得 9 分，满分 10 分，权重 60%，9 ÷ 10 × 60 = 54 分。",
        "质量：得 88 分，满分 100 分，权重 25%，88 ÷ 100 × 25 = 22 分。",
        "群众满意度：得 93 分，满分 100 分，权重 15%，93 ÷ 100 × 15 = 13.95 分。",
        "各项合计 89.95 分，四舍五入得总分 90.0 分。",
    ]
    assert not total.is_projected


def test_what_is_missing_is_named_and_what_became_of_it() -> None:
    total = subject_total(WORK, scores(quality="88"))
    assert explain(total) == [
        "完成度（权重 60%）：没有得分，按 0 分计。",
        "质量：得 88 分，满分 100 分，权重 25%，88 ÷ 100 × 25 = 22 分。",
        "群众满意度（权重 15%）：没有得分，这一项不计，其余各项按权重折算。",
        "各项合计 22 分，计入的权重共 85%，22 × 100 ÷ 85 四舍五入得总分 25.9 分。缺：完成度、群众满意度。",
    ]
    assert total.is_projected
    assert (total.base, total.earned) == (Decimal(85), Decimal(22))


def test_without_any_score_there_is_no_total_in_words_either() -> None:
    total = subject_total(FIVE_STARS, [])
    assert explain(total)[-1] == "没有可以计算的得分。缺：自评、互评、支部评价、党委评价。"
    assert not total.is_projected
    assert explain(subject_total(replace(WORK, parts=()), [])) == ["没有可以计算的得分。"]


def test_each_dimension_has_its_own_total() -> None:
    own = [*scores(dimension="excel", self="90"), *scores(dimension="master", self="70")]
    assert subject_total(FIVE_STARS, own, "excel").total == Decimal("90.0")
    assert subject_total(FIVE_STARS, own, "master").total == Decimal("70.0")
    assert subject_total(FIVE_STARS, own).total is None


def test_everybody_who_takes_part_has_a_total_of_his_own() -> None:
    whole = evaluation(
        subjects=(subject("s1"), subject("s2"), subject("s3", takes_part=False)),
        scores=(*scores("s1", quality="80"), *scores("s2", quality="90"), *scores("s3", quality="70")),
    )
    scheme = replace(WORK, parts=WORK.parts[1:])
    found = subject_totals(scheme, whole)
    assert {key: one.total for key, one in found.items()} == {
        ("s1", ""): Decimal("80.0"),
        ("s2", ""): Decimal("90.0"),
    }


def test_where_there_are_stars_there_is_a_total_in_each_dimension() -> None:
    whole = evaluation(subjects=(subject("s1"),), scores=tuple(scores("s1", "master", superior="95")))
    found = subject_totals(FIVE_STARS, whole)
    assert found["s1", "excel"].total is None
    assert found["s1", "master"].total == Decimal("95.0")


def test_scores_lie_between_zero_and_full_marks() -> None:
    assert score_findings(WORK, scores(completion="10", quality="0", mass="-")) == []
    assert sentences(score_findings(WORK, scores(completion="10.5"))) == [
        "“完成度”应在 0 到 10 分之间，这里写了 10.5 分。"
    ]
    assert codes(score_findings(WORK, scores(quality="-1"))) == ["score_out_of_range"]
    assert codes(score_findings(WORK, [PartScore("s1", "mass", score=Decimal("NaN"))])) == [
        "score_out_of_range"
    ]


def test_scores_are_of_parts_and_dimensions_that_there_are() -> None:
    assert sentences(score_findings(WORK, scores(gone="5"))) == ["现行办法里没有“gone”这一项，请重新选择。"]
    assert sentences(score_findings(FIVE_STARS, scores(dimension="gone", self="5"))) == [
        "现行办法里没有“gone”这个方面，请重新选择。"
    ]
    assert score_findings(FIVE_STARS, scores(dimension="excel", self="5")) == []


def test_a_scheme_finds_what_it_has_and_nothing_else() -> None:
    part, grade, step = WORK.part("mass"), APPRAISAL.grade("basic"), APPRAISAL.step("report")
    assert part is not None
    assert part.title == "群众满意度"
    assert grade is not None
    assert grade.title == "基本合格"
    assert step is not None
    assert step.title == "上报"
    assert FIVE_STARS.dimension("master") == Dimension("master", "业务攻坚", "业务攻坚之星")
    assert (WORK.part("x"), WORK.grade("x"), WORK.step("x"), WORK.dimension("x")) == (None, None, None, None)
    assert (APPRAISAL.grade_title("qualified"), APPRAISAL.grade_title("x")) == ("合格", "x")
    assert (APPRAISAL.has_stars, FIVE_STARS.has_stars) == (False, True)
