"""The matrix of members and dimensions: how far the star of each has come, and how many were awarded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
)
from typing_extensions import override

from branchdesk.domain.evaluations.model import Star, StarState, Subject
from branchdesk.domain.evaluations.stars import star_count
from branchdesk.i18n import _
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.look import BODY, look, px
from branchdesk.ui.screens.evaluations.column_room import give_room
from branchdesk.ui.screens.evaluations.points.bar import PARTS, BarPart, TotalColumn
from branchdesk.ui.screens.evaluations.stars.signs import NONE, SIDE, paint_sign, tone_of, word_of
from branchdesk.ui.screens.evaluations.words import figure
from branchdesk.ui.widgets.tables import SimpleTable

STATE = int(Qt.ItemDataRole.UserRole) + 3
NUMBER, NAME, FIRST = range(3)
_GAP, _BESIDE = 6, 26
_LEAST_NAME, _POINTS_WIDTH = 76, 104
_LONGEST_LINE = 10  # letters of a heading
Index = QModelIndex | QPersistentModelIndex


class StarColumn(QStyledItemDelegate):
    """Paints the sign of a state before its word."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined] # the stubs leave it out; sign and word are painted below

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state, words = str(index.data(STATE) or NONE), str(index.data() or "")
        room = QRectF(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        colors = look()
        side, gap = px(SIDE), px(_GAP)
        painter.save()
        painter.setFont(colors.font(BODY))
        breadth = painter.fontMetrics().horizontalAdvance(words) if state else 0
        left = room.center().x() - (side + (gap + breadth if state else 0)) / 2
        sign = QRectF(left, room.center().y() - side / 2, side, side)
        paint_sign(painter, sign, state, colors.color("sel_text" if chosen else tone_of(state)))
        if state:
            painter.setPen(colors.color("sel_text" if chosen else "text"))
            place = QRectF(sign.right() + gap, room.top(), breadth + gap, room.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + px(SIDE + _GAP), hint.height())


class StarMatrix(SimpleTable):
    """One row for each member that takes part, one column for each dimension; single cells are chosen."""

    def __init__(self) -> None:
        super().__init__([_("序号"), _("党员")], NAME)
        self.setObjectName("star_matrix")
        self.setAccessibleName(_("五星党员"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(True)
        self.keep_room(3)
        self.subjects: list[Subject] = []
        self.dimensions: tuple[str, ...] = ()
        self._stars: dict[tuple[str, str], Star] = {}
        self._signs, self._bars = StarColumn(self), TotalColumn(self)
        self._with_points = False

    # ---- showing

    def show_sheet(self, sheet: EvaluationSheet, subjects: Sequence[Subject]) -> None:
        """Show the stars of members, keeping the cell that is chosen."""
        chosen = (self.chosen_subject, self.chosen_dimension)
        before = self.blockSignals(True)
        self.subjects = list(subjects)
        self._stars = {(one.subject, one.dimension): one for one in sheet.evaluation.stars}
        self._with_points = any(sheet.points.get(one.uid) is not None for one in subjects)
        self._follow(sheet)
        self.show_rows([self._texts(sheet, number, one) for number, one in enumerate(subjects, start=1)])
        self._dress(sheet)
        self._fit_columns()
        self.choose(*chosen)
        self.blockSignals(before)

    def _follow(self, sheet: EvaluationSheet) -> None:
        """One column for each dimension, then how many stars there are and the points."""
        self.dimensions = tuple(one.id for one in sheet.scheme.dimensions)
        titles = [one.title for one in sheet.scheme.dimensions]
        labels = [_("序号"), _("党员"), *titles, _("得星"), _("总积分")]
        self.setColumnCount(len(labels))
        for column, label in enumerate(labels):
            heading = QTableWidgetItem(in_two_lines(label))
            if column != NAME:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.setHorizontalHeaderItem(column, heading)
            signs = FIRST <= column < FIRST + len(self.dimensions)
            if signs:
                self.setItemDelegateForColumn(column, self._signs)
        self.setItemDelegateForColumn(self._points_column, self._bars)

    @property
    def _count_column(self) -> int:
        return FIRST + len(self.dimensions)

    @property
    def _points_column(self) -> int:
        return self._count_column + 1

    def _texts(self, sheet: EvaluationSheet, number: int, subject: Subject) -> tuple[str, ...]:
        states = (self._stars.get((subject.uid, one)) for one in self.dimensions)
        points = sheet.points.get(subject.uid)
        return (
            str(number),
            subject.name,
            *("—" if one is None else word_of(one.state) for one in states),
            str(star_count(sheet.evaluation.stars, subject.uid)),
            figure(points) if points is not None else "",
        )

    def _dress(self, sheet: EvaluationSheet) -> None:
        """Give the cells their signs and bars; only dimensions can be chosen."""
        titles = {one.id: one.title for one in sheet.scheme.dimensions}
        most = max((held for one in self.subjects if (held := sheet.points.get(one.uid))), default=Decimal(0))
        enabled = Qt.ItemFlag.ItemIsEnabled
        for row, subject in enumerate(self.subjects):
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if item is None:
                    continue
                if column != NAME:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setFlags(enabled)
                if FIRST <= column < self._count_column:
                    dimension = self.dimensions[column - FIRST]
                    star = self._stars.get((subject.uid, dimension))
                    item.setFlags(enabled | Qt.ItemFlag.ItemIsSelectable)
                    item.setData(STATE, star.state.value if star is not None else NONE)
                    words = word_of(star.state) if star is not None else _("未申报")
                    item.setToolTip(
                        _(
                            "{name} · {dimension}：{state}",
                            name=subject.name,
                            dimension=titles[dimension],
                            state=words,
                        )
                    )
            held = sheet.points.get(subject.uid) or Decimal(0)
            item = self.item(row, self._points_column)
            if item is not None and most > 0 and held > 0:
                item.setData(PARTS, (BarPart(float(held / most), "link"),))

    # ---- what is chosen

    @property
    def chosen_subject(self) -> str:
        """The uid of the member in front; empty where there is none."""
        row = self.currentRow()
        return self.subjects[row].uid if 0 <= row < len(self.subjects) else ""

    @property
    def chosen_dimension(self) -> str:
        """The dimension in front; empty where none is."""
        place = self.currentColumn() - FIRST
        return self.dimensions[place] if 0 <= place < len(self.dimensions) else ""

    @property
    def chosen_star(self) -> Star | None:
        """The star in front; None where nothing was declared."""
        return self._stars.get((self.chosen_subject, self.chosen_dimension))

    def choose(self, subject: str, dimension: str = "") -> None:
        """Bring a cell to the front; the first dimension where none is named."""
        uids = [one.uid for one in self.subjects]
        if not self.dimensions or not uids:
            return
        row = uids.index(subject) if subject in uids else 0
        place = self.dimensions.index(dimension) if dimension in self.dimensions else 0
        self.setCurrentCell(row, FIRST + place)

    @override
    def selectRow(self, row: int) -> None:
        """Choose the cell of a row in the dimension that is in front."""
        place = max(self.currentColumn(), FIRST)
        self.setCurrentCell(row, min(place, self.columnCount() - 1))

    # ---- room

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Let points, then numbers go where names would have no room; dimensions always stay."""
        if not self.dimensions:
            return
        self.horizontalHeader().ensurePolished()
        words_breadth = max(self.fontMetrics().horizontalAdvance(word_of(one)) for one in StarState)
        cell = px(SIDE + _GAP + _BESIDE) + words_breadth
        for column in range(FIRST, self._count_column):
            heading = self.horizontalHeaderItem(column)
            words = self._breadth(heading.text()) + px(_BESIDE - _GAP) if heading is not None else 0
            self.setColumnWidth(column, max(cell, words))
        if self._with_points:
            self.setColumnWidth(self._points_column, px(_POINTS_WIDTH))
        spare = [*([self._points_column] if self._with_points else []), NUMBER, self._count_column]
        self.setColumnHidden(self._points_column, not self._with_points)
        for column in spare:
            self.setColumnHidden(column, False)
        give_room(self, NAME, spare, _LEAST_NAME)

    def _breadth(self, heading: str) -> int:
        """How wide a heading is that may stand in two lines."""
        measure = self.horizontalHeader().fontMetrics().horizontalAdvance
        return max(measure(line) for line in heading.split("\n"))


def in_two_lines(heading: str) -> str:
    """A long heading of several words, broken near its middle; Chinese ones are short and stay whole."""
    spaces = [place for place, letter in enumerate(heading) if letter == " "]
    if len(heading) <= _LONGEST_LINE or not spaces:
        return heading
    middle = min(spaces, key=partial(_from_middle, len(heading)))
    return f"{heading[:middle]}\n{heading[middle + 1 :]}"


def _from_middle(length: int, place: int) -> int:
    return abs(2 * place - length)
