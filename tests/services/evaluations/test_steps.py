"""The steps of an evaluation, publicity over working days among them."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.services.evaluations import ballots, deciding, heads, steps
from branchdesk.services.evaluations.life import NotReady
from branchdesk.services.evaluations.steps import begin_step, finish_step, reopen_step, skip_step
from services.evaluations.scenes import STARS, begin, counted, evaluation_of, sheet_of, walk
from services.meetings.scenes import House
from support.contents import facts
from support.problems import refused


def state(house: House, uid: str, step: str) -> str:
    return next(one.state.value for one in sheet_of(house, uid).progress if one.step.id == step)


def test_steps_are_finished_one_after_another_and_undone(house: House) -> None:
    uid = begin(house)
    before = facts(house.branch)
    done = finish_step(house.branch, uid, "prepare", "11.2", "学习和谈心谈话")
    assert done.changes.label == "2026 年度民主评议党员 完成“准备”"
    mark = evaluation_of(house, uid).done("prepare")
    assert mark is not None
    assert (mark.done_on, mark.note) == (date(2026, 11, 2), "学习和谈心谈话")
    assert state(house, uid, "self") == "current"
    house.branch.undo(done.changes.seq)
    assert facts(house.branch) == before


def test_a_step_waits_for_those_before_it_and_for_its_day(house: House) -> None:
    uid = begin(house)
    with refused("“准备”还没有完成"):
        finish_step(house.branch, uid, "self")
    with refused("还没有到"):
        finish_step(house.branch, uid, "prepare", "2026.12.1")
    finish_step(house.branch, uid, "prepare", "2026.11.10")
    with refused("早于前面的日期 2026.11.10"):
        finish_step(house.branch, uid, "self", "2026.11.9")
    with refused("完成日期没有保存"):
        finish_step(house.branch, uid, "self", "下周")
    with refused("没有“unknown”这一步"):
        finish_step(house.branch, uid, "unknown")


def test_ballots_must_be_counted_twice_before_their_step_is_done(house: House) -> None:
    uid = begin(house)
    walk(house, uid, "ballot")
    with refused("还没有发出测评票"):
        finish_step(house.branch, uid, "ballot")
    counted(house, uid)
    finish_step(house.branch, uid, "ballot")
    assert state(house, uid, "decide") == "current"


def test_publicity_lasts_five_working_days(house: House) -> None:
    uid = begin(house, STARS)
    walk(house, uid, "approve", "2026.11.11")
    skip_step(house.branch, uid, "approve", skipped=True, why="没有设党组")
    begin_step(house.branch, uid, "publicity", "2026.11.13")  # a Friday
    with pytest.raises(NotReady, match=r"不少于 5 个工作日，最早 2026\.11\.20 结束") as caught:
        finish_step(house.branch, uid, "publicity", "2026.11.19")
    assert not caught.value.may_be_accepted
    finish_step(house.branch, uid, "publicity", "2026.11.20")
    mark = evaluation_of(house, uid).done("publicity")
    assert mark is not None
    assert (mark.begun_on, mark.done_on) == (date(2026, 11, 13), date(2026, 11, 20))


def test_the_head_says_when_publicity_began(house: House) -> None:
    uid = begin(house)
    counted(house, uid)
    walk(house, uid, "decide")
    deciding.decide(house.branch, uid, {one.uid: "qualified" for one in sheet_of(house, uid).on_ballot})
    walk(house, uid, "publicity")
    heads.set_head(house.branch, uid, {"publicity_from": "2026.11.18"})
    with refused("从 2026.11.18 开始"):
        finish_step(house.branch, uid, "publicity", "2026.11.20")
    first = "2026.11.13"
    with pytest.raises(NotReady, match=r"从 2026\.11\.13 开始，早于前面的步骤完成的 2026\.11\.16") as caught:
        finish_step(house.branch, uid, "publicity", "2026.11.20", begun=first)
    assert caught.value.may_be_accepted
    finish_step(house.branch, uid, "publicity", "2026.11.20", "公开栏", begun=first, accept=True)
    assert state(house, uid, "publicity") == "done"
    with refused("“公示”已经完成，开始日期不能再改"):
        begin_step(house.branch, uid, "publicity", "2026.11.17")
    with refused("“上报”不用公示"):
        begin_step(house.branch, uid, "report")


def test_the_day_of_a_finished_step_is_mended_but_never_moved_behind_a_later_one(house: House) -> None:
    uid = begin(house)
    finish_step(house.branch, uid, "prepare", "2026.11.3")
    finish_step(house.branch, uid, "self", "2026.11.5")
    with refused("完成日期 2026.11.10 晚于后面的“个人自评”（2026.11.05）"):
        finish_step(house.branch, uid, "prepare", "2026.11.10")
    finish_step(house.branch, uid, "prepare", "2026.11.4")
    mark = evaluation_of(house, uid).done("prepare")
    assert mark is not None
    assert mark.done_on == date(2026, 11, 4)


def test_ballots_that_do_not_add_up_keep_their_step_open(house: House) -> None:
    uid = begin(house)
    batch = counted(house, uid)
    walk(house, uid, "ballot")
    ballots.set_heads(house.branch, batch, {"returned": "12"})
    with refused("2026-01 批测评票：收回 12 张，比发出的 10 张还多"):
        finish_step(house.branch, uid, "ballot")
    ballots.set_heads(house.branch, batch, {"returned": "9"})
    finish_step(house.branch, uid, "ballot")
    assert state(house, uid, "ballot") == "done"


def test_an_optional_step_is_left_out_with_a_reason_and_taken_in_again(house: House) -> None:
    uid = begin(house, STARS)
    with refused("请写明不进行“党组研究”的原因"):
        skip_step(house.branch, uid, "approve", skipped=True)
    with refused("“支部推荐”是必经步骤"):
        skip_step(house.branch, uid, "recommend", skipped=True, why="忙")
    done = skip_step(house.branch, uid, "approve", skipped=True, why="没有设党组")
    assert done.changes.label == "2026 年度五星党员评选 不进行“党组研究”：没有设党组"
    assert state(house, uid, "approve") == "skipped"
    skip_step(house.branch, uid, "approve", skipped=False)
    assert state(house, uid, "approve") == "coming"
    assert evaluation_of(house, uid).steps == ()


def test_a_finished_step_is_opened_again_from_the_last_one(house: House) -> None:
    uid = begin(house)
    walk(house, uid, "mutual")
    with refused("后面的“个人自评”已经完成"):
        reopen_step(house.branch, uid, "prepare", "漏了谈话")
    with refused("请写明重新打开"):
        reopen_step(house.branch, uid, "self", " ")
    done = reopen_step(house.branch, uid, "self", "漏了两人")
    assert done.changes.label == "2026 年度民主评议党员 重新打开“个人自评”：漏了两人"
    assert state(house, uid, "self") == "current"
    house.branch.undo(done.changes.seq)
    assert state(house, uid, "self") == "done"


def test_the_note_of_deciding_explains_too_many_excellent_grades(house: House) -> None:
    uid = begin(house)
    counted(house, uid)
    subjects = [one.uid for one in sheet_of(house, uid).on_ballot]
    deciding.decide(house.branch, uid, dict.fromkeys(subjects, "excellent"), "突出")
    walk(house, uid, "decide")
    with pytest.raises(NotReady, match="超出 6 名") as caught:
        steps.finish_step(house.branch, uid, "decide")
    assert caught.value.may_be_accepted
    steps.finish_step(house.branch, uid, "decide", note="上级同意")
    assert state(house, uid, "decide") == "done"
    reopen_step(house.branch, uid, "decide", "再核对")
    assert [one.code for one in sheet_of(house, uid).findings] == ["quota_explained"]
