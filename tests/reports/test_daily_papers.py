"""The papers of daily records, from plain values: the sheet of a month, the sheet of a year, the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.documents.xlsx import write_xlsx
from branchdesk.forms.language import shipped_form
from branchdesk.forms.samples import shipped_sample
from branchdesk.i18n import Language, speak
from branchdesk.reports.daily.matter import MonthSheet
from branchdesk.reports.daily.month_sheet import month_document
from branchdesk.reports.daily.workbooks import year_tables
from branchdesk.reports.daily.year_sheet import year_document
from branchdesk.reports.form_papers import form_sample_paper
from documents.pdfa_checks import faults_of, text_of
from documents.test_docx_pages import OFFICE, compare, converted
from reports.daily_matters import FORM, TODAY, WHOLE, account, matter, record
from reports.golden_texts import assert_golden, told
from support.branches import SettableClock

KIND = "member.daily"


def month(number: int, **more: bool) -> Document:
    return month_document(matter(), number, [account()], **more)


PAPERS: dict[str, Callable[[], Document]] = {
    "daily_month": lambda: month(10),
    "daily_month_open": lambda: month(9),
    "daily_month_empty": lambda: month(11),
    "daily_month_pen": lambda: month(10, for_the_pen=True),
    "daily_year": lambda: year_document(matter(), [account(), account("胡强", {})]),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_as_it_was_looked_at(name: str) -> None:
    assert_golden(name, PAPERS[name]())


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_can_be_archived_and_has_all_its_characters(name: str) -> None:
    document = PAPERS[name]()
    assert faults_of(write_pdf(document)) == []
    assert not missing_in(document)
    assert write_docx(document)


def test_papers_are_chinese_in_an_english_window() -> None:
    chinese = {name: told(make()) for name, make in PAPERS.items()}
    speak(Language.ENGLISH)
    try:
        assert {name: told(make()) for name, make in PAPERS.items()} == chinese
    finally:
        speak(Language.CHINESE)


def test_a_final_sheet_says_that_there_was_nothing_and_an_open_one_leaves_room_for_the_hand() -> None:
    final, still_open, empty = told(month(10)), told(month(9)), told(month(11))
    assert "/ 承诺践诺 / 无" in final
    assert "/ 承诺践诺 / 无" in still_open
    assert "/ 党小组意见 / \n" in still_open
    assert "/ 承诺践诺 / \n" in empty
    assert "/ 支部评价 / □ 好　　□ 较好　　□ 一般　　□ 差" in empty
    assert "2026年10月30日" in text_of(write_pdf(month(10)))
    assert "2026年10月30日" not in text_of(write_pdf(month(9)))


def test_figures_that_nobody_keeps_have_a_dash_and_stay_out_of_totals() -> None:
    assert "/ 本月积分 / — / 党费缴至 / —" in told(month(11))
    said = told(year_document(matter(), [account()]))
    assert "/ 11月 / 1 / 0 / 0 / 1 / 1.5 / — /" in said
    assert "/ 合计 / 3 / 1 / 1 / 1 / 4.5 / 3.5 / 4.5 / 好1、较好1" in said
    assert "/ 12月 /  /  /" in said, "a month to come has no figures"


def test_a_month_with_short_texts_is_one_page_and_so_is_one_with_long_texts() -> None:
    for factor in (1, 6):
        values = {
            **WHOLE,
            "work": "完成本月任务。" * 10 * factor,
            "self_words": "学习还要再抓紧。" * 9 * factor,
        }
        sheet = MonthSheet(10, FORM, record(10, values))
        assert count_pages(month_document(matter(), 10, [account(months={10: sheet})])) == 1


def test_texts_that_no_page_holds_go_on_to_another_one_with_the_places_to_sign() -> None:
    long_ids = [one.id for one in FORM.fields if one.type.name == "long_text"]
    values = dict.fromkeys(long_ids, "完成本月任务，" * 70) | {"branch_grade": "good"}
    document = month_document(matter(), 10, [account(months={10: MonthSheet(10, FORM, record(10, values))})])
    assert count_pages(document) > 1
    assert told(document).count("本人签字：") == 1


def test_each_member_begins_a_page_in_one_file() -> None:
    people = [account(f"党员{number}") for number in range(5)]
    assert count_pages(month_document(matter(*people), 10, people)) == 5
    document = year_document(matter(*people), people)
    assert count_pages(document) == 5
    assert document.title == "2026年党员日常表现写实年度汇总表"
    assert month(10).title == "何静2026年10月党员日常表现写实表"


def test_a_full_year_of_texts_is_still_one_page() -> None:
    months = {
        number: MonthSheet(
            number, FORM, record(number, {**WHOLE, "work": f"完成第 {number} 项工作，按时上报。"})
        )
        for number in range(1, 12)
    }
    document = year_document(matter(), [account(months=months)])
    assert count_pages(document) == 1
    assert "11月：完成第 11 项工作，按时上报。" in told(document)


def test_hours_that_were_not_understood_count_nothing() -> None:
    sheet = MonthSheet(9, FORM, record(9, {"volunteer_hours": "半天"}))
    assert sheet.volunteer_hours == Decimal(0)
    assert MonthSheet(9, FORM).volunteer_hours == Decimal(0)


def test_a_form_without_a_ruled_paper_prints_its_fields_below_each_other() -> None:
    assert FORM.paper is not None
    plain = replace(FORM, paper=None)
    sheet = MonthSheet(10, plain, record(10, WHOLE))
    document = month_document(replace(matter(), form=plain), 10, [account(months={10: sheet})])
    assert "/ 岗位业绩 / 完成月度汇总。⏎修订核查办法。" in told(document)


def test_the_workbook_has_the_sums_and_every_written_month() -> None:
    content = write_xlsx(list(year_tables(matter(account(), account("胡强", {})))), TODAY, "王敏")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["年度统计", "逐月写实"]
    sums = [row for row in book["年度统计"].iter_rows(values_only=True) if row[0] == 1]
    assert sums[0][1:10] == ("何静", "第一党小组", 3, 1, 1, 1, 4.5, 3.5, 4.5)
    assert sums[0][10:] == (2, 1, "好1、较好1")
    months = [row for row in book["逐月写实"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [(row[1], row[3], row[-1]) for row in months] == [
        ("何静", "9月", "填写中"),
        ("何静", "10月", "已定稿"),
    ]
    assert "完成月度汇总。\n修订核查办法。" in months[1]


# ---- the form where no branch is open


def test_the_sample_fills_the_sheet_and_nothing_leaves_it_to_the_pen(the_clock: SettableClock) -> None:
    the_clock.set(2026, 11, 21)
    form, sample = shipped_form(KIND), shipped_sample(KIND)
    said = told(form_sample_paper(form, sample))
    assert "/ 月　份 / 2026年10月" in said
    assert "4.5 小时" in said
    assert "/ 支部评价 / 好\n" in said
    blank = told(form_sample_paper(form, None))
    assert "/ 姓　名 /  / 月　份 / \n" in blank
    assert "无" not in blank


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")
def test_every_paper_has_an_equal_twin(tmp_path: object) -> None:
    documents = {name: make() for name, make in PAPERS.items()}
    compare(documents, converted(tmp_path, documents, with_blank=False))  # type: ignore[arg-type]
