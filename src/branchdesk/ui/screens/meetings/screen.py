"""The screen of meetings: the list, the year calendar, beginning a meeting and going to one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.i18n import _, _n
from branchdesk.services.meetings import planning, reading
from branchdesk.services.meetings.reading import MeetingRow
from branchdesk.services.open_branch import Changes
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.page import Page
from branchdesk.ui.screens.meetings.meeting_list import LIST, STUDY, YEAR, MeetingFilterBar, MeetingList
from branchdesk.ui.screens.meetings.new_meeting import NewMeetingDialog
from branchdesk.ui.screens.meetings.study_view import StudyView
from branchdesk.ui.screens.meetings.year_view import YearView
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.messages import EmptyState

_PANES = {LIST: 0, YEAR: 1, STUDY: 2}
NEW = "new"  # the target that asks to begin a meeting at once


class MeetingsScreen(Page):
    """P4: the meetings of the branch."""

    key = "meetings"
    help_topic = "meetings"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("会议与活动"))
        self._begin = button(_("新建会议"), self.begin_new, icon_name="plus")
        self.bar = MeetingFilterBar(desk)
        self.list = MeetingList(
            self.bar,
            EmptyState(
                "calendar",
                _("还没有会议"),
                _("从通知、签到到记录、表决和归档，都在一个地方。"),
                [self._begin],
                _("新建以后，参加人员会按开会那天的名册自动列好。"),
            ),
        )
        self.year = YearView(desk)
        self.study = StudyView(desk)
        self.stack = QStackedWidget()
        self._copy = button(_("套用上次"), self._copy_chosen, icon_name="copy", name="copy_last")
        self._print = menu_button(self, _("打印"), self._fill_print_menu, icon_name="printer", name="print")
        self._new = menu_button(
            self, _("新建会议"), self._fill_new_menu, look="primary", icon_name="plus", name="new"
        )
        self._lay_out()
        self._connect()
        self.first_focus = self.list.table

    def _lay_out(self) -> None:
        self.set_buttons([self._copy, self._print, self._new])
        self.body.addWidget(self.bar)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.year)
        self.stack.addWidget(self.study)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.bar.changed.connect(self._show)
        self.bar.view_chosen.connect(self._show)
        self.list.opened.connect(self.open_meeting)
        self.list.row_chosen.connect(self._show_possible)
        self.year.chosen.connect(self._show_period)

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        self.refresh()
        if target == NEW:
            self.begin_new()

    @override
    def refresh(self) -> None:
        self.bar.fill()
        self._show()

    def _show(self) -> None:
        view = self.bar.view.current
        self.stack.setCurrentIndex(_PANES[view])
        for part in (self.bar.kind, self.bar.state, self.bar.text):
            part.setEnabled(view == LIST)
        if view != LIST:
            counted = self.year if view == YEAR else self.study
            counted.show_year(self.bar.year.currentData() or clock.today().year)
        rows = reading.meeting_list(self.desk.branch, self.bar.query)
        if self.bar.months is not None:
            first, last = self.bar.months
            rows = [one for one in rows if first <= _month_of(one) <= last]
        self.list.show_rows(rows, narrowed=self.bar.is_narrowed)
        self.subtitle.setText(self._sum(rows))
        self._show_possible()

    def _sum(self, rows: list[MeetingRow]) -> str:
        waiting = [one for one in rows if not one.state.is_locked]
        year = self.bar.year.currentData()
        parts = [_("{year} 年", year=year)] if year else []
        parts.append(_n("{n} 次会议", len(rows)))
        if waiting:
            parts.append(_n("{n} 次还没有定稿", len(waiting)))
        return " · ".join(parts)

    def _show_possible(self) -> None:
        may_write = self.desk.branch.person.role.may_write
        self._new.setEnabled(may_write)
        self._begin.setEnabled(may_write)
        self._copy.setEnabled(may_write and bool(self.list.current_uid))

    def _show_period(self, activity: str, first: int, last: int) -> None:
        """Show the meetings of a cell of the calendar in the list."""
        kinds = [
            form.kind
            for form in reading.kinds_of_meetings(self.desk.branch)
            if form.meeting is not None and activity in form.meeting.counts
        ]
        self.bar.narrow_to(kinds[0] if len(kinds) == 1 else "", (first, last))
        self.list.table.setFocus()

    def _follow_change(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    # ---- doing

    def open_meeting(self, uid: str) -> None:
        """Open a meeting in the editor."""
        self.desk.screen_requested.emit("meeting", uid)

    @override
    def begin_new(self) -> None:
        self._begin_kind(str(self.bar.kind.currentData() or ""))

    def _begin_kind(self, kind: str) -> None:
        if self.desk.branch.person.role.may_write:
            forms = reading.kinds_of_meetings(self.desk.branch)
            first = kind or (forms[0].kind if forms else "")
            NewMeetingDialog(self.desk, first, self.open_meeting, self).open()

    def _fill_new_menu(self, menu: QMenu) -> None:
        for form in reading.kinds_of_meetings(self.desk.branch):
            menu.addAction(form.shown(), partial(self._begin_kind, form.kind))

    def _fill_print_menu(self, menu: QMenu) -> None:
        one = menu.addAction(_("打印选中的会议…"), self.print_here)
        one.setEnabled(bool(self.list.current_uid))
        year = self.bar.year.currentData() or clock.today().year
        volume = partial(self.desk.screen_requested.emit, "print_volume", year)
        menu.addAction(_("打印 {year} 年会议记录册…", year=year), volume)
        export = partial(self.desk.screen_requested.emit, "meetings_export", self.bar.query)
        menu.addAction(_("导出 Excel…"), export)

    def _copy_chosen(self) -> None:
        uid = self.list.current_uid
        if uid:
            outcome = self.desk.do(
                partial(planning.plan_like, self.desk.branch, uid),
                _("已照着这次会议新建一次，时间、签到、表决都是空的。"),
            )
            if outcome is not None:
                self.open_meeting(outcome.uid)

    @override
    def print_here(self) -> None:
        uid = self.list.current_uid
        if uid:
            self.desk.screen_requested.emit("print_meeting", (uid, "minutes"))
        else:
            self.desk.toast_requested.emit(_("请先选一次会议。"))

    @override
    def delete_selected(self) -> None:
        chosen = self.list.chosen
        if chosen and self.desk.branch.person.role.may_write:
            text = _n("把 {n} 次会议移到回收站，{days} 天内可以恢复。", len(chosen), days=bin_days())
            BinDialog(text, partial(self._remove, [one.uid for one in chosen]), self).open()

    def _remove(self, uids: list[str], why: str) -> None:
        self.desk.do(
            partial(planning.remove_meetings, self.desk.branch, uids, why),
            _n("{n} 次会议已移到回收站。", len(uids)),
        )

    # ---- wishes of the window

    @override
    def take_focus(self) -> None:
        view = self.bar.view.current
        tables: dict[str, QWidget] = {YEAR: self.year.calendar, STUDY: self.study.table}
        self.first_focus = tables.get(view, self.list.table)
        if view == LIST and not self.list.rows and not self.bar.is_narrowed:
            self.first_focus = self._begin
        focused = QApplication.focusWidget()
        if focused is not None and self.head.isAncestorOf(focused):
            # Qt gave it to the first button when another screen made room.
            self.first_focus.setFocus()
        super().take_focus()

    @override
    def find_here(self) -> None:
        self.bar.view.choose(LIST)
        self._show()
        self.bar.text.setFocus()

    @override
    def toggle_details(self) -> None:
        """F4 goes from the list to the year and back."""
        self.bar.view.choose(YEAR if self.bar.view.current == LIST else LIST)
        self._show()

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        panes: list[QWidget] = [self.stack.currentWidget(), self.bar, self.head]
        step_pane(panes, backwards=backwards)

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        table = self.list.table
        if table.rowCount():
            place = table.currentRow() + (-1 if backwards else 1)
            table.selectRow(min(max(place, 0), table.rowCount() - 1))


def _month_of(row: MeetingRow) -> int:
    return row.on.first_day().month if row.on is not None else 0
