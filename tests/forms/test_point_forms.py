"""The points scheme that ships, its sample, and the order of schemes on the shelf."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from branchdesk.forms.language import PointRuleWords, PointsWords, shipped_form
from branchdesk.forms.samples import shipped_sample
from branchdesk.forms.shelf import HERE, RECEIVED, Shelf, StoredForm, shipped_shelf
from branchdesk.forms.words import POINT_FACTS
from branchdesk.forms.writing import write_form

KIND = "points.two_scores"
CHINESE = re.compile("[\u4e00-\u9fff]")


def points() -> PointsWords:
    words = shipped_form(KIND).points
    assert words is not None
    return words


def rules_of(bucket: str) -> list[PointRuleWords]:
    return [one for one in points().rules if one.bucket == bucket]


def test_the_common_list_has_ten_things_to_do_and_ten_not_to_do() -> None:
    duties = [one for one in points().rules if one.duty]
    assert [one.number for one in duties if one.points > 0] == [f"1.{n}" for n in range(1, 11)]
    assert [one.number for one in duties if one.points < 0] == [f"2.{n}" for n in range(1, 11)]
    assert all(one.label.startswith("不") for one in duties if one.points < 0)


def test_the_ten_duties_come_to_the_sixty_base_points() -> None:
    base = next(one for one in points().buckets if one.id == "base")
    assert sum((one.cap_year or Decimal(0) for one in rules_of("base")), Decimal(0)) == base.cap == 60


def test_members_may_claim_twenty_three_tasks_each_with_evidence() -> None:
    tasks = [one for one in points().rules if one.claim]
    assert [one.number for one in tasks] == [f"3.{n}" for n in range(1, 24)]
    assert tasks == rules_of("task")
    assert all(one.evidence and one.cap_year and one.points <= one.cap_year for one in tasks)


def test_the_records_answer_for_attendance_and_study_hours() -> None:
    facts = {one.fact: one for one in points().rules if one.fact}
    assert tuple(facts) == ("attendance.present", "study.hours", "attendance.absent")
    assert set(facts) == set(POINT_FACTS)
    assert facts["attendance.absent"].points < 0


def test_only_tasks_and_rewards_are_exchanged_and_only_one_bucket_takes_points_off() -> None:
    assert points().redeem == ("task", "reward")
    assert [one.id for one in points().buckets if one.may_be_negative] == ["deduct"]
    assert all(one.points < 0 for one in rules_of("deduct"))


def test_every_word_of_the_scheme_has_an_english_twin() -> None:
    words = [(one.label, one.label_en) for one in points().buckets]
    words += [(one.label, one.label_en) for one in points().rules]
    for label, label_en in words:
        assert CHINESE.search(label)
        assert not CHINESE.search(label_en)
        assert label_en
    for rule in points().rules:
        assert not CHINESE.search(rule.help_en)


def test_the_sample_has_entries_with_and_against_several_members() -> None:
    sample = shipped_sample(KIND)
    assert sample is not None
    assert len({one["name"] for one in sample.entries}) == 3
    by_id = {one.id: one for one in points().rules}
    taken = [one for one in sample.entries if by_id[one["rule"]].points < 0]
    assert taken
    assert all(one["reason"] for one in taken)


def test_schemes_made_here_stand_before_those_from_above_and_the_shipped_one() -> None:
    def stored(kind: str, origin: str) -> StoredForm:
        text = write_form(shipped_form(KIND)).replace(KIND, kind)
        return StoredForm(kind, 1, origin, text, date(2027, 1, 1))

    assert [one.kind for one in shipped_shelf().point_schemes()] == [KIND]
    shelf = Shelf([stored("points.above", RECEIVED), stored("points.own_1", HERE)])
    expected = ["points.own_1", "points.above", KIND]
    assert [one.kind for one in shelf.point_schemes()] == expected
    assert [one.kind for one in shelf.point_schemes(date(2026, 1, 1))] == expected, "the first one stands in"
