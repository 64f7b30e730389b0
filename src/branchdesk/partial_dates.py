"""Dates that are known to the year, the month or the day, and are never completed by guess."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2100
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision: a year, a year and month, or a full day.

    Written as ISO 8601 reduced precision: `1998`, `1998-07`, `1998-07-01`. Raises ValueError for a day
    that no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The full date `day`."""
        return cls(day.year, day.month, day.day)

    @staticmethod
    @lru_cache(maxsize=50_000)  # the same days come again and again in a roster
    def read(text: str | None) -> PartialDate | None:
        """The date that `written` gave as `text`; None for anything else, years before 1900 included."""
        match = _WRITTEN.fullmatch(text or "")
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            return None
        year, month, day = match.groups()
        try:
            return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
        except ValueError:
            return None

    def written(self) -> str:
        """The form in which it is stored; sorts as text in the order of time."""
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text

    def shown(self) -> str:
        """The form on the screen and in lists: 1998, 1998.07, 1998.07.01."""
        return self.written().replace("-", ".")

    def spelled(self) -> str:
        """The form in official papers: 1998年, 1998年7月, 1998年7月1日 (GB/T 9704-2012, no leading zeros)."""
        text = f"{self.year}年"
        if self.month is not None:
            text += f"{self.month}月"
        if self.day is not None:
            text += f"{self.day}日"
        return text

    @property
    def is_full(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    def first_day(self) -> date:
        """The earliest day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day that it may mean."""
        if self.day is not None:
            return date(self.year, self.month or 12, self.day)
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def surely_before(self, other: PartialDate) -> bool:
        """Whether every day it may mean lies before every day that `other` may mean."""
        return self.last_day() < other.first_day()

    def years_until(self, day: date) -> int:
        """Full years from its first possible day to `day`; 29 February counts from the 28th (domain 0.4)."""
        return whole_years(self.first_day(), day)


def whole_years(start: date, end: date) -> int:
    """Full years from `start` to `end`, which is negative when `end` lies before."""
    years = end.year - start.year
    return years if add_years(start, years) <= end else years - 1


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February falls back to the 28th."""
    return add_months(day, 12 * years)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, clipped to the end of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_before(day: date) -> date:
    """The day before `day`."""
    return day - timedelta(days=1)
