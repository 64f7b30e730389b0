"""The papers of evaluations of a branch: services and papers together."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from branchdesk.documents.model import Document
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.errors import Problem
from branchdesk.i18n import Language, speak
from branchdesk.reports.evaluations.papers import evaluation_paper, evaluation_workbook, paper_kinds
from branchdesk.reports.points.wording import points_text
from branchdesk.services.evaluations import ballots, deciding, heads, planning, reading
from branchdesk.services.meetings import attending, life
from branchdesk.services.meetings.planning import plan_meeting
from branchdesk.services.organisations import root_of, set_profile
from branchdesk.services.points.entering import EntryTyped, add_entry
from branchdesk.services.points.reading import points_sheet
from branchdesk.storage.branch import Branch
from reports.golden_texts import told
from support.branches import SettableClock, add, sample_people

YEAR = 2026
NOT_YET = {"ballot", "tally", "stars_form", "publicity", "commendation", "plaque", "desk_card"}
NAMES = ("李明朗", "曾国强", "王芳", "欧阳雪", "高峰", "何雨")


@pytest.fixture
def appraised(branch: Branch, the_clock: SettableClock) -> tuple[Branch, str]:
    """A branch of six members whose appraisal has a batch that was counted twice, and no decision."""
    the_clock.set(YEAR, 12, 20)
    people = [{**one, "name": name} for one, name in zip(sample_people(6), NAMES, strict=True)]
    add(branch, people)
    uid = planning.start_evaluation(branch, "evaluation.appraisal", root_of(branch), YEAR).uid
    batch = ballots.add_batch(branch, uid, 6).line
    ballots.set_heads(branch, batch, {"issued": "6", "returned": "6", "spoiled": "0"})
    sheet = reading.sheet(branch, uid)
    votes = {one.uid: {"excellent": 4, "qualified": 2} for one in sheet.on_ballot}
    for number, counter in ((1, "王敏"), (2, "孙晓燕")):
        ballots.count_pass(branch, batch, number, counter, 6, votes)
    return branch, uid


def paper(branch: Branch, uid: str, kind: str, subject: str = "") -> str:
    """What a paper says."""
    return told(made(branch, uid, kind, subject))


def made(branch: Branch, uid: str, kind: str, subject: str = "") -> Document:
    """A paper as a document."""
    return evaluation_paper(branch, uid, kind, subject=subject or None)


def decide_all(branch: Branch, uid: str) -> None:
    """Everybody gets what differs from the ballots, with a reason."""
    graded = [one for one in reading.sheet(branch, uid).evaluation.subjects if one.needs_grade]
    deciding.decide(branch, uid, {one.uid: "qualified" for one in graded}, "结合日常表现")
    deciding.decide(branch, uid, {graded[0].uid: "excellent"})


def test_every_kind_of_paper_is_printed_once_all_is_decided(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    decide_all(branch, uid)
    chinese = {}
    for kind, _title in paper_kinds(reading.sheet(branch, uid)):
        chinese[kind] = paper(branch, uid, kind)
        assert "草稿" not in chinese[kind]
    speak(Language.ENGLISH)
    assert {kind: paper(branch, uid, kind) for kind in chinese} == chinese
    english = dict(paper_kinds(reading.sheet(branch, uid)))
    assert set(english) == set(chinese)


def test_what_shows_the_outcome_is_a_draft_until_all_is_decided(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    for kind in ("registration", "summary", "decision", "report", "feedback"):
        assert made(branch, uid, kind).watermark == "草稿"
    for kind in ("ballot", "tally", "self_review", "notice", "plan"):
        assert made(branch, uid, kind).watermark == ""
    decide_all(branch, uid)
    assert made(branch, uid, "summary").watermark == ""


def test_the_form_for_the_file_takes_its_facts_from_the_roster(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    subject = reading.sheet(branch, uid).evaluation.subjects[0]
    said = paper(branch, uid, "registration", subject.uid)
    assert subject.name in said
    assert re.search(r"出生年月 / \d{4}年\d{1,2}月", said)
    assert "入党时间 / " in said
    assert not re.search(r"999999\d{11}", said)


def test_ballots_are_as_many_as_were_issued(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    assert paper(branch, uid, "ballot").count("批次") == 6


def test_the_head_of_the_form_comes_into_the_papers(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    heads.set_head(branch, uid, {"channel": "单位公开栏", "held_on": "2026.12.10"})
    decide_all(branch, uid)
    assert "公示方式：单位公开栏。" in paper(branch, uid, "publicity")
    assert "2026年12月10日" in paper(branch, uid, "notice")


def test_points_by_buckets_and_attendance_stand_beside_the_grade(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    home = root_of(branch)
    subject = reading.sheet(branch, uid).evaluation.subjects[0]
    assert "双积分" not in paper(branch, uid, "explanation", subject.uid)
    told_by = {"evidence_title": "登记表", "reason": "已核实"}
    add_entry(branch, home, EntryTyped(subject.person or "", "assigned", "2026.6.10", "", **told_by))
    meeting = plan_meeting(branch, "meeting.assembly", home, {"held": "2026.3.5 14:00"}).uid
    life.move(branch, meeting, MeetingState.HELD)
    attending.mark_all_present(branch, meeting)
    said = paper(branch, uid, "explanation", subject.uid)
    total = points_sheet(branch, home, YEAR).by_person[subject.person or ""].total
    assert f"{YEAR}年积分 {points_text(total)} 分。" in said
    assert f"“基础分”年初 0 分，加 {points_text(total)} 分，共 {points_text(total)} 分。" in said
    assert "“任务分”" not in said
    assert "积分只作参考" in said
    assert "应到 1 次，实到 1 次，请假 0 次，缺席 0 次。出勤只作参考。" in said


def test_papers_of_somebody_who_is_not_there_are_refused(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    with pytest.raises(Problem, match="没有参加评议的人"):
        paper(branch, uid, "registration", "nobody")


@pytest.mark.parametrize("kind", ["stars", "key_work", "committee", "secretary"])
def test_papers_of_an_evaluation_that_was_only_begun_are_for_the_pen(
    branch: Branch, the_clock: SettableClock, kind: str
) -> None:
    the_clock.set(YEAR, 12, 20)
    add(branch, sample_people(3))
    set_profile(branch, root_of(branch), {"secretary_name": "周建国"})
    uid = planning.start_evaluation(branch, f"evaluation.{kind}", root_of(branch), YEAR).uid
    for name, _title in paper_kinds(reading.sheet(branch, uid)):
        unscored = {"card", "explanation"} if kind == "stars" else set()
        if name in {*NOT_YET, *unscored}:
            with pytest.raises(Problem, match="还没有"):
                paper(branch, uid, name)
        else:
            assert paper(branch, uid, name)


def test_the_workbook_has_everybody_with_votes_and_grades(appraised: tuple[Branch, str]) -> None:
    branch, uid = appraised
    decide_all(branch, uid)
    book = openpyxl.load_workbook(io.BytesIO(evaluation_workbook(branch, uid)))
    assert book.sheetnames == ["评定", "测评票", "步骤"]
    names = {row[1] for row in book["评定"].iter_rows(values_only=True)}
    assert set(NAMES) <= names
    book.close()
