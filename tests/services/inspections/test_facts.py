"""Facts as a whole: every question is answered from the period's records, with evidence that opens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.model import Evidence, Fact
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.forms.language import shipped_form
from branchdesk.forms.words import FACTS, PERCENT
from branchdesk.i18n import Language, speak
from branchdesk.services import members, organisations, recycle_bin
from branchdesk.services.inspections.facts import FACT_QUESTIONS, answer_facts
from branchdesk.services.inspections.facts.period_records import read_period
from branchdesk.services.meetings import life, planning, reading
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.storage.branch import Branch
from services.inspections.ready import ready
from services.meetings.scenes import ASSEMBLY, House, settle
from support.branches import SettableClock
from support.counting import statements

FIRST, THIRD, FOURTH = (Period(2026, number, "quarter") for number in (1, 3, 4))


def facts(
    house: House, period: Period = FOURTH, names: Collection[str] = tuple(FACTS), today: date | None = None
) -> dict[str, Fact]:
    return answer_facts(house.branch, house.root, period, names, today or date(2027, 1, 12))


def with_a_year(branch: Branch) -> tuple[House, None]:
    house = settle(branch)
    sample_meetings(branch, 2026)
    return house, None


@pytest.fixture
def year(tmp_path: Path, the_clock: SettableClock) -> House:
    """The branch of the tests with a year of sixty meetings behind it."""
    the_clock.set(2027, 1, 12)
    return ready(tmp_path, with_a_year)[0]


def opens(branch: Branch, evidence: Evidence) -> bool:
    """Whether a click on a piece of evidence leads to something."""
    match evidence.entity:
        case "record":
            return bool(reading.meeting(branch, evidence.uid))
        case "member":
            return members.member_file(branch, evidence.uid) is not None
        case "organisation":
            return evidence.uid in organisations.organisation_tree(branch)
        case _:
            return False


def test_the_questions_are_those_of_the_form_language() -> None:
    assert list(FACT_QUESTIONS) == list(FACTS)


def test_a_quarter_of_records_fills_at_least_twelve_indicators_by_itself(year: House) -> None:
    found = facts(year)
    answered = {name for name, fact in found.items() if fact.value is not None}
    form = shipped_form("inspection.quarter")
    filled = [one for one in form.indicators if {rule.fact for rule in one.deduct} & answered]
    assert len(filled) >= 12
    for fact in found.values():
        assert fact.words.endswith("。")
        if fact.value is not None:
            assert 0 <= fact.value <= (100 if FACTS[fact.name] == PERCENT else 1000)


def test_every_piece_of_evidence_opens_or_says_what_is_not_there(year: House) -> None:
    answers = [fact for period in (FIRST, THIRD, FOURTH) for fact in facts(year, period).values()]
    evidence = [one for fact in answers for one in fact.evidence]
    assert len(evidence) > 100
    for one in {(each.entity, each.uid, bool(each.lacking)): each for each in evidence}.values():
        if one.uid:
            assert opens(year.branch, one)
        else:
            assert (one.entity, bool(one.lacking)) == ("", True)


@pytest.mark.parametrize("period", [FIRST, FOURTH])
def test_deleting_a_meeting_changes_exactly_what_rests_on_it(year: House, period: Period) -> None:
    rows = reading.meeting_list(year.branch)
    inside = [row for row in rows if row.on and period.start <= row.on.first_day() <= period.end]
    one_of_each = {row.kind: row for row in inside}
    assert len(one_of_each) >= 6
    for row in one_of_each.values():
        if row.state.is_locked:
            life.reopen(year.branch, row.uid, "重复了")
        before = facts(year, period)
        resting = {name for name, fact in before.items() if row.uid in {one.uid for one in fact.evidence}}
        planning.remove_meetings(year.branch, [row.uid], "重复了")
        after = facts(year, period)
        assert {name for name in before if after[name] != before[name]} == resting != set()
        recycle_bin.take_back(year.branch, recycle_bin.bin_items(year.branch))
        assert facts(year, period) == before


def test_meetings_of_another_period_count_nowhere(house: House) -> None:
    before = facts(house, THIRD)
    uid = house.plan(held="2026.10.15 15:00-16:00")
    life.move(house.branch, uid, "held")
    assert facts(house, THIRD) == before
    assert facts(house)["assembly.missing"].value == 0
    assert [one.uid for one in facts(house)["assembly.missing"].evidence] == [uid]


def test_meetings_of_another_organisation_count_nowhere(house: House) -> None:
    organisations.set_profile(house.branch, house.root, {"kind": "党委"})
    other, _changes = organisations.add_organisation(
        house.branch, house.root, OrganisationKind.BRANCH, "中共青石镇河东村支部委员会"
    )
    before = facts(house)
    uid = planning.plan_meeting(house.branch, ASSEMBLY, other, {"held": "2026.10.15 15:00-16:00"}).uid
    life.move(house.branch, uid, "held")
    assert facts(house) == before
    theirs = answer_facts(house.branch, other, FOURTH, FACTS, date(2027, 1, 12))
    assert theirs["assembly.missing"].value == 0


def test_a_period_that_has_not_begun_answers_nothing(house: House) -> None:
    found = facts(house, Period(2027, 1, "quarter"), today=date(2026, 12, 31))
    assert {fact.value for fact in found.values()} == {None}
    assert found["committee.missing"].words == "2027年第一季度还没有开始，到时再取数。"


def test_only_what_is_asked_is_answered_and_nothing_is_read_for_nothing(house: House) -> None:
    assert list(facts(house, names=["roster.faults"])) == ["roster.faults"]
    with statements(house.branch) as sent:
        assert facts(house, names=[]) == {}
    assert sent == []
    with pytest.raises(KeyError):
        facts(house, names=["weather.fine"])


def test_the_questions_to_the_file_are_as_many_for_many_meetings_as_for_few(house: House) -> None:
    def asked() -> int:
        with statements(house.branch) as sent:
            read_period(house.branch, house.root, THIRD, date(2027, 1, 12))
        return len(sent)

    uid = house.plan(held="2026.7.15 15:00-16:00")
    life.move(house.branch, uid, "held")
    few = asked()
    sample_meetings(house.branch, 2026)
    assert asked() == few <= 40


def test_a_month_a_half_and_a_year_are_counted_as_well_as_a_quarter(year: House) -> None:
    def due(period: Period, name: str) -> list[str]:
        return [one.on for one in facts(year, period)[name].evidence if one.uid]

    assert len(due(Period(2026, 10, "month"), "committee.missing")) == 1
    assert len(due(Period(2026, 2, "half"), "committee.missing")) == 6
    assert len(due(Period(2026, 1, "year"), "committee.missing")) == 12
    october = facts(year, Period(2026, 10, "month"))["assembly.missing"]
    assert (october.value, october.words) == (None, "2026年10月没有按规定次数到期的事项。")
    assert len(due(Period(2026, 12, "month"), "assembly.missing")) == 1


def test_sentences_are_in_the_language_in_use_and_values_in_none(year: House) -> None:
    chinese = facts(year)
    speak(Language.ENGLISH)
    try:
        english = facts(year)
    finally:
        speak(Language.CHINESE)
    assert {name: fact.value for name, fact in english.items()} == {
        name: fact.value for name, fact in chinese.items()
    }
