"""The dialog in which a member exchanges points for a reward; it tells at once what is left afterwards."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from branchdesk.domain.points.tally import shown_points
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.i18n import _
from branchdesk.services.members import vocabulary_of
from branchdesk.services.points import redeeming
from branchdesk.services.points.reading import PointsSheet
from branchdesk.services.points.redeeming import RewardRow
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.points.option_line import person_line
from branchdesk.ui.screens.evaluations.points.words import usual_day
from branchdesk.ui.widgets.choices import Count
from branchdesk.ui.widgets.texts import Note, restyle

_MOST, _COUNT = 9999, 90


class RedeemDialog(FormDialog):
    """Exchanges points of one member."""

    def __init__(
        self,
        desk: Desk,
        sheet: PointsSheet,
        rewards: list[RewardRow],
        reward: str | None,
        parent: QWidget,
    ) -> None:
        super().__init__(_("积分兑换"), _("兑换"), parent, width=560)
        self.setObjectName("redeem_dialog")
        self._desk = desk
        self._sheet = sheet
        self.person = person_line(sheet)
        self.add_row(_("党员"), self.person)
        self.reward = self.box(_("兑换什么"), [(_words(one), one.reward.uid) for one in rewards], reward)
        self.quantity = Count()
        self.quantity.setRange(1, _MOST)
        self.quantity.setFixedWidth(px(_COUNT))
        self.add_row(_("数量"), self.quantity)
        self.on = asked("on", "date", _("日期"), vocabulary_of(desk.branch))
        self.on.fill(usual_day(sheet.year))
        self.form.addRow(_("日期"), self.on)
        self.signed = QCheckBox(_("领取人已在登记表上签字"))
        self.form.addRow("", self.signed)
        self.told = Note("", "second")
        self.body.addWidget(self.told)
        self._connect()
        self._judge()

    def _connect(self) -> None:
        self.person.chosen.connect(self._judge)
        self.reward.currentIndexChanged.connect(self._judge)
        self.quantity.valueChanged.connect(self._judge)
        self.on.edited.connect(self._judge)

    def _judge(self) -> None:
        """Say what the member has, what it takes, and what stands against it."""
        person = self._sheet.by_person.get(self.person.value)
        reward = next((one for one in self._sheet.rewards if one.uid == self.reward.currentData()), None)
        self.told.setVisible(person is not None and reward is not None)
        if person is None or reward is None:
            return
        needed = reward.points * self.quantity.value()
        said = _(
            "可兑换 {own} 分，这次用 {needed} 分，兑换后还有 {left} 分。",
            own=shown_points(person.balance),
            needed=shown_points(needed),
            left=shown_points(person.balance - needed),
        )
        against = ""
        try:
            findings = self._check()
        except Problem as problem:
            against = problem.sentence
        else:
            against = "\n".join(one.sentence for one in findings if one.is_error)
        self.told.setText(against or said)
        restyle(self.told, "role", "error" if against else "second")
        self.wrong.hide()

    def _check(self) -> list[Finding]:
        return redeeming.check_redemption(
            self._desk.branch,
            self._sheet.organisation,
            self.person.value,
            str(self.reward.currentData()),
            str(self.quantity.value()),
            self.on.text().strip(),
        )

    @override
    def act(self) -> None:
        if not self.person.value:
            self.person.setFocus()
            raise Problem(_("请选择党员。"), _("打姓名的几个字或拼音首字母就能找到。"))
        redeem = partial(
            redeeming.redeem,
            self._desk.branch,
            self._sheet.organisation,
            self.person.value,
            str(self.reward.currentData()),
            str(self.quantity.value()),
            self.on.text().strip(),
        )
        self._desk.adopt(redeem(signed=self.signed.isChecked()))


def _words(one: RewardRow) -> str:
    reward = one.reward
    return _(
        "{title}（每{unit} {points} 分）",
        title=reward.title,
        unit=reward.unit,
        points=shown_points(reward.points),
    )
