"""The list of members in the middle of the roster screen: tools, grid or cards, and the numbers below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from branchdesk.i18n import _, _n, joined
from branchdesk.services.members import Outcome
from branchdesk.services.rosters import Place, Roster, RosterRow
from branchdesk.ui.desk import Desk
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.screens.rosters.arrangement import Arrangement
from branchdesk.ui.screens.rosters.cards import CardList
from branchdesk.ui.screens.rosters.model import RosterTableModel
from branchdesk.ui.screens.rosters.toolbar import CARDS, TABLE, RosterToolbar
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.texts import Elide, Words

_FROZEN = 1
# What only the moment of typing can tell; everything else is marked in its cell.
_OF_THE_MOMENT = {"category_kept", "confirmation_gone", "hidden_characters", "cut_off"}
_ELSEWHERE = Place(states=("suspended", "left", "ended", "dead"))


class MemberList(QFrame):
    """Shows a Roster.

    `row_shown` tells the row that the clerk looks at, `counted` that the numbers changed.
    """

    row_shown = Signal(int)
    counted = Signal()

    def __init__(self, desk: Desk, roster: Roster, empty: EmptyState) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self.roster = roster
        self.model = RosterTableModel(desk, roster, self)
        self.grid = GridView()
        self.cards = CardList(self.model)
        self._empty = empty
        # The place of the whole branch: where that is empty, the list offers how to begin.
        self.whole: Place | None = None
        self.toolbar = RosterToolbar(desk)
        self.arrangement = Arrangement(desk, roster, self.grid, self.toolbar, self)
        self._stack = QStackedWidget()
        self._counts = Words(role="second")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.grid.show_model(self.model, _FROZEN, self.arrangement.hidden)
        self.grid.setAccessibleName(_("党员名册"))
        self.grid.empty_words = _("没有符合条件的党员。")
        box = column(margin=10, gap=8, parent=self)
        box.addWidget(self.toolbar)
        for page in (self.grid, self.cards, self._empty):
            self._stack.addWidget(page)
        box.addWidget(self._stack, 1)
        self.foot = QWidget()
        foot = row(gap=12, parent=self.foot)
        keys = _("可直接从 Excel、WPS 复制后粘贴 · Ctrl+D 向下填充 · F8 下一个问题 · Ctrl+; 填今天")
        foot.addWidget(Elide(keys, "hint"), 1)
        foot.addWidget(self._counts)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        self.grid.current_row_changed.connect(self.row_shown)
        self.cards.current_row_changed.connect(self.row_shown)
        self.grid.hidden_copied.connect(self._say_hidden)
        self.model.entered.connect(self._say_outcome)
        self.toolbar.display_chosen.connect(self._show_display)
        self.arrangement.narrowed.connect(self._look_narrowed)
        self.arrangement.reordered.connect(self.look_again)

    # ---- showing

    def look_again(self) -> None:
        """Show the reloaded roster from its beginning."""
        self.model.look_again()
        self._show_counts()
        self._show_display(self.toolbar.display)
        if len(self.roster):
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self.row_shown.emit(0)

    def _look_narrowed(self) -> None:
        """Show the roster after a letter was typed above a column; the cursor stays there."""
        self.model.look_again()
        self._show_counts()
        self.row_shown.emit(self.current_index())

    def refresh(self) -> None:
        """Show the roster after a change, at the place where the clerk is."""
        current = self.grid.currentIndex()
        if self.roster.refresh():
            self.model.refresh_cells()
        else:
            self.model.look_again()
            last = max(self.model.rowCount() - 1, 0)
            down, across = min(max(current.row(), 0), last), max(current.column(), 0)
            self.grid.setCurrentIndex(self.model.index(down, across))
        self._show_counts()
        if len(self.roster) and self.pane is self._empty:
            self._show_display(self.toolbar.display)
        self.row_shown.emit(self.current_index())

    def refresh_cells(self) -> None:
        """Show the same members anew, after private numbers were shown or hidden."""
        self.model.refresh_cells()
        self.row_shown.emit(self.current_index())

    def _show_display(self, display: str) -> None:
        """Show table or cards, or what to begin with where nobody is on the roster yet."""
        index = self.current_index()
        chosen = self.cards if display == CARDS else self.grid
        nobody = not len(self.roster) and not self.arrangement.is_narrowed
        if nobody and self.roster.place == self.whole:
            self._stack.setCurrentWidget(self._empty)
            return
        changed = self.pane is not chosen
        self._stack.setCurrentWidget(chosen)
        if changed and index >= 0:
            chosen.setCurrentIndex(self.model.index(index, 0))
            chosen.setFocus()

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
        self.toolbar.show_findings(self.roster.findings)
        self.toolbar.show_undo()
        self.toolbar.show_narrowed(
            narrowed=self.arrangement.is_narrowed, only_findings=self.roster.query.only_findings
        )
        self.counted.emit()

    def _say_hidden(self) -> None:
        self._desk.toast_requested.emit(
            _("证号、手机号按隐藏的样子复制了。要完整号码，请先点“显示完整证号”。")
        )

    def _say_outcome(self, outcome: Outcome) -> None:
        """After an edit of several cells, say how many there were and how many want a look."""
        if outcome.fields + outcome.read_only <= 1:
            for _uid, finding in outcome.findings:
                if finding.code in _OF_THE_MOMENT:
                    self._desk.undo_offered.emit(finding.sentence)
            return
        wrong = len({(uid, finding.field) for uid, finding in outcome.findings})
        parts = [_n("已填入 {n} 格。", outcome.fields)]
        if wrong:
            parts.append(_n("{n} 格有问题，按 F8 逐个看。", wrong))
        if outcome.read_only:
            parts.append(_n("{n} 格不能直接改，已跳过。", outcome.read_only))
        self._desk.undo_offered.emit(joined(*parts))

    # ---- going

    @property
    def pane(self) -> QWidget:
        """What is seen of the list: grid, cards, or what to begin with."""
        return self._stack.currentWidget()

    def current_index(self) -> int:
        """The place in the list that the clerk looks at; -1 for none."""
        view = self.cards if self.pane is self.cards else self.grid
        return view.currentIndex().row() if view.currentIndex().isValid() else -1

    def current_member(self) -> RosterRow | None:
        """The member that the clerk looks at."""
        return self.member(self.current_index())

    def member(self, index: int) -> RosterRow | None:
        """The member at a place of the list; None where there is none."""
        return self.roster.row(index) if 0 <= index < len(self.roster) else None

    def selected_members(self) -> list[RosterRow]:
        """The members of the selected rows, or of the card that is chosen."""
        if self.pane is self.cards:
            member = self.current_member()
            return [member] if member is not None else []
        block = self.grid.blocks.selected()
        places = range(block.top(), block.bottom() + 1)
        return self.roster.rows([place for place in places if not self.model.is_new(place)])

    def show_member(self, rid: int) -> None:
        """Go to a member, wherever it stands."""
        index = self.roster.index(rid)
        if index is None:
            self.grid.clear_filters()
            self.roster.narrow({})
            for place in (Place(), _ELSEWHERE):
                self.roster.choose(place)
                index = self.roster.index(rid)
                if index is not None:
                    break
            self.model.look_again()
            self._show_counts()
        if index is not None:
            self.grid.setCurrentIndex(self.model.index(index, 0))
            self.grid.setFocus()

    def step(self, by: int) -> None:
        """Go to a neighbour in the list."""
        index = self.current_index() + by
        if 0 <= index < len(self.roster):
            self.grid.setCurrentIndex(self.model.index(index, max(self.grid.currentIndex().column(), 0)))

    def next_finding(self, *, backwards: bool) -> bool:
        """Go to the next cell that wants a look, round the end; False where there is none."""
        cells = [
            (place, across)
            for place in self.roster.indexes_with_findings()
            for across, field in enumerate(self.model.fields)
            if (member := self.roster.row(place)) is not None
            and field.id in self.model.remarks(place, member)
        ]
        if not cells:
            return False
        here = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
        if backwards:
            target = next((cell for cell in reversed(cells) if cell < here), cells[-1])
        else:
            target = next((cell for cell in cells if cell > here), cells[0])
        self.arrangement.show_column(self.model.fields[target[1]].id)
        self._stack.setCurrentWidget(self.grid)
        self.toolbar.show_display(TABLE)
        self.grid.setCurrentIndex(self.model.index(*target))
        self.grid.setFocus()
        return True
