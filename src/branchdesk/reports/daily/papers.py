"""The papers of daily records: the services are asked, and what they answer becomes a document.

What is handed in is Chinese whatever language the window speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.daily import MONTHS, is_ahead
from branchdesk.errors import Problem
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.reports.daily.matter import DailyAccount, DailyMatter, MonthSheet
from branchdesk.reports.daily.month_sheet import month_document
from branchdesk.reports.daily.year_sheet import year_document
from branchdesk.services.daily.figures import FiguresOfYear, figures_of_year
from branchdesk.services.daily.reading import DailyPerson, DailyYear, daily_year
from branchdesk.services.open_branch import Branch

MONTH, YEAR = "month", "year"
DAILY_PAPERS = (MONTH, YEAR)
_LAST_MONTH = 12


def daily_paper(
    branch: Branch,
    organisation: str,
    year: int,
    kind: str,
    *,
    month: int | None = None,
    people: Sequence[str] = (),
) -> Document:
    """The sheets of a month, or of the whole year, of `people` or of everybody on the roster as one file.

    `kind` is one of DAILY_PAPERS; without a month it is the last one that is over. Raises Problem for a
    month or a year to come, for somebody who is not in the year, and where nobody is on the roster.
    """
    matter, accounts = _matter_of(branch, organisation, year)
    if not set(people) <= set(accounts):
        raise Problem(
            _("{year} 年的日常写实里没有这名党员。", year=year),
            _("请核对年度，或者在名册里核对组织关系。"),
        )
    wanted = [accounts[one] for one in people] or [one for one in matter.accounts if one.here]
    if not wanted:
        raise _nobody()
    if kind == YEAR:
        return year_document(matter, wanted)
    chosen = month or last_month(year)
    if chosen not in MONTHS or is_ahead(year, chosen, matter.made_on):
        sentence = _("{year} 年 {month} 月还没有到，没有写实可以打印。", year=year, month=chosen)
        raise Problem(sentence, _("请核对年份和月份。"))
    return month_document(matter, chosen, wanted)


def last_month(year: int) -> int:
    """The last month of a year that is over, or January."""
    today = clock.today()
    return _LAST_MONTH if year < today.year else max(1, today.month - 1)


def daily_matter(branch: Branch, organisation: str, year: int) -> DailyMatter:
    """What the papers of a year print. Raises Problem for a year to come."""
    return _matter_of(branch, organisation, year)[0]


def _matter_of(branch: Branch, organisation: str, year: int) -> tuple[DailyMatter, dict[str, DailyAccount]]:
    """The matter, and its accounts by the uids of their people."""
    today = clock.today()
    if year > today.year:
        raise Problem(_("{year} 年还没有到，没有写实。", year=year), _("请核对年份。"))
    with speaking_chinese():
        found = daily_year(branch, organisation, year)
        figures = figures_of_year(branch, organisation, year)
    accounts = {one.person: _account(found, one, figures) for one in found.people}
    matter = DailyMatter(
        organisation=found.organisation_name,
        year=year,
        made_on=today,
        form=found.form,
        vocabulary=found.vocabulary,
        accounts=tuple(accounts.values()),
    )
    return matter, accounts


def _account(year: DailyYear, one: DailyPerson, figures: FiguresOfYear) -> DailyAccount:
    months = {
        month: MonthSheet(
            month, year.form_of(one.record(month)), one.record(month), figures.month(one.person, month)
        )
        for month in range(1, year.last_month + 1)
    }
    return DailyAccount(one.name, one.group, months, one.here)


def _nobody() -> Problem:
    return Problem(_("名册里没有党员，没有写实可以打印。"), _("请换一个支部或者年份。"))


def daily_workbook(branch: Branch, organisation: str, year: int, progress: Progress = SILENT) -> bytes:
    """The year as a workbook: sums, and month by month. Raises Problem where nobody is in it."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.daily.workbooks import year_tables  # noqa: PLC0415

    matter = daily_matter(branch, organisation, year)
    if not matter.accounts:
        raise _nobody()
    return write_xlsx(list(year_tables(matter)), matter.made_on, branch.person.name, progress)
