"""Stars: their way, their number, and what stands against one (domain 6.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from branchdesk.domain.evaluations.model import Evaluation, Star, StarState, StepDone
from branchdesk.domain.evaluations.stars import (
    Standing,
    disqualifications,
    is_absent_too_often,
    label_of,
    may_move,
    next_states,
    star_count,
    star_findings,
    state_steps,
)
from branchdesk.findings import Finding, Severity
from domain.evaluations.making import (
    APPRAISAL,
    FIVE_STARS,
    THRESHOLDS,
    codes,
    day,
    done,
    evaluation,
    rule,
    sentences,
    star,
    subject,
)

OVER = (
    *done(self="11-02", recommend="11-06", review="11-13", approve="11-20"),
    StepDone("publicity", day("11-30")),
)
PEOPLE = (subject("s1", "王芳"), subject("s2", "李敏"), subject("s3", "何静"))


def whole(*stars: Star, **more: Any) -> Evaluation:
    return evaluation(kind="evaluation.stars", subjects=PEOPLE, steps=OVER, stars=stars, **more)


def awarded(uid: str = "t1", **more: Any) -> Star:
    return star(uid, **{"state": StarState.AWARDED, "from_day": day("12-01"), **more})


def move(to: StarState, one: Star, *others: Star, **more: Any) -> list[Finding]:
    disqualified = more.pop("disqualified", {})
    around = replace(whole(one, *others), **more)
    return may_move(FIVE_STARS, around, one, to, THRESHOLDS, disqualified)


# ---- the way


@pytest.mark.parametrize(
    ("state", "skipped", "following"),
    [
        ("declared", (), "recommended declined"),
        ("recommended", (), "reviewed declined declared"),
        ("reviewed", (), "approved declined recommended"),
        ("approved", (), "awarded declined reviewed"),
        ("awarded", (), "declined approved"),
        ("declined", (), "declared"),
        ("reviewed", ("approve",), "awarded declined recommended"),
        ("awarded", ("approve",), "declined reviewed"),
        ("approved", ("approve",), "awarded declined reviewed"),
        ("declared", ("recommend", "review"), "approved declined"),
        ("approved", ("publicity",), "awarded declined reviewed"),
    ],
)
def test_a_star_goes_its_way_step_by_step(state: str, skipped: tuple[str, ...], following: str) -> None:
    found = next_states(FIVE_STARS, skipped, star(state=StarState(state)))
    assert " ".join(one.value for one in found) == following


def test_each_state_has_its_step() -> None:
    assert {state.value: step.id for state, step in state_steps(FIVE_STARS).items()} == {
        "declared": "self",
        "recommended": "recommend",
        "reviewed": "review",
        "approved": "approve",
        "awarded": "publicity",
    }


def test_a_scheme_with_fewer_steps_has_fewer_states() -> None:
    short = replace(FIVE_STARS, steps=(FIVE_STARS.steps[0], FIVE_STARS.steps[1], FIVE_STARS.steps[4]))
    assert [state.value for state in state_steps(short)] == ["declared", "recommended", "awarded"]
    recommended = star(state=StarState.RECOMMENDED)
    assert next_states(short, (), recommended)[0] is StarState.AWARDED
    assert next_states(short, (), star(state=StarState.APPROVED)) == (StarState.DECLINED,)


def test_a_scheme_with_one_step_or_none_leads_nowhere() -> None:
    one_step = replace(FIVE_STARS, steps=FIVE_STARS.steps[:1])
    assert next_states(one_step, (), star()) == (StarState.DECLINED,)
    assert state_steps(replace(FIVE_STARS, steps=())) == {}


def test_states_have_names() -> None:
    assert [label_of(one) for one in StarState] == [
        "自评",
        "支部推荐",
        "党委审核",
        "党组研究",
        "授星",
        "未授星",
    ]


def test_only_stars_that_were_awarded_count() -> None:
    stars = [
        awarded("t1"),
        awarded("t2", dimension="excel"),
        star("t3", dimension="excel"),
        awarded("t4", subject="s2"),
    ]
    assert [star_count(stars, one) for one in ("s1", "s2", "s3")] == [2, 1, 0]
    assert len(whole(*stars).stars_of("s1")) == 3


# ---- who cannot get one


@pytest.mark.parametrize(
    ("absent", "due", "too_often"),
    [
        (0, 0, False),
        (3, 10, False),
        (4, 10, True),
        (7, 24, False),
        (8, 24, True),
        (30, 100, False),
        (31, 100, True),
    ],
)
def test_more_than_thirty_percent_absent_is_too_often(absent: int, due: int, *, too_often: bool) -> None:
    assert is_absent_too_often(absent, due, rule("absence_most", 30)) == too_often
    assert bool(disqualifications(FIVE_STARS, Standing(absent=absent, due=due), THRESHOLDS)) == too_often


def test_all_that_speaks_against_somebody_is_named() -> None:
    against = Standing("警告", "基本合格", 8, 24)
    assert disqualifications(FIVE_STARS, against, THRESHOLDS) == (
        "受到“警告”处分",
        "民主评议等次为“基本合格”",
        "应到 24 次，缺席 8 次，超过 30%",
    )
    assert disqualifications(FIVE_STARS, Standing(), THRESHOLDS) == ()


def test_only_what_the_scheme_names_speaks_against_somebody() -> None:
    against = Standing("警告", "基本合格", 8, 24)
    milder = replace(FIVE_STARS, disqualifiers=("appraisal_below_qualified",))
    assert disqualifications(milder, against, THRESHOLDS) == ("民主评议等次为“基本合格”",)
    assert disqualifications(APPRAISAL, against, THRESHOLDS) == ()


def test_who_is_disqualified_may_declare_but_come_no_further() -> None:
    against = {"s1": "受到“警告”处分"}
    declared = star_findings(FIVE_STARS, whole(star()), THRESHOLDS, against)
    assert [(one.severity, one.sentence) for one in declared] == [
        (Severity.WARN, "王芳受到“警告”处分，不能授星。")
    ]
    (stopped,) = move(StarState.RECOMMENDED, star(), disqualified=against)
    assert (stopped.code, stopped.severity, stopped.field) == ("disqualified", Severity.ERROR, "t1")
    assert star_findings(FIVE_STARS, whole(star(state=StarState.DECLINED)), THRESHOLDS, against) == []
    gone = star(subject="s9")
    assert codes(star_findings(FIVE_STARS, whole(gone), THRESHOLDS, {"s9": "受到处分"})) == ["disqualified"]


# ---- places


def test_a_dimension_has_so_many_places() -> None:
    stars = [awarded(f"t{place}", dimension="excel", subject=f"s{place}") for place in (1, 2, 3)]
    assert star_findings(FIVE_STARS, whole(*stars[:2]), THRESHOLDS) == []
    (found,) = star_findings(FIVE_STARS, whole(*stars), THRESHOLDS)
    assert (found.code, found.field, found.severity) == ("too_many_stars", "excel", Severity.ERROR)
    assert found.sentence == "“争先创优之星”已授 3 名，名额 2 名，超出 1 名，请调下。"


def test_no_star_is_awarded_where_all_places_are_taken() -> None:
    mine = star(state=StarState.APPROVED, dimension="excel", from_day=day("12-01"))
    one, two = awarded("t2", dimension="excel"), awarded("t3", dimension="excel")
    assert move(StarState.AWARDED, mine, one) == []
    assert sentences(move(StarState.AWARDED, mine, one, two)) == [
        "“争先创优之星”名额 2 名已满，再授需先调下一名。"
    ]
    assert codes(move(StarState.AWARDED, mine, one, replace(two, dimension="master"))) == []


def test_a_dimension_may_have_any_number_of_places() -> None:
    many = [awarded(f"t{place}") for place in range(2, 9)]
    mine = star(state=StarState.APPROVED, from_day=day("12-01"))
    assert move(StarState.AWARDED, mine, *many) == []
    assert move(StarState.AWARDED, replace(mine, dimension="gone")) == []


# ---- deeds and votes


@pytest.mark.parametrize(
    ("deeds", "is_short"), [("实" * 1500, True), ("实" * 1501, False), ("实 \n" * 1500, True)]
)
def test_deeds_have_at_most_1500_characters_without_gaps(deeds: str, *, is_short: bool) -> None:
    found = star_findings(FIVE_STARS, whole(star(deeds=deeds)), THRESHOLDS)
    assert (not found) == is_short
    if found:
        assert found[0].rule == "约定：deeds_longest"
        assert found[0].sentence == "事迹材料 1501 字，不超过 1500 字，请压缩。"


@pytest.mark.parametrize(
    ("votes_for", "votes_of", "said"),
    [
        (None, None, []),
        (5, 5, []),
        (0, 5, []),
        (None, 5, []),
        (6, 5, ["同意 6 票，比参加表决的 5 人还多，请核对。"]),
        (5, None, ["请填写参加表决的人数。"]),
        (-1, 5, ["票数不能是负数。"]),
        (None, -1, ["票数不能是负数。"]),
    ],
)
def test_votes_on_a_star_add_up(votes_for: int | None, votes_of: int | None, said: list[str]) -> None:
    one = star(votes_for=votes_for, votes_of=votes_of)
    assert sentences(star_findings(FIVE_STARS, whole(one), THRESHOLDS)) == said


# ---- moving and awarding


def test_a_star_moves_to_the_next_state() -> None:
    assert move(StarState.RECOMMENDED, star(votes_for=5, votes_of=5)) == []


def test_a_star_leaps_over_no_state() -> None:
    assert sentences(move(StarState.AWARDED, star())) == ["这颗星现在是“自评”，不能改为“授星”。"]


def test_approval_may_be_switched_off() -> None:
    reviewed = star(state=StarState.REVIEWED, from_day=day("12-01"))
    assert codes(move(StarState.AWARDED, reviewed)) == ["no_such_step"]
    steps = (*OVER[:3], StepDone("approve", skipped=True), OVER[4])
    assert move(StarState.AWARDED, reviewed, steps=steps) == []


def test_declining_needs_words() -> None:
    assert sentences(move(StarState.DECLINED, star())) == ["请在意见里写明不授星的原因。"]
    assert move(StarState.DECLINED, star(opinion="名额已满")) == []


def test_an_objection_is_handled_before_a_star_is_awarded() -> None:
    mine = star(state=StarState.APPROVED, from_day=day("12-01"), objection="事迹与事实不符")
    assert sentences(move(StarState.AWARDED, mine)) == ["公示中的异议还没有处理，处理后再授星。"]
    assert move(StarState.AWARDED, replace(mine, handled="经核实，情况属实")) == []


def test_publicity_is_over_before_a_star_is_awarded() -> None:
    mine = star(state=StarState.APPROVED, from_day=day("12-01"))
    assert sentences(move(StarState.AWARDED, mine, steps=OVER[:4])) == [
        "“群众监督”还没有完成，完成后再授星。"
    ]
    assert codes(move(StarState.AWARDED, mine, steps=())) == ["publicity_open"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("12-01", "12-31", []),
        ("12-01", None, []),
        ("12-01", "12-01", []),
        ("11-30", "12-31", ["公示 2026.11.30 结束，挂牌应从第二天以后开始，这里写了 2026.11.30。"]),
        ("12-10", "12-09", ["挂牌到 2026.12.09，早于开始的 2026.12.10，请核对。"]),
    ],
)
def test_a_plaque_hangs_after_the_publicity_and_ends_after_it_begins(
    start: str, end: str | None, said: list[str]
) -> None:
    mine = awarded(from_day=day(start), until_day=None if end is None else day(end))
    assert sentences(star_findings(FIVE_STARS, whole(mine), THRESHOLDS)) == said


def test_without_days_of_the_plaque_it_is_remarked() -> None:
    (found,) = star_findings(FIVE_STARS, whole(awarded(from_day=None)), THRESHOLDS)
    assert (found.severity, found.sentence) == (Severity.NOTE, "还没有填写挂牌的起止日期。")


def test_a_scheme_without_steps_or_with_a_skipped_publicity_waits_for_none() -> None:
    mine = awarded()
    no_steps = replace(FIVE_STARS, steps=())
    assert star_findings(no_steps, whole(mine), THRESHOLDS) == []
    skipped = (*OVER[:4], StepDone("publicity", skipped=True))
    assert star_findings(FIVE_STARS, replace(whole(mine), steps=skipped), THRESHOLDS) == []


def test_who_takes_no_part_gets_no_star() -> None:
    out = (subject("s1", "王芳", takes_part=False), *PEOPLE[1:])
    found = move(StarState.RECOMMENDED, star(), subjects=out)
    assert sentences(found) == ["王芳没有参加这次评议，不能授星，请撤回申报或者改为“未授星”。"]
    assert found[0].is_error
    assert move(StarState.DECLINED, star(opinion="调离"), subjects=out) == []
    around = replace(whole(awarded()), subjects=out)
    assert codes(star_findings(FIVE_STARS, around, THRESHOLDS)) == ["takes_no_part"]
