"""The tab of exchanging points: the rewards with their stock above, the ledger of exchanges below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSplitter, QWidget
from typing_extensions import override

from branchdesk.domain.points.tally import shown_points
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services.points import reading, redeeming
from branchdesk.services.points.reading import PointsSheet
from branchdesk.services.points.redeeming import RewardRow
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.look import look
from branchdesk.ui.pane import Pane
from branchdesk.ui.screens.evaluations.points.filters import PlaceAndYear
from branchdesk.ui.screens.evaluations.points.redeem_dialog import RedeemDialog
from branchdesk.ui.screens.evaluations.points.redemption_part import RedemptionPart
from branchdesk.ui.screens.evaluations.points.reward_dialog import RewardDialog
from branchdesk.ui.screens.evaluations.points.words import EXCHANGE_PAPERS, PAPER_TITLES
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.figure_columns import align_figures
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.tables import SimpleTable

_TITLE, _POINTS, _LEFT = 0, 2, 5
_MOST_SHOWN = 9


class ExchangePane(Pane):
    """What points are exchanged for, and what was exchanged in a year."""

    def __init__(self, desk: Desk) -> None:
        begin = button(_("新增物品…"), self.begin_new, icon_name="plus", name="begin_reward")
        super().__init__(
            desk,
            SimpleTable(
                [_("物品"), _("单位"), _("所需积分"), _("库存"), _("已兑换"), _("还有")],
                stretch=_TITLE,
                several=True,
            ),
            _("没有可以兑换的物品。"),
            EmptyState(
                "tag",
                _("还没有兑换物品"),
                _("任务分、奖励分可以兑换物品。先写明有什么、要多少积分、一共多少，再登记谁兑换了什么。"),
                [begin],
                _("兑换用的是积分，总积分不减；库存和可兑换的积分不够时，程序会说。"),
            ),
        )
        self._begin = begin
        self.rows: list[RewardRow] = []
        self.sheet: PointsSheet | None = None
        self.narrowing = PlaceAndYear(self)
        self.part = RedemptionPart(desk)
        self._new = button(_("新增物品…"), self.begin_new, icon_name="plus", name="new_reward")
        self._print = menu_button(
            self, _("打印"), self.fill_print_menu, icon_name="printer", name="print_exchanges"
        )
        self._redeem = button(_("兑换…"), self.redeem, look="primary", icon_name="tag", name="redeem")
        self.filters = self.narrowing.widgets
        self.buttons = [self._new, self._print, self._redeem]
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._is_shared = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.part)
        self._split.setStretchFactor(1, 1)
        self.box.insertWidget(0, self._split, 1)
        self.table.keep_room(2)
        self.table.setAccessibleName(_("兑换物品"))
        self.table.setObjectName("rewards")

    def _connect(self) -> None:
        self.narrowing.changed.connect(self._show)
        self.table.itemSelectionChanged.connect(self._show_possible)
        self.table.cellActivated.connect(self._open)
        self.table.customContextMenuRequested.connect(self.open_menu)

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
        branch, asked = self.desk.branch, self.narrowing
        chosen = self.current_uid
        try:
            self.sheet = reading.points_sheet(branch, asked.organisation, asked.chosen_year)
        except Problem:
            self.sheet = None  # said in the other tab
        self.rows = redeeming.rewards(branch, asked.organisation)
        self.table.show_rows([_texts(one) for one in self.rows])
        align_figures(self.table, range(_POINTS, _LEFT + 1))
        for number, one in enumerate(self.rows):
            item = self.table.item(number, _LEFT)
            if item is not None and one.left is not None and one.left <= 0:
                item.setForeground(look().color("err"))
        uids = [one.reward.uid for one in self.rows]
        if chosen in uids:
            self.table.selectRow(uids.index(chosen))
        own = (
            [one for one in self.sheet.redemptions if one.on.year == asked.chosen_year] if self.sheet else []
        )
        self.part.show_rows(own)
        self.show_what_there_is(len(self.rows), narrowed=bool(own))
        self._split.setVisible(bool(self.rows or own))
        self._share_height()
        self.foot.setText(_("Enter 打开 · 兑换台账里按 Enter 标注签字"))
        self.sum = _n("{n} 种物品", len(self.rows)) if self.rows else ""
        self._show_possible()
        self.refreshed.emit()

    def _share_height(self) -> None:
        """Show all rewards where they are few, once; afterwards people move the line between as they like."""
        if len(self.rows) > 1 and not self._is_shared:
            self._is_shared = True
            wanted = min(len(self.rows) + 2, _MOST_SHOWN) * look().row_height
            self._split.setSizes([wanted, max(self.height() - wanted, 1)])

    def _show_possible(self) -> None:
        self._new.setEnabled(self.may_write)
        self._begin.setEnabled(self.may_write)
        ready = bool(self.rows) and self.sheet is not None and bool(self.sheet.people)
        self._redeem.setEnabled(ready and self.may_write)

    @property
    def chosen(self) -> list[RewardRow]:
        """The rewards that are chosen."""
        return [self.rows[number] for number in self.table.chosen_rows if number < len(self.rows)]

    @property
    def current_uid(self) -> str:
        """The reward in front; empty where there is none."""
        chosen = self.chosen
        return chosen[0].reward.uid if chosen else ""

    @property
    @override
    def parts(self) -> Sequence[QWidget]:
        return [self.table, self.part] if self._split.isVisibleTo(self) else [self]

    # ---- doing

    @override
    def begin_new(self) -> None:
        if self.may_write:
            RewardDialog(self.desk, self.narrowing.organisation, None, self.window()).open()

    def _open(self, number: int, _column: int = 0) -> None:
        if 0 <= number < len(self.rows) and self.may_write:
            reward = self.rows[number].reward
            RewardDialog(self.desk, self.narrowing.organisation, reward, self.window()).open()

    def redeem(self) -> None:
        """Exchange points of a member for the reward in front."""
        if self._redeem.isEnabled() and self.sheet is not None:
            RedeemDialog(self.desk, self.sheet, self.rows, self.current_uid or None, self.window()).open()

    @override
    def fill_print_menu(self, menu: QMenu) -> None:
        asked, ask = self.narrowing, self.desk.screen_requested.emit
        for kind in EXCHANGE_PAPERS:
            target = (kind, asked.organisation, asked.chosen_year, None, None)
            menu.addAction(_("{paper}…", paper=_(PAPER_TITLES[kind])), partial(ask, "print_points", target))
        menu.addSeparator()
        target_of_all = (asked.organisation, asked.chosen_year)
        menu.addAction(_("导出 Excel…"), partial(ask, "points_export", target_of_all))

    @override
    def fill_menu(self, menu: QMenu) -> None:
        if not self.current_uid:
            return
        menu.addAction(_("兑换…"), self.redeem).setEnabled(self._redeem.isEnabled())
        menu.addAction(_("打开"), partial(self._open, self.table.currentRow())).setEnabled(self.may_write)
        history = (self.current_uid, self.chosen[0].reward.title)
        menu.addAction(_("修改记录…"), partial(self.desk.screen_requested.emit, "record_history", history))
        menu.addSeparator()
        menu.addAction(_("移到回收站…"), self.delete_chosen).setEnabled(self.may_write)

    @override
    def print_here(self) -> None:
        asked = self.narrowing
        target = (EXCHANGE_PAPERS[0], asked.organisation, asked.chosen_year, None, None)
        self.desk.screen_requested.emit("print_points", target)

    @override
    def delete_chosen(self) -> None:
        uids = [one.reward.uid for one in self.chosen]
        if uids and self.may_write:
            text = _n(
                "把 {n} 种物品移到回收站，{days} 天内可以恢复；已经兑换的都留着。", len(uids), days=bin_days()
            )
            BinDialog(text, partial(self._remove, uids), self).open()

    def _remove(self, uids: list[str], why: str) -> None:
        self.desk.do(
            partial(redeeming.remove_rewards, self.desk.branch, uids, why),
            _n("{n} 种物品已移到回收站。", len(uids)),
        )


def _texts(one: RewardRow) -> tuple[str, ...]:
    reward = one.reward
    return (
        reward.title,
        reward.unit,
        shown_points(reward.points),
        str(reward.stock) if reward.stock is not None else _("不限"),
        str(one.taken) if one.taken else "",
        str(one.left) if one.left is not None else "",
    )
