"""The steps of an evaluation: where they stand, and whether the next may be finished (domain 6.1, 0.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.evaluations.model import Step, StepDone
from branchdesk.domain.evaluations.steps import (
    begun_on,
    current_step,
    earliest_end,
    may_finish,
    may_reopen,
    may_skip,
    progress,
    skipped_steps,
)
from branchdesk.findings import Finding
from domain.evaluations.making import (
    APPRAISAL,
    COUNTED,
    THRESHOLDS,
    TODAY,
    codes,
    day,
    done,
    evaluation,
    sentences,
    subject,
)

DECIDED = done(self="11-02", ballot="11-10", decide="11-23")
SKIPPED = StepDone("publicity", skipped=True, note="上级没有要求")
POSTED = StepDone("publicity", begun_on=day("11-23"))


def states(*steps: StepDone) -> str:
    return " ".join(one.state.value for one in progress(APPRAISAL, steps))


def finish(step: str, on: str, *steps: StepDone, **more: Any) -> list[Finding]:
    return may_finish(APPRAISAL, evaluation(steps=steps, **more), step, day(on), THRESHOLDS, TODAY)


# ---- progress


def test_the_first_step_that_is_not_done_is_the_one_that_is_on() -> None:
    assert states() == "current coming coming coming coming"
    assert states(*done(self="11-02")) == "done current coming coming coming"
    assert states(*DECIDED, SKIPPED) == "done done done skipped current"
    assert states(*DECIDED, SKIPPED, *done(report="12-01")) == "done done done skipped done"


def test_a_step_done_before_its_turn_leaves_the_gap_open() -> None:
    assert states(*done(decide="11-23")) == "current coming done coming coming"


def test_a_publicity_that_has_only_begun_is_still_on() -> None:
    assert states(*DECIDED, POSTED) == "done done done current coming"


def test_steps_of_an_older_version_are_left_aside() -> None:
    assert states(*done(gone="11-02")) == states()


def test_it_is_known_which_step_is_on_and_when_others_were_done() -> None:
    assert current_step(APPRAISAL, DECIDED) == APPRAISAL.step("publicity")
    assert current_step(replace(APPRAISAL, steps=()), ()) is None
    found = progress(APPRAISAL, [*DECIDED, SKIPPED])
    assert [one.done_on for one in found] == [day("11-02"), day("11-10"), day("11-23"), None, None]
    assert [one.shown() for one in found] == ["已完成", "已完成", "已完成", "不进行", "正在进行"]
    assert progress(APPRAISAL, ())[1].shown() == "未开始"
    assert skipped_steps([*DECIDED, SKIPPED]) == {"publicity"}


def test_an_evaluation_finds_what_was_done_of_a_step() -> None:
    whole = evaluation(steps=(*DECIDED, SKIPPED), subjects=(subject("s1"),), batches=(COUNTED,))
    assert whole.done("publicity") == SKIPPED
    assert whole.done("report") is None
    assert whole.subject("s1") == subject("s1")
    assert whole.subject("s2") is None
    assert (whole.batch("b1"), whole.batch("b2")) == (COUNTED, None)


# ---- working days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("11-23", 5, "11-30"),  # Monday to the Monday after (domain 0.4)
        ("11-24", 5, "12-01"),
        ("11-27", 5, "12-04"),  # posted on a Friday
        ("11-28", 5, "12-04"),  # posted on a Saturday: Monday is the first day
        ("11-29", 5, "12-04"),
        ("11-23", 1, "11-24"),
        ("11-27", 1, "11-30"),
        ("11-23", 7, "12-02"),
        ("11-23", 10, "12-07"),
        ("11-23", 0, "11-23"),
    ],
)
def test_the_day_of_posting_and_weekends_are_not_counted(start: str, days: int, end: str) -> None:
    assert earliest_end(day(start), days) == day(end)


def test_publicity_over_the_end_of_february_and_of_the_year() -> None:
    assert earliest_end(date(2024, 2, 26), 5) == date(2024, 3, 4)
    assert earliest_end(date(2026, 12, 29), 5) == date(2027, 1, 5)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 30))
def test_exactly_so_many_working_days_lie_after_the_day_of_posting(start: date, days: int) -> None:
    end = earliest_end(start, days)
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == days
    assert end.weekday() < 5


# ---- finishing


def test_the_step_that_is_on_may_be_finished() -> None:
    assert finish("self", "11-02") == []


def test_steps_are_finished_in_their_order() -> None:
    assert sentences(finish("decide", "11-23", *done(self="11-02"))) == ["“民主测评”还没有完成，请先完成。"]
    assert codes(finish("report", "12-05")) == ["step_before"]
    assert finish("report", "12-05", *DECIDED, SKIPPED) == []


def test_a_step_is_not_finished_in_the_future_or_before_the_one_before_it() -> None:
    assert sentences(finish("self", "12-21")) == ["完成日期 2026.12.21 还没有到，请核对。"]
    assert sentences(finish("report", "11-20", *DECIDED, SKIPPED)) == [
        "完成日期 2026.11.20 早于前面的日期 2026.11.23，请核对。"
    ]


def test_a_finished_step_is_not_moved_behind_a_later_one() -> None:
    assert finish("self", "11-10", *DECIDED) == []
    assert sentences(finish("self", "11-11", *DECIDED)) == [
        "完成日期 2026.11.11 晚于后面的“民主测评”（2026.11.10），请核对。"
    ]


def test_a_step_that_is_switched_off_is_not_finished() -> None:
    assert sentences(finish("publicity", "12-05", *DECIDED, SKIPPED)) == ["“公示”已经设为不进行，请先恢复。"]


def test_a_step_that_the_scheme_does_not_have_is_not_finished() -> None:
    assert sentences(finish("gone", "12-05")) == ["现行办法里没有“gone”这一步。"]


def test_counting_is_done_when_every_batch_agrees() -> None:
    before = done(self="11-02")
    assert sentences(finish("ballot", "11-10", *before)) == ["还没有发出测评票，“民主测评”不能完成。"]
    assert finish("ballot", "11-10", *before, batches=(COUNTED,)) == []
    half = replace(COUNTED, uid="b2", code="2026-02", passes=COUNTED.passes[:1])
    assert sentences(finish("ballot", "11-10", *before, batches=(COUNTED, half))) == [
        "2026-02 批测评票还没有由两个人录入两遍并核对一致。"
    ]


def test_counting_is_not_done_while_ballots_do_not_add_up() -> None:
    before = done(self="11-02")
    lost = replace(COUNTED, returned=12)
    assert sentences(finish("ballot", "11-10", *before, batches=(lost,))) == [
        "2026-01 批测评票：第一遍录入有效票 10 张，收回 12 张减去废票 1 张应为 11 张，请核对。"
    ]
    bare = replace(COUNTED, returned=None, spoiled=None)
    assert codes(finish("ballot", "11-10", *before, batches=(bare,))) == ["not_reconciled"]


def test_the_decision_is_done_when_everybody_has_a_grade() -> None:
    before = done(self="11-02", ballot="11-10")
    people = (subject("s1", grade="qualified"), subject("s2", "李敏"))
    assert sentences(finish("decide", "11-23", *before, subjects=people)) == ["还有 1 人没有评定等次：李敏。"]
    assert finish("decide", "11-23", *before, subjects=people[:1]) == []


@pytest.mark.parametrize(
    ("on", "is_long_enough"), [("11-27", False), ("11-29", False), ("11-30", True), ("12-01", True)]
)
def test_publicity_lasts_five_working_days(on: str, *, is_long_enough: bool) -> None:
    found = finish("publicity", on, *DECIDED, POSTED)
    assert (not found) == is_long_enough
    if found:
        assert found[0].rule == "约定：publicity_days"
        assert sentences(found) == [
            "“公示”从 2026.11.23 开始，不少于 5 个工作日，最早 2026.11.30 结束（暂算，没有计入法定节假日）。"
        ]


def test_publicity_counts_from_the_day_entered_else_from_the_step_before() -> None:
    later = StepDone("publicity", begun_on=day("11-25"))
    assert codes(finish("publicity", "11-30", *DECIDED, later)) == ["publicity_short"]
    assert finish("publicity", "11-30", *DECIDED) == []
    assert codes(finish("publicity", "11-27", *DECIDED)) == ["publicity_short"]
    assert begun_on(APPRAISAL, [*DECIDED, later], "publicity") == day("11-25")
    assert begun_on(APPRAISAL, DECIDED, "publicity") == day("11-23")
    assert begun_on(APPRAISAL, [], "self") is None


def test_publicity_that_began_before_the_decision_is_told() -> None:
    early = StepDone("publicity", begun_on=day("11-12"))
    found = finish("publicity", "11-30", *DECIDED, early)
    assert sentences(found) == ["“公示”从 2026.11.12 开始，早于前面的步骤完成的 2026.11.23，请核对。"]
    assert not found[0].is_error
    alone = replace(APPRAISAL, steps=(Step("publicity", "公示", days="publicity_days"),))
    assert may_finish(alone, evaluation(steps=(early,)), "publicity", day("11-30"), THRESHOLDS, TODAY) == []


def test_publicity_that_ends_before_it_begins_is_told_once() -> None:
    assert codes(finish("publicity", "11-20", *DECIDED, POSTED)) == ["day_too_early"]


def test_publicity_that_never_began_is_not_over() -> None:
    alone = replace(APPRAISAL, steps=(Step("publicity", "公示", days="publicity_days"),))
    found = may_finish(alone, evaluation(), "publicity", day("12-01"), THRESHOLDS, TODAY)
    assert sentences(found) == ["请先写明“公示”从哪一天开始。"]


def test_a_step_may_be_public_by_a_rule_of_its_own() -> None:
    alone = replace(APPRAISAL, steps=(Step("publicity", "公示", days="longer_days"),))
    whole = evaluation(steps=(POSTED,))
    assert codes(may_finish(alone, whole, "publicity", day("12-01"), THRESHOLDS, TODAY)) == [
        "publicity_short"
    ]
    assert may_finish(alone, whole, "publicity", day("12-02"), THRESHOLDS, TODAY) == []
    assert THRESHOLDS.days("gone").id == "publicity_days"


# ---- switching off and opening again


def test_only_optional_steps_are_switched_off_and_with_a_reason() -> None:
    assert may_skip(APPRAISAL, "publicity", skipped=True, why="上级没有要求") == []
    assert sentences(may_skip(APPRAISAL, "publicity", skipped=True, why=" ")) == [
        "请写明不进行“公示”的原因。"
    ]
    assert may_skip(APPRAISAL, "publicity", skipped=False, why="") == []
    assert sentences(may_skip(APPRAISAL, "decide", skipped=True, why="没有时间")) == [
        "“组织评定”是必经步骤，不能设为不进行。"
    ]
    assert codes(may_skip(APPRAISAL, "gone", skipped=True, why="没有时间")) == ["no_such_step"]


def test_the_last_step_that_is_done_is_opened_again_with_a_reason() -> None:
    assert may_reopen(APPRAISAL, DECIDED, "decide", "票数有误") == []
    assert sentences(may_reopen(APPRAISAL, DECIDED, "decide", "")) == ["请写明重新打开“组织评定”的原因。"]
    assert sentences(may_reopen(APPRAISAL, DECIDED, "self", "材料不全")) == [
        "后面的“组织评定”已经完成，请先重新打开它。"
    ]
    assert sentences(may_reopen(APPRAISAL, DECIDED, "report", "材料不全")) == [
        "“上报”还没有完成，不用重新打开。"
    ]
    assert codes(may_reopen(APPRAISAL, DECIDED, "gone", "材料不全")) == ["no_such_step"]
