"""How often what is due was held, and how many hours people studied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from branchdesk import clock
from branchdesk.domain.committee import GROUP_LEADER, Post, posts_on
from branchdesk.domain.meetings.frequency import (
    ActivityCount,
    BranchFacts,
    GroupFact,
    HeldMeeting,
    count_activities,
)
from branchdesk.domain.meetings.model import Meeting
from branchdesk.domain.meetings.study_hours import (
    StudyEntry,
    StudySum,
    earns,
    hours_of,
    study_findings,
    study_ledger,
    study_targets,
)
from branchdesk.domain.members import Category
from branchdesk.domain.organisations import OrganisationKind, OrganisationVersion
from branchdesk.findings import Finding
from branchdesk.forms.activities import shipped_activities
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.time_spans import span_of
from branchdesk.partial_dates import PartialDate
from branchdesk.storage import meetings as questions
from branchdesk.storage import organisations, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_people import PersonOnDay, around_of

MEETING = "meeting"


def activity_counts(branch: Branch, organisation: str, start: date, end: date) -> list[ActivityCount]:
    """What an organisation and its groups held, owed and missed in the periods between two days."""
    today = clock.today()
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        whole_years = (date(start.year, 1, 1), date(end.year, 12, 31))
        kinds = records.kinds_in_use(connection, shelf, MEETING)
        rows = questions.held_rows(connection, kinds, organisation, *whole_years)
    held = []
    for row in rows:
        on = PartialDate.read(row["on_date"])
        form = records.form_known(shelf, row["kind"], row["version"])
        if on is not None and form is not None and form.meeting is not None:
            counts, group = form.meeting.counts, row["group_uid"]
            held.append(
                HeldMeeting(row["uid"], on.first_day(), counts, organisation, group, year=row["year"])
            )
    facts = facts_on(branch, organisation, min(end, today))
    return count_activities(shipped_activities(), held, facts, start, end, today)


def facts_on(branch: Branch, organisation: str, day: date) -> BranchFacts:
    """What decides which activities an organisation owes, as of `day`."""
    with branch.read() as connection:
        versions = [version for _row, version in organisations.versions(connection)]
        profile = organisations.profile(connection, organisation)
        posts = [post for _row, post in organisations.posts(connection)]
        _around, people = around_of(connection, organisation, day)
    return facts_of(organisation, day, versions, profile, posts, people)


def facts_of(
    organisation: str,
    day: date,
    versions: Sequence[OrganisationVersion],
    profile: Mapping[str, str | None],
    posts: Sequence[Post],
    people: Sequence[PersonOnDay],
) -> BranchFacts:
    """The same from what was read of the organisation; `people` are those of `day`."""
    here = {one.uid for one in people}
    seats = {
        post.member
        for post in posts_on(posts, day)
        if post.organisation == organisation and post.code != GROUP_LEADER and post.member in here
    }
    return BranchFacts(
        founded=_founded(profile, [one for one in versions if one.organisation == organisation]),
        has_committee=len(seats) > 1,
        groups=_groups(versions, organisation, day),
        full_members=sum(one.category == Category.FULL for one in people),
        committee_from=shipped_rules().at("committee_full_members", day).value,
    )


def _founded(profile: Mapping[str, str | None], own: Sequence[OrganisationVersion]) -> date | None:
    """The day on which an organisation was founded, as far as anybody entered it."""
    written = PartialDate.read(profile["founded_on"])
    begun = [version.valid_from for version in own]
    if written is not None:
        return written.first_day()
    return None if None in begun or not begun else min(day for day in begun if day)


def _groups(versions: Sequence[OrganisationVersion], organisation: str, day: date) -> list[GroupFact]:
    """The groups of an organisation on `day`, each with its first day where that is known."""
    found = []
    for version in versions:
        if (version.kind, version.parent) != (OrganisationKind.GROUP, organisation):
            continue
        if version.holds_on(day):
            begun = [one.valid_from for one in versions if one.organisation == version.organisation]
            since = None if None in begun else min(first for first in begun if first)
            found.append(GroupFact(version.organisation, version.name, since))
    return found


# ---- study hours


@dataclass(frozen=True)
class StudyLine:
    """One person in the ledger of study hours; `name` is the one of the day looked at."""

    name: str
    group_name: str
    leader: bool
    sum: StudySum
    findings: tuple[Finding, ...]


def study_hours(branch: Branch, organisation: str, year: int) -> list[StudyLine]:
    """The study hours of everybody on the roster in a year: so far, due and missing.

    Whoever left during the year stands behind those who are there.
    """
    today, rules = clock.today(), shipped_rules()
    first, last = date(year, 1, 1), date(year, 12, 31)
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        kinds = records.kinds_in_use(connection, shelf, MEETING)
        rows = questions.held_rows(connection, kinds, organisation, first, last)
        meetings = questions.load_meetings(connection, [row["uid"] for row in rows])
        _around, people = around_of(connection, organisation, min(last, today))
    entries = [
        entry
        for one in meetings.values()
        if (form := records.form_known(shelf, one.kind, one.version)) is not None
        for entry in study_entries(form, one)
    ]
    leaders = [one.uid for one in people if organisation in one.committees]
    targets = study_targets([one.uid for one in people], leaders, rules, year)
    names = {
        one.person: (one.name, one.group)
        for meeting in meetings.values()
        for one in meeting.attendance
        if one.person
    }
    names |= {one.uid: (one.name, one.group_name) for one in people}
    return [
        StudyLine(
            *names[found.person],
            found.person in leaders,
            found,
            tuple(study_findings(found, year, today, rules)),
        )
        for found in study_ledger(entries, year, targets)
    ]


def study_entries(form: Form, meeting: Meeting) -> list[StudyEntry]:
    """What a meeting earned each of those who were there: the hours written down, else its duration."""
    if form.meeting is None or not form.meeting.study_hours or meeting.day is None:
        return []
    hours = _hours(form, meeting)
    if not hours:
        return []
    return [
        StudyEntry(one.person or "", meeting.day, form.meeting.study_hours, hours, meeting.uid)
        for one in meeting.attendance
        if earns(one)
    ]


def _hours(form: Form, meeting: Meeting) -> Decimal:
    written, when = form.by_role("hours"), form.by_role("when")
    if written is not None and (value := meeting.values.get(written.id)):
        try:
            return max(Decimal(value), Decimal(0))
        except InvalidOperation:  # it was typed and not understood; a finding stands beside it
            return Decimal(0)
    span = span_of(meeting.values.get(when.id)) if when else None
    if span is None or span.minutes is None:
        return Decimal(0)
    return hours_of(span.minutes, shipped_rules(), span.day)
