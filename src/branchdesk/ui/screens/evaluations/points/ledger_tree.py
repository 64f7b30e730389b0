"""The ledger of one member: what each rule gave with the entries behind it, or entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from branchdesk.domain.points.model import PointEntry
from branchdesk.domain.points.tally import (
    CountedLine,
    LeftOut,
    RuleTotal,
    Tally,
    WhyLeftOut,
    by_rule,
    explain_left_out,
    explain_line,
    shown_points,
    signed,
)
from branchdesk.i18n import _, _n, joined, later
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.figure_columns import RIGHT

BY_RULE, BY_DAY = "by_rule", "by_day"
_WORDS, _POINTS = range(2)
_BESIDE = 28
_ENTRY = int(Qt.ItemDataRole.UserRole)
_GROUP = _ENTRY + 1
# The groups that are not of one rule.
_WAITING, _REST = "waiting", "rest"
_WHY = {
    WhyLeftOut.PROPOSED: later("待审核"),
    WhyLeftOut.DECLINED: later("未通过"),
    WhyLeftOut.REVERSED: later("已冲正"),
    WhyLeftOut.REVERSAL: later("冲正"),
    WhyLeftOut.UNKNOWN_RULE: later("现行办法没有这一项"),
}


class LedgerTree(QTreeWidget):
    """`chosen` tells that another line came to the front, `opened` Enter or a double click on an entry."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ledger")
        self.setAccessibleName(_("积分明细"))
        self.setProperty("role", "plain")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(px(14))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(px(76))
        self._expanded = {_WAITING}
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(px(40))
        head.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_POINTS, QHeaderView.ResizeMode.Fixed)
        self._connect()

    def _connect(self) -> None:
        self.currentItemChanged.connect(self.chosen)
        self.itemDoubleClicked.connect(self._open_current)

    # ---- showing

    def show_tally(self, tally: Tally, view: str) -> None:
        """Show the ledger of one member, keeping the line in front where it is still there."""
        before, group = self.current_uid, self._current_group
        self._remember_expanded()
        self.blockSignals(True)
        self.clear()
        if view == BY_RULE:
            self._show_by_rule(tally)
        else:
            self._show_by_day(tally)
        # How often stands at the end of a rule, what proves an entry at the end of an entry.
        elide = Qt.TextElideMode
        self.setTextElideMode(elide.ElideMiddle if view == BY_RULE else elide.ElideRight)
        texts = [item.text(_POINTS) for item in self._items()]
        metrics = QFontMetrics(look().font(strong=True))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        self.setColumnWidth(_POINTS, widest + px(_BESIDE))
        for item in self._above():
            item.setExpanded(item.data(_WORDS, _GROUP) in self._expanded)
        self._choose(before, group)
        self.blockSignals(False)
        self.chosen.emit()

    def _remember_expanded(self) -> None:
        for item in self._above():
            group = item.data(_WORDS, _GROUP)
            if group:
                (self._expanded.add if item.isExpanded() else self._expanded.discard)(group)

    def _show_by_rule(self, tally: Tally) -> None:
        waiting = [one for one in tally.left_out if one.why is WhyLeftOut.PROPOSED]
        if waiting:
            above = self._group(_n("待审核 {n} 笔", len(waiting)), "warn", _WAITING)
            for left in waiting:
                above.addChild(self._left_out(left, tally, with_state=False))
        for one in by_rule(tally):
            above = self._rule(one)
            for line in tally.lines:
                if line.rule.id == one.rule.id:
                    above.addChild(self._line(line, with_rule=False))
        rest = [one for one in tally.left_out if one.why is not WhyLeftOut.PROPOSED]
        if rest:
            above = self._group(_n("不计分 {n} 笔", len(rest)), "text3", _REST)
            for left in rest:
                above.addChild(self._left_out(left, tally))

    def _show_by_day(self, tally: Tally) -> None:
        """The latest first, as one looks for what was entered just now."""
        rows: list[tuple[PointEntry, QTreeWidgetItem]] = [
            *((line.entry, self._line(line)) for line in tally.lines),
            *((left.entry, self._left_out(left, tally)) for left in tally.left_out),
        ]
        for _entry, item in sorted(rows, key=lambda row: (row[0].on, row[0].uid), reverse=True):
            self.addTopLevelItem(item)

    def _rule(self, total: RuleTotal) -> QTreeWidgetItem:
        words = _(
            "{rule} {quantity} {unit}",
            rule=total.rule.title,
            quantity=shown_points(total.quantity),
            unit=total.rule.unit,
        )
        item = QTreeWidgetItem([words, signed(total.counted)])
        item.setData(_WORDS, _GROUP, total.rule.id)
        cut = _(
            "按规则 {raw} 分，封顶后计 {counted} 分。", raw=signed(total.raw), counted=signed(total.counted)
        )
        _tell(item, joined(_("“{rule}”。", rule=total.rule.called), cut if total.is_cut else ""))
        _color(item, "err" if total.counted < 0 else "ok" if total.counted else "text3")
        item.setFont(_POINTS, look().font(strong=True))
        self.addTopLevelItem(item)
        return item

    def _group(self, words: str, tone: str, group: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words, ""])
        item.setForeground(_WORDS, look().color(tone))
        item.setData(_WORDS, _GROUP, group)
        self.addTopLevelItem(item)
        return item

    @staticmethod
    def _line(line: CountedLine, *, with_rule: bool = True) -> QTreeWidgetItem:
        parts = [_day(line.entry), line.rule.title if with_rule else "", _what(line), line.note]
        item = QTreeWidgetItem([" ".join(filter(None, parts)), signed(line.counted)])
        item.setData(_WORDS, _ENTRY, line.entry.uid)
        _tell(item, explain_line(line))
        tone = "warn" if line.is_cut else "err" if line.counted < 0 else "ok"
        _color(item, tone)
        return item

    @staticmethod
    def _left_out(left: LeftOut, tally: Tally, *, with_state: bool = True) -> QTreeWidgetItem:
        rule = tally.scheme.rule(left.entry.rule)
        title = rule.title if rule is not None else left.entry.rule
        state = _(_WHY[left.why]) if with_state else ""
        item = QTreeWidgetItem([" ".join(filter(None, (_day(left.entry), state, title))), "—"])
        item.setData(_WORDS, _ENTRY, left.entry.uid)
        _tell(item, _left_out_words(left, tally))
        if left.why is not WhyLeftOut.PROPOSED:
            item.setForeground(_WORDS, look().color("text3"))
        _color(item, "text3")
        return item

    # ---- choosing

    def _above(self) -> Iterator[QTreeWidgetItem]:
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return (item for item in found if item is not None)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for above in self._above():
            yield above
            yield from (above.child(number) for number in range(above.childCount()))

    def _choose(self, uid: str, group: str = "") -> None:
        fits = (
            item
            for item in self._items()
            if (uid and item.data(_WORDS, _ENTRY) == uid) or (group and item.data(_WORDS, _GROUP) == group)
        )
        found = next(fits, None) or next(self._above(), None)
        if found is not None:
            self.setCurrentItem(found)

    def choose(self, uid: str) -> None:
        """Bring the line of an entry to the front."""
        self._choose(uid)

    @property
    def _current_group(self) -> str:
        return str(self.currentIndex().siblingAtColumn(_WORDS).data(_GROUP) or "")

    @property
    def current_uid(self) -> str:
        """The entry in front; empty where a rule is or nothing."""
        return str(self.currentIndex().siblingAtColumn(_WORDS).data(_ENTRY) or "")

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Every line with its points, from the top down."""
        return [(item.text(_WORDS), item.text(_POINTS)) for item in self._items()]

    def _open_current(self) -> None:
        if self.current_uid:
            self.opened.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens an entry, and shows or hides the entries of a rule."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self.current_uid:
            self.opened.emit()
        elif self.currentIndex().isValid():
            item = self.currentItem()
            item.setExpanded(not item.isExpanded())


def _day(entry: PointEntry) -> str:
    """The day without the year, which stands above."""
    return f"{entry.on.month}.{entry.on.day:02}"


def _what(line: CountedLine) -> str:
    """How much it was where it was not one, and what proves it or was the reason."""
    entry = line.entry
    quantity = "" if entry.quantity == 1 else f"{shown_points(entry.quantity)} {line.rule.unit}"
    return " ".join(filter(None, (quantity, entry.evidence_title or entry.reason)))


def _left_out_words(left: LeftOut, tally: Tally) -> str:
    if left.why is not WhyLeftOut.REVERSAL:
        return explain_left_out(left, tally)
    return _("冲正：{reason}", reason=left.reason)


def _tell(item: QTreeWidgetItem, words: str) -> None:
    for column in (_WORDS, _POINTS):
        item.setToolTip(column, words)


def _color(item: QTreeWidgetItem, tone: str) -> None:
    item.setForeground(_POINTS, look().color(tone))
    item.setTextAlignment(_POINTS, RIGHT)
