"""Spot checks: drawn by lot with a seed that is kept, and findings that become problems of the same loop."""

from __future__ import annotations

from functools import partial

import pytest

from branchdesk.domain.inspections.issues import IssueSource
from branchdesk.services import history, recycle_bin
from branchdesk.services.history import UndoHistory
from branchdesk.services.inspections import issues, planning, spot_checks
from branchdesk.services.inspections.spot_checks import Scope, SpotCheck
from branchdesk.storage.changes import NOTHING
from services.meetings.scenes import COMMITTEE, House
from support.branches import SettableClock, add_one
from support.contents import assert_sound, facts
from support.problems import refused


def drawn(house: House, scope: str = "members", size: int = 3, seed: int | None = 20261121) -> str:
    """A spot check; its uid."""
    return spot_checks.draw_spot_check(house.branch, house.root, scope, size, seed=seed).uid


def seen(house: House, uid: str) -> SpotCheck:
    """A spot check as it stands."""
    return spot_checks.spot_check(house.branch, uid)


def test_a_draw_is_one_step_that_keeps_its_seed(house: House) -> None:
    before, done = facts(house.branch), UndoHistory(house.branch)
    outcome = spot_checks.draw_spot_check(house.branch, house.root, Scope.MEMBERS, 3)
    done.note(outcome.changes)
    after, check = facts(house.branch), seen(house, outcome.uid)
    assert outcome.changes.label == "随机抽查 3 项"
    assert (check.title, check.number, check.on) == ("2026年第1次随机抽查", 1, "2026-11-21")
    assert (check.values["size"], check.values["seed"]) == ("3", str(check.seed))
    assert check.organisation_name == "中共青石镇河西村支部委员会"
    assert len({line.target for line in check.lines}) == 3
    assert {line.target for line in check.lines} <= set(house.people.values())
    assert {line.entity for line in check.lines} == {"member"}
    assert all("党小组）" in line.item for line in check.lines)
    done.undo()
    assert facts(house.branch) == before
    done.redo()
    assert facts(house.branch) == after
    assert_sound(house.branch)


def test_what_is_typed_with_a_draw_is_part_of_its_one_step(house: House) -> None:
    typed = {"checked_on": "2026.11.20", "told": "何静"}
    before, done = facts(house.branch), UndoHistory(house.branch)
    outcome = spot_checks.draw_spot_check(house.branch, house.root, Scope.MEMBERS, 2, typed=typed)
    done.note(outcome.changes)
    check = seen(house, outcome.uid)
    assert (check.on, "何静" in check.values["told"]) == ("2026-11-20", True)
    assert spot_checks.spot_check_list(house.branch)[0].on == "2026-11-20"
    done.undo()
    assert facts(house.branch) == before
    with pytest.raises(KeyError):
        spot_checks.draw_spot_check(house.branch, house.root, Scope.MEMBERS, 2, typed={"seed": "1"})
    assert facts(house.branch) == before


def test_the_same_seed_draws_the_same_again_and_another_one_others(house: House) -> None:
    first = [line.target for line in seen(house, drawn(house)).lines]
    assert [line.target for line in seen(house, drawn(house)).lines] == first
    others = {tuple(line.target for line in seen(house, drawn(house, seed=seed)).lines) for seed in range(9)}
    assert len(others) > 1
    assert seen(house, drawn(house, seed=None)).seed != seen(house, drawn(house, seed=None)).seed


def test_meetings_of_the_year_are_drawn_with_their_day(house: House) -> None:
    for day in ("2026.3.2", "2026.10.12", "2025.5.5", "2026.12.20"):
        house.plan(COMMITTEE, held=day)
    check = seen(house, drawn(house, "meetings", 2))
    assert sorted(line.dated for line in check.lines) == ["2026-03-02", "2026-10-12"]
    assert {line.entity for line in check.lines} == {"record"}


@pytest.mark.parametrize(
    ("scope", "size", "words"),
    [
        ("members", 0, "可以抽查的共 10 项，抽不出 0 项"),
        ("members", 11, "可以抽查的共 10 项，抽不出 11 项"),
        ("meetings", 1, "今年还没有会议记录"),
    ],
)
def test_a_sample_that_there_is_not_is_refused(house: House, scope: str, size: int, words: str) -> None:
    before = facts(house.branch)
    with refused(words):
        drawn(house, scope, size)
    assert facts(house.branch) == before


def test_findings_are_noted_and_cleared(house: House) -> None:
    uid = drawn(house)
    line = seen(house, uid).lines[1]
    outcome = spot_checks.note_finding(house.branch, uid, line.uid, " 手机号还是旧的 ")
    assert outcome.changes.label == f"2026年第1次随机抽查 记录“{line.item}”的情况"
    assert [one.finding for one in seen(house, uid).lines] == ["", "手机号还是旧的", ""]
    (row,) = spot_checks.spot_check_list(house.branch)
    assert (row.drawn, row.found, row.scope, row.organisation_name) == (3, 1, Scope.MEMBERS, "河西村党支部")
    told = [(one.field, one.after) for one in history.record_history(house.branch, uid)]
    assert ("样本 发现的问题", "手机号还是旧的") in told
    assert not [field for field, _after in told if "target" in field or "entity" in field]
    spot_checks.note_finding(house.branch, uid, line.uid, "")
    assert spot_checks.spot_check_list(house.branch)[0].found == 0
    with refused("这一行已经不在了"):
        spot_checks.note_finding(house.branch, uid, "nowhere", "x")


def test_a_finding_becomes_one_problem_of_the_same_loop(house: House) -> None:
    uid = drawn(house)
    line = seen(house, uid).lines[0]
    with refused("还没有写发现的问题"):
        spot_checks.issue_from(house.branch, uid, line.uid)
    spot_checks.note_finding(house.branch, uid, line.uid, "手机号还是旧的")
    before = facts(house.branch)
    made = spot_checks.issue_from(house.branch, uid, line.uid)
    known = issues.issue(house.branch, made.uid)
    assert (known.source, known.found_in) == (IssueSource.SPOT_CHECK, uid)
    assert known.text == f"{line.item}：手机号还是旧的"
    assert known.basis == "2026年第1次随机抽查"
    assert seen(house, uid).lines[0].issue == known
    again = spot_checks.issue_from(house.branch, uid, line.uid)
    assert (again.uid, again.changes) == (made.uid, NOTHING)
    (row,) = issues.issue_list(house.branch)
    assert row.found_in_title == "2026年第1次随机抽查"
    house.branch.undo(made.changes.seq)
    assert facts(house.branch) == before


def test_a_problem_that_lies_in_the_bin_is_made_anew(house: House) -> None:
    uid = drawn(house)
    line = seen(house, uid).lines[0]
    spot_checks.note_finding(house.branch, uid, line.uid, "手机号还是旧的")
    made = spot_checks.issue_from(house.branch, uid, line.uid).uid
    issues.remove_issues(house.branch, [made], "重了")
    assert seen(house, uid).lines[0].issue is None
    assert spot_checks.issue_from(house.branch, uid, line.uid).uid != made


def test_fields_are_typed_but_the_draw_stays(house: House) -> None:
    uid = drawn(house)
    found = spot_checks.set_spot_check(
        house.branch, uid, {"checked_on": "2026.11.19", "inspectors": "赵立新、邹丽", "told": "何静"}
    )
    assert found.findings == ()
    check = seen(house, uid)
    assert (check.on, check.values["inspectors"]) == ("2026-11-19", "赵立新、邹丽")
    assert spot_checks.spot_check_list(house.branch)[0].on == "2026-11-19"
    assert spot_checks.set_spot_check(house.branch, uid, {"checked_on": "十一月"}).findings
    assert seen(house, uid).values["checked_on"] == "十一月"
    for field in ("seed", "size", "scope", "nothing"):
        with pytest.raises(KeyError):
            spot_checks.set_spot_check(house.branch, uid, {field: "1"})


def test_spot_checks_are_counted_by_year_and_wait_in_the_bin(house: House, the_clock: SettableClock) -> None:
    first = drawn(house)
    planning.remove_inspections(house.branch, [first], "")
    assert seen(house, drawn(house)).number == 2
    (item,) = recycle_bin.bin_items(house.branch)
    assert item.kind == "抽查"
    recycle_bin.take_back(house.branch, [item])
    assert [row.title[:7] for row in spot_checks.spot_check_list(house.branch)] == ["2026年第2", "2026年第1"]
    the_clock.set(2027, 1, 5)
    assert seen(house, drawn(house)).number == 1
    assert len(spot_checks.spot_check_list(house.branch, house.root, 2026)) == 2
    assert spot_checks.spot_check_list(house.branch, house.groups["第一党小组"]) == []


def test_a_number_is_not_given_again_when_its_spot_check_left_the_bin(
    house: House, the_clock: SettableClock
) -> None:
    the_clock.set(2026, 2, 1)
    planning.remove_inspections(house.branch, [drawn(house)], "")
    the_clock.set(2026, 11, 21)
    recycle_bin.empty_expired(house.branch)
    assert recycle_bin.bin_items(house.branch) == []
    assert seen(house, drawn(house)).number == 2


def test_no_undoing_leaves_a_gap_between_spot_checks_or_gives_a_number_twice(house: House) -> None:
    draw = partial(spot_checks.draw_spot_check, house.branch, house.root, Scope.MEMBERS, 3)
    first, second = draw().changes, draw().changes
    with refused("第 2 次抽查已经抽取，第 1 次不能再撤销", "次数会保留"):
        house.branch.undo(first.seq)
    undone = house.branch.undo(second.seq)
    assert seen(house, draw().uid).number == 2
    with refused("第 2 号已经给了别的单子"):
        house.branch.undo(undone.seq)
    assert_sound(house.branch)


def test_who_came_later_is_drawn_by_a_later_check_only(house: House) -> None:
    before = [line.target for line in seen(house, drawn(house, size=10)).lines]
    uid = add_one(house.branch, "许志远", arrived_on="2026.11.1")
    assert uid not in before
    assert uid in {line.target for line in seen(house, drawn(house, size=11)).lines}
