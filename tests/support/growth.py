"""Branches that grow, and what questions about them cost."""

from __future__ import annotations

from functools import partial

from branchdesk.services import organisations, rosters
from branchdesk.storage import rosters as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.rosters import RosterQuery
from branchdesk.storage.tables import member, member_event
from branchdesk.uids import new_uid
from support.branches import sample_people
from support.counting import machine_steps, statements

INDEXED = (rosters.ENTERED, rosters.PINYIN, rosters.STROKES, rosters.POSTS)


def grow(branch: Branch, size: int) -> None:
    """Enter people until there are `size`: a name, an admission and an arrival each."""
    with branch.read() as connection:
        present = len(questions.names_of(connection, range(1, size + 1)))
    people = [{"uid": new_uid(), "name": person["name"]} for person in sample_people(size - present, size)]
    root = organisations.root_of(branch)
    with branch.change("增加") as change:
        change.insert_many(member, people)
        event = {"entered_on": "2026-01-01", "organisation_uid": root}
        kinds = ("admitted", "arrived")
        events = [{**event, "member_uid": one["uid"], "kind": kind} for one in people for kind in kinds]
        change.insert_many(member_event, events)


def cost_of_first_page(branch: Branch) -> dict[str, int]:
    """Statements for opening a roster and reading its first row, and steps of the machine by order."""
    found = {}
    roster = rosters.Roster(branch)
    with statements(branch) as sent:
        roster.choose(rosters.Place(organisations.root_of(branch)))
        roster.row(0)
    found["statements"] = len(sent)
    with branch.read() as connection:
        around = surroundings(connection)
    for order in INDEXED:
        for descending in (False, True):
            query = RosterQuery(sort=order, descending=descending)
            first_page = partial(questions.roster_rids, query=query, around=around, limit=rosters.PAGE)
            found[f"{order}{' descending' * descending}"] = machine_steps(branch, first_page)
    return found
