"""Which backups stay: all of the last days, then one a day, one a week, one a month (storage 6)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from branchdesk.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class BackupMark:
    """One backup: its running number, when it was made (local time), and whether it is never thinned out."""

    number: int
    made: datetime
    pinned: bool = False


def backups_to_drop(marks: Sequence[BackupMark], now: datetime, rules: RuleBook) -> list[BackupMark]:
    """The backups that are no longer needed.

    Order is by running number, since clocks jump. The newest one of a day, week or month stands for it;
    the newest backup of all always stays.
    """
    ordered = sorted(marks, key=lambda mark: mark.number, reverse=True)
    today = now.date()
    recent = now - timedelta(days=rules.at("backup_all_days", today).value)
    kept = {mark.number for mark in ordered[:1]}
    kept |= {mark.number for mark in ordered if mark.pinned or mark.made >= recent}
    for rule, period in (("backup_daily", _day), ("backup_weekly", _week), ("backup_monthly", _month)):
        kept |= _newest_of_each(ordered, period, rules.at(rule, today).value)
    return [mark for mark in ordered if mark.number not in kept]


def _newest_of_each(ordered: Sequence[BackupMark], period: Callable[[date], Hashable], most: int) -> set[int]:
    newest: dict[Hashable, int] = {}
    for mark in ordered:
        newest.setdefault(period(mark.made.date()), mark.number)
    return set(list(newest.values())[:most])


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
