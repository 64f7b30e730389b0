"""Points that the records propose: meetings attended, meetings missed without leave, hours studied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branchdesk import clock
from branchdesk.domain.meetings.model import Attendance, Meeting, Presence
from branchdesk.domain.points.automatic import FactHit, Proposal, ProposedEntry, proposed_entries
from branchdesk.domain.points.model import EntrySource, PointScheme
from branchdesk.domain.points.tally import reversal_of
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.counting import MEETING, study_entries
from branchdesk.services.points.outcomes import PointsOutcome
from branchdesk.services.points.reading import points_sheet
from branchdesk.storage import meetings as meeting_rows
from branchdesk.storage import points as questions
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.point_tables import point_entry
from branchdesk.storage.tables import record as record_table
from branchdesk.uids import new_uid

PRESENT, ABSENT, HOURS = "attendance.present", "attendance.absent", "study.hours"
TALK = "talk"  # the layout of talks between two people, which are no meetings of the organisation


@dataclass(frozen=True)
class PointsProposal:
    """What the records of a month, or of the whole year, propose beyond the ledger.

    `names` are those of everybody in it by uid; `month` is None for the whole year.
    """

    organisation: str
    year: int
    month: int | None
    scheme: PointScheme
    proposal: Proposal
    names: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether the ledger and the records agree."""
        return self.proposal.is_empty


def propose(branch: Branch, organisation: str, year: int, month: int | None = None) -> PointsProposal:
    """What the meetings held in a month of a year propose to enter and to reverse; nothing is written.

    Days to come are not asked about. Somebody counts as absent without leave who was marked so and has not
    caught up since.
    """
    sheet = points_sheet(branch, organisation, year)
    names = {one.person: one.name for one in sheet.people}
    first, last = _days(year, month)
    facts = {rule.fact for rule in sheet.scheme.rules if rule.fact}
    hits: defaultdict[str, defaultdict[str, list[FactHit]]] = defaultdict(lambda: defaultdict(list))
    with speaking_chinese():  # the titles are kept in the ledger and stand on paper
        for form, meeting in held_meetings(branch, organisation, year) if facts else ():
            for person, fact, hit in _hits(form, meeting):
                if person in names:
                    hits[person][fact].append(hit)
        answers = {
            person: {fact: hits[person][fact] for fact in facts}
            for person in names
            if not questions.is_gone(person)  # whose name alone is left in the records, too
        }
    proposal = proposed_entries(
        sheet.scheme, answers, sheet.entries, first=first, last=min(last, clock.today())
    )
    return PointsProposal(organisation, year, month, sheet.scheme, proposal, names)


def enter_proposal(branch: Branch, wanted: PointsProposal) -> PointsOutcome:
    """Write a proposal, or what was left of it, as one change; what no longer holds by now is left out."""
    today = clock.today()
    now = propose(branch, wanted.organisation, wanted.year, wanted.month).proposal
    due = {_key(one) for one in now.new}
    void = {one.entry.uid for one in now.to_reverse}
    with speaking_chinese():
        new = [
            one.entry(new_uid(), wanted.names[one.person], today, reviewer=branch.person.name)
            for one in wanted.proposal.new
            if _key(one) in due
        ]
        back = [
            reversal_of(
                one.entry,
                new_uid(),
                one.reason,
                today,
                reviewer=branch.person.name,
                source=EntrySource.AUTOMATIC,
            )
            for one in wanted.proposal.to_reverse
            if one.entry.uid in void
        ]
    entries = [*back, *new]
    with branch.change(_label(wanted, len(entries))) as change:
        rows = [questions.row_of_entry(wanted.organisation, wanted.scheme, one) for one in entries]
        change.insert_many(point_entry, rows)
    return PointsOutcome(change.result, tuple(one.uid for one in entries))


def _key(one: ProposedEntry) -> tuple[str, str, FactHit]:
    """What tells one proposed entry from another, in whatever language its rule was read."""
    return one.person, one.rule.id, one.hit


def _label(wanted: PointsProposal, rows: int) -> str:
    if wanted.month is None:
        return _n("{year} 年自动记分 {n} 笔", rows, year=wanted.year)
    return _n("{year} 年 {month} 月自动记分 {n} 笔", rows, year=wanted.year, month=wanted.month)


# ---- what the records say


def _days(year: int, month: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), PartialDate(year, month).last_day()


def held_meetings(branch: Branch, organisation: str, year: int) -> list[tuple[Form, Meeting]]:
    """The meetings of an organisation and its groups that were held in a year, with their forms."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        kinds = records.kinds_in_use(connection, shelf, MEETING)
        rows = meeting_rows.held_rows(connection, kinds, organisation, date(year, 1, 1), date(year, 12, 31))
        meetings = meeting_rows.load_meetings(connection, [row["uid"] for row in rows])
    return [
        (form, one)
        for one in meetings.values()
        if (form := records.form_known(shelf, one.kind, one.version)) is not None
    ]


def _hits(form: Form, meeting: Meeting) -> Iterator[tuple[str, str, FactHit]]:
    """What a meeting says about each person: there, missing without leave, and the hours earned."""
    if meeting.day is None or form.meeting is None:
        return
    title = title_as_proof(form, meeting)
    if form.meeting.layout != TALK:
        for one in _expected(meeting.attendance):
            if one.presence is Presence.PRESENT:
                yield one.person or "", PRESENT, _hit(meeting, meeting.day, title)
            elif one.presence is Presence.ABSENT and not one.made_up_on:
                yield one.person or "", ABSENT, _hit(meeting, meeting.day, title)
    for entry in study_entries(form, meeting):
        yield entry.person, HOURS, FactHit(entry.day, entry.hours, title, record_table.name, meeting.uid)


def _expected(attendance: Iterable[Attendance]) -> Iterator[Attendance]:
    return (one for one in attendance if one.counts and one.person)


def _hit(meeting: Meeting, day: date, title: str) -> FactHit:
    return FactHit(day, Decimal(1), title, record_table.name, meeting.uid)


def title_as_proof(form: Form, meeting: Meeting) -> str:
    """What proves points: the group, the kind of the meeting and its title."""
    kind = form.shown()
    title = meeting.title
    if kind not in title:
        title = _("{kind}“{title}”", kind=kind, title=title) if title else kind
    return f"{meeting.group_name} {title}".strip()
