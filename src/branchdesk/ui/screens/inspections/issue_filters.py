"""What narrows the ledger of problems: year, state, source, who sees to it, lateness and words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue, IssueSource, IssueState
from branchdesk.domain.inspections.rectification import label_of
from branchdesk.i18n import _
from branchdesk.services.inspections.issue_lists import IssueQuery
from branchdesk.ui.inspection_words import source_words
from branchdesk.ui.look import px
from branchdesk.ui.pane import refill
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice

_BESIDE_THE_HINT = 56
# The entry of the states that stands for all but the last, and the place of the one that leaves all in.
_OPEN, _EVERY_STATE = "open_only", 1


class IssueFilters(QObject):
    """The widgets that narrow the ledger. `changed` tells that something else is asked for."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.year, self.state, self.source, self.responsible = Choice(), Choice(), Choice(), Choice()
        self.late = QCheckBox(_("只看逾期"))
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("问题、措施里的字"))
        self.text.setClearButtonEnabled(True)
        hint = self.text.fontMetrics().horizontalAdvance(self.text.placeholderText())
        self.text.setMinimumWidth(max(px(190), hint + px(_BESIDE_THE_HINT)))
        self.all = button(_("清除筛选"), self.clear, look="ghost", icon_name="x", name="clear_issue_filters")
        self.all.hide()
        for name, widget in (
            (_("年度"), self.year),
            (_("状态"), self.state),
            (_("来源"), self.source),
            (_("责任人"), self.responsible),
            (_("筛选"), self.text),
        ):
            widget.setAccessibleName(name)
        self._connect()

    def _connect(self) -> None:
        for box in (self.year, self.state, self.source, self.responsible):
            box.currentIndexChanged.connect(self.changed)
        self.late.toggled.connect(self.changed)
        self.text.textChanged.connect(self.changed)

    @property
    def widgets(self) -> list[QWidget]:
        """All of them in their order."""
        boxes = (self.year, self.state, self.source, self.responsible)
        return [*boxes, self.late, self.text, self.all]

    def offer(self, known: Sequence[Issue]) -> None:
        """Offer the years and people of the problems that there are, keeping what is chosen."""
        years = sorted({clock.today().year, *(one.year for one in known)}, reverse=True)
        people = sorted({one.responsible for one in known if one.responsible})
        states = [(label_of(one), one.value) for one in IssueState]
        sources = [(source_words(one), one.value) for one in IssueSource]
        refill(self.year, [(_("各年"), None), *((_("{year} 年", year=year), year) for year in years)])
        refill(self.state, [(_("没有销号的"), _OPEN), (_("各种状态"), ""), *states])
        refill(self.source, [(_("各种来源"), ""), *sources])
        refill(self.responsible, [(_("各责任人"), ""), *((name, name) for name in people)])

    @property
    def query(self) -> IssueQuery:
        """What is asked for."""
        state = str(self.state.currentData() or "")
        return IssueQuery(
            year=self.year.currentData(),
            state="" if state == _OPEN else state,
            open_only=state == _OPEN,
            source=str(self.source.currentData() or ""),
            responsible=str(self.responsible.currentData() or ""),
            overdue_only=self.late.isChecked(),
            text=self.text.text().strip(),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the problems that are done with is left out of the ledger."""
        return self.query not in {IssueQuery(), IssueQuery(open_only=True)}

    def show_possible(self, *, shown: bool) -> None:
        """Show the button that takes the filters away where there are some."""
        self.all.setVisible(shown and self.is_narrowed)

    def clear(self) -> None:
        """Show all problems of all years."""
        before = self.blockSignals(True)
        for box in (self.year, self.source, self.responsible):
            box.setCurrentIndex(0)
        self.state.setCurrentIndex(_EVERY_STATE)
        self.late.setChecked(False)
        self.text.clear()
        self.blockSignals(before)
        self.changed.emit()
