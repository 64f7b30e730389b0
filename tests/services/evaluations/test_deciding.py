"""Deciding grades: people decide, and say why where they differ from the tally."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.services.evaluations import deciding, scores, steps
from branchdesk.services.evaluations.deciding import decide
from services.evaluations.scenes import (
    COMMITTEE,
    KEY_WORK,
    STARS,
    begin,
    counted,
    evaluation_of,
    named,
    sheet_of,
    walk,
)
from services.meetings.scenes import House
from support.contents import facts
from support.problems import refused

EXCELLENT = {"excellent": 8, "qualified": 1}


def test_the_tally_suggests_and_a_grade_like_it_needs_no_reason(house: House) -> None:
    uid = begin(house)
    counted(house, uid, {"何静": EXCELLENT})
    he, ma = named(house, uid, "何静"), named(house, uid, "马俊杰")
    before = facts(house.branch)
    done = decide(house.branch, uid, {he.uid: "excellent", ma.uid: "qualified"})
    assert done.changes.label == "何静 等 2 人评定等次"
    assert (named(house, uid, "何静").grade, named(house, uid, "马俊杰").grade) == ("excellent", "qualified")
    house.branch.undo(done.changes.seq)
    assert facts(house.branch) == before


def test_a_decision_that_differs_from_the_tally_needs_a_reason(house: House) -> None:
    uid = begin(house)
    counted(house, uid, {"何静": EXCELLENT})
    he, ma = named(house, uid, "何静").uid, named(house, uid, "马俊杰").uid
    with refused("何静的测评建议是“优秀”，评为“合格”请写明理由", "等次由组织评定"):
        decide(house.branch, uid, {ma: "qualified", he: "qualified"})
    assert named(house, uid, "马俊杰").grade == "", "nothing of the block is stored"
    done = decide(house.branch, uid, {he: "qualified"}, "全年缺席三次主题党日")
    assert done.changes.label == "何静 评定为“合格”"
    assert named(house, uid, "何静").reason == "全年缺席三次主题党日"
    with refused("测评建议是“优秀”"):
        deciding.set_opinion(house.branch, uid, he, {"reason": ""})
    decide(house.branch, uid, {he: ""})
    assert (named(house, uid, "何静").grade, named(house, uid, "何静").reason) == ("", "")


def test_without_ballots_there_is_no_suggestion_and_every_grade_needs_a_reason(house: House) -> None:
    uid = begin(house)
    he = named(house, uid, "何静").uid
    with refused("没有可以参照的测评建议"):
        decide(house.branch, uid, {he: "qualified"})
    decide(house.branch, uid, {he: "qualified"}, "支委会研究")
    decide(house.branch, uid, {he: "qualified"})  # the same grade keeps its reason
    assert named(house, uid, "何静").reason == "支委会研究"


def test_who_gets_no_grade_is_given_none(house: House) -> None:
    uid = begin(house)
    with refused("林雪参加评议，但不评定等次", "预备党员"):
        decide(house.branch, uid, {named(house, uid, "林雪").uid: "qualified"}, "理由")
    with refused("没有“best”这个等次"):
        decide(house.branch, uid, {named(house, uid, "何静").uid: "best"}, "理由")
    committee = begin(house, COMMITTEE)
    with refused("不评定等次"):
        decide(house.branch, committee, {evaluation_of(house, committee).subjects[0].uid: "good"}, "理由")


def test_more_than_a_third_excellent_warns_until_somebody_says_why(house: House) -> None:
    uid = begin(house)
    subjects = [one.uid for one in sheet_of(house, uid).on_ballot]
    assert len(subjects) == 9
    done = decide(house.branch, uid, dict.fromkeys(subjects[:3], "excellent"), "表现突出")
    assert [one.code for one in done.findings] == ["quota_full"]
    done = decide(house.branch, uid, {subjects[3]: "excellent"}, "表现突出")
    assert [(one.code, one.field) for one in done.findings] == [("quota_exceeded", "grade:excellent")]
    assert "上限为 3 名，超出 1 名" in done.findings[0].sentence
    said = deciding.explain_quota(house.branch, uid, "全年承担防汛任务，上级同意")
    assert [one.code for one in said.findings] == ["quota_explained"]
    house.branch.undo(said.changes.seq)
    assert [one.code for one in sheet_of(house, uid).findings] == ["quota_exceeded"]
    with refused("没有评定等次的步骤"):
        deciding.explain_quota(house.branch, begin(house, STARS), "理由")


def test_a_total_suggests_a_grade_where_nobody_votes(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he = named(house, uid, "何静").uid
    parts = ("completion", "quality", "timeliness", "cooperation", "innovation")
    scores.set_cells(house.branch, uid, {(he, part): "85" for part in parts[:-1]})
    assert sheet_of(house, uid).suggested[he] == "", "who was not scored yet has not failed"
    scores.set_cells(house.branch, uid, {(he, parts[-1]): "85"})
    assert sheet_of(house, uid).suggested[he] == "good"
    decide(house.branch, uid, {he: "good"})


def test_opinion_improvement_and_the_day_of_telling_are_kept_as_typed(house: House) -> None:
    uid = begin(house)
    he = named(house, uid, "何静").uid
    texts = {"opinion": "同意评定意见。", "improvement": "多到窗口值班", "told_on": "2026.11.20"}
    deciding.set_opinion(house.branch, uid, he, texts)
    one = named(house, uid, "何静")
    assert (one.opinion, one.improvement, one.told_on) == (
        "同意评定意见。",
        "多到窗口值班",
        date(2026, 11, 20),
    )
    with refused("反馈日期没有保存"):
        deciding.set_opinion(house.branch, uid, he, {"told_on": "明天吧"})
    with pytest.raises(KeyError):
        deciding.set_opinion(house.branch, uid, he, {"grade": "qualified"})


def test_ballots_counted_anew_ask_again_for_the_reason_of_a_grade(house: House) -> None:
    uid = begin(house)
    counted(house, uid, {"何静": EXCELLENT})
    he = named(house, uid, "何静").uid
    decide(house.branch, uid, {he: "excellent"})
    counted(house, uid)
    counted(house, uid)
    found = [one for one in sheet_of(house, uid).findings if one.field == f"subject:{he}"]
    assert [one.code for one in found] == ["no_reason"]


def test_the_step_of_deciding_waits_for_everybody(house: House) -> None:
    uid = begin(house)
    counted(house, uid)
    walk(house, uid, "decide")
    with refused("还有 9 人没有评定等次"):
        steps.finish_step(house.branch, uid, "decide")
    decide(house.branch, uid, {one.uid: "qualified" for one in sheet_of(house, uid).on_ballot})
    steps.finish_step(house.branch, uid, "decide")
    assert sheet_of(house, uid).progress[5].state == "current"


def test_grades_stand_once_deciding_is_done_until_its_step_is_opened_again(house: House) -> None:
    uid = begin(house)
    counted(house, uid)
    walk(house, uid, "decide")
    decide(house.branch, uid, {one.uid: "qualified" for one in sheet_of(house, uid).on_ballot})
    steps.finish_step(house.branch, uid, "decide")
    he = named(house, uid, "何静").uid
    for grade in ("basic", ""):
        with refused("“组织评定”已经完成，等次不能再改", "重新打开这一步"):
            decide(house.branch, uid, {he: grade}, "反映的问题属实")
    decide(house.branch, uid, {he: "qualified"}, "结合日常表现")  # the same grade may be explained
    steps.reopen_step(house.branch, uid, "decide", "有新情况")
    decide(house.branch, uid, {he: "basic"}, "反映的问题属实")
    assert named(house, uid, "何静").grade == "basic"
