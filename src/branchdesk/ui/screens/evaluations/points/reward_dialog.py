"""The dialog about one reward: what it is, how many points it takes, how many there are."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.points.model import Reward
from branchdesk.domain.points.tally import shown_points
from branchdesk.i18n import _
from branchdesk.services.points import redeeming
from branchdesk.services.points.redeeming import RewardTyped
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note


class RewardDialog(FormDialog):
    """Enters a reward, or changes the one that is given."""

    def __init__(self, desk: Desk, organisation: str, reward: Reward | None, parent: QWidget) -> None:
        heading = _("新增兑换物品") if reward is None else _("兑换物品")
        super().__init__(heading, _("新增") if reward is None else _("保存"), parent, width=520)
        self.setObjectName("reward_dialog")
        self._desk = desk
        self._organisation = organisation
        self._reward = reward
        self.title = self.line(_("物品"), reward.title if reward else "", _("如雨伞、图书、体检券"))
        self.unit = self.line(_("单位"), reward.unit if reward else "", _("如个、册，不填就是件"))
        self.points = self.line(_("所需积分"), shown_points(reward.points) if reward else "", _("如 10"))
        stock = str(reward.stock) if reward is not None and reward.stock is not None else ""
        self.stock = self.line(_("库存"), stock, _("一共准备多少，不填就是不限"))
        if reward is not None:
            self.body.addWidget(Note(_("以前兑换的仍按当时的积分，不会变。"), "hint"))

    @override
    def act(self) -> None:
        branch = self._desk.branch
        typed = RewardTyped(
            title=self.title.text(), points=self.points.text(), stock=self.stock.text(), unit=self.unit.text()
        )
        if self._reward is None:
            self._desk.adopt(redeeming.add_reward(branch, self._organisation, typed))
            return
        texts = {"title": typed.title, "unit": typed.unit, "points": typed.points, "stock": typed.stock}
        self._desk.adopt(redeeming.change_reward(branch, self._reward.uid, texts))
