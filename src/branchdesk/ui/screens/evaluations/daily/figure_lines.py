"""What the records say of a month, line by line, each with one click to what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QWidget

from branchdesk.domain.daily import DailyFigures, MeetingSaid
from branchdesk.domain.meetings.study_hours import shown_hours
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.daily.figures import figure_texts
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.texts import Note, Words

ATTENDANCE, STUDY, POINTS = "person.attendance", "person.study_hours", "person.points"
_NOTHING = "—"


@dataclass
class _Line:
    """One figure on the screen: its words and the way to its evidence; dues have none."""

    text: Note
    way: QPushButton | None
    meetings: Sequence[MeetingSaid] = field(default_factory=tuple)


class FigureLines(QWidget):
    """Shows the computed fields of a form. `meeting_wanted` and `points_wanted` lead to the evidence."""

    meeting_wanted = Signal(str)
    points_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        self._vocabulary: Vocabulary = {}
        self.lines: dict[str, _Line] = {}

    def build(self, form: Form, vocabulary: Vocabulary) -> None:
        """Make the lines of a form anew."""
        self._vocabulary = vocabulary
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = {}
        computed = [one for one in form.fields if one.type.name == "computed" and not one.hidden]
        for number, one in enumerate(computed):
            text = Note(_NOTHING, "strong")
            text.setAccessibleName(one.shown())
            way = self._way(one.figure)
            self._grid.addWidget(Words(one.shown(), "second"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, number, 1, Qt.AlignmentFlag.AlignTop)
            if way is not None:
                way.setAccessibleName(_("{figure}：看依据", figure=one.shown()))
                self._grid.addWidget(way, number, 2, Qt.AlignmentFlag.AlignTop)
            self.lines[one.figure] = _Line(text, way)

    def _way(self, figure: str) -> QPushButton | None:
        if figure == POINTS:
            return button(_("看明细"), self.points_wanted.emit, look="link", name="evidence_points")
        if figure not in {ATTENDANCE, STUDY}:
            return None
        name = f"evidence_{figure.partition('.')[2]}"
        return button(_("看依据"), partial(self.open_evidence, figure), look="link", name=name)

    def show_figures(self, figures: DailyFigures) -> None:
        """Show what the records say of a month; a dash where they say nothing."""
        texts = figure_texts(figures)
        evidence = {
            ATTENDANCE: [one for one in figures.meetings if one.presence is not None],
            STUDY: [one for one in figures.meetings if one.hours],
        }
        for figure, line in self.lines.items():
            line.text.setText(texts.get(figure) or _NOTHING)
            line.meetings = tuple(evidence.get(figure, ()))
            if line.way is not None:
                shown = bool(texts.get(figure)) if figure == POINTS else bool(line.meetings)
                line.way.setVisible(shown)

    def open_evidence(self, figure: str) -> None:
        """Go to the one meeting that a figure rests on, or offer those that it does."""
        line = self.lines[figure]
        if len(line.meetings) == 1:
            self.meeting_wanted.emit(line.meetings[0].uid)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in line.meetings:
            menu.addAction(self.words_of(figure, one), partial(self.meeting_wanted.emit, one.uid))
        below = line.way or line.text
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def words_of(self, figure: str, one: MeetingSaid) -> str:
        """A meeting in the list of evidence: day, title, and what it says of the member."""
        day = PartialDate.of(one.on).shown()
        if figure == STUDY or one.presence is None:
            said = _("{hours} 学时", hours=shown_hours(one.hours))
        else:
            said = self._vocabulary["presence"].shown(one.presence.value)
            if one.caught_up:
                said = _("{presence}，已补课", presence=said)
        return f"{day}　{one.title}　{said}"
