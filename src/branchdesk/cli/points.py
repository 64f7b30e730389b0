"""`points` and `print-points`: the totals of a year, how one member's came about, and the papers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from branchdesk import clock
from branchdesk.cli.console import LINE_WIDTH, long_work, say, wrapped
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import home_named, members_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target, size, write_document
from branchdesk.cli.parsing import wrong_pair
from branchdesk.cli.tables import show_table
from branchdesk.domain.points.tally import explain, shown_points
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of
from branchdesk.services.points.reading import PersonPoints, PointsSheet, points_sheet
from branchdesk.whole_files import write_whole

_WORKBOOK = ".xlsx"
_PUBLICITY, _MEMBER, _LEDGER = "publicity", "member", "redemptions"


def list_points(asked: Namespace) -> Ending:
    """The points of everybody in a year; with names, how the points of these members came about."""
    year = _year(asked)
    with opened(asked) as branch:
        sheet = points_sheet(branch, _home(branch, asked), year)
        if asked.name:
            _show_people(branch, asked, sheet)
            return Ending.FINE
        show_table([_head(sheet), *(_line(one) for one in sheet.people)])
        say(_n("{year} 年共 {n} 人有积分。", len(sheet.people), year=year))
        if sheet.waiting:
            say(_n("还有 {n} 笔等待审核，没有计分。", len(sheet.waiting)))
    return Ending.FINE


def _year(asked: Namespace) -> int:
    year: int = asked.year or clock.today().year
    return year


def _home(branch: Branch, asked: Namespace) -> str:
    """The branch that was named, else the organisation of the file."""
    return home_named(branch, asked.place, date(_year(asked), 12, 31)) or root_of(branch)


def _head(sheet: PointsSheet) -> tuple[str, ...]:
    buckets = (one.title for one in sheet.scheme.buckets)
    return (_("姓名"), *buckets, _("总积分"), _("可兑换"))


def _line(one: PersonPoints) -> tuple[str, ...]:
    held = (shown_points(total.counted) for total in one.tally.buckets)
    return (one.name, *held, shown_points(one.total), shown_points(one.balance))


def _show_people(branch: Branch, asked: Namespace, sheet: PointsSheet) -> None:
    for place, uid in enumerate(_people(branch, asked)):
        found = _on_sheet(sheet, uid)
        if place:
            say()
        say(found.name)
        for sentence in _told(found):
            for line in wrapped(sentence, LINE_WIDTH):
                say(line)


def _told(found: PersonPoints) -> Iterator[str]:
    yield from explain(found.tally)
    redeemed, left = shown_points(found.redeemed), shown_points(found.balance)
    yield _("已兑换 {redeemed} 分，还可以兑换 {left} 分。", redeemed=redeemed, left=left)


def _people(branch: Branch, asked: Namespace) -> list[str]:
    """The members who were named, namesakes with them."""
    found = (one.uid for name in asked.name for one in members_named(branch, name))
    return list(dict.fromkeys(found))


def _on_sheet(sheet: PointsSheet, uid: str) -> PersonPoints:
    found = sheet.by_person.get(uid)
    if found is None:
        raise Problem(
            _("{year} 年的积分里没有这名党员。", year=sheet.year),
            _("请核对年度，或者在名册里核对组织关系。"),
        )
    return found


# ---- papers


def print_points(asked: Namespace) -> Ending:
    """Write a paper of points as PDF or for Word, or the publicity or the year's ledgers as a workbook."""
    from branchdesk.reports.points.papers import points_paper  # noqa: PLC0415 - the list needs no paper

    _refuse_what_does_not_fit(asked)
    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        home, year = _home(branch, asked), _year(asked)
        if asked.output.suffix.lower() == _WORKBOOK:
            return _write_workbook(_workbook(branch, home, asked), asked.output)
        document = points_paper(
            branch, home, year, asked.paper, month=asked.month, people=_people(branch, asked)
        )
        return write_document(document, asked.output, progress)


def _refuse_what_does_not_fit(asked: Namespace) -> None:
    """Raise WrongUsage for options of another paper: nothing that was asked for is left out silently."""
    if asked.month and asked.paper != _PUBLICITY:
        raise wrong_pair(asked.command, "--month", asked.paper)
    if asked.name and asked.paper != _MEMBER:
        raise wrong_pair(asked.command, "--name", asked.paper)
    if asked.output.suffix.lower() == _WORKBOOK and asked.paper not in {_PUBLICITY, _LEDGER}:
        raise wrong_pair(asked.command, _WORKBOOK, asked.paper)


def _workbook(branch: Branch, home: str, asked: Namespace) -> bytes:
    """The publicity with its ledger, or all ledgers of the year."""
    from branchdesk.reports.points.papers import (  # noqa: PLC0415 - as above
        points_workbook,
        publicity_workbook,
    )

    if asked.paper == _PUBLICITY:
        return publicity_workbook(branch, home, _year(asked), asked.month)
    return points_workbook(branch, home, _year(asked))


def _write_workbook(content: bytes, path: Path) -> Ending:
    write_whole(path, content)
    say(_("已写成 {path}，{size}。", path=str(path), size=size(len(content))))
    return Ending.FINE
