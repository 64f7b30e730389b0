"""The ledger of exchanges of a year: who took what for how many points, and who has signed for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from branchdesk.domain.points.model import Redemption
from branchdesk.domain.points.tally import shown_points
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services.points import redeeming
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.pane import put_chips
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.figure_columns import align_figures
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Elide, Note, Words

_WHAT, _QUANTITY, _POINTS, _STATE = 2, 3, 4, 5


class RedemptionPart(QWidget):
    """Lists exchanges, notes signatures and gives exchanges back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._may_write = desk.branch.person.role.may_write
        self.rows: list[Redemption] = []
        self._void: set[str | None] = set()
        self.table = SimpleTable(
            [_("日期"), _("姓名"), _("兑换什么"), _("数量"), _("积分"), _("签字"), _("备注")],
            stretch=_WHAT,
            several=True,
        )
        self.table.setObjectName("redemptions")
        self.table.setAccessibleName(_("兑换台账"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.keep_room(2)
        self.heading, self.sum = Words(_("兑换台账"), "strong"), Elide("", "hint")
        self.nothing = Note(_("这一年还没有兑换过。"), "second")
        self.sign = button(_("已签字"), self.toggle_signed, icon_name="check", name="sign_redemption")
        self.reverse = button(_("冲正…"), self.ask_reversal, name="reverse_redemption")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        box = column(gap=6, parent=self)
        head = row(gap=10)
        head.addWidget(self.heading)
        head.addWidget(self.sum, 1)
        head.addWidget(self.sign)
        head.addWidget(self.reverse)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        box.addWidget(self.nothing, 1)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._show_possible)
        self.table.cellActivated.connect(self.toggle_signed)
        self.table.customContextMenuRequested.connect(self._open_menu)

    # ---- showing

    def show_rows(self, rows: list[Redemption]) -> None:
        """Show exchanges, the latest first."""
        chosen = [one.uid for one in self.chosen][:1]
        self.rows = sorted(rows, key=lambda one: (one.on, one.uid), reverse=True)
        self._void = {one.reverses for one in rows if one.reverses is not None}
        past = [number for number, one in enumerate(self.rows) if self._is_void(one)]
        self.table.show_rows([self._texts(one) for one in self.rows], past)
        align_figures(self.table, (_QUANTITY, _POINTS))
        put_chips(self.table, _STATE, [self._tone(one) for one in self.rows])
        uids = [one.uid for one in self.rows]
        if chosen and chosen[0] in uids:
            self.table.selectRow(uids.index(chosen[0]))
        standing = [one for one in self.rows if not self._is_void(one)]
        unsigned = sum(not one.signed for one in standing)
        parts = [_n("{n} 笔兑换", len(standing))]
        if unsigned:
            parts.append(_n("{n} 笔没有签字", unsigned))
        self.sum.setText(" · ".join(parts) if rows else "")
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._show_possible()

    def _is_void(self, one: Redemption) -> bool:
        return one.reverses is not None or one.uid in self._void

    def _texts(self, one: Redemption) -> tuple[str, ...]:
        back = one.reverses is not None
        state = "" if self._is_void(one) else _("已签字") if one.signed else _("未签字")
        why = _("冲正：{reason}", reason=one.reason) if back else ""
        return (
            PartialDate.of(one.on).shown(),
            one.name,
            one.title,
            f"{one.quantity} {one.unit}".strip(),
            shown_points(-one.points if back else one.points),
            state,
            why or (_("已冲正") if one.uid in self._void else ""),
        )

    def _tone(self, one: Redemption) -> str:
        return "" if self._is_void(one) else "ok" if one.signed else "warn"

    def _show_possible(self) -> None:
        standing = [one for one in self.chosen if not self._is_void(one)]
        signed = bool(standing) and all(one.signed for one in standing)
        self.sign.setText(_("改为未签字") if signed else _("已签字"))
        self.sign.setAccessibleName(self.sign.text())
        self.sign.setEnabled(bool(standing) and self._may_write)
        self.reverse.setEnabled(len(standing) == 1 and len(self.chosen) == 1 and self._may_write)

    @property
    def chosen(self) -> list[Redemption]:
        """The exchanges that are chosen."""
        return [self.rows[number] for number in self.table.chosen_rows if number < len(self.rows)]

    # ---- doing

    def toggle_signed(self) -> None:
        """Note that those in front have signed; where all have, that they have not."""
        standing = [one for one in self.chosen if not self._is_void(one)]
        if standing and self._may_write:
            signed = not all(one.signed for one in standing)
            uids = [one.uid for one in standing]
            self._desk.do(partial(redeeming.sign_redemptions, self._desk.branch, uids, signed=signed))

    def ask_reversal(self) -> None:
        """Give the exchange in front back, with a reason."""
        if not self.reverse.isEnabled():
            return
        one = self.chosen[0]
        LineDialog(
            _("冲正"),
            _(
                "{name}兑换的“{title}”退回，积分和库存都还回去；原来这一笔和冲正的原因都留在台账里。",
                name=one.name,
                title=one.title,
            ),
            _("为什么"),
            _("冲正这一笔"),
            partial(self._reverse, one.uid),
            self.window(),
        ).open()

    def _reverse(self, uid: str, why: str) -> None:
        self._desk.do(partial(redeeming.reverse_redemption, self._desk.branch, uid, why), _("已冲正。"))

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the exchanges in front."""
        if self.chosen:
            menu.addAction(self.sign.text(), self.toggle_signed).setEnabled(self.sign.isEnabled())
            menu.addAction(_("冲正…"), self.ask_reversal).setEnabled(self.reverse.isEnabled())

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.table.viewport().mapToGlobal(point))
