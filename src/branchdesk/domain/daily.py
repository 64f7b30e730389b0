"""The daily record of a member: one for each month, and what meetings, study and points say of the month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from branchdesk.domain.meetings.model import Presence
from branchdesk.i18n import _, later

MONTHS = range(1, 13)
_NONE = Decimal(0)


class DailyState(StrEnum):
    """Whether a record may be written, or is final and was signed on paper."""

    OPEN = "open"
    FINAL = "final"


_LABELS = {DailyState.OPEN: later("填写中"), DailyState.FINAL: later("已定稿")}


def label_of(state: DailyState) -> str:
    """A state as a clerk reads it."""
    return _(_LABELS[state])


class MonthState(StrEnum):
    """How far the record of a member and a month has come; `AHEAD` is a month that is to come."""

    AHEAD = "ahead"
    EMPTY = "empty"
    WRITTEN = "written"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class DailyRecord:
    """What is written of one member in one month; `person` is None once the file is gone for good."""

    uid: str
    kind: str
    version: int
    organisation: str
    person: str | None
    name: str
    year: int
    month: int
    title: str
    state: DailyState = DailyState.OPEN
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Whether it may no longer be changed without being opened again."""
        return self.state is DailyState.FINAL


def month_state(record: DailyRecord | None, year: int, month: int, today: date) -> MonthState:
    """How far the record of a month has come; one without any content is as good as none."""
    if record is not None and record.is_final:
        return MonthState.COMPLETE
    if record is not None and record.values:
        return MonthState.WRITTEN
    return MonthState.AHEAD if is_ahead(year, month, today) else MonthState.EMPTY


def is_ahead(year: int, month: int, today: date) -> bool:
    """Whether a month has not begun yet."""
    return (year, month) > (today.year, today.month)


@dataclass(frozen=True, slots=True)
class MeetingSaid:
    """What one meeting says of one member.

    `presence` is None where he was not expected, as in talks; `hours` are the study hours earned there.
    """

    uid: str
    title: str
    on: date
    presence: Presence | None = None
    caught_up: bool = False
    hours: Decimal = _NONE


@dataclass(frozen=True, slots=True)
class DailyFigures:
    """What the records say of one member in a month or a year.

    `meetings` are the evidence, by days. `points` is None where no points are kept, `dues_until` is empty
    where nothing is known of dues.
    """

    meetings: tuple[MeetingSaid, ...] = ()
    points: Decimal | None = None
    dues_until: str = ""

    @property
    def expected(self) -> int:
        """How many meetings the member was expected at."""
        return sum(one.presence is not None for one in self.meetings)

    def times(self, presence: Presence) -> int:
        """How many times the member was present, on leave or absent, or was not marked yet."""
        return sum(one.presence is presence for one in self.meetings)

    @property
    def hours(self) -> Decimal:
        """The study hours earned."""
        return sum((one.hours for one in self.meetings), _NONE)


def attendance_sentence(figures: DailyFigures) -> str:
    """How often the member was expected and came; empty where nobody expected him."""
    if not figures.expected:
        return ""
    sentence = _(
        "应到 {expected} 次，实到 {present} 次，请假 {leave} 次，缺席 {absent} 次",
        expected=figures.expected,
        present=figures.times(Presence.PRESENT),
        leave=figures.times(Presence.LEAVE),
        absent=figures.times(Presence.ABSENT),
    )
    unmarked = figures.times(Presence.UNMARKED)
    return _("{sentence}，未签到 {n} 次", sentence=sentence, n=unmarked) if unmarked else sentence


def summed(months: Iterable[DailyFigures]) -> DailyFigures:
    """The figures of several months together; the dues are those of the last month that knows of any."""
    held = list(months)
    known = [one.points for one in held if one.points is not None]
    dues = [one.dues_until for one in held if one.dues_until]
    return DailyFigures(
        meetings=tuple(meeting for one in held for meeting in one.meetings),
        points=sum(known, _NONE) if known else None,
        dues_until=dues[-1] if dues else "",
    )
