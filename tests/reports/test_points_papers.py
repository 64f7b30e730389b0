"""The papers of points, from plain values: what they say, that they add up, how they part."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document, Sheet, Table
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.documents.xlsx import WorkbookTable, write_xlsx
from branchdesk.domain.points.model import EntrySource, PointRule
from branchdesk.i18n import Language, speak
from branchdesk.reports.points.exchanges import redemption_ledger_document, reward_list_document
from branchdesk.reports.points.matter import Account
from branchdesk.reports.points.member_page import left_out_text, member_pages_document
from branchdesk.reports.points.publicity import Publicity, publicity_document, remark
from branchdesk.reports.points.task_lists import duty_list_document, task_list_document
from branchdesk.reports.points.wording import caps_text, limits_text, lines_text, standard_text
from branchdesk.reports.points.workbooks import publicity_tables, year_tables
from documents.pdfa_checks import faults_of
from reports.golden_texts import assert_golden, plain_text, told
from reports.points_matters import (
    EXCHANGES,
    LEDGER,
    SCHEME,
    TODAY,
    D,
    account,
    entry,
    matter,
    meetings,
    october,
    undo,
    usual_year,
)
from support.papers import pages_of, text_of

PAPERS: dict[str, Callable[[], Document]] = {
    "points_publicity": lambda: publicity_document(october()),
    "points_members": lambda: member_pages_document(matter()),
    "points_duties": lambda: duty_list_document(matter()),
    "points_tasks": lambda: task_list_document(matter()),
    "points_redemptions": lambda: redemption_ledger_document(matter()),
    "points_rewards": lambda: reward_list_document(matter()),
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


def table_of(document: Document) -> Table:
    """The only table of a paper."""
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found


def column(document: Document, label: str) -> list[str]:
    """A column of the only table of a paper."""
    table = table_of(document)
    place = [one.label for one in table.columns].index(label)
    return [row[place] for row in table.rows]


def cells_of(document: Document) -> list[str]:
    """The texts of all cells of all ruled sheets."""
    sheets = [block for block in document.blocks if isinstance(block, Sheet)]
    return [plain_text(cell.content) for one in sheets for cell in one.cells]  # type: ignore[arg-type]


def number(text: str) -> Decimal:
    """A number as papers print it."""
    return Decimal(text.replace("–", "-"))


# ---- publicity


def test_the_buckets_of_everybody_add_up_to_the_total() -> None:
    document = publicity_document(october())
    totals = [number(text) for text in column(document, "累计")]
    sums = [
        sum(map(number, points))
        for points in zip(*(column(document, one.title) for one in SCHEME.buckets), strict=True)
    ]
    assert sums == totals == [D("86.25"), D(70), D(60)]


def test_last_months_total_and_this_month_give_this_total() -> None:
    ledger = [one for one in LEDGER if one.uid not in {"e71", "e72", "e82"}]
    end = date(2026, 9, 30)
    september = matter([account("王秀兰", "p1", ledger, until=end)], last=end)
    this_month = matter([account("王秀兰", "p1", ledger)])
    before = publicity_document(Publicity(september, 9))
    after = publicity_document(Publicity(this_month, 10))
    (total,), (earned,) = column(before, "累计"), column(after, "本月")
    assert [str(number(total) + number(earned))] == column(after, "累计")


def test_a_remark_names_what_the_points_were_for_and_that_a_cap_was_reached() -> None:
    said = remark(october(), matter().accounts[0]).split("；")
    assert said[:4] == ["参加组织生活 +4（已到上限）", "集中学习 +1.25", "社区值守 +6", "会议迟到 –1"]
    full = account("高峰", "p2", [entry(f"g{n}", "guard", f"0{n}-01") for n in range(1, 5)])
    april = Publicity(matter([full]), 4)
    assert remark(april, full) == ""


def test_what_was_reversed_of_published_months_is_named_for_everybody() -> None:
    said = remark(october(), matter().accounts[0])
    assert said.endswith("；冲正9月记分 1 笔")
    noted = "以前月份的记分，10月以来补记 1 笔、冲正 1 笔，累计中已经计入。"
    assert noted in told(publicity_document(october()))


def test_what_was_added_to_the_month_before_is_no_change_of_a_published_month() -> None:
    late = entry("x", "guard", "09-28", entered_on=date(2026, 10, 4))
    for one in (late, replace(late, entered_on=None)):
        found = Publicity(matter([account("高峰", "p2", [one])]), 10)
        assert "以前月份" not in told(publicity_document(found))
    older = replace(late, on=date(2026, 8, 28))
    found = Publicity(matter([account("高峰", "p2", [older])]), 10)
    assert "10月以来补记 1 笔，累计" in told(publicity_document(found))


def test_a_publicity_never_prints_reasons_or_proofs() -> None:
    pdf = text_of(write_pdf(publicity_document(october())))
    assert "堵车" not in pdf
    assert "照片" not in pdf


def test_entries_that_wait_are_counted_below_the_table() -> None:
    assert "3.另有 1 笔记分尚待审核，未计入本表。" in told(publicity_document(october()))
    quiet = publicity_document(replace(october(), matter=matter([account("高峰", "p2")])))
    assert "待审核" not in told(quiet)


def test_a_month_that_is_not_over_says_so() -> None:
    day = date(2026, 10, 20)
    early = matter([account("高峰", "p2", meetings("10-08"), until=day)], last=day)
    said = told(publicity_document(Publicity(early, 10)))
    assert "10月尚未结束，本表为截至2026年10月20日的情况。" in said
    assert "尚未结束" not in told(publicity_document(october()))


def test_the_days_of_publicity_are_printed_or_left_for_the_pen() -> None:
    assert "公示期：　　　　年　　月　　日至" in told(publicity_document(october()))
    posted = publicity_document(october(posted=(date(2026, 11, 3), date(2026, 11, 9))))
    assert "公示期：2026年11月3日至2026年11月9日。" in told(posted)


def test_who_left_is_not_made_public_but_keeps_the_claims() -> None:
    claim = entry("c", "clean", "05-03", source=EntrySource.CLAIMED)
    gone = replace(account("韩雪", "p9", [claim]), here=False)
    found = matter([gone, account("高峰", "p2")])
    assert column(publicity_document(Publicity(found, 10)), "姓名") == ["高　峰"]
    assert "韩雪" in column(task_list_document(found), "认领人")


def test_a_long_publicity_repeats_its_head_and_signs_on_the_last_page_only() -> None:
    many = matter([account(f"党员{n}", f"q{n}", LEDGER) for n in range(60)])
    pages = pages_of(write_pdf(publicity_document(Publicity(many, 10))))
    assert len(pages) > 1
    assert all("累计" in page for page in pages)
    assert ["制表人" in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_a_scheme_of_many_buckets_is_printed_landscape() -> None:
    upright = publicity_document(october()).page
    buckets = (*SCHEME.buckets, *(replace(SCHEME.buckets[1], id=f"b{n}", title=f"类别{n}") for n in range(3)))
    wide = replace(SCHEME, buckets=buckets)
    many = matter([account("高峰", "p2", scheme=wide)], scheme=wide)
    landscape = publicity_document(Publicity(many, 10)).page
    assert upright.width < upright.height
    assert landscape.width > landscape.height


# ---- the page of a member


def test_a_usual_year_is_explained_on_one_page() -> None:
    document = member_pages_document(matter([usual_year()], last=None))
    assert count_pages(document) == 1
    assert all(not cell.endswith("（见附页）") for cell in cells_of(document))


def test_a_year_of_many_entries_is_set_smaller_before_it_takes_a_second_page() -> None:
    def smallest(one: Account) -> float:
        sheets = [
            each for each in member_pages_document(matter([one], last=None)).blocks if isinstance(each, Sheet)
        ]
        return min(cell.style.size for sheet in sheets for cell in sheet.cells)

    reasons = [f"第{n}次没有到会，也没有请假" for n in range(26)]
    rows = [
        entry(f"n{n}", "absent", f"{n % 12 + 1:02}-{n + 1:02}", reason=one) for n, one in enumerate(reasons)
    ]
    full = account("王秀兰", "p1", [*LEDGER, *rows], until=None)
    assert count_pages(member_pages_document(matter([full], last=None))) == 1
    assert smallest(full) < smallest(account("高峰", "p2"))


def test_every_entry_of_a_year_stands_on_the_page_with_its_day() -> None:
    one = usual_year()
    cells = "\n".join(cells_of(member_pages_document(matter([one], last=None))))
    days = set()
    for text in re.findall(r"((?:\d+月(?:\d+日、?)+，?)+)", cells):
        for month, own in re.findall(r"(\d+)月((?:\d+日、?)+)", text):
            days |= {date(2026, int(month), int(day)) for day in re.findall(r"\d+", own)}
    assert {line.entry.on for line in one.tally.lines} <= days


def test_the_lines_of_a_page_add_up_to_its_total() -> None:
    one = usual_year()
    rows = [
        [plain_text(cell.content) for cell in block.cells if cell.row == row]  # type: ignore[arg-type]
        for block in member_pages_document(matter([one], last=None)).blocks
        if isinstance(block, Sheet)
        for row in range(len(block.heights))
    ]
    rules = {rule.number for rule in SCHEME.rules}
    counted = [number(row[-1]) for row in rows if row[0] in rules]
    begun = sum(bucket.begin for bucket in SCHEME.buckets)
    (total,) = [number(row[-1]) for row in rows if row[0] == "总积分"]
    assert sum(counted) + begun == total == one.tally.total


def test_people_begin_on_a_page_of_their_own() -> None:
    pages = pages_of(write_pdf(member_pages_document(matter())))
    assert [re.findall("王秀兰|高峰|欧阳静怡", page)[0] for page in pages] == ["王秀兰", "高峰", "欧阳静怡"]
    one = member_pages_document(matter(), matter().accounts[1:2])
    assert one.title == "高峰2026年党员积分明细"
    assert count_pages(one) == 1


def lines_of(*entries: object) -> str:
    """What a page says of the entries of one rule."""
    return lines_text(account("王秀兰", "p1", entries).tally.lines)  # type: ignore[arg-type]


def test_equal_entries_share_a_line_whose_months_are_named_once() -> None:
    said = lines_of(*meetings("01-08", "01-22", "02-05"))
    assert said == "1月8日、22日，2月5日各 +2。"
    assert lines_of(*meetings("03-05")) == "3月5日 +2。"


def test_a_cap_that_cut_an_entry_is_named_with_what_was_there_before() -> None:
    said = lines_of(*meetings("01-08", "01-15", "01-22", "02-05"))
    assert said == "1月8日、15日，2月5日各 +2。\n1月22日 0：每月最多 4 分，这个月已有 4 分。"
    half = lines_of(entry("s", "studied", "08-11", "5"))
    assert half == "8月11日 5 学时 +2：应为 +2.5，每次最多 2 分。"


def test_reason_and_proof_stand_behind_an_entry_but_not_the_record_of_an_automatic_one() -> None:
    proven = entry("a", "guard", "05-01", reason="节日值守。", evidence_title="照片2张")
    assert lines_of(proven) == "5月1日 +6（节日值守；佐证：照片2张）。"
    drawn = entry("a", "absent", "05-02", reason="没有请假", evidence_title="支部党员大会")
    assert lines_of(replace(drawn, source=EntrySource.AUTOMATIC)) == "5月2日 –2（没有请假）。"


def test_of_the_proofs_of_equal_entries_the_first_is_named_and_all_are_counted() -> None:
    two = [entry(f"a{n}", "guard", f"0{n}-01", evidence_title=f"{n}月照片") for n in (5, 6)]
    assert lines_of(*two) == "5月1日，6月1日各 +6（佐证：5月照片等 2 份）。"
    same = [replace(one, evidence_title="值守登记簿") for one in two]
    assert lines_of(*same) == "5月1日，6月1日各 +6（佐证：值守登记簿）。"
    apart = [replace(two[0], reason="夜班"), two[1]]
    assert len(lines_of(*apart).splitlines()) == 2


def test_what_does_not_count_is_told_with_its_reason() -> None:
    said = left_out_text(matter().accounts[0]).splitlines()
    assert said == [
        "2026.09.12“2.3 社区值守”：已经冲正，不计分。原因：记错了人。",
        "2026.09.20“2.5 环境整治义务劳动”：审核没有通过，不计分。原因：没有参加。",
        "2026.10.30“2.4 数据下乡辅导”：还没有审核，不计分。",
    ]
    assert "不计分" not in cells_of(member_pages_document(matter([account("高峰", "p2")])))


def test_the_check_code_is_that_of_the_ledger_and_not_of_its_order() -> None:
    def code(rows: Sequence[object]) -> str:
        cells = cells_of(member_pages_document(matter([account("王秀兰", "p1", rows)])))  # type: ignore[arg-type]
        return next(found[1] for cell in cells if (found := re.search(r"核对码 ([0-9a-f]{16})", cell)))

    assert code(LEDGER) == code(LEDGER[::-1])
    assert code(LEDGER) != code(LEDGER[1:])


def test_exchanges_stand_on_the_page_with_what_is_left() -> None:
    cells = cells_of(member_pages_document(matter()))
    assert (
        "任务分、奖励分可以兑换，共 32.25 分；已兑换 20 分（9月30日保温杯 1 个 20 分），余 12.25 分。"
        in cells
    )
    assert (
        "任务分、奖励分可以兑换，共 10 分；已兑换 8 分（10月20日雨伞 1 把 8 分，未签字），余 2 分。" in cells
    )
    assert "任务分、奖励分可以兑换，共 0 分；没有兑换过，余 0 分。" in cells
    none = matter(
        [account("高峰", "p2", scheme=replace(SCHEME, redeem=()))], scheme=replace(SCHEME, redeem=())
    )
    assert "积分兑换" not in cells_of(member_pages_document(none))


def test_a_year_of_very_many_reasons_takes_more_pages_and_loses_nothing() -> None:
    rows = [
        entry(f"n{n}", "guard", f"{n % 12 + 1:02}-{n % 28 + 1:02}", reason=f"第{n}次值守的情况说明" * 3)
        for n in range(120)
    ]
    year = matter([account("王秀兰", "p1", rows, until=None)], last=None)
    pages = pages_of(write_pdf(member_pages_document(year)))
    assert len(pages) > 1
    whole = "".join("".join(pages).split())
    assert all(f"第{n}次值守" in whole for n in range(120))


# ---- rules in words


def test_a_rule_says_what_it_gives_and_how_far_it_goes() -> None:
    one = PointRule(
        "a", "1", "参加", "task", "学时", D("0.5"), cap_once=D(2), cap_quarter=D(6), cap_year=D(20)
    )
    assert standard_text(one) == "每学时 0.5 分"
    assert caps_text(one) == "每次最多 2 分；每季度最多 6 分；全年最多 20 分"
    off = PointRule("b", "2", "迟到", "off", "次", D(-1), cap_month=D(2))
    assert standard_text(off) == "每次扣 1 分"
    assert caps_text(off) == "每月最多扣 2 分"
    assert limits_text(one) == "限每次 2、每季度 6、全年 20"
    none = replace(off, cap_month=None)
    assert (caps_text(none), limits_text(none)) == ("", "")


# ---- lists of tasks


def test_the_two_lists_hold_the_duties_and_the_tasks() -> None:
    assert column(duty_list_document(matter()), "编号") == ["1.1", "1.2", "2.1"]
    empty = task_list_document(matter([account("高峰", "p2")]))
    assert column(empty, "编号") == ["2.3", "2.4", "2.5"]
    assert set(column(empty, "认领人")) == {""}


def test_every_claim_stands_beside_its_task_with_what_became_of_it() -> None:
    document = task_list_document(matter())
    assert column(document, "认领人") == ["王秀兰", "王秀兰", "王秀兰"]
    assert column(document, "完成情况") == [
        "王秀兰 9月12日 已冲正；王秀兰 10月18日 +6",
        "王秀兰 10月30日 待审核",
        "王秀兰 9月20日 未通过",
    ]
    assert column(document, "审核人") == ["周建国", "", ""]
    assert "已认领 4 人次" in told(document)


# ---- exchanges


def test_an_exchange_that_was_given_back_stays_and_is_taken_off_again() -> None:
    document = redemption_ledger_document(matter())
    assert sum(number(text) for text in column(document, "积分")) == D(33)
    assert column(document, "备注")[2:4] == ["已由第 4 笔冲正", "冲正第 3 笔：书已退回"]
    assert "有效兑换 3 笔，共 33 分；冲正 1 笔；1 笔还没有签字。" in told(document)


def test_what_was_exchanged_keeps_its_name_when_the_reward_is_gone() -> None:
    assert column(redemption_ledger_document(matter()), "兑换物品")[0] == "旧台灯"
    nameless = replace(EXCHANGES[4], title="", unit="")
    document = redemption_ledger_document(matter(redemptions=(nameless,)))
    assert column(document, "兑换物品") == ["已删除的物品"]


def test_the_list_of_rewards_counts_what_is_left_of_all_years() -> None:
    earlier = replace(EXCHANGES[0], uid="y", on=date(2025, 5, 1), quantity=3)
    document = reward_list_document(matter(redemptions=(*EXCHANGES, earlier)))
    assert column(document, "已兑换") == ["4", "0", "1"]
    assert column(document, "剩余") == ["1", "3", "不限"]


# ---- workbooks


def sheets_of(tables: Sequence[WorkbookTable]) -> dict[str, list[tuple[Any, ...]]]:
    """The sheets of a workbook as cells."""
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(tables, TODAY, "")))
    found: dict[str, list[tuple[Any, ...]]] = {
        sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets
    }
    book.close()
    return found


def test_the_workbook_of_a_month_holds_numbers_that_add_up_and_the_ledger_behind_them() -> None:
    sheets = sheets_of(list(publicity_tables(october())))
    assert list(sheets) == ["积分公示", "积分台账"]
    rows = [row for row in sheets["积分公示"] if isinstance(row[0], int)]
    assert [row[1] for row in rows] == ["王秀兰", "高峰", "欧阳静怡"]
    assert all(sum(row[3:7]) == pytest.approx(row[8]) for row in rows)
    ledger = [row for row in sheets["积分台账"] if isinstance(row[0], int)]
    counted = [row[10] for row in ledger if row[2] == "王秀兰"]
    assert len(ledger) == len(LEDGER) + 3
    assert sum(counted) + 60 == pytest.approx(86.25)


def test_the_ledger_of_a_workbook_says_what_became_of_every_row() -> None:
    (_month, ledger) = publicity_tables(october())
    places = {one.label: place for place, one in enumerate(ledger.columns)}
    states = [row[places["状态"]] for row in ledger.rows if row[places["编号"]] in {"2.3", "2.4", "2.5"}]
    assert states[:6] == ["已记分", "已冲正", "冲正", "未通过", "已记分", "待审核"]
    cut = [row[places["上限说明"]] for row in ledger.rows if row[places["日期"]] == "2026.10.22"]
    assert cut == ["", "每月最多 4 分，这个月已有 4 分"]


def test_the_ledger_of_a_workbook_keeps_rows_of_rules_that_are_gone() -> None:
    old = entry("o", "abolished", "03-01")
    (_month, ledger) = publicity_tables(replace(october(), matter=matter([account("高峰", "p2", [old])])))
    (row,) = ledger.rows
    assert "abolished" in row
    assert row[10] == "0"


def test_the_workbook_of_a_year_holds_totals_ledgers_and_rewards() -> None:
    sheets = sheets_of(list(year_tables(matter())))
    assert list(sheets) == ["积分汇总", "积分台账", "兑换台账", "兑换物品"]
    totals = [row for row in sheets["积分汇总"] if isinstance(row[0], int)]
    assert [row[-4:] for row in totals] == [(86.25, 32.25, 20, 12.25), (70, 10, 8, 2), (60, 0, 0, 0)]
    points = [row[6] for row in sheets["兑换台账"] if isinstance(row[0], int)]
    assert points == [5, 20, 25, -25, 8]
    rewards = [row[1] for row in sheets["兑换物品"] if isinstance(row[0], int)]
    assert rewards == ["保温杯", "《习近平著作选读》一套", "雨伞"]


def test_an_account_knows_who_undid_what() -> None:
    wrong = entry("w", "guard", "02-02", source=EntrySource.CLAIMED)
    one: Account = account("王秀兰", "p1", [wrong, undo("v", wrong, "02-03")])
    assert [each.uid for each in one.claims()] == ["w"]
