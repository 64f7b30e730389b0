"""`print` and `export-roster`: papers as PDF, and the roster as a workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from branchdesk import clock
from branchdesk.cli.console import long_work, say
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import members_named, place_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target, size, write_paper
from branchdesk.cli.parsing import wrong_pair
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.papers import RosterChoice, roster_paper, roster_workbook, sheets_paper
from branchdesk.services.open_branch import Branch
from branchdesk.services.rosters import POSTS, RosterRow, roster_on
from branchdesk.whole_files import write_whole

_ROSTER = "roster"


def print_paper(asked: Namespace) -> Ending:
    """Write a roster or the sheets of members as PDF."""
    _refuse_what_does_not_fit(asked)
    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        if asked.paper == _ROSTER:
            document = roster_paper(branch, _choice(branch, asked))
        else:
            document = sheets_paper(branch, _wanted_members(branch, asked), progress=progress.part(0.0, 0.5))
        return write_paper(document, asked.output, progress.part(0.5, 1.0))


def _refuse_what_does_not_fit(asked: Namespace) -> None:
    """Raise WrongUsage for options of the other paper: nothing that was asked for is left out silently."""
    if asked.paper == _ROSTER and asked.name:
        raise wrong_pair(asked.command, "--name", asked.paper)
    if asked.paper != _ROSTER and asked.masked:
        raise wrong_pair(asked.command, "--masked", asked.paper)
    for option, given in (("--on", asked.on), ("--place", asked.place), ("--order", asked.order)):
        if asked.name and given:
            raise wrong_pair(asked.command, option, "--name")


def _choice(branch: Branch, asked: Namespace) -> RosterChoice:
    day: date = asked.on or clock.today()
    return RosterChoice(
        place=place_named(branch, asked.place, day),
        day=day,
        order=asked.order or POSTS,
        masked=asked.masked,
    )


def _wanted_members(branch: Branch, asked: Namespace) -> list[str]:
    """The members that were named, namesakes with them, else everybody on the roster."""
    if not asked.name:
        return [row.uid for row in _rows(branch, _choice(branch, asked))]
    uids: dict[str, None] = {}
    for name in asked.name:
        found = members_named(branch, name)
        if len(found) > 1:
            say(_n("有 {n} 个“{name}”，都写上了。", len(found), name=name))
        uids |= dict.fromkeys(one.uid for one in found)
    return list(uids)


def _rows(branch: Branch, choice: RosterChoice) -> Sequence[RosterRow]:
    """Who is on the roster. Raises Problem where nobody is."""
    day = choice.day or clock.today()
    rows = roster_on(branch, day, choice.place, choice.order).rows
    if not rows:
        raise Problem(
            _("{day} 这一天名册里没有党员。", day=PartialDate.of(day).spelled()),
            _("请换一个日期，或选另一个支部。"),
        )
    return rows


def export_roster(asked: Namespace) -> Ending:
    """Write the roster as a workbook."""
    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        choice = _choice(branch, asked)
        people = len(_rows(branch, choice))
        content = roster_workbook(branch, choice, progress)
        write_whole(asked.output, content)
        written = size(len(content))
        say(_n("已写成 {path}，党员 {n} 名，{size}。", people, path=str(asked.output), size=written))
    return Ending.FINE
