"""The year of an organisation: what was held, what is due, what is missing and what need not be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from branchdesk import clock
from branchdesk.domain.meetings.frequency import ActivityCount
from branchdesk.i18n import _, _n, choose
from branchdesk.services.meetings.counting import activity_counts
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.screens.meetings.year_calendar import CalendarCell, CalendarRow, YearCalendar
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note


class YearView(QFrame):
    """The calendar with a sentence about the year. `chosen` tells the activity and months of a cell."""

    chosen = Signal(str, int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        box = column(margin=12, gap=10, parent=self)
        self.calendar = YearCalendar()
        self.calendar.chosen.connect(self.chosen)
        box.addWidget(self.calendar, 1)
        self.sum = Note("", "second")
        box.addWidget(self.sum)
        box.addWidget(Note(_("按 Enter 看这一格的会议；“免”的理由停在格上就能看到。"), "hint"))

    def show_year(self, year: int) -> None:
        """Count a year anew."""
        branch = self._desk.branch
        counts = activity_counts(branch, root_of(branch), date(year, 1, 1), date(year, 12, 31))
        self.calendar.show_rows(calendar_rows(counts, clock.today()))
        missing = sum(one.missing for one in counts if one.is_over)
        words = _n("{year} 年已经过去的期间里缺 {n} 次。", missing, year=year)
        self.sum.setText(words if missing else _("{year} 年到现在没有缺的。", year=year))


def calendar_rows(counts: Sequence[ActivityCount], today: date) -> list[CalendarRow]:
    """The counts of a year, a row for each activity of each organisation or group."""
    rows: dict[tuple[str, str], list[CalendarCell]] = {}
    for one in counts:
        label = choose(one.rule.label, one.rule.label_en)
        if one.group_name:
            label = _("{kind}（{group}）", kind=label, group=one.group_name)
        rows.setdefault((one.rule.id, label), []).append(_cell(one, today))
    return [CalendarRow(key, label, tuple(cells)) for (key, label), cells in rows.items()]


def _cell(count: ActivityCount, today: date) -> CalendarCell:
    words, tone = _words(count, today)
    parts = [count.period_label, _("应开 {due} 次，已开 {held} 次", due=count.due, held=len(count.held))]
    tip = "\n".join(filter(None, [*parts, count.exempt, count.rule.source]))
    return CalendarCell(count.start.month, count.end.month, words, tone, tip)


def _words(count: ActivityCount, today: date) -> tuple[str, str]:
    """What a cell says, and its tone."""
    held = len(count.held)
    if count.exempt:
        return (_("免") if not held else str(held)), ""
    if not count.missing:
        return (str(held) if held else ""), "ok" if held else ""
    if count.is_over:
        return _("缺 {n}", n=count.missing), "err"
    if count.start <= today:
        return _("差 {n}", n=count.missing), "warn"
    return _("应 {n}", n=count.due), ""
