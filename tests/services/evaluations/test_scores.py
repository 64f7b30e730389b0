"""Scores of parts: typed in blocks, on cards, and taken over from records."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.domain.meetings.model import Presence
from branchdesk.services.evaluations import ballots, planning, scores
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.services.forms import publish_form
from branchdesk.services.history import recent_changes
from branchdesk.services.meetings.planning import remove_meetings
from services.evaluations.scenes import KEY_WORK, STARS, begin, counted, evaluation_of, named, sheet_of
from services.meetings.scenes import House
from services.points.ledgers import WATCH, enter, held
from support.contents import facts
from support.problems import refused


def total(sheet: EvaluationSheet, subject: str, dimension: str = "") -> Decimal | None:
    return sheet.totals[subject, dimension].total


def test_a_block_of_scores_is_one_step_and_can_be_taken_back(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he, ma = named(house, uid, "何静"), named(house, uid, "马俊杰")
    before = facts(house.branch)
    cells = {
        (he.uid, "completion"): "90",
        (he.uid, "quality"): "８５.5分",
        (ma.uid, "completion"): " 70 ",
    }
    done = scores.set_cells(house.branch, uid, cells)
    assert done.changes.label == "2026 年度重点工作量化考核 评分 3 项"
    sheet = sheet_of(house, uid)
    # 90 × 30 % + 85.5 × 20 %, of 85 % that count: three parts count zero, what people say is left out
    assert total(sheet, he.uid) == Decimal("51.9")
    assert sheet.totals[he.uid, ""].missing == (
        *("timeliness", "cooperation", "innovation"),
        "satisfaction",
    )
    house.branch.undo(done.changes.seq)
    assert facts(house.branch) == before


def test_a_score_is_changed_and_taken_away(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he = named(house, uid, "何静").uid
    scores.set_scores(house.branch, uid, "quality", {he: "80"})
    done = scores.set_scores(house.branch, uid, "quality", {he: "95"})
    assert done.changes.label == "何静 的质量评分"
    assert evaluation_of(house, uid).scores_of(he)[0].score == 95
    scores.set_scores(house.branch, uid, "quality", {he: ""})
    assert evaluation_of(house, uid).scores == ()
    assert not scores.set_scores(house.branch, uid, "quality", {he: ""}).changes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("九十", ("何静的“质量”填了“九十”，不是分数",)),
        ("101", ("应在 0 到 100 分之间", "101 分")),
        ("-3", ("应在 0 到 100 分之间",)),
        ("90.125", ("不是分数", "两位小数")),
        ("九" * 3000, (f"填了“{'九' * 20}…”，不是分数",)),
        ("九\n十", ("填了“九 十”，不是分数",)),
    ],
)
def test_a_score_that_cannot_be_is_refused_and_nothing_of_the_block_is_stored(
    house: House, text: str, words: tuple[str, ...]
) -> None:
    uid = begin(house, KEY_WORK)
    he, ma = named(house, uid, "何静").uid, named(house, uid, "马俊杰").uid
    with refused(*words):
        scores.set_scores(house.branch, uid, "quality", {ma: "90", he: text})
    assert evaluation_of(house, uid).scores == ()


def test_somebody_who_takes_no_part_gets_no_score(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he = named(house, uid, "何静").uid
    planning.set_taking_part(house.branch, uid, he, takes_part=False, why="病休")
    with refused("何静不参加这次评议，不打分"):
        scores.set_scores(house.branch, uid, "quality", {he: "90"})
    with refused("没有这一项"):
        scores.set_scores(house.branch, uid, "unknown", {named(house, uid, "胡强").uid: "90"})


def test_a_card_keeps_target_result_evidence_and_scorer(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he = named(house, uid, "何静").uid
    texts = {
        "score": "92",
        "target": "办结 30 件",
        "actual": "办结 31 件",
        "scorer": "周建国",
        "evidence_title": "台账",
        "evidence_entity": "record",
        "evidence_uid": uid,
    }
    done = scores.set_card(house.branch, uid, he, "completion", texts)
    assert done.changes.label == "填写 何静 的完成度"
    card = evaluation_of(house, uid).scores_of(he)[0]
    assert (card.score, card.actual, card.scorer, card.evidence_uid) == (
        Decimal(92),
        "办结 31 件",
        "周建国",
        uid,
    )
    scores.set_scores(house.branch, uid, "completion", {he: ""})
    assert evaluation_of(house, uid).scores_of(he)[0].target == "办结 30 件"
    with pytest.raises(KeyError):
        scores.set_card(house.branch, uid, he, "completion", {"unknown": "x"})


def test_stars_are_scored_in_each_dimension_alone(house: House) -> None:
    uid = begin(house, STARS)
    he = named(house, uid, "何静").uid
    cells = {(he, "self"): "90", (he, "mutual"): "88", (he, "committee"): "92", (he, "superior"): "80"}
    scores.set_cells(house.branch, uid, cells, "serve")
    sheet = sheet_of(house, uid)
    assert total(sheet, he, "serve") == Decimal("87.4")  # 9 + 17.6 + 36.8 + 24
    assert total(sheet, he, "devote") is None
    with refused("没有这个方面"):
        scores.set_cells(house.branch, uid, cells)
    with refused("没有这个方面"):
        scores.set_cells(house.branch, begin(house, KEY_WORK), {}, "serve")


def test_what_people_say_is_taken_over_from_ballots_that_were_counted_twice(house: House) -> None:
    uid = begin(house, KEY_WORK)
    with refused("“群众满意度”还没有测评票"):
        scores.take_over(house.branch, uid, "satisfaction")
    with refused("由人打分，不从记录取数"):
        scores.take_over(house.branch, uid, "quality")
    counted(house, uid, {"何静": {"excellent": 6, "good": 2, "": 1}}, part="satisfaction")
    done = scores.take_over(house.branch, uid, "satisfaction")
    assert done.changes.label == "取数：群众满意度"
    card = evaluation_of(house, uid).scores_of(named(house, uid, "何静").uid)[0]
    assert card.score == Decimal("96.3")  # (6 × 100 + 2 × 85) ÷ 8, the blank one is no opinion
    assert card.actual == "有效票 9 张"
    assert not scores.take_over(house.branch, uid, "satisfaction").changes


def test_what_ballots_feed_is_not_typed_and_a_typed_score_no_longer_names_them(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he = named(house, uid, "何静").uid
    scores.set_scores(house.branch, uid, "satisfaction", {he: "77"})  # people were asked in another way
    batch = counted(house, uid, part="satisfaction")
    scores.take_over(house.branch, uid, "satisfaction")
    with refused("“群众满意度”的得分从记录里取，不能直接填写"):
        scores.set_scores(house.branch, uid, "satisfaction", {he: "99"})
    ballots.remove_batch(house.branch, batch, "发错了名单")
    assert evaluation_of(house, uid).scores_of(he)[0].actual == "有效票 9 张"
    scores.set_scores(house.branch, uid, "satisfaction", {he: "99"})
    known = evaluation_of(house, uid).scores_of(he)[0]
    assert (known.score, known.actual) == (Decimal(99), "")
    scores.set_card(house.branch, uid, he, "satisfaction", {"actual": "问卷 20 份", "score": "98"})
    assert evaluation_of(house, uid).scores_of(he)[0].actual == "问卷 20 份"


def test_a_score_goes_when_the_records_that_it_rests_on_go(house: House) -> None:
    publish_form(house.branch, _SCHEME)
    uid = begin(house, "evaluation.own_quarter")
    he = named(house, uid, "何静").uid
    for part in ("came", "asked"):
        with refused("还没有"):
            scores.take_over(house.branch, uid, part)
    meeting = held(house, "2026.3.3 15:00-16:00")
    batch = counted(house, uid, part="asked")
    scores.take_over(house.branch, uid, "came")
    scores.take_over(house.branch, uid, "asked")
    assert {one.part for one in evaluation_of(house, uid).scores_of(he)} == {"came", "asked"}
    remove_meetings(house.branch, [meeting], "建错了")
    ballots.remove_batch(house.branch, batch, "发错了名单")
    before = facts(house.branch)
    done = scores.take_over(house.branch, uid, "came")
    scores.take_over(house.branch, uid, "asked")
    assert evaluation_of(house, uid).scores == ()
    assert done.changes.label == "取数：到会"
    for change in recent_changes(house.branch)[:2]:
        house.branch.undo(change.seq)
    assert facts(house.branch) == before


def test_few_ballots_give_no_score_away(house: House) -> None:
    uid = begin(house, KEY_WORK)
    counted(house, uid, valid=4, part="satisfaction")
    with refused("有效票只有 4 张，少于 5 张不取数"):
        scores.take_over(house.branch, uid, "satisfaction")


def test_points_and_attendance_are_taken_from_the_records_and_never_typed(house: House) -> None:
    publish_form(house.branch, _SCHEME)
    uid = begin(house, "evaluation.own_quarter")
    enter(house, "何静", WATCH)
    held(house, "2026.3.3 15:00-16:00", {"何静": Presence.ABSENT})
    held(house, "2026.4.3 15:00-16:00")
    held(house, "2026.5.3 15:00-16:00", {"何静": Presence.LEAVE})
    he = named(house, uid, "何静").uid
    with refused("“到会”的得分从记录里取，不能直接填写"):
        scores.set_scores(house.branch, uid, "came", {he: "90"})
    scores.take_over(house.branch, uid, "came")
    scores.take_over(house.branch, uid, "ledger")
    known = {one.part: one for one in evaluation_of(house, uid).scores_of(he)}
    assert known["came"].score == Decimal("3.33")  # one of three, of ten points
    assert known["came"].actual == "应到 3 次，实到 1 次，请假 1 次，缺席 1 次"
    points = sheet_of(house, uid).points[he]
    assert points is not None
    assert known["ledger"].score == min(points, Decimal(100))
    assert known["ledger"].actual == f"双积分 {points} 分"


_SCHEME = """
kind = "evaluation.own_quarter"
version = 1
title = "季度考核"
title_en = "Quarterly"
subject = "organisation"
period = "year"

[evaluation]
of = "work"
takes_part = ["full", "probationary"]
graded = ["full", "probationary"]
grades = [
    { code = "good", label = "好", label_en = "Good", value = 100 },
    { code = "poor", label = "差", label_en = "Poor", value = 30 },
]

[[evaluation.part]]
id = "came"
label = "到会"
label_en = "Attendance"
weight = 40
source = "attendance"
full = 10

[[evaluation.part]]
id = "ledger"
label = "积分"
label_en = "Points"
weight = 40
source = "points"

[[evaluation.part]]
id = "asked"
label = "测评"
label_en = "Ballots"
weight = 20
source = "ballot"

[[evaluation.step]]
id = "score"
label = "打分"
label_en = "Scores"
ballots = true

[[section]]
id = "head"
label = "基本情况"
label_en = "Head"

[[field]]
id = "note"
type = "text"
label = "备注"
label_en = "Note"
section = "head"
"""
