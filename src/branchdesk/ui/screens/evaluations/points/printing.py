"""The papers of points from the window: choose one and its month or members, see it, print it, save it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.i18n import _
from branchdesk.reports.papers import paper_name
from branchdesk.reports.points.papers import points_paper, points_workbook
from branchdesk.services.backups import title_of
from branchdesk.services.organisations import root_of
from branchdesk.services.points import reading
from branchdesk.ui.frame import Frame
from branchdesk.ui.paper_saving import offer_word, save_workbook
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.evaluations.points.words import MEMBER_PAGE, PAPER_TITLES, PUBLICITY
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words

# A paper, of which organisation, year and month, and the member in front; no month is the last whole one.
PaperWanted = tuple[str, str, int, int | None, str | None]
_DECEMBER = 12


class PointsPaperChoice(QWidget):
    """Which paper of points; for publicity of which month, for pages of members of whom."""

    changed = Signal()

    def __init__(self, wanted: PaperWanted, name: str) -> None:
        super().__init__()
        kind, _organisation, year, month, person = wanted
        self._box = column(gap=6, parent=self)
        self.kind = self._add(_("打印什么"), [(_(words), one) for one, words in PAPER_TITLES.items()], kind)
        today = clock.today()
        last = today.month if year == today.year else _DECEMBER
        usual = max(1, last - 1) if year == today.year else last
        months = [(_("{year} 年 {month} 月", year=year, month=one), one) for one in range(last, 0, -1)]
        self.month = self._add(_("哪个月"), months, min(month or usual, last))
        whom: list[tuple[str, object]] = [(_("全体党员，每人一页"), None)]
        if person is not None and name:
            whom.insert(0, (name, person))
        self.whom = self._add(_("谁的"), whom, person)
        for one in (self.kind, self.month, self.whom):
            one.currentIndexChanged.connect(self._tell)
        self._show_fitting()

    def _add(self, label: str, entries: Sequence[tuple[str, object]], current: object) -> QComboBox:
        made = Choice()
        for words, value in entries:
            made.addItem(words, value)
        made.setCurrentIndex(max(made.findData(current), 0))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setAccessibleName(label)
        heading = Words(label, "second")
        heading.setBuddy(made)
        self._box.addWidget(heading)
        self._box.addWidget(made)
        return made

    def _tell(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        for box, kind in ((self.month, PUBLICITY), (self.whom, MEMBER_PAGE)):
            fits = self.current == kind
            box.setVisible(fits)
            place = self._box.indexOf(box) - 1
            heading = self._box.itemAt(place).widget()
            if heading is not None:
                heading.setVisible(fits)

    @property
    def current(self) -> str:
        """The paper that is chosen."""
        return str(self.kind.currentData())

    @property
    def chosen(self) -> tuple[str, int, tuple[str, ...]]:
        """The paper, its month, and the members; nobody stands for all."""
        person = self.whom.currentData()
        return self.current, int(self.month.currentData()), (str(person),) if person else ()


def _usual(window: Frame) -> PaperWanted:
    return PUBLICITY, root_of(window.desk.branch), clock.today().year, None, None


def open_points_print(window: Frame, target: PaperWanted | None) -> PrintDialog | None:
    """Print a paper of points; without a target the publicity of the last whole month."""
    branch = window.desk.branch
    wanted = target or _usual(window)
    _kind, organisation, year, _month, person = wanted
    sheet = window.desk.do(partial(reading.points_sheet, branch, organisation, year))
    if sheet is None:
        return None
    known = sheet.by_person.get(person or "")
    choice = PointsPaperChoice(wanted, known.name if known is not None else "")
    chosen = [choice.chosen]

    def make() -> Document:
        kind, month, people = chosen[0]
        return points_paper(branch, organisation, year, kind, month=month, people=people)

    name = paper_name(_("党员积分"), sheet.organisation_name, str(year))
    dialog = PrintDialog(_("党员积分"), make, window, choice, name)

    def follow() -> None:
        chosen[0] = choice.chosen
        dialog.want_rebuild()

    choice.changed.connect(follow)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog


def open_points_export(window: Frame, target: tuple[str, int] | None) -> None:
    """Ask where to, and write the totals and ledgers of a year to a workbook."""
    branch = window.desk.branch
    organisation, year = target or (root_of(branch), clock.today().year)
    name = paper_name(_("党员积分"), title_of(branch), str(year))
    save_workbook(window, _("导出党员积分"), name, partial(points_workbook, branch, organisation, year))
