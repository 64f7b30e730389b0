"""An inspection beside the one of the period before and the one of a year ago."""

from __future__ import annotations

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
    return compare_sheet(branch, read_sheet(branch, uid))


def compare_sheet(branch: Branch, now: Sheet) -> list[Comparison]:
    """The same of a sheet that is at hand, which may be one that was signed earlier."""
    before, year_ago = _at(branch, now, now.period.previous()), _at(branch, now, now.period.year_before())
    return comparing.compare(_scored(now), _or_none(before), _or_none(year_ago))


def _at(branch: Branch, now: Sheet, period: Period) -> Sheet | None:
    one = now.inspection
    with branch.read() as connection:
        row = questions.same_period(connection, one.kind, one.organisation, period.year, period.number)
    return read_sheet(branch, row["uid"]) if row else None


def _scored(sheet: Sheet) -> Scored:
    return Scored(sheet.final_total, sheet.final_lines)


def _or_none(sheet: Sheet | None) -> Scored | None:
    return _scored(sheet) if sheet else None
