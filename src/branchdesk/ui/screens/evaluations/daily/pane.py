"""The tab of daily records: members and months in a grid, the month in front with its editor beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget
from typing_extensions import override

from branchdesk.domain.daily import DailyFigures, MonthState
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services.daily.figures import FiguresOfYear, figures_of_year
from branchdesk.services.daily.reading import DailyYear, daily_year
from branchdesk.services.open_branch import Changes
from branchdesk.ui.desk import Desk
from branchdesk.ui.look import px
from branchdesk.ui.pane import Pane
from branchdesk.ui.screens.evaluations.daily.deeds import DailyDeeds
from branchdesk.ui.screens.evaluations.daily.detail import DailyDetail
from branchdesk.ui.screens.evaluations.daily.filters import DailyFilters
from branchdesk.ui.screens.evaluations.daily.table import DailyTable
from branchdesk.ui.screens.evaluations.daily.words import MARKS, MONTH_SHEET, PAPER_TITLES, STATES, mark
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.texts import Note

_ROOM_FOR_BOTH = 880
_IN_LEGEND = (MonthState.COMPLETE, MonthState.WRITTEN, MonthState.EMPTY)


class DailyPane(Pane):
    """The records of a year; the cell in front is the month that is written in."""

    def __init__(self, desk: Desk) -> None:
        made = DailyTable()
        begin = button(
            _("打开党员名册"),
            partial(desk.screen_requested.emit, "rosters", None),
            icon_name="users",
            name="open_roster_for_daily",
        )
        super().__init__(
            desk,
            made,
            _("没有符合条件的党员。"),
            EmptyState(
                "edit",
                _("还没有可以写实的党员"),
                _("名册里的正式党员、预备党员都会列在这里，一人一月一份；到会、学时、积分自动统计。"),
                [begin],
            ),
        )
        self.setProperty("role", "clear")
        self.grid = made
        self.year: DailyYear | None = None
        self.detail = DailyDetail(desk.branch, may_write=self.may_write)
        self.deeds = DailyDeeds(desk, made, self)
        self.narrowing = DailyFilters(self)
        self._figures: FiguresOfYear | None = None
        self._writes = False
        self._wants_detail: bool | None = None
        self.legend = Note(_legend(), "hint")
        self._print = menu_button(
            self, _("打印"), self.fill_print_menu, icon_name="printer", name="print_daily"
        )
        self._opinions = button(
            _("意见和评价…"),
            self.ask_opinions,
            look="primary",
            icon_name="edit",
            tip=_("一次给几名党员写党小组意见和支部评价；按住 Ctrl 或 Shift 可以选几个人"),
            name="daily_opinions",
        )
        self.filters = self.narrowing.widgets
        self.buttons = [self._print, self._opinions]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = column(margin=12, gap=8, parent=self._card)
        self.box.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.legend)
        for part in (self.table, self.nothing, self.empty, self.foot):
            self.box.removeWidget(part)
            inside.addWidget(part, 1 if part in {self.table, self.empty} else 0)
        line = row(gap=12)
        line.addWidget(self._card, 1)
        line.addWidget(self.detail)
        self.box.addLayout(line, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._note)
        self.narrowing.changed.connect(self._narrow)
        self.table.currentCellChanged.connect(self._show_month)
        self.table.cellActivated.connect(self.begin_new)
        self.table.customContextMenuRequested.connect(self.open_menu)
        self.detail.edited.connect(self._write)
        self.detail.completion_wanted.connect(self.deeds.complete_front)
        self.detail.reopening_wanted.connect(self.deeds.reopen_front)
        self.detail.figures.meeting_wanted.connect(self.deeds.open_meeting)
        self.detail.figures.points_wanted.connect(self.deeds.open_points)

    # ---- showing

    @override
    def refresh(self) -> None:
        self.narrowing.offer(self.desk.branch)
        self.fill(self.narrowing.chosen_year)

    @override
    def show_filters(self, *, shown: bool) -> None:
        super().show_filters(shown=shown)
        self.narrowing.show_possible(shown=shown)

    def _note(self, _changes: Changes) -> None:
        """What somebody else changed may change the figures; what is written here does not."""
        if not self._writes:
            self._figures = None

    def _narrow(self) -> None:
        self._figures = None
        self.fill(self.narrowing.chosen_year)

    def fill(self, year: int) -> None:
        """Show the records of a year, keeping the cell in front."""
        front, month = self.current_person, self.grid.month
        try:
            self.year = daily_year(self.desk.branch, self.narrowing.organisation, year)
        except Problem as problem:  # a version of the form cannot be read
            self.year = None
            self.nothing.setText(f"{problem.sentence}{problem.advice}")
        everybody = self.year.people if self.year is not None else ()
        fits = self.narrowing.fits([one.name for one in everybody])
        people = [one for one, does in zip(everybody, fits, strict=True) if does]
        if self.year is not None:
            self.nothing.setText(_("没有符合条件的党员。"))
            before = self.table.blockSignals(True)
            self.grid.show_year(self.year, people)
            self.table.blockSignals(before)
        self.show_what_there_is(len(people), narrowed=self.year is None or bool(everybody))
        self.legend.setVisible(bool(people))
        self._stay(front, month)
        self._tell_sum()
        self._show_month()
        self.refreshed.emit()

    def _stay(self, person: str, month: int) -> None:
        """Keep the cell of a member and a month in front; the running month of the first one at the start."""
        people = [one.person for one in self.grid.people]
        if not people:
            return
        place = people.index(person) if person in people else 0
        wanted = month or (self.year.last_month if self.year is not None else 0) or 1
        if (self.table.currentRow(), self.grid.month) != (place, wanted):
            before = self.table.blockSignals(True)
            self.grid.choose_cell(place, wanted)
            self.table.blockSignals(before)

    def _tell_sum(self) -> None:
        year = self.year
        if year is None or not year.people:
            self.sum = ""
            return
        written, final = year.count(MonthState.WRITTEN), year.count(MonthState.COMPLETE)
        parts = [_n("{n} 名党员", len(self.grid.people))]
        if written:
            parts.append(_n("{n} 份填写中", written))
        if final:
            parts.append(_n("{n} 份已定稿", final))
        self.sum = " · ".join(parts)
        self.foot.setText(_("Enter 填写 · F4 打开或收起右边"))

    def _show_month(self) -> None:
        person, month = self.grid.person, self.grid.month
        figures = DailyFigures()
        if person is not None and month and self.year is not None:
            if self._figures is None or self._figures.year != self.year.year:
                self._figures = figures_of_year(self.desk.branch, self.year.organisation, self.year.year)
            figures = self._figures.month(person.person, month)
        self.detail.show_month(self.year, person, month, figures)
        if self.year is not None:
            self.detail.set_findings(self.year.findings(self.grid.record))
        self.deeds.year = self.year
        begun = self.year is not None and 1 <= month <= self.year.last_month
        here = any(one.here for one in self.grid.people)
        self._opinions.setEnabled(self.may_write and begun and here)

    @property
    def current_person(self) -> str:
        """The uid of the member in front; empty where there is none."""
        return self.grid.person.person if self.grid.person is not None else ""

    def show_person(self, person: str, month: int = 0) -> None:
        """Go to a member, and perhaps a month, whatever narrowed the grid."""
        if person not in [one.person for one in self.grid.people]:
            self.narrowing.name.clear()
        people = [one.person for one in self.grid.people]
        if person in people:
            self.grid.choose_cell(people.index(person), month or self.grid.month or 1)

    # ---- doing

    def _write(self, texts: dict[str, str]) -> None:
        self._writes = True
        try:
            stored = self.deeds.write(texts)
        finally:
            self._writes = False
        if stored:
            self.detail.drafts.drop()

    def ask_opinions(self) -> None:
        """Ask for opinions of those who are chosen, or of others."""
        self.detail.commit()
        self.deeds.ask_opinions()

    @override
    def begin_new(self) -> None:
        """Go to the editor of the month in front."""
        if self.detail.isHidden():
            self.toggle_detail()
        if not self.detail.take_focus():
            self.detail.scrolling.setFocus()

    @override
    def delete_chosen(self) -> None:
        if self.may_write:
            self.deeds.ask_to_remove()

    @override
    def fill_print_menu(self, menu: QMenu) -> None:
        ask, asked = self.desk.screen_requested.emit, self.narrowing
        for kind, words in PAPER_TITLES.items():
            target = (
                *(kind, asked.organisation, asked.chosen_year),
                *(self._printed_month(), self.current_person or None),
            )
            menu.addAction(_("{paper}…", paper=_(words)), partial(ask, "print_daily", target))
        menu.addSeparator()
        menu.addAction(
            _("导出 Excel…"), partial(ask, "daily_export", (asked.organisation, asked.chosen_year))
        )

    def _printed_month(self) -> int | None:
        """The month in front where it has begun."""
        month = self.grid.month
        return month if self.year is not None and 1 <= month <= self.year.last_month else None

    @override
    def print_here(self) -> None:
        asked = self.narrowing
        target = (
            *(MONTH_SHEET, asked.organisation, asked.chosen_year),
            *(self._printed_month(), self.current_person or None),
        )
        self.desk.screen_requested.emit("print_daily", target)

    @override
    def fill_menu(self, menu: QMenu) -> None:
        person, record = self.grid.person, self.grid.record
        if person is None:
            return
        ask, records = self.desk.screen_requested.emit, self.grid.chosen_records
        menu.addAction(_("填写这个月"), self.begin_new)
        menu.addAction(_("意见和评价…"), self.ask_opinions).setEnabled(self._opinions.isEnabled())
        may_end = self.may_write and any(not one.is_final for one in records)
        may_open = self.may_write and any(one.is_final for one in records)
        menu.addAction(_("定稿"), self.deeds.complete_chosen).setEnabled(may_end)
        menu.addAction(_("重新打开"), self.deeds.reopen_chosen).setEnabled(may_open)
        menu.addSeparator()
        if record is not None:
            target = (record.uid, record.title)
            menu.addAction(_("修改记录…"), partial(ask, "record_history", target))
        menu.addAction(_("打开党员名册"), partial(ask, "rosters", person.person)).setEnabled(person.here)
        menu.addAction(_("移到回收站…"), self.delete_chosen).setEnabled(may_end)

    # ---- the detail

    def toggle_detail(self) -> None:
        """Show the editor beside the grid, or hide it."""
        self._wants_detail = self.detail.isHidden()
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The editor goes where there is no room for it and comes back when there is, or with F4."""
        wanted = self.width() >= px(_ROOM_FOR_BOTH) if self._wants_detail is None else self._wants_detail
        self.detail.setVisible(wanted)

    @override
    def first_filter(self) -> QWidget:
        return self.narrowing.name

    @property
    @override
    def parts(self) -> Sequence[QWidget]:
        return [self._card, self.detail]

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        self.detail.commit()


def _legend() -> str:
    """What the marks in the grid mean."""
    return "　".join(f"{mark(state)} {_(STATES[state])}" for state in _IN_LEGEND if MARKS[state])
