"""Beginning an inspection: one of each kind and period, in the form of its first day, with what is known."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.services import organisations, recycle_bin
from branchdesk.services.history import UndoHistory
from branchdesk.services.inspections import planning, reading
from branchdesk.storage.changes import NOTHING
from services.meetings.scenes import House
from support.branches import SettableClock
from support.contents import assert_sound, facts
from support.problems import refused
from support.quarter_sheets import QUARTER, SMALL, SPOT_CHECK, begun, fed_back


def test_an_inspection_begins_with_its_title_period_and_what_its_head_can_know(house: House) -> None:
    outcome = planning.start_inspection(house.branch, QUARTER, house.root, 2026, 4)
    one = reading.inspection(house.branch, outcome.uid)
    assert one.title == "2026年第四季度党建工作检查表"
    assert (one.state, one.year, one.number) == (InspectionState.DRAFTED, 2026, 4)
    assert one.organisation_name == "中共青石镇河西村支部委员会"
    assert one.values["secretary"] == "周建国"
    assert outcome.changes.label == "新建 2026年第四季度党建工作检查表"
    row = reading.inspection_list(house.branch)[0]
    assert (row.period, row.organisation_name) == (Period(2026, 4, "quarter"), "河西村党支部")
    assert (row.self_score, row.check_score, row.issues_open) == (row.self_score, None, 0)
    assert_sound(house.branch)


def test_beginning_is_one_step_that_is_taken_back_and_done_again(house: House) -> None:
    before, history = facts(house.branch), UndoHistory(house.branch)
    history.note(planning.start_inspection(house.branch, QUARTER, house.root, 2026, 4).changes)
    after = facts(house.branch)
    history.undo()
    assert facts(house.branch) == before
    history.redo()
    assert facts(house.branch) == after


def test_there_is_one_inspection_of_a_kind_and_period(house: House) -> None:
    begun(house.branch)
    with refused("已经有“2026年第四季度党建工作检查表”", "打开已有的"):
        begun(house.branch)
    begun(house.branch, number=3)
    begun(house.branch, year=2025)
    begun(house.branch, SMALL)
    assert len(reading.inspection_list(house.branch)) == 4


@pytest.mark.parametrize(
    ("year", "number", "words"),
    [(2026, 5, "一年有 4 期，没有第 5 期"), (2026, 0, "没有第 0 期"), (26, 1, "没有 26 这个年度")],
)
def test_a_period_that_there_is_not_is_refused(house: House, year: int, number: int, words: str) -> None:
    with refused(words):
        planning.start_inspection(house.branch, QUARTER, house.root, year, number)
    assert reading.inspection_list(house.branch) == []


def test_a_spot_check_has_no_period_and_is_not_begun_so(house: House) -> None:
    with refused("不是按期填写的检查表"):
        planning.start_inspection(house.branch, SPOT_CHECK, house.root, 2026, 4)


def test_the_running_period_is_proposed(house: House, the_clock: SettableClock) -> None:
    form = reading.kinds_of_inspections(house.branch)[0]
    assert planning.proposed_period(form) == Period(2026, 4, "quarter")
    the_clock.set(2027, 2, 1)
    assert planning.proposed_period(form) == Period(2027, 1, "quarter")


def test_lists_are_narrowed_by_place_and_year_the_newest_first(house: House) -> None:
    uids = [begun(house.branch, number=number) for number in (1, 3, 2)]
    begun(house.branch, year=2025)
    rows = reading.inspection_list(house.branch, house.root, 2026)
    assert [row.number for row in rows] == [3, 2, 1]
    assert {row.uid for row in rows} == set(uids)
    assert reading.inspection_list(house.branch, house.groups["第一党小组"]) == []
    assert reading.years_of_inspections(house.branch) == [2026, 2025]


def test_removing_puts_inspections_into_the_bin_and_they_come_back(house: House) -> None:
    uids = [begun(house.branch), begun(house.branch, SMALL)]
    before = facts(house.branch)
    changes = planning.remove_inspections(house.branch, uids, "建错了")
    assert changes.label == "删除 2026年第四季度党建工作检查表 等 2 份检查表"
    assert reading.inspection_list(house.branch) == []
    with refused("已在回收站里"):
        reading.sheet(house.branch, uids[0])
    items = recycle_bin.bin_items(house.branch)
    assert {item.kind for item in items} == {"检查表"}
    recycle_bin.take_back(house.branch, items)
    assert facts(house.branch) == before
    assert planning.remove_inspections(house.branch, [], "") is NOTHING


def test_a_signed_inspection_is_not_removed(house: House) -> None:
    uid = fed_back(house.branch)
    with refused("已反馈签字，不能删除", "重新打开"):
        planning.remove_inspections(house.branch, [uid], "")
    with refused("已经不在了"):
        reading.sheet(house.branch, "nowhere")


def test_what_was_made_anew_does_not_come_back_twice(house: House) -> None:
    for _time in range(2):
        planning.remove_inspections(house.branch, [begun(house.branch)], "")
    items = recycle_bin.bin_items(house.branch)
    with refused("在回收站里有两份"):
        recycle_bin.take_back(house.branch, items)
    begun(house.branch)
    before = facts(house.branch)
    with refused("同一期只填一份"):
        recycle_bin.take_back(house.branch, items[:1])
    assert facts(house.branch) == before


def test_no_undoing_brings_a_second_inspection_of_a_period(house: House) -> None:
    branch = house.branch
    started = planning.start_inspection(branch, QUARTER, house.root, 2026, 4)
    undone = branch.undo(started.changes.seq)
    first = begun(branch)
    with refused("同一期只填一份"):
        branch.undo(undone.seq)
    removed = planning.remove_inspections(branch, [first], "")
    second = begun(branch)
    before = facts(branch)
    with refused("同一期只填一份"):
        branch.undo(removed.seq)
    assert facts(branch) == before
    planning.remove_inspections(branch, [second], "")
    branch.undo(removed.seq)
    assert [row.uid for row in reading.inspection_list(branch)] == [first]


def test_the_name_of_the_organisation_is_that_of_the_period(house: House, the_clock: SettableClock) -> None:
    uid = begun(house.branch)
    the_clock.set(2027, 5, 1)
    name = "中共青石镇河东村支部委员会"
    organisations.rename_from(house.branch, house.root, name, "", date(2027, 4, 1))
    assert reading.sheet(house.branch, uid).inspection.organisation_name.endswith("河西村支部委员会")
