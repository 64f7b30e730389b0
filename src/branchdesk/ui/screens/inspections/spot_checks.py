"""The tab of spot checks: what was drawn by lot and with which seed, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSplitter, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.i18n import _, _n
from branchdesk.services.inspections import planning, spot_checks
from branchdesk.services.inspections.spot_checks import Scope, SpotCheckRow
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.inspection_words import day_shown
from branchdesk.ui.list_pane import ListPane
from branchdesk.ui.pane import refill
from branchdesk.ui.screens.inspections.sample_part import SamplePart
from branchdesk.ui.screens.inspections.spot_check_dialog import SpotCheckDialog
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.messages import EmptyState

_PLACE, _FOUND, _SEVERAL = 2, 5, 2


class SpotCheckPane(ListPane[SpotCheckRow]):
    """The spot checks of a year above, the lines of the one in front below."""

    def __init__(self, desk: Desk) -> None:
        begin = button(_("随机抽查"), self.begin_new, icon_name="plus", name="begin_spot_check")
        super().__init__(
            desk,
            [_("日期"), _("抽查"), _("组织"), _("范围"), _("抽了几个"), _("发现问题")],
            _("没有符合条件的抽查。"),
            EmptyState(
                "list-details",
                _("还没有抽查"),
                _("由程序随机抽几名党员或几次会议来看，谁也不能挑；抽签的种子一起存着，随时可以重抽核对。"),
                [begin],
                _("一个季度至少抽查一次。"),
            ),
            stretch=1,
            several=False,
        )
        self._begin = begin
        self._known = False
        self.year = Choice()
        self.part = SamplePart(desk)
        self._print = menu_button(
            self, _("打印"), self.fill_print_menu, icon_name="printer", name="print_spot_checks"
        )
        self._new = button(
            _("随机抽查"), self.begin_new, look="primary", icon_name="plus", name="new_spot_check"
        )
        self.filters = [self.year]
        self.buttons = [self._print, self._new]
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.part)
        self._split.setStretchFactor(1, 2)
        self.box.insertWidget(0, self._split, 1)
        self.table.keep_room(2)
        self.table.setAccessibleName(_("抽查"))
        self.table.setObjectName("spot_checks")
        self.year.setAccessibleName(_("年度"))

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._show)

    # ---- showing

    @override
    def refresh(self) -> None:
        known = spot_checks.spot_check_list(self.desk.branch)
        self._known = bool(known)
        years = sorted({clock.today().year, *(int(one.on[:4]) for one in known if one.on)}, reverse=True)
        refill(self.year, [*((_("{year} 年", year=year), year) for year in years), (_("各年"), None)])
        self._show()

    def _show(self) -> None:
        chosen = self.current_uid
        self.rows = spot_checks.spot_check_list(self.desk.branch, None, self.year.currentData())
        self.table.show_rows([_texts(one) for one in self.rows])
        self.table.setColumnHidden(_PLACE, len({one.organisation_name for one in self.rows}) < _SEVERAL)
        for number, one in enumerate(self.rows):
            if one.found:
                self.warn(number, _FOUND)
        self.choose(chosen)
        self.show_what_there_is(len(self.rows), narrowed=self._known)
        self._split.setVisible(bool(self.rows))
        parts = [_n("{n} 次抽查", len(self.rows))]
        found = sum(one.found for one in self.rows)
        if found:
            parts.append(_n("发现 {n} 个问题", found))
        self.sum = " · ".join(parts) if self.rows else ""
        self.foot.setText(_("在“发现的问题”一栏直接打字，Enter 写完 · Ctrl+N 再抽一次"))
        self.show_chosen()
        self._print.setEnabled(bool(self.rows))
        self._new.setEnabled(self.may_write)
        self._begin.setEnabled(self.may_write)
        self.refreshed.emit()

    @override
    def show_chosen(self) -> None:
        """Show the lines of the check in front."""
        self.part.show_check(self.current_uid)

    @property
    @override
    def parts(self) -> Sequence[QWidget]:
        return [self.table, self.part] if self.rows else [self]

    # ---- doing

    @override
    def open_row(self, uid: str) -> None:
        self.part.take_focus()

    @override
    def begin_new(self) -> None:
        if self.may_write:
            SpotCheckDialog(self.desk, self._show_new, self.window()).open()

    def _show_new(self, uid: str) -> None:
        self.choose(uid)
        self.part.take_focus()

    @override
    def fill_print_menu(self, menu: QMenu) -> None:
        menu.addAction(_("抽查表…"), self.print_here).setEnabled(bool(self.current_uid))

    @override
    def fill_menu(self, menu: QMenu) -> None:
        if self.current_uid:
            menu.addAction(_("打印抽查表…"), self.print_here)
            menu.addSeparator()
            menu.addAction(_("移到回收站…"), self.delete_chosen).setEnabled(self.may_write)

    @override
    def print_here(self) -> None:
        if self.current_uid:
            self.desk.screen_requested.emit("print_spot_check", self.current_uid)
        else:
            self.desk.toast_requested.emit(_("请先选一次抽查。"))

    @override
    def delete_chosen(self) -> None:
        if self.current_uid and self.may_write:
            text = _n("把 {n} 次抽查移到回收站，{days} 天内可以恢复。", 1, days=bin_days())
            BinDialog(text, partial(self._remove, [self.current_uid]), self).open()

    def _remove(self, uids: list[str], why: str) -> None:
        self.desk.do(
            partial(planning.remove_inspections, self.desk.branch, uids, why),
            _n("{n} 次抽查已移到回收站。", len(uids)),
        )


def _texts(one: SpotCheckRow) -> tuple[str, ...]:
    scopes = {Scope.MEMBERS: _("党员"), Scope.MEETINGS: _("会议记录")}
    return (
        day_shown(one.on),
        one.title,
        one.organisation_name,
        scopes[one.scope],
        str(one.drawn),
        str(one.found) if one.found else "",
    )
