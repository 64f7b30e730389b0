"""The grid of members and buckets: what each bucket holds, the total with its bar, what can be exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableWidgetItem
from typing_extensions import override

from branchdesk.domain.points.model import PointScheme
from branchdesk.domain.points.tally import explain_total, shown_points
from branchdesk.i18n import _
from branchdesk.services.points.reading import PersonPoints
from branchdesk.ui.look import look, px
from branchdesk.ui.screens.evaluations.points.bar import (
    PARTS,
    TotalColumn,
    bar_parts,
    bucket_tones,
)
from branchdesk.ui.widgets.figure_columns import align_figures
from branchdesk.ui.widgets.tables import SimpleTable

PLACE, NAME, GROUP, FIRST_BUCKET = range(4)
_TOTAL_WIDTH, _LEAST_NAME = 112, 84


class PointsTable(SimpleTable):
    """One row for each member; `show_people` fills it, the columns follow the scheme."""

    def __init__(self) -> None:
        super().__init__([_("名次"), _("姓名"), _("党小组"), _("总积分")], NAME, several=True)
        self.setObjectName("points")
        self.setAccessibleName(_("党员积分"))
        self.keep_room(3)
        self._buckets: tuple[str, ...] = ()
        self._redeems = True
        self._with_groups = False
        self._bar = TotalColumn(self)

    @property
    def total(self) -> int:
        """The column of totals."""
        return FIRST_BUCKET + len(self._buckets)

    def show_people(
        self, scheme: PointScheme, people: Sequence[PersonPoints], places: Sequence[int], longest: Decimal
    ) -> None:
        """Show members; `places` are those in the order of totals, `longest` is how long a whole bar is."""
        self._follow(scheme)
        with_groups = any(one.group for one in people)
        self.show_rows([self._texts(one, place) for one, place in zip(people, places, strict=True)])
        tones = bucket_tones(scheme)
        figures = {PLACE, *range(FIRST_BUCKET, self.columnCount())} - {self.total}
        align_figures(self, figures)
        for number, one in enumerate(people):
            for column, part in enumerate(one.tally.buckets, start=FIRST_BUCKET):
                item = self.item(number, column)
                if item is not None and part.counted < 0:
                    item.setForeground(look().color("err"))
            item = self.item(number, self.total)
            if item is not None:
                item.setData(PARTS, bar_parts(one.tally.buckets, tones, longest))
                item.setToolTip(explain_total(one.tally))
        self.setColumnWidth(self.total, max(self.columnWidth(self.total), px(_TOTAL_WIDTH)))
        self.fit_columns(with_groups=with_groups)

    def _texts(self, one: PersonPoints, place: int) -> tuple[str, ...]:
        return (
            str(place),
            one.name,
            one.group,
            *(shown_points(part.counted) for part in one.tally.buckets),
            shown_points(one.tally.total),
            shown_points(one.balance),
        )

    def _follow(self, scheme: PointScheme) -> None:
        """One column for each bucket, then the total and what can be exchanged."""
        wanted = tuple(one.title for one in scheme.buckets)
        labels = [_("名次"), _("姓名"), _("党小组"), *wanted, _("总积分"), _("可兑换")]
        if self.columnCount() == len(labels) and wanted == self._buckets:
            return
        old = self.total
        self._buckets = wanted
        if 0 <= old < self.columnCount():
            self.setItemDelegateForColumn(old, None)  # type: ignore[arg-type] # back to the usual one
        self.setColumnCount(len(labels))
        for column, label in enumerate(labels):
            heading = QTableWidgetItem(label)
            if column == self.total:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.setHorizontalHeaderItem(column, heading)
        self.setItemDelegateForColumn(self.total, self._bar)
        self.setColumnHidden(self.total + 1, not scheme.redeem)
        self._redeems = bool(scheme.redeem)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self, *, with_groups: bool | None = None) -> None:
        """Let columns go where the names would have no room: groups first, then buckets from the right."""
        if with_groups is not None:
            self._with_groups = with_groups
        buckets = range(self.total - 1, FIRST_BUCKET - 1, -1)
        last = [self.total + 1] if self._redeems else []
        spare = [*([GROUP] if self._with_groups else []), *last, *buckets, PLACE]
        for column in spare:
            self.setColumnHidden(column, False)
        self.setColumnHidden(GROUP, not self._with_groups)
        for column in spare:
            taken = sum(self.columnWidth(one) for one in range(self.columnCount()) if one != NAME)
            if self.viewport().width() - taken >= px(_LEAST_NAME):
                return
            self.setColumnHidden(column, True)
