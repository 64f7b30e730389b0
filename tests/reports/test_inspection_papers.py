"""The papers of inspections, from plain values: what they say, how they part, that they never change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document, Sheet
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.domain.inspections.model import Answer, Assessment, Fact, Proof, ProofSlot, Stage
from branchdesk.domain.meetings.model import Line
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.language import read_form_text, shipped_form
from branchdesk.forms.samples import read_sample, shipped_sample
from branchdesk.forms.toml_files import TomlText
from branchdesk.i18n import Language, speak
from branchdesk.page_codes import read_page_code
from branchdesk.reports.filled import Filled
from branchdesk.reports.form_papers import form_sample_paper
from branchdesk.reports.inspections.blank import blank_document
from branchdesk.reports.inspections.explanation import explanation_document
from branchdesk.reports.inspections.ledger import Ledger, LedgerLine, ledger_document
from branchdesk.reports.inspections.rectification import order_document, slip_document
from branchdesk.reports.inspections.sample_inspection import sample_sheet
from branchdesk.reports.inspections.sheet import sheet_document
from branchdesk.reports.inspections.spot_check import spot_check_document
from branchdesk.reports.inspections.summary import summary_document
from branchdesk.reports.inspections.wording import deduction_text, proof_text, score_text
from branchdesk.reports.meetings.sample_meeting import sample_lines, sample_values
from documents.pdfa_checks import faults_of, without_space
from documents.recording import record
from reports.golden_texts import assert_golden, plain_text, told
from reports.inspection_sheets import (
    AROUND,
    FACTS,
    FORM,
    ORGANISATION,
    SUPERIOR,
    TODAY,
    D,
    beside_earlier,
    confirmed,
    issue_matter,
    open_issue,
    quarter,
    tiny,
    verified_issue,
)
from support.papers import text_of

LEDGER = Ledger(
    ORGANISATION,
    (
        LedgerLine(open_issue(), "2026年第三季度党建工作检查表 C4", 5),
        LedgerLine(verified_issue(), "2026年第2次随机抽查"),
        LedgerLine(replace(open_issue(), number=None, measures="", due_on="", lost_points=None), "群众反映"),
    ),
    TODAY,
    "2026年",
)


def spot_check() -> Document:
    form, sample = shipped_form("inspection.spot_check"), shipped_sample("inspection.spot_check")
    assert sample is not None
    values = sample_values(form.fields, sample.values, AROUND)
    lines: dict[str, tuple[Line, ...]] = sample_lines(form, sample, AROUND)
    filled = Filled(form, values, lines, shipped_dictionaries())
    return spot_check_document(filled, date(2026, 8, 25), ORGANISATION, title="2026年第2次随机抽查")


def blank(kind: str = "inspection.quarter", **more: object) -> Document:
    return blank_document(shipped_form(kind), TODAY, shipped_dictionaries(), **more)  # type: ignore[arg-type]


PAPERS: dict[str, Callable[[], Document]] = {
    "inspection_sheet": lambda: sheet_document(quarter()),
    "inspection_explanation": lambda: explanation_document(quarter()),
    "inspection_summary": lambda: summary_document(quarter(), beside_earlier(quarter())),
    "inspection_order": lambda: order_document(issue_matter(open_issue())),
    "inspection_slip": lambda: slip_document(
        issue_matter(verified_issue(), files=("公开栏.jpg", "台账.pdf"))
    ),
    "inspection_ledger": lambda: ledger_document(LEDGER),
    "inspection_spot_check": spot_check,
    "inspection_blank": blank,
    "inspection_blank_small": lambda: blank("inspection.small"),
    "inspection_blank_spot_check": lambda: blank("inspection.spot_check"),
    "inspection_prefilled": lambda: blank(
        organisation=ORGANISATION, period="2026年第三季度", values={"secretary": "周建国"}, uid="i1"
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_as_it_was_looked_at(name: str) -> None:
    document = PAPERS[name]()
    assert_golden(name, document)
    assert missing_in(document) == ""
    pdf = write_pdf(document)
    assert faults_of(pdf) == []
    assert write_pdf(PAPERS[name]()) == pdf
    assert write_docx(PAPERS[name]()) == write_docx(document)


@pytest.mark.parametrize("name", PAPERS)
def test_official_paper_is_chinese_in_an_english_window(name: str) -> None:
    chinese = told(PAPERS[name]())
    speak(Language.ENGLISH)
    assert told(PAPERS[name]()) == chinese


# ---- the sheet


def cells_of(document: Document) -> list[str]:
    """The texts of all cells of all ruled sheets."""
    sheets = [block for block in document.blocks if isinstance(block, Sheet)]
    return [plain_text(cell.content) for one in sheets for cell in one.cells]  # type: ignore[arg-type]


def test_an_automatic_figure_prints_its_source() -> None:
    line = tiny({"meet": Answer(self_check=confirmed("meet"))})
    (one, *_rest) = line.indicators()
    assert deduction_text(line, one) == "自动：本季度应开支委会3次，已开2次，缺1次（8月），扣2分。"
    assert deduction_text(line, one) in cells_of(sheet_document(line))


def test_an_override_prints_what_the_records_say_and_its_reason() -> None:
    said = Assessment(counts={"missing": D(0)}, whys={"missing": "8 月的会 9 月 1 日补开"})
    line = tiny({"meet": Answer(self_check=said)})
    text = deduction_text(line, line.indicators()[0])
    assert text == (
        "缺支委会：0项（自动：本季度应开支委会3次，已开2次，缺1次（8月）；"
        "改数理由：8 月的会 9 月 1 日补开）。"
    )
    silent = tiny({"meet": Answer(self_check=replace(said, whys={}))})
    assert "改数理由：没有写明" in deduction_text(silent, silent.indicators()[0])
    explained = cells_of(explanation_document(line))
    assert any("改数，自动数为1；原因：8月的会9月1日补开" in text for text in explained)


def test_a_score_against_the_rules_says_what_they_gave_and_why() -> None:
    line = tiny({"meet": Answer(self_check=Assessment(score=D(5), reason="会议合并召开。"))})
    text = deduction_text(line, line.indicators()[0])
    assert text.endswith("按标准得4分，改为5分，理由：会议合并召开。")
    assert score_text(line, line.indicators()[0], Stage.SELF) == "5"


def test_what_the_inspectors_took_off_stands_behind_what_the_branch_said() -> None:
    own = Assessment(counts={"missing": D(0), "faults": D("0.5")}, whys={"faults": "7 月缺签字"})
    check = Assessment(score=D(5), reason="7 月、9 月缺签字，扣 1 分")
    line = tiny({"meet": Answer(self_check=own, check=check)}, facts={})
    assert deduction_text(line, line.indicators()[0]).split("\n") == [
        "记录不全：0.5分，扣0.5分（7 月缺签字）。",
        "考核：按标准得5.5分，改为5分，理由：7 月、9 月缺签字，扣 1 分。",
    ]


def test_the_summary_leaves_out_rules_that_took_nothing() -> None:
    line = tiny(
        {"rate": Answer(self_check=confirmed("rate"))},
        facts={**FACTS, "attendance.rate": Fact("attendance.rate", D(84), "参会率 84%。")},
    )
    rate = line.indicators()[1]
    assert deduction_text(line, rate, only_lost=True) == "自动：参会率84%，扣0.5分。"
    fine = tiny({"rate": Answer(self_check=confirmed("rate"))})
    assert deduction_text(fine, rate, only_lost=True) == ""
    assert deduction_text(fine, rate) == "自动：本季度参会率86%。"


def checked(**scores: str) -> dict[str, Answer]:
    """All lines that count scored by the inspectors."""
    given = {"meet": "6", "rate": "3", "small_groups": "1", **scores}
    return {name: Answer(check=Assessment(score=Decimal(points))) for name, points in given.items()}


def test_a_line_that_does_not_apply_leaves_the_base_and_the_conversion_is_explained() -> None:
    answers = checked(meet="5") | {"small_groups": Answer(applies=False, why_not="没有党小组")}
    matter = tiny(answers)
    text = told(sheet_document(matter))
    assert "D1 / 党小组 / 1 /  / 不适用 / 不适用：没有党小组。 / 不适用" in text
    assert "D1项不适用，不计入基数。得分按8 ÷ 9 × 10折算，为8.89分。" in text
    assert "二、其他 / 1 / 适用0分" in text
    assert "考核总分 / 8.89 分\n/ 等次 / 良好\n" in text


def test_a_veto_sets_the_grade_and_says_so() -> None:
    matter = tiny(checked() | {"fraud": Answer(vetoed=True, veto_reason="伪造签到表")})
    text = told(sheet_document(matter))
    assert "一票否决：伪造签到表。" in text
    assert "D3项被一票否决，等次定为不合格。" in text
    assert "等　次 / 不合格" in text


def test_a_bonus_stands_in_the_column_of_the_inspectors_too_once_all_is_checked() -> None:
    bonus = {"honour": Answer(self_check=Assessment(score=D(3), reason="市级表彰"))}
    matter = tiny(checked() | bonus)
    assert "D2 / 受表彰 / +3 /  / 3 / 市级表彰。 / 3" in told(sheet_document(matter))
    assert "含加分2分" in told(sheet_document(matter))
    assert "12" in cells_of(sheet_document(matter)), "the cap holds"


def test_a_sheet_that_is_checked_in_part_has_no_total_of_the_inspectors() -> None:
    matter = tiny({"meet": Answer(check=Assessment(score=D(4)))})
    text = told(sheet_document(matter))
    assert "考核总分 / \n/ 等次 / \n" in text
    assert "尚有1项没有得分" in text


def test_a_late_inspection_and_a_draft_say_so() -> None:
    late = told(sheet_document(tiny(late_since="2026-10-10")))
    assert "补录：本次检查应在2026年10月10日前完成，本表于2026年7月5日录入。" in late
    assert "补录" not in told(sheet_document(tiny()))
    drafts = record(sheet_document(tiny(draft=True)))
    assert {tuple(page.slanted) for page in drafts} == {("草稿",)}


def test_the_title_names_the_superior_or_else_the_branch() -> None:
    assert sheet_document(quarter()).title == f"{SUPERIOR}2026年第三季度党建工作检查表"
    assert sheet_document(quarter(superior="")).title == f"{ORGANISATION}2026年第三季度党建工作检查表"


def test_proof_counts_papers_and_not_what_is_wanting() -> None:
    proof = Proof("p", "meet", ProofSlot.PLAN, "计划.pdf", "attachment", "f")
    matter = tiny(proofs=(proof,))
    assert proof_text(matter, matter.indicators()[0]) == "会议记录\n已附3份"
    assert proof_text(matter, matter.indicators()[1]) == ""


def test_opinions_and_places_to_sign_stand_in_boxes() -> None:
    matter = tiny(values={"opinion": "没有异议。", "advice": "坚持每月自查。", "inspectors": "孟广平、邹丽"})
    sheets = [block for block in sheet_document(matter).blocks if isinstance(block, Sheet)]
    last = {plain_text(cell.content): cell.foot for cell in sheets[-1].cells}  # type: ignore[arg-type]
    assert last["被检查单位意见：\n没有异议。"][0].startswith("被检查单位负责人签字：")
    assert "坚持每月自查。" in last
    assert last["检查人签字："] == ("　　　　年　　月　　日",)


def test_every_page_repeats_the_head_and_rows_are_never_cut() -> None:
    pages = record(sheet_document(quarter()))
    assert len(pages) >= 3
    for page in pages:
        text = "".join(page.texts())
        assert "检查内容" in text
        assert "扣分及原因" in text
        bottom = page.height - 15 / 25.4 * 72
        assert all(segment.y1 <= bottom + 0.1 for segment in page.segments)
    numbers = [run.text for page in pages for run in page.runs if re.fullmatch(r"[A-J]\d", run.text)]
    wanted = [one.number for one in quarter().indicators()]
    assert numbers == wanted, "each line stands once, on one page"


def test_no_section_stands_at_the_foot_of_a_page_and_no_row_alone_on_the_last() -> None:
    for matter in (quarter(), quarter(superior="")):
        for document in (sheet_document(matter), explanation_document(matter)):
            tables = [block for block in document.blocks if isinstance(block, Sheet)]
            for table in tables:
                last = [cell for cell in table.cells if cell.row == len(table.heights) - 1]
                assert not re.match("[一二三四五六七八九]、", plain_text(last[0].content))  # type: ignore[arg-type]
            assert len(tables[-1].heights) > 2


def test_a_text_that_no_page_holds_goes_on_behind_the_table() -> None:
    reason = "逐次说明。" * 500
    matter = tiny({"meet": Answer(self_check=Assessment(score=D(3), reason=reason))})
    document = sheet_document(matter)
    text = without_space(text_of(write_pdf(document)))
    assert "（见附页）" in text
    assert text.count("逐次说明") == 500
    assert count_pages(document) > 2


def test_a_head_field_of_any_length_keeps_the_table_on_its_page() -> None:
    matter = tiny(values={"inspectors": "、".join(f"检查人{n}" for n in range(40))})
    assert "检查人39" in without_space(text_of(write_pdf(sheet_document(matter))))


def test_a_form_without_places_to_sign_ends_with_its_table() -> None:
    form = FORM[: FORM.index("[[signature]]")]
    assert "签字" not in told(sheet_document(tiny(form=form)))


# ---- explanation and summary


def test_the_explanation_follows_the_score_that_counts() -> None:
    own = tiny({"meet": Answer(self_check=Assessment(score=D(4)))})
    assert "自评得分" in told(explanation_document(own))
    done = tiny(checked(meet="5"))
    text = told(explanation_document(done))
    assert "检查组考核得分" in text
    assert "C1 / 支委会每月召开 / 6 / 5 / " in text


def test_the_summary_has_a_bar_for_each_section_and_says_what_is_not_scored() -> None:
    matter = tiny({"rate": Answer(self_check=Assessment(score=D(2)))}, facts={})
    runs = "".join(record(summary_document(matter))[0].texts())
    assert "一、组织生活" in runs
    assert "2/9" in runs
    assert "还没有评分" in runs
    assert "还有2项没有得分" in told(summary_document(matter))


def test_the_summary_tells_losses_comparison_and_problems() -> None:
    matter = quarter()
    text = told(summary_document(matter, beside_earlier(matter)))
    assert "一、总体情况" in text
    assert "四、对照情况" in text
    assert "/ 总分 / 100 / " in text
    assert "+7" in text
    assert "截至2026年10月12日，共登记问题2个，已验证销号1个，逾期1个。" in text
    assert "去年同期" not in text, "nothing is known of that year"
    plain = told(summary_document(tiny(checked())))
    assert "对照情况" not in plain
    assert "各项均没有扣分。" in plain
    assert "本次检查没有登记问题。" in plain


def test_a_summary_of_a_failed_form_names_the_veto_and_the_conversion() -> None:
    answers = checked() | {
        "fraud": Answer(vetoed=True, veto_reason="造假"),
        "small_groups": Answer(applies=False, why_not="没有"),
    }
    text = told(summary_document(tiny(answers)))
    assert "“弄虚作假”被一票否决。" in text
    assert "得分按9 ÷ 9 × 10折算" in text


# ---- problems


def test_an_order_has_its_number_and_room_to_write() -> None:
    text = told(order_document(issue_matter(open_issue(measures="", due_on="", acknowledged_on=""))))
    assert "编号：〔2026〕2号" in text
    assert "整改措施 / " in text
    assert "sign: 责任人签收： 　　　　年　　月　　日" in text
    assert "关联失分 / 0.5 分（仅作记录）" in text
    assert count_pages(order_document(issue_matter(open_issue()))) == 1


def test_a_slip_tells_the_verification_and_those_before() -> None:
    issue = verified_issue()
    text = told(slip_document(issue_matter(issue, overdue=2)))
    assert "编号：〔2026〕2号" in text
    assert "√ 通过，销号　　　　□ 不通过，重新整改" in text
    assert "此前的验证：2026年10月14日由陈志远验证，不通过。" in text
    assert "2026年10月16日（逾期 2 天）" in text
    failed = told(slip_document(issue_matter(issue), issue.verifications[0]))
    assert "□ 通过，销号　　　　√ 不通过，重新整改" in failed
    assert "验证没有通过，问题重新整改，另定时限。" in failed
    assert "此前的验证" not in failed


def test_an_empty_slip_is_for_the_pen() -> None:
    text = told(slip_document(issue_matter(open_issue(number=None))))
    assert "编号：〔2026〕　　号" in text
    assert "□ 通过，销号　　　　□ 不通过，重新整改" in text


def test_the_ledger_counts_states_and_overdue_problems() -> None:
    text = told(ledger_document(LEDGER))
    assert "共3个问题，其中未整改1个，整改中1个，已验证1个；逾期1个。" in text
    assert "| 1 | 〔2026〕2号 | 2026年第三季度党建工作检查表 C4 | 9月主题党日缺活动方案。" in text
    many = replace(LEDGER, lines=LEDGER.lines * 40, narrowed="")
    document = ledger_document(many)
    assert "范围：全部问题" in told(document)
    assert all("问题描述" in "".join(page.texts()) for page in record(document))


# ---- for the pen


def codes_of(document: Document) -> list[str]:
    """The short numbers beside the codes of the pages."""
    return [run.text for page in record(document) for run in page.runs if re.search(r" \d+/\d+$", run.text)]


def test_the_pages_of_a_blank_form_bear_their_form_and_number() -> None:
    assert codes_of(blank()) == [f"QUARTER/1 {page}/3" for page in (1, 1, 2, 2, 3, 3)]
    assert set(codes_of(blank("inspection.spot_check"))) == {"SPOT-CHECK/1 1/1"}
    code = read_page_code  # what is printed can be read back: tests/documents/test_page_marks.py
    assert code("BD1:INSPFORM:QUARTER/1:1/4:0000") is None
    uid = "01a200268665768ca3812d49cf11c9b3"
    assert codes_of(blank(uid=uid))[0] == f"{uid[-8:].upper()} 1/3"


def test_rows_for_the_pen_are_high_and_have_a_square_for_each_digit() -> None:
    tables = [block for block in blank().blocks if isinstance(block, Sheet)][1:]
    for table in tables:
        for cell in table.cells:
            if re.fullmatch(r"[A-J]\d", plain_text(cell.content)):  # type: ignore[arg-type]
                assert table.heights[cell.row] >= 11.0
    boxes = [text for text in cells_of(blank()) if text.startswith("□") and "适用" not in text]
    assert boxes.count("□.□") == 2 * 38
    assert boxes.count("□") == 2 * 2, "a veto is ticked"


def test_what_is_known_is_printed_ahead() -> None:
    text = told(PAPERS["inspection_prefilled"]())
    assert "2026年第三季度党建工作检查表" in text
    assert f"被检查单位 / {ORGANISATION}" in text
    assert "周建国" in text
    assert "＿＿＿＿年第＿＿季度党建工作检查表" in told(blank())


def test_a_line_of_ten_points_has_two_squares_before_the_point() -> None:
    form = shipped_form("inspection.quarter")
    first = replace(form.indicators[0], points=D(12))
    fields = tuple(first if one.id == first.id else one for one in form.fields)
    document = blank_document(replace(form, fields=fields), TODAY, shipped_dictionaries())
    assert cells_of(document).count("□□.□") == 2
    runs = [run.text for page in record(document) for run in page.runs]
    assert runs.count("□□.□") == 2, "on one line"


def test_a_short_form_for_the_pen_takes_two_pages_with_its_places_to_sign() -> None:
    assert count_pages(blank("inspection.small")) == 2


def test_days_stand_in_a_spot_check_only_where_there_are_some() -> None:
    assert "日期 |" in told(blank("inspection.spot_check"))
    filled = told(PAPERS["inspection_spot_check"]())
    assert "整改单号" in filled
    shown = "| 日期 |" in filled
    assert shown == bool(re.search(r"\| \d{4}年\d+月\d+日 \|", filled))


# ---- where no branch is open


@pytest.mark.parametrize("kind", ["inspection.quarter", "inspection.small", "inspection.spot_check"])
def test_a_form_that_ships_prints_with_its_sample_and_empty(kind: str) -> None:
    filled = form_sample_paper(shipped_form(kind), shipped_sample(kind))
    assert ORGANISATION in told(filled)
    assert filled.watermark == ""
    empty = form_sample_paper(shipped_form(kind), None)
    assert empty.running.code
    assert ORGANISATION not in told(empty)


def test_a_sample_without_a_day_is_of_the_running_quarter_and_may_fail() -> None:
    text = """
[answers.meet]
why_not = "没有支委会"
[answers.fraud]
veto_reason = "伪造签到表"
"""
    form = read_form_text(FORM, "tiny")
    sheet = sample_sheet(form, read_sample(TomlText(text, "sample"), form), ORGANISATION, AROUND)
    assert sheet.inspection.title == "2026年第四季度支部工作检查表"
    assert not sheet.inspection.answer("meet").applies
    assert [one.number for one in sheet.self_total.vetoed] == ["D3"]
