"""Invented members with their months, for the papers of daily records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from branchdesk.domain.daily import DailyFigures, DailyRecord, DailyState, MeetingSaid
from branchdesk.domain.meetings.model import Presence
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.language import shipped_form
from branchdesk.reports.daily.matter import DailyAccount, DailyMatter, MonthSheet

FORM = shipped_form("member.daily")
TODAY = date(2026, 11, 21)
HOME = "中共青石镇河西村支部委员会"
WHOLE = {
    "work": "完成月度汇总。\n修订核查办法。",
    "volunteer_hours": "4.5",
    "volunteer": "社区值守两次。",
    "self_words": "学习还要抓紧。",
    "group_opinion": "表现较好。",
    "branch_grade": "good",
    "signed_on": "2026-10-30",
    "secretary_signed_on": "2026-10-31",
}


def figures(month: int, *marks: Presence, points: str | None = "3.5") -> DailyFigures:
    """The figures of a month with a meeting for each mark."""
    meetings = tuple(
        MeetingSaid(f"{month}-{place}", "党员大会", date(2026, month, 1 + place), mark, hours=Decimal("1.5"))
        for place, mark in enumerate(marks)
    )
    return DailyFigures(meetings, None if points is None else Decimal(points))


def record(month: int, values: dict[str, str], *, final: bool = True, name: str = "何静") -> DailyRecord:
    """What is written of somebody in a month."""
    state = DailyState.FINAL if final else DailyState.OPEN
    return DailyRecord(f"r{month}", FORM.kind, 1, "o", "p", name, 2026, month, "写实", state, values)


def account(name: str = "何静", months: dict[int, MonthSheet] | None = None) -> DailyAccount:
    """A member with a final, an open and an empty month."""
    known = {
        9: MonthSheet(9, FORM, record(9, {"work": "值班。", "branch_grade": "fair"}, final=False)),
        10: MonthSheet(10, FORM, record(10, WHOLE), figures(10, Presence.PRESENT, Presence.LEAVE)),
        11: MonthSheet(11, FORM, None, figures(11, Presence.ABSENT, points=None)),
    }
    return DailyAccount(name, "第一党小组", known if months is None else months)


def matter(*accounts: DailyAccount) -> DailyMatter:
    """The matter of a year."""
    return DailyMatter(HOME, 2026, TODAY, FORM, shipped_dictionaries(), accounts or (account(),))
