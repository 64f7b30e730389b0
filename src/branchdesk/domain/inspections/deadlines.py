"""The days of an inspection: its period, and by when each step is due (domain 7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.meetings.frequency import period_label
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate, add_months, day_before
from branchdesk.rulebook import RuleBook

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """What an inspection looks at: month, quarter, half or year `number` of a `year`, as `kind` says."""

    year: int
    number: int
    kind: str = "quarter"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return day_before(add_months(self.start, _MONTHS[self.kind]))

    def shown(self) -> str:
        """The period in the language in use: 2026年第四季度."""
        return period_label(self.kind, self.start)

    def previous(self) -> Self:
        """The period before it, of the same length."""
        if self.number > 1:
            return type(self)(self.year, self.number - 1, self.kind)
        return type(self)(self.year - 1, 12 // _MONTHS[self.kind], self.kind)

    def following(self) -> Self:
        """The period after it, of the same length."""
        if self.number < 12 // _MONTHS[self.kind]:
            return type(self)(self.year, self.number + 1, self.kind)
        return type(self)(self.year + 1, 1, self.kind)

    def year_before(self) -> Self:
        """The same period of the year before."""
        return type(self)(self.year - 1, self.number, self.kind)


def period_of(day: date, kind: str) -> Period:
    """The period of some kind (month, quarter, half, year) in which a day lies."""
    return Period(day.year, (day.month - 1) // _MONTHS[kind] + 1, kind)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by which something is due; `provisional` where working days are counted without holidays."""

    on: date
    provisional: bool = False

    def shown(self) -> str:
        """The day, with a word that it is provisional: 2027.01.15（暂算）."""
        day = PartialDate.of(self.on).shown()
        return _("{day}（暂算）", day=day) if self.provisional else day


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days on which an inspection is issued, the branch has checked itself, and it is inspected.

    `feed_back_on` is None before anybody inspected it.
    """

    issue_on: date
    self_check_on: date
    inspect_on: date
    feed_back_on: DueDay | None = None


def deadlines(period: Period, rules: RuleBook, inspected_on: date | None = None) -> Deadlines:
    """The deadlines of a period by the rules of its first day: days of its first, last and the next month.

    The feedback has its day by the rules of the day of the inspection.
    """
    first = period.start
    return Deadlines(
        _day_of_month(first, rules.at("inspection_issue_day", first).value),
        _day_of_month(period.end, rules.at("inspection_self_check_day", first).value),
        _day_of_month(
            add_months(period.end.replace(day=1), 1), rules.at("inspection_visit_day", first).value
        ),
        feedback_due(inspected_on, rules) if inspected_on is not None else None,
    )


def _day_of_month(month: date, day: int) -> date:
    last = PartialDate(month.year, month.month).last_day()
    return min(last, month.replace(day=1) + timedelta(days=day - 1))


def feedback_due(day: date, rules: RuleBook) -> DueDay:
    """By when an inspection made on `day` is fed back: working days later, Monday to Friday.

    Provisional, since nobody knows the holidays of coming years.
    """
    return DueDay(_working_days_after(day, rules.at("inspection_feedback_days", day).value), provisional=True)


def _working_days_after(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def rectify_due(day: date, rules: RuleBook) -> date:
    """By when a problem fed back on `day` is to be rectified at the latest, counted in calendar days."""
    return day + timedelta(days=rules.at("rectify_days", day).value)


def verify_due(day: date, rules: RuleBook) -> date:
    """By when a rectification done on `day` is to be verified, counted in calendar days."""
    return day + timedelta(days=rules.at("verify_days", day).value)


def late_steps(state: InspectionState, due: Deadlines, today: date) -> list[Finding]:
    """The next step of an inspection if its day is past: issuing, self check, inspection or feedback."""
    steps: Mapping[InspectionState, tuple[date, str]] = {
        InspectionState.DRAFTED: (due.issue_on, _("下发")),
        InspectionState.ISSUED: (due.self_check_on, _("自查")),
        InspectionState.SELF_CHECKED: (due.inspect_on, _("检查")),
    }
    if due.feed_back_on is not None:
        steps = {**steps, InspectionState.INSPECTED: (due.feed_back_on.on, _("反馈"))}
    if state not in steps:
        return []
    day, step = steps[state]
    late = (today - day).days
    if late <= 0:
        return []
    sentence = _n(
        "应在 {day} 以前完成{step}，已经超过 {n} 天。", late, day=PartialDate.of(day).shown(), step=step
    )
    return [Finding("step_late", Severity.WARN, sentence)]
