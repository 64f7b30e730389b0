"""The ledger of study hours: who studied how long in a year, and how much is still due (domain 3.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.rulebook import RuleBook

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """What one person studied on one day; `meeting` is empty for what was entered by hand."""

    person: str
    day: date
    kind: str
    hours: Decimal
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class StudySum:
    """What one person studied in a year, by kind, with the hours due and still missing.

    `target` is None for somebody of whom nothing is asked; `hours_of_kind` is in order of the kinds.
    """

    person: str
    hours: Decimal
    target: int | None
    missing: Decimal
    hours_of_kind: tuple[tuple[str, Decimal], ...] = ()


def hours_of(minutes: int, rules: RuleBook, day: date) -> Decimal:
    """The study hours of `minutes` on `day`, rounded down to the step of the rule, which is half an hour."""
    if minutes <= 0:
        return _NONE
    steps = rules.at("study_steps_per_hour", day).value
    return Decimal(minutes * steps // rules.at("study_hour_minutes", day).value) / steps


def earns(attendance: Attendance) -> bool:
    """Whether somebody's attendance earns study hours: there, or caught up later."""
    return attendance.person is not None and (
        attendance.presence is Presence.PRESENT or bool(attendance.made_up_on)
    )


def study_targets(
    members: Iterable[str], leaders: Iterable[str], rules: RuleBook, year: int
) -> dict[str, int]:
    """The hours that a year asks of each member, and of secretary and committee as `leaders`."""
    last = date(year, 12, 31)
    targets = dict.fromkeys(members, rules.at("study_hours_member", last).value)
    return targets | dict.fromkeys(leaders, rules.at("study_hours_leader", last).value)


def study_ledger(entries: Iterable[StudyEntry], year: int, targets: Mapping[str, int]) -> list[StudySum]:
    """The sum of each person in `year`: first those of whom hours are asked, in their order, then others.

    Of several entries of one person for one meeting, which a combined meeting gives, the longest counts.
    """
    counted: dict[tuple[str, str], StudyEntry] = {}
    by_hand = []
    for entry in entries:
        if entry.day.year != year:
            continue
        key = (entry.person, entry.meeting)
        if not entry.meeting:
            by_hand.append(entry)
        elif key not in counted or counted[key].hours < entry.hours:
            counted[key] = entry
    kinds: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in (*counted.values(), *by_hand):
        kinds[entry.person][entry.kind] += entry.hours
    people = dict.fromkeys((*targets, *sorted(kinds)))
    return [_sum(person, kinds.get(person, {}), targets.get(person)) for person in people]


def _sum(person: str, kinds: Mapping[str, Decimal], target: int | None) -> StudySum:
    hours = sum(kinds.values(), _NONE)
    missing = max(_NONE, target - hours) if target is not None else _NONE
    return StudySum(person, hours, target, missing, tuple(sorted(kinds.items())))


def study_findings(found: StudySum, year: int, today: date, rules: RuleBook) -> list[Finding]:
    """Whether somebody is behind: less than half of the hours after June, less than all after November."""
    if found.target is None or not found.missing:
        return []
    if today > _month_end(year, rules.at("study_full_month", date(year, 12, 31)).value):
        severity = Severity.ERROR
    elif (
        today > _month_end(year, rules.at("study_half_month", date(year, 12, 31)).value)
        and 100 * found.hours < found.target * rules.at("study_half_percent", date(year, 12, 31)).value
    ):
        severity = Severity.WARN
    else:
        return []
    sentence = _(
        "{year} 年已学 {hours} 学时，应学 {target} 学时，还差 {missing} 学时。",
        year=year,
        hours=shown_hours(found.hours),
        target=found.target,
        missing=shown_hours(found.missing),
    )
    return [Finding("study_behind", severity, sentence)]


def _month_end(year: int, month: int) -> date:
    return PartialDate(year, month).last_day()


def shown_hours(hours: Decimal) -> str:
    """Hours without needless zeros: 1.5, 32."""
    return f"{hours.normalize():f}"
