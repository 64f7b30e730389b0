"""What stands beside inspections: comparison, the bin, search, drafts, and meetings of the same day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.domain.inspections.comparing import Compared
from branchdesk.domain.inspections.model import Stage
from branchdesk.forms.shelf import shipped_shelf
from branchdesk.i18n import Language, speak
from branchdesk.services import recycle_bin
from branchdesk.services.inspections import (
    answering,
    comparing,
    drafts,
    issues,
    planning,
    proofs,
    reading,
    spot_checks,
)
from branchdesk.services.inspections.schemes import fact_names, scheme_of
from branchdesk.services.meetings import quality
from branchdesk.services.meetings.reading import meeting_list
from branchdesk.services.search import find_inspections, find_issues, find_meetings
from branchdesk.storage.branch import ChangeConflict
from branchdesk.storage.tables import record
from services.meetings.scenes import House
from support.branches import SettableClock, reopened
from support.contents import assert_sound, facts
from support.problems import refused
from support.quarter_sheets import QUARTER, begun, fed_back, problem


def test_an_inspection_is_compared_with_the_last_quarter_and_a_year_ago(house: House) -> None:
    now, before = begun(house.branch), begun(house.branch, number=3)
    long_ago = begun(house.branch, year=2025)
    for uid, score in ((now, "2"), (before, "1.5"), (long_ago, "1")):
        answering.set_score(house.branch, uid, "a5", Stage.SELF, score, "公开栏")
    rows = {row.number: row for row in comparing.compare(house.branch, now) if row.kind is Compared.LINE}
    scores = (rows["A5"].now, rows["A5"].before, rows["A5"].year_ago)
    assert scores == (Decimal(2), Decimal("1.5"), Decimal(1))
    alone = {row.number: row for row in comparing.compare(house.branch, long_ago)}
    assert (alone["A5"].before, alone["A5"].year_ago) == (None, None)
    planning.remove_inspections(house.branch, [before], "")
    rows = {row.number: row for row in comparing.compare(house.branch, now)}
    assert rows["A5"].before is None


def test_emptying_the_bin_takes_an_inspection_with_its_evidence_but_its_problems_stay(
    house: House, the_clock: SettableClock
) -> None:
    uid = begun(house.branch)
    answering.set_score(house.branch, uid, "a5", Stage.SELF, "2")
    proofs.add_proof(house.branch, uid, "a5", "record", "member", house.people["何静"])
    proofs.attach_proof_content(house.branch, uid, "a5", "record", "照片.txt", b"x")
    found = problem(house.branch, uid)
    before = facts(house.branch)
    removed = planning.remove_inspections(house.branch, [uid], "建错了")
    assert issues.issue_list(house.branch)[0].found_in_title.startswith("2026年第四季度")
    the_clock.move(days=181)
    emptied = recycle_bin.empty_expired(house.branch)
    held = facts(house.branch)
    assert (held["record"], held["record_value"], held["proof"], held["attachment"]) == ({}, {}, {}, {})
    known = issues.issue(house.branch, found)
    assert (known.found_in, known.basis) == (None, "2026年第四季度党建工作检查表")
    assert_sound(house.branch)
    house.branch.undo(emptied.seq)
    house.branch.undo(removed.seq)
    assert facts(house.branch) == before


def test_ctrl_k_finds_inspections_spot_checks_and_problems_and_not_as_meetings(house: House) -> None:
    uid = begun(house.branch)
    spot = spot_checks.draw_spot_check(house.branch, house.root, "members", 2).uid
    found = problem(house.branch, uid)
    (offered,) = find_inspections(house.branch, "第四季度")
    assert (offered.uid, offered.is_spot_check) == (uid, False)
    assert offered.line == "党建工作检查表 · 编制中"
    assert [(one.uid, one.is_spot_check) for one in find_inspections(house.branch, "抽查")] == [(spot, True)]
    (one,) = find_issues(house.branch, "党日 孙晓燕")
    assert (one.uid, one.found_in, one.line) == (found, uid, "整改中 · 孙晓燕")
    assert find_meetings(house.branch, "检查表") == find_meetings(house.branch, "抽查") == []
    issues.change_issue(house.branch, found, {"text": "名册有误"})
    assert find_issues(house.branch, "党日") == []
    removed = issues.remove_issues(house.branch, [found], "")
    assert find_issues(house.branch, "名册") == []
    house.branch.undo(removed.seq)
    assert find_issues(house.branch, "名册")[0].uid == found
    assert find_issues(house.branch, " ") == []
    assert find_inspections(house.branch, "") == []
    assert_sound(house.branch)


def test_an_inspection_on_the_day_of_a_meeting_is_no_meeting(house: House, the_clock: SettableClock) -> None:
    fed_back(house.branch)
    spot_checks.draw_spot_check(house.branch, house.root, "members", 2)
    the_clock.set(2027, 1, 5)
    uid = house.plan(held="2026.12.31 9:00-10:00")
    assert quality.quality(house.branch, uid)
    assert [row.uid for row in meeting_list(house.branch)] == [uid]


def test_a_draft_is_there_after_the_program_ended(house: House, the_clock: SettableClock) -> None:
    uid = begun(house.branch)
    before = facts(house.branch)
    drafts.keep_draft(house.branch, uid, {"c4.plan": "三次\ud800"})
    assert facts(house.branch) == before
    branch = reopened(house.branch)
    found = drafts.draft_of(branch, uid)
    assert found is not None
    assert (found.texts, found.saved_at) == ({"c4.plan": "三次"}, the_clock.moment)
    drafts.drop_draft(branch, uid)
    assert drafts.draft_of(branch, uid) is None


def test_a_scheme_has_the_lines_rules_and_grades_of_its_form_in_the_language_in_use() -> None:
    form = shipped_shelf().form(QUARTER)
    scheme = scheme_of(form)
    assert scheme.full == 100
    assert [one.number for one in scheme.indicators[:2]] == ["A1", "A2"]
    assert scheme.sections[0][1] == "一、组织建设"
    assert scheme.grades[0].label == "优秀"
    assert "theme_day.missing" in fact_names(form)
    speak(Language.ENGLISH)
    assert scheme_of(form).grades[0].label != "优秀"
    with pytest.raises(ValueError, match="spot_check"):
        scheme_of(shipped_shelf().form("inspection.spot_check"))


def test_the_facts_are_told_in_the_language_in_use(house: House) -> None:
    uid = begun(house.branch)
    chinese = reading.sheet(house.branch, uid)
    assert chinese.facts["theme_day.missing"].words
    speak(Language.ENGLISH)
    assert reading.sheet(house.branch, uid).inspection.title == chinese.inspection.title


def test_an_inspection_of_a_form_that_nobody_knows_any_more_is_found_and_refused_calmly(
    house: House,
) -> None:
    row = {
        "kind": "inspection.own_future",
        "version": 3,
        "organisation_uid": house.root,
        "title": "2026年第三季度未来检查表",
        "on_date": "2026-09-30",
        "year": 2026,
        "number": 3,
        "state": "self_checked",
        "entered_on": "2026-09-01",
    }
    with house.branch.change("从新版本的程序来") as change:
        uid = change.insert(record, row)
    begun(house.branch)
    assert [one.number for one in reading.inspection_list(house.branch)] == [4]
    assert [one.uid for one in find_inspections(house.branch, "未来")] == [uid]
    assert meeting_list(house.branch) == []
    with refused("第 3 版读不出来，内容都还在"):
        reading.sheet(house.branch, uid)


def test_an_inspection_that_found_problems_is_not_taken_back_from_under_them(house: House) -> None:
    started = planning.start_inspection(house.branch, QUARTER, house.root, 2026, 4)
    found = problem(house.branch, started.uid)
    before = facts(house.branch)
    with pytest.raises(ChangeConflict):
        house.branch.undo(started.changes.seq)
    assert facts(house.branch) == before
    assert issues.issue(house.branch, found).found_in == started.uid
