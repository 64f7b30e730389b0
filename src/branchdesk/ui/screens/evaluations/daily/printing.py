"""The papers of daily records from the window: choose one and whose, see it, print it, save it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from branchdesk.documents.model import Document
from branchdesk.i18n import _
from branchdesk.reports.daily.papers import daily_paper, daily_workbook, last_month
from branchdesk.reports.papers import paper_name
from branchdesk.services.backups import title_of
from branchdesk.services.daily.reading import DailyYear, daily_year
from branchdesk.services.organisations import root_of
from branchdesk.ui.frame import Frame
from branchdesk.ui.paper_choice import PaperChoice
from branchdesk.ui.paper_saving import offer_word, save_workbook
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.evaluations.daily.words import MONTH_SHEET, PAPER_TITLES, month_words
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words

# A paper, of which organisation, year and month, and the member in front; no month is the last whole one.
PaperWanted = tuple[str, str | None, int | None, int | None, str | None]


class DailyPaperChoice(QWidget):
    """Which paper, of which month, and whose."""

    changed = Signal()

    def __init__(self, year: DailyYear, wanted: PaperWanted) -> None:
        super().__init__()
        kind, _organisation, _year, month, person = wanted
        self._box = column(gap=6, parent=self)
        self.kind = PaperChoice([(one, _(words)) for one, words in PAPER_TITLES.items()], kind)
        self._box.addWidget(self.kind)
        months = [(month_words(year.year, one), one) for one in range(year.last_month, 0, -1)]
        usual = min(month or last_month(year.year), max(year.last_month, 1))
        self.month_label, self.month = self._add(_("哪个月"), months, usual)
        everybody = [(one.name, one.person) for one in year.people]
        whom = [(_("全体党员，每人一份"), ""), *everybody]
        _label, self.whom = self._add(_("谁的"), whom, person or "")
        self.kind.changed.connect(self._tell)
        for box in (self.month, self.whom):
            box.currentIndexChanged.connect(self._tell)
        self._show_fitting()

    def _add(
        self, label: str, entries: list[tuple[str, int]] | list[tuple[str, str]], current: object
    ) -> tuple[Words, Choice]:
        made, heading = Choice(), Words(label, "second")
        for words, value in entries:
            made.addItem(words, value)
        made.setCurrentIndex(max(made.findData(current), 0))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setAccessibleName(label)
        heading.setBuddy(made)
        self._box.addWidget(heading)
        self._box.addWidget(made)
        return heading, made

    def _tell(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        of_month = self.kind.current == MONTH_SHEET
        self.month.setVisible(of_month)
        self.month_label.setVisible(of_month)

    @property
    def chosen(self) -> tuple[str, int, tuple[str, ...]]:
        """The paper, its month, and whose it is; nobody stands for all."""
        person = str(self.whom.currentData() or "")
        return self.kind.current, int(self.month.currentData() or 1), (person,) if person else ()


def open_daily_print(window: Frame, target: PaperWanted | None) -> PrintDialog | None:
    """Print sheets of a month or a year; without a target those of the last whole month."""
    branch = window.desk.branch
    wanted = target or (MONTH_SHEET, None, None, None, None)
    year = window.desk.do(partial(daily_year, branch, wanted[1], wanted[2]))
    if year is None:
        return None
    choice = DailyPaperChoice(year, wanted)
    # The worker may not ask the lists themselves.
    chosen = [choice.chosen]

    def make() -> Document:
        kind, month, people = chosen[0]
        return daily_paper(branch, year.organisation, year.year, kind, month=month, people=people)

    name = paper_name(_("日常表现写实"), year.organisation_name, str(year.year))
    dialog = PrintDialog(_("日常表现写实"), make, window, choice, name)

    def follow() -> None:
        chosen[0] = choice.chosen
        dialog.want_rebuild()

    choice.changed.connect(follow)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog


def open_daily_export(window: Frame, target: tuple[str, int] | None) -> None:
    """Ask where to, and write the year to a workbook."""
    branch = window.desk.branch
    organisation, number = target or (root_of(branch), daily_year(branch).year)
    name = paper_name(_("日常表现写实"), title_of(branch), str(number))
    save_workbook(window, _("导出日常写实"), name, partial(daily_workbook, branch, organisation, number))
