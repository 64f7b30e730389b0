"""What narrows daily records: the organisation, the year and a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.name_search import fit
from branchdesk.i18n import _
from branchdesk.services.daily.reading import years_of_daily
from branchdesk.services.open_branch import Branch
from branchdesk.ui.look import px
from branchdesk.ui.pane import refill
from branchdesk.ui.screens.evaluations.points.filters import PlaceAndYear

_BESIDE_THE_HINT = 56


class DailyFilters(PlaceAndYear):
    """The widgets above the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("姓名或拼音首字母"))
        self.name.setAccessibleName(_("筛选"))
        self.name.setClearButtonEnabled(True)
        hint = self.name.fontMetrics().horizontalAdvance(self.name.placeholderText())
        self.name.setMinimumWidth(max(px(170), hint + px(_BESIDE_THE_HINT)))
        self.name.textChanged.connect(self.changed)

    @property
    @override
    def widgets(self) -> list[QWidget]:
        return [*super().widgets, self.name]

    @override
    def offer(self, branch: Branch) -> None:
        super().offer(branch)
        years = years_of_daily(branch, self.organisation)
        refill(self.year, [(_("{year} 年", year=year), year) for year in years])

    def fits(self, names: Sequence[str]) -> list[bool]:
        """Which of the names fit what was typed."""
        typed = self.name.text().strip()
        return [not typed or fit(typed, one) is not None for one in names]
