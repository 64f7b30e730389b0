"""The tab of inspection forms: one row for each period, how far it has come and what it scored."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QMenu
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.inspections.deadlines import Deadlines, deadlines, late_steps
from branchdesk.domain.inspections.scoring import shown
from branchdesk.domain.inspections.states import label_of
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n
from branchdesk.services.inspections import planning, reading
from branchdesk.services.inspections.reading import InspectionRow
from branchdesk.services.organisations import organisation_tree
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.inspection_words import (
    BLANK,
    INSPECTION_TONES,
    PAPER_TITLES,
    SHEET,
    next_step_words,
)
from branchdesk.ui.list_pane import ListPane
from branchdesk.ui.pane import put_chips, refill
from branchdesk.ui.screens.inspections.new_inspection import NewInspectionDialog
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.messages import EmptyState

_FORM, _PLACE, _STATE, _OPEN, _NEXT = 1, 2, 3, 7, 8
# What goes first where there is little room: the grade, then the score of the branch itself.
_SPARE = (6, 4)
# “All organisations” and the only one that there is.
_ONE_PLACE = 2


class InspectionPane(ListPane[InspectionRow]):
    """The inspections of the branch and of what is below it."""

    def __init__(self, desk: Desk) -> None:
        begin = button(_("新建检查表"), self.begin_new, icon_name="plus", name="begin_inspection")
        super().__init__(
            desk,
            [
                _("时期"),
                _("检查表"),
                _("组织"),
                _("状态"),
                _("自评"),
                _("考核"),
                _("等次"),
                _("未销号"),
                _("下一步"),
            ],
            _("没有符合条件的检查表。"),
            EmptyState(
                "clipboard",
                _("还没有检查表"),
                _("自查打分、对照佐证、发现问题、整改验证，一个季度一张表。"),
                [begin],
                _("新建以后，会议、名册里能算出来的项会自动填好，逐项核实就行。"),
            ),
            stretch=_FORM,
            spare=_SPARE,
        )
        self._known = False
        self._begin = begin
        self.year, self.place = Choice(), Choice()
        self._compare = button(_("对照上期"), self.compare, icon_name="history", name="compare")
        self._print = menu_button(self, _("打印"), self.fill_print_menu, icon_name="printer", name="print")
        self._new = button(
            _("新建检查表"), self.begin_new, look="primary", icon_name="plus", name="new_inspection"
        )
        self.filters = [self.year, self.place]
        self.buttons = [self._compare, self._print, self._new]
        self._connect()

    def _connect(self) -> None:
        self.year.setAccessibleName(_("年度"))
        self.place.setAccessibleName(_("组织"))
        self.table.setAccessibleName(_("检查表"))
        self.table.setObjectName("inspections")
        self.table.keep_room(3)
        self.year.currentIndexChanged.connect(self._show)
        self.place.currentIndexChanged.connect(self._show)

    # ---- showing

    @override
    def refresh(self) -> None:
        branch = self.desk.branch
        known = reading.years_of_inspections(branch)
        self._known = bool(known)
        years = sorted({clock.today().year, *known}, reverse=True)
        refill(self.year, [*((_("{year} 年", year=year), year) for year in years), (_("各年"), None)])
        places = [one for one in organisation_tree(branch).walk() if one.kind is not OrganisationKind.GROUP]
        refill(self.place, [(_("各组织"), None), *((one.name, one.organisation) for one in places)])
        self.table.setColumnHidden(_PLACE, len(places) < 2)
        self._show()

    @override
    def show_filters(self, *, shown: bool) -> None:
        self.year.setVisible(shown)
        self.place.setVisible(shown and self.place.count() > _ONE_PLACE)

    def _show(self) -> None:
        chosen = self.current_uid
        place, year = self.place.currentData(), self.year.currentData()
        self.rows = reading.inspection_list(self.desk.branch, place, year)
        self.table.show_rows([_texts(row) for row in self.rows])
        for number, row in enumerate(self.rows):
            if row.issues_open:
                self.warn(number, _OPEN)
            if late_steps(row.state, _due(row), clock.today()):
                self.warn(number, _NEXT)
        put_chips(self.table, _STATE, [INSPECTION_TONES[row.state] for row in self.rows])
        self.make_room()
        self.choose(chosen)
        self.show_what_there_is(len(self.rows), narrowed=self._known)
        self.foot.setText(_("Enter 打开 · Ctrl+N 新建"))
        waiting = sum(row.issues_open for row in self.rows)
        parts = [_n("{n} 张检查表", len(self.rows))]
        if waiting:
            parts.append(_n("{n} 个问题没有销号", waiting))
        self.sum = " · ".join(parts) if self.rows else ""
        self.show_chosen()
        self.refreshed.emit()

    @override
    def show_chosen(self) -> None:
        one = bool(self.current_uid)
        self._compare.setEnabled(one)
        self._new.setEnabled(self.may_write)
        self._begin.setEnabled(self.may_write)

    # ---- doing

    @override
    def open_row(self, uid: str) -> None:
        self.desk.screen_requested.emit("inspection", uid)

    @override
    def begin_new(self) -> None:
        if self.may_write:
            NewInspectionDialog(self.desk, self.open_row, self.window()).open()

    def compare(self) -> None:
        """Show the inspection in front beside the last one and the one of a year ago."""
        if self.current_uid:
            self.desk.screen_requested.emit("compare_inspection", self.current_uid)

    @override
    def fill_print_menu(self, menu: QMenu) -> None:
        """The papers of the inspection in front, and those that need none."""
        uid = self.current_uid
        ask = self.desk.screen_requested.emit
        for kind, words in PAPER_TITLES.items():
            one = menu.addAction(_("{paper}…", paper=_(words)), partial(ask, "print_inspection", (uid, kind)))
            one.setEnabled(bool(uid))
        menu.addAction(_("别的空白检查表…"), partial(ask, "print_inspection", ("", BLANK)))
        menu.addSeparator()
        for words, overlay in (
            (_("迎检包（全部佐证合成一个 PDF）…"), "dossier_export"),
            (_("填上级发的表格…"), "fill_template"),
            (_("导出 Excel…"), "inspection_export"),
        ):
            one = menu.addAction(words, partial(ask, overlay, uid))
            one.setEnabled(bool(uid))

    @override
    def fill_menu(self, menu: QMenu) -> None:
        uid = self.current_uid
        if not uid:
            return
        menu.addAction(_("打开"), partial(self.open_row, uid))
        menu.addAction(_("和上期、去年同期对照…"), self.compare)
        menu.addAction(_("打印检查表…"), self.print_here)
        name = self.chosen[0].title
        history = partial(self.desk.screen_requested.emit, "record_history", (uid, name))
        menu.addAction(_("修改记录…"), history)
        menu.addSeparator()
        menu.addAction(_("移到回收站…"), self.delete_chosen).setEnabled(self.may_write)

    @override
    def print_here(self) -> None:
        if self.current_uid:
            self.desk.screen_requested.emit("print_inspection", (self.current_uid, SHEET))
        else:
            self.desk.toast_requested.emit(_("请先选一张检查表。"))

    @override
    def delete_chosen(self) -> None:
        chosen = self.chosen
        if chosen and self.may_write:
            text = _n("把 {n} 张检查表移到回收站，{days} 天内可以恢复。", len(chosen), days=bin_days())
            BinDialog(text, partial(self._remove, [one.uid for one in chosen]), self).open()

    def _remove(self, uids: list[str], why: str) -> None:
        self.desk.do(
            partial(planning.remove_inspections, self.desk.branch, uids, why),
            _n("{n} 张检查表已移到回收站。", len(uids)),
        )


def _texts(row: InspectionRow) -> tuple[str, ...]:
    return (
        row.period.shown(),
        row.kind_label,
        row.organisation_name,
        label_of(row.state),
        _points(row.self_score),
        _points(row.check_score),
        row.grade if row.check_score is not None or row.state.is_scored else "",
        str(row.issues_open) if row.issues_open else "",
        next_step_words(row.state, _due(row)),
    )


def _due(row: InspectionRow) -> Deadlines:
    return deadlines(row.period, shipped_rules())


def _points(score: Decimal | None) -> str:
    return shown(score) if score is not None else "—"
