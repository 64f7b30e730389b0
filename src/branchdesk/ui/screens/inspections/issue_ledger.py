"""The ledger of problems: what is still open, who is to rectify it, by when, and how late that is."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from branchdesk.domain.inspections.issues import IssueSource, IssueState
from branchdesk.domain.inspections.rectification import label_of
from branchdesk.i18n import _, _n
from branchdesk.services.inspections import issue_lists, issues
from branchdesk.services.inspections.issue_lists import IssueQuery, IssueRow
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.inspection_words import (
    ISSUE_TONES,
    day_shown,
    order_number,
    source_words,
)
from branchdesk.ui.list_pane import ListPane
from branchdesk.ui.pane import put_chips
from branchdesk.ui.screens.inspections.issue_dialog import IssueDialog, print_order
from branchdesk.ui.screens.inspections.issue_filters import IssueFilters
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.messages import EmptyState

_TEXT, _LATE, _STATE = 1, 5, 6
# What goes first where there is little room: where it was found, then the number.
_SPARE = (2, 0)


class IssueLedger(ListPane[IssueRow]):
    """The problems of the branch with what narrows them."""

    def __init__(self, desk: Desk) -> None:
        begin = button(_("登记问题"), self.begin_new, icon_name="plus", name="begin_issue")
        super().__init__(
            desk,
            [_("编号"), _("问题"), _("来源"), _("责任人"), _("时限"), _("逾期天数"), _("状态")],
            _("没有符合条件的问题。"),
            EmptyState(
                "report",
                _("还没有问题"),
                _("检查、抽查发现的问题会自动记在这里；上级反馈的、群众反映的，可以在这里登记。"),
                [begin],
                _("没有销号的问题，下一期接着列在检查表里。"),
            ),
            stretch=_TEXT,
            spare=_SPARE,
        )
        self._begin = begin
        self._known = 0
        self.narrowing = IssueFilters(self)
        self._verify = button(_("验证…"), self.verify, icon_name="circle-check", name="verify")
        self._print = menu_button(
            self, _("打印"), self.fill_print_menu, icon_name="printer", name="print_issues"
        )
        self._new = button(_("登记问题"), self.begin_new, look="primary", icon_name="plus", name="new_issue")
        self.filters = self.narrowing.widgets
        self.buttons = [self._verify, self._print, self._new]
        self._connect()

    def _connect(self) -> None:
        self.table.setAccessibleName(_("问题台账"))
        self.table.setObjectName("issues")
        self.table.keep_room(3)
        self.narrowing.changed.connect(self._show)

    # ---- showing

    @override
    def refresh(self) -> None:
        known = [row.issue for row in issue_lists.issue_list(self.desk.branch)]
        self._known = len(known)
        self.narrowing.offer(known)
        self._show()

    @override
    def show_filters(self, *, shown: bool) -> None:
        super().show_filters(shown=shown)
        self.narrowing.show_possible(shown=shown)

    def _show(self) -> None:
        chosen = self.current_uid
        self.rows = issue_lists.issue_list(self.desk.branch, self.narrowing.query)
        self.table.show_rows([_texts(row) for row in self.rows])
        put_chips(self.table, _STATE, [ISSUE_TONES[row.state] for row in self.rows])
        self.make_room()
        for number, row in enumerate(self.rows):
            if row.overdue:
                self.warn(number, _LATE)
        self.choose(chosen)
        words = _("没有符合条件的问题。")
        if self.narrowing.query == IssueQuery(open_only=True):
            words = _("问题都已经销号；选“各种状态”可以看全部。")
        self.nothing.setText(words)
        self.show_what_there_is(len(self.rows), narrowed=self._known > 0)
        self.narrowing.show_possible(shown=self.isVisible())
        self._tell_sum()
        self.show_chosen()
        self.refreshed.emit()

    def _tell_sum(self) -> None:
        waiting = [row for row in self.rows if row.state is not IssueState.VERIFIED]
        late = [row for row in waiting if row.overdue]
        parts = [_n("{n} 个问题", len(self.rows))]
        if waiting:
            parts.append(_n("{n} 个没有销号", len(waiting)))
        if late:
            parts.append(_n("{n} 个逾期", len(late)))
        self.sum = " · ".join(parts) if self._known else ""
        self.foot.setText(_("Enter 打开 · Ctrl+N 登记 · 没有销号的跨年、跨季度接着列出"))

    @override
    def show_chosen(self) -> None:
        chosen = self.chosen
        waiting = bool(chosen) and chosen[0].state is not IssueState.VERIFIED
        self._verify.setEnabled(waiting and self.may_write)
        self._new.setEnabled(self.may_write)
        self._begin.setEnabled(self.may_write)

    # ---- doing

    @override
    def open_row(self, uid: str) -> None:
        self.desk.screen_requested.emit("issue", uid)

    @override
    def begin_new(self) -> None:
        if self.may_write:
            IssueDialog(self.desk, None, self.window()).open()

    def show_issue(self, uid: str) -> None:
        """Go to a problem, whatever narrowed the ledger, and open it."""
        if uid not in [row.uid for row in self.rows]:
            self.narrowing.clear()
        if self.choose(uid):
            self.open_row(uid)

    def verify(self) -> None:
        """Verify the rectification of the problem in front."""
        if self.current_uid:
            self.desk.screen_requested.emit("verify_issue", self.current_uid)

    @override
    def first_filter(self) -> QWidget:
        return self.narrowing.text

    @override
    def fill_print_menu(self, menu: QMenu) -> None:
        """The papers of the problem in front, and the ledger."""
        uid, ask = self.current_uid, self.desk.screen_requested.emit
        menu.addAction(_("整改通知单…"), partial(print_order, self.desk, uid)).setEnabled(bool(uid))
        slip = menu.addAction(_("整改验证单…"), partial(ask, "print_issue", (uid, "slip")))
        slip.setEnabled(bool(uid))
        menu.addSeparator()
        menu.addAction(_("问题台账…"), partial(ask, "print_ledger", self.narrowing.query))
        menu.addAction(_("导出 Excel…"), partial(ask, "ledger_export", self.narrowing.query))

    @override
    def fill_menu(self, menu: QMenu) -> None:
        uid, chosen = self.current_uid, self.chosen
        if not uid:
            return
        row, ask = chosen[0], self.desk.screen_requested.emit
        menu.addAction(_("打开"), partial(ask, "issue", uid))
        menu.addAction(_("验证…"), self.verify).setEnabled(self._verify.isEnabled())
        found_in, line = row.issue.found_in, row.issue.indicator
        if found_in and row.issue.source is IssueSource.INSPECTION:
            menu.addAction(_("到检查表里看"), partial(ask, "inspection", (found_in, line)))
        menu.addAction(_("打印整改通知单…"), self.print_here)
        menu.addAction(_("修改记录…"), partial(ask, "record_history", (uid, _("问题和整改"))))
        menu.addSeparator()
        menu.addAction(_("移到回收站…"), self.delete_chosen).setEnabled(self.may_write)

    @override
    def print_here(self) -> None:
        if self.current_uid:
            print_order(self.desk, self.current_uid)
        else:
            self.desk.screen_requested.emit("print_ledger", self.narrowing.query)

    @override
    def delete_chosen(self) -> None:
        chosen = self.chosen
        if chosen and self.may_write:
            text = _n("把 {n} 个问题移到回收站，{days} 天内可以恢复。", len(chosen), days=bin_days())
            BinDialog(text, partial(self._remove, [one.uid for one in chosen]), self).open()

    def _remove(self, uids: list[str], why: str) -> None:
        self.desk.do(
            partial(issues.remove_issues, self.desk.branch, uids, why),
            _n("{n} 个问题已移到回收站。", len(uids)),
        )


def _texts(row: IssueRow) -> tuple[str, ...]:
    return (
        order_number(row.issue),
        " ".join(row.issue.text.split()),
        _found_at(row),
        row.issue.responsible,
        day_shown(row.issue.due_on),
        str(row.overdue) if row.overdue else "",
        label_of(row.state),
    )


def _found_at(row: IssueRow) -> str:
    """Where a problem was found: its source, and the line of the inspection."""
    source = source_words(row.issue.source)
    return _("{source} {line}", source=source, line=row.line) if row.line else source
