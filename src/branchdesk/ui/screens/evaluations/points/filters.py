"""What narrows points: the organisation and the year, and for the grid until when, in which order, a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.name_search import fit
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree, root_of
from branchdesk.services.points import reading
from branchdesk.ui.look import px
from branchdesk.ui.pane import refill
from branchdesk.ui.widgets.choices import Choice

BY_TOTAL, BY_ROSTER = "by_total", "by_roster"
_BESIDE_THE_HINT = 56
_DECEMBER = 12


class PlaceAndYear(QObject):
    """Which organisation and year are looked at. `changed` tells that something else is asked for."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = ""
        self.place, self.year = Choice(), Choice()
        self.place.setAccessibleName(_("组织"))
        self.year.setAccessibleName(_("年度"))
        for box in (self.place, self.year):
            box.currentIndexChanged.connect(self.changed)

    @property
    def widgets(self) -> list[QWidget]:
        """All of them in their order."""
        return [self.place, self.year]

    def offer(self, branch: Branch) -> None:
        """Offer the organisations and years that there are, keeping what is chosen."""
        places = [one for one in organisation_tree(branch).walk() if one.kind is not OrganisationKind.GROUP]
        refill(self.place, [(one.name, one.organisation) for one in places])
        self._home = root_of(branch)
        entered = reading.years_of_points(branch, self.organisation)
        years = sorted({clock.today().year, *entered}, reverse=True)
        refill(self.year, [(_("{year} 年", year=year), year) for year in years])

    def show_possible(self, *, shown: bool) -> None:
        """Hide the list of organisations where there is one only."""
        self.place.setVisible(shown and self.place.count() > 1)

    @property
    def organisation(self) -> str:
        """Whose members are shown."""
        return str(self.place.currentData() or self._home)

    @property
    def chosen_year(self) -> int:
        """The year that is shown."""
        return int(self.year.currentData() or clock.today().year)


class PointsFilters(PlaceAndYear):
    """The widgets above the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.until, self.order = Choice(), Choice()
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("姓名或拼音首字母"))
        self.name.setClearButtonEnabled(True)
        hint = self.name.fontMetrics().horizontalAdvance(self.name.placeholderText())
        self.name.setMinimumWidth(max(px(170), hint + px(_BESIDE_THE_HINT)))
        refill(self.order, [(_("按总积分"), BY_TOTAL), (_("按名册顺序"), BY_ROSTER)])
        months = [(_("截至 {n} 月底", n=month), month) for month in range(_DECEMBER, 0, -1)]
        refill(self.until, [(_("全年"), None), *months])
        for words, widget in ((_("截至"), self.until), (_("顺序"), self.order), (_("筛选"), self.name)):
            widget.setAccessibleName(words)
        for box in (self.until, self.order):
            box.currentIndexChanged.connect(self.changed)
        self.name.textChanged.connect(self.changed)

    @property
    @override
    def widgets(self) -> list[QWidget]:
        return [*super().widgets, self.until, self.order, self.name]

    @property
    def month(self) -> int | None:
        """Until which month points are counted; None for the whole year."""
        month = self.until.currentData()
        return int(month) if month is not None else None

    @property
    def last_day(self) -> date | None:
        """Until which day points are counted; None for the whole year."""
        return PartialDate(self.chosen_year, self.month).last_day() if self.month is not None else None

    @property
    def by_total(self) -> bool:
        """Whether the highest total comes first."""
        return bool(self.order.currentData() == BY_TOTAL)

    def fits(self, names: Sequence[str]) -> list[bool]:
        """Which of the names fit what was typed."""
        typed = self.name.text().strip()
        return [not typed or fit(typed, one) is not None for one in names]
