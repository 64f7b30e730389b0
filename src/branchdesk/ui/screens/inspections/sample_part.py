"""What was drawn in one spot check: its seed, the lines with their findings, and making problems of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from branchdesk.i18n import _, _n
from branchdesk.services.inspections import spot_checks
from branchdesk.services.inspections.spot_checks import SampleLine as Drawn
from branchdesk.services.inspections.spot_checks import SpotCheck
from branchdesk.ui.desk import Desk
from branchdesk.ui.inspection_words import day_shown, order_number
from branchdesk.ui.screens.inspections.sample_table import SampleLine, SampleTable
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Elide, Words


class SamplePart(QWidget):
    """Shows one spot check and stores what is noted in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.check: SpotCheck | None = None
        self.table = SampleTable()
        self.table.keep_room(2)
        self.heading = Words("", "strong")
        self.seed = Elide("", "hint")
        self.issue = button(_("转为问题"), self.make_issue, icon_name="report", name="issue_of_finding")
        box = column(gap=6, parent=self)
        head = row(gap=12)
        head.addWidget(self.heading)
        head.addWidget(self.seed, 1)
        head.addWidget(self.issue)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        self._connect()

    def _connect(self) -> None:
        self.table.noted.connect(self._note)
        self.table.itemSelectionChanged.connect(self._show_possible)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)

    # ---- showing

    def show_check(self, uid: str) -> None:
        """Show the spot check of a uid; nothing for an empty one."""
        self.check = self._desk.do(partial(spot_checks.spot_check, self._desk.branch, uid)) if uid else None
        check = self.check
        self.setVisible(check is not None)
        if check is not None:
            self.heading.setText(_n("抽到 {n} 个", len(check.lines)))
            self.seed.setText(_("种子 {seed} · 同一份名单、同一个种子，抽到的总是这几个", seed=check.seed))
            may_write = self._desk.branch.person.role.may_write
            self.table.show_lines([_line(one) for one in check.lines], may_write=may_write)
        self._show_possible()

    def _show_possible(self) -> None:
        line = self.drawn
        ready = line is not None and bool(line.finding) and line.issue is None
        self.issue.setEnabled(ready and self._desk.branch.person.role.may_write)

    @property
    def drawn(self) -> Drawn | None:
        """What was drawn in the line in front."""
        line = self.table.current_line
        lines = self.check.lines if self.check is not None else ()
        return next((one for one in lines if line is not None and one.uid == line.uid), None)

    # ---- doing

    def take_focus(self) -> None:
        """Go to the lines."""
        self.table.setFocus()
        if self.table.rowCount() and self.table.currentRow() < 0:
            self.table.selectRow(0)

    def _note(self, line: str, text: str) -> None:
        if self.check is not None:
            note = partial(spot_checks.note_finding, self._desk.branch, self.check.uid, line, text)
            if self._desk.do(note) is None:
                self.show_check(self.check.uid)

    def make_issue(self) -> None:
        """Make a problem of the finding in front, and show it so that somebody is made responsible."""
        line = self.drawn
        if self.check is not None and line is not None:
            make = partial(spot_checks.issue_from, self._desk.branch, self.check.uid, line.uid)
            made = self._desk.do(make)
            if made is not None:
                self._desk.screen_requested.emit("issue", made.uid)

    def open_drawn(self) -> None:
        """Open the member or the meeting that was drawn."""
        line = self.drawn
        if line is not None:
            screen = "rosters" if line.entity == "member" else "meeting"
            self._desk.screen_requested.emit(screen, line.target)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the line in front."""
        line = self.drawn
        if line is None:
            return
        menu.addAction(_("打开{name}", name=line.item), self.open_drawn)
        menu.addAction(_("转为问题"), self.make_issue).setEnabled(self.issue.isEnabled())
        if line.issue is not None:
            ask = partial(self._desk.screen_requested.emit, "issue", line.issue.uid)
            menu.addAction(_("打开整改单"), ask)

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.table.viewport().mapToGlobal(point))


def _line(one: Drawn) -> SampleLine:
    order = ""
    if one.issue is not None:
        order = order_number(one.issue) if one.issue.number is not None else _("已转为问题")
    return SampleLine(one.uid, one.item, day_shown(one.dated), one.finding, order)
