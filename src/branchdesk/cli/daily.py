"""`daily` and `print-daily`: who has written which month, what is written of a month, and the papers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from branchdesk import clock
from branchdesk.cli.console import LINE_WIDTH, long_work, say, wrapped
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import home_named, members_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target, size, write_document
from branchdesk.cli.parsing import wrong_pair
from branchdesk.cli.tables import show_table
from branchdesk.domain.daily import MONTHS, MonthState
from branchdesk.i18n import _, later
from branchdesk.services.daily.figures import FiguresOfYear, figure_texts, figures_of_year
from branchdesk.services.daily.reading import DailyPerson, DailyYear, daily_person, daily_year
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of
from branchdesk.whole_files import write_whole

_WORKBOOK = ".xlsx"
_MONTH = "month"
_MARKS = {
    MonthState.AHEAD: later(" "),
    MonthState.EMPTY: later("－"),
    MonthState.WRITTEN: later("写"),
    MonthState.COMPLETE: later("定"),
}


def list_daily(asked: Namespace) -> Ending:
    """Everybody and the months of a year; with names, what is written of these members."""
    with opened(asked) as branch:
        home = _home(branch, asked)
        year = daily_year(branch, home, _year(asked))
        if asked.name:
            _show_people(branch, asked, year)
            return Ending.FINE
        if asked.month:
            raise wrong_pair(asked.command, "--month", _("没有 {option}", option="--name"))
        heads = (_("姓名"), *(str(month) for month in MONTHS))
        show_table([heads, *(_line(year, one) for one in year.people)])
        written, final = year.count(MonthState.WRITTEN), year.count(MonthState.COMPLETE)
        say(_("写：填写中，{n} 份。定：已定稿，{final} 份。－：没有写。", n=written, final=final))
    return Ending.FINE


def _line(year: DailyYear, one: DailyPerson) -> tuple[str, ...]:
    return (one.name, *(_(_MARKS[year.state(one, month)]) for month in MONTHS))


def _year(asked: Namespace) -> int:
    year: int = asked.year or clock.today().year
    return year


def _home(branch: Branch, asked: Namespace) -> str:
    """The branch that was named, else the organisation of the file."""
    return home_named(branch, asked.place, date(_year(asked), 12, 31)) or root_of(branch)


def _show_people(branch: Branch, asked: Namespace, year: DailyYear) -> None:
    figures = figures_of_year(branch, year.organisation, year.year)
    months = [asked.month] if asked.month else list(range(1, year.last_month + 1))
    for place, uid in enumerate(_people(branch, asked)):
        found = daily_person(year, uid)
        if place:
            say()
        say(found.name)
        for sentence in _told(year, found, figures, months):
            for line in wrapped(sentence, LINE_WIDTH):
                say(line)


def _told(year: DailyYear, found: DailyPerson, figures: FiguresOfYear, months: list[int]) -> Iterator[str]:
    """What there is to say of each month: figures first, then what is written; empty months are short."""
    for month in months:
        texts = figure_texts(figures.month(found.person, month))
        record = found.record(month)
        form = year.form_of(record)
        yield _("{month} 月：{marks}", month=month, marks=_state(year, found, month))
        for field in form.fields:
            value = record.values.get(field.id) if record is not None else None
            text = texts.get(field.figure, "") if field.figure else ""
            if value:
                text = field.type.show(field, value, year.vocabulary)
            if text:
                yield f"  {field.shown()}：{text}"


def _state(year: DailyYear, found: DailyPerson, month: int) -> str:
    words = {
        MonthState.AHEAD: _("还没有到"),
        MonthState.EMPTY: _("没有写"),
        MonthState.WRITTEN: _("填写中"),
        MonthState.COMPLETE: _("已定稿"),
    }
    return words[year.state(found, month)]


def _people(branch: Branch, asked: Namespace) -> list[str]:
    """The members who were named, namesakes with them."""
    found = (one.uid for name in asked.name for one in members_named(branch, name))
    return list(dict.fromkeys(found))


# ---- papers


def print_daily(asked: Namespace) -> Ending:
    """Write the sheets of a month or of a year as PDF or for Word, or the year as a workbook."""
    from branchdesk.reports.daily.papers import daily_paper, daily_workbook  # noqa: PLC0415 - lists need none

    is_workbook = asked.output.suffix.lower() == _WORKBOOK
    if asked.month and asked.paper != _MONTH:
        raise wrong_pair(asked.command, "--month", asked.paper)
    if is_workbook and (asked.month or asked.name):
        raise wrong_pair(asked.command, "--month" if asked.month else "--name", _WORKBOOK)
    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        home, year = _home(branch, asked), _year(asked)
        if is_workbook:
            content = daily_workbook(branch, home, year, progress)
            write_whole(asked.output, content)
            say(_("已写成 {path}，{size}。", path=str(asked.output), size=size(len(content))))
            return Ending.FINE
        people = _people(branch, asked) if asked.name else []
        document = daily_paper(branch, home, year, asked.paper, month=asked.month, people=people)
        return write_document(document, asked.output, progress)
