"""Ctrl+K: people by characters, pinyin, initials or the tail of a number; meetings by what they are about."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.domain.name_search import CONTAINS, EXACT, fit
from branchdesk.domain.names import same_name_key
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.member_edits import member_form
from branchdesk.storage import meetings, records
from branchdesk.storage import search as index
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.rosters import names_of, roster_rows

_CANDIDATES = 400
_BEHIND = CONTAINS + 1
_LEAST_DIGITS = 3


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
        rows = records.rows_numbered(connection, index.find_records(connection, typed, _CANDIDATES))
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
