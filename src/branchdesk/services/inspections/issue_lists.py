"""Looking at problems: one, and lists of them over all periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue, IssueState
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
