"""Stars on their way from self-declaration to the plaque."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.evaluations.model import Star, StarState
from branchdesk.domain.meetings.model import Presence
from branchdesk.services.evaluations import deciding, planning
from branchdesk.services.evaluations.stars import declare, move_star, withdraw, write_deeds, write_star
from branchdesk.services.evaluations.steps import begin_step, finish_step
from services.evaluations.scenes import (
    APPRAISAL,
    KEY_WORK,
    STARS,
    begin,
    evaluation_of,
    named,
    sheet_of,
    walk,
)
from services.meetings.scenes import House
from services.points.ledgers import held
from support.contents import facts
from support.problems import refused


def star(house: House, uid: str) -> Star:
    return evaluation_of(house, uid).stars[0]


def declared(house: House, name: str = "何静") -> tuple[str, str]:
    uid = begin(house, STARS)
    return uid, declare(house.branch, uid, named(house, uid, name).uid, "serve", "全年接待群众。").line


def test_a_star_goes_through_all_steps_and_every_one_can_be_undone(house: House) -> None:
    uid, one = declared(house)
    before = [facts(house.branch)]
    seqs = []
    moves: tuple[tuple[StarState, dict[str, str]], ...] = (
        (StarState.RECOMMENDED, {"votes_for": "9", "votes_of": "10 人", "opinion": "支部推荐"}),
        (StarState.REVIEWED, {"opinion": "同意"}),
        (StarState.APPROVED, {}),
    )
    for to, texts in moves:
        done = move_star(house.branch, uid, one, to, texts)
        seqs.append(done.changes.seq)
        before.append(facts(house.branch))
    assert done.changes.label == "何静 的“为民服务之星”改为“党组研究”"
    made = star(house, uid)
    assert (made.state, made.votes_for, made.votes_of, made.opinion) == (StarState.APPROVED, 9, 10, "同意")
    with refused("“群众监督”还没有完成"):
        move_star(house.branch, uid, one, StarState.AWARDED)
    walk(house, uid, "publicity", "2026.11.12")
    begin_step(house.branch, uid, "publicity", "2026.11.12")
    finish_step(house.branch, uid, "publicity", "2026.11.20")
    last = move_star(house.branch, uid, one, "awarded", {"from_day": "2026.12.1", "until_day": "2027.11.30"})
    assert star(house, uid).state is StarState.AWARDED
    assert star(house, uid).from_day == date(2026, 12, 1)
    house.branch.undo(last.changes.seq)
    assert (star(house, uid).state, star(house, uid).from_day) == (StarState.APPROVED, None)
    for seq, expected in zip(reversed(seqs), reversed(before[:-1]), strict=True):
        house.branch.undo(seq)
        assert facts(house.branch)["star"] == expected["star"]


def test_an_objection_is_handled_before_a_star_is_awarded(house: House) -> None:
    uid, one = declared(house)
    walk(house, uid, "publicity", "2026.11.12")
    finish_step(house.branch, uid, "publicity", "2026.11.20")
    for to in ("recommended", "reviewed", "approved"):
        move_star(house.branch, uid, one, to)
    write_star(house.branch, uid, one, {"objection": "反映一次迟到"})
    with refused("公示中的异议还没有处理"):
        move_star(house.branch, uid, one, "awarded")
    done = move_star(house.branch, uid, one, "awarded", {"handled": "已核实，不影响"})
    assert [found.code for found in done.findings] == ["no_plaque_days"]


def test_a_step_that_is_left_out_is_passed_over_and_declining_needs_an_opinion(house: House) -> None:
    uid, one = declared(house)
    with refused("不能改为“党委审核”"):
        move_star(house.branch, uid, one, "reviewed")
    with refused("写明不授星的原因"):
        move_star(house.branch, uid, one, "declined")
    move_star(house.branch, uid, one, "declined", {"opinion": "票数不过半"})
    move_star(house.branch, uid, one, "declared")
    assert star(house, uid).state is StarState.DECLARED


@pytest.mark.parametrize(
    ("name", "why"),
    [("高峰", "受到“留党察看”处分"), ("胡强", "缺席 2 次"), ("宋伟", "民主评议等次为“基本合格”")],
)
def test_punishment_absence_and_a_low_grade_stand_against_a_star(house: House, name: str, why: str) -> None:
    for month in (3, 4, 5):
        away = {"胡强": Presence.ABSENT} if month > 3 else {}
        held(house, f"2026.{month}.3 15:00-16:00", away)
    appraisal = begin(house, APPRAISAL, 2025)
    deciding.decide(house.branch, appraisal, {named(house, appraisal, "宋伟").uid: "basic"}, "缺勤多")
    uid = begin(house, STARS)
    assert why in sheet_of(house, uid).disqualified[named(house, uid, name).uid]
    assert named(house, uid, "何静").uid not in sheet_of(house, uid).disqualified
    done = declare(house.branch, uid, named(house, uid, name).uid, "excel")
    assert [one.code for one in done.findings] == ["disqualified"]
    with refused(name, why, "不能授星"):
        move_star(house.branch, uid, done.line, "recommended")


def test_a_better_grade_of_this_year_counts_before_a_low_one_of_last_year(house: House) -> None:
    for year, grade in ((2025, "basic"), (2026, "qualified")):
        appraisal = begin(house, APPRAISAL, year)
        deciding.decide(house.branch, appraisal, {named(house, appraisal, "宋伟").uid: grade}, "研究")
    uid = begin(house, STARS)
    assert named(house, uid, "宋伟").uid not in sheet_of(house, uid).disqualified


def test_one_star_in_each_dimension_and_only_for_those_who_take_part(house: House) -> None:
    uid, _one = declared(house)
    he = named(house, uid, "何静").uid
    with refused("何静已经申报了“为民服务之星”"):
        declare(house.branch, uid, he, "serve")
    declare(house.branch, uid, he, "excel")
    ill = named(house, uid, "马俊杰").uid
    planning.set_taking_part(house.branch, uid, ill, takes_part=False, why="病休")
    with refused("马俊杰不参加这次评议"):
        declare(house.branch, uid, ill, "serve")
    work = begin(house, KEY_WORK)
    with refused("没有这个方面"):
        declare(house.branch, work, named(house, work, "何静").uid, "serve")


def test_deeds_that_are_too_long_are_kept_and_said(house: House) -> None:
    uid, one = declared(house)
    done = write_deeds(house.branch, uid, one, "好" * 1501)
    assert [found.code for found in done.findings] == ["deeds_too_long"]
    assert len(star(house, uid).deeds) == 1501
    assert [found.field for found in sheet_of(house, uid).findings] == [f"star:{one}"]
    with refused("“很多”不是整数"):
        write_star(house.branch, uid, one, {"votes_for": "很多"})
    with pytest.raises(KeyError):
        write_star(house.branch, uid, one, {"state": "awarded"})


def test_a_declaration_made_by_mistake_is_withdrawn(house: House) -> None:
    uid, one = declared(house)
    with refused("请写明撤回申报的原因"):
        withdraw(house.branch, uid, one, "")
    done = withdraw(house.branch, uid, one, "申报错了方面")
    assert done.changes.label == "撤回 何静 申报的“为民服务之星”：申报错了方面"
    assert evaluation_of(house, uid).stars == ()
    house.branch.undo(done.changes.seq)
    assert star(house, uid).deeds == "全年接待群众。"


def test_a_star_of_somebody_who_takes_no_part_any_more_goes_no_further(house: House) -> None:
    uid, one = declared(house)
    planning.set_taking_part(
        house.branch, uid, named(house, uid, "何静").uid, takes_part=False, why="组织关系已转出"
    )
    with refused("何静没有参加这次评议，不能授星"):
        move_star(house.branch, uid, one, "recommended")
    move_star(house.branch, uid, one, "declined", {"opinion": "组织关系已转出"})
    assert star(house, uid).state is StarState.DECLINED
    assert [found for found in sheet_of(house, uid).findings if found.is_error] == []
