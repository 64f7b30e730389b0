"""Daily records as a workbook: the sums of the year, and every month of every member."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import TableColumn, WorkbookTable
from branchdesk.domain.daily import MONTHS
from branchdesk.domain.meetings.study_hours import shown_hours
from branchdesk.forms.language import Field
from branchdesk.reports.daily.matter import DailyAccount, DailyMatter
from branchdesk.reports.daily.year_sheet import figure_cells, grades_text

_LEFT = Align.LEFT
_FIGURES = tuple(
    TableColumn(label, 8, is_number=True) for label in ("应到", "实到", "请假", "缺席", "学时", "积分")
)
_WHO = (TableColumn("序号", 6, is_number=True), TableColumn("姓名", 12), TableColumn("党小组", 14))
_STATES = {True: "已定稿", False: "填写中"}


def year_tables(matter: DailyMatter) -> Iterator[WorkbookTable]:
    """The sums of the year, then month by month what is written."""
    yield _sums(matter)
    yield _months(matter)


def _sums(matter: DailyMatter) -> WorkbookTable:
    columns = (
        *_WHO,
        *_FIGURES,
        TableColumn("志愿服务（小时）", 11, is_number=True),
        TableColumn("已写实月数", 10, is_number=True),
        TableColumn("已定稿月数", 10, is_number=True),
        TableColumn("支部评价", 28, align=_LEFT),
    )
    rows = [(str(number), *_sum(matter, one)) for number, one in enumerate(matter.accounts, start=1)]
    title = f"{matter.year}年党员日常表现写实年度统计"
    return WorkbookTable("年度统计", columns, rows, title, (_whose(matter),))


def _whose(matter: DailyMatter) -> str:
    return (
        f"{matter.organisation}　　统计时间：{matter.year}年1月1日至{matter.last.month}月{matter.last.day}日"
    )


def _sum(matter: DailyMatter, account: DailyAccount) -> tuple[str, ...]:
    hours = sum((sheet.volunteer_hours for sheet in account.months.values()), Decimal(0))
    return (
        account.name,
        account.group,
        *figure_cells(account.whole_year),
        shown_hours(hours) if hours else "0",
        str(len(account.written)),
        str(sum(sheet.is_final for sheet in account.written)),
        grades_text(matter, account),
    )


def _months(matter: DailyMatter) -> WorkbookTable:
    fields = [one for one in matter.form.stored if not one.hidden]
    columns = (
        *_WHO,
        TableColumn("月份", 7),
        *_FIGURES,
        *(_column(one) for one in fields),
        TableColumn("状态", 9),
    )
    rows = [
        (account.name, account.group, f"{month}月", *_month(matter, account, month, fields))
        for account in matter.accounts
        for month in MONTHS
        if month in account.months and account.months[month].values
    ]
    numbered = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    return WorkbookTable("逐月写实", columns, numbered, f"{matter.year}年党员日常表现写实", (_whose(matter),))


def _column(one: Field) -> TableColumn:
    if one.type.name == "long_text":
        return TableColumn(one.label, 30, align=_LEFT)
    return TableColumn(one.label, 13, is_number=one.type.name in {"hours", "number"})


def _month(matter: DailyMatter, account: DailyAccount, month: int, fields: list[Field]) -> tuple[str, ...]:
    sheet = account.months[month]
    return (
        *figure_cells(sheet.figures),
        *(matter.text(sheet, one.id) for one in fields),
        _STATES[sheet.is_final],
    )
