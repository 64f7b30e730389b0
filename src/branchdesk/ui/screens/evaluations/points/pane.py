"""The tab of points: members and buckets in a grid, the ledger of the member in front beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.points.tally import WhyLeftOut, ranking
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services.points import reading
from branchdesk.services.points.reading import PersonPoints, PointsSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.look import px
from branchdesk.ui.pane import Pane
from branchdesk.ui.screens.evaluations.points.bar import Legend, held
from branchdesk.ui.screens.evaluations.points.deeds import PointsDeeds
from branchdesk.ui.screens.evaluations.points.filters import PointsFilters
from branchdesk.ui.screens.evaluations.points.member_points import MemberPoints
from branchdesk.ui.screens.evaluations.points.table import PointsTable
from branchdesk.ui.screens.evaluations.points.words import PAPER_TITLES
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.texts import Words

_ROOM_FOR_BOTH = 880


class PointsPane(Pane):
    """The points of a year; who is chosen in the grid gets the entries that are added."""

    def __init__(self, desk: Desk) -> None:
        made = PointsTable()
        begin = button(
            _("打开党员名册"),
            partial(desk.screen_requested.emit, "rosters", None),
            icon_name="users",
            name="open_roster",
        )
        super().__init__(
            desk,
            made,
            _("没有符合条件的党员。"),
            EmptyState(
                "report",
                _("还没有可以记分的党员"),
                _("名册里的正式党员、预备党员都会列在这里，参加会议、学习可以自动记分，其他的一笔一笔加。"),
                [begin],
                _("积分只供参考，不直接决定评议等次。"),
            ),
        )
        self.setProperty("role", "clear")
        self.grid = made
        self.sheet: PointsSheet | None = None
        self.people: list[PersonPoints] = []
        self.legend = Legend()
        self.detail = MemberPoints(may_write=self.may_write)
        self.deeds = PointsDeeds(desk, self)
        self.narrowing = PointsFilters(self)
        self._wants_detail: bool | None = None
        self._automatic = button(
            _("自动记分…"), self.enter_automatically, icon_name="refresh", name="automatic_points"
        )
        self._print = menu_button(
            self, _("打印"), self.fill_print_menu, icon_name="printer", name="print_points"
        )
        self._new = button(
            _("加一笔"),
            self.begin_new,
            look="primary",
            icon_name="plus",
            tip=_("给选中的人记一笔；按住 Ctrl 或 Shift 可以选几个人一起记"),
            name="new_entry",
        )
        self.filters = self.narrowing.widgets
        self.buttons = [self._automatic, self._print, self._new]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = column(margin=12, gap=8, parent=self._card)
        head = row(gap=14)
        head.addWidget(Words(_("总积分 ="), "hint"))
        head.addWidget(self.legend, 1)
        self._legend_line = QWidget()
        self._legend_line.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self.box.setContentsMargins(0, 0, 0, 0)
        for part in (self._legend_line, self.table, self.nothing, self.empty, self.foot):
            self.box.removeWidget(part)
            inside.addWidget(part, 1 if part in {self.table, self.empty} else 0)
        line = row(gap=12)
        line.addWidget(self._card, 1)
        line.addWidget(self.detail)
        self.box.addLayout(line, 1)

    def _connect(self) -> None:
        self.narrowing.changed.connect(self._show)
        self.table.itemSelectionChanged.connect(self._show_person)
        self.table.cellActivated.connect(self._go_to_ledger)
        self.table.customContextMenuRequested.connect(self.open_menu)
        self.detail.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.detail.tree.customContextMenuRequested.connect(self._open_ledger_menu)
        self.detail.entry_wanted.connect(self.begin_for_member)
        self.detail.claim_wanted.connect(self.claim)
        self.detail.reversal_wanted.connect(self.deeds.reverse)
        self.detail.acceptance_wanted.connect(self.deeds.accept)
        self.detail.declining_wanted.connect(self.deeds.decline)
        self.detail.line_opened.connect(self.deeds.open_entry)
        self.deeds.entered.connect(self.show_person)

    # ---- showing

    @override
    def refresh(self) -> None:
        self.narrowing.offer(self.desk.branch)
        self._show()

    @override
    def show_filters(self, *, shown: bool) -> None:
        super().show_filters(shown=shown)
        self.narrowing.show_possible(shown=shown)

    def _show(self) -> None:
        chosen = self.current_person
        asked = self.narrowing
        try:
            self.sheet = reading.points_sheet(
                self.desk.branch, asked.organisation, asked.chosen_year, asked.last_day
            )
        except Problem as problem:
            self.sheet = None
            self.nothing.setText(f"{problem.sentence}{problem.advice}")
        self.people, places = _in_order(self.sheet, self.narrowing)
        known = self.sheet is None or bool(self.sheet.people)
        if self.sheet is not None:
            self.nothing.setText(_("没有符合条件的党员。"))
            self.legend.show_scheme(self.sheet.scheme)
            longest = max((held(one.tally.buckets) for one in self.sheet.people), default=Decimal(0))
            before = self.table.blockSignals(True)
            self.grid.show_people(self.sheet.scheme, self.people, places, longest)
            self.table.blockSignals(before)
        self.show_what_there_is(len(self.people), narrowed=known)
        self._legend_line.setVisible(bool(self.people))
        self._choose(chosen)
        self._show_person()
        self._tell_sum()
        self.refreshed.emit()

    def _tell_sum(self) -> None:
        sheet = self.sheet
        if sheet is None or not sheet.people:
            self.sum = ""
            return
        waiting = sum(left.why is WhyLeftOut.PROPOSED for one in sheet.people for left in one.tally.left_out)
        parts = [sheet.scheme.title, _n("{n} 名党员", len(self.people))]
        if waiting:
            parts.append(_n("{n} 笔待审核", waiting))
        self.sum = " · ".join(parts)
        self.foot.setText(_("Enter 看明细 · Ctrl+N 加一笔"))

    def _choose(self, person: str) -> None:
        people = [one.person for one in self.people]
        if person in people:
            self.table.selectRow(people.index(person))

    def show_person(self, person: str) -> None:
        """Go to a member, whatever narrowed the grid."""
        if person not in [one.person for one in self.people]:
            self.narrowing.name.clear()
        self._choose(person)

    def _show_person(self) -> None:
        chosen = self.chosen
        self.detail.show_person(chosen[0] if chosen else None)
        self.deeds.sheet, self.deeds.month = self.sheet, self.narrowing.month
        self.deeds.person = self.detail.person
        ready = self.may_write and self.sheet is not None and bool(self.sheet.people)
        self._new.setEnabled(ready)
        self._automatic.setEnabled(ready)

    @property
    def chosen(self) -> list[PersonPoints]:
        """The members that are chosen."""
        return [self.people[number] for number in self.table.chosen_rows if number < len(self.people)]

    @property
    def current_person(self) -> str:
        """The uid of the member in front; empty where there is none."""
        chosen = self.chosen
        return chosen[0].person if chosen else ""

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was entered in the year that is running."""
        if self.sheet is None or self.narrowing.chosen_year != clock.today().year:
            return False
        return bool(self.sheet.people) and not any(
            one.tally.lines or one.tally.left_out for one in self.sheet.people
        )

    # ---- doing

    def _go_to_ledger(self) -> None:
        if self.detail.isHidden():
            self.toggle_detail()
        if self.detail.tree.isVisible():
            self.detail.tree.setFocus()

    @override
    def begin_new(self) -> None:
        """Add an entry for all who are chosen."""
        if self._new.isEnabled():
            self.deeds.add_entry(self.chosen)

    def begin_for_member(self) -> None:
        """Add an entry for the member in front."""
        if self._new.isEnabled():
            self.deeds.add_entry(self.chosen[:1])

    def claim(self) -> None:
        """Let the member in front claim a task."""
        self.deeds.claim(self.current_person)

    def enter_automatically(self) -> None:
        """Show what meetings and study hours give, and enter it."""
        if self._automatic.isEnabled():
            self.deeds.enter_automatically()

    def toggle_detail(self) -> None:
        """Show the ledger beside the grid, or hide it."""
        self._wants_detail = self.detail.isHidden()
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The ledger goes where there is no room for it and comes back when there is, or with F4."""
        wanted = self.width() >= px(_ROOM_FOR_BOTH) if self._wants_detail is None else self._wants_detail
        self.detail.setVisible(wanted)

    @override
    def fill_print_menu(self, menu: QMenu) -> None:
        ask, asked = self.desk.screen_requested.emit, self.narrowing
        person = self.current_person or None
        for kind, words in PAPER_TITLES.items():
            target = (kind, asked.organisation, asked.chosen_year, asked.month, person)
            menu.addAction(_("{paper}…", paper=_(words)), partial(ask, "print_points", target))
        menu.addSeparator()
        menu.addAction(
            _("导出 Excel…"), partial(ask, "points_export", (asked.organisation, asked.chosen_year))
        )

    @override
    def fill_menu(self, menu: QMenu) -> None:
        if not self.current_person:
            return
        menu.addAction(_("看明细"), self._go_to_ledger)
        menu.addAction(_("加一笔…"), self.begin_new).setEnabled(self._new.isEnabled())
        menu.addAction(_("认领任务…"), self.claim).setEnabled(self.detail.claim.isEnabled())
        menu.addSeparator()
        ask = self.desk.screen_requested.emit
        menu.addAction(_("打开党员名册"), partial(ask, "rosters", self.current_person))

    def _open_ledger_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.detail.fill_menu(menu)
        tree = self.detail.tree
        menu.popup(tree.viewport().mapToGlobal(tree.visualItemRect(tree.currentItem()).center()))

    @override
    def print_here(self) -> None:
        asked = self.narrowing
        kind = next(iter(PAPER_TITLES))
        target = (kind, asked.organisation, asked.chosen_year, asked.month, self.current_person or None)
        self.desk.screen_requested.emit("print_points", target)

    @override
    def first_filter(self) -> QWidget:
        return self.narrowing.name

    @property
    @override
    def parts(self) -> Sequence[QWidget]:
        return [self._card, self.detail]


def _in_order(sheet: PointsSheet | None, asked: PointsFilters) -> tuple[list[PersonPoints], list[int]]:
    """Those who fit what was typed, in the order that is asked for, each with the place by total."""
    if sheet is None:
        return [], []
    ranked = ranking([one.tally for one in sheet.people])
    places = {one.tally.person: one.place for one in ranked}
    people = list(sheet.people)
    if asked.by_total:
        by_person = {one.person: one for one in people}
        people = [by_person[one.tally.person] for one in ranked]
    fits = asked.fits([one.name for one in people])
    shown = [one for one, does in zip(people, fits, strict=True) if does]
    return shown, [places[one.person] for one in shown]
