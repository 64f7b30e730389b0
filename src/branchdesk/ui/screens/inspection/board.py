"""The body of the screen of one inspection: what it came to, the list of lines, and the line in front."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _
from branchdesk.services.inspections.sheets import ISSUE
from branchdesk.ui.look import px
from branchdesk.ui.screens.inspection.file import InspectionFile
from branchdesk.ui.screens.inspection.head_pane import HeadPane
from branchdesk.ui.screens.inspection.line_list import HEAD, InspectionList
from branchdesk.ui.screens.inspection.line_pane import LinePane
from branchdesk.ui.screens.inspection.summary_bar import SummaryBar
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Note

_LEAST_LIST = 300


class InspectionBoard(QWidget):
    """Shows an inspection and moves among its lines; `line_shown` tells which one came to the front."""

    line_shown = Signal(str)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.file: InspectionFile | None = None
        self.current = ""  # the line in front, or HEAD
        self.summary = SummaryBar()
        self.list = InspectionList()
        self.pane = LinePane(vocabulary)
        self.head = HeadPane()
        self.detail = QStackedWidget()
        self.card = QFrame()
        self._nothing = Note(_("没有符合的项。再按一次标签，看全部。"), "second")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.card.setProperty("role", "card")
        self.card.setMinimumWidth(px(_LEAST_LIST))
        inside = column(margin=12, gap=8, parent=self.card)
        inside.addWidget(self.summary)
        inside.addWidget(self._nothing)
        inside.addWidget(self.list, 1)
        self._nothing.hide()
        self.detail.addWidget(self.pane)
        self.detail.addWidget(self.head)
        # What it would like to be high must not squeeze the banner above it.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        line = row(gap=12, parent=self)
        line.addWidget(self.card, 6)
        line.addWidget(self.detail, 5)

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.list.score_begun.connect(self._begin_score)
        self.list.entered.connect(self.take_focus)
        self.pane.stepping.connect(self.step)
        self.pane.stepping_back.connect(partial(self.step, backwards=True))
        self.pane.stage_changed.connect(self._show_pane)
        self.summary.narrowed.connect(self._narrow)
        self.summary.entry_wanted.connect(self._enter)

    # ---- showing

    def show_file(self, file: InspectionFile) -> None:
        """Show an inspection as it is stored; another one begins at its first line to be filled."""
        another = self.file is None or self.file.uid != file.uid
        self.file = file
        if another:
            self.summary.forget_filter()
            self.summary.entry.setChecked(False)
        self.summary.show_file(file)
        self.list.show_file(file, self.summary.signs)
        self.head.show_file(file)
        if another:
            self.current = ""
            self.choose(_first_to_do(file))
        else:
            self._show_pane()

    def _show_pane(self) -> None:
        file = self.file
        if file is None:
            return
        line = file.line(self.current)
        self.detail.setCurrentWidget(self.pane if line is not None else self.head)
        if line is not None:
            self.pane.show_line(file, line)

    def show_all(self) -> None:
        """List every line again."""
        self.summary.forget_filter()
        self._narrow()

    def _narrow(self) -> None:
        file = self.file
        if file is None:
            return
        signs = self.summary.signs
        self.list.show_file(file, signs)
        fitting = [one for one in file.lines if not signs or one.signs & signs]
        self._nothing.setVisible(not fitting)
        if fitting and self.current not in {one.indicator.id for one in fitting}:
            self.choose(fitting[0].indicator.id)

    # ---- moving

    def choose(self, line: str) -> None:
        """Bring a line to the front, or the head; what was typed in the one before is stored."""
        if line != self.current:
            self.commit()  # before the pane shows the other line
        self.current = line
        self.list.choose(line)
        self._show_pane()
        self.line_shown.emit(line)

    def _begin_score(self, digit: str) -> None:
        if self.detail.currentWidget() is self.pane and self.pane.score.line.isVisibleTo(self.pane):
            self.pane.score.line.begin(digit)

    def step(self, *, backwards: bool = False) -> bool:
        """The next line or the one before, and whether there is one; the focus stays where it works."""
        there = self.list.beside(self.current, backwards=backwards)
        if not there:
            return False
        typing = self.pane.score.line.hasFocus()
        self.choose(there)
        if typing:
            self.take_focus()
        return True

    def go_on(self) -> None:
        """After a score: the next line that has one where they are entered in a row, else the next field."""
        if not self.is_entering:
            self.pane.focus_behind_score()
            return
        while self.step():
            if self.pane.line is not None and self.pane.score.line.isVisibleTo(self.pane):
                self.take_focus()
                return
        self.summary.entry.setChecked(False)

    @property
    def is_entering(self) -> bool:
        """Whether scores are entered one after another."""
        return self.summary.entry.isChecked()

    def _enter(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        if wanted:
            if self.current == HEAD:
                self.step()
            self.take_focus()

    def show_finding(self, finding: Finding) -> None:
        """Go to what a finding speaks of."""
        file = self.file
        if file is None:
            return
        if finding.field.startswith(ISSUE):
            self.show_issue(finding.field.removeprefix(ISSUE))
            return
        self.show_all()
        self.choose(finding.field if file.line(finding.field) is not None else HEAD)
        self.take_focus()

    def show_issue(self, uid: str) -> bool:
        """Go to a problem, and whether it is one of this inspection."""
        issues = self.file.sheet.issues if self.file is not None else ()
        found = next((one for one in issues if one.uid == uid), None)
        if found is None:
            return False
        self.show_all()
        self.choose(found.indicator)
        self.pane.issues.choose(uid)
        self.pane.issues.fields.texts["text"].setFocus()
        return True

    def take_focus(self) -> None:
        """Go to where work on the line in front begins."""
        if self.detail.currentWidget() is self.pane:
            self.pane.take_focus()
        else:
            self.head.take_focus()

    def paste(self) -> None:
        """Take what lies on the clipboard as evidence of the line in front."""
        if self.detail.currentWidget() is self.pane:
            self.pane.paste()

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        self.pane.commit()
        self.head.commit()

    def set_low(self, *, low: bool) -> None:
        """Take less height where large letters meet a small screen."""
        self.summary.set_low(low=low)
        self.pane.set_low(low=low)


def _first_to_do(file: InspectionFile) -> str:
    """The first line that somebody has to look at; the first one of all where nothing waits."""
    waiting = [one for one in file.lines if one.has_problem or one.is_unconfirmed or one.is_empty]
    chosen = (waiting or list(file.lines))[:1]
    return chosen[0].indicator.id if chosen else HEAD
