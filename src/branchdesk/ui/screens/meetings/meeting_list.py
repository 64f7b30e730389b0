"""The list of meetings with what narrows it: year, kind, state and words."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.i18n import _, _n
from branchdesk.services.meetings import reading
from branchdesk.services.meetings.reading import MeetingQuery, MeetingRow
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import icon
from branchdesk.ui.look import look, px
from branchdesk.ui.screens.meetings.words import ICONS, TONES, state_words
from branchdesk.ui.widgets.buttons import Segments, button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Words

LIST, YEAR, STUDY = "list", "year", "study"
_TITLE, _PLACE, _CHAIR, _STATE = 3, 4, 5, 7
_FEW_COLUMNS = 860
_ICON_ROOM = 26
_BESIDE_THE_HINT = 56


class MeetingFilterBar(QWidget):
    """What narrows the list, and whether the list or the year is shown."""

    changed = Signal()
    view_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.months: tuple[int, int] | None = None
        self.of_groups: set[str] = set()
        flow = Flow(self, gap=8)
        self.view = Segments([(LIST, _("一览")), (YEAR, _("年历")), (STUDY, _("学时"))], LIST)
        self.year, self.kind, self.state = Choice(), Choice(), Choice()
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("题目、议题、内容里的字"))
        self.text.setClearButtonEnabled(True)
        hint = self.text.fontMetrics().horizontalAdvance(self.text.placeholderText())
        self.text.setMinimumWidth(max(px(220), hint + px(_BESIDE_THE_HINT)))
        self._all = button(
            _("清除筛选"), self.clear, look="ghost", icon_name="x", name="clear_meeting_filters"
        )
        for name, widget in (
            (_("年度"), self.year),
            (_("类型"), self.kind),
            (_("状态"), self.state),
            (_("筛选"), self.text),
        ):
            widget.setAccessibleName(name)
        for part in (self.view, self.year, self.kind, self.state, self.text, self._all):
            flow.addWidget(part)
        self.fill()
        self.view.chosen.connect(self.view_chosen)
        for box in (self.year, self.kind, self.state):
            box.currentIndexChanged.connect(self._tell)
        self.text.textChanged.connect(self._tell)
        self._all.hide()

    def fill(self) -> None:
        """Offer the years and kinds that there are, keeping what is chosen."""
        branch = self._desk.branch
        years = sorted({clock.today().year, *reading.years_of_meetings(branch)}, reverse=True)
        forms = reading.kinds_of_meetings(branch)
        self.of_groups = {
            form.kind for form in forms if form.meeting is not None and form.meeting.expected == "group"
        }
        kinds = [(form.shown(), form.kind) for form in forms]
        states = [(state_words(state), state.value) for state in MeetingState]
        for box, entries in (
            (self.year, [(_("{year} 年", year=year), year) for year in years] + [(_("各年"), None)]),
            (self.kind, [(_("各类会议"), ""), *kinds]),
            (self.state, [(_("各种状态"), ""), *states]),
        ):
            chosen = box.currentData() if box.count() else entries[0][1]
            box.blockSignals(True)
            box.clear()
            for words, value in entries:
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            box.blockSignals(False)

    @property
    def query(self) -> MeetingQuery:
        """What is asked for."""
        return MeetingQuery(
            year=self.year.currentData(),
            kind=str(self.kind.currentData() or ""),
            state=str(self.state.currentData() or ""),
            text=self.text.text().strip(),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the year narrows the list."""
        asked = self.query
        return bool(asked.kind or asked.state or asked.text or self.months)

    def narrow_to(self, kind: str, months: tuple[int, int]) -> None:
        """Show the meetings of a kind in some months."""
        self.months = months
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        self.kind.blockSignals(False)
        self.view.choose(LIST)
        self._all.show()
        self.changed.emit()

    def clear(self) -> None:
        """Show all meetings of the year."""
        self.months = None
        for box in (self.kind, self.state):
            box.setCurrentIndex(0)
        self.text.clear()
        self._tell()

    def _tell(self) -> None:
        if self.kind.currentIndex() == 0:
            self.months = None
        self._all.setVisible(self.is_narrowed)
        self.changed.emit()


class MeetingList(QFrame):
    """The list. `opened` tells which meeting is wanted, `row_chosen` that another one is in front."""

    opened = Signal(str)
    row_chosen = Signal()

    def __init__(self, bar: MeetingFilterBar, empty: EmptyState) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.bar = bar
        self.rows: list[MeetingRow] = []
        self._empty = empty
        box = column(margin=12, gap=10, parent=self)
        self.table = SimpleTable(
            [
                _("类型"),
                _("次数"),
                _("时间"),
                _("题目"),
                _("地点"),
                _("主持"),
                _("实到/应到"),
                _("状态"),
                _("未办结"),
            ],
            stretch=_TITLE,
            several=True,
        )
        self.table.setAccessibleName(_("会议"))
        self.table.setObjectName("meetings")
        self.table.keep_room(4)
        self.table.cellActivated.connect(self._open)
        self.table.itemSelectionChanged.connect(self.row_chosen)
        self._nothing = Words(_("没有符合条件的会议。"), "second")
        box.addWidget(self.table, 1)
        box.addWidget(self._nothing)
        box.addWidget(self._empty, 1)
        self.sum = Words("", "hint")
        box.addWidget(self.sum)

    def show_rows(self, rows: Sequence[MeetingRow], *, narrowed: bool) -> None:
        """Show meetings; where there are none at all, what to do first."""
        chosen = self.current_uid
        self.rows = list(rows)
        self.table.show_rows([_texts(one, self.bar.of_groups) for one in rows])
        for number, one in enumerate(rows):
            item = self.table.item(number, _STATE)
            if item is not None:
                item.setIcon(icon(ICONS[one.state], TONES[one.state], selected="sel_text", size=16))
                item.setForeground(look().color(TONES[one.state]))
        self.table.setColumnWidth(_STATE, self.table.columnWidth(_STATE) + px(_ICON_ROOM))
        if chosen in self.uids:
            self.table.selectRow(self.uids.index(chosen))
        self.table.setVisible(bool(rows) or narrowed)
        self._nothing.setVisible(not rows and narrowed)
        self._empty.setVisible(not rows and not narrowed)
        waiting = sum(one.open_items for one in rows)
        parts = [_n("{n} 项决定没有办结", waiting)] if waiting else []
        parts.append(_("Enter 打开 · Ctrl+N 新建 · F4 年历"))
        self.sum.setText(" · ".join(parts))
        self.sum.setVisible(bool(rows))

    @property
    def uids(self) -> list[str]:
        """The meetings from the top down."""
        return [one.uid for one in self.rows]

    @property
    def chosen(self) -> list[MeetingRow]:
        """The meetings that are chosen."""
        return [self.rows[number] for number in self.table.chosen_rows if number < len(self.rows)]

    @property
    def current_uid(self) -> str:
        """The meeting in front; empty where there is none."""
        chosen = self.chosen
        return chosen[0].uid if chosen else ""

    def _open(self, number: int, _column: int) -> None:
        if 0 <= number < len(self.rows):
            self.opened.emit(self.rows[number].uid)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_FEW_COLUMNS)
        for place in (_PLACE, _CHAIR):
            self.table.setColumnHidden(place, narrow)


def _texts(row: MeetingRow, of_groups: AbstractSet[str]) -> tuple[str, ...]:
    kind = row.kind_label
    if row.organisation_name and row.kind in of_groups:
        kind = _("{kind}（{group}）", kind=kind, group=row.organisation_name)
    return (
        kind,
        _("第 {n} 次", n=row.number) if row.number is not None else "—",
        row.on.shown() if row.on is not None else _("未定"),
        row.title,
        row.place,
        row.chair,
        f"{row.present}/{row.expected}" if row.expected else "—",
        state_words(row.state),
        str(row.open_items) if row.open_items else "",
    )
