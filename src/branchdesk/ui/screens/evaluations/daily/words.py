"""The words in which daily records are spoken of in the grid, chips and lists."""

from __future__ import annotations

from branchdesk.domain.daily import MonthState
from branchdesk.i18n import _, later

MONTH_SHEET, YEAR_SHEET = "month", "year"
PAPER_TITLES = {
    MONTH_SHEET: later("日常表现写实表（月度）"),
    YEAR_SHEET: later("日常表现写实年度汇总表"),
}
STATES = {
    MonthState.AHEAD: later("还没有到"),
    MonthState.EMPTY: later("没有写"),
    MonthState.WRITTEN: later("填写中"),
    MonthState.COMPLETE: later("已定稿"),
}
STATE_TONES = {
    MonthState.AHEAD: "",
    MonthState.EMPTY: "",
    MonthState.WRITTEN: "warn",
    MonthState.COMPLETE: "ok",
}
# What stands in a cell of the grid; a month to come is empty.
MARKS = {
    MonthState.AHEAD: "",
    MonthState.EMPTY: "－",
    MonthState.WRITTEN: later("写"),
    MonthState.COMPLETE: later("定"),
}
MARK_COLORS = {
    MonthState.AHEAD: "text3",
    MonthState.EMPTY: "text3",
    MonthState.WRITTEN: "warn",
    MonthState.COMPLETE: "ok",
}


def mark(state: MonthState) -> str:
    """What stands in the cell of a month."""
    return _(MARKS[state]) if MARKS[state] else ""


def month_words(year: int, month: int) -> str:
    """A month as it is named in headings and lists."""
    return _("{year} 年 {month} 月", year=year, month=month)
