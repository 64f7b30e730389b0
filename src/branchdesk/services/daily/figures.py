"""What the records say of members month by month: meetings, study hours and points, with the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from branchdesk.domain.daily import MONTHS, DailyFigures, MeetingSaid, attendance_sentence, summed
from branchdesk.domain.meetings.model import Meeting
from branchdesk.domain.meetings.study_hours import shown_hours
from branchdesk.domain.points.tally import shown_points
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _, speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.counting import study_entries
from branchdesk.services.points.automatic import TALK, held_meetings, title_as_proof
from branchdesk.services.points.reading import points_sheet
from branchdesk.storage.branch import Branch

_NOTHING = DailyFigures()


@dataclass(frozen=True)
class FiguresOfYear:
    """The figures of everybody in a year, by uid of the member and month."""

    year: int
    by_person: Mapping[str, Mapping[int, DailyFigures]]

    def month(self, person: str, month: int) -> DailyFigures:
        """The figures of a member in a month."""
        return self.by_person.get(person, {}).get(month, _NOTHING)

    def whole_year(self, person: str) -> DailyFigures:
        """The figures of a member from January to December."""
        return summed(self.month(person, month) for month in MONTHS)


def figures_of_year(branch: Branch, organisation: str, year: int) -> FiguresOfYear:
    """What meetings, study and points say of everybody in a year.

    As many questions to the file as ever, however many people there are. Where no points are kept in the
    year, or their scheme cannot be read, there are none; dues are not kept yet.
    """
    said: defaultdict[str, defaultdict[int, dict[str, MeetingSaid]]] = defaultdict(lambda: defaultdict(dict))
    with speaking_chinese():  # the titles of meetings stand on paper
        for form, meeting in held_meetings(branch, organisation, year):
            for person, one in _said(form, meeting, year):
                _take(said[person][one.on.month], one)
    points = _points(branch, organisation, year)
    return FiguresOfYear(
        year,
        {
            person: {
                month: DailyFigures(
                    tuple(sorted(said[person][month].values(), key=lambda one: (one.on, one.uid))),
                    points.get(person, {}).get(month),
                )
                for month in MONTHS
            }
            for person in {*said, *points}
        },
    )


def _said(form: Form, meeting: Meeting, year: int) -> Iterator[tuple[str, MeetingSaid]]:
    """What a meeting says of each person: expected and there or not, and the hours earned."""
    if meeting.day is None or meeting.day.year != year or form.meeting is None:
        return
    title = title_as_proof(form, meeting)
    if form.meeting.layout != TALK:
        for one in meeting.attendance:
            if one.counts and one.person:
                caught_up = bool(one.made_up_on)
                yield one.person, MeetingSaid(meeting.uid, title, meeting.day, one.presence, caught_up)
    for entry in study_entries(form, meeting):
        yield entry.person, MeetingSaid(meeting.uid, title, meeting.day, hours=entry.hours)


def _take(known: dict[str, MeetingSaid], one: MeetingSaid) -> None:
    """Note what a meeting says beside what it said of the same person before."""
    before = known.get(one.uid)
    if before is None:
        known[one.uid] = one
    elif one.presence is None:
        known[one.uid] = replace(before, hours=max(before.hours, one.hours))


def _points(branch: Branch, organisation: str, year: int) -> dict[str, Mapping[int, Decimal]]:
    """The points that each month added for everybody; nobody has any where none were entered in the year."""
    try:
        sheet = points_sheet(branch, organisation, year)
    except Problem:  # the scheme cannot be read; the tab of points says so
        return {}
    if not sheet.entries:
        return {}
    return {one.person: {month.month: month.counted for month in one.months} for one in sheet.people}


def figure_texts(figures: DailyFigures) -> dict[str, str]:
    """What the computed fields of a daily record show, by the names of the form language."""
    return {
        "person.attendance": attendance_sentence(figures),
        "person.study_hours": _("{hours} 学时", hours=shown_hours(figures.hours)) if figures.hours else "",
        "person.points": ""
        if figures.points is None
        else _("{points} 分", points=shown_points(figures.points)),
        "person.dues": figures.dues_until,
    }


def period_sentence(year: int, month: int) -> str:
    """A month as papers name it."""
    return PartialDate(year, month).spelled()
