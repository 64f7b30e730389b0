"""The dialog that shows what meetings and study hours give in a month, and enters it as one step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.domain.points.automatic import ProposedEntry, ProposedReversal
from branchdesk.domain.points.tally import shown_points, signed
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services.points import automatic
from branchdesk.services.points.automatic import PointsProposal
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.figure_columns import align_figures
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Elide, Note, Words

_WIDTH, _HEIGHT = 860, 600
_DAY, _NAME, _RULE, _AMOUNT, _POINTS, _PROOF = range(6)
_DECEMBER = 12


class AutomaticDialog(SheetDialog):
    """Proposes entries and reversals for a month or the whole year; nothing is written before 记入."""

    def __init__(self, desk: Desk, organisation: str, year: int, month: int | None, parent: QWidget) -> None:
        super().__init__(_("自动记分"), parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("automatic_points_dialog")
        self._desk = desk
        self._organisation = organisation
        self._year = year
        self.proposal: PointsProposal | None = None
        self.month = Choice()
        self.month.addItem(_("{year} 年全年", year=year), None)
        last = clock.today().month if year == clock.today().year else _DECEMBER
        for number in range(last, 0, -1):
            self.month.addItem(_("{year} 年 {month} 月", year=year, month=number), number)
        self.month.setCurrentIndex(max(self.month.findData(month), 0))
        self.month.setAccessibleName(_("时期"))
        self.sum = Elide("", "strong")
        self.table = SimpleTable(
            [_("日期"), _("姓名"), _("记分项目"), _("数量"), _("按规则"), _("依据")], stretch=_PROOF
        )
        self.table.setObjectName("proposed_points")
        self.table.setAccessibleName(_("要记入的积分"))
        self.table.setMinimumHeight(px(180))
        self.nothing = Note("", "second")
        self._lay_out()
        self.month.currentIndexChanged.connect(self._show)
        self._show()
        self.month.setFocus()

    def _lay_out(self) -> None:
        line = row(gap=10)
        period = Words(_("时期"), "second")
        period.setBuddy(self.month)
        line.addWidget(period)
        line.addWidget(self.month)
        line.addWidget(self.sum, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing, 1)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(
            Note(
                _("参加会议、无故缺席、学时都从会议记录里算；封顶在算总分时扣，这里写的是按规则的分。"),
                "hint",
            )
        )
        self.add_button(_("取消"))
        self._enter = self.add_button("", self._write, look="primary", name="enter_proposal")

    def _show(self) -> None:
        propose = partial(
            automatic.propose, self._desk.branch, self._organisation, self._year, self.month.currentData()
        )
        self.proposal = self._desk.do(propose)
        new = self.proposal.proposal.new if self.proposal is not None else ()
        back = self.proposal.proposal.to_reverse if self.proposal is not None else ()
        names = self.proposal.names if self.proposal is not None else {}
        rows = [
            *(_reversed(one) for one in back),
            *(_added(one, names.get(one.person, "")) for one in new),
        ]
        self.table.show_rows(rows)
        align_figures(self.table, (_AMOUNT, _POINTS))
        for number in range(len(rows)):
            item = self.table.item(number, _POINTS)
            if item is not None:
                taken = number < len(back) or new[number - len(back)].rule.takes_off
                item.setForeground(look().color("err" if taken else "ok"))
        is_empty = not rows
        self.table.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        self.nothing.setText(_("会议和学时里的积分都已经记过了，没有要记入的。"))
        self.sum.setText(_sum(len(new), len(back), len({one.person for one in new})))
        self._enter.setText(_n("记入 {n} 笔", len(rows)))
        self._enter.setAccessibleName(self._enter.text())
        self._enter.setEnabled(not is_empty)

    def _write(self) -> None:
        if self.proposal is None or self.proposal.is_empty:
            return
        said = self.sum.text()
        enter = partial(automatic.enter_proposal, self._desk.branch, self.proposal)
        if self._desk.do(enter, _("自动记分完成：{sum}", sum=said)) is not None:
            self.accept()


def _added(one: ProposedEntry, name: str) -> tuple[str, ...]:
    hit, rule = one.hit, one.rule
    return (
        PartialDate.of(hit.on).shown(),
        name,
        rule.called,
        f"{shown_points(hit.quantity)} {rule.unit}",
        signed(rule.points * hit.quantity),
        hit.title,
    )


def _reversed(one: ProposedReversal) -> tuple[str, ...]:
    entry = one.entry
    return (
        PartialDate.of(entry.on).shown(),
        entry.name,
        entry.evidence_title,
        shown_points(entry.quantity),
        _("冲正"),
        one.reason,
    )


def _sum(new: int, back: int, people: int) -> str:
    parts = []
    if new:
        parts.append(_n("记入 {n} 笔", new))
        parts.append(_n("{n} 人", people))
    if back:
        parts.append(_n("冲正 {n} 笔", back))
    return " · ".join(parts)
