"""What holds of all points, whatever form and whatever answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.inspections.model import (
    Answer,
    Assessment,
    DeductionRule,
    Indicator,
    RuleKind,
    Stage,
)
from branchdesk.domain.inspections.scoring import (
    LineScore,
    LineState,
    final_lines,
    score_line,
    taken_by,
    total_of,
)
from domain.inspections.making import NO_FACTS, scheme

HALVES = st.integers(1, 40).map(lambda number: Decimal(number) / 2)
TENTHS = st.integers(-50, 1500).map(lambda number: Decimal(number) / 10)
COUNTED = st.sampled_from([RuleKind.PER_TIME, RuleKind.MISSING, RuleKind.MANUAL])


@st.composite
def rules(draw: st.DrawFn, kinds: st.SearchStrategy[RuleKind]) -> DeductionRule:
    return DeductionRule(
        f"r{draw(st.integers(0, 10_000))}",
        draw(kinds),
        draw(HALVES) / 5,
        step=draw(HALVES) / 5,
        cap=draw(st.none() | HALVES),
        target=draw(HALVES) * 5,
    )


ANY_RULE = rules(st.sampled_from(list(RuleKind)))


def line_of(chance: Random, place: int = 0) -> tuple[Indicator, Answer]:
    """A line with some answer to it; of one seed, since to draw each part by itself takes long."""
    own = [rule_of(chance, f"r{number}") for number in range(chance.randrange(4))]
    one = Indicator(
        f"x{place}",
        f"X{place}",
        "检查内容",
        chance.choice("AB"),
        half(chance),
        tuple(own),
        bonus=chance.random() < 0.5,
        veto=chance.random() < 0.5,
        may_not_apply=chance.random() < 0.5,
    )
    counts = {rule.id: tenth(chance) for rule in own if chance.random() < 0.5}
    score = tenth(chance) if chance.random() < 0.5 else None
    written = Assessment(counts, score=score, confirmed=chance.choice(["", "-"]))
    applies, vetoed = chance.random() < 0.5, chance.random() < 0.5
    return one, Answer(applies=applies, vetoed=vetoed, self_check=written, check=written)


def rule_of(chance: Random, uid: str) -> DeductionRule:
    return DeductionRule(
        uid,
        chance.choice(list(RuleKind)),
        half(chance) / 5,
        step=half(chance) / 5,
        cap=half(chance) if chance.random() < 0.5 else None,
        target=half(chance) * 5,
    )


def half(chance: Random) -> Decimal:
    return Decimal(chance.randint(1, 40)) / 2


def tenth(chance: Random) -> Decimal:
    return Decimal(chance.randint(-50, 1500)) / 10


def sheet_of(chance: Random) -> list[tuple[Indicator, Answer]]:
    return [line_of(chance, place) for place in range(chance.randrange(6))]


SEEDS = st.integers(0, 2**32 - 1).map(Random)
LINES, SHEETS = SEEDS.map(line_of), SEEDS.map(sheet_of)


def scored(sheet: Sequence[tuple[Indicator, Answer]], stage: Stage = Stage.SELF) -> list[LineScore]:
    return [score_line(one, answer, stage, NO_FACTS) for one, answer in sheet]


@given(SHEETS, HALVES)
def test_a_total_lies_between_nothing_and_the_full_points_with_the_bonus(
    sheet: list[tuple[Indicator, Answer]], bonus_cap: Decimal
) -> None:
    form = scheme(*(one for one, _answer in sheet), bonus_cap=bonus_cap)
    total = total_of(form, scored(sheet))
    assert 0 <= total.score <= form.full + bonus_cap
    assert 0 <= total.earned <= total.filled_full <= total.base <= form.full
    assert 0 <= total.bonus <= min(total.claimed, bonus_cap)
    assert 0 <= total.filled_score <= form.full
    assert sum(section.earned for section in total.sections) == total.earned
    assert sum(section.base for section in total.sections) == total.base


@given(SHEETS)
def test_a_veto_always_gives_the_last_grade(sheet: list[tuple[Indicator, Answer]]) -> None:
    total = total_of(scheme(*(one for one, _answer in sheet)), scored(sheet))
    is_broken = any(one.veto and answer.vetoed for one, answer in sheet)
    assert bool(total.vetoed) == is_broken
    if is_broken:
        assert total.grade is not None
        assert total.grade.code == "failed"


@given(LINES)
def test_a_line_earns_between_nothing_and_its_points(line: tuple[Indicator, Answer]) -> None:
    one, answer = line
    found = score_line(one, answer, Stage.SELF, NO_FACTS)
    assert found.score is None or 0 <= found.score <= (one.points or 0)
    assert all(taken.points >= 0 for taken in found.taken)
    assert found.lost >= 0


@given(rules(COUNTED), TENTHS, TENTHS)
def test_more_counted_never_takes_less(rule: DeductionRule, count: Decimal, more: Decimal) -> None:
    low, high = sorted((count, more))
    assert taken_by(rule, low) <= taken_by(rule, high)


@given(rules(st.just(RuleKind.PER_PERCENT)), TENTHS, TENTHS)
def test_a_higher_percentage_never_takes_more(rule: DeductionRule, count: Decimal, more: Decimal) -> None:
    low, high = sorted((count, more))
    assert taken_by(rule, high) <= taken_by(rule, low)
    assert taken_by(rule, rule.target) == 0


@given(ANY_RULE, TENTHS)
def test_a_rule_takes_whole_steps_up_to_its_cap(rule: DeductionRule, count: Decimal) -> None:
    points = taken_by(rule, count)
    assert 0 <= points <= (points if rule.cap is None else rule.cap)
    if rule.kind is not RuleKind.MANUAL and points != rule.cap:
        assert points % rule.amount == 0


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_nothing(line: tuple[Indicator, Answer], random: Random) -> None:
    one, answer = line
    shuffled = list(one.rules)
    random.shuffle(shuffled)
    found = score_line(one, answer, Stage.SELF, NO_FACTS)
    again = score_line(replace(one, rules=tuple(shuffled)), answer, Stage.SELF, NO_FACTS)
    assert (found.score, found.state, found.lost) == (again.score, again.state, again.lost)


@given(st.lists(HALVES, min_size=2, max_size=8), st.integers(0, 100))
def test_a_line_that_does_not_apply_leaves_the_shares_of_the_others_equal(
    points: list[Decimal], percent: int
) -> None:
    lines = [
        Indicator(f"x{place}", f"X{place}", "", "A", one, may_not_apply=True)
        for place, one in enumerate(points)
    ]
    form = scheme(*lines)
    share = Decimal(percent) / 100
    answers = [Answer(self_check=Assessment(score=(one.points or 0) * share)) for one in lines]
    whole = total_of(form, scored(list(zip(lines, answers, strict=True))))
    answers[0] = replace(answers[0], applies=False)
    rest = total_of(form, scored(list(zip(lines, answers, strict=True))))
    assert rest.base == whole.base - points[0]
    assert whole.score == form.full * share
    assert abs(rest.score - whole.score) <= Decimal("0.005")


@given(SHEETS)
def test_only_lines_without_a_score_are_empty(sheet: list[tuple[Indicator, Answer]]) -> None:
    lines = scored(sheet)
    total = total_of(scheme(*(one for one, _answer in sheet)), lines)
    assert total.empty == sum(one.counts and one.score is None for one in lines)
    assert total.is_complete == (total.filled_full == total.base)
    assert not any(one.state is LineState.EMPTY and one.score is not None for one in lines)


@given(SHEETS)
def test_what_the_check_scored_counts_in_the_end(sheet: list[tuple[Indicator, Answer]]) -> None:
    own = scored(sheet)
    unchecked = [(one, replace(answer, check=Assessment())) for one, answer in sheet]
    assert final_lines(own, scored(unchecked, Stage.CHECK)) == tuple(own)
    checked = scored(sheet, Stage.CHECK)
    final = final_lines(own, checked)
    assert all(one is other for one, other in zip(final, checked, strict=True) if other.score is not None)
