"""The life of an inspection: every step can be taken back, and what was signed for stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from branchdesk.domain.inspections.model import InspectionState, Stage
from branchdesk.forms.writing import write_form
from branchdesk.i18n import Language, speak
from branchdesk.services import forms, history, members, organisations
from branchdesk.services.history import UndoHistory
from branchdesk.services.inspections import answering, issues, life, planning, proofs, reading
from branchdesk.services.inspections.frozen import freeze, thaw
from branchdesk.services.inspections.life import NotReady
from branchdesk.storage.branch import ChangeConflict
from branchdesk.storage.changes import Changes
from branchdesk.storage.meetings import contents_of_last_versions
from services.inspections.ready import ready, with_a_checked_sheet
from services.meetings.scenes import House
from support import quarter_sheets
from support.branches import SettableClock, edit, reopened
from support.contents import assert_sound, facts
from support.counting import statements
from support.problems import refused
from support.quarter_sheets import QUARTER, begun, fed_back, fill, inspected, problem, self_checked, step

ISSUED, SELF_CHECKED = InspectionState.ISSUED, InspectionState.SELF_CHECKED
INSPECTED, FED_BACK = InspectionState.INSPECTED, InspectionState.FED_BACK
RECTIFYING, VERIFIED = InspectionState.RECTIFYING, InspectionState.VERIFIED
ARCHIVED = InspectionState.ARCHIVED


@pytest.fixture
def checked(tmp_path: Path, the_clock: SettableClock) -> tuple[House, str]:
    """The branch of the tests, and an inspection that waits for its feedback."""
    the_clock.set(2026, 11, 21)
    return ready(tmp_path, with_a_checked_sheet)


def rectified(house: House, issue: str) -> None:
    """Do what a problem wants and verify it, today."""
    issues.complete(house.branch, issue, "今天", "方案已补")
    issues.verify(house.branch, issue, "赵立新", "今天", passed=True, opinion="属实")


def paper(house: House, uid: str) -> str:
    """All that the papers of an inspection show, as text."""
    return freeze(reading.signed_sheet(house.branch, uid))


def test_every_step_of_an_inspection_is_taken_back_and_done_again(house: House, tmp_path: Path) -> None:
    branch, done = house.branch, UndoHistory(house.branch)
    house.finalised()
    states = [facts(branch)]

    def note(changes: Changes) -> None:
        done.note(changes)
        states.append(facts(branch))

    started = planning.start_inspection(branch, QUARTER, house.root, 2026, 4)
    uid = started.uid
    note(started.changes)
    lines = [one.indicator.id for one in reading.sheet(branch, uid).self_lines if one.counts]
    note(answering.confirm(branch, uid, lines).changes)
    for line in [one for one in reading.sheet(branch, uid).self_lines if one.counts and one.score is None][
        :2
    ]:
        note(answering.set_score(branch, uid, line.indicator.id, Stage.SELF, "0", "没有做").changes)
    note(quarter_sheets.fill_the_rest(branch, uid))
    scan = tmp_path / "照片.txt"
    scan.write_text("公开栏", encoding="utf-8")
    note(proofs.attach_proof(branch, uid, "a5", "record", scan).changes)
    found = proofs.candidates(branch, uid, "c1")[0]
    note(proofs.add_proof(branch, uid, "c1", "record", found.entity, found.uid).changes)
    for state in (ISSUED, SELF_CHECKED, INSPECTED):
        note(step(branch, uid, state))
    note(answering.take_over_self_scores(branch, uid).changes)
    raised = issues.raise_issue(
        branch, house.root, issues.IssueEntry("缺方案", responsible="何静"), found_in=uid, indicator="c4"
    )
    note(raised.changes)
    note(step(branch, uid, FED_BACK))
    note(issues.order(branch, raised.uid).changes)
    note(step(branch, uid, RECTIFYING))
    note(issues.complete(branch, raised.uid, "今天", "方案已补").changes)
    note(issues.verify(branch, raised.uid, "赵立新", "今天", passed=True, opinion="属实").changes)
    note(step(branch, uid, VERIFIED))
    note(life.archive(branch, uid).changes)
    note(life.reopen(branch, uid, "漏扣一项").changes)
    for before in reversed(states[:-1]):
        assert done.undo()
        assert facts(branch) == before
    assert_sound(branch)
    for after in states[1:]:
        assert done.redo()
        assert facts(branch) == after
    assert_sound(branch)


def test_the_self_check_ends_only_when_every_line_is_filled_or_confirmed(house: House) -> None:
    uid = begun(house.branch)
    step(house.branch, uid, ISSUED)
    with pytest.raises(NotReady) as refusal:
        life.move(house.branch, uid, SELF_CHECKED, accept=True)
    assert "没有自评" in refusal.value.sentence
    assert not refusal.value.may_be_accepted
    assert {"lines_empty", "lines_unconfirmed"} <= {one.code for one in refusal.value.findings}
    assert life.against(house.branch, uid, SELF_CHECKED) == list(refusal.value.findings)
    fill(house.branch, uid)
    step(house.branch, uid, SELF_CHECKED)


def test_an_override_without_a_reason_stands_against_the_self_check(house: House) -> None:
    uid = begun(house.branch)
    step(house.branch, uid, ISSUED)
    fill(house.branch, uid)
    answering.set_reason(house.branch, uid, "c4", Stage.SELF, "")
    with refused("C4", "请写明原因"):
        life.move(house.branch, uid, SELF_CHECKED, accept=True)


def test_warnings_stand_against_a_step_until_they_are_accepted(house: House) -> None:
    uid = begun(house.branch)
    step(house.branch, uid, ISSUED)
    fill(house.branch, uid)
    with pytest.raises(NotReady) as refusal:
        life.move(house.branch, uid, SELF_CHECKED)
    assert refusal.value.may_be_accepted
    outcome = life.move(house.branch, uid, SELF_CHECKED, accept=True)
    assert outcome.findings == refusal.value.findings
    assert outcome.changes.label == "2026年第四季度党建工作检查表 改为“已自查”"


def test_only_steps_that_may_follow_are_taken(house: House) -> None:
    uid = begun(house.branch)
    with refused("不能改为“已反馈”", "下一步可以是"):
        life.move(house.branch, uid, FED_BACK)
    with refused("可以直接修改，不用重新打开"):
        life.reopen(house.branch, uid, "看看")
    step(house.branch, uid, ISSUED)
    step(house.branch, uid, InspectionState.DRAFTED)
    assert reading.inspection(house.branch, uid).state is InspectionState.DRAFTED


def test_nothing_is_scored_before_its_period(house: House) -> None:
    uid = begun(house.branch, year=2027, number=1)
    step(house.branch, uid, ISSUED)
    with refused("从 2027.01.01 开始，还没有到"):
        step(house.branch, uid, SELF_CHECKED)


def test_feedback_feeds_its_problems_back_with_the_usual_deadline(checked: tuple[House, str]) -> None:
    house, uid = checked
    found = problem(house.branch, uid)
    step(house.branch, uid, FED_BACK)
    known = issues.issue(house.branch, found)
    assert (known.fed_back_on, known.due_on) == ("2026-11-21", "2026-12-06")
    sheet = reading.sheet(house.branch, uid)
    assert [one.uid for one in sheet.issues] == [found]
    assert reading.line_state(sheet, "c4").label == "有问题"
    assert reading.line_state(sheet, "c3").label == "已扣分"


def test_a_scored_inspection_closes_its_problems_and_is_archived(checked: tuple[House, str]) -> None:
    house, uid = checked
    step(house.branch, uid, FED_BACK)
    found = problem(house.branch, uid)
    step(house.branch, uid, RECTIFYING)
    with refused("还有 1 个问题没有验证销号"):
        step(house.branch, uid, VERIFIED)
    rectified(house, found)
    step(house.branch, uid, VERIFIED)
    life.archive(house.branch, uid)
    assert reading.line_state(reading.sheet(house.branch, uid), "c4").label == "已扣分"
    assert [one.revision for one in reading.versions(house.branch, uid)] == [0, 1]
    first, last = (reading.frozen_sheet(house.branch, uid, number) for number in (0, 1))
    assert (first.issues, first.inspection.state) == ((), FED_BACK)
    assert [len(one.verifications) for one in last.issues] == [1]
    assert first.final_total == last.final_total
    with refused("没有第 3 次签字的内容"):
        reading.frozen_sheet(house.branch, uid, 2)


def test_what_was_signed_reads_back_equal_and_gives_the_same_text(house: House) -> None:
    house.finalised()
    uid = begun(house.branch)
    quarter_sheets.first_candidate(house.branch, uid, "C1")
    answering.set_applies(house.branch, uid, "d2", applies=False, why="没有积极分子")
    answering.set_count(house.branch, uid, "c2", Stage.SELF, "missing", "0", "合并召开")
    self_checked(house.branch, uid)
    inspected(house.branch, uid)
    answering.set_check(house.branch, uid, "c4", {"method": "现场", "by": "邹丽", "on": "今天"})
    problem(house.branch, uid)
    live = reading.sheet(house.branch, uid)
    step(house.branch, uid, FED_BACK)
    signed = reading.signed_sheet(house.branch, uid)
    with house.branch.read() as connection:
        content = contents_of_last_versions(connection, [uid])[uid]
    assert thaw(content).inspection == signed.inspection
    assert thaw(content).facts == live.facts
    assert freeze(signed) == content
    assert (signed.self_lines, signed.check_lines) == (live.self_lines, live.check_lines)
    assert (signed.self_total, signed.final_total) == (live.self_total, live.final_total)
    assert signed.issues[0].fed_back_on == "2026-11-21"
    assert json.loads(content)["grade"] == "good"


def test_what_is_signed_in_an_english_window_is_signed_in_chinese(checked: tuple[House, str]) -> None:
    house, uid = checked
    live = reading.sheet(house.branch, uid)
    speak(Language.ENGLISH)
    outcome = life.move(house.branch, uid, FED_BACK, accept=True)
    assert outcome.changes.label != "2026年第四季度党建工作检查表 改为“已反馈”", "the window speaks English"
    assert reading.frozen_sheet(house.branch, uid, 0).facts == live.facts
    for state in (VERIFIED, ARCHIVED):
        step(house.branch, uid, state)
    assert reading.signed_sheet(house.branch, uid).facts == live.facts


def test_who_inspected_is_signed_as_well(checked: tuple[House, str]) -> None:
    house, uid = checked
    set_profile = partial(organisations.set_profile, house.branch, house.root)
    set_profile({"superior_name": "中共青石镇委员会"})
    assert reading.sheet(house.branch, uid).superior == "中共青石镇委员会"
    step(house.branch, uid, FED_BACK)
    set_profile({"superior_name": "中共白沙镇委员会"})
    for sheet in (reading.sheet(house.branch, uid), reading.signed_sheet(house.branch, uid)):
        assert sheet.superior == "中共青石镇委员会"
    assert reading.sheet(house.branch, begun(house.branch, number=3)).superior == "中共白沙镇委员会"


def test_a_group_is_inspected_by_the_branch_above_it(house: House) -> None:
    group = house.groups["第一党小组"]
    uid = planning.start_inspection(house.branch, QUARTER, group, 2026, 4).uid
    assert reading.sheet(house.branch, uid).superior == "中共青石镇河西村支部委员会"


def test_what_was_put_right_before_the_feedback_keeps_its_days(
    checked: tuple[House, str], the_clock: SettableClock
) -> None:
    house, uid = checked
    found = problem(house.branch, uid)
    rectified(house, found)
    before = issues.issue(house.branch, found)
    the_clock.set(2026, 11, 27)
    step(house.branch, uid, FED_BACK)
    assert issues.issue(house.branch, found) == before
    sheet = reading.sheet(house.branch, uid)
    assert not [one for one in sheet.findings if one.code == "days_out_of_order"]


@pytest.mark.usefixtures("the_clock")
def test_signing_asks_the_file_as_often_for_many_problems_as_for_one(tmp_path: Path) -> None:
    asked = []
    for place, lines in enumerate((["C1"], ["C1", "C2", "C3", "D1", "D2"])):
        house, uid = ready(tmp_path / str(place), with_a_checked_sheet)
        for line in lines:
            problem(house.branch, uid, line)
        with statements(house.branch) as sent:
            step(house.branch, uid, FED_BACK)
        asked.append(len([one for one in sent if one.startswith("UPDATE issue")]))
    assert asked == [1, 1]


def test_the_feedback_waits_for_lines_that_nobody_scored_at_all(house: House) -> None:
    uid = begun(house.branch)
    self_checked(house.branch, uid)
    answering.set_head(house.branch, uid, {"inspectors": quarter_sheets.INSPECTORS})
    step(house.branch, uid, INSPECTED)
    answering.set_score(house.branch, uid, "a5", Stage.SELF, "")
    with refused("还有 1 项既没有考核得分，也没有自评得分：A5"):
        step(house.branch, uid, FED_BACK)
    assert reading.inspection_list(house.branch)[0].grade == "", "what is not complete has no grade"


def test_the_paper_of_a_signed_inspection_never_changes(house: House, the_clock: SettableClock) -> None:
    branch = house.branch
    meeting = house.finalised()
    uid = fed_back(branch)
    found = problem(branch, uid, text="之后登记的")
    before, listed = paper(house, uid), reading.inspection_list(branch)[0]
    the_clock.set(2027, 2, 3)
    edit(branch, house.people["周建国"], name="周建军")
    members.move_to_bin(branch, [house.people["何静"]], "录错")
    organisations.rename_from(branch, house.root, "中共青石镇河东村支部委员会", "", date(2026, 12, 1))
    house.plan(held="2026.10.19")
    reading_of_meeting = house.meeting(meeting)
    assert reading_of_meeting.attendance
    rectified(house, found)
    assert paper(house, uid) == before
    assert paper(house, uid) == freeze(reading.frozen_sheet(branch, uid, 0))
    again = reading.inspection_list(branch)[0]
    assert (again.self_score, again.check_score, again.grade) == (
        listed.self_score,
        listed.check_score,
        listed.grade,
    )
    shown = reading.sheet(branch, uid)
    assert shown.inspection.values["secretary"] == "周建国"
    assert shown.inspection.organisation_name.endswith("河西村支部委员会")
    assert [one.text for one in shown.issues] == ["之后登记的"]
    assert paper(House(reopened(branch), house.root, house.people, house.groups), uid) == before


def test_a_new_version_of_the_form_is_used_from_its_quarter_on_and_changes_none_before(
    house: House, the_clock: SettableClock
) -> None:
    branch, kind = house.branch, "inspection.own_quarter"
    first = write_form(forms.copy_form(branch, QUARTER, kind, "本支部检查表"))
    forms.publish_form(branch, first)
    uid = fed_back(branch, kind=kind)
    running = begun(branch, kind, 2026, 3)
    before, unsigned = paper(house, uid), freeze(reading.sheet(branch, running))
    changed = first.replace("version = 1", "version = 2").replace("at_least = 90", "at_least = 95")
    assert changed != first
    forms.publish_form(branch, changed, date(2027, 1, 1))
    the_clock.set(2027, 1, 5)
    assert paper(house, uid) == before
    assert reading.sheet(branch, uid).form.version == 1
    assert reading.sheet(branch, running).form.version == 1
    assert freeze(reading.sheet(branch, running, date(2026, 11, 21))) == unsigned
    assert reading.sheet(branch, begun(branch, kind, 2026, 2)).form.version == 1
    following = reading.sheet(branch, begun(branch, kind, 2027, 1))
    assert following.form.version == 2
    assert str(following.scheme.grades[0].at_least) == "95"


def test_a_signed_inspection_is_opened_again_only_for_a_reason_and_keeps_what_it_said(
    checked: tuple[House, str], the_clock: SettableClock
) -> None:
    house, uid = checked
    step(house.branch, uid, FED_BACK)
    before = paper(house, uid)
    with refused("请写明重新打开的原因"):
        life.reopen(house.branch, uid, "  ")
    with refused("请先“重新打开”"):
        life.move(house.branch, uid, INSPECTED)
    outcome = life.reopen(house.branch, uid, "漏扣\n一项")
    assert outcome.changes.label == "重新打开 2026年第四季度党建工作检查表：漏扣 一项"
    one = reading.inspection(house.branch, uid)
    assert (one.state, one.revision) == (INSPECTED, 1)
    answering.set_score(house.branch, uid, "a5", Stage.CHECK, "1", "公开栏未更新")
    the_clock.set(2026, 11, 25)
    step(house.branch, uid, FED_BACK)
    first, second = reading.versions(house.branch, uid)
    assert (first.reopened_why, first.reopened_on) == ("漏扣 一项", "2026-11-21")
    assert (second.revision, second.signed_on, second.reopened_why) == (1, "2026-11-25", "")
    assert freeze(reading.frozen_sheet(house.branch, uid, 0)) == before
    assert (
        reading.sheet(house.branch, uid).final_total.score
        < reading.frozen_sheet(house.branch, uid, 0).final_total.score
    )


def test_what_was_written_before_the_signature_is_not_taken_back_behind_it(
    house: House, tmp_path: Path
) -> None:
    branch, uid = house.branch, begun(house.branch)
    house.finalised()
    scan = tmp_path / "签到.txt"
    scan.write_text("签到", encoding="utf-8")
    earlier = [
        answering.set_score(branch, uid, "a5", Stage.SELF, "2").changes,
        answering.write_line(branch, uid, "c4", {"plan": "三次"}).changes,
        proofs.attach_proof(branch, uid, "a5", "record", scan).changes,
    ]
    found = proofs.candidates(branch, uid, "c1")[0]
    earlier.append(proofs.add_proof(branch, uid, "c1", "record", found.entity, found.uid).changes)
    self_checked(branch, uid)
    inspected(branch, uid)
    signed = step(branch, uid, FED_BACK)
    before = facts(branch)
    for changes in earlier:
        with refused("已反馈签字，这一步不能撤销", "重新打开"):
            branch.undo(changes.seq)
    assert facts(branch) == before
    again = life.reopen(branch, uid, "改分")
    answering.set_score(branch, uid, "a5", Stage.CHECK, "1", "未更新")
    with refused("后来又有修改，不能直接恢复为已反馈", "原来签字的内容没有动"):
        branch.undo(again.changes.seq)
    with pytest.raises(ChangeConflict):
        branch.undo(signed.seq)


def test_the_sheet_asks_the_file_as_often_however_much_is_written(house: House) -> None:
    uid = begun(house.branch)
    house.finalised()
    asked = []
    for numbers in (["C1"], ["C2", "C3", "D1", "D2"]):
        fill(house.branch, uid)
        for number in numbers:
            quarter_sheets.first_candidate(house.branch, uid, number)
            problem(house.branch, uid, number)
        with statements(house.branch) as sent:
            reading.sheet(house.branch, uid)
        asked.append(len(sent))
    assert asked[0] == asked[1]
    with statements(house.branch) as again:
        reading.sheet(house.branch, uid)
    assert len(again) < asked[0] / 2, "what the records say is remembered until something changes"


HISTORY: list[tuple[Callable[[House, str], object], tuple[str, str, str]]] = [
    (
        lambda house, uid: answering.set_score(house.branch, uid, "c4", "self", "3.5", "12 月无方案"),
        ("C4 主题党日每月1次 自评得分", "", "3.5"),
    ),
    (
        lambda house, uid: answering.set_check(house.branch, uid, "c4", {"on": "2026.11.20"}),
        ("C4 主题党日每月1次 检查日期", "", "2026.11.20"),
    ),
    (
        lambda house, uid: answering.set_check(house.branch, uid, "c4", {"method": "现场"}),
        ("C4 主题党日每月1次 检查方法", "", "现场"),
    ),
    (
        lambda house, uid: answering.confirm(house.branch, uid, ["c4"]),
        ("C4 主题党日每月1次 自动取数核实", "", "已核实"),
    ),
    (
        lambda house, uid: answering.set_applies(house.branch, uid, "c3", applies=False, why="未设小组"),
        ("C3 党小组会每月≥1次 不适用", "", "是"),
    ),
    (
        lambda house, uid: answering.set_count(house.branch, uid, "a5", "self", "lacking", "2"),
        ("A5 阵地：活动室 “缺项”的数", "", "2"),
    ),
    (lambda house, uid: step(house.branch, uid, ISSUED), ("状态", "编制中", "已下发")),
    (
        lambda house, uid: answering.set_head(house.branch, uid, {"leader": "邹丽"}),
        ("检查组组长", "", "邹丽"),
    ),
]


@pytest.mark.parametrize(("edit_it", "told"), HISTORY)
def test_the_history_of_a_line_is_told_in_words(
    house: House, edit_it: Callable[[House, str], object], told: tuple[str, str, str]
) -> None:
    uid = begun(house.branch)
    edit_it(house, uid)
    lines = history.record_history(house.branch, uid)
    newest = [(one.field, one.before, one.after) for one in lines if one.seq == lines[0].seq]
    assert told in newest
    alone = history.lines_of_change(house.branch, lines[0].seq)
    assert {(one.field, one.before, one.after) for one in alone} == set(newest)


def test_the_history_tells_evidence_and_signatures(house: House) -> None:
    house.finalised()
    uid = begun(house.branch)
    proof = quarter_sheets.first_candidate(house.branch, uid, "C1")
    self_checked(house.branch, uid)
    inspected(house.branch, uid)
    step(house.branch, uid, FED_BACK)
    life.reopen(house.branch, uid, "漏扣一项")
    proofs.remove_proof(house.branch, uid, proof)
    told = [(one.field, one.before, one.after) for one in history.record_history(house.branch, uid)]
    assert ("签字内容", "", "第 1 次签字") in told
    assert ("签字内容 重新打开的原因", "", "漏扣一项") in told
    added = next(one for one in told if one[0] == "C1 佐证" and one[2])
    assert added[2].startswith("记录 ")
    assert ("C1 佐证", added[2], "") in told
    assert "新建 2026年第四季度党建工作检查表" in {after for _field, _before, after in told}
