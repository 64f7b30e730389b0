"""The fingerprint of an evaluation: the same for the same figures and decisions, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.evaluations.hashing import input_hash
from branchdesk.domain.evaluations.model import (
    Batch,
    Dimension,
    Evaluation,
    Grade,
    Part,
    PartScore,
    Quota,
    Scheme,
    StarState,
    Step,
    StepDone,
)
from branchdesk.domain.evaluations.ranking import ranked
from branchdesk.domain.evaluations.scoring import subject_totals
from domain.evaluations.making import (
    COUNTED,
    FIVE_STARS,
    GRADES,
    VOTES,
    batch,
    counting,
    day,
    done,
    evaluation,
    star,
    subject,
)

SCHEME = replace(FIVE_STARS, grades=GRADES, quotas=(Quota("excellent"), Quota("unqualified")))
WHOLE = evaluation(
    subjects=(subject("s1", grade="excellent"), subject("s2", "李敏", grade="qualified")),
    scores=(
        PartScore("s1", "self", "excel", Decimal(90)),
        PartScore("s1", "mutual", "excel", Decimal("88.5")),
        PartScore("s2", "self", "excel", Decimal(70)),
    ),
    batches=(COUNTED, batch({"s1": {"qualified": 7}}, ballots=7, uid="b2", code="2026-02", part="mutual")),
    steps=(*done(self="11-02"), StepDone("publicity", begun_on=day("11-23"))),
    stars=(star("t1"), star("t2", dimension="excel", votes_for=4, votes_of=5)),
)
STORED = "5dd34b2ca4a6a13eb9df242b5618104c8d8e34cae5bd118b015dc2d7f2243c18"


def test_the_fingerprint_is_the_same_for_ever() -> None:
    """A stored result must be proven again by later versions of the program."""
    assert input_hash(SCHEME, WHOLE) == STORED
    assert input_hash(replace(SCHEME, parts=()), evaluation()) != STORED


def first(rows: tuple[Any, ...], **more: Any) -> tuple[Any, ...]:
    return (replace(rows[0], **more), *rows[1:])


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE, subjects=first(WHOLE.subjects, grade="qualified")),
        replace(WHOLE, subjects=first(WHOLE.subjects, graded=False)),
        replace(WHOLE, subjects=first(WHOLE.subjects, takes_part=False)),
        replace(WHOLE, subjects=WHOLE.subjects[:1]),
        replace(WHOLE, scores=first(WHOLE.scores, score=Decimal("90.1"))),
        replace(WHOLE, scores=first(WHOLE.scores, score=Decimal(0))),
        replace(WHOLE, scores=first(WHOLE.scores, dimension="master")),
        replace(WHOLE, scores=WHOLE.scores[1:]),
        replace(WHOLE, batches=first(WHOLE.batches, spoiled=0)),
        replace(WHOLE, batches=first(WHOLE.batches, spoiled=None)),
        replace(WHOLE, batches=first(WHOLE.batches, part="self")),
        replace(WHOLE, batches=first(WHOLE.batches, passes=COUNTED.passes[:1])),
        replace(WHOLE, batches=(*WHOLE.batches, Batch("b3", "2026-03"))),
        replace(WHOLE, steps=first(WHOLE.steps, done_on=day("11-03"))),
        replace(WHOLE, steps=first(WHOLE.steps, skipped=True)),
        replace(WHOLE, stars=first(WHOLE.stars, state=StarState.DECLINED)),
        replace(WHOLE, stars=first(WHOLE.stars, from_day=day("12-01"))),
        replace(WHOLE, stars=first(WHOLE.stars, votes_for=0)),
    ],
)
def test_another_figure_or_decision_is_another_fingerprint(other: Evaluation) -> None:
    assert input_hash(SCHEME, other) != STORED


@pytest.mark.parametrize("place", range(len(COUNTED.passes[0].counts)))
def test_every_single_count_is_in_the_fingerprint(place: int) -> None:
    counts = list(COUNTED.passes[0].counts)
    counts[place] = replace(counts[place], votes=counts[place].votes + 1)
    passes = first(COUNTED.passes, counts=tuple(counts))
    assert input_hash(SCHEME, replace(WHOLE, batches=first(WHOLE.batches, passes=passes))) != STORED


@pytest.mark.parametrize(
    "other",
    [
        replace(SCHEME, version=2),
        replace(SCHEME, kind="evaluation.other"),
        replace(SCHEME, decimals=2),
        replace(SCHEME, ties="ordered"),
        replace(SCHEME, decision=True),
        replace(SCHEME, disqualifiers=()),
        replace(SCHEME, grades=(Grade("excellent", "优秀", Decimal(99)), *GRADES[1:])),
        replace(SCHEME, grades=(Grade("excellent", "优秀", Decimal(100), Decimal(90)), *GRADES[1:])),
        replace(SCHEME, grades=GRADES[::-1]),
        replace(SCHEME, quotas=(Quota("excellent", 1, 4), SCHEME.quotas[1])),
        replace(SCHEME, quotas=(Quota("excellent", hard=True), SCHEME.quotas[1])),
        replace(SCHEME, parts=(Part("self", "自评", Decimal(11)), *SCHEME.parts[1:])),
        replace(SCHEME, parts=(Part("self", "自评", Decimal(10), missing="zero"), *SCHEME.parts[1:])),
        replace(SCHEME, steps=(*SCHEME.steps, Step("more", "再议"))),
        replace(SCHEME, dimensions=(Dimension("excel", "争先创优", places=3), *SCHEME.dimensions[1:])),
        replace(SCHEME, dimensions=(Dimension("excel", "争先创优"), *SCHEME.dimensions[1:])),
    ],
)
def test_another_rule_is_another_fingerprint(other: Scheme) -> None:
    assert input_hash(other, WHOLE) != STORED


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE, title="2026 年度评选"),
        replace(WHOLE, values={"chair": "李敏"}),
        replace(WHOLE, result_hash="old"),
        replace(
            WHOLE, subjects=first(WHOLE.subjects, name="王方", group="第一小组", opinion="好", reason="突出")
        ),
        replace(WHOLE, scores=first(WHOLE.scores, score=Decimal("90.00"), note="据实", scorer="李敏")),
        replace(WHOLE, scores=(*WHOLE.scores, PartScore("s2", "mutual", "excel"))),
        replace(WHOLE, batches=first(WHOLE.batches, printed_on=day("11-21"))),
        replace(
            WHOLE,
            batches=first(
                WHOLE.batches,
                passes=(
                    counting(2, "宋伟", 10, VOTES),
                    counting(1, "高峰", 10, {**VOTES, "s3": {"basic": 0}}),
                ),
            ),
        ),
        replace(WHOLE, steps=first(WHOLE.steps, note="在会议室")),
        replace(WHOLE, stars=first(WHOLE.stars, uid="t9", deeds="事迹", opinion="同意")),
    ],
)
def test_words_and_empty_rows_change_nothing(other: Evaluation) -> None:
    assert input_hash(SCHEME, other) == STORED


def test_titles_of_the_scheme_change_nothing() -> None:
    renamed = replace(
        SCHEME,
        title="Stars",
        parts=tuple(replace(one, title=one.id, target="x") for one in SCHEME.parts),
        steps=tuple(replace(one, title=one.id, paper="x") for one in SCHEME.steps),
        grades=tuple(replace(one, title=one.code) for one in SCHEME.grades),
    )
    assert input_hash(renamed, WHOLE) == STORED


# ---- any order gives the same


SCORES = st.none() | st.integers(0, 400).map(lambda number: Decimal(number) / 4)


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    """Members with scores in some parts and dimensions, and stars of some of them."""
    people = tuple(
        subject(f"s{place}", takes_part=draw(st.booleans()), grade=draw(st.sampled_from(["", "qualified"])))
        for place in range(draw(st.integers(0, 4)))
    )
    rows = tuple(
        PartScore(one.uid, part.id, dimension.id, draw(SCORES))
        for one in people
        for part in SCHEME.parts
        for dimension in SCHEME.dimensions
        if draw(st.booleans())
    )
    stars = tuple(star(f"t{one.uid}", subject=one.uid) for one in people if draw(st.booleans()))
    return evaluation(subjects=people, scores=rows, stars=stars, batches=WHOLE.batches, steps=WHOLE.steps)


def shuffled(whole: Evaluation, random: Random) -> Evaluation:
    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(rows, len(rows)))

    return replace(
        whole,
        subjects=mixed(whole.subjects),
        scores=mixed(whole.scores),
        stars=mixed(whole.stars),
        steps=mixed(whole.steps),
        batches=tuple(
            replace(one, passes=mixed(tuple(replace(each, counts=mixed(each.counts)) for each in one.passes)))
            for one in mixed(whole.batches)
        ),
    )


@settings(max_examples=40, deadline=None)
@given(evaluations(), st.randoms(use_true_random=False))
def test_any_order_of_subjects_and_scores_gives_the_same_totals_places_and_hash(
    whole: Evaluation, random: Random
) -> None:
    other = shuffled(whole, random)
    parts = tuple(random.sample(SCHEME.parts, len(SCHEME.parts)))
    assert subject_totals(SCHEME, other) == subject_totals(SCHEME, whole)
    assert input_hash(replace(SCHEME, parts=parts), other) == input_hash(SCHEME, whole)
    assert sorted(places(other)) == sorted(places(whole))


def places(whole: Evaluation) -> list[tuple[int, str]]:
    totals = subject_totals(SCHEME, whole)
    return ranked({who: one.total for (who, dimension), one in totals.items() if dimension == "excel"})


@settings(max_examples=40, deadline=None)
@given(evaluations(), st.data())
def test_another_score_is_always_another_hash(whole: Evaluation, data: st.DataObject) -> None:
    if not whole.scores:
        return
    place = data.draw(st.integers(0, len(whole.scores) - 1))
    old = whole.scores[place].score
    new = data.draw(SCORES.filter(lambda score: score != old))
    rows = list(whole.scores)
    rows[place] = replace(rows[place], score=new)
    assert input_hash(SCHEME, replace(whole, scores=tuple(rows))) != input_hash(SCHEME, whole)
