"""The time of a meeting: a day, the hour at which it began and the hour at which it ended, as known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?:/(\d{2}:\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A day with the clock times of beginning and end; None for a time that is not known.

    Written `2026-11-19T15:00/16:40`, `2026-11-19T15:00` or `2026-11-19`.
    """

    day: date
    start: time | None = None
    end: time | None = None

    @property
    def minutes(self) -> int | None:
        """How long it lasted in minutes; None where beginning or end is unknown or they contradict."""
        if self.start is None or self.end is None or self.end <= self.start:
            return None
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute

    def written(self) -> str:
        """The form in which it is stored; sorts as text in the order of time."""
        text = self.day.isoformat()
        if self.start is not None:
            text += f"T{self.start:%H:%M}"
            if self.end is not None:
                text += f"/{self.end:%H:%M}"
        return text

    def shown(self) -> str:
        """The form on the screen: 2026.11.19 15:00–16:40."""
        return f"{self.day:%Y.%m.%d}" + self._clock("–")

    def spelled(self) -> str:
        """The form on official paper: 2026年11月19日 15:00—16:40."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日" + self._clock("—")

    def _clock(self, dash: str) -> str:
        if self.start is None:
            return ""
        end = f"{dash}{self.end:%H:%M}" if self.end is not None else ""
        return f" {self.start:%H:%M}{end}"


def span_of(value: str | None) -> TimeSpan | None:
    """The time that a stored value means; None for anything that was not understood when it was typed."""
    match = _WRITTEN.fullmatch(value or "")
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[1])
        start, end = (time.fromisoformat(part) if part else None for part in (match[2], match[3]))
    except ValueError:
        return None
    return TimeSpan(day, start, end)
