"""Points of the sample branch as clerks would have entered them."""

from __future__ import annotations

from branchdesk.services.organisations import root_of
from branchdesk.services.points import reading, sample_points
from branchdesk.services.points.reading import PointsSheet
from branchdesk.ui.desk import Desk

HOME_YEAR = 2026


def sheet_of(desk: Desk) -> PointsSheet:
    """The points of the sample branch in this year."""
    return reading.points_sheet(desk.branch, root_of(desk.branch), HOME_YEAR)


def entered(desk: Desk) -> PointsSheet:
    """A year of points; made once."""
    if not sheet_of(desk).entries:
        sample_points.sample_points(desk.branch)
    return sheet_of(desk)


def waiting_person(desk: Desk) -> tuple[str, str]:
    """Somebody who claimed a task, and the uid of the claim that waits to be decided."""
    one = entered(desk).waiting[0]
    return one.person, one.uid
