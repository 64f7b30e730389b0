"""Everything that the facts of one inspection rest on, read at once and looked at by every question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from branchdesk.domain.committee import GROUP_LEADER, Post, posts_on
from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.issues import Issue
from branchdesk.domain.meetings.frequency import ActivityCount, BranchFacts, HeldMeeting, count_activities
from branchdesk.domain.meetings.model import Meeting
from branchdesk.domain.organisations import OrganisationVersion
from branchdesk.forms.activities import shipped_activities
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.shelf import Shelf
from branchdesk.partial_dates import PartialDate
from branchdesk.rulebook import RuleBook
from branchdesk.services.meetings.counting import MEETING, facts_of
from branchdesk.storage import meetings as meeting_questions
from branchdesk.storage import open_decisions, organisations, period_records, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.period_records import MemberFault

Row = Mapping[str, Any]
Forms = Mapping[tuple[str, int], Form]

_ALL_YEAR = frozenset({"lecture", "talk"})  # asked for the year up to the end of the period
_REVIEWS = frozenset({"life", "appraisal"})  # leave a list of rectifications behind, for a year or longer


@dataclass(frozen=True)
class Meetings:
    """The meetings that count: those of the `period`, and others as far as a question reaches beyond it.

    `all_year` are lectures and talks since New Year, `reviews` life meetings and appraisals of this year and
    the last, `announced` those planned for a day of the period and not held. `taken_up` are the uids of
    decisions that a later meeting goes on. All are those of one organisation and its groups.
    """

    forms: Forms
    counts: Sequence[ActivityCount]
    by_uid: Mapping[str, Meeting]
    period: Sequence[Meeting]
    all_year: Sequence[Meeting]
    reviews: Sequence[Meeting]
    announced: Sequence[Meeting]
    taken_up: frozenset[str]

    def form(self, meeting: Meeting) -> Form:
        """The form in which a meeting is filled."""
        return self.forms[meeting.kind, meeting.version]

    def fulfilling(self, activity: str, among: Iterable[Meeting] | None = None) -> list[Meeting]:
        """The meetings, by default those of the period, that fulfil an activity."""
        meetings = self.period if among is None else among
        return [one for one in meetings if activity in activities_of(self.form(one))]


@dataclass(frozen=True)
class House:
    """The organisation itself as it stood on the last day that is looked at.

    `newcomers` are the uids of people who arrived within the period, `faults` what there is to mend in files.
    """

    facts: BranchFacts
    version: OrganisationVersion | None
    field: str | None
    people: Sequence[PersonOnDay]
    newcomers: frozenset[str]
    faults: Sequence[MemberFault]
    posts: Sequence[Post]
    terms: Sequence[Row]

    def seats(self, organisation: str, day: date) -> list[Post]:
        """The posts of the committee on `day`."""
        return self._known_on(day, [one for one in self.posts if is_seat(one, organisation)])

    def leaders(self, day: date) -> list[Post]:
        """The posts of group leaders on `day`, of this organisation and of its groups."""
        return self._known_on(day, [one for one in self.posts if one.code == GROUP_LEADER])

    def _known_on(self, day: date, posts: Sequence[Post]) -> list[Post]:
        """Those held on `day`; where none is known then, those of which nobody knows since when."""
        then = posts_on(posts, day)
        return then or [one for one in posts if one.since is None and one.until is None]


def is_seat(post: Post, organisation: str) -> bool:
    """Whether a post is one in the committee of an organisation."""
    return post.organisation == organisation and post.code != GROUP_LEADER


@dataclass(frozen=True)
class PeriodRecords:
    """What the records hold of one organisation and period; `upto` is the last day that is looked at."""

    organisation: str
    period: Period
    today: date
    upto: date
    rules: RuleBook
    around: Surroundings
    meetings: Meetings
    house: House
    issues: Sequence[Issue]
    switched_off: Mapping[str, str]

    @property
    def is_over(self) -> bool:
        """Whether the period has ended; of one that runs only what is due so far is asked."""
        return self.period.end < self.today

    @property
    def ends_year(self) -> bool:
        """Whether what is due once a year can be missing: the year ended with the period."""
        return self.is_over and self.period.end == date(self.period.year, 12, 31)


def activities_of(form: Form) -> tuple[str, ...]:
    """The ids of the activities that a meeting of this form fulfils."""
    return form.meeting.counts if form.meeting is not None else ()


def read_period(branch: Branch, organisation: str, period: Period, today: date) -> PeriodRecords:
    """What there is of a period that has begun; the questions to the file do not grow with the meetings."""
    upto, year = min(period.end, today), period.start.year
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        # Reviews of the year before are asked for, and a meeting of the next one may count for this.
        known = period_records.records_in_years(connection, organisation, year - 1, year + 1)
        versions = [version for _row, version in organisations.versions(connection)]
        profile = organisations.profile(connection, organisation)
        posts = [post for _row, post in organisations.posts(connection)]
        around, people = around_of(connection, organisation, upto)
        facts = facts_of(organisation, upto, versions, profile, posts, people)
        forms = _forms(shelf, known)
        rows = [row for row in known if (row["kind"], row["version"]) in forms]
        ahead = _announced(rows, period.start, upto)
        rows = [row for row in rows if not row["ahead"]]
        counts = _counts(rows, forms, facts, period, today)
        wanted = [*_wanted(rows, forms, period), *(uid for one in counts for uid in one.held), *ahead]
        loaded = meeting_questions.load_meetings(connection, wanted)
        taken_up = frozenset(open_decisions.decisions_taken_up(connection))
        uids = [one.uid for one in people]
        house = House(
            facts=facts,
            version=next((one for one in versions if _is_own(one, organisation, upto)), None),
            field=profile["field"],
            people=people,
            newcomers=frozenset(period_records.arrived_after(connection, uids, period.start)),
            faults=period_records.member_faults(connection, uids),
            posts=[post for post in posts if post.organisation in _of_house(organisation, facts)],
            terms=organisations.terms(connection, organisation),
        )
        issues = period_records.earlier_issues(connection, organisation, period.start)
        switched_off = {name: why for name, (_row, why) in records.switches(connection).items()}
    meetings = _meetings(loaded, ahead, forms, counts, (period.start, upto), taken_up)
    return PeriodRecords(
        organisation, period, today, upto, shipped_rules(), around, meetings, house, issues, switched_off
    )


def _forms(shelf: Shelf, rows: Iterable[Row]) -> Forms:
    """The forms of meetings, by kind and version; one that cannot be read is left out with its meetings."""
    keys = dict.fromkeys((row["kind"], row["version"]) for row in rows)
    forms = {key: records.form_known(shelf, *key) for key in keys}
    return {key: form for key, form in forms.items() if form is not None and form.subject == MEETING}


def _announced(rows: Iterable[Row], start: date, upto: date) -> list[str]:
    """The meetings planned or announced for a day of the period that has come, and not held."""
    return [row["uid"] for row in rows if row["ahead"] and start <= _first_day(row) <= upto]


def _first_day(row: Row) -> date:
    """The first day on which a meeting of the list may have been held."""
    on = PartialDate.read(row["on_date"])
    return on.first_day() if on is not None else date.max


def _counts(
    rows: Iterable[Row], forms: Forms, facts: BranchFacts, period: Period, today: date
) -> list[ActivityCount]:
    """What was due in the calendar periods that end within the inspected one, and what was held of it."""
    held = [
        HeldMeeting(
            row["uid"],
            _first_day(row),
            activities_of(forms[row["kind"], row["version"]]),
            row["organisation_uid"],
            row["group_uid"],
            year=row["year"],
        )
        for row in rows
    ]
    counts = count_activities(shipped_activities(), held, facts, period.start, period.end, today)
    return [one for one in counts if period.start <= one.end <= period.end]


def _wanted(rows: Iterable[Row], forms: Forms, period: Period) -> list[str]:
    """Which meetings are read whole: those of the period, and what is asked beyond it."""
    new_year = date(period.start.year, 1, 1)
    found = []
    for row in rows:
        day, counts = _first_day(row), set(activities_of(forms[row["kind"], row["version"]]))
        asked = day >= period.start or counts & _REVIEWS or (day >= new_year and counts & _ALL_YEAR)
        if asked and day <= period.end:
            found.append(row["uid"])
    return found


def _is_own(version: OrganisationVersion, organisation: str, day: date) -> bool:
    return version.organisation == organisation and version.holds_on(day)


def _of_house(organisation: str, facts: BranchFacts) -> set[str]:
    """The organisation and its groups."""
    return {organisation, *(group.uid for group in facts.groups)}


def _meetings(
    known: Mapping[str, Meeting],
    announced: Iterable[str],
    forms: Forms,
    counts: Sequence[ActivityCount],
    days: tuple[date, date],
    taken_up: frozenset[str],
) -> Meetings:
    first, upto = days
    ahead = set(announced)
    held = sorted(
        (one for one in known.values() if one.uid not in ahead),
        key=lambda one: (_day(one), one.uid),
    )

    def since(day: date, wanted: frozenset[str] = frozenset()) -> list[Meeting]:
        return [
            one
            for one in held
            if day <= _day(one) <= upto
            and (not wanted or wanted & set(activities_of(forms[one.kind, one.version])))
        ]

    return Meetings(
        forms=forms,
        counts=counts,
        by_uid=known,
        period=since(first),
        all_year=since(date(first.year, 1, 1), _ALL_YEAR),
        reviews=since(date(first.year - 1, 1, 1), _REVIEWS),
        announced=[one for uid, one in known.items() if uid in ahead],
        taken_up=taken_up,
    )


def _day(meeting: Meeting) -> date:
    """The first day on which a meeting may have been held."""
    return meeting.on.first_day() if meeting.on else date.max
