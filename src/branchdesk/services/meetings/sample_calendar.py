"""On which days the invented branch of the sample met in a year: sixty meetings, no day drawn by lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY = 1, 2, 3, 4
_OF_GROUPS = 20  # meetings of groups in a year, whatever the number of groups


@dataclass(frozen=True, slots=True)
class SampleSlot:
    """One meeting of the year: its kind, its day and hours, and the group that met."""

    kind: str
    day: date
    hours: str
    group: str | None = None

    def written(self) -> str:
        """Day and hours as a form keeps them."""
        return f"{self.day.isoformat()}T{self.hours}"


def _on(year: int, month: int, weekday: int, week: int) -> date:
    """The `week`th such weekday of a month, counted from 1."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))


def sample_slots(year: int, groups: Sequence[str]) -> list[SampleSlot]:
    """The meetings of a year in the order of their days."""
    slots = [*_of_the_branch(year), *_of_groups(year, groups)]
    return sorted(slots, key=lambda slot: (slot.written(), slot.kind, slot.group or ""))


def _of_the_branch(year: int) -> Iterator[SampleSlot]:
    for month in range(1, 13):
        yield SampleSlot("meeting.committee", _on(year, month, _TUESDAY, 2), "09:00/10:20")
        week = 1 if month == 2 else 3  # the third one of February lies in the Spring Festival
        yield SampleSlot("meeting.theme_day", _on(year, month, _FRIDAY, week), "14:30/17:00")
    for month in (3, 6, 9, 12):
        yield SampleSlot("meeting.assembly", _on(year, month, _THURSDAY, 3), "15:00/16:40")
        yield SampleSlot("meeting.lecture", _on(year, month - 1, _FRIDAY, 4), "15:00/16:30")
        yield SampleSlot("meeting.study", _on(year, month - 2, _WEDNESDAY, 2), "15:00/16:30")
    yield SampleSlot("meeting.life", _on(year, 2, _THURSDAY, 1), "14:30/17:20")
    yield SampleSlot("meeting.appraisal", _on(year, 3, _THURSDAY, 1), "14:30/16:50")
    yield SampleSlot("meeting.talk", _on(year, 4, _WEDNESDAY, 3), "16:00/16:40")
    yield SampleSlot("meeting.talk", _on(year, 10, _WEDNESDAY, 3), "16:00/16:40")


def _of_groups(year: int, groups: Sequence[str]) -> Iterator[SampleSlot]:
    """Meetings of the groups, spread evenly; some months stay empty, as in life."""
    chances = [(month, place) for month in range(1, 13) for place in range(len(groups))]
    number = min(_OF_GROUPS, len(chances))
    for turn in range(number):
        month, place = chances[turn * len(chances) // number]
        day = _on(year, month, _TUESDAY + place % 3, 4)
        yield SampleSlot("meeting.group", day, "16:00/17:00", groups[place])
