"""Looking at problems: one, lists of them, what earlier periods left open, and what they cost whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branchdesk import clock
from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.model import Inspection
from branchdesk.domain.inspections.rectification import overdue_days, state_of
from branchdesk.domain.organisations import OrganisationTree
from branchdesk.forms.spelling import cleaned
from branchdesk.storage import inspections as inspection_questions
from branchdesk.storage import issues as questions
from branchdesk.storage import organisations, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.issues import IssueFilter

_MOST_WORDS, _LONGEST_WORD = 20, 100


@dataclass(frozen=True)
class IssueQuery:
    """Which problems a list shows; empty fields leave everything in.

    `place` is an organisation, with those below it; `state` a value of IssueState; `responsible` a uid or a
    name.
    """

    place: str | None = None
    year: int | None = None
    state: str = ""
    source: str = ""
    overdue_only: bool = False
    responsible: str = ""
    text: str = ""
    found_in: str = ""
    open_only: bool = False


@dataclass(frozen=True)
class IssueRow:
    """One problem in a list; `found_in_title` and `line` say where it was found, `overdue` counts days."""

    uid: str
    issue: Issue
    state: IssueState
    overdue: int
    organisation_name: str
    found_in_title: str = ""
    line: str = ""


def issue(branch: Branch, uid: str) -> Issue:
    """A problem whole. Raises Problem for one that lies in the recycle bin or is not there."""
    with branch.read() as connection:
        return questions.issue_at_hand(connection, uid)


def issue_list(branch: Branch, query: IssueQuery | None = None, today: date | None = None) -> list[IssueRow]:
    """The problems that fit, in the order in which they were found."""
    asked, day = query or IssueQuery(), today or clock.today()
    with branch.read() as connection:
        tree = organisations.tree(connection, day)
        wanted = IssueFilter(
            places=_below(tree, asked.place),
            year=asked.year,
            source=asked.source,
            found_in=asked.found_in,
            responsible=asked.responsible,
            words=_words(asked.text),
        )
        found = questions.find_issues(connection, wanted)
        shelf = records.shelf_of(connection)
        homes = inspection_questions.rows_by_uid(connection, (one.found_in for one in found if one.found_in))
        names = inspection_questions.names_by_organisation(connection)
    rows = []
    for one in found:
        state, late = state_of(one), overdue_days(one, day)
        if asked.state and state.value != asked.state:
            continue
        if (asked.overdue_only and late <= 0) or (asked.open_only and state is IssueState.VERIFIED):
            continue
        home = homes.get(one.found_in or "")
        form = records.form_known(shelf, home["kind"], home["version"]) if home else None
        field = form.by_id.get(one.indicator) if form else None
        rows.append(
            IssueRow(
                uid=one.uid,
                issue=one,
                state=state,
                overdue=late,
                organisation_name=names.shown(one.organisation, day),
                found_in_title=home["title"] if home else "",
                line=field.number if field else "",
            )
        )
    return rows


def _below(tree: OrganisationTree, place: str | None) -> frozenset[str] | None:
    if place is None:
        return None
    return frozenset(one.organisation for one in tree.below(place)) | {place}


def _words(text: str) -> tuple[str, ...]:
    """The words to look for, as many and as long as a question to the file can hold."""
    return tuple(word[:_LONGEST_WORD] for word in cleaned(text).split()[:_MOST_WORDS])


def years_of_issues(branch: Branch) -> list[int]:
    """The years for which there are problems, the newest first."""
    with branch.read() as connection:
        found = questions.find_issues(connection)
    return sorted({one.year for one in found}, reverse=True)


def open_from_before(branch: Branch, inspection: Inspection) -> list[Issue]:
    """The problems of an organisation from before the period of an inspection that are not verified yet.

    What an earlier inspection found counts as from before, even where it was found after the period began.
    """
    with branch.read() as connection:
        places = frozenset({inspection.organisation})
        found = questions.find_issues(connection, IssueFilter(places))
        shelf = records.shelf_of(connection)
        homes = inspection_questions.rows_by_uid(
            connection, [inspection.uid, *(one.found_in for one in found if one.found_in)]
        )
    form = records.form_at_hand(shelf, inspection.kind, inspection.version)
    start = Period(inspection.year, inspection.number, form.period).start.isoformat()
    own = homes[inspection.uid]["on_date"] if inspection.uid in homes else ""

    def is_earlier(one: Issue) -> bool:
        home = homes.get(one.found_in or "")
        return one.found_on < start or bool(home and (home["on_date"] or "") < (own or ""))

    return [
        one
        for one in found
        if one.found_in != inspection.uid and state_of(one) is not IssueState.VERIFIED and is_earlier(one)
    ]


@dataclass(frozen=True)
class LostPoints:
    """The points that problems cost beside one person's name, as a record from which nothing follows."""

    responsible: str
    responsible_uid: str | None
    points: Decimal
    issues: tuple[Issue, ...]


def lost_points_by_person(branch: Branch, organisation: str, year: int) -> list[LostPoints]:
    """The points lost in a year by the people responsible, the most first."""
    with branch.read() as connection:
        wanted = IssueFilter(frozenset({organisation}), year)
        found = questions.find_issues(connection, wanted)
    by_person: dict[tuple[str | None, str], list[Issue]] = {}
    for one in found:
        if one.lost_points and one.responsible:
            key = (one.responsible_uid, "" if one.responsible_uid else one.responsible)
            by_person.setdefault(key, []).append(one)
    rows = [
        LostPoints(
            together[-1].responsible,
            uid,
            sum((one.lost_points or Decimal(0) for one in together), Decimal(0)),
            tuple(together),
        )
        for (uid, _name), together in by_person.items()
    ]
    return sorted(rows, key=lambda row: -row.points)
