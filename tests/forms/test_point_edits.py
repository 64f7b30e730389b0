"""Schemes of points are designed rule by rule; whatever is done, the form can be written and read again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from branchdesk.forms.editing import (
    can_be_hidden,
    can_be_taken_out,
    change_part,
    move_part,
    take_out,
    with_part,
)
from branchdesk.forms.language import Form, PointRuleWords, PointsWords, read_form_text, shipped_form
from branchdesk.forms.parts import BUCKET, POINT_RULE, THE_FORM, Part, part_of, parts_of
from branchdesk.forms.point_edits import (
    CLAIM,
    DUTY,
    NEITHER,
    add_bucket,
    add_point_rule,
    list_of,
    on_list,
    redeemable,
    with_points,
    worth,
)
from branchdesk.forms.writing import write_form

DUES = Part(POINT_RULE, "dues")


@pytest.fixture
def form() -> Form:
    return shipped_form("points.two_scores")


def readable(form: Form) -> Form:
    assert read_form_text(write_form(form), "form.toml") == form
    return form


def points(form: Form) -> PointsWords:
    assert form.points is not None
    return form.points


def rule(form: Form, part: Part) -> PointRuleWords:
    found = part_of(form, part)
    assert isinstance(found, PointRuleWords)
    return found


def bucket_rules(form: Form, bucket: str) -> list[str]:
    return [one.id for one in points(form).rules if one.bucket == bucket]


def test_the_parts_of_a_scheme_are_its_buckets_with_their_rules(form: Form) -> None:
    parts = parts_of(form)
    assert parts[:3] == [THE_FORM, Part(BUCKET, "base"), Part(POINT_RULE, "meetings")]
    assert parts.index(Part(BUCKET, "task")) == parts.index(Part(POINT_RULE, "customs")) + 1
    assert len(parts) == 1 + len(points(form).buckets) + len(points(form).rules)
    assert part_of(shipped_form("meeting.assembly"), DUES) is None
    assert part_of(shipped_form("meeting.assembly"), Part(BUCKET, "base")) is None
    assert not can_be_hidden(form, DUES)


def test_a_new_rule_stands_behind_another_and_is_like_it(form: Form) -> None:
    grown, part = add_point_rule(form, "按时交思想汇报", DUES)
    made = rule(readable(grown), part)
    assert (made.number, made.bucket, made.points, made.unit) == ("1.11", "base", Decimal(1), "次")
    assert (made.duty, made.claim, made.cap_year) == (True, False, None)
    assert bucket_rules(grown, "base")[2:4] == ["dues", part.id]
    off, part = add_point_rule(form, "不弄丢党徽", Part(POINT_RULE, "late"))
    assert (rule(readable(off), part).points, rule(off, part).number) == (Decimal(-1), "2.11")


def test_a_new_rule_is_the_last_of_the_bucket_that_is_chosen(form: Form) -> None:
    grown, part = add_point_rule(form, "助农直播", Part(BUCKET, "task"))
    assert bucket_rules(readable(grown), "task")[-1] == part.id
    assert (rule(grown, part).number, rule(grown, part).claim) == ("3.24", True)
    first, part = add_point_rule(form, "佩戴党徽", THE_FORM)
    assert bucket_rules(readable(first), "base")[-1] == part.id


def test_the_first_rule_of_a_bucket_begins_a_series_of_numbers(form: Form) -> None:
    grown, bucket = add_bucket(form, "创新分", Part(BUCKET, "base"))
    assert [one.label for one in points(readable(grown)).buckets][:3] == ["基础分", "创新分", "任务分"]
    grown, first = add_point_rule(grown, "提合理化建议", bucket)
    grown, second = add_point_rule(readable(grown), "获得专利", first)
    assert [rule(grown, one).number for one in (first, second)] == ["5.1", "5.2"]
    assert list_of(rule(grown, first)) == NEITHER
    off = change_part(grown, bucket, may_be_negative=True)
    for one in (second, first):
        off = take_out(off, one)
    off, part = add_point_rule(off, "泄露秘密", bucket)
    assert rule(readable(off), part).points == -1


def test_numbers_that_are_taken_or_no_numbers_are_passed_over(form: Form) -> None:
    named = change_part(form, Part(POINT_RULE, "customs"), number="末")
    grown, part = add_point_rule(named, "家庭和睦", Part(BUCKET, "base"))
    assert rule(readable(grown), part).number == "5.1"
    taken = change_part(form, Part(POINT_RULE, "skills"), number="1.11")
    grown, part = add_point_rule(taken, "家庭和睦", DUES)
    assert rule(readable(grown), part).number == "1.12"


def test_a_bucket_stands_behind_the_one_of_the_rule_that_is_chosen_or_last(form: Form) -> None:
    grown, part = add_bucket(form, "创新分", Part(POINT_RULE, "blood"))
    assert [one.id for one in points(readable(grown)).buckets][2] == part.id
    grown, part = add_bucket(form, "创新分", THE_FORM)
    assert points(readable(grown)).buckets[-1].id == part.id


def test_a_new_rule_never_gets_the_id_of_one_that_was_released(form: Form) -> None:
    released, part = add_point_rule(form, "助农直播", Part(BUCKET, "task"))
    again, other = add_point_rule(form, "助农直播", Part(BUCKET, "task"), released)
    assert other != part
    assert rule(readable(again), other).number == "3.24"


def test_a_form_without_points_gets_no_rule_and_no_bucket() -> None:
    form = shipped_form("meeting.assembly")
    assert add_point_rule(form, "值班", THE_FORM) == (form, THE_FORM)
    assert add_bucket(form, "任务分", THE_FORM) == (form, THE_FORM)
    empty = replace(form, points=PointsWords((), (), ()))
    assert add_point_rule(empty, "值班", THE_FORM) == (empty, THE_FORM)
    assert with_points(form, lambda one: replace(one, rules=())) == form
    assert move_part(form, DUES, 1) == form


def test_points_and_caps_of_a_rule_are_changed(form: Form) -> None:
    changed = change_part(form, DUES, points=Decimal("0.75"), cap_month=None, cap_year=Decimal(9))
    dues = rule(readable(changed), DUES)
    assert (dues.points, dues.cap_month, dues.cap_year) == (Decimal("0.75"), None, Decimal(9))
    assert rule(changed, Part(POINT_RULE, "study")) == rule(form, Part(POINT_RULE, "study"))


def test_what_is_taken_off_is_claimed_by_nobody(form: Form) -> None:
    blood = rule(form, Part(POINT_RULE, "blood"))
    assert (worth(blood, Decimal(3), takes_off=False).points, list_of(blood)) == (Decimal(3), CLAIM)
    off = worth(blood, Decimal(3), takes_off=True)
    assert (off.points, list_of(off)) == (Decimal(-3), NEITHER)
    assert [list_of(on_list(blood, name)) for name in (DUTY, CLAIM, NEITHER)] == [DUTY, CLAIM, NEITHER]


def test_rules_move_among_those_of_their_bucket_only(form: Form) -> None:
    down = move_part(form, Part(POINT_RULE, "meetings"), 1)
    assert bucket_rules(readable(down), "base")[:2] == ["study", "meetings"]
    assert bucket_rules(down, "task") == bucket_rules(form, "task")
    assert move_part(form, Part(POINT_RULE, "meetings"), -1) == form
    assert move_part(form, Part(POINT_RULE, "customs"), 1) == form


def test_buckets_move_with_their_rules(form: Form) -> None:
    up = move_part(form, Part(BUCKET, "deduct"), -1)
    assert [one.id for one in points(readable(up)).buckets] == ["base", "task", "deduct", "reward"]
    assert parts_of(up).index(Part(POINT_RULE, "late")) < parts_of(up).index(Part(BUCKET, "reward"))


def test_a_rule_is_taken_out_and_a_bucket_only_when_it_is_empty(form: Form) -> None:
    assert can_be_taken_out(form, DUES, form)
    left = take_out(form, DUES)
    assert part_of(readable(left), DUES) is None
    reward = Part(BUCKET, "reward")
    assert not can_be_taken_out(left, reward, None)
    for name in bucket_rules(left, "reward"):
        left = take_out(left, Part(POINT_RULE, name))
    assert can_be_taken_out(left, reward, None)
    assert points(readable(take_out(left, reward))).redeem == ("task",)


def test_buckets_can_be_exchanged_or_not(form: Form) -> None:
    wanted = with_points(form, lambda one: redeemable(one, "base", redeem=True))
    assert points(readable(wanted)).redeem == ("base", "task", "reward")
    none = with_points(wanted, lambda one: redeemable(one, "task", redeem=False))
    assert points(readable(none)).redeem == ("base", "reward")
    capped = with_part(form, Part(BUCKET, "base"), lambda one: replace(one, cap=Decimal(70)))
    assert points(readable(capped)).buckets[0].cap == 70
