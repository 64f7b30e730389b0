"""What the ballots of a batch say: votes by grade, the reference score, and the grade with most votes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableWidgetItem
from typing_extensions import override

from branchdesk.domain.evaluations.ballots import Tally
from branchdesk.domain.evaluations.model import Scheme, Subject
from branchdesk.i18n import _
from branchdesk.ui.pane import put_chips
from branchdesk.ui.screens.evaluations.column_room import give_room
from branchdesk.ui.widgets.figure_columns import align_figures
from branchdesk.ui.widgets.tables import SimpleTable

_NUMBER, _NAME, _FIRST = range(3)
_LEAST_NAME = 96


class TallyTable(SimpleTable):
    """One row for each subject; `show_tally` fills it, the columns follow the grades of the scheme."""

    def __init__(self) -> None:
        super().__init__([_("序号"), _("姓名")], _NAME)
        self.setObjectName("tally")
        self.setAccessibleName(_("测评结果"))
        self.keep_room(3)

    def show_tally(self, tally: Tally, scheme: Scheme, subjects: Sequence[Subject]) -> None:
        """Show the sums of all subjects on the ballot, in its order."""
        titles = [one.title for one in scheme.grades]
        labels = [_("序号"), _("姓名"), *titles, _("未评"), _("参考分"), _("票数最多")]
        self.setColumnCount(len(labels))
        for column, label in enumerate(labels):
            self.setHorizontalHeaderItem(column, QTableWidgetItem(label))
        self.show_rows(
            [self._texts(tally, scheme, number, one) for number, one in enumerate(subjects, start=1)]
        )
        last = self.columnCount() - 1
        align_figures(self, {_NUMBER, *range(_FIRST, last)})
        best = scheme.grades[0].code if scheme.grades else ""
        worst = scheme.grades[-1].code if scheme.grades else ""
        suggested = [row.suggested if (row := tally.rows.get(one.uid)) else "" for one in subjects]
        tones = {best: "ok", worst: "err"}
        put_chips(self, last, [tones.get(one, "info") for one in suggested])
        self._fit_columns()

    def _texts(self, tally: Tally, scheme: Scheme, number: int, subject: Subject) -> tuple[str, ...]:
        row = tally.rows.get(subject.uid)
        if row is None:
            return (str(number), subject.name, *("" for _grade in scheme.grades), "", "", "")
        suggested = scheme.grade_title(row.suggested) if row.suggested else _("票数相同")
        return (
            str(number),
            subject.name,
            *(str(row.counts.get(one.code, 0)) for one in scheme.grades),
            str(row.blank),
            "—" if row.reference is None else str(row.reference),
            suggested,
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Let the number and the score go where names would have no room."""
        if self.columnCount() <= _FIRST:
            return
        spare = [_NUMBER, self.columnCount() - 2]
        for column in spare:
            self.setColumnHidden(column, False)
        give_room(self, _NAME, spare, _LEAST_NAME)
