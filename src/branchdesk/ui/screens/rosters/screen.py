"""The roster screen puts the tree, the list and the member's pane together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from typing_extensions import override

from branchdesk import clock
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members, rosters
from branchdesk.services.open_branch import Changes
from branchdesk.services.rosters import Place, Roster
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.rosters.actions import MemberActions
from branchdesk.ui.screens.rosters.detail import DetailPane
from branchdesk.ui.screens.rosters.member_list import MemberList
from branchdesk.ui.screens.rosters.places import PlaceTree
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.texts import Words

_TREE, _WIDEST_TREE, _TREE_MARGIN = 200, 212, 10
_DETAILS = 372
_ROOM_FOR_DETAILS = 1200
_ROOM_FOR_TREE = 640
_ABOUT_MEMBERS = ("member", "member_event", "post", "pending_value", "organisation_version", "attachment")


class RosterScreen(Page):
    """P3: the roster."""

    key = "rosters"
    help_topic = "roster"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("党员名册"))
        self.roster = Roster(desk.branch)
        self.tree = PlaceTree()
        self.members = MemberList(desk, self.roster, self._make_empty())
        self.details = DetailPane(desk, self.roster.around)
        self.acts = MemberActions(desk, self.members.model, self)
        self._wants_details: bool | None = None
        self._focus_mode = False
        self._lay_out()
        self._connect()
        self._add_grid_actions()
        self.first_focus = self.members.grid

    # ---- building

    def _lay_out(self) -> None:
        self.set_buttons(
            [
                button(_("导入 Excel"), self._ask_for_import, icon_name="file-import", name="import"),
                button(_("导出 Excel"), self._ask_for_export, icon_name="file-export", name="export"),
                button(_("打印名册"), self.print_here, icon_name="printer", name="print"),
                button(_("新增党员"), self.begin_new, look="primary", icon_name="plus", name="new"),
            ]
        )
        self._tree_card = frame("card")
        tree_box = column(margin=_TREE_MARGIN, gap=8, parent=self._tree_card)
        tree_box.addWidget(Words(_("组织"), "heading"))
        tree_box.addWidget(self.tree, 1)
        self.details.setFixedWidth(px(_DETAILS))
        line = row(gap=12)
        line.addWidget(self._tree_card)
        line.addWidget(self.members, 1)
        line.addWidget(self.details)
        self.body.addLayout(line, 1)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "users",
            _("名册里还没有党员"),
            _("把去年的 Excel 名册导入进来，或者先新增一名党员。"),
            [
                button(_("导入 Excel"), self._ask_for_import, icon_name="file-import"),
                button(_("新增党员"), self.begin_new, icon_name="plus"),
            ],
            _("也可以在 Excel 里复制几行，到这里按 Ctrl+V。"),
        )

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.tree.place_chosen.connect(self._choose_place)
        self.members.row_shown.connect(self._show_row)
        self.members.counted.connect(self._show_state)
        self.members.toolbar.details_requested.connect(self.toggle_details)
        self.members.toolbar.reveal_requested.connect(self.acts.reveal)
        self.banner.pressed.connect(self.next_finding)
        self.details.sheet_requested.connect(self.acts.print_sheet)
        self.details.history_requested.connect(self.acts.show_history)
        self.details.event_requested.connect(self.acts.record_event)
        self.details.event_chosen.connect(self.acts.correct_event)
        self.acts.revealed.connect(self._show_revealed)

    def _add_grid_actions(self) -> None:
        """What the menu of the grid offers besides the clipboard."""
        about_one = partial(partial, self._with_current)
        for text, action in (
            (_("修改记录"), about_one(self.acts.show_history)),
            (_("打印登记表"), about_one(self.acts.print_sheet)),
            (_("登记变动…"), about_one(self.acts.record_event)),
            (_("移到回收站…"), self.delete_selected),
        ):
            one = QAction(text, self.members)
            one.triggered.connect(action)
            self.members.grid.addAction(one)
            self.members.cards.addAction(one)
        self.members.cards.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        if self.tree.topLevelItemCount() == 0:
            self._fill_tree(first=True)
            self.roster.choose(self.tree.place)
            self.members.look_again()
            self.acts.offer_draft()
        number = members.row_of(self.desk.branch, target) if isinstance(target, str) else target
        if isinstance(number, int):
            self.members.show_member(number)

    def _fill_tree(self, *, first: bool = False) -> None:
        nodes = rosters.roster_tree(self.desk.branch, clock.today())
        self.tree.fill(nodes, None if first else self.tree.place)
        self.members.whole = self.tree.whole
        breadth = self.tree.breadth() + px(2 * _TREE_MARGIN)
        self._tree_card.setFixedWidth(min(max(breadth, px(_TREE)), px(_WIDEST_TREE)))

    def _choose_place(self, place: Place) -> None:
        self.commit()
        self.roster.choose(place)
        self.members.look_again()

    def _show_state(self) -> None:
        """Say below the title how many there are and how many want a look."""
        total, narrowed = self.roster.counts.total, self.members.arrangement.is_narrowed
        parts = [
            _("数据截至 {day}", day=PartialDate.of(clock.today()).shown()),
            _n("筛选出 {n} 名党员", total) if narrowed else _n("{n} 名党员", total),
        ]
        if self.roster.findings:
            parts.append(_n("{n} 人需要核对", self.roster.findings))
        self.subtitle.setText(" · ".join(parts))
        self.details.around = self.roster.around

    def _show_row(self, index: int) -> None:
        """Show a member in the pane, and the gravest finding in the banner."""
        member = self.members.member(index)
        findings = self.roster.remarks(member) if member is not None else []
        if self.details.isVisible() or not self.isVisible():
            self.details.show_member(member.uid if member else None, findings)
        if member is None or not findings:
            # The banner keeps its place while anybody wants a look, so that no row jumps under the mouse.
            wanted = _n("有 {n} 人需要核对。", self.roster.findings) if self.roster.findings else ""
            self.banner.say("info", wanted, _("下一个问题 F8"))
            return
        worst = max(findings, key=lambda finding: finding.severity)
        labels = {column.id: column.label for column in self.members.model.columns}
        field = labels.get(worst.field, "").strip(" *")
        sentence = _("第 {row} 行 {field}：{sentence}", row=index + 1, field=field, sentence=worst.sentence)
        self.banner.say("err" if worst.is_error else "warn", sentence, _("下一个问题 F8"))

    def _show_revealed(self, revealed: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.members.toolbar.show_reveal(revealed=revealed)
        self.members.refresh_cells()

    def _follow_change(self, changes: Changes) -> None:
        if not changes.touches(*_ABOUT_MEMBERS):
            self.members.toolbar.show_undo()
            return
        self.members.refresh()
        self._fill_tree()

    # ---- acting on members

    def _with_current(self, act: Callable[[str], object]) -> None:
        member = self.members.current_member()
        if member is not None:
            act(member.uid)

    @override
    def begin_new(self) -> None:
        self.acts.begin_new()

    @override
    def delete_selected(self) -> None:
        self.acts.delete(self.members.selected_members())

    @override
    def record_event(self) -> None:
        self._with_current(self.acts.record_event)

    def _ask_for_import(self) -> None:
        self.desk.screen_requested.emit("roster_import", None)

    def _ask_for_export(self) -> None:
        self.desk.screen_requested.emit("roster_export", self.members.arrangement.choice())

    @override
    def print_here(self) -> None:
        self.desk.screen_requested.emit("print_roster", self.roster.place)

    # ---- wishes of the window

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        if not self.members.next_finding(backwards=backwards):
            self.desk.toast_requested.emit(_("没有需要核对的地方。"))

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        self.members.step(-1 if backwards else 1)

    @override
    def find_here(self) -> None:
        self.members.grid.focus_filter()

    @override
    def refresh(self) -> None:
        self._fill_tree()
        self.roster.reload()
        self.members.look_again()

    @override
    def commit(self) -> None:
        self.details.commit()

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        panes = [self.tree, self.members.pane, self.details, self.members.toolbar]
        step_pane(panes, backwards=backwards)

    # ---- panes that come and go

    @override
    def toggle_details(self) -> None:
        self._wants_details = not self.details.isVisible()
        self._fit()
        self._show_row(self.members.current_index())

    @override
    def toggle_focus(self) -> None:
        self._focus_mode = not self._focus_mode
        self._fit()

    @override
    def set_low(self, *, low: bool) -> None:
        super().set_low(low=low)
        self.members.foot.setVisible(not low)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Side panes go where there is no room for them and come back when there is, or with F4."""
        room = self.width()
        details = room >= px(_ROOM_FOR_DETAILS) if self._wants_details is None else self._wants_details
        tree = room - (px(_DETAILS) if details else 0) >= px(_ROOM_FOR_TREE)
        self.head.setVisible(not self._focus_mode)
        self._tree_card.setVisible(tree and not self._focus_mode)
        self.details.setVisible(details and not self._focus_mode)
