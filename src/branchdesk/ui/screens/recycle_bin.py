"""The recycle bin: what was deleted, and bringing it back."""

from __future__ import annotations

from functools import partial

from typing_extensions import override

from branchdesk.i18n import _, _n, listed
from branchdesk.services import recycle_bin
from branchdesk.services.recycle_bin import BinItem
from branchdesk.ui.bin_dialog import bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import ask
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.page import Page
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Words

_KIB = 1024
_WHY = 4


class RecycleBinScreen(Page):
    """P12: deleted members and attachments wait here."""

    key = "recycle_bin"
    help_topic = "recycle_bin"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("回收站"))
        days = bin_days()
        self.subtitle.setText(_("删除的内容保留 {n} 天，随时可以恢复", n=days))
        self._items: list[BinItem] = []
        verb = _("清空超过 {n} 天的", n=days)
        self._empty = button(verb, self._ask_empty, look="danger", icon_name="trash", name="empty_bin")
        self.set_buttons([self._empty])
        card = frame("card")
        box = column(margin=12, gap=10, parent=card)
        self.table = SimpleTable(
            [_("类别"), _("名称"), _("删除时间"), _("谁删的"), _("原因"), _("还能恢复")],
            stretch=_WHY,
            several=True,
        )
        self.table.setAccessibleName(_("回收站"))
        self.table.itemSelectionChanged.connect(self._show_possible)
        box.addWidget(self.table, 1)
        self.first_focus = self.table
        self._nothing = EmptyState("recycle", _("回收站是空的"), _("删除的党员和附件会先放到这里。"), [])
        box.addWidget(self._nothing, 1)
        foot = row()
        self._sum = Words(role="hint")
        foot.addWidget(self._sum, 1)
        self._restore = button(
            _("恢复选中的"), self._take_back, look="primary", icon_name="history", name="restore"
        )
        foot.addWidget(self._restore)
        box.addLayout(foot)
        self.body.addWidget(card, 1)
        desk.changed.connect(self._follow_change)

    @override
    def shown(self, target: object = None) -> None:
        self.refresh()

    @override
    def refresh(self) -> None:
        self._items = recycle_bin.bin_items(self.desk.branch)
        self.table.show_rows(
            [
                (
                    item.kind,
                    item.name,
                    item.deleted_at.strftime("%Y.%m.%d %H:%M"),
                    item.who,
                    item.why,
                    _n("{n} 天", item.days_left) if item.days_left >= 0 else _("已过期"),
                )
                for item in self._items
            ]
        )
        self._nothing.setVisible(not self._items)
        self.table.setVisible(bool(self._items))
        size = sum(item.size for item in self._items)
        words = _n("{n} 项", len(self._items))
        if size:
            words += _(" · 占 {size} MB", size=f"{size / _KIB / _KIB:.1f}")
        self._restore.setVisible(bool(self._items))
        self._sum.setText(words if self._items else "")
        self._show_possible()

    def _show_possible(self) -> None:
        may_write = self.desk.branch.person.role.may_write
        chosen = len(self._chosen())
        words = _n("恢复选中的 {n} 项", chosen) if chosen > 1 else _("恢复选中的")
        self._restore.setText(words)
        self._restore.setAccessibleName(words)
        self._restore.setEnabled(may_write and chosen > 0)
        self._empty.setEnabled(may_write and any(item.days_left < 0 for item in self._items))

    def _chosen(self) -> list[BinItem]:
        return [self._items[row] for row in self.table.chosen_rows if row < len(self._items)]

    def _take_back(self) -> None:
        chosen = self._chosen()
        work = partial(recycle_bin.take_back, self.desk.branch, chosen)
        names = listed(item.name for item in chosen)
        self.desk.do(
            work, _n("已恢复 {n} 项。", len(chosen)) if len(chosen) > 1 else _("{name} 已恢复。", name=names)
        )

    def _ask_empty(self) -> None:
        expired = sum(item.days_left < 0 for item in self._items)
        ask(
            self,
            _("清空过期的"),
            _n("清空 {n} 项过期的内容？", expired),
            _("清空以后在回收站里就找不到了；修改记录里仍然留有痕迹。"),
            _("清空"),
            partial(self.desk.do, partial(recycle_bin.empty_expired, self.desk.branch), _("已清空。")),
        )

    def _follow_change(self) -> None:
        if self.isVisible():
            self.refresh()
