"""An inspection beside the one of the period before and the one of a year ago."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.domain.inspections import comparing
from branchdesk.domain.inspections.comparing import Comparison, Scored
from branchdesk.domain.inspections.deadlines import Period
from branchdesk.services.inspections.reading import sheet as read_sheet
from branchdesk.services.inspections.sheets import Sheet
from branchdesk.storage import inspections as questions
from branchdesk.storage.branch import Branch


def compare(branch: Branch, uid: str) -> list[Comparison]:
    """Sections, lines and total of an inspection with those of the period before and of a year ago.

    Where no inspection of the same kind was made then, nothing stands. Raises Problem for an inspection that
    lies in the recycle bin or is not there.
    """
    now = read_sheet(branch, uid)
    before, year_ago = earlier(branch, now)
    return comparing.compare(_scored(now), _or_none(before), _or_none(year_ago))


def earlier(branch: Branch, now: Sheet) -> Sequence[Sheet | None]:
    """The inspections of the period before and of a year ago, of the same kind and organisation."""
    return _at(branch, now, now.period.previous()), _at(branch, now, now.period.year_before())


def _at(branch: Branch, now: Sheet, period: Period) -> Sheet | None:
    one = now.inspection
    with branch.read() as connection:
        row = questions.same_period(connection, one.kind, one.organisation, period.year, period.number)
    return read_sheet(branch, row["uid"]) if row else None


def _scored(sheet: Sheet) -> Scored:
    return Scored(sheet.final_total, sheet.final_lines)


def _or_none(sheet: Sheet | None) -> Scored | None:
    return _scored(sheet) if sheet else None
