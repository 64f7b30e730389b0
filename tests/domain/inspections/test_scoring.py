"""What is known of a scored line and of a total beside their points."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from branchdesk.domain.inspections.model import Answer, Stage
from branchdesk.domain.inspections.scoring import (
    LINE_LABELS,
    LineState,
    final_score,
    fingerprint,
    label_of,
    score_line,
    score_lines,
    shown,
    total_of,
)
from domain.inspections.making import (
    BONUS,
    BY_HAND,
    C4,
    NO_FACTS,
    VETO,
    facts,
    indicator,
    inspection,
    said,
    scheme,
    scored,
    told,
)


@pytest.mark.parametrize(
    ("points", "words"),
    [("3.50", "3.5"), ("100", "100"), ("1E+2", "100"), ("0.00", "0"), ("-0", "0"), ("-1.0", "-1")],
)
def test_points_are_shown_without_needless_zeros(points: str, words: str) -> None:
    assert shown(Decimal(points)) == words


def test_no_points_are_shown_as_nothing() -> None:
    assert not shown(None)


def test_every_state_of_a_line_has_its_name() -> None:
    assert [label_of(state) for state in LineState] == [
        "未填",
        "自动",
        "已填",
        "已扣分",
        "数据有变",
        "不适用",
        "否决",
        "无",
    ]
    assert set(LINE_LABELS) == set(LineState)


def test_what_is_confirmed_names_each_answer_once_in_any_order_of_the_rules() -> None:
    known = facts(without_plan="1", missing="0")
    assert fingerprint(C4, known) == "theme_day.missing=0;theme_day.without_plan=1"
    assert fingerprint(replace(C4, rules=C4.rules[::-1]), known) == fingerprint(C4, known)
    assert fingerprint(replace(C4, rules=C4.rules * 2), known) == fingerprint(C4, known)


def test_an_answer_that_could_not_be_given_is_part_of_what_is_confirmed() -> None:
    before, after = fingerprint(C4, facts(missing="?")), fingerprint(C4, facts(missing="0"))
    assert (before, after) == ("theme_day.missing=?", "theme_day.missing=0")


def test_a_line_without_answers_can_be_confirmed_too() -> None:
    assert fingerprint(BY_HAND, facts(missing="0")) == "-"
    assert fingerprint(C4, NO_FACTS) == "-"


def test_the_same_number_written_otherwise_is_the_same_answer() -> None:
    assert fingerprint(C4, facts(missing="1.0")) == fingerprint(C4, facts(missing="1"))


def test_deleting_one_record_changes_the_lines_that_rest_on_it_and_no_other() -> None:
    form = scheme(C4, BY_HAND)
    before = facts(missing="0", without_plan="0")
    answers = {
        one.id: Answer(self_check=replace(said(), confirmed=fingerprint(one, before)))
        for one in form.indicators
    }
    one = inspection(answers=answers)
    assert not any(line.changed for line in score_lines(form, one, Stage.SELF, before))
    after = score_lines(form, one, Stage.SELF, facts(missing="1", without_plan="0"))
    assert [line.state for line in after] == [LineState.CHANGED, LineState.FILLED]


def test_a_typed_score_stays_when_the_records_change_and_says_that_they_did() -> None:
    confirmed = replace(said("3"), confirmed="theme_day.missing=0;theme_day.without_plan=0")
    line = scored(C4, confirmed, facts(missing="1", without_plan="0"))
    assert (told(line.score), line.state, line.changed) == ("3", LineState.CHANGED, True)


def test_a_count_that_differs_from_the_records_overrides_them() -> None:
    line = scored(C4, said(r1="0", r2="1"), facts(missing="2", without_plan="1"))
    assert [one.overrides for one in line.taken] == [True, False]
    assert [one.answered for one in line.taken] == [2, 1]
    assert not any(one.overrides for one in scored(C4, said(r1="1"), facts(missing="?")).taken)


def test_a_rule_knows_when_its_cap_is_at_work() -> None:
    capped = indicator("X", "9", ["每次扣1", "per_time", "1", {"cap": "2"}])
    assert [scored(capped, said(r1=count)).taken[0].is_capped for count in ("1", "2", "3")] == [
        False,
        False,
        True,
    ]
    assert not scored(capped).taken[0].is_capped


def test_what_the_rules_leave_is_known_beside_a_typed_score() -> None:
    line = scored(C4, said("4", r1="1"))
    assert told(line.by_rules, line.score, line.lost) == "2.5 4 0"
    assert scored(C4, said("4")).by_rules is None
    assert scored(VETO).by_rules is None


def test_a_line_that_nobody_scored_has_lost_nothing() -> None:
    assert scored(C4).lost == 0
    assert scored(C4, said("3.5")).lost == Decimal("0.5")
    assert scored(C4, said("3.5"), applies=False).lost == 0
    assert scored(VETO).lost == 0


def test_what_still_waits_for_somebody_is_open() -> None:
    known = facts(missing="0")
    assert scored(C4).is_open
    assert scored(C4, known=known).is_open
    assert scored(C4, replace(said(), confirmed="x"), known).is_open
    assert scored(replace(C4, veto=True), vetoed=True).is_open
    assert not scored(C4, said("4")).is_open
    assert not scored(C4, applies=False).is_open
    assert not scored(BONUS).is_open
    assert not scored(VETO).is_open


def test_a_line_keeps_what_was_written_beside_its_score() -> None:
    line = scored(C4, replace(said("9"), reason="补开"))
    assert (told(line.typed), line.reason, line.is_out_of_range) == ("9", "补开", True)
    left_out = scored(C4, applies=False, why_not="没有开展")
    assert (left_out.why_not, left_out.is_out_of_range) == ("没有开展", False)
    assert not scored(C4, why_not="以前写的").why_not
    assert scored(VETO, vetoed=True, veto_reason="瞒报").veto_reason == "瞒报"
    assert not scored(VETO, veto_reason="以前写的").veto_reason


def test_the_check_has_the_reason_of_the_branch_for_the_same_score() -> None:
    own = replace(said("3.5"), reason="没有方案")
    agreed = score_line(C4, Answer(self_check=own, check=said("3.5")), Stage.CHECK, NO_FACTS)
    differs = score_line(C4, Answer(self_check=own, check=said("3")), Stage.CHECK, NO_FACTS)
    said_so = replace(said("3.5"), reason="看了记录")
    told_so = score_line(C4, Answer(self_check=own, check=said_so), Stage.CHECK, NO_FACTS)
    assert [agreed.reason, differs.reason, told_so.reason] == ["没有方案", "", "看了记录"]


def test_the_check_counts_in_the_end_where_it_scored() -> None:
    answer = Answer(self_check=said("4"), check=said("3.5"))
    own = score_line(C4, answer, Stage.SELF, NO_FACTS)
    checked = score_line(C4, answer, Stage.CHECK, NO_FACTS)
    assert final_score(own, checked) is checked
    assert final_score(own, replace(checked, score=None)) is own


def test_a_total_tells_what_was_lost_and_whether_it_is_a_share() -> None:
    total = total_of(scheme(C4, BY_HAND), [scored(C4, said("3.5")), scored(BY_HAND)])
    assert (told(total.lost), total.is_complete, total.is_projected) == ("0.5", False, False)
    smaller = total_of(scheme(C4, BY_HAND), [scored(C4, applies=False), scored(BY_HAND, said("2"))])
    assert (told(smaller.score), smaller.is_complete, smaller.is_projected) == ("6", True, True)


def test_lines_of_the_records_that_nobody_confirmed_are_counted() -> None:
    total = total_of(scheme(C4, BY_HAND), [scored(C4, known=facts(missing="1")), scored(BY_HAND)])
    assert (total.auto, total.empty, total.score) == (1, 1, Decimal("2.5"))


def test_sections_show_their_bonus_apart_and_those_without_lines_are_left_out() -> None:
    form = scheme(C4, BONUS, sections=(("head", "基本情况"), ("C", "三、组织生活"), ("加", "加分项")))
    found = total_of(form, [scored(C4, said("3.5")), scored(BONUS, said("2"))])
    assert [
        (one.title, told(one.points, one.base, one.earned, one.bonus, one.lost)) for one in found.sections
    ] == [("三、组织生活", "4 4 3.5 0 0.5"), ("加分项", "0 0 0 2 0")]


def test_a_form_without_grades_gives_none() -> None:
    form = scheme(C4, VETO, grades=())
    assert total_of(form, [scored(C4, said("4"))]).grade is None
    assert total_of(form, [scored(VETO, vetoed=True)]).grade is None
