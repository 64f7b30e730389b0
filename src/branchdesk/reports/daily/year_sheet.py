"""党员日常表现年度汇总表: a member from 1 January to 31 December, from the sheets of the months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from branchdesk.documents.model import Block, Document, Running, Style
from branchdesk.domain.daily import DailyFigures
from branchdesk.domain.meetings.model import Presence
from branchdesk.domain.meetings.study_hours import shown_hours
from branchdesk.domain.points.tally import shown_points
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.daily.matter import UNKNOWN, DailyAccount, DailyMatter, MonthSheet
from branchdesk.reports.daily.page_styles import (
    DAILY_FIGURE,
    DAILY_HEAD,
    DAILY_LABEL,
    DAILY_PAGE,
    DAILY_WIDTH,
    TEXTS,
)
from branchdesk.reports.daily.pages import one_page, sign_row
from branchdesk.reports.filled_form import sign_here
from branchdesk.reports.inspections.heads import HeadPair, head_sheet
from branchdesk.reports.inspections.ruled_pages import RuledCell, RuledRow, RuledTable

_COLUMNS = (
    ("月份", 16.0),
    ("应到", 15.0),
    ("实到", 15.0),
    ("请假", 15.0),
    ("缺席", 15.0),
    ("学时", 18.0),
    ("积分", 20.0),
    ("志愿服务（小时）", 20.0),
    ("支部评价", 36.0),
)
_WIDTHS = tuple(width for _label, width in _COLUMNS)
_LABEL_COLUMNS = 2  # that a label at the left of a text joins
_ROW, _TEXT_ROW, _OPINION_ROW = 5.6, 7.0, 14.0  # millimetres
_OPINIONS = ("党小组意见", "支部意见")
GRADE = "branch_grade"
_NOT_GATHERED = frozenset({"group_opinion"})


def year_document(matter: DailyMatter, accounts: Sequence[DailyAccount]) -> Document:
    """A sheet for each account."""
    blocks: list[Block] = []
    for account in accounts:
        blocks += _blocks(matter, account)
    whose = accounts[0].name if len(accounts) == 1 else ""
    title = title_of(matter)
    return Document(
        f"{whose}{title}",
        matter.made_on,
        tuple(blocks),
        page=DAILY_PAGE,
        author=matter.organisation,
        running=Running(foot=f"{title}　第 {{page}} 页　共 {{pages}} 页"),
    )


def title_of(matter: DailyMatter) -> str:
    """What the sheet is called."""
    return f"{matter.year}年党员日常表现写实年度汇总表"


def _blocks(matter: DailyMatter, account: DailyAccount) -> Iterator[Block]:
    first, last = (
        PartialDate.of(day).spelled() for day in (matter.last.replace(month=1, day=1), matter.last)
    )
    head = head_sheet(
        [
            HeadPair("姓　名", account.name),
            HeadPair("党小组", account.group or UNKNOWN),
            HeadPair("所在党支部", matter.organisation, 2),
            HeadPair("统计时间", f"{first}至{last}", 2),
        ],
        DAILY_WIDTH,
        2,
        7.0,
    )

    heads = RuledRow(tuple(RuledCell(label, style=DAILY_HEAD) for label, _width in _COLUMNS), 9.5)
    whose = f"{account.name}　{title_of(matter)}"

    def tables() -> Iterator[RuledTable]:
        # A line for each month where that is one page, else the months one behind the other.
        for between in ("\n", "　"):
            for style in TEXTS:
                rows = tuple(_rows(matter, account, style, between))
                yield RuledTable(_widths(), (heads,), rows, whose)

    yield from one_page(account.name, title_of(matter), tables(), [head])


def _widths() -> tuple[float, ...]:
    return tuple(round(width * DAILY_WIDTH / sum(_WIDTHS), 3) for width in _WIDTHS)


def _rows(matter: DailyMatter, account: DailyAccount, style: Style, between: str) -> Iterator[RuledRow]:
    begun = set(matter.begun())
    for month in range(1, 13):
        sheet = matter.sheet(account, month)
        figures = sheet.figures if month in begun else None
        grade = matter.text(sheet, GRADE)
        cells = (f"{month}月", *figure_cells(figures), hours_text(sheet.volunteer_hours), grade)
        yield RuledRow(tuple(RuledCell(text, style=DAILY_FIGURE) for text in cells), _ROW)
    yield _sum_row(matter, account)
    for label, text in gathered(matter, account, between):
        yield _text_row(label, text, style, _TEXT_ROW)
    for label in _OPINIONS:
        yield _text_row(label, "", style, _OPINION_ROW)
    places = [(sign_here(one), "") for one in matter.form.signatures]
    yield sign_row(_widths(), places)


def _sum_row(matter: DailyMatter, account: DailyAccount) -> RuledRow:
    hours = sum((sheet.volunteer_hours for sheet in account.months.values()), Decimal(0))
    cells = ("合计", *figure_cells(account.whole_year), hours_text(hours), grades_text(matter, account))
    return RuledRow(tuple(RuledCell(text, style=DAILY_HEAD) for text in cells), 8.0)


def _text_row(label: str, text: str, style: Style, least: float) -> RuledRow:
    return RuledRow(
        (
            RuledCell(label, _LABEL_COLUMNS, DAILY_LABEL),
            RuledCell(text, len(_WIDTHS) - _LABEL_COLUMNS, style, called=label),
        ),
        least,
    )


# ---- texts, also for workbooks


def figure_cells(figures: DailyFigures | None) -> tuple[str, ...]:
    """Expected, present, on leave, absent, study hours, points; nothing for a month to come."""
    if figures is None:
        return ("",) * 6
    return (
        str(figures.expected),
        *(str(figures.times(one)) for one in (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT)),
        shown_hours(figures.hours) if figures.hours else "0",
        UNKNOWN if figures.points is None else shown_points(figures.points),
    )


def hours_text(hours: Decimal) -> str:
    """Hours of volunteer work; nothing where there were none."""
    return shown_hours(hours) if hours else ""


def grades_text(matter: DailyMatter, account: DailyAccount) -> str:
    """How many months were judged how, the best first: 好8、较好3."""
    field = matter.form.by_id.get(GRADE)
    counted = Counter(matter.text(sheet, GRADE) for sheet in account.written)
    known = [choice.label for choice in field.choices] if field is not None else []
    order = [*known, *(label for label in counted if label and label not in known)]
    return "、".join(f"{label}{counted[label]}" for label in order if counted[label])


def gathered(matter: DailyMatter, account: DailyAccount, between: str = "\n") -> Iterator[tuple[str, str]]:
    """The long texts of the year by field, each with its month; empty fields are left out."""
    for field in matter.form.fields:
        if field.type.name != "long_text" or field.id in _NOT_GATHERED:
            continue
        said = [_of_month(matter, sheet, field.id) for sheet in account.written]
        text = between.join(filter(None, said))
        if text:
            yield field.label, text


def _of_month(matter: DailyMatter, sheet: MonthSheet, field_id: str) -> str:
    text = matter.text(sheet, field_id)
    return f"{sheet.month}月：{' '.join(text.split())}" if text else ""
