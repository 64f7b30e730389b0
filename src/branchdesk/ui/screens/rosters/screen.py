"""The roster screen puts tree, grid, cards and the member's pane together."""

from __future__ import annotations

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.papers import RosterChoice
from branchdesk.services import rosters, views
from branchdesk.services.members import Outcome
from branchdesk.services.open_branch import Changes
from branchdesk.services.rosters import Place, Roster
from branchdesk.services.views import View
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.focus import step_pane
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.rosters.actions import MemberActions
from branchdesk.ui.screens.rosters.cards import CardList
from branchdesk.ui.screens.rosters.detail import DetailPane
from branchdesk.ui.screens.rosters.dialogs import ColumnDialog
from branchdesk.ui.screens.rosters.model import RosterTableModel, ordered_fields
from branchdesk.ui.screens.rosters.places import PlaceTree
from branchdesk.ui.screens.rosters.toolbar import RosterToolbar
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.texts import Elide, Words

SCREEN = "rosters"
_FROZEN = 1
_TREE, _DETAILS = 200, 372
_ROOM_FOR_DETAILS = 1150
_ROOM_FOR_TREE = 640


class RosterScreen(Page):
    """P3: the roster."""

    key = SCREEN
    help_topic = "roster"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("党员名册"))
        self.roster = Roster(desk.branch)
        self.model = RosterTableModel(desk, self.roster, self)
        self.grid = GridView()
        self.cards = CardList(self.model)
        self.tree = PlaceTree()
        self.details = DetailPane(desk, self.roster.around)
        self.toolbar = RosterToolbar(desk)
        self.actions_on_members = MemberActions(desk, self.model, self)
        self._wants_details: bool | None = None
        self._focus_mode = False
        self._hidden = [field.id for field in ordered_fields() if field.id not in rosters.FIRST_COLUMNS]
        self._build()
        self._connect()
        self._add_grid_actions()
        self.first_focus = self.grid

    # ---- building

    def _build(self) -> None:
        self.set_buttons(
            [
                button(_("导入 Excel"), self._ask_for_import, icon_name="file-import", name="import"),
                button(_("导出 Excel"), self._ask_for_export, icon_name="file-export", name="export"),
                button(_("打印名册"), self.print_here, icon_name="printer", name="print"),
                button(_("新增党员"), self.begin_new, look="primary", icon_name="plus", name="new"),
            ]
        )
        self.grid.show_model(self.model, _FROZEN, self._hidden)
        self.grid.setAccessibleName(_("党员名册"))
        self._tree_card = frame("card")
        self._tree_card.setFixedWidth(px(_TREE))
        tree_box = column(margin=10, gap=8, parent=self._tree_card)
        tree_box.addWidget(Words(_("组织"), "heading"))
        tree_box.addWidget(self.tree, 1)
        grid_card = frame("card")
        grid_box = column(margin=10, gap=8, parent=grid_card)
        grid_box.addWidget(self.toolbar)
        self._stack = QStackedWidget()
        self._empty = self._make_empty()
        for page in (self.grid, self.cards, self._empty):
            self._stack.addWidget(page)
        grid_box.addWidget(self._stack, 1)
        foot = row(gap=12)
        keys = _("可直接从 Excel、WPS 复制后粘贴 · Ctrl+D 向下填充 · F8 下一个问题 · Ctrl+; 填今天")
        foot.addWidget(Elide(keys, "hint"), 1)
        self._counts = Words(role="second")
        foot.addWidget(self._counts)
        grid_box.addLayout(foot)
        self.details.setFixedWidth(px(_DETAILS))
        line = row(gap=12)
        line.addWidget(self._tree_card)
        line.addWidget(grid_card, 1)
        line.addWidget(self.details)
        self.body.addLayout(line, 1)

    def _add_grid_actions(self) -> None:
        """What the menu of the grid offers besides the clipboard."""
        for text, action in (
            (_("修改历史"), self._show_current_history),
            (_("打印登记表"), self._print_current_sheet),
            (_("登记变动…"), self._record_current_event),
            (_("移到回收站…"), self.delete_selected),
        ):
            one = QAction(text, self.grid)
            one.triggered.connect(action)
            self.grid.addAction(one)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "users",
            _("名册里还没有党员"),
            _("把去年的 Excel 名册导入进来，或者先新增一名党员。"),
            [
                button(_("导入 Excel"), self._ask_for_import, look="primary", icon_name="file-import"),
                button(_("新增党员"), self.begin_new, icon_name="plus"),
            ],
            _("也可以在 Excel 里复制几行，到这里按 Ctrl+V。"),
        )

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.tree.place_chosen.connect(self._choose_place)
        self.grid.filters_changed.connect(self._narrow)
        self.grid.sort_requested.connect(self._sort_by_column)
        self.grid.current_row_changed.connect(self._show_row)
        self.cards.current_row_changed.connect(self._show_row)
        self.model.entered.connect(self._say_outcome)
        self.banner.pressed.connect(self.next_finding)
        self.details.sheet_requested.connect(self._print_sheet)
        self.details.history_requested.connect(self._show_history)
        acts = self.actions_on_members
        self.details.event_requested.connect(acts.record_event)
        self.details.event_chosen.connect(acts.correct_event)
        acts.revealed.connect(self._set_revealed)
        tools = self.toolbar
        tools.reveal_requested.connect(acts.reveal)
        tools.only_findings_chosen.connect(self._only_findings)
        tools.columns_requested.connect(self._choose_columns)
        tools.order_chosen.connect(self._sort_by_order)
        tools.display_chosen.connect(self._choose_display)
        tools.view_chosen.connect(self._apply_view)
        tools.view_saving_requested.connect(self._ask_view_name)

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        if self.tree.topLevelItemCount() == 0:
            self._fill_tree(first=True)
            self.roster.choose(self.tree.place)
            self._look_again()
            self.actions_on_members.offer_draft()
        if isinstance(target, int):
            self.show_member(target)

    def _fill_tree(self, *, first: bool = False) -> None:
        nodes = rosters.roster_tree(self.desk.branch, clock.today())
        self.tree.fill(nodes, None if first else self.tree.place)

    def _look_again(self) -> None:
        """Show the reloaded list."""
        self.model.look_again()
        self.details.around = self.roster.around
        self._show_counts()
        empty = not len(self.roster) and not self.grid.filter_texts() and not self.roster.query.only_findings
        whole = self.tree.topLevelItem(0) is not None and self.tree.place == self._root_place()
        page: QWidget = self.cards if self.toolbar.display == "cards" else self.grid
        self._stack.setCurrentWidget(self._empty if empty and whole else page)
        if len(self.roster):
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self._show_row(0)

    def _root_place(self) -> Place:
        item = self.tree.topLevelItem(0)
        found = item.data(0, 0x0100) if item is not None else None
        return found if isinstance(found, Place) else Place()

    def _show_counts(self) -> None:
        counts = self.roster.counts
        self._counts.setText(
            _(
                "{total} 人 · 正式 {full} · 预备 {probationary} · 女 {women}",
                total=counts.total,
                full=counts.full,
                probationary=counts.probationary,
                women=counts.women,
            )
        )
        parts = [
            _("数据截至 {day}", day=PartialDate.of(clock.today()).shown()),
            _n("{n} 名党员", counts.total),
        ]
        if self.roster.findings:
            parts.append(_n("{n} 人需要核对", self.roster.findings))
        self.subtitle.setText(" · ".join(parts))
        self.toolbar.show_findings(self.roster.findings)
        self.toolbar.show_undo()

    def _show_row(self, index: int) -> None:
        """Show a member in the pane, and the gravest finding in the banner."""
        member = self.roster.row(index) if 0 <= index < len(self.roster) else None
        findings = self.roster.remarks(member) if member is not None else []
        if self.details.isVisible() or not self.isVisible():
            self.details.show_member(member.uid if member else None, findings)
        if member is None or not findings:
            self.banner.say("info", "")
            return
        worst = max(findings, key=lambda finding: finding.severity)
        field = next((one.label for one in self.model.columns if one.id == worst.field), "")
        sentence = _(
            "第 {row} 行 {field}：{sentence}", row=index + 1, field=field.strip(" *"), sentence=worst.sentence
        )
        self.banner.say("err" if worst.is_error else "warn", sentence, _("下一个问题 F8"))

    def current_index(self) -> int:
        """The place in the list that the clerk looks at; -1 for none."""
        view = self.cards if self._stack.currentWidget() is self.cards else self.grid
        return view.currentIndex().row() if view.currentIndex().isValid() else -1

    def show_member(self, rid: int) -> None:
        """Go to a member, wherever in the tree it stands."""
        index = self.roster.index(rid)
        if index is None:
            self.grid.clear_filters()
            self.roster.narrow({})
            for place in (Place(), Place(states=("suspended", "left", "ended", "dead"))):
                self.roster.choose(place)
                index = self.roster.index(rid)
                if index is not None:
                    break
            self.model.look_again()
            self._show_counts()
        if index is not None:
            self.grid.setCurrentIndex(self.model.index(index, 0))
            self.grid.setFocus()

    # ---- following changes

    def _follow_change(self, changes: Changes) -> None:
        if not changes.touches(
            "member", "member_event", "post", "pending_value", "organisation_version", "attachment"
        ):
            self.toolbar.show_undo()
            return
        if changes.touches("organisation_version", "dictionary_entry"):
            self._fill_tree()
        current = self.grid.currentIndex()
        same = self.roster.refresh()
        if same:
            self.model.refresh_cells()
        else:
            self.model.look_again()
            last = max(self.model.rowCount() - 1, 0)
            column_ = max(current.column(), 0)
            self.grid.setCurrentIndex(self.model.index(min(max(current.row(), 0), last), column_))
        self._fill_tree()
        self._show_counts()
        if len(self.roster) and self._stack.currentWidget() is self._empty:
            self._stack.setCurrentWidget(self.grid)
        self._show_row(self.current_index())

    def _say_outcome(self, outcome: Outcome) -> None:
        """After an edit of several cells, say how many there were and how many want a look."""
        if outcome.fields + outcome.read_only <= 1:
            return
        wrong = len({(uid, finding.field) for uid, finding in outcome.findings})
        sentence = _n("已填入 {n} 格", outcome.fields)
        if wrong:
            sentence += _n("，其中 {n} 格有问题（F8）", wrong)
        if outcome.read_only:
            sentence += _n("；{n} 格不能直接改，已跳过", outcome.read_only)
        self.desk.undo_offered.emit(sentence + "。" if not sentence.endswith("。") else sentence)

    # ---- choosing what to see

    def _choose_place(self, place: Place) -> None:
        self.commit()
        self.roster.choose(place)
        self._look_again()

    def _narrow(self, texts: dict[str, str]) -> None:
        self.roster.narrow(texts)
        self.model.look_again()
        self._show_counts()
        self._show_row(self.current_index())

    def _only_findings(self, only: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.roster.only_findings(only=only)
        self._look_again()

    def _sort_by_column(self, section: int) -> None:
        field = self.model.fields[section]
        query = self.roster.query
        descending = query.sort == field.id and not query.descending
        self.roster.sort(field.id, descending=descending)
        self.grid.show_sorting(section, descending=descending)
        self.toolbar.show_order("")
        self._look_again()

    def _sort_by_order(self, order: str) -> None:
        self.roster.sort(order)
        self.grid.show_sorting(-1, descending=False)
        self._look_again()

    def _choose_display(self, display: str) -> None:
        chosen = self.cards if display == "cards" else self.grid
        index = self.current_index()
        if self._stack.currentWidget() is not self._empty:
            self._stack.setCurrentWidget(chosen)
        if index >= 0:
            chosen.setCurrentIndex(self.model.index(index, 0))
        chosen.setFocus()

    def _choose_columns(self) -> None:
        ColumnDialog(ordered_fields(), self._hidden, rosters.FIRST_COLUMNS, self._hide_columns, self).open()

    def _hide_columns(self, hidden: list[str]) -> None:
        self._hidden = hidden
        self.grid.show_columns(hidden)

    # ---- saved views

    def _ask_view_name(self) -> None:
        hint = _("视图名称，比如“交党费用”")
        LineDialog(_("保存视图"), "", hint, _("保存"), self._save_view, self).open()

    def _save_view(self, name: str) -> None:
        query = self.roster.query
        view = View(name, tuple(self._hidden), self.grid.filter_texts(), query.sort, query.descending)
        self.desk.do(
            lambda: views.save_view(self.desk.branch, SCREEN, view), _("视图“{name}”已保存。", name=name)
        )

    def _apply_view(self, view: View) -> None:
        self._hide_columns(list(view.hidden))
        self.grid.set_filter_texts(view.filters)
        self.roster.narrow(view.filters)
        self.roster.sort(view.sort, descending=view.descending)
        self.toolbar.show_order(view.sort)
        self._look_again()

    # ---- acting on members

    @override
    def begin_new(self) -> None:
        self.actions_on_members.begin_new()

    def delete_selected(self) -> None:
        """Move the selected members to the recycle bin, after a reason."""
        block = self.grid.blocks.selected()
        places = [place for place in range(block.top(), block.bottom() + 1) if not self.model.is_new(place)]
        self.actions_on_members.delete([member.uid for member in self.roster.rows(places)])

    def _set_revealed(self, revealed: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.toolbar.show_reveal(revealed=revealed)
        self.model.refresh_cells()
        self._show_row(self.current_index())

    def _current_uid(self) -> str | None:
        member = self.roster.row(self.current_index()) if self.current_index() >= 0 else None
        return member.uid if member is not None else None

    def _show_current_history(self) -> None:
        if uid := self._current_uid():
            self._show_history(uid)

    def _print_current_sheet(self) -> None:
        if uid := self._current_uid():
            self._print_sheet(uid)

    def _record_current_event(self) -> None:
        if uid := self._current_uid():
            self.actions_on_members.record_event(uid)

    # ---- going elsewhere

    def _ask_for_import(self) -> None:
        self.desk.screen_requested.emit("roster_import", None)

    def _ask_for_export(self) -> None:
        shown = tuple(field.id for field in ordered_fields() if field.id not in self._hidden)
        query = self.roster.query
        special = {rosters.ENTERED, rosters.PINYIN, rosters.STROKES, rosters.POSTS}
        order = query.sort if query.sort in special else rosters.ENTERED
        choice = RosterChoice(place=self.roster.place.uid, columns=shown, order=order)
        self.desk.screen_requested.emit("roster_export", choice)

    @override
    def print_here(self) -> None:
        self.desk.screen_requested.emit("print_roster", self.roster.place)

    def _print_sheet(self, uid: str) -> None:
        self.desk.screen_requested.emit("print_sheet", [uid])

    def _show_history(self, uid: str) -> None:
        self.desk.screen_requested.emit("member_history", uid)

    # ---- wishes of the window

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        places = self.roster.indexes_with_findings()
        if not places:
            self.desk.toast_requested.emit(_("没有需要核对的地方。"))
            return
        here = self.grid.currentIndex()
        ordered = [
            (place, column_)
            for place in places
            for column_, field in enumerate(self.model.fields)
            if (member := self.roster.row(place)) is not None
            and field.id in self.model.remarks(place, member)
        ]
        position = (here.row(), here.column())
        if backwards:
            target = next((one for one in reversed(ordered) if one < position), ordered[-1])
        else:
            target = next((one for one in ordered if one > position), ordered[0])
        field_id = self.model.fields[target[1]].id
        if field_id in self._hidden:
            self._hide_columns([one for one in self._hidden if one != field_id])
        self._stack.setCurrentWidget(self.grid)
        self.grid.setCurrentIndex(self.model.index(*target))
        self.grid.setFocus()

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        index = self.current_index() + (-1 if backwards else 1)
        if 0 <= index < len(self.roster):
            self.grid.setCurrentIndex(self.model.index(index, max(self.grid.currentIndex().column(), 0)))

    @override
    def find_here(self) -> None:
        self.grid.focus_filter()

    @override
    def refresh(self) -> None:
        self._fill_tree()
        self.roster.reload()
        self._look_again()

    @override
    def commit(self) -> None:
        self.details.commit()

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        panes = [self.tree, self._stack.currentWidget(), self.details, self.toolbar]
        step_pane(panes, backwards=backwards)

    @override
    def toggle_details(self) -> None:
        self._wants_details = not self.details.isVisible()
        self._fit()
        self._show_row(self.current_index())

    @override
    def toggle_focus(self) -> None:
        self._focus_mode = not self._focus_mode
        self._fit()

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
