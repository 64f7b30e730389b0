"""The papers of points: the services are asked, and what they answer becomes a document.

What is handed in is Chinese whatever language the window speaks.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.errors import Problem
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.reports.points.exchanges import (
    exchanges_of_year,
    redemption_ledger_document,
    reward_list_document,
)
from branchdesk.reports.points.matter import Account, PointsMatter
from branchdesk.reports.points.member_page import member_pages_document
from branchdesk.reports.points.publicity import Publicity, publicity_document
from branchdesk.reports.points.task_lists import duty_list_document, task_list_document
from branchdesk.services.open_branch import Branch
from branchdesk.services.points.reading import PersonPoints, points_sheet

_OF_YEAR: Mapping[str, Callable[[PointsMatter], Document]] = {
    "duties": duty_list_document,
    "tasks": task_list_document,
    "redemptions": redemption_ledger_document,
    "rewards": reward_list_document,
}
POINTS_PAPERS = ("publicity", "member", *_OF_YEAR)
_LAST_MONTH = 12


def points_paper(
    branch: Branch,
    organisation: str,
    year: int,
    kind: str,
    *,
    month: int | None = None,
    people: Sequence[str] = (),
    posted: tuple[date, date] | None = None,
) -> Document:
    """A paper of the points of an organisation in a year; `kind` is one of POINTS_PAPERS.

    A publicity is of `month`, or of the last one that is over; `posted` are its first and last day.
    The pages of members are those of `people`, or of everybody on the roster. Raises Problem where there is
    nothing to print, and for a year or a month to come.
    """
    if kind == "publicity":
        return publicity_document(publicity_of(branch, organisation, year, month, posted))
    matter, accounts = _matter_of(branch, organisation, year, None)
    if kind == "member":
        return member_pages_document(matter, _wanted(matter, accounts, people))
    _refuse_nothing(matter, kind)
    return _OF_YEAR[kind](matter)


def points_matter(branch: Branch, organisation: str, year: int, until: date | None = None) -> PointsMatter:
    """What the papers of a year print, until a day or today. Raises Problem for a year to come."""
    matter, _accounts = _matter_of(branch, organisation, year, until)
    return matter


def _matter_of(
    branch: Branch, organisation: str, year: int, until: date | None
) -> tuple[PointsMatter, Mapping[str, Account]]:
    """The matter, and its accounts by the uids of their people."""
    today = clock.today()
    if year > today.year:
        raise Problem(_("{year} 年还没有到，没有积分。", year=year), _("请核对年份。"))
    last = min(until or today, date(year, _LAST_MONTH, 31), today)
    with speaking_chinese():
        sheet = points_sheet(branch, organisation, year, last)
    accounts = {one.person: _account(one) for one in sheet.people}
    matter = PointsMatter(
        organisation=sheet.organisation_name,
        scheme=sheet.scheme,
        year=year,
        made_on=today,
        accounts=tuple(accounts.values()),
        rewards=sheet.rewards,
        redemptions=sheet.redemptions,
        last=last,
    )
    return matter, accounts


def _account(one: PersonPoints) -> Account:
    return Account(one.name, one.group, one.tally, one.redemptions, one.here)


def publicity_of(
    branch: Branch,
    organisation: str,
    year: int,
    month: int | None = None,
    posted: tuple[date, date] | None = None,
) -> Publicity:
    """The publicity of a month, by default of the last one that is over; one that is not is until today.

    Raises Problem for a month to come, and where nobody is on the roster.
    """
    today = clock.today()
    wanted = month or _last_month(year, today)
    if (year, wanted) > (today.year, today.month):
        sentence = _("{year} 年 {month} 月还没有到，不能公示。", year=year, month=wanted)
        raise Problem(sentence, _("请核对年份和月份。"))
    last = date(year, wanted, calendar.monthrange(year, wanted)[1])
    found = Publicity(points_matter(branch, organisation, year, last), wanted, posted)
    if not found.accounts:
        raise _nobody()
    return found


def _last_month(year: int, today: date) -> int:
    return _LAST_MONTH if year < today.year else max(1, today.month - 1)


def _wanted(matter: PointsMatter, accounts: Mapping[str, Account], people: Sequence[str]) -> list[Account]:
    """The accounts of some people, else of everybody on the roster."""
    if not set(people) <= set(accounts):
        raise Problem(
            _("{year} 年的积分里没有这名党员。", year=matter.year),
            _("请核对年度，或者在名册里核对组织关系。"),
        )
    found = [accounts[one] for one in people] or [one for one in matter.accounts if one.here]
    if not found:
        raise _nobody()
    return found


def _nobody() -> Problem:
    return Problem(_("名册里没有党员，没有积分可以打印。"), _("请换一个支部或者年份。"))


def _refuse_nothing(matter: PointsMatter, kind: str) -> None:
    """Raise Problem for a list without lines."""
    if kind == "duties" and not matter.scheme.duties:
        raise Problem(
            _("现行积分办法里没有共性清单。"),
            _("请在“表单设计”里打开积分办法，把人人要做到的项目列进共性清单，再发布。"),
        )
    if kind == "tasks" and not matter.scheme.tasks:
        raise Problem(
            _("现行积分办法里没有个性清单。"),
            _("请在“表单设计”里打开积分办法，把可以认领的项目列进个性清单，再发布。"),
        )
    if kind == "redemptions" and not exchanges_of_year(matter):
        sentence = _("{year} 年没有兑换过，台账是空的。", year=matter.year)
        raise Problem(sentence, _("请先登记兑换，或者换一个年份。"))
    if kind == "rewards" and not matter.rewards:
        raise Problem(_("还没有登记兑换物品。"), _("请先在“积分兑换”里新增物品。"))


# ---- workbooks


def publicity_workbook(
    branch: Branch, organisation: str, year: int, month: int | None = None, progress: Progress = SILENT
) -> bytes:
    """The publicity of a month as a workbook, with the ledger behind it. Raises Problem as `publicity_of`."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.points.workbooks import publicity_tables  # noqa: PLC0415

    found = publicity_of(branch, organisation, year, month)
    return write_xlsx(list(publicity_tables(found)), found.matter.made_on, branch.person.name, progress)


def points_workbook(branch: Branch, organisation: str, year: int, progress: Progress = SILENT) -> bytes:
    """The totals and ledgers of a year as a workbook. Raises Problem where nobody has points in it."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.points.workbooks import year_tables  # noqa: PLC0415

    matter = points_matter(branch, organisation, year)
    if not matter.accounts:
        raise _nobody()
    return write_xlsx(list(year_tables(matter)), matter.made_on, branch.person.name, progress)
