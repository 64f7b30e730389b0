"""Beginning evaluations, and who is evaluated."""

from __future__ import annotations

import pytest

from branchdesk.domain.evaluations.model import EvaluationState
from branchdesk.domain.members import EventKind
from branchdesk.services.evaluations import ballots, deciding, planning, reading, scores
from branchdesk.services.history import recent_changes
from branchdesk.services.members import EventEntry, record_event, set_fields
from branchdesk.services.organisations import root_of
from branchdesk.services.recycle_bin import bin_items, take_back
from branchdesk.storage.branch import Branch
from services.evaluations.scenes import (
    APPRAISAL,
    COMMITTEE,
    KEY_WORK,
    SECRETARY,
    STARS,
    begin,
    counted,
    evaluation_of,
    named,
    sheet_of,
)
from services.meetings.scenes import House
from support.branches import FIRST_GROUP, FULL_NAME, SettableClock, add
from support.contents import assert_sound, facts
from support.problems import refused


def test_all_members_are_evaluated_and_a_probationary_one_gets_no_grade(house: House) -> None:
    one = evaluation_of(house, begin(house))
    assert one.title == "2026 年度民主评议党员"
    assert one.state is EvaluationState.OPEN
    assert [subject.name for subject in one.subjects][:3] == ["周建国", "王敏", "赵立新"]
    assert len(one.subjects) == 10
    assert all(subject.takes_part for subject in one.subjects)
    assert [subject.name for subject in one.subjects if not subject.graded] == ["林雪"]
    snow = named(house, one.uid, "林雪")
    assert (snow.group, snow.category, snow.why_not) == (
        FIRST_GROUP,
        "probationary",
        "预备党员参加评议，不评定等次",
    )
    assert "林雪" not in [subject.name for subject in sheet_of(house, one.uid).on_ballot]
    assert one.values["chair"]


def test_the_committee_and_the_secretary_are_one_subject_each(house: House) -> None:
    committee = evaluation_of(house, begin(house, COMMITTEE)).subjects
    assert [one.name for one in committee] == [FULL_NAME]
    secretary = evaluation_of(house, begin(house, SECRETARY)).subjects
    assert [(one.name, one.person) for one in secretary] == [("周建国", house.people["周建国"])]


def test_one_evaluation_of_members_is_held_in_a_year_but_stars_may_come_again(house: House) -> None:
    uid = begin(house)
    with refused("已经有“2026 年度民主评议党员”"):
        begin(house)
    begin(house, year=2025)
    assert evaluation_of(house, begin(house, STARS)).title == "2026 年度五星党员评选"
    assert evaluation_of(house, begin(house, STARS)).title == "2026 年度五星党员评选（第 2 次）"
    titles = [(one.title, one.subjects, one.step_title) for one in reading.evaluation_list(house.branch)]
    assert titles == [
        ("2026 年度民主评议党员", 10, "准备"),
        ("2026 年度五星党员评选", 10, "党员自评"),
        ("2026 年度五星党员评选（第 2 次）", 10, "党员自评"),
        ("2025 年度民主评议党员", 9, "准备"),
    ]
    assert reading.years_of_evaluations(house.branch) == [2026, 2025]
    assert reading.evaluation_list(house.branch, house.root, 2026)[0].uid == uid


@pytest.mark.parametrize(
    ("year", "word"), [(26, "没有 26 这个年度"), (20266, "没有 20266 这个年度"), (2028, "2028 年度还没有到")]
)
def test_a_year_that_there_is_not_is_refused(house: House, year: int, word: str) -> None:
    with refused(word):
        begin(house, year=year)


def test_the_next_year_may_be_prepared_and_the_number_counts_from_one(house: House) -> None:
    assert evaluation_of(house, begin(house, year=2027)).year == 2027
    for number in (0, -1):
        with refused(f"没有第 {number} 次评议"):
            planning.start_evaluation(house.branch, STARS, house.root, 2026, number)


def test_a_form_of_something_else_is_no_evaluation(house: House) -> None:
    with refused("不是评议办法"):
        begin(house, "inspection.quarter")
    with pytest.raises(KeyError):
        begin(house, "evaluation.unknown")


def test_without_anybody_on_the_roster_nothing_can_be_begun(branch: Branch) -> None:
    with refused("名册里没有可以参加评议的党员"):
        planning.start_evaluation(branch, APPRAISAL, root_of(branch), 2026)


def test_in_the_first_months_the_year_before_is_evaluated_usually(
    the_clock: SettableClock,
) -> None:
    assert planning.proposed_year() == 2026
    the_clock.set(2027, 1, 15)
    assert planning.proposed_year() == 2026
    the_clock.set(2027, 4, 1)
    assert planning.proposed_year() == 2027


def test_the_list_is_brought_in_step_with_the_roster_and_nothing_entered_is_lost(house: House) -> None:
    uid = begin(house, KEY_WORK)
    kept, gone = named(house, uid, "胡强"), named(house, uid, "宋伟")
    scores.set_scores(house.branch, uid, "quality", {kept.uid: "90"})
    for name in ("胡强", "宋伟"):
        _leave(house, name)
    add(house.branch, [{"name": "丁一", "category": "正式党员", "arrived_on": "2026.11.1"}])
    done = planning.refresh_subjects(house.branch, uid)
    one = evaluation_of(house, uid)
    names = [subject.name for subject in one.subjects]
    assert "丁一" in names
    assert "宋伟" not in names
    left = named(house, uid, "胡强")
    assert (left.takes_part, left.why_not) == (False, "已不在本组织名册")
    assert one.scores_of(left.uid)[0].score == 90
    house.branch.undo(done.changes.seq)
    assert [subject.uid for subject in evaluation_of(house, uid).subjects].count(gone.uid) == 1
    assert named(house, uid, "胡强").takes_part
    assert_sound(house.branch)


def test_who_left_after_the_decision_holds_no_grade_any_more(house: House) -> None:
    uid = begin(house)
    he = named(house, uid, "何静").uid
    deciding.decide(house.branch, uid, {he: "qualified"}, "平时表现")
    deciding.set_opinion(house.branch, uid, he, {"opinion": "踏实"})
    _leave(house, "何静")
    done = planning.refresh_subjects(house.branch, uid)
    left = named(house, uid, "何静")
    assert (left.takes_part, left.grade, left.reason, left.opinion) == (False, "", "", "踏实")
    assert sheet_of(house, uid).findings == ()
    house.branch.undo(done.changes.seq)
    assert named(house, uid, "何静").grade == "qualified"


def _leave(house: House, name: str) -> None:
    entry = EventEntry(EventKind.DEPARTED, "2026.11.2", place="外地支部")
    record_event(house.branch, house.people[name], entry)


def test_a_namesake_change_on_the_roster_comes_over_but_a_reason_given_by_hand_stays(house: House) -> None:
    uid = begin(house)
    ill = named(house, uid, "何静")
    with refused("请写明何静不参加评议的原因"):
        planning.set_taking_part(house.branch, uid, ill.uid, takes_part=False)
    done = planning.set_taking_part(house.branch, uid, ill.uid, takes_part=False, why="长期病休")
    assert done.changes.label == "何静 不参加 2026 年度民主评议党员：长期病休"
    set_fields(house.branch, {house.people["何静"]: {"name": "何晶"}})
    planning.refresh_subjects(house.branch, uid)
    after = named(house, uid, "何晶")
    assert (after.takes_part, after.why_not) == (False, "长期病休")
    planning.set_taking_part(house.branch, uid, ill.uid, takes_part=True)
    assert named(house, uid, "何晶").why_not == ""


def test_once_ballots_were_counted_who_stands_on_them_is_settled(house: House) -> None:
    uid = begin(house)
    counted(house, uid)
    one = named(house, uid, "何静")
    with refused("测评票已经计票，参评名单不能再改", "清除计票"):
        planning.set_taking_part(house.branch, uid, one.uid, takes_part=False, why="病休")
    with refused("测评票已经计票"):
        planning.refresh_subjects(house.branch, uid)


def test_a_list_that_was_printed_on_ballots_is_settled_as_well(house: House) -> None:
    uid = begin(house)
    batch = ballots.add_batch(house.branch, uid, "10").line
    planning.refresh_subjects(house.branch, uid)
    ballots.set_printed(house.branch, batch)
    with refused("测评票已经印制", "删除这一批"):
        planning.refresh_subjects(house.branch, uid)
    ballots.remove_batch(house.branch, batch)
    planning.refresh_subjects(house.branch, uid)


def test_an_evaluation_waits_in_the_bin_and_does_not_come_back_beside_a_second_one(house: House) -> None:
    uid = begin(house)
    planning.remove_evaluations(house.branch, [uid], "建错了")
    assert reading.evaluation_list(house.branch) == []
    with refused("“2026 年度民主评议党员”已在回收站里"):
        sheet_of(house, uid)
    item = next(one for one in bin_items(house.branch) if one.uid == uid)
    assert (item.kind, item.name) == ("评议", "2026 年度民主评议党员")
    other = begin(house)
    with refused("已经有“2026 年度民主评议党员”"):
        take_back(house.branch, [item])
    planning.remove_evaluations(house.branch, [other], "")
    take_back(house.branch, [item])
    assert evaluation_of(house, uid).subjects


def test_undoing_the_beginning_takes_everything_out_again(house: House) -> None:
    before = facts(house.branch)
    done = planning.start_evaluation(house.branch, APPRAISAL, house.root, 2026)
    house.branch.undo(done.changes.seq)
    assert facts(house.branch) == before
    again = house.branch.undo(_last(house))
    assert again
    assert len(evaluation_of(house, done.uid).subjects) == 10


def _last(house: House) -> int:
    return recent_changes(house.branch, 1)[0].seq


def test_a_grade_is_taken_from_somebody_who_takes_no_part_after_all(house: House) -> None:
    uid = begin(house)
    one = named(house, uid, "何静")
    deciding.decide(house.branch, uid, {one.uid: "qualified"}, "平时表现")
    planning.set_taking_part(house.branch, uid, one.uid, takes_part=False, why="流入地评议")
    assert named(house, uid, "何静").grade == ""
