"""`meetings`, `meeting`, `print-meeting` and `print-volume`: what was held, and its papers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from branchdesk import clock
from branchdesk.cli.console import LINE_WIDTH, long_work, say, wrapped
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import place_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target, write_document, write_paper
from branchdesk.cli.tables import show_table
from branchdesk.domain.meetings.frequency import ActivityCount
from branchdesk.domain.meetings.life import LABELS
from branchdesk.domain.meetings.minutes_text import write_minutes
from branchdesk.domain.meetings.model import Meeting
from branchdesk.domain.names import same_name_key
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, listed
from branchdesk.reports.meetings.papers import meeting_paper, volume_paper
from branchdesk.services.meetings.counting import activity_counts
from branchdesk.services.meetings.reading import (
    MeetingQuery,
    MeetingRow,
    form_of,
    kinds_of_meetings,
    meeting,
    meeting_list,
)
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of

_LIST = "branchdesk meetings"


def list_meetings(asked: Namespace) -> Ending:
    """The meetings of a year in a table, and how many were due."""
    year = asked.year or clock.today().year
    with opened(asked) as branch:
        place = place_named(branch, asked.place, date(year, 12, 31))
        kind = _kind_named(branch, asked.kind) if asked.kind else ""
        rows = meeting_list(branch, MeetingQuery(place=place, year=year, kind=kind))
        show_table([_head(), *map(_line, rows)])
        say(_n("{year} 年共 {n} 次。", len(rows), year=year))
        if asked.counts:
            _show_counts(activity_counts(branch, place or root_of(branch), date(year, 1, 1), _last_day(year)))
    return Ending.FINE


def _last_day(year: int) -> date:
    return date(year, 12, 31)


def _kind_named(branch: Branch, typed: str) -> str:
    """The kind of meeting that is called so, in either language. Raises Problem for none."""
    forms = kinds_of_meetings(branch)
    for form in forms:
        if same_name_key(typed) in {same_name_key(name) for name in (form.kind, form.title, form.title_en)}:
            return form.kind
    names = listed(form.shown() for form in forms)
    raise Problem(_("没有叫“{name}”的会议类型。", name=typed), _("现有：{names}。", names=names))


def _head() -> tuple[str, ...]:
    return (_("编号"), _("时间"), _("地点"), _("主持人"), _("实到/应到"), _("状态"))


def _code(row: MeetingRow) -> str:
    """How a meeting is named on the command line."""
    return f"{row.year}-{row.kind_label}-{row.number or ''}".rstrip("-")


def _line(row: MeetingRow) -> tuple[str, ...]:
    when = row.on.shown() if row.on else ""
    present = f"{row.present}/{row.expected}" if row.expected else ""
    return (_code(row), when, row.place, row.chair, present, _(LABELS[row.state]))


def _show_counts(counts: Iterable[ActivityCount]) -> None:
    say()
    rows = [(_("会议"), _("期间"), _("应开"), _("已开"), _("还缺"), _("说明"))]
    rows += [
        (
            count.rule.label,
            count.period_label,
            str(count.due),
            str(len(count.held)),
            str(count.missing),
            count.exempt,
        )
        for count in counts
    ]
    show_table(rows)


def show_meeting(asked: Namespace) -> Ending:
    """One meeting as text: its facts, who was there, its minutes and what was decided."""
    with opened(asked) as branch:
        found = meeting(branch, _meeting_named(branch, asked))
        form = form_of(branch, found)
        for line in _told(found, form):
            for part in wrapped(line, LINE_WIDTH) if line else [""]:
                say(part)
    return Ending.FINE


def _told(found: Meeting, form: Form) -> Iterable[str]:
    yield f"{form.shown()}　{found.title}"
    yield _("状态：{state}", state=_(LABELS[found.state]))
    for field in form.fields:
        if value := found.values.get(field.id):
            yield f"{field.shown()}：{field.type.spelled(field, value, {})}"
    if found.attendance:
        yield _("出席情况：")
        yield listed(f"{one.name}（{_presence(one.presence)}）" for one in found.attendance)
    if found.passages:
        yield ""
        yield from write_minutes(found.passages, found.agenda).split("\n")
    if found.decisions:
        yield ""
        yield _("议定事项：")
        yield from (
            listed(filter(None, (decision.text, decision.responsible, decision.due_on)))
            for decision in found.decisions
        )


def _presence(code: str) -> str:
    return shipped_dictionaries()["presence"].shown(code)


def _meeting_named(branch: Branch, asked: Namespace) -> str:
    """The meeting of a number such as 2026-支部党员大会-4. Raises Problem for none or several."""
    year, _dash, rest = asked.meeting.partition("-")
    name, _dash, number = rest.rpartition("-")
    if not (year.isdecimal() and name and number.isdecimal()):
        raise Problem(
            _("“{text}”不是会议编号。", text=asked.meeting),
            _("会议编号是列表的第一栏，如 2026-支部党员大会-4；列表见 {page}", page=_LIST),
        )
    place = place_named(branch, asked.place, _last_day(int(year)))
    query = MeetingQuery(place=place, year=int(year), kind=_kind_named(branch, name))
    found = [row for row in meeting_list(branch, query) if row.number == int(number)]
    if not found:
        raise Problem(_("没有编号是“{text}”的会议。", text=asked.meeting), _("编号见 {page}", page=_LIST))
    if len(found) > 1:
        names = listed(row.organisation_name for row in found)
        raise Problem(
            _n("有 {n} 次会议的编号是“{text}”。", len(found), text=asked.meeting),
            _("请加上 {option} 写明是哪一个：{names}。", option="--place", names=names),
        )
    return found[0].uid


def print_meeting(asked: Namespace) -> Ending:
    """Write a paper of a meeting as PDF, or as a document for Word and WPS."""
    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        document = meeting_paper(branch, _meeting_named(branch, asked), asked.paper)
        return write_document(document, asked.output, progress)


def print_volume(asked: Namespace) -> Ending:
    """Write the minutes of a year as one paginated PDF."""
    check_target(asked.output, asked.folder, force=asked.force)
    year = asked.year or clock.today().year
    with opened(asked) as branch, long_work() as progress:
        place = place_named(branch, asked.place, _last_day(year)) or root_of(branch)
        document = volume_paper(branch, place, year, progress.part(0.0, 0.3))
        return write_paper(document, asked.output, progress.part(0.3, 1.0))
