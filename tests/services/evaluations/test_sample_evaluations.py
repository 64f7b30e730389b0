"""The evaluations of the sample branch: one of each kind in different states, the same every time."""

from __future__ import annotations

from collections import Counter

import pytest

from branchdesk.domain.evaluations.ballots import differences
from branchdesk.domain.evaluations.model import EvaluationState, StarState
from branchdesk.findings import Severity
from branchdesk.i18n import Language, speak
from branchdesk.services.evaluations.reading import evaluation_list
from branchdesk.services.evaluations.sample_evaluations import sample_evaluations
from services.evaluations.scenes import sheet_of
from services.meetings.scenes import House
from support.branches import SettableClock, add, sample_people
from support.contents import assert_sound


@pytest.fixture
def sampled(house: House) -> House:
    """The house with more people and the sample in it."""
    people = [{**one, "category": "正式党员", "arrived_on": "2016.1.1"} for one in sample_people(14, 3)]
    add(house.branch, people)
    sample_evaluations(house.branch)
    return house


def test_one_of_each_kind_in_different_states(sampled: House) -> None:
    rows = evaluation_list(sampled.branch)
    assert Counter(row.kind for row in rows) == {
        "evaluation.appraisal": 2,
        "evaluation.committee": 1,
        "evaluation.secretary": 1,
        "evaluation.stars": 1,
        "evaluation.key_work": 1,
    }
    assert Counter(row.state for row in rows) == {EvaluationState.OPEN: 5, EvaluationState.FINAL: 1}
    assert_sound(sampled.branch)


def test_a_batch_agrees_one_differs_and_one_waits(sampled: House) -> None:
    uid = next(row.uid for row in evaluation_list(sampled.branch, year=2026))
    batches = sheet_of(sampled, uid).evaluation.batches
    assert [(len(one.passes), len(differences(one))) for one in batches] == [(2, 0), (2, 2), (0, 0)]


def test_stars_stand_in_every_state_and_nothing_is_wrong_with_them(sampled: House) -> None:
    uid = next(row.uid for row in evaluation_list(sampled.branch) if row.kind == "evaluation.stars")
    sheet = sheet_of(sampled, uid)
    assert {one.state for one in sheet.evaluation.stars} == set(StarState)
    assert [one.sentence for one in sheet.findings if one.severity > Severity.NOTE] == []


def test_only_what_is_meant_is_wrong_with_the_sample(sampled: House) -> None:
    wrong = {
        (row.kind, one.code)
        for row in evaluation_list(sampled.branch)
        for one in sheet_of(sampled, row.uid).findings
        if one.severity > Severity.NOTE
    }
    assert wrong == {("evaluation.appraisal", "passes_differ")}


def test_the_sample_is_chinese_in_any_language_and_can_be_made_on_the_first_day_of_a_year(
    house: House, the_clock: SettableClock
) -> None:
    the_clock.set(2027, 1, 1)
    speak(Language.ENGLISH)
    sample_evaluations(house.branch)
    rows = evaluation_list(house.branch)
    assert Counter(row.year for row in rows) == {2027: 5, 2026: 1}
    assert all("年度" in row.title for row in rows)
    marks = [mark for row in rows for mark in sheet_of(house, row.uid).evaluation.steps]
    assert max(str(mark.done_on) for mark in marks) <= "2027-01-01"
    assert_sound(house.branch)
