"""An evaluation made final: what it says stays, with a hash that comes out again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from branchdesk.domain.evaluations.hashing import input_hash
from branchdesk.domain.evaluations.model import EvaluationState
from branchdesk.forms.writing import write_form
from branchdesk.i18n import Language, speak
from branchdesk.services.evaluations import deciding, heads, life, planning, reading, scores, stars, steps
from branchdesk.services.evaluations.frozen import freeze, thaw
from branchdesk.services.evaluations.life import NotReady
from branchdesk.services.evaluations.reading import EvaluationSheet, frozen_sheet
from branchdesk.services.evaluations.schemes import scheme_of
from branchdesk.services.forms import copy_form, publish_form, shelf
from branchdesk.services.frozen_texts import seal
from branchdesk.services.members import move_to_bin, set_fields
from services.evaluations.scenes import (
    APPRAISAL,
    KEY_WORK,
    SECRETARY,
    STARS,
    begin,
    counted,
    evaluation_of,
    named,
    sheet_of,
    walk,
)
from services.meetings.scenes import House
from services.points.ledgers import WATCH, enter
from support.contents import assert_sound, facts
from support.problems import refused


def decided(house: House, kind: str = APPRAISAL) -> str:
    """An appraisal whose ballots were counted and whose grades are decided."""
    uid = begin(house, kind)
    counted(house, uid, {"何静": {"excellent": 8, "qualified": 1}})
    walk(house, uid, "decide")
    sheet = sheet_of(house, uid)
    deciding.decide(house.branch, uid, {one.uid: sheet.suggested[one.uid] for one in sheet.on_ballot})
    return uid


def said(sheet: EvaluationSheet) -> object:
    """What a sheet says, without the day on which it is looked at."""
    return replace(sheet, today=sheet.thresholds.ballots_least.effective_from)


def test_a_final_evaluation_says_for_ever_what_it_said(house: House) -> None:
    enter(house, "何静", WATCH)
    uid = decided(house)
    before = sheet_of(house, uid)
    done = life.finalise(house.branch, uid, accept=True)
    assert done.changes.label == "2026 年度民主评议党员 定稿"
    final = sheet_of(house, uid)
    assert (final.is_frozen, final.frozen_on, final.evaluation.result_hash) == (
        True,
        "2026-11-21",
        before.hash,
    )
    assert final.points == before.points
    set_fields(house.branch, {house.people["何静"]: {"name": "何晶", "group": "第二党小组"}})
    move_to_bin(house.branch, [house.people["马俊杰"]], "调走")
    enter(house, "何静", WATCH, on="2026.7.1")
    later = sheet_of(house, uid)
    assert said(later) == said(final)
    assert named(house, uid, "何静").group == "第一党小组"
    assert_sound(house.branch)


def test_computing_again_under_the_stored_version_gives_the_same_hash(house: House) -> None:
    """Also after a newer version of the form weighs otherwise."""
    form = copy_form(house.branch, APPRAISAL, "evaluation.own_appraisal", "本支部评议")
    first = write_form(form)
    publish_form(house.branch, first)
    uid = decided(house, "evaluation.own_appraisal")
    before = sheet_of(house, uid)
    life.finalise(house.branch, uid, accept=True)
    second = first.replace("version = 1", "version = 2").replace("denominator = 3", "denominator = 2")
    assert second.count("denominator = 2") == 1
    publish_form(house.branch, second)
    assert shelf(house.branch).form("evaluation.own_appraisal").version == 2
    final = sheet_of(house, uid)
    assert final.form.version == 1
    assert final.hash == final.evaluation.result_hash == before.hash
    newer = scheme_of(shelf(house.branch).form("evaluation.own_appraisal"))
    assert input_hash(newer, final.evaluation) != before.hash
    assert reading.versions(house.branch, uid)[0].result_hash == before.hash


def test_the_hash_is_the_same_in_both_languages(house: House) -> None:
    uid = decided(house)
    before = sheet_of(house, uid).hash
    speak(Language.ENGLISH)
    assert sheet_of(house, uid).hash == before
    life.finalise(house.branch, uid, accept=True)
    assert sheet_of(house, uid).evaluation.result_hash == before


def test_what_was_made_final_reads_back_to_the_same_text(house: House) -> None:
    uid = begin(house, STARS)
    he = named(house, uid, "何静").uid
    stars.declare(house.branch, uid, he, "serve", "全年接待群众。")
    scores.set_cells(house.branch, uid, {(he, "self"): "90.5"}, "serve")
    steps.begin_step(house.branch, uid, "publicity", "2026.11.12")
    life.finalise(house.branch, uid, accept=True)
    row = next(iter(facts(house.branch)["record_version"].values()))
    assert row["sha256"] == seal(row["content"])
    shown = sheet_of(house, uid)
    assert freeze(replace(shown, evaluation=replace(shown.evaluation))) == row["content"]
    assert thaw(row["content"]).evaluation == shown.evaluation
    assert json.loads(row["content"])["evaluation"]["stars"][0]["deeds"] == "全年接待群众。"


def test_what_is_missing_stands_against_it_and_is_named(house: House) -> None:
    uid = begin(house)
    found = life.against(house.branch, uid)
    assert [one.code for one in found] == ["undecided", "steps_open"]
    with pytest.raises(NotReady, match="还有 9 人没有评定等次") as caught:
        life.finalise(house.branch, uid, accept=True)
    assert not caught.value.may_be_accepted
    done = decided(house, _own(house))
    with pytest.raises(NotReady, match="还有 4 个步骤没有完成：“组织评定”、“反馈”、“公示”") as caught:
        life.finalise(house.branch, done)
    assert caught.value.may_be_accepted
    life.finalise(house.branch, done, accept=True)
    assert life.against(house.branch, uid)


def _own(house: House) -> str:
    form = copy_form(house.branch, APPRAISAL, "evaluation.own_again", "本支部评议")
    publish_form(house.branch, write_form(form))
    return form.kind


def test_missing_scores_and_stars_on_their_way_are_named(house: House) -> None:
    uid = begin(house, STARS)
    he = named(house, uid, "何静").uid
    stars.declare(house.branch, uid, he, "serve")
    scores.set_cells(house.branch, uid, {(he, "self"): "90"}, "serve")
    sentences = {one.code: one.sentence for one in life.against(house.branch, uid)}
    assert "1 人的得分不全（何静）" in sentences["scores_missing"]
    assert "还有 1 项申报没有授星" in sentences["stars_open"]
    work = begin(house, KEY_WORK)
    found = {one.code: one.sentence for one in life.against(house.branch, work)}
    assert "10 人的得分不全（周建国、王敏、赵立新" in found["scores_missing"]


def test_nothing_can_be_changed_in_a_final_evaluation(house: House) -> None:
    uid = decided(house)
    he = named(house, uid, "何静").uid
    life.finalise(house.branch, uid, accept=True)
    for work in (
        lambda: heads.set_head(house.branch, uid, {"place": "会议室"}),
        lambda: deciding.decide(house.branch, uid, {he: "qualified"}, "理由"),
        lambda: planning.refresh_subjects(house.branch, uid),
        lambda: planning.remove_evaluations(house.branch, [uid], "错了"),
        lambda: steps.finish_step(house.branch, uid, "decide"),
        lambda: life.finalise(house.branch, uid),
    ):
        with refused("已定稿", "重新打开"):
            work()


def test_opening_again_keeps_what_was_final_and_counts_the_next_time(house: House) -> None:
    uid = decided(house)
    life.finalise(house.branch, uid, accept=True)
    first = frozen_sheet(house.branch, uid, 0)
    with refused("请写明重新打开的原因"):
        life.reopen(house.branch, uid, " ")
    done = life.reopen(house.branch, uid, "漏了公示情况")
    assert done.changes.label == "重新打开 2026 年度民主评议党员：漏了公示情况"
    he = named(house, uid, "何静").uid
    deciding.decide(house.branch, uid, {he: "qualified"}, "核实后调整")
    life.finalise(house.branch, uid, accept=True)
    assert said(frozen_sheet(house.branch, uid, 0)) == said(first)
    assert named(house, uid, "何静").grade == "qualified"
    told = [(one.revision, one.reopened_why) for one in reading.versions(house.branch, uid)]
    assert told == [(0, "漏了公示情况"), (1, "")]
    assert len({one.result_hash for one in reading.versions(house.branch, uid)}) == 2
    with refused("没有第 3 次定稿的内容"):
        frozen_sheet(house.branch, uid, 2)
    with refused("还没有定稿，可以直接修改"):
        life.reopen(house.branch, begin(house, SECRETARY), "理由")


def test_a_final_evaluation_goes_into_the_archive(house: House) -> None:
    uid = decided(house)
    with refused("还没有定稿，不能归档"):
        life.archive(house.branch, uid)
    life.finalise(house.branch, uid, accept=True)
    done = life.archive(house.branch, uid)
    assert evaluation_of(house, uid).state is EvaluationState.ARCHIVED
    with refused("已经归档"):
        life.archive(house.branch, uid)
    house.branch.undo(done.changes.seq)
    assert evaluation_of(house, uid).state is EvaluationState.FINAL


def test_finalising_can_be_undone_but_not_what_was_written_before_it(house: House) -> None:
    uid = decided(house)
    ma = named(house, uid, "马俊杰").uid
    written = deciding.set_opinion(house.branch, uid, ma, {"opinion": "同意"})
    before = facts(house.branch)
    done = life.finalise(house.branch, uid, accept=True)
    with refused("“2026 年度民主评议党员”已定稿，这一步不能撤销"):
        house.branch.undo(written.changes.seq)
    house.branch.undo(done.changes.seq)
    assert facts(house.branch) == before
    house.branch.undo(written.changes.seq)
    assert named(house, uid, "马俊杰").opinion == ""


def test_opening_again_is_not_undone_once_something_was_written(house: House) -> None:
    uid = decided(house)
    life.finalise(house.branch, uid, accept=True)
    opened = life.reopen(house.branch, uid, "补记")
    house.branch.undo(opened.changes.seq)
    assert evaluation_of(house, uid).state is EvaluationState.FINAL
    opened = life.reopen(house.branch, uid, "补记")
    deciding.set_opinion(house.branch, uid, named(house, uid, "马俊杰").uid, {"opinion": "同意"})
    with refused("后来又有修改，不能直接恢复为定稿"):
        house.branch.undo(opened.changes.seq)


def test_the_lines_of_the_secretary_s_form_are_frozen_as_well(house: House) -> None:
    uid = begin(house, SECRETARY)
    line = heads.add_line(house.branch, uid, "rectification_list", {"problem": "学习不够"}).line
    heads.set_line(house.branch, uid, "rectification_list", line, {"measure": "每月集中学习一次"})
    gone = heads.add_line(house.branch, uid, "rectification_list", {"problem": "重复"}).line
    heads.remove_lines(house.branch, uid, "rectification_list", [gone])
    held = {"problem": "学习不够", "measure": "每月集中学习一次"}
    assert [dict(one.values) for one in sheet_of(house, uid).lines["rectification_list"]] == [held]
    later = heads.add_line(house.branch, uid, "rectification_list", {"problem": "后来的"}).line
    heads.move_line(house.branch, uid, "rectification_list", later, 0)
    assert [one.uid for one in sheet_of(house, uid).lines["rectification_list"]] == [later, line]
    heads.remove_lines(house.branch, uid, "rectification_list", [later])
    subject = evaluation_of(house, uid).subjects[0].uid
    deciding.decide(house.branch, uid, {subject: "good"}, "上级评定")
    life.finalise(house.branch, uid, accept=True)
    assert [dict(one.values) for one in sheet_of(house, uid).lines["rectification_list"]] == [held]
