"""What the papers of inspections take from a branch file, and that signed ones never change."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from branchdesk.documents.layout import count_pages
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.inspections.model import InspectionState, Stage
from branchdesk.errors import Problem
from branchdesk.forms.language import shipped_form
from branchdesk.forms.writing import write_form
from branchdesk.i18n import Language, speak
from branchdesk.reports.inspections.papers import (
    INSPECTION_PAPERS,
    blank_paper,
    inspection_paper,
    inspection_workbook,
    issue_paper,
    ledger_paper,
    ledger_workbook,
    spot_check_paper,
)
from branchdesk.services import members, organisations
from branchdesk.services.forms import publish_form
from branchdesk.services.inspections import answering, issue_files, issues, life, reading, spot_checks
from branchdesk.services.inspections.issue_lists import IssueQuery
from branchdesk.services.meetings.life import reopen as reopen_meeting
from branchdesk.services.meetings.planning import remove_meetings
from branchdesk.services.meetings.reading import meeting_list
from branchdesk.storage.branch import Branch
from reports.golden_texts import told
from services.meetings.scenes import House, settle
from support.branches import FULL_NAME, SettableClock, edit
from support.quarter_sheets import (
    QUARTER,
    begun,
    fed_back,
    inspected,
    line_of,
    problem,
    self_checked,
    step,
)

OWN = "inspection.own_quarter"
PICTURE = b"\xff\xd8\xff\xe0" + bytes(64)


@pytest.fixture
def house(branch: Branch, the_clock: SettableClock) -> House:
    """The branch with ten people and an assembly, on 21 November 2026."""
    the_clock.set(2026, 11, 21)
    made = settle(branch)
    made.finalised("2026.9.17 15:00-16:40")
    return made


def own_form(version: int = 1) -> str:
    """The quarterly form as one of the branch's own, newer versions with other points and another title."""
    text = write_form(shipped_form(QUARTER)).replace(f'"{QUARTER}"', f'"{OWN}"', 1)
    if version == 1:
        return text
    changed = text.replace("version = 1", f"version = {version}", 1).replace("党建工作检查表", "新版检查表")
    return changed.replace("支委会每月≥1次", "支委会按月召开")


def test_every_paper_is_a_draft_until_it_was_fed_back(house: House) -> None:
    branch = house.branch
    uid = begun(branch, number=3)
    for kind in INSPECTION_PAPERS:
        assert inspection_paper(branch, uid, kind).watermark == "草稿"
        assert inspection_paper(branch, uid, kind, draft=False).watermark == ""
    self_checked(branch, uid)
    inspected(branch, uid)
    step(branch, uid, InspectionState.FED_BACK)
    for kind in INSPECTION_PAPERS:
        document = inspection_paper(branch, uid, kind)
        assert document.watermark == ""
        assert document.made_on == date(2026, 11, 21)
        assert inspection_paper(branch, uid, kind, draft=True).watermark == "草稿"


def test_signed_papers_print_the_same_after_everything_has_changed(
    house: House, the_clock: SettableClock
) -> None:
    branch = house.branch
    publish_form(branch, own_form())
    uid = fed_back(branch, kind=OWN, number=3)
    found = problem(branch, uid)
    first = {kind: write_pdf(inspection_paper(branch, uid, kind)) for kind in INSPECTION_PAPERS}
    the_clock.move(days=3)
    issues.complete(branch, found, "2026.11.23", "已补齐。")
    for row in meeting_list(branch):
        reopen_meeting(branch, row.uid, "记错了")
        remove_meetings(branch, [row.uid], "记错了")
    edit(branch, house.people["孙晓燕"], name="孙小燕")
    members.move_to_bin(branch, [house.people["宋伟"]], "")
    organisations.rename_from(branch, house.root, "中共新名支部委员会", "新名支部", date(2026, 11, 22))
    organisations.set_profile(branch, house.root, {"secretary_name": "新书记", "superior_name": "中共新上级"})
    for version in (2, 3):
        publish_form(branch, own_form(version))
    the_clock.move(days=400)
    speak(Language.ENGLISH)
    assert {kind: write_pdf(inspection_paper(branch, uid, kind)) for kind in INSPECTION_PAPERS} == first


def test_the_next_quarter_is_printed_in_the_new_form_and_the_old_one_in_its_own(
    house: House, the_clock: SettableClock
) -> None:
    branch = house.branch
    publish_form(branch, own_form())
    old = begun(branch, OWN, number=3)
    publish_form(branch, own_form(2))
    the_clock.set(2027, 1, 20)
    new = begun(branch, OWN, 2027, 1)
    assert "支委会每月≥1次" in told(inspection_paper(branch, old, "sheet"))
    text = told(inspection_paper(branch, new, "sheet"))
    assert "2027年第一季度新版检查表" in text
    assert "支委会按月召开" in text


def test_what_was_signed_before_it_was_opened_again_can_still_be_printed(house: House) -> None:
    branch = house.branch
    uid = fed_back(branch, number=3)
    first = write_pdf(inspection_paper(branch, uid, "sheet"))
    life.reopen(branch, uid, "C4 评分有误")
    assert inspection_paper(branch, uid, "sheet").watermark == "草稿"
    line = line_of(reading.sheet(branch, uid), "C4")
    answering.set_score(branch, uid, line, Stage.CHECK, "2", "两次无方案")
    assert "考核：按标准得" in told(inspection_paper(branch, uid, "sheet"))
    assert write_pdf(inspection_paper(branch, uid, "sheet", revision=0)) == first
    with pytest.raises(Problem):
        inspection_paper(branch, uid, "sheet", revision=9)


def test_an_automatic_figure_and_an_override_are_printed_with_source_and_reason(house: House) -> None:
    branch = house.branch
    uid = begun(branch, number=3)
    sheet = reading.sheet(branch, uid)
    answering.confirm(branch, uid, [line_of(sheet, "C1")])
    line = sheet.indicator(line_of(sheet, "C3"))
    (rule,) = line.rules
    answering.set_count(branch, uid, line.id, Stage.SELF, rule.id, "7", "两次并入支部大会")
    text = told(inspection_paper(branch, uid, "sheet"))
    assert "自动：支部党员大会应有1次" in text
    assert "改数理由：两次并入支部大会" in text
    assert "原因：两次并入支部大会" in told(inspection_paper(branch, uid, "explanation"))


def test_an_inspection_that_was_entered_after_its_day_says_so(house: House) -> None:
    late = begun(house.branch, number=3)
    assert "补录：本次检查应在2026年10月10日前完成，本表于2026年11月21日录入。" in told(
        inspection_paper(house.branch, late, "sheet")
    )
    assert "补录" not in told(inspection_paper(house.branch, begun(house.branch), "sheet"))


# ---- problems


def test_an_order_and_a_slip_tell_where_the_problem_was_found(house: House) -> None:
    branch = house.branch
    uid = begun(branch, number=3)
    found = problem(branch, uid)
    with pytest.raises(Problem) as refused:
        issue_paper(branch, found, "order")
    assert refused.value.advice
    issues.order(branch, found)
    speak(Language.ENGLISH)
    order = told(issue_paper(branch, found, "order"))
    assert "编号：〔2026〕1号" in order
    assert "2026年第三季度党建工作检查表⏎C4 主题党日每月1次" in order
    assert "问题来源 / 检查表" in order
    assert "〔2026〕" in told(issue_paper(branch, found, "slip"))


def test_each_verification_has_its_slip(house: House, the_clock: SettableClock) -> None:
    branch = house.branch
    found = problem(branch, begun(branch, number=3))
    issue_files.attach_rectified_content(branch, found, "公开栏.txt", "已更新".encode())
    issues.complete(branch, found, "2026.11.20", "已补齐。")
    failed = issues.verify(branch, found, "赵立新", "2026.11.21", passed=False, opinion="缺签字").line
    the_clock.move(days=5)
    issues.complete(branch, found, "2026.11.24", "已补签。")
    issues.verify(branch, found, "赵立新", "2026.11.25", passed=True, opinion="属实")
    last = issue_paper(branch, found, "slip")
    assert last.made_on == date(2026, 11, 25)
    assert "√ 通过" in told(last)
    assert "公开栏.txt" in told(last)
    assert "√ 不通过" in told(issue_paper(branch, found, "slip", verification=failed))
    with pytest.raises(Problem):
        issue_paper(branch, found, "slip", verification="nobody")


def test_a_problem_of_the_public_has_no_line_of_an_inspection(house: House) -> None:
    entry = issues.IssueEntry("公开栏两个月没有更新", "public")
    uid = issues.raise_issue(house.branch, house.root, entry).uid
    text = told(issue_paper(house.branch, uid, "slip"))
    assert "问题来源 / 群众反映" in text
    assert "检查项目" not in text


def test_the_ledger_says_what_it_was_narrowed_to(house: House) -> None:
    branch = house.branch
    with pytest.raises(Problem) as refused:
        ledger_paper(branch)
    assert refused.value.advice
    uid = begun(branch, number=3)
    found = problem(branch, uid)
    assert "范围：全部问题" in told(ledger_paper(branch))
    person = reading.sheet(branch, uid).issues[0].responsible_uid or ""
    query = IssueQuery(year=2026, source="inspection", open_only=True, responsible=person, text="方案")
    text = told(ledger_paper(branch, query))
    assert "范围：2026年，来源：检查表，未销号，责任人：孙晓燕，含“方案”" in text
    assert "2026年第三季度党建工作检查表 C4" in text
    issues.change_issue(branch, found, {"due_on": "2026.11.20", "found_on": "2026.11.1"})
    late = told(ledger_paper(branch, IssueQuery(found_in=uid, state="rectifying", overdue_only=True)))
    assert "范围：2026年第三季度党建工作检查表，整改中，已逾期" in late
    assert "| 整改中 | 1 | 0.5" in late


# ---- spot checks, forms for the pen, workbooks


def test_a_spot_check_prints_its_seed_its_sample_and_the_numbers_of_orders(house: House) -> None:
    branch = house.branch
    uid = spot_checks.draw_spot_check(branch, house.root, "members", 3, seed=7).uid
    first, second, _third = spot_checks.spot_check(branch, uid).lines
    for line in (first, second):
        spot_checks.note_finding(branch, uid, line.uid, "手机号是旧的。")
    raised = spot_checks.issue_from(branch, uid, first.uid).uid
    issues.order(branch, raised)
    spot_checks.issue_from(branch, uid, second.uid)
    text = told(spot_check_paper(branch, uid))
    assert f"{FULL_NAME}　2026年第1次随机抽查" in text
    assert "抽样种子 / 7" in text
    assert f"| 1 | {first.item} | 手机号是旧的。 | 〔2026〕1号" in text
    assert f"| 2 | {second.item} | 手机号是旧的。 | 已登记" in text
    assert "2026年第1次随机抽查" in told(issue_paper(branch, raised, "order"))


def test_a_form_is_printed_ahead_for_an_inspection_or_for_nobody(house: House) -> None:
    branch = house.branch
    uid = begun(branch, number=3)
    form, inspection = (
        reading.form_of(branch, reading.inspection(branch, uid)),
        reading.inspection(branch, uid),
    )
    ahead = blank_paper(branch, form, inspection=inspection)
    assert FULL_NAME in told(ahead)
    assert "2026年第三季度" in told(ahead)
    assert uid.upper() in ahead.running.code
    assert FULL_NAME not in told(blank_paper(None, form))
    assert FULL_NAME in told(blank_paper(branch, form, organisation=FULL_NAME))
    assert count_pages(blank_paper(None, shipped_form("inspection.small"))) <= 3


def test_an_inspection_is_a_workbook_with_all_that_stands_on_its_lines(house: House) -> None:
    branch = house.branch
    uid = fed_back(branch, number=3)
    line = line_of(reading.sheet(branch, uid), "C1")
    speak(Language.ENGLISH)
    book = openpyxl.load_workbook(io.BytesIO(inspection_workbook(branch, uid)))
    assert book.sheetnames == ["检查表", "得分汇总"]
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    heading = next(row for row in cells if row[0] == "序号")
    row = dict(zip(heading, next(each for each in cells if each[0] == "C1"), strict=True))
    score = reading.sheet(branch, uid).line(line).score
    assert (row["分值"], row["自评分"], row["考核得分"]) == (5, score, score)
    assert "党员大会" in str(row["佐证"])
    assert row["部分"] == "三、组织生活"
    sums = list(book.worksheets[1].iter_rows(values_only=True))
    assert sums[-1][0] == "总分（含加分）"
    assert sums[-1][1] == 100


def test_the_ledger_is_a_workbook(house: House) -> None:
    branch = house.branch
    problem(branch, begun(branch, number=3))
    book = openpyxl.load_workbook(io.BytesIO(ledger_workbook(branch, IssueQuery(year=2026))))
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    heading = next(row for row in cells if row[0] == "序号")
    row = dict(zip(heading, cells[cells.index(heading) + 1], strict=True))
    assert (row["责任人"], row["状态"], row["关联失分"]) == ("孙晓燕", "整改中", 0.5)
    assert cells[-1][0] == "共1个问题，其中整改中1个。"
