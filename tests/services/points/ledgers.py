"""What the tests of points do again and again: entering, and looking at one person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.services.meetings import attending, life
from branchdesk.services.points.entering import EntryTyped, add_entry
from branchdesk.services.points.reading import PersonPoints, PointsSheet, points_sheet
from services.meetings.scenes import ASSEMBLY, House

# Rules of the scheme that ships.
MEETINGS, STUDY, DUES, ASSIGNED = "meetings", "study", "dues", "assigned"
WATCH, BLOOD, NEWS = "community_watch", "blood", "publicity"
PRAISED, LATE, ABSENT = "praised_county", "late", "absent"


def enter(house: House, name: str, rule: str, on: str = "2026.6.10", quantity: str = "", **more: str) -> str:
    """Enter points of somebody with everything that is asked for; returns the uid of the row."""
    told = {"evidence_title": "登记表", "reason": "已核实", **more}
    typed = EntryTyped(house.people[name], rule, on, quantity, **told)
    return add_entry(house.branch, house.root, typed).uid


def sheet_of(house: House, year: int = 2026, until: date | None = None) -> PointsSheet:
    """Everybody's points."""
    return points_sheet(house.branch, house.root, year, until)


def points_of(house: House, name: str, until: date | None = None) -> PersonPoints:
    """The points of one of the people of the house."""
    return sheet_of(house, until=until).by_person[house.people[name]]


def in_bucket(house: House, name: str, bucket: str) -> Decimal:
    """What a bucket of somebody holds."""
    return points_of(house, name).tally.points_in(bucket)


def held(house: House, when: str, away: dict[str, Presence] | None = None, kind: str = ASSEMBLY) -> str:
    """A meeting that was held with everybody there but those named."""
    uid = house.plan(kind, when)
    life.move(house.branch, uid, MeetingState.HELD)
    attending.mark_all_present(house.branch, uid)
    if away:
        attending.mark(house.branch, uid, {house.person(uid, name): mark for name, mark in away.items()})
    return uid
