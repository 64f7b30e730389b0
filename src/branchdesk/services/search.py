"""Ctrl+K: people by characters, pinyin, initials or the tail of a number; other things by what they say."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.rectification import label_of as label_of_issue
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.domain.inspections.states import label_of
from branchdesk.domain.name_search import CONTAINS, EXACT, fit
from branchdesk.domain.names import same_name_key
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.evaluation_history import state_label
from branchdesk.services.member_edits import member_form
from branchdesk.storage import issues, meetings, records
from branchdesk.storage import search as index
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.inspections import SPOT_CHECK
from branchdesk.storage.rosters import names_of, roster_rows

_CANDIDATES = 400
_BEHIND = CONTAINS + 1
_LEAST_DIGITS = 3
_INSPECTION, _EVALUATION = "inspection", "evaluation"  # how their kinds begin


@dataclass(frozen=True)
class FoundMember:
    """One person found: who, and a line that tells namesakes apart."""

    rid: int
    uid: str
    name: str
    line: str


def find_people(branch: Branch, typed: str, limit: int = 8) -> list[FoundMember]:
    """The people that fit what was typed, best first; whoever fits exactly is found among any number."""
    with branch.read() as connection:
        around = surroundings(connection)
        exact = set(index.find_exactly(connection, typed, _CANDIDATES))
        candidates = exact.union(index.find_members(connection, typed, _CANDIDATES))
        ranked = sorted(
            (*rank, name, rid)
            for rid, name in names_of(connection, sorted(candidates))
            if (rank := _rank(typed, name, exact=rid in exact)) is not None
        )
        rows = roster_rows(connection, [rid for *_rank_of, rid in ranked[:limit]])
    form = member_form()
    found = []
    for row in rows:
        words = [
            form.by_id[field].type.show(form.by_id[field], row.values[field], around.vocabulary)
            for field in ("category", "group", "department")
        ]
        if row.values["state"] != "active":
            words.insert(0, around.vocabulary["state"].shown(row.values["state"]))
        if row.values["id_number"]:
            words.append(_("尾号 {tail}", tail=row.values["id_number"][-4:]))
        found.append(
            FoundMember(
                row.rid, row.uid, row.values["name"] or "", " · ".join(word for word in words if word)
            )
        )
    return found


def _rank(typed: str, name: str, *, exact: bool) -> tuple[int, bool] | None:
    """How well a candidate fits.

    What fits exactly comes before what fits as well; a whole former name or number comes right behind the
    same name, a part of one behind everything.
    """
    rank = fit(typed, name)
    if rank is not None:
        return rank, not exact
    key = same_name_key(typed)
    if any(char.isdigit() for char in key):
        long_enough = key.isalnum() and len(key) >= _LEAST_DIGITS
    else:
        long_enough = not key.isascii()
    if not long_enough:
        return None
    return (EXACT, True) if exact else (_BEHIND, True)


@dataclass(frozen=True)
class FoundMeeting:
    """One meeting found: its uid, its title, and a line with its kind, day and place."""

    uid: str
    title: str
    line: str


def find_meetings(branch: Branch, typed: str, limit: int = 8) -> list[FoundMeeting]:
    """The meetings that say every word that was typed in title, agenda, topic or place, the newest first."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        rows = [
            row
            for row in records.rows_saying(connection, typed, _CANDIDATES)
            if records.is_of_subject(shelf, row["kind"], row["version"], meetings.MEETING)
        ]
        values = meetings.own_values(connection, [row["uid"] for row in rows])
    found = []
    for row in sorted(rows, key=lambda row: row["on_date"] or "", reverse=True)[:limit]:
        form = records.form_known(shelf, row["kind"], row["version"])
        on = PartialDate.read(row["on_date"])
        place = form.by_role("place") if form else None
        words = [
            form.shown() if form else row["kind"],
            on.shown() if on else "",
            values.get(row["uid"], {}).get(place.id, "") if place else "",
        ]
        found.append(FoundMeeting(row["uid"], row["title"], " · ".join(word for word in words if word)))
    return found


@dataclass(frozen=True)
class FoundInspection:
    """One inspection or spot check found: its uid, its title, and a line with its kind and state."""

    uid: str
    title: str
    line: str
    is_spot_check: bool = False


def find_inspections(branch: Branch, typed: str, limit: int = 8) -> list[FoundInspection]:
    """The inspections and spot checks that say every word typed in title or kind, the newest first."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        rows = records.rows_saying(connection, typed, _CANDIDATES)
    found = []
    for row in sorted(rows, key=lambda row: row["on_date"] or "", reverse=True):
        form = records.form_known(shelf, row["kind"], row["version"])
        is_spot_check = row["kind"] == SPOT_CHECK
        is_unreadable = form is None and row["kind"].startswith(f"{_INSPECTION}.")
        if not (is_spot_check or is_unreadable or (form and form.inspection)):
            continue
        words = [form.shown() if form else row["kind"]]
        if not is_spot_check:
            words.append(label_of(InspectionState(row["state"])))
        found.append(FoundInspection(row["uid"], row["title"], " · ".join(words), is_spot_check))
    return found[:limit]


@dataclass(frozen=True)
class FoundEvaluation:
    """One evaluation found: its uid, its title, and a line with its kind and state."""

    uid: str
    title: str
    line: str


def find_evaluations(branch: Branch, typed: str, limit: int = 8) -> list[FoundEvaluation]:
    """The evaluations that say every word typed in title or kind, the newest year first."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        rows = records.rows_saying(connection, typed, _CANDIDATES)
    found = []
    for row in sorted(rows, key=lambda row: (-row["year"], row["rid"])):
        form = records.form_known(shelf, row["kind"], row["version"])
        is_unreadable = form is None and row["kind"].startswith(f"{_EVALUATION}.")
        if is_unreadable or (form is not None and form.evaluation is not None):
            words = (form.shown() if form else row["kind"], state_label(row["state"]))
            found.append(FoundEvaluation(row["uid"], row["title"], " · ".join(words)))
    return found[:limit]


@dataclass(frozen=True)
class FoundIssue:
    """One problem found: its uid, what it says, where it was found, and a line with state and responsible."""

    uid: str
    text: str
    found_in: str
    line: str


def find_issues(branch: Branch, typed: str, limit: int = 8) -> list[FoundIssue]:
    """The problems that say every word that was typed, the newest first."""
    with branch.read() as connection:
        rids = index.find_texts(connection, index.ISSUE, typed, limit)
        known = issues.issues_numbered(connection, rids)
    return [
        FoundIssue(
            one.uid,
            one.text,
            one.found_in or "",
            " · ".join(filter(None, (label_of_issue(state_of(one)), one.responsible))),
        )
        for one in sorted(known, key=lambda one: one.found_on, reverse=True)
    ]
