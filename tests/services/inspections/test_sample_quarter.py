"""The inspections of the sample branch: one being rectified, one half filled, and a spot check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.issues import IssueState
from branchdesk.domain.inspections.model import InspectionState, Stage
from branchdesk.findings import Severity
from branchdesk.i18n import Language, speak
from branchdesk.services.inspections import issues, life, proofs, reading, spot_checks
from branchdesk.services.inspections.issues import IssueQuery
from branchdesk.services.inspections.reading import Sheet
from branchdesk.services.inspections.sample_quarter import SampleInspections, sample_inspections
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.organisations import organisation_file
from branchdesk.storage.branch import Branch
from services.inspections.ready import ready
from services.meetings.scenes import House, settle, settled
from support.branches import SettableClock
from support.contents import assert_sound


def with_the_sample(branch: Branch) -> tuple[House, SampleInspections]:
    house = settle(branch)
    sample_meetings(branch, 2026)
    return house, sample_inspections(branch)


@pytest.fixture
def filled(tmp_path: Path, the_clock: SettableClock) -> tuple[House, SampleInspections]:
    the_clock.set(2026, 11, 21)
    return ready(tmp_path, with_the_sample)


@pytest.fixture
def house(filled: tuple[House, SampleInspections]) -> House:
    """The branch of the tests with the sample in it."""
    return filled[0]


@pytest.fixture
def made(filled: tuple[House, SampleInspections]) -> SampleInspections:
    """What the sample made."""
    return filled[1]


def told(one: Sheet) -> tuple[object, ...]:
    """What an inspection says, without identities."""
    return (
        one.inspection.title,
        one.inspection.state,
        dict(one.inspection.values),
        {line: (answer.record, answer.check) for line, answer in one.inspection.answers.items()},
        [line.score for line in (*one.self_lines, *one.check_lines)],
        {name: (fact.value, fact.words) for name, fact in one.facts.items()},
        [(issue.text, issue.responsible, issue.due_on, issue.done_on) for issue in one.issues],
    )


def told_of_all(branch: Branch) -> list[tuple[object, ...]]:
    return [told(reading.sheet(branch, row.uid)) for row in reading.inspection_list(branch)]


def test_the_last_quarter_is_scored_and_being_rectified(house: House, made: SampleInspections) -> None:
    shown = reading.sheet(house.branch, made.finished)
    assert shown.inspection.title == "2026年第三季度党建工作检查表"
    assert shown.inspection.state is InspectionState.RECTIFYING
    assert (shown.frozen_on, shown.self_total.empty, shown.self_total.auto) == ("2026-10-12", 0, 0)
    assert 80 < shown.check_total.score < shown.self_total.score < 100
    assert not [one for one in shown.findings if one.severity is Severity.ERROR]
    for line in shown.check_lines:
        if line.counts and line.points != line.score:
            assert line.reason
    assert reading.frozen_sheet(house.branch, made.finished, 0).facts == shown.facts


def test_one_of_its_problems_is_verified_one_on_its_way_and_one_overdue(
    house: House, made: SampleInspections
) -> None:
    rows = issues.issue_list(house.branch, IssueQuery(found_in=made.finished))
    assert [(row.issue.number, row.state, row.overdue > 0) for row in rows] == [
        (1, IssueState.VERIFIED, False),
        (2, IssueState.RECTIFYING, False),
        (3, IssueState.RECTIFYING, True),
    ]
    slip = rows[0].issue.verifications[0]
    assert (slip.number, slip.passed, slip.verifier != rows[0].issue.responsible) == (1, True, True)


def test_the_running_quarter_is_half_filled_and_counts_the_open_problem(
    house: House, made: SampleInspections
) -> None:
    shown = reading.sheet(house.branch, made.running)
    assert (shown.period, shown.inspection.state) == (Period(2026, 4), InspectionState.ISSUED)
    assert (shown.self_total.empty, shown.self_total.auto) == (9, 4)
    assert shown.facts["problems.open"].value == 1
    override = next(one for line in shown.self_lines for one in line.taken if one.overrides)
    assert (override.rule.fact, bool(override.why)) == ("theme_day.without_plan", True)
    by_hand = {(one.indicator, one.entity) for one in shown.inspection.proofs}
    assert by_hand == {("b1", "record"), ("f1", "attachment"), ("a5", "attachment")}
    for one in shown.inspection.proofs:
        if one.entity == "attachment":
            assert len(proofs.content_of(house.branch, one.target)[1]) > 500


def test_the_spot_check_found_something_and_made_a_problem_of_it(
    house: House, made: SampleInspections
) -> None:
    shown = spot_checks.spot_check(house.branch, made.spot_check)
    assert (shown.on, len(shown.lines), shown.seed) == ("2026-11-21", 3, 20261121)
    found = [line for line in shown.lines if line.finding]
    assert len(found) == 1
    assert found[0].issue is not None
    assert_sound(house.branch)


def test_a_clerk_can_finish_what_the_sample_began(house: House, made: SampleInspections) -> None:
    shown = reading.sheet(house.branch, made.finished)
    for one in shown.open_issues():
        issues.complete(house.branch, one.uid, "2026.11.20", "已办完")
        issues.verify(house.branch, one.uid, "赵立新", "2026.11.21", passed=True)
    life.move(house.branch, made.finished, InspectionState.VERIFIED, accept=True)
    life.archive(house.branch, made.finished)
    assert reading.sheet(house.branch, made.finished).inspection.state is InspectionState.ARCHIVED


def test_every_branch_with_the_same_people_gets_the_same(house: House, tmp_path: Path) -> None:
    other = settled(tmp_path / "second")
    sample_meetings(other.branch, 2026)
    sample_inspections(other.branch)
    assert told_of_all(house.branch) == told_of_all(other.branch)
    assert len(told_of_all(other.branch)) == 2
    assert [term["number"] for term in organisation_file(house.branch, house.root).terms] == ["第五届"]


@pytest.mark.parametrize("day", [date(2027, 1, 4), date(2027, 4, 1), date(2027, 2, 28)])
def test_early_in_a_quarter_or_a_year_it_is_made_as_well(
    tmp_path: Path, the_clock: SettableClock, day: date
) -> None:
    house = settled(tmp_path)
    the_clock.set(day.year, day.month, day.day)
    sample_meetings(house.branch, day.year)
    speak(Language.ENGLISH)
    try:
        made = sample_inspections(house.branch)
    finally:
        speak(Language.CHINESE)
    shown = reading.sheet(house.branch, made.finished)
    assert shown.self_total.empty == 0
    assert shown.check_total.score > 80
    assert not [one for one in shown.findings if one.severity is Severity.ERROR]
    assert shown.facts["roster.faults"].words.endswith("。")
    assert shown.line("a1", Stage.CHECK).score == 3
    assert_sound(house.branch)
